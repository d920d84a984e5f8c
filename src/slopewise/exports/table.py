"""What the tables of all learning platforms share: who and what, and how the file is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader import api
from nbgrader.plugins import ExportPlugin
from sqlalchemy import func
from traitlets import Enum

from slopewise.nbgrader.deadlines.penalties import renew
from slopewise.nbgrader.learners.sections import read_sections
from slopewise.notebook.files import write_whole
from slopewise.spreadsheet import defused


@dataclass(frozen=True)
class Learner:
    """One row: who, and the score of each lesson.

    None where nothing was submitted, and in the lessons that are `open`: where points are given by
    hand and are not given yet.
    """

    id: str
    first_name: str
    last_name: str
    email: str
    lms_user_id: str
    scores: tuple[float | None, ...]
    open: tuple[str, ...] = ()
    section: str = ""


class GradeTable(ExportPlugin):  # type: ignore[misc]  # nbgrader is untyped
    """An export plugin whose subclasses say what stands in which column."""

    missing = Enum(
        ["blank", "zero"],
        default_value="blank",
        help="What stands for a lesson that a learner did not submit. Both systems leave a grade "
        "alone where the cell is blank.",
    ).tag(config=True)

    default_file = "grades.csv"
    coursedir: Any = None
    """The course's folders, where no application runs the plugin that would know them."""

    def export(self, gradebook: Any) -> None:
        """Write the file; called by `nbgrader export`, which owns the gradebook."""
        renew(gradebook, self.config, self._coursedir, self.log)
        assignments = [
            assignment
            for assignment in sorted(gradebook.assignments, key=lambda one: str(one.name))
            if not self.assignment or assignment.name in map(str, self.assignment)
        ]
        if not assignments:
            self.log.warning("The gradebook holds no lesson to export; the file has no grades.")
        learners = list(self._learners(gradebook, assignments))
        for learner in learners:
            if learner.open:
                self.log.warning(
                    "%s: %s is still to be graded by hand; no grade is exported",
                    learner.id,
                    ", ".join(learner.open),
                )
        text = io.StringIO()
        # RFC 4180 ends lines with CR LF, and so do both systems' own exports.
        writer = csv.writer(text, lineterminator="\r\n")
        for row in self.rows(assignments, learners):
            writer.writerow(map(defused, row))
        destination = Path(self.to or self.default_file)
        write_whole(destination, text.getvalue().encode("utf-8"))
        self.log.info(
            "Exported %s learners and %s lessons to %s",
            len(learners),
            len(assignments),
            destination,
        )

    def rows(self, assignments: list[Any], learners: list[Learner]) -> Iterator[list[str]]:
        """Return the lines of the file, the header first."""
        raise NotImplementedError

    def score(self, score: float | None) -> str:
        """Return a score as a cell."""
        if score is None:
            return "0" if self.missing == "zero" else ""
        return f"{score:.2f}".rstrip("0").rstrip(".")

    @property
    def _coursedir(self) -> Any:
        return self.coursedir or getattr(self.parent, "coursedir", None)

    def _learners(self, gradebook: Any, assignments: list[Any]) -> Iterator[Learner]:
        names = [str(one.name) for one in assignments]
        scores = _scores(gradebook)
        still_open = open_submissions(gradebook)
        coursedir = self._coursedir
        sections = read_sections(Path(coursedir.root)) if coursedir is not None else {}
        for student in sorted(gradebook.students, key=lambda one: str(one.id)):
            if self.student and student.id not in map(str, self.student):
                continue
            own = {name: scores.get((str(student.id), name)) for name in names}
            waits = [name for name, one in own.items() if one is not None and one[0] in still_open]
            yield Learner(
                id=str(student.id),
                first_name=student.first_name or "",
                last_name=student.last_name or "",
                email=student.email or "",
                lms_user_id=student.lms_user_id or "",
                scores=tuple(
                    None if one is None or name in waits else one[1] for name, one in own.items()
                ),
                open=tuple(waits),
                section=sections.get(str(student.id), ""),
            )


def _scores(gradebook: Any) -> dict[tuple[str, str], tuple[str, float]]:
    """Return what was handed in, by learner and lesson: its key, and its score less the penalty.

    Two queries, however large the class is.
    """
    assignment, submitted, notebook = api.Assignment, api.SubmittedAssignment, api.SubmittedNotebook
    penalties = dict(
        gradebook.db.query(notebook.assignment_id, func.sum(notebook.late_submission_penalty))
        .group_by(notebook.assignment_id)
        .all()
    )
    rows = (
        gradebook.db.query(
            *(submitted.student_id, assignment.name, submitted.id, submitted.timestamp),
            func.sum(api.Grade.score),
            func.count(api.Grade.auto_score) + func.count(api.Grade.manual_score),
        )
        .select_from(submitted)
        .join(assignment, assignment.id == submitted.assignment_id)
        .outerjoin(notebook, notebook.assignment_id == submitted.id)
        .outerjoin(api.Grade, api.Grade.notebook_id == notebook.id)
        .group_by(submitted.student_id, assignment.name, submitted.id, submitted.timestamp)
        .all()
    )
    # An extension alone makes a row, too: nothing is handed in there.
    return {
        (str(student), str(name)): (
            key,
            max(0.0, float(score or 0) - float(penalties.get(key) or 0)),
        )
        for student, name, key, when, score, known in rows
        if when is not None or known
    }


def open_submissions(gradebook: Any) -> frozenset[str]:
    """Return the keys of what was handed in and lacks points that a person has yet to give.

    One query, however large the class is.
    """
    rows = (
        gradebook.db.query(
            api.SubmittedAssignment.id,
            api.SubmittedAssignment.timestamp,
            api.Grade.auto_score,
            api.Grade.manual_score,
        )
        .join(
            api.SubmittedNotebook, api.SubmittedNotebook.assignment_id == api.SubmittedAssignment.id
        )
        .join(api.Grade, api.Grade.notebook_id == api.SubmittedNotebook.id)
        .all()
    )
    # An extension alone makes rows, too.
    handed_in = {key for key, *known in rows if known != [None, None, None]}
    return frozenset(key for key, _, *scores in rows if scores == [None, None]) & handed_in
