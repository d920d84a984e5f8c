"""Numbers in a lesson's prose are what its cells print, or what a reader can work out by hand."""

from __future__ import annotations

import contextlib
import inspect
import io
import math
import re
from typing import Any

import pytest
import torch
from torch import nn, optim

from slopewise import figures
from slopewise.notebook.course import Course
from tests.notebooks import read

IN_FIFTEEN_STEPS = [
    hundredths / 100
    for hundredths in range(1, 101)
    if 10 * abs(1 - 2 * hundredths / 100) ** 15 <= 1e-6
]
"""The rates, in two decimals, that reach the goal of lesson 3."""

MEASURED = ([1, 2, 3, 4, 5, 6], [2.6, 3.1, 6.9, 8.4, 9.3, 13.0])
"""The six measurements of lesson 1."""


def _measured_loss(w: float) -> float:
    return sum((w * x - y) ** 2 for x, y in zip(*MEASURED, strict=True)) / 6


def _epochs_until_level() -> int:
    """How long lesson 1's own loop takes: rate 0.01, from 0, until the slope is within 0.001."""
    w, epochs = 0.0, 0
    while abs(slope := sum(2 * x * (w * x - y) for x, y in zip(*MEASURED, strict=True)) / 6) > 1e-3:
        w, epochs = w - 0.01 * slope, epochs + 1
    return epochs


BELOW_GOAL = [w / 100 for w in range(1000) if _measured_loss(w / 100) < 0.55]
"""The weights, in two decimals, that reach the first goal of lesson 1."""

FLOOR = 2 * (1 - 30**2 / 1100)
"""The curvature of the floor of lesson 4's valley along b: mean(x) is 30, mean(x²) is 1100."""

ON_THE_FLOOR = [
    w / 1000
    for w in range(1900, 2100)
    if 1100 * (w / 1000 - 2 + 0.5 * 30 / 1100) ** 2 + 0.5**2 * FLOOR / 2 < 0.05
]
"""The weights, in three decimals, that reach the goal of lesson 4 at b = 0.5."""

IN_FIVE_EPOCHS = [
    rate / 1e6 for rate in range(1, 2000) if 4400 * (1 - rate / 1e6 * 2200) ** 10 < 1e-6
]
"""The rates, in six decimals, that reach the goal of lesson 5."""

STANDARDISED_START = (2 * 200**0.5 - 0.902545) ** 2 + (2 * 30 - 0.423674) ** 2
"""The loss of lesson 5's standardised data, whose std is √200 and mean 30, at lesson 4's start."""

BY_HAND: dict[str, dict[str, float]] = {
    "01-manual-numpy": {
        "2.05": BELOW_GOAL[0],
        "2.07": BELOW_GOAL[-1],
        "5.001": 5.001,  # the square of a number that has changed a little
        "25.010001": 5.001**2,
        "0.331": 1.1**3 - 1,
        "0.602": 1.1**3 - 0.9**3,
        "0.255": 0.01 * 25.5,
        "0.15": 0.01 * 15,
        "0.85": 1 - 0.01 * 15,
        "0.6": 4 * 0.01 * 15,  # what an update with the sum takes of the distance
        "0.4": 1 - 4 * 0.01 * 15,
        "0.14": 0.14,  # a rate that leads farther away: 1 - 15 * 0.14 = -1.1
        "0.548": min(_measured_loss(w / 1000) for w in range(3000)),
        "25": 5**2,
        "-36": 2 * (-6) * 3,
        "31": _epochs_until_level(),
    },
    "02-autograd": {
        "0.003": 1.001 * 3 - 3,  # a nudge of 0.001, on its way through the three operations
        "-0.018": (1.001 * 3 - 6) ** 2 - 9,
        "-120": sum(2 * x * -2 * x for x in (1, 2, 3, 4)),
        "0.85": 1 - 0.01 * 15,
        "15": 30 / 2,
        "0.06667": 1 / 15,
        "0.25": 1 / 4,
        "0.14": 0.14,  # a rate above 2/15
    },
    "03-w-squared": {
        "0.02": inspect.signature(figures.parabola_slider).parameters["learning_rates"].default[0],
        "0.05": 0.05,  # for the learner's own loop
        "-0.998": 1 - 2 * 0.999,
        "-1.002": 1 - 2 * 1.001,
        "0.33": IN_FIFTEEN_STEPS[0],
        "0.67": IN_FIFTEEN_STEPS[-1],
        "35": len(IN_FIFTEEN_STEPS),
        "36": 2 * 10 + 2 * 8,
        "17": len("10" + 15 * "0"),  # the digits of 10 + 10⁻¹⁵
        "50": 50,  # steps to sketch
        "26": 0.5 * 20 + 16,  # the second velocity, on paper
        "2.6": 0.1 * 26,
        "5.4": 8 - 0.1 * 26,
    },
    "04-linear-sgd": {
        "0.0002": 0.448 * (1 - (1 - 0.0003 * 4 / 11) ** 5),  # what b loses in five epochs
        "0.001": 0.001,  # of lesson 1
        "0.3636": FLOOR,
        "0.99989": 1 - 0.0003 * FLOOR,
        "1.985": ON_THE_FLOOR[0],
        "1.988": ON_THE_FLOOR[-1],
        "600": 60 * 10,  # to choose from, beside 60
        "6000": 60 * 100,
        "32": 32,  # numbers in the middle: `test_goal_is_reached_where_lesson_4_says`
        "128": 128,
    },
    "05-learning-rate": {
        "0.000406": IN_FIVE_EPOCHS[0],
        "0.000503": IN_FIVE_EPOCHS[-1],
        "0.66": 0.0003 * 2200,
        "0.3636": FLOOR,
        "6354": math.log(0.5) / math.log(1 - 0.0003 * FLOOR),
        "99.989": 100 * (1 - 0.0003 * 0.36331),
        "94": 99 - 5,  # from the fifth epoch to the last that is printed
        "4300": round(STANDARDISED_START, -2),
        "10000": 100 * 100,  # as far above 100 as 100 is above 1, on a log axis
        "1000000": 10**6,  # large values that are nearly equal
        "1000001": 10**6 + 1,
        "1000003": 10**6 + 3,
    },
}
"""Numbers that no cell prints, by lesson, with how they come about; whoever has gone through
another lesson's prose adds it here."""

