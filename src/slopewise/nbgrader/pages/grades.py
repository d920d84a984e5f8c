"""What the gradebook says of a lesson, read at once for a whole class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import nbgrader.api as api


@dataclass(frozen=True)
class CellGrade:
    """The points of one graded cell.

    Attributes:
        points: earned, manual points and extra credit included.
        maximum: points the cell is worth.
        open: whether it has no score yet, because a person gives it.
    """

    points: float
    maximum: float
    open: bool = False


@dataclass(frozen=True)
class NotebookGrades:
    """What the gradebook holds of one submitted notebook.

    Attributes:
        cells: the graded cells by their id.
        comments: the instructor's comments by the id of the cell they are about.
        penalty: points that are taken off because it was late.
        unanswered: ids of cells that were left as they were released.
    """

    cells: Mapping[str, CellGrade] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    penalty: float = 0.0
    unanswered: frozenset[str] = frozenset()


@dataclass(frozen=True)
class LessonGrades:
    """What the gradebook holds of one lesson.

    Attributes:
        notebooks: by learner and notebook.
        closed: when it is due for the last of the class, in UTC; None if nobody has said.
    """

    notebooks: Mapping[tuple[str, str], NotebookGrades]
    closed: datetime | None


def read_grades(gradebook: Any, assignment: str) -> LessonGrades:
    """Read a lesson's grades, with a number of queries that does not grow with the class."""
    session = gradebook.db
    cells = _cells(session, assignment)
    comments, unanswered = _comments(session, assignment)
    submitted = (
        session.query(
            api.SubmittedNotebook.id,
            api.Student.id,
            api.Notebook.name,
            api.SubmittedNotebook.late_submission_penalty,
            api.SubmittedAssignment.extension,
        )
        .join(
            api.SubmittedAssignment,
            api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id,
        )
        .join(api.Student, api.Student.id == api.SubmittedAssignment.student_id)
        .join(api.Notebook, api.Notebook.id == api.SubmittedNotebook.notebook_id)
        .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
        .filter(api.Assignment.name == assignment)
        .all()
    )
    due = session.query(api.Assignment.duedate).filter(api.Assignment.name == assignment)
    closed = due.scalar()
    longest = max((row[4] for row in submitted if row[4] is not None), default=None)
    if closed is not None and longest is not None:
        closed += max(longest, longest * 0)
    return LessonGrades(
        {
            (student, notebook): NotebookGrades(
                cells.get(key, {}),
                comments.get(key, {}),
                float(penalty or 0.0),
                frozenset(unanswered.get(key, ())),
            )
            for key, student, notebook, penalty, _ in submitted
        },
        closed,
    )


def _cells(session: Any, assignment: str) -> dict[str, dict[str, CellGrade]]:
    """The graded cells of every submitted notebook, by its key."""
    cells: dict[str, dict[str, CellGrade]] = {}
    for kind in (api.GradeCell, api.TaskCell):
        rows = (
            session.query(
                api.Grade.notebook_id,
                kind.name,
                api.Grade.score,
                kind.max_score,
                api.Grade.auto_score,
                api.Grade.manual_score,
            )
            .join(kind, kind.id == api.Grade.cell_id)
            .join(api.Notebook, api.Notebook.id == kind.notebook_id)
            .join(api.Assignment, api.Assignment.id == api.Notebook.assignment_id)
            .filter(api.Assignment.name == assignment)
        )
        for key, name, score, maximum, automatic, manual in rows:
            is_open = automatic is None and manual is None
            grade = CellGrade(float(score or 0.0), float(maximum or 0.0), is_open)
            cells.setdefault(key, {})[name] = grade
    return cells


def _comments(
    session: Any, assignment: str
) -> tuple[dict[str, dict[str, str]], dict[str, set[str]]]:
    """What the instructor has said, and which cells were left as released, by notebook's key."""
    comments: dict[str, dict[str, str]] = {}
    unanswered: dict[str, set[str]] = {}
    rows = (
        session.query(
            api.Comment.notebook_id,
            api.BaseCell.name,
            api.Comment.manual_comment,
            api.Comment.auto_comment,
        )
        .join(api.BaseCell, api.BaseCell.id == api.Comment.cell_id)
        .join(api.Notebook, api.Notebook.id == api.BaseCell.notebook_id)
        .join(api.Assignment, api.Assignment.id == api.Notebook.assignment_id)
        .filter(api.Assignment.name == assignment)
    )
    for key, name, text, automatic in rows:
        if text:
            comments.setdefault(key, {})[name] = text
        if automatic:  # nbgrader has one only: "No response."
            unanswered.setdefault(key, set()).add(name)
    return comments, unanswered
