"""Hints stand beside each exercise, and none holds the solution."""

from __future__ import annotations

from pathlib import Path

import pytest

from slopewise.build.hints import check_hints, read_hints
from slopewise.build.source import make_source
from slopewise.errors import BuildError
from slopewise.notebook.course import Course
from tests.notebooks import CODE_EXERCISES
from tests.tiny import NAME, TINY, make_course

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


@pytest.mark.parametrize("name", CODE_EXERCISES)
def test_exercises_have_their_hints(course: Course, name: str) -> None:
    lesson = course.lesson(name)
    source = make_source(lesson)
    missing = check_hints(lesson, source)
    asked = {hints.exercise for hints in read_hints(source)}
    assert set(CODE_EXERCISES[name]) <= asked
    assert not set(CODE_EXERCISES[name]) & set(missing)


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
