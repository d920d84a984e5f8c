"""When a lesson is due, as learners can know it: from a file beside what was released.

nbgrader keeps due dates in the gradebook, which learners cannot read.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from slopewise.errors import TimeError
from slopewise.notebook.files import write_whole
from slopewise.notebook.times import Clock, write_time

DUE_FILE = "due.txt"


def write_due(folder: Path, due: datetime | None) -> None:
    """Leave the due date in a released folder, or take an old one away.

    Args:
        folder: where learners find the lesson.
        due: aware of its zone, or in UTC, as the gradebook has it.
    """
    path = folder / DUE_FILE
    if due is None:
        path.unlink(missing_ok=True)
        return
    write_whole(path, f"{write_time(due)}\n".encode())
    path.chmod(0o644)


def read_due(folder: Path) -> datetime | None:
    """Return when the lesson released in `folder` is due; None where nobody has said."""
    try:
        return Clock().read((folder / DUE_FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, TimeError):
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
