"""nbgrader's own steps, called from Python with the course's own settings."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory

from slopewise.errors import CourseError
from slopewise.nbgrader.settings import load_config


@dataclass(frozen=True)
class Score:
    """What one learner has for one lesson.

    Attributes:
        student: the learner's id.
        assignment: the lesson's name.
        score: points, manual grading and lateness included.
        maximum: points the lesson is worth.
    """

    student: str
    assignment: str
    score: float
    maximum: float


class NbgraderCourse:
    """A course as nbgrader sees it: its settings, and the steps to go through.

    Args:
        root: the folder that holds `nbgrader_config.py`.
        log: where nbgrader's own lines go; None means to the logger `slopewise.nbgrader`.
    """

    def __init__(self, root: Path, log: logging.Logger | None = None) -> None:
        self.root = root
        self.log = log or logging.getLogger("slopewise.nbgrader")
        self.config: Any = load_config(root)

    def generate(self, assignment: str) -> None:
        """Make the released notebook and record the lesson in the gradebook."""
        self._run(GenerateAssignment, assignment, force=True)

    def autograde(self, assignment: str, student: str = "*") -> None:
        """Grade every submission of a lesson that is new, or of one learner."""
        self._run(Autograde, assignment, student=student)

    def feedback(self, assignment: str, student: str = "*") -> None:
        """Write the feedback pages of a lesson."""
        self._run(GenerateFeedback, assignment, student=student)

    def scores(self) -> list[Score]:
        """Return every score in the gradebook, by lesson and learner."""
        with closing(self.gradebook()) as gradebook:
            return [
                Score(row.student.id, assignment.name, row.score, row.max_score)
                for assignment in sorted(gradebook.assignments, key=lambda one: str(one.name))
                for row in sorted(assignment.submissions, key=lambda one: str(one.student.id))
            ]

    def gradebook(self) -> Any:
        """Open the gradebook; whoever calls this closes it."""
        coursedir = CourseDirectory(config=self.config)
        return Gradebook(coursedir.db_url, coursedir.course_id)

    def _run(self, step: Any, assignment: str, *, student: str = "*", force: bool = False) -> None:
        config = self.config.copy()
        config.CourseDirectory.assignment_id = assignment
        config.CourseDirectory.student_id = student
        with _quiet(self.log):
            try:
                converter = step(
                    coursedir=CourseDirectory(config=config), config=config, log=self.log
                )
                converter.force = force
                converter.start()
            except NbGraderException as error:
                name = step.__name__
                raise CourseError(f"{self.root.name}: {name} of {assignment}: {error}") from None


@contextmanager
def _quiet(log: logging.Logger) -> Iterator[None]:
    """Keep nbgrader's chatter from the terminal unless somebody listens to the logger."""
    handler = logging.NullHandler()
    propagate = log.propagate
    log.addHandler(handler)
    log.propagate = False
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.propagate = propagate
