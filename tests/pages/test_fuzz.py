"""Any text at all: a page in its time and size, in which nothing acts."""

from __future__ import annotations

import json
import re
import tempfile
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from slopewise.nbgrader.pages.grades import NotebookGrades
from slopewise.nbgrader.pages.processes import Failure, PageProcesses
from slopewise.nbgrader.pages.rendering import FeedbackPages, Task

_SECONDS = 5
_LARGEST = 32_000_000
_PIECES = st.sampled_from(
    [
        *("<b>", "</b>", "<!--", "<script>", "<svg>", "<a href='http:x'>", "&#xE000;", "&lt;", "<"),
        *("$", "$$", "\\begin{a}", "\\end{a}", "\\\\[", "\\frac{", "{", "}", "`", "```scala\n"),
        *("```python\n", "\n", "\n\n", "*", "_", "~~", "|", "|-|-|\n", "> ", "- ", "# ", "[", "]("),
        *("![", "http://x.org", "\\N{", "f'{", '"""', "a.", "\x1b[31m", "\x1b[", "1;", "\ue000"),
        *("\U0001f600", "\ud83d", "\u202e", "\x00", "  ", "\t", "word", "0"),
    ]
)
_TEXTS = st.builds(
    lambda pieces, times: ("".join(pieces) * times)[:100_000],
    st.lists(_PIECES, min_size=1, max_size=6),
    st.sampled_from([1, 30, 2_000, 40_000]),
)


class Acting(HTMLParser):
    """Collects what could act, or load something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "iframe", "object", "embed", "svg", "form", "link", "base", "input"}:
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on"):
                self.found.append(name)
            if name in ("href", "src") and not re.match(
                r"(https?://|mailto:|#exercise-|#top|data:image/)", value or ""
            ):
                self.found.append(f"{name}={value}")


@pytest.fixture(scope="module")
def pages() -> Iterator[PageProcesses]:
    made = PageProcesses(FeedbackPages("Box"), (), count=1, seconds=_SECONDS)
    yield made
    made.close()


def page_of(pages: PageProcesses, cells: list[Any]) -> str:
    """The page of a notebook as `generate_feedback` makes it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "box.ipynb")
        path.write_text(json.dumps(nbformat.v4.new_notebook(cells=cells)))
        task = Task(str(path), NotebookGrades())
        page = pages.page(pages.add(task))
        if isinstance(page, Failure):
            before = time.process_time()
            page = FeedbackPages("Box").plain(task)
            assert time.process_time() - before < _SECONDS
        return page


def notebook(text: str, kind: str) -> list[Any]:
    if kind == "markdown":
        return [nbformat.v4.new_markdown_cell(text)]
    if kind == "code":
        return [nbformat.v4.new_code_cell(text)]
    return [nbformat.v4.new_code_cell(outputs=[nbformat.v4.new_output("stream", text=text)])]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=_TEXTS, kind=st.sampled_from(["markdown", "code", "output"]))
def test_any_text_has_a_page(pages: PageProcesses, text: str, kind: str) -> None:
    page = page_of(pages, notebook(text, kind))
    assert page.rstrip().endswith("</html>")
    assert len(page.encode()) < _LARGEST
    assert Acting(page).found == []


@pytest.mark.parametrize("kind", ["markdown", "code", "output"])
@pytest.mark.parametrize(
    "text",
    [
        "a." * 40_000,
        "\\N{" * 66_000,
        "```autoit\n" + " " * 24_000 + "\n```",
        "```scala\n" + "\\" * 200 + "\n```",
        "&#xE000;0&#xE001;" * 3000 + " $x^2$",
    ],
    ids=["dots", "names", "autoit", "scala", "marks"],
)
def test_texts_that_took_minutes_have_a_page(pages: PageProcesses, text: str, kind: str) -> None:
    page = page_of(pages, notebook(text, kind))
    assert "shown as plain text" not in page  # its text alone is plain
    assert len(page) < 1_000_000


def test_hundreds_of_long_cells_have_a_page_of_a_few_megabytes(pages: PageProcesses) -> None:
    cells = [one for _ in range(290) for one in notebook("<" * 64_000, "output")]
    cells += [one for _ in range(290) for one in notebook("&" * 64_000, "code")]
    cells += [one for _ in range(290) for one in notebook("*a* " * 16_000, "markdown")]
    assert len(page_of(pages, cells)) < 8_000_000
