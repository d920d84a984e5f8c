"""Grades for Canvas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from traitlets import Unicode

from slopewise.exports.table import GradeTable, Learner


class CanvasExportPlugin(GradeTable):
    """The CSV that Canvas's Gradebook imports.

    Canvas finds a learner by `ID` (its own; here nbgrader's `lms_user_id`), `SIS User ID` or
    `SIS Login ID` (here nbgrader's id), wants the five leading columns in its order and a row of
    points possible, and makes an assignment of each further column whose name it does not know.
    """

    default_file = "canvas.csv"

    section = Unicode(
        "", help="What stands in the Section column of those who are in no section."
    ).tag(config=True)

    def rows(self, assignments: list[Any], learners: list[Learner]) -> Iterator[list[str]]:
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
                learner.section or self.section,
                *map(self.score, learner.scores),
            ]
