"""How an answer differs, in one clause; beside the words, as data, what kind of thing they say.

Whoever sums up many answers decides by the kind. Words will not do: some quote what a learner has
returned or raised, and that may read like any of ours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from slopewise.probe.wording import number_difference
from slopewise.scoring.observations import Tolerance


class Says(Enum):
    """What a clause says."""

    WRONG = "that numbers are wrong, and no more"
    SIGNS = "that signs are wrong, and sizes, too"
    WHERE = "where something is wrong, and no more"
    LESS = "less than which change makes a right answer of it: a length, a shape, one factor"
    RAISED = "what was raised"
    HOW = "in which way it is wrong"


@dataclass(frozen=True)
class Clause:
    """How an answer differs from the expected one; as text, the part that it is about goes first.

    Attributes:
        text: how that part differs.
        says: what kind of thing the text says.
        part: of which part of the answer it holds, as in “for w”; "" where of all of it.
    """

    text: str
    says: Says = Says.HOW
    part: str = ""

    def __str__(self) -> str:
        return f"{self.part}, {self.text}" if self.part else self.text

    @property
    def tells_little(self) -> bool:
        """Whether it says little more than that the answer is wrong."""
        return self.says in (Says.WRONG, Says.SIGNS)

    @property
    def only_differs(self) -> bool:
        """Whether it says no more than that something differs."""
        return self.says in (Says.WRONG, Says.WHERE)


# `number_difference` runs in the learner's process, too, and has words only. They are read here
# alone, where nothing but numbers went in.
_OF_NUMBERS = (
    (re.compile(r" differs?($|,| in every one)"), Says.WRONG),
    (re.compile(r" the wrong sign, and "), Says.SIGNS),
    (re.compile(r" by the same (negative )?factor$"), Says.LESS),
)


def number_clause(
    found: Sequence[float], wanted: Sequence[float], tolerance: Tolerance, subject: str
) -> Clause | None:
    """Return None where as many numbers count as equal, else how `subject` differs."""
    text = number_difference(found, wanted, tolerance.relative, tolerance.absolute, subject)
    if text is None:
        return None
    says = (kind for pattern, kind in _OF_NUMBERS if pattern.search(text))
    return Clause(text, next(says, Says.HOW))
