"""What goes out: lessons, each together with its due date, and feedback."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.exchange.default import (
    Exchange,
    ExchangeReleaseAssignment,
    ExchangeReleaseFeedback,
)

from slopewise.nbgrader.exchange.guarded import GradersExchange
from slopewise.notebook.deadlines import read_due, write_due
from slopewise.notebook.times import in_utc


class ReleaseAssignment(GradersExchange, ExchangeReleaseAssignment):  # type: ignore[misc]
    """Makes the exchange's folders, and puts the gradebook's due date beside the notebook."""

    makes_folders = True

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


class ReleaseFeedback(GradersExchange, ExchangeReleaseFeedback):  # type: ignore[misc]
    """Puts feedback pages where only their learner finds them."""


def renew_due(config: Any, coursedir: Any, assignment: str, due: datetime | None) -> None:
    """Tell learners of a due date that has changed since the assignment was released.

    Args:
        config: of traitlets; names the exchange folder.
        coursedir: the course's folders.
        assignment: the lesson's name.
        due: in UTC, as the gradebook has it.
    """
    root = Exchange(coursedir=coursedir, config=config).root
    folder = Path(root) / coursedir.course_id / "outbound" / assignment
    wanted = None if due is None else in_utc(due).replace(microsecond=0)
    if folder.is_dir() and read_due(folder) != wanted:
        # Somebody who may read grades need not be the one who releases lessons.
        with contextlib.suppress(OSError):
            write_due(folder, due)
