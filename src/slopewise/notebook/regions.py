"""The regions of a cell's source that learners do not get: solution, hidden tests, mark scheme.

nbgrader finds them by the same marks, in the same way: a line that holds the mark begins or ends
the region, whatever else is in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Region:
    """A kind of region, by the marks that stand before and after it.

    Attributes:
        begin: the mark on the line before.
        end: the mark on the line after.
    """

    begin: str
    end: str

    @property
    def marks(self) -> tuple[str, str]:
        """Both marks."""
        return self.begin, self.end


SOLUTION = Region("BEGIN SOLUTION", "END SOLUTION")
HIDDEN = Region("BEGIN HIDDEN TESTS", "END HIDDEN TESTS")
SCHEME = Region("BEGIN MARK SCHEME", "END MARK SCHEME")
"""Of a task: what whoever grades it goes by."""


class Part(Enum):
    """What a line is to a region."""

    OUTSIDE = "outside"
    BEGIN = "begin"
    INSIDE = "inside"
    END = "end"


def scan(source: str, region: Region) -> Iterator[tuple[str, Part]]:
    """Yield every line of a cell with what it is to a kind of region."""
    inside = False
    for line in source.split("\n"):
        if region.begin in line:
            inside = True
            yield line, Part.BEGIN
        elif region.end in line:
            inside = False
            yield line, Part.END
        else:
            yield line, Part.INSIDE if inside else Part.OUTSIDE


def lines_inside(source: str, region: Region) -> list[str]:
    """Return the lines between the marks."""
    return [line for line, part in scan(source, region) if part is Part.INSIDE]


def without_region(source: str, region: Region) -> str:
    """Return the source without what stands between the marks, and without these."""
    return "\n".join(line for line, part in scan(source, region) if part is Part.OUTSIDE)


def as_released(source: str) -> str:
    """Return the source of a cell that learners are not to change, as they get it."""
    return without_region(without_region(source, HIDDEN), SCHEME)


def without_marks(source: str, region: Region) -> str:
    """Return the source with what stands between the marks, but without these."""
    kept = (Part.OUTSIDE, Part.INSIDE)
    return "\n".join(line for line, part in scan(source, region) if part in kept)


def holds_mark(source: str, region: Region) -> bool:
    """Whether a mark of the region stands anywhere in the source."""
    return any(mark in source for mark in region.marks)


def misplaced_mark(source: str, region: Region) -> str | None:
    """Say how the marks do not match: one is out of turn, or the last is missing; else None."""
    inside = False
    for line, part in scan(source, region):
        if part is Part.BEGIN and (inside or region.end in line):
            return f"### {region.begin} out of turn"
        if part is Part.END and not inside:
            return f"### {region.end} out of turn"
        if part in (Part.BEGIN, Part.END):
            inside = part is Part.BEGIN
    return f"no ### {region.end}" if inside else None
