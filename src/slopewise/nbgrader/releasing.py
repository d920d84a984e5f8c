"""Releasing an assignment together with its due date, so that learners can be told of it."""

from __future__ import annotations

from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.exchange.default.release_assignment import ExchangeReleaseAssignment

from slopewise.notebook.deadlines import write_due


class ReleaseWithDueDate(ExchangeReleaseAssignment):  # type: ignore[misc]  # nbgrader is untyped
    """Puts the gradebook's due date beside the released notebook."""

    def copy_files(self) -> None:
        """Release the files; called by nbgrader when it has found where they go."""
        super().copy_files()
        course = self.coursedir
        with Gradebook(course.db_url, course.course_id) as gradebook:
            try:
                due = gradebook.find_assignment(course.assignment_id).duedate
            except MissingEntry:
                due = None
        write_due(Path(self.dest_path), due)
