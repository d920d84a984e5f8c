"""Read when something was submitted, from a file that a learner may have damaged."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from slopewise.errors import TimeError
from slopewise.notebook.findings import Finding, Kind
from slopewise.notebook.times import SKEW, Clock, for_gradebook, write_time

_LONGEST = 200

_UNKNOWN = "it is not known whether it was in time, and nothing is taken off for that"


@dataclass(frozen=True)
class Stamp:
    """When a submission was made, as far as it is known.

    Attributes:
        when: in UTC and aware of it; None where it is not known.
        finding: why it is not known; None where it is, or where nobody has said.
    """

    when: datetime | None
    finding: Finding | None = None


def course_clock(config: Any) -> Clock:
    """Return how times are written in a course, by its configuration.

    Raises:
        CourseError: the configured zone does not exist.
    """
    exchange = config.get("Exchange", {})
    found = Clock(str(exchange.get("timezone", "UTC")), str(exchange.get("timestamp_format", "")))
    found.timezone  # noqa: B018  (said before anything is graded)
    return found


def read_timestamp(folder: Path, clock: Clock, now: datetime | None = None) -> Stamp:
    """Return when a submission was made.

    Args:
        folder: the submission's.
        clock: how the course writes times.
        now: aware; None means this moment.
    """
    try:
        text = _text(folder / "timestamp.txt")
    except (OSError, ValueError):
        return _unknown("The submission's timestamp.txt is damaged")
    if text is None:
        return Stamp(None)
    try:
        when = clock.read(text)
    except TimeError as error:
        return _unknown(f"The submission's timestamp.txt cannot be read ({error})")
    if when > (now or datetime.now(UTC)) + SKEW:
        return _unknown(
            f"The submission's timestamp.txt names {write_time(when)}, a time that had not come "
            "when it was graded; a clock is wrong"
        )
    return Stamp(when)


def _unknown(what: str) -> Stamp:
    return Stamp(None, Finding(Kind.FILE, "", f"{what}; {_UNKNOWN}."))


def _text(path: Path) -> str | None:
    """What the file holds; None where there is none."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ValueError("not a file")
        return file.read(_LONGEST + 1).decode("utf-8-sig")


def is_replaced(old: Path, new: Path, clock: Clock) -> bool:
    """Whether a submission took the place of one that was graded, by its stamp.

    Args:
        old: the graded submission's folder, which has a copy of its stamp.
        new: the submission's folder.
        clock: how the course writes times.
    """
    if _text_or_none(old) == _text_or_none(new):
        return False  # of a class that is graded, nearly all
    before, now = read_timestamp(old, clock), read_timestamp(new, clock)
    if before.when is not None and now.when is not None:
        return now.when > before.when
    if before.finding is None and now.finding is None:
        return False  # at most one has a stamp: nbgrader says to grade it with --force
    return _text_or_none(old) != _text_or_none(new)


def _text_or_none(folder: Path) -> str | None:
    try:
        return _text(folder / "timestamp.txt")
    except (OSError, ValueError):
        return None


@contextmanager
def careful_timestamps(coursedir: Any, clock: Clock) -> Iterator[None]:
    """Let nbgrader read timestamps this way; one that is not known counts as none."""

    def get_existing_timestamp(path: str) -> datetime | None:
        when = read_timestamp(Path(path), clock).when
        return None if when is None else for_gradebook(when)

    coursedir.get_existing_timestamp = get_existing_timestamp
    try:
        yield
    finally:
        del coursedir.get_existing_timestamp
