"""When a lesson is due, as learners can know it: from a file beside what was released.

nbgrader keeps due dates in the gradebook, which learners cannot read.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

DUE_FILE = "due.txt"
_FORMAT = "%Y-%m-%d %H:%M:%S"  # how nbgrader's own timestamps begin


def write_due(folder: Path, due: datetime | None) -> None:
    """Leave the due date (UTC) in a released folder, or take an old one away."""
    path = folder / DUE_FILE
    if due is None:
        path.unlink(missing_ok=True)
        return
    path.write_text(f"{due:{_FORMAT}} UTC\n", encoding="utf-8")
    path.chmod(0o644)


def read_due(folder: Path) -> datetime | None:
    """Return when the lesson released in `folder` is due; None where nobody has said."""
    try:
        return read_time((folder / DUE_FILE).read_text(encoding="utf-8"))
    except OSError:
        return None


def read_time(text: str) -> datetime | None:
    """Return the time that a timestamp of nbgrader's names; None where it names none."""
    try:
        return datetime.strptime(text.strip()[:19], _FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None


def lateness(submitted: datetime, due: datetime | None) -> str | None:
    """Return how late something was handed in, such as `3 hours`; None where it was in time."""
    if due is None or submitted <= due:
        return None
    late = submitted - due
    for unit, name in (
        (timedelta(days=1), "day"),
        (timedelta(hours=1), "hour"),
        (timedelta(minutes=1), "minute"),
    ):
        count = late // unit
        if count:
            return f"{count} {name}{'s' * (count > 1)}"
    return "less than a minute"