_NUMBER = re.compile(r"(?<![\w.,/\-^−])[-−]?\d+\.\d+(?![\w.])")
_WHOLE = re.compile(r"(?<![\w.,/\-^−`#])[-−]?\d{2,}(?![\w.,]\d|\w|\*\*)")
_FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)


def told(notebook: Any) -> set[str]:
    """Every number in the prose that has a decimal point, or two digits or more."""
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    text = re.sub(r"\*\*About \d+ minutes\.\*\*", "", _FORMULA.sub("", text))
    found = _NUMBER.findall(text) + _WHOLE.findall(text)
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


def test_goals_are_reached_where_lesson_1_says(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = read(course.lesson("01-manual-numpy").path_in("solutions"))
    names: dict[str, Any] = {}
    for cell in notebook.cells:
        if "x_noisy = " in cell.source or cell.id in _OF_LESSON_1:
            exec("import numpy as np\n" + cell.source, names)
    names |= {"x": names["x_noisy"][:4], "y": 2 * names["x_noisy"][:4], "w_noisy": 0.0}
    exec("def slopes_of_points(x, y, w): return [2 * x * (w * x - y)]", names)
    capsys.readouterr()
    block = next(cell.source for cell in notebook.cells if "n_noisy = 0" in cell.source)
    exec(block.partition("```python\n")[2].partition("```")[0], names)
    epochs, weight, loss = capsys.readouterr().out.splitlines()[0].split()
    assert f"It stops after {epochs} epochs, at a weight near {float(weight):.2f}" in block
    assert f"a loss of {float(loss):.3f}" in " ".join(block.split())
    assert BELOW_GOAL == [2.05, 2.06, 2.07]

    def reached(data: tuple[Any, Any], rate: float, n_epochs: int, within: float) -> bool:
        weight, _ = names["train"](*data, names["gradient"], rate, n_epochs)
        return bool(abs(weight - 2) < within)

    small, large = (names["x"], names["y"]), (10 * names["x_noisy"][:5], 20 * names["x_noisy"][:5])
    within = (1e-6 / 7.5) ** 0.5  # the loss is 7.5 (w - 2)²
    found = [rate for rate in range(1, 14) if reached(small, rate / 100, 15, within)]
    assert found == list(range(3, 11))  # "Rates from 0.03 to 0.1 all do."
    found = [rate for rate in range(1, 10) if reached(large, rate / 10000, 6, 0.01)]
    assert found == [3, 4, 5, 6]  # "0.0003 does it, and so do rates up to about 0.0006."


def test_goal_is_reached_where_lesson_4_says(course: Course) -> None:
    notebook = read(course.lesson("04-linear-sgd").path_in("solutions"))
    cell = next(one.source for one in notebook.cells if "attempt = nn.Sequential" in one.source)
    names: dict[str, Any] = {"torch": torch, "nn": nn, "optim": optim}
    exec("wave_x = torch.linspace(-3, 3, 30).reshape(-1, 1); wave_y = torch.sin(wave_x)", names)
    train = next(one.source for one in notebook.cells if one.id == "train")
    exec(train, names)

    def said(middle: int, rate: str, momentum: str) -> str:
        attempt = cell.replace("(1, 8)", f"(1, {middle})").replace("(8, 1)", f"({middle}, 1)")
        attempt = attempt.replace("lr=0.05", f"lr={rate}")
        attempt = attempt.replace("momentum=0.5", f"momentum={momentum}")
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(attempt, names)
        return printed.getvalue().strip()

    assert said(8, "0.05", "0.5") == "not below 0.01 in 200 epochs"
    assert said(8, "0.05", "0.9").endswith("more than 60")
    assert said(32, "0.05", "0.5").endswith("more than 60")
    assert said(32, "0.05", "0.9").endswith("there!")
    assert said(8, "0.2", "0.9").endswith("there!")
    assert said(128, "0.05", "0.5") == "not below 0.01 in 200 epochs"
    losses = names["attempt_losses"]
    assert not losses[-1] < losses[0]  # "with 128 in the middle even 0.05 blows up"


_OF_LESSON_1 = ("forward", "mse", "gradient", "train")


def test_a_number_that_nobody_prints_is_found() -> None:
    notebook = _Book(
        ["It ends at 0.25, not at 0.35, after $0.9$ and 3.5.1."], ["print(w)"], "0.2502"
    )
    assert told(notebook) == {"0.25", "0.35"}
    assert told(_Book(["**About 90 minutes.** After 31 epochs, −12, x10 is 3."], [""], "")) == {
        "31",
        "-12",
    }
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
