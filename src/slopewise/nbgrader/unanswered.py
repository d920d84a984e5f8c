"""Answers that a person grades: how one is known that was left as it was released.

nbgrader's `determine_grade` gives such an answer no points by itself, and asks for a person where
anything was written. It tells by a checksum in the cell's metadata, which its own way takes from
the gradebook. Ours is put in order before the gradebook is opened, so the checksum is made as
`generate_assignment` makes it: by the same steps, from the instructor's notebook.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nbgrader.preprocessors import ClearSolutions
from nbgrader.utils import compute_checksum

from slopewise.notebook.cell_kinds import CellKind, cell_kind


@dataclass(frozen=True)
class Unanswered:
    """An answer's cell as it was released: its text, and nbgrader's checksum of it."""

    text: str
    checksum: str


def unanswered(source: Any, config: Any) -> Mapping[str, Unanswered]:
    """Return the answers that a person grades as they were released, by their ids.

    Args:
        source: the instructor's notebook, which is not changed.
        config: nbgrader's configuration, which may name other stubs.
    """
    by_hand = [cell for cell in source.cells if cell_kind(cell) is CellKind.BY_HAND]
    if not by_hand:
        return {}
    released = copy.deepcopy(source)
    released.cells = copy.deepcopy(by_hand)
    ClearSolutions(config=config).preprocess(released, {})
    return {
        str(cell.metadata.nbgrader.grade_id): Unanswered(cell.source, compute_checksum(cell))
        for cell in released.cells
    }


def mark_unanswered(notebook: Any, released: Mapping[str, Unanswered]) -> None:
    """Give every such answer the checksum of the release, and an empty one the released text.

    What :mod:`slopewise.notebook.restoring` puts back where an answer's cell is gone is empty; so
    is one that its author has emptied. Neither is an answer.
    """
    for cell in notebook.cells:
        if cell_kind(cell) is CellKind.BY_HAND:
            one = released[str(cell.metadata.nbgrader.grade_id)]
            cell.metadata.nbgrader["checksum"] = one.checksum
            if not cell.source.strip():
                cell.source = one.text
