"""Grades for Moodle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from slopewise.exports.table import GradeTable, Learner


class MoodleExportPlugin(GradeTable):
    """The CSV that Moodle's grade import reads.

    Moodle lets one choose, at import, which column names the learner (`Username`, `ID number` or
    `Email address`) and which grade item each further column goes to.
    """

    default_file = "moodle.csv"

    def rows(self, assignments: list[Any], learners: list[Learner]) -> Iterator[list[str]]:
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
