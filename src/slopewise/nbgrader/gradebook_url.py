"""The gradebook's URL, and the file behind it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError


def sqlite_url(path: Path) -> str:
    """Return the URL of an SQLite file, whatever characters its path holds."""
    # Only what means something in a URL: a path may hold what this locale has no character for.
    return "sqlite:///" + str(path).replace("%", "%25").replace("?", "%3F")


def sqlite_path(url: str) -> Path | None:
    """Return the file of an SQLite URL; None for any other gradebook."""
    try:
        parts = make_url(url)
    except ArgumentError:
        return None
    if parts.get_backend_name() != "sqlite" or not parts.database:
        return None
    return Path(parts.database)
