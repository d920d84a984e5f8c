"""nbgrader's own table of grades, written so that names with commas and accents survive it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader import api
from nbgrader.plugins import ExportPlugin

from slopewise.exports.table import open_submissions
from slopewise.nbgrader.deadlines.penalties import renew
from slopewise.notebook.files import write_whole
from slopewise.spreadsheet import defused

COLUMNS = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score", "graded_by_hand"),
)
"""nbgrader's own, and at the end whether points that a person gives are still `open`."""


class CsvExportPlugin(ExportPlugin):  # type: ignore[misc]  # nbgrader is untyped
    """What `nbgrader export` writes unless another exporter is named: nbgrader's columns."""

    def export(self, gradebook: Any) -> None:
        """Write the file; called by `nbgrader export`, which owns the gradebook."""
        renew(gradebook, self.config, getattr(self.parent, "coursedir", None), self.log)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in self._rows(gradebook):
            writer.writerow([defused("" if value is None else str(value)) for value in row])
        destination = Path(self.to or "grades.csv")
        write_whole(destination, text.getvalue().encode("utf-8"))
        self.log.info("Exported grades to %s", destination)

    def _rows(self, gradebook: Any) -> Iterator[tuple[Any, ...]]:
        lessons, students = set(map(str, self.assignment)), set(map(str, self.student))
        submissions = {
            (one.assignment_id, one.student_id): one
            for one in gradebook.db.query(api.SubmittedAssignment).all()
        }
        still_open = open_submissions(gradebook)
        for lesson in gradebook.assignments:
            if lessons and lesson.name not in lessons:
                continue
            for student in gradebook.students:
                if students and student.id not in students:
                    continue
                names = (student.id, student.last_name, student.first_name, student.email)
                handed = submissions.get((lesson.id, student.id))
                still = "open" if handed is not None and handed.id in still_open else None
                if handed is None:
                    points = (None, *names, 0.0, 0.0, 0.0)
                else:
                    penalty = handed.late_submission_penalty
                    earned = max(0.0, handed.score - penalty)
                    points = (handed.timestamp, *names, handed.score, penalty, earned)
                yield (lesson.name, lesson.duedate, *points, lesson.max_score, still)
