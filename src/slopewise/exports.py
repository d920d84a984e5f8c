"""Grades in the shapes that Canvas and Moodle import, as nbgrader export plugins.

.. code-block:: console

    $ nbgrader export --exporter=slopewise.exports.CanvasExportPlugin --to canvas.csv
    $ nbgrader export --exporter=slopewise.exports.MoodleExportPlugin --to moodle.csv

Both write one row a learner and one column a lesson, the late penalty taken off, and UTF-8 with
the quoting of RFC 4180. nbgrader's own CSV stays what `nbgrader export` writes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import MissingEntry
from nbgrader.plugins import ExportPlugin
from traitlets import Enum, Unicode

from slopewise.build.manifest import write_whole


@dataclass(frozen=True)
class _Learner:
    """One row: who, and the score of each lesson; None where nothing was submitted."""

    id: str
    first_name: str
    last_name: str
    email: str
    lms_user_id: str
    scores: tuple[float | None, ...]


class _GradeTable(ExportPlugin):  # type: ignore[misc]  # nbgrader is untyped
    """What both formats share: who and what is exported, and how the file is written."""

    missing = Enum(
        ["blank", "zero"],
        default_value="blank",
        help="What stands for a lesson that a learner did not submit. Both systems leave a grade "
        "alone where the cell is blank.",
    ).tag(config=True)

    default_file = "grades.csv"

    def export(self, gradebook: Any) -> None:
        """Write the file; called by `nbgrader export`, which owns the gradebook."""
        assignments = [
            assignment
            for assignment in sorted(gradebook.assignments, key=lambda one: str(one.name))
            if not self.assignment or assignment.name in map(str, self.assignment)
        ]
        if not assignments:
            self.log.warning("The gradebook holds no lesson to export; the file has no grades.")
        learners = list(self._learners(gradebook, assignments))
        text = io.StringIO()
        # RFC 4180 ends lines with CR LF, and so do both systems' own exports.
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerows(self.rows(assignments, learners))
        destination = Path(self.to or self.default_file)
        write_whole(destination, text.getvalue().encode("utf-8"))
        self.log.info(
            "Exported %s learners and %s lessons to %s",
            len(learners),
            len(assignments),
            destination,
        )

    def rows(self, assignments: list[Any], learners: list[_Learner]) -> Iterator[list[str]]:
        """Return the lines of the file, the header first."""
        raise NotImplementedError

    def score(self, score: float | None) -> str:
        """Return a score as a cell."""
        if score is None:
            return "0" if self.missing == "zero" else ""
        return f"{score:.2f}".rstrip("0").rstrip(".")

    def _learners(self, gradebook: Any, assignments: list[Any]) -> Iterator[_Learner]:
        for student in sorted(gradebook.students, key=lambda one: str(one.id)):
            if self.student and student.id not in map(str, self.student):
                continue
            yield _Learner(
                id=str(student.id),
                first_name=student.first_name or "",
                last_name=student.last_name or "",
                email=student.email or "",
                lms_user_id=student.lms_user_id or "",
                scores=tuple(_score(gradebook, one.name, student.id) for one in assignments),
            )


def _score(gradebook: Any, assignment: str, student: str) -> float | None:
    try:
        submission = gradebook.find_submission(assignment, student)
    except MissingEntry:
        return None
    penalty = submission.late_submission_penalty or 0.0
    return max(0.0, float(submission.score) - float(penalty))


class CanvasExportPlugin(_GradeTable):
    """The CSV that Canvas's Gradebook imports.

    Canvas finds a learner by `ID` (its own; here nbgrader's `lms_user_id`), `SIS User ID` or
    `SIS Login ID` (here nbgrader's id), wants the five leading columns in its order and a row of
    points possible, and makes an assignment of each further column whose name it does not know.
    """

    default_file = "canvas.csv"

    section = Unicode("", help="What stands in the Section column.").tag(config=True)

    def rows(self, assignments: list[Any], learners: list[_Learner]) -> Iterator[list[str]]:
        """Return header, points possible, then a row a learner."""
        names = [str(one.name) for one in assignments]
        yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *names]
        points = [self.score(float(one.max_score)) for one in assignments]
        yield ["Points Possible", "", "", "", "", *points]
        for learner in learners:
            name = ", ".join(part for part in (learner.last_name, learner.first_name) if part)
            yield [
                name or learner.id,
                learner.lms_user_id,
                "",
                learner.id,
                self.section,
                *map(self.score, learner.scores),
            ]


class MoodleExportPlugin(_GradeTable):
    """The CSV that Moodle's grade import reads.

    Moodle lets one choose, at import, which column names the learner (`Username`, `ID number` or
    `Email address`) and which grade item each further column goes to.
    """

    default_file = "moodle.csv"

    def rows(self, assignments: list[Any], learners: list[_Learner]) -> Iterator[list[str]]:
        """Return header, then a row a learner."""
        names = [f"{one.name} (Points)" for one in assignments]
        yield ["Username", "ID number", "Email address", "First name", "Last name", *names]
        for learner in learners:
            yield [
                learner.id,
                learner.lms_user_id,
                learner.email,
                learner.first_name,
                learner.last_name,
                *map(self.score, learner.scores),
            ]
