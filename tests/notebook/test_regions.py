"""The one scanner of regions."""

from __future__ import annotations

import pytest

from slopewise.notebook.regions import (
    HIDDEN,
    SOLUTION,
    holds_mark,
    lines_inside,
    misplaced_mark,
    without_marks,
    without_region,
)

SOURCE = """a
### BEGIN HIDDEN TESTS
b
### END HIDDEN TESTS
c"""


def test_a_region_and_what_is_around_it() -> None:
    assert lines_inside(SOURCE, HIDDEN) == ["b"]
    assert without_region(SOURCE, HIDDEN) == "a\nc"
    assert without_marks(SOURCE, HIDDEN) == "a\nb\nc"
    assert without_region(SOURCE, SOLUTION) == SOURCE
    assert holds_mark(SOURCE, HIDDEN)
    assert not holds_mark(SOURCE, SOLUTION)


@pytest.mark.parametrize(
    ("marks", "told"),
    [
        (("BEGIN", "END", "BEGIN", "END"), None),
        (("END",), "### END SOLUTION out of turn"),
        (("BEGIN", "BEGIN", "END"), "### BEGIN SOLUTION out of turn"),
        (("BEGIN", "END", "END"), "### END SOLUTION out of turn"),
        (("BEGIN",), "no ### END SOLUTION"),
    ],
)
def test_marks_that_do_not_match(marks: tuple[str, ...], told: str | None) -> None:
    source = "\n".join(f"    ### {mark} SOLUTION" for mark in marks)
    assert misplaced_mark(source, SOLUTION) == told
