"""What a released notebook says of its lesson, for whoever has no more of the course than that."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slopewise.errors import CourseError
from slopewise.notebook.cell_kinds import CellKind, cell_kind
from slopewise.notebook.course import AIM, MINUTES, TITLE, Exercise, found_in

_LARGEST = 64 * 2**20


@dataclass(frozen=True)
class ReleasedLesson:
    """A lesson as its released notebook has it.

    Attributes:
        name: such as `01-manual-numpy`.
        title: its first heading; its name where it has none.
        aim: the sentence in italics that begins with `Aim:`; "" where there is none.
        minutes: about how long it takes; 0 where it does not say.
        exercises: those that have a check, in the order of their check cells.
        by_hand: the questions and tasks that a person grades, in their order.
    """

    name: str
    title: str
    aim: str
    minutes: int
    exercises: tuple[Exercise, ...]
    by_hand: tuple[Exercise, ...] = ()

    @property
    def points(self) -> float:
        """What the lesson is worth."""
        return sum(exercise.points for exercise in (*self.exercises, *self.by_hand))


def read_released(path: Path) -> ReleasedLesson:
    """Read what a released notebook says; its name is its file's.

    Plain JSON: nbformat takes seconds to import, and a page must not wait for it.

    Raises:
        CourseError: it cannot be read, or is no notebook.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("too large")
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        prose = [_source(cell) for cell in cells if cell["cell_type"] == "markdown"]
        exercises = tuple(_graded(cells, CellKind.CHECK))
        by_hand = tuple(_graded(cells, CellKind.BY_HAND, CellKind.TASK))
    except OSError as error:
        raise CourseError(f"{path.name}: cannot be read ({error.strerror})") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise CourseError(f"{path.name}: is damaged, or not a notebook") from None
    title, aim, minutes = (found_in(prose, pattern) for pattern in (TITLE, AIM, MINUTES))
    return ReleasedLesson(
        path.stem, title or path.stem, aim or "", int(minutes or 0), exercises, by_hand
    )


def _source(cell: Any) -> str:
    return "".join(cell["source"])


def _graded(cells: Iterable[Any], *kinds: CellKind) -> Iterable[Exercise]:
    for cell in cells:
        if cell_kind(cell) in kinds:
            own = cell["metadata"]["nbgrader"]
            name = str(own["grade_id"]).removesuffix("-check")
            yield Exercise(name, float(own.get("points") or 0))
