"""What lies in the exchange's inbound folder, by name: whoever could write a name chose it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from slopewise.notebook.identifiers import id_fault, shown

# nbgrader's: learner, lesson, time, and mostly something random, joined by `+`. The last three
# hold no `+`, so an id may.
_NAME = re.compile(
    r"(?P<student>.*)\+(?P<assignment>[^+]+)\+(?P<claimed>\d{4}-[^+]*)(\+(?P<random>[^+]*))?",
    re.DOTALL,
)


@dataclass(frozen=True)
class Arrival:
    """An entry of the inbound folder that is named like a submission.

    Attributes:
        name: its name there.
        student: the learner whose id the name says; it fits the rule for ids.
        assignment: the lesson that the name says.
        claimed: the time that the name says, as it says it.
        owner: number of the account that the folder belongs to.
        changed: when the folder was last changed, as the file system says (`st_ctime`), in
            nanoseconds since 1970; no owner can set it.
    """

    name: str
    student: str
    assignment: str
    claimed: str
    owner: int
    changed: int


@dataclass(frozen=True)
class Refused:
    """What is not collected.

    Attributes:
        student: whose it says it is, as it can be shown.
        what: the entry, as it can be shown.
        reason: why not, in words that follow it.
    """

    student: str
    what: str
    reason: str

    def __str__(self) -> str:
        return f"{self.student}: {self.what} {self.reason}"


def arrivals(folder: Path, assignment: str | None = None) -> Iterator[Arrival | Refused]:
    """Say what an inbound folder holds, by the order of names.

    Args:
        folder: `inbound`.
        assignment: only those that say they are for this lesson; None: all.

    Raises:
        OSError: the folder cannot be read.
    """
    with os.scandir(folder) as entries:
        found = sorted(entry.name for entry in entries)
    for name in found:
        match = _NAME.fullmatch(name)
        if match is None or (assignment is not None and match["assignment"] != assignment):
            continue
        student = match["student"]
        if reason := id_fault(student):
            yield Refused(shown(student), shown(name), f"names a learner whose id {reason}")
            continue
        # A name that begins with a letter is never the folder above; the mode is looked at again
        # when the folder is opened.
        try:
            status = (folder / name).lstat()
        except OSError:
            continue  # gone meanwhile
        if stat.S_ISDIR(status.st_mode):
            yield Arrival(
                *(name, student, match["assignment"], match["claimed"]),
                *(status.st_uid, status.st_ctime_ns),
            )
        else:
            yield Refused(student, shown(name), "is no folder; remove it")


def owner_fault(arrival: Arrival) -> str | None:
    """Return why a folder cannot be the learner's, in words that follow it; None if it can.

    Its owner's account has to be the id that its name says.
    """
    owner, student = _account(arrival.owner), arrival.student
    if owner == student:
        return None
    return f"belongs to account {shown(owner)}, not to {student}; ask whoever has that account"


@lru_cache(maxsize=10_000)
def _account(number: int) -> str:
    """The account's name; asked for once a run, since a directory service may take its time."""
    try:
        import pwd

        return pwd.getpwuid(number).pw_name
    except (ImportError, KeyError):
        return f"number {number}"
