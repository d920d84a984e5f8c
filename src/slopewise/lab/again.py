"""For learners: a lesson from the start again; a solution, where the course shows them."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Any

from traitlets import Bool
from traitlets.config import Configurable

from slopewise.errors import CourseError
from slopewise.lab.desk import LEARNERS_FOLDER, learners_path
from slopewise.notebook.course import CONFIGURATION, Course, Lesson
from slopewise.notebook.files import write_whole
from slopewise.notebook.regions import SOLUTION, without_marks

KEPT_FOLDER = "old-copies"
"""Below the learners' folder and in no lesson's, so that nothing of it is handed in."""


class SlopewiseLearners(Configurable):
    """What learners may do."""

    solutions = Bool(
        False,
        help="Whether `slopewise solution` shows the solution of an exercise to a learner who asks"
        " for it; for courses that people take by themselves. Never on a JupyterHub.",
    ).tag(config=True)


def start_again(course: Course, lesson: Lesson, now: datetime) -> str | None:
    """Put the released lesson in the place of the learner's copy, which is kept.

    Args:
        course: whose.
        lesson: which to begin again.
        now: becomes part of the kept copy's name.

    Returns:
        Where the learner's copy is now, below the course's folder; None where there was none.

    Raises:
        CourseError: the lesson is not released, or a file cannot be written.
    """
    released = lesson.path_in("release")
    if not released.is_file():
        raise CourseError(f"release/{lesson.name}: is not there; run `slopewise build`")
    copy = learners_path(lesson)
    kept = None
    try:
        if copy.is_file():
            folder = course.root / LEARNERS_FOLDER / KEPT_FOLDER
            folder.mkdir(parents=True, exist_ok=True)
            kept = folder / f"{lesson.name} {now:%Y-%m-%d %H.%M.%S}.ipynb"
            if kept.exists():
                raise CourseError(f"{kept.name}: is kept already; wait a second")
            write_whole(kept, copy.read_bytes())
        write_whole(copy, released.read_bytes())
        for name, data in lesson.data_files().items():
            write_whole(copy.parent / name, data)
        tutor = lesson.tutor_path("release")
        if tutor.is_file():
            write_whole(copy.with_name(tutor.name), tutor.read_bytes())
    except OSError as error:
        raise CourseError(f"{error.filename}: cannot be written ({error.strerror})") from None
    return kept.relative_to(course.root).as_posix() if kept else None


def solution(course: Course, lesson: Lesson, exercise: str) -> str:
    """Return an exercise's solution, where the course shows it.

    Raises:
        CourseError: the course does not show solutions, this is a class's server, there is no
            such exercise, or the lesson is not built.
    """
    if not _shows_solutions(course):
        raise CourseError(
            "this course shows no solutions; whoever takes it alone may set "
            f"c.SlopewiseLearners.solutions = True in {CONFIGURATION}"
        )
    if any(name.startswith("JUPYTERHUB_") for name in os.environ):
        raise CourseError("solutions are not shown on a class's server, whatever the settings say")
    if exercise not in {one.name for one in lesson.exercises}:
        names = ", ".join(one.name for one in lesson.exercises)
        raise CourseError(f"{lesson.name}: has no exercise {exercise}; there are {names}")
    import nbformat

    path = lesson.path_in("source")
    if not path.is_file():
        raise CourseError(f"source/{lesson.name}: is not there; run `slopewise build`")
    source: Any = nbformat.read(path, as_version=4)
    cell = next(cell for cell in source.cells if cell.id == exercise)
    return without_marks(cell.source, SOLUTION)


def _shows_solutions(course: Course) -> bool:
    from slopewise.nbgrader.settings import load_config

    return bool(SlopewiseLearners(config=load_config(course.root)).solutions)
