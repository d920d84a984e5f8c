"""What a cell of an instructor's notebook is to the grader: the one reader of nbgrader's roles."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any

from slopewise.notebook.regions import HIDDEN, lines_inside

_OBSERVE_CALL = re.compile(r"^\s*observe\(", re.MULTILINE)


class CellKind(StrEnum):
    """A kind of cell, with nbgrader's words for it."""

    PLAIN = "plain"
    """Nothing that is graded or answered: prose, code, anything read-only."""

    ANSWER = "answer"
    """Autograded answer: the learner's code, which a check is about."""

    CHECK = "check"
    """Autograded tests: the instructor's code, which is run for points."""

    BY_HAND = "by hand"
    """Manually graded answer: the learner's text or code, which a person gives points for."""

    TASK = "task"
    """Manually graded task, or other locked text with points: the instructor's, and a person
    gives points for what the learner made of it elsewhere."""


GRADED = frozenset({CellKind.CHECK, CellKind.BY_HAND, CellKind.TASK})
"""What has points."""

RESTORED = frozenset({CellKind.CHECK, CellKind.TASK})
"""What stands in a graded notebook as the instructor has it, whatever was submitted."""


def cell_kind(cell: Any) -> CellKind:
    """Return what a cell is, by its metadata; of an instructor's or a graded notebook."""
    grader = cell["metadata"].get("nbgrader") or {}
    if grader.get("task"):
        return CellKind.TASK
    if grader.get("grade"):
        if grader.get("solution"):
            return CellKind.BY_HAND
        return CellKind.CHECK if cell["cell_type"] == "code" else CellKind.TASK
    return CellKind.ANSWER if grader.get("solution") else CellKind.PLAIN


def is_check(cell: Any) -> bool:
    """Whether a cell is run for points."""
    return cell_kind(cell) is CellKind.CHECK


def asks(source: str) -> bool:
    """Whether a check's source asks hidden questions; else its own asserts decide."""
    return bool(_OBSERVE_CALL.search("\n".join(lines_inside(source, HIDDEN))))
