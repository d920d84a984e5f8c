"""nbgrader's own steps that record a graded notebook, made quick; what they do is nbgrader's."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from nbgrader import api
from nbgrader.preprocessors import (
    CheckCellMetadata,
    NbGraderPreprocessor,
    SaveAutoGrades,
    saveautogrades,
)
from nbgrader.utils import determine_grade
from traitlets.utils.importstring import import_item

from slopewise.nbgrader.gradebook import SharedGradebook
from slopewise.notebook.cell_kinds import GRADED, CellKind, cell_kind


def make_steps(classes: Iterable[Any], converter: Any) -> tuple[Any, ...]:
    """Return preprocessors that are named in nbgrader's configuration, in their order.

    Args:
        classes: their classes, or import paths of these.
        converter: what they belong to; gives them their configuration and their log.
    """
    return tuple(
        (import_item(one) if isinstance(one, str) else one)(parent=converter) for one in classes
    )


@dataclass(frozen=True)
class Tally:
    """What graded cells came to: points earned, of how many; and how many wait for a person."""

    points: float = 0.0
    maximum: float = 0.0
    by_hand: float = 0.0

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            self.points + other.points,
            self.maximum + other.maximum,
            self.by_hand + other.by_hand,
        )

    def __str__(self) -> str:
        waiting = f", {self.by_hand:g} more by hand" if self.by_hand else ""
        return f"{self.points:g}/{self.maximum:g}{waiting}"


def tally(notebook: Any) -> Tally:
    """Return what a graded notebook's cells came to, as nbgrader reads them."""
    total = Tally()
    for cell in notebook.cells:
        kind = cell_kind(cell)
        if kind in GRADED:
            worth = float(cell.metadata.nbgrader["points"])
            points = determine_grade(cell)[0] if kind is not CellKind.TASK else None
            total += Tally(by_hand=worth) if points is None else Tally(points, worth)
    return total


class CheckMetadata(CheckCellMetadata):  # type: ignore[misc]  # nbgrader is untyped
    """nbgrader's `CheckCellMetadata`, which compiles a schema anew for each cell it looks at.

    The metadata come from the instructor's notebook, so a class has the same few again and again.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._valid: set[str] = set()

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Check the metadata of all cells; called for each submission."""
        metadata = [
            (cell.cell_type, cell.metadata["nbgrader"])
            for cell in nb.cells
            if "nbgrader" in cell.metadata
        ]
        seen = json.dumps(metadata, sort_keys=True)
        if seen not in self._valid:
            nb, resources = super().preprocess(nb, resources)
            self._valid.add(seen)
        return nb, resources


class RecordScores(SaveAutoGrades):  # type: ignore[misc]  # nbgrader is untyped
    """nbgrader's `SaveAutoGrades`, with two questions to the database instead of two a cell."""

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
