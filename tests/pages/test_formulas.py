"""Formulas in feedback: shown without the network, and harmless whatever a learner writes."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from slopewise.nbgrader.pages.exporter import OfflineExporter
from slopewise.nbgrader.pages.formulas import formula
from slopewise.nbgrader.pages.markdown import markdown_to_html
from tests.notebooks import REPOSITORY


def to_html(source: str) -> str:
    return str(markdown_to_html({"cell": {}}, source))


@pytest.mark.parametrize(
    "path", sorted((REPOSITORY / "notebooks").glob("*.py")), ids=lambda p: p.stem
)
def test_every_formula_of_the_lessons_becomes_mathml(path: Path) -> None:
    text = re.sub(r"`[^`]*`", "", path.read_text(encoding="utf-8").replace("\n# ", "\n"))
    for latex in re.findall(r"\$+([^$]+)\$+", text):
        made = formula(latex)
        assert made.startswith("<math"), latex
        assert "\\" not in made


def test_formulas_stand_in_the_text_around_them() -> None:
    made = to_html("Read $dJ/dw$ **once**:\n\n$$\\frac{1}{N}\\sum_i x_i$$")
    assert made.count("<math") == 2
    assert 'display="block"' in made
    assert "<strong>once</strong>" in made
    assert "$" not in made


@pytest.mark.parametrize(
    "source",
    [
        "$\\text{<script>alert(1)</script>}$",
        "$$\\text{&lt;script>alert(1)&lt;/script>}$$",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "$\\href{javascript:alert(1)}{x}$",
        "[x](javascript:alert(1))",
        "\ue0000\ue001 <b onclick=alert(1)>b</b>",
    ],
)
def test_what_a_learner_writes_cannot_become_a_script(source: str) -> None:
    made = to_html(source)
    assert not re.search(r"<script|<[^>]*\son\w+=|<[^>]*javascript:", made)


@pytest.mark.parametrize("latex", ["\\frac{1", "{" * 5000, "\\left(", "&&&", "\\nosuchcommand{x}"])
def test_what_is_no_formula_is_shown_as_it_is(latex: str) -> None:
    assert formula(latex)


def test_a_formula_without_end_is_shown_as_it_is() -> None:
    assert formula("a" * 20_000) == "<code>" + "a" * 20_000 + "</code>"


def test_the_page_loads_nothing_for_its_formulas() -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("$x$")])
    made, _ = OfflineExporter(template_name="classic").from_notebook_node(notebook)
    assert not re.search(r"<script[^>]*mathjax", made, re.IGNORECASE)
