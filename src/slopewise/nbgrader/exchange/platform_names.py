"""Whose a file of a learning platform's archive is: Canvas's and Moodle's naming schemes.

Canvas names a file `name[_LATE]_user_attachment_file` (`[LATE_]anon_code_attachment_file` where
learners are anonymous), Moodle puts files in a folder `Full name_number_assignsubmission_file_`, or
that before each file's name. Canvas's user is the same in every archive; Moodle's number is another
for each assignment, so there the name says who it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_CANVAS = re.compile(
    r"(?:(?P<name>\w*?)_)??(?:LATE_)?(?:anon_(?P<code>[^\W_]+)|(?P<user>\d+))_(?P<attachment>\d+)_"
    r"(?P<file>.+)",
    re.DOTALL,
)
_MOODLE = re.compile(
    r"(?P<name>.+)_(?P<number>\d+)_assignsubmission_(?:file|onlinetext)_?(?P<file>.*)", re.DOTALL
)


@dataclass(frozen=True)
class Learner:
    """A learner of the gradebook: id, full name in both orders, and the platform's own id."""

    id: str
    names: frozenset[str]
    platform_id: str = ""


@dataclass(frozen=True)
class Owner:
    """Whose a file is, as its name says, and what the learner called it."""

    name: str
    number: str
    is_canvas: bool
    file: str


def owner_of(parts: Sequence[str]) -> Owner | None:
    """Return whose a file is by its path's parts; None where no part says it."""
    for place, part in enumerate(parts):
        rest = "/".join(parts[place + 1 :])
        if moodle := _MOODLE.fullmatch(part):
            file = rest or moodle["file"]
            return Owner(moodle["name"], moodle["number"], False, file) if file else None
        if canvas := _CANVAS.fullmatch(part):
            number = canvas["user"] or canvas["code"]
            return Owner(canvas["name"] or "", number, True, rest or canvas["file"])
    return None


def student_of(owner: Owner, learners: Iterable[Learner], numbers: Mapping[str, int]) -> str:
    """Return the id of a file's learner.

    Args:
        owner: what the file's name says.
        learners: those of the gradebook; one of them, where the platform's id or else the full name
            is that one's only.
        numbers: how many people of the archive have each name.
    """
    learners = list(learners)
    if owner.is_canvas:
        known = [one.id for one in learners if owner.number in (one.platform_id, one.id)]
        if len(known) == 1:
            return known[0]
        return f"{owner.name}_{owner.number}" if owner.name else f"anon_{owner.number}"
    alone = numbers.get(owner.name, 1) == 1
    known = [one.id for one in learners if owner.name.casefold() in one.names]
    if alone and len(known) == 1:
        return known[0]
    return owner.name if alone else f"{owner.name} {owner.number}"
