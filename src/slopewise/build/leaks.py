"""Refuse a release that gives away what it must not."""

from __future__ import annotations

import re
from typing import Any

from slopewise.errors import BuildError
from slopewise.notebook.cell_kinds import CellKind, cell_kind
from slopewise.notebook.course import Lesson
from slopewise.notebook.regions import HIDDEN, SCHEME, SOLUTION, holds_mark, lines_inside
from slopewise.scoring.observations import MIME_TYPE, payloads

_SHORTEST_TELLING_LINE = 12
_TELLING_DIGITS = 5
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")


def check_release(lesson: Lesson, source: Any, release: Any, solution: Any) -> None:
    """Compare the three notebooks of a lesson and refuse a release that says too much.

    Refused are: a marker; a whole solution in another cell, even where it stands there in the open
    text; a line of a solution or of a hidden check that stands in the release
    without standing in the open text too; outputs; an expected hidden value of five or more
    significant digits.

    Raises:
        BuildError: names the released file and the cell.
    """
    name = f"release/{lesson.name}/{lesson.name}.ipynb"
    hidden: set[str] = set()
    public: set[str] = set()
    solutions: dict[str, set[str]] = {}
    for cell in source.cells:
        solved = _telling(_solution_lines(cell))
        if solved:
            solutions[cell.id] = solved
        hidden |= _telling(lines_inside(cell.source, HIDDEN)) | solved
        public |= _telling(_open_lines(cell))
    values = _expected_values(solution)
    for place, cell in enumerate(release.cells):
        here = f"{name}, cell {place + 1}"
        if cell.get("outputs"):
            raise BuildError(f"{here}: holds outputs; a release has none")
        for marker in (*SOLUTION.marks, *HIDDEN.marks, *SCHEME.marks, MIME_TYPE):
            if marker in cell.source:
                raise BuildError(f"{here}: still holds {marker!r}")
        shown = _telling(cell.source.splitlines())
        for exercise, solved in solutions.items():
            if solved <= shown:
                raise BuildError(f"{here}: holds the whole solution of exercise {exercise!r}")
        for line in sorted(shown):
            if line in hidden and line not in public:
                raise BuildError(f"{here}: holds a line of a solution or a hidden check: {line!r}")
        for match in _NUMBER.finditer(cell.source):
            if _text(float(match[0])) in values:
                raise BuildError(
                    f"{here}: shows {match[0]}, which a hidden check expects; "
                    "ask the hidden question on other inputs"
                )


def _telling(lines: list[str]) -> set[str]:
    stripped = {line.strip() for line in lines}
    return {
        line for line in stripped if len(line) >= _SHORTEST_TELLING_LINE and "import" not in line
    }


def _solution_lines(cell: Any) -> list[str]:
    """The lines that a learner writes; all, where a person grades them and no marks say which."""
    if cell_kind(cell) is CellKind.BY_HAND and not holds_mark(cell.source, SOLUTION):
        return list(cell.source.splitlines())
    return lines_inside(cell.source, SOLUTION)


def _open_lines(cell: Any) -> list[str]:
    secret = lines_inside(cell.source, HIDDEN) + _solution_lines(cell)
    return [line for line in cell.source.splitlines() if line not in secret]


def _text(value: float) -> str:
    return f"{abs(value):.6g}"


def _expected_values(solution: Any) -> set[str]:
    """Numbers of five or more significant digits in the reference outputs, without their signs."""
    found: set[str] = set()
    for cell in solution.cells:
        pending: list[Any] = payloads(cell.get("outputs", []))
        while pending:
            value = pending.pop()
            if isinstance(value, dict):
                pending.extend(value.values())
            elif isinstance(value, list):
                pending.extend(value)
            elif isinstance(value, float):
                text = _text(value)
                digits = text.split("e")[0].replace(".", "").strip("0")
                if len(digits) >= _TELLING_DIGITS:
                    found.add(text)
    return found
