"""A small sample class: submissions made from the lessons themselves."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat

from slopewise.build.manifest import write_whole
from slopewise.course import Course, Lesson


@dataclass(frozen=True)
class Learner:
    """One learner of the sample class.

    Attributes:
        id: as nbgrader knows them.
        answers: given an exercise's place in the lesson and their number, whether it is answered.
    """

    id: str
    answers: Callable[[int, int], bool]


CLASS = (
    Learner("ada-complete", lambda place, count: True),
    Learner("ben-blank", lambda place, count: False),
    Learner("cora-first-half", lambda place, count: place < count / 2),
    Learner("dan-every-other", lambda place, count: place % 2 == 0),
)


def write_submissions(course: Course, root: Path) -> None:
    """Write what every learner of `CLASS` submits for every lesson below `root/submitted`."""
    stamp = datetime(2026, 1, 15, 12, 0, tzinfo=UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    for lesson in course.lessons:
        for learner in CLASS:
            folder = root / "submitted" / learner.id / lesson.name
            notebook = submission(lesson, learner)
            write_whole(folder / f"{lesson.name}.ipynb", nbformat.writes(notebook).encode())
            write_whole(folder / "timestamp.txt", f"{stamp}\n".encode())


def submission(lesson: Lesson, learner: Learner) -> Any:
    """Return the released notebook with the learner's answers in it."""
    count = len(lesson.exercises)
    wanted = {
        exercise.name
        for place, exercise in enumerate(lesson.exercises)
        if learner.answers(place, count)
    }
    return answered(lesson, wanted)


def answered(lesson: Lesson, exercises: set[str]) -> Any:
    """Return the released notebook with the solutions of some exercises filled in."""
    source = nbformat.read(lesson.path_in("source"), as_version=4)
    solutions = {cell.id: cell.source for cell in source.cells}
    notebook = copy.deepcopy(nbformat.read(lesson.path_in("release"), as_version=4))
    for cell in notebook.cells:
        if cell.id in exercises:
            lines = solutions[cell.id].splitlines()
            kept = [line for line in lines if "### BEGIN SOL" not in line]
            cell.source = "\n".join(line for line in kept if "### END SOL" not in line)
    return notebook
