"""Numbers in a lesson's prose are what its cells print, or what a reader can work out by hand."""

from __future__ import annotations

import inspect
import re
from typing import Any

import pytest

from slopewise import figures
from slopewise.notebook.course import Course
from tests.notebooks import read

IN_FIFTEEN_STEPS = [
    hundredths / 100
    for hundredths in range(1, 101)
    if 10 * abs(1 - 2 * hundredths / 100) ** 15 <= 1e-6
]
"""The rates, in two decimals, that reach the goal of lesson 3."""

BY_HAND: dict[str, dict[str, float]] = {
    "02-autograd": {
        "0.003": 1.001 * 3 - 3,  # a nudge of 0.001, on its way through the three operations
        "-0.018": (1.001 * 3 - 6) ** 2 - 9,
    },
    "03-w-squared": {
        "0.02": inspect.signature(figures.parabola_slider).parameters["learning_rates"].default[0],
        "0.05": 0.05,  # for the learner's own loop
        "-0.998": 1 - 2 * 0.999,
        "-1.002": 1 - 2 * 1.001,
        "0.33": IN_FIFTEEN_STEPS[0],
        "0.67": IN_FIFTEEN_STEPS[-1],
    },
}
"""Numbers that no cell prints, by lesson, with how they come about; whoever has gone through
another lesson's prose adds it here."""

_NUMBER = re.compile(r"(?<![\w.,/\-^−])[-−]?\d+\.\d+(?![\w.])")
_FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)


def told(notebook: Any) -> set[str]:
    """Every number with a decimal point in the prose."""
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    found = _NUMBER.findall(_FORMULA.sub("", text))
    return {number.replace("−", "-") for number in found}


def shown(notebook: Any) -> list[float]:
    """Every number that code cells hold, print, or describe in a picture's alternative text."""
    parts = []
    for cell in notebook.cells:
        if cell.cell_type == "code" and not cell.id.endswith("-check"):
            parts.append(cell.source)
            for output in cell.get("outputs", []):
                parts.append(output.get("text", ""))
                parts.append(output.get("data", {}).get("text/plain", ""))
    numbers = re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", "\n".join(parts))
    return [float(number) for number in numbers]


@pytest.mark.parametrize("name", BY_HAND)
def test_numbers_in_prose_are_printed_or_worked_out(course: Course, name: str) -> None:
    notebook = read(course.lesson(name).path_in("solutions"))
    printed = shown(notebook)
    for number in told(notebook):
        places = len(number.partition(".")[2])
        wanted = BY_HAND[name].get(number)
        near = [wanted] if wanted is not None else printed
        assert any(round(abs(one), places) == abs(float(number)) for one in near), number


def test_a_number_that_nobody_prints_is_found() -> None:
    notebook = _Book(
        ["It ends at 0.25, not at 0.35, after $0.9$ and 3.5.1."], ["print(w)"], "0.2502"
    )
    assert told(notebook) == {"0.25", "0.35"}
    assert any(round(one, 2) == 0.25 for one in shown(notebook))
    assert not any(round(one, 2) == 0.35 for one in shown(notebook))


class _Book:
    """A notebook of a few cells, the last code cell with an output."""

    def __init__(self, prose: list[str], code: list[str], text: str) -> None:
        outputs = [{"output_type": "stream", "text": text}]
        self.cells = [_Cell("markdown", one) for one in prose]
        self.cells += [_Cell("code", one, outputs=outputs) for one in code]


class _Cell(dict[str, Any]):
    """A cell, its type and source as attributes, as nbformat has them."""

    def __init__(self, cell_type: str, source: str, **more: Any) -> None:
        super().__init__(more)
        self.cell_type, self.source, self.id = cell_type, source, "some-cell"
