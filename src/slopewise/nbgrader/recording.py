"""Record scores as nbgrader does, with two questions to the database instead of two a cell."""

from __future__ import annotations

from typing import Any

from nbgrader import api
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades, saveautogrades

from slopewise.nbgrader.gradebook import SharedGradebook


class RecordScores(SaveAutoGrades):  # type: ignore[misc]  # nbgrader is untyped
    """nbgrader's `SaveAutoGrades`, which decides what is recorded; here is only how."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Record every score and comment; called by nbgrader after the verdicts."""
        names = resources["nbgrader"]
        shared = saveautogrades.Gradebook(names["db_url"])
        if not isinstance(shared, SharedGradebook):
            shared.close()
            return super().preprocess(nb, resources)  # type: ignore[no-any-return]
        self.notebook_id, self.assignment_id = names["notebook"], names["assignment"]
        self.student_id, self.db_url = names["student"], names["db_url"]
        self.gradebook = _OneNotebook(shared, self.notebook_id, self.assignment_id, self.student_id)
        NbGraderPreprocessor.preprocess(self, nb, resources)
        shared.db.commit()
        return nb, resources


class _OneNotebook:
    """As much of a gradebook as `SaveAutoGrades` asks for, read at once for one notebook."""

    def __init__(self, shared: Any, notebook: str, assignment: str, student: str) -> None:
        self._shared = shared
        submitted = shared.find_submission_notebook(notebook, assignment, student)
        self._grades = _by_cell(shared, api.Grade, api.GradeCell, submitted)
        self._comments = _by_cell(shared, api.Comment, api.SolutionCell, submitted)

    @property
    def db(self) -> _OneNotebook:
        """Where `commit` is."""
        return self

    def commit(self) -> None:
        """Nothing: what changes is sent once, after the last cell."""

    def find_grade(self, cell: str, *names: str) -> Any:
        """Give nbgrader's record of a graded cell's score."""
        return self._grades.get(cell) or self._shared.find_grade(cell, *names)

    def find_comment(self, cell: str, *names: str) -> Any:
        """Give nbgrader's record of a cell's comment."""
        return self._comments.get(cell) or self._shared.find_comment(cell, *names)


def _by_cell(shared: Any, kind: Any, cell: Any, submitted: Any) -> dict[str, Any]:
    rows = (
        shared.db.query(kind, cell.name)
        .join(cell, cell.id == kind.cell_id)
        .filter(kind.notebook_id == submitted.id)
    )
    return {name: record for record, name in rows}
