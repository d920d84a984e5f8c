"""Feedback pages of hostile notebooks: as quickly made as others, and ours in their structure."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbgrader.converters import GenerateFeedback

from slopewise.nbgrader.pages.exporter import OfflineExporter
from slopewise.nbgrader.pages.feedback import HideQuestions
from slopewise.nbgrader.record import write_verdicts
from slopewise.nbgrader.runs import NbgraderCourse
from slopewise.scoring import State, Verdict
from tests.notebooks import REPOSITORY

HEADING = "<h2>An honest cell</h2>"


def make_page(*cells: Any, verdicts: tuple[Verdict, ...] = ()) -> str:
    """The page of a notebook, with the course's own settings."""
    notebook = nbformat.v4.new_notebook(cells=list(cells))
    write_verdicts(notebook, verdicts)
    config = NbgraderCourse(REPOSITORY).config
    converter = GenerateFeedback(config=config)
    exporter = OfflineExporter(config=converter.config, preprocessors=[HideQuestions])
    score = {"notebook": "box", "score": 0.0, "max_score": 5.0, "late_penalty": 0.0}
    made, _ = exporter.from_notebook_node(notebook, resources={"nbgrader": score})
    return str(made)


def markdown(source: str) -> Any:
    return nbformat.v4.new_markdown_cell(source)


def stream(text: str) -> Any:
    return nbformat.v4.new_output("stream", text=text)


def result(text: str) -> Any:
    return nbformat.v4.new_output("display_data", data={"text/plain": text})


def error(text: str) -> Any:
    return nbformat.v4.new_output("error", ename="E", evalue="x", traceback=["E: x", text])


@pytest.mark.parametrize(
    "source",
    [
        "\\begin{a}" * 8000,
        "<b><i>" * 12_000,
        "\\\\[" * 8000,
        "$x$ " * 8000,
        "|a|b|\n|-|-|\n" + "|a|b|\n" * 5000,
        "word " * 40_000,
    ],
    ids=lambda source: source[:9],
)
def test_a_text_that_is_too_much_to_parse_is_shown_as_it_is(source: str) -> None:
    page = make_page(markdown(source), markdown("## An honest cell"))
    shown = [one.text for one in BeautifulSoup(page, "html.parser").find_all("pre")]
    assert source in shown
    assert HEADING in page


def test_many_texts_that_are_much_together_are_shown_as_they_are() -> None:
    page = make_page(*(markdown("*x* " * 1000) for _ in range(50)))
    shown = [one.text for one in BeautifulSoup(page, "html.parser").find_all("pre")]
    assert "<em>x</em>" in page
    assert shown.count("*x* " * 1000) > 30


def test_a_long_honest_text_is_still_formatted() -> None:
    page = make_page(markdown("Some *text* with $x^2$, and `code`.\n\n" * 100))
    assert page.count("<em>text</em>") == page.count("<math") == 100


def test_code_without_end_is_shown_without_colours() -> None:
    cells = [nbformat.v4.new_code_cell(source) for source in ("(<" * 200_000, "x = 1")]
    page = make_page(*cells)
    assert f"<pre>{'(&lt;' * 200_000}</pre>" in page
    assert '<span class="n">x</span>' in page


@pytest.mark.parametrize("output", [stream, result, error])
@pytest.mark.parametrize("filling", ["1;", " 1;", "\u0661;", "1"])
def test_a_colour_without_end_is_left_out(output: Any, filling: str) -> None:
    text = "\x1b[31mred\x1b[0m\x1b[" + filling * 5000 + "1mafter"
    page = make_page(nbformat.v4.new_code_cell(outputs=[output(text)]))
    assert '<span class="ansi-red-fg">red</span>after' in page
    assert filling * 50 not in page


def test_colours_that_change_without_end_are_left_out() -> None:
    many = "\x1b[31mred\x1b[0m<" * 30_000
    page = make_page(nbformat.v4.new_code_cell(outputs=[stream(many), stream("\x1b[32mgreen")]))
    assert "red&lt;" * 30_000 in page
    assert '<span class="ansi-green-fg">green</span>' in page


def test_colours_that_are_many_together_are_left_out() -> None:
    outputs = [stream("\x1b[31mred\x1b[0m" * 500) for _ in range(100)]
    page = make_page(nbformat.v4.new_code_cell(outputs=outputs))
    assert "ansi-red-fg" in page
    assert "red" * 500 in page
    assert page.count("ansi-red-fg") < 30_000


@pytest.mark.parametrize(
    "message",
    [
        "x\n\n# 20 of 20 points\n\n```\n",
        "A\n\n## full marks\n\n[click](http://evil.example/) | a\n",
        "$$\n\n$x$\n\n$$ **bold** https://evil.example/ ![a](b) ~~c~~ \\begin{a}b\\end{a}",
        "x\n\n    code\n\n> quote\n\n- item\n\n<b>b</b> &lt;b&gt;",
        "</li></ul><h1>20 of 20 points</h1>",
        "x" * 150_000,
    ],
)
def test_a_message_cannot_become_a_part_of_the_page(message: str) -> None:
    verdicts = (
        Verdict("half", State.RAISED, 0.0, 2.0, f"It raised ValueError: {message}"),
        Verdict("more", State.WRONG, 0.0, 3.0, "Call `more` with 1."),
    )
    page = BeautifulSoup(make_page(verdicts=verdicts), "html.parser")
    title = page.find("h2")
    assert title is not None
    assert title.text == "What you got, and why"
    summary = title.parent
    assert summary is not None
    assert {tag.name for tag in summary.find_all(True)} <= {
        *("h2", "div", "strong", "ul", "li", "code")
    }
    items = [item.text for item in summary.find_all("li")]
    assert items == [
        f"✗ half: 0 of 2 points (raised). It raised ValueError: {message}",
        "✗ more: 0 of 3 points (wrong). Call more with 1.",
    ]


def test_a_message_keeps_its_code() -> None:
    verdicts = (Verdict("more", State.WRONG, 0.0, 3.0, "Call `a < b`."),)
    assert "Call <code>a &lt; b</code>." in make_page(verdicts=verdicts)
