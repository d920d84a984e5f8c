"""Hints stand beside each exercise, and none holds the solution."""

from __future__ import annotations

from pathlib import Path

import pytest

from slopewise.build.hints import check_hints, read_hints
from slopewise.build.source import make_source
from slopewise.errors import BuildError
from slopewise.notebook.course import Course
from tests.tiny import NAME, TINY, make_course

CONVERTED: dict[str, tuple[str, ...]] = {
    "01-manual-numpy": (
        "forward",
        "mse",
        "gradient",
        "numerical_gradient",
        "train",
        "effective_learning_rate",
    ),
    "02-autograd": (
        "leaf",
        "autograd_gradient",
        "autograd_gradients",
        "accumulated_gradient",
        "sgd_update",
        "train",
    ),
    "03-w-squared": (
        "descend",
        "closed_form",
        "regime",
        "steps_to_reach",
        "descend_without_zeroing",
        "descend_with_momentum",
    ),
    "04-linear-sgd": (
        "as_column",
        "make_model",
        "predict",
        "train",
        "sgd_step",
        "LinearRegression",
        "broadcast_shape",
    ),
    "05-learning-rate": (
        "final_loss",
        "curvature",
        "max_learning_rate",
        "best_learning_rate",
        "sweep",
        "rescaled_learning_rate",
        "hessian",
        "standardize",
    ),
}
"""Exercises that have hints by now; whoever writes some for another exercise adds it here."""

ABOVE = """
# %% [markdown]
# **Exercise.** Halve it.
#
# <details><summary>Hint 1: where to look</summary>
#
# {}
#
# </details>
# <details><summary>Hint 2: the idea</summary>
#
# Which operator divides?
#
# </details>

# %% exercise="half"
"""


@pytest.mark.parametrize("name", CONVERTED)
def test_exercises_have_their_hints(course: Course, name: str) -> None:
    lesson = course.lesson(name)
    source = make_source(lesson)
    missing = check_hints(lesson, source)
    asked = {hints.exercise for hints in read_hints(source)}
    assert set(CONVERTED[name]) <= asked
    assert not set(CONVERTED[name]) & set(missing)


def tiny(root: Path, hint: str) -> list[str]:
    text = TINY.replace('\n# %% exercise="half"\n', ABOVE.format(hint))
    lesson = make_course(root, **{f"n{NAME.replace('-', '_')}": text}).lesson(NAME)
    return check_hints(lesson, make_source(lesson))


def test_hints_are_found_and_a_letter_needs_none(tmp_path: Path) -> None:
    assert tiny(tmp_path, "Look at its name.") == []


def test_a_hint_with_a_line_of_the_solution_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="hint 1 holds a line of a solution: 'return x / 2") as one:
        tiny(tmp_path, "Write\n# `return x / 2  # the half of it`.")
    assert "\n" not in str(one.value)


def test_one_hint_or_four_are_refused(tmp_path: Path) -> None:
    more = "</details>\n# <details><summary>Hint 3</summary>\n# more\n# "
    with pytest.raises(BuildError, match="has 4 hints; write 2 or 3"):
        tiny(tmp_path, f"Look.\n# {more * 2}")
