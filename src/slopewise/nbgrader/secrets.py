"""The places that no learner's code may see: the course, and everything nbgrader keeps of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from slopewise.nbgrader.gradebook_url import sqlite_path

_FOLDERS = ("source", "release", "solution", "submitted", "autograded", "feedback")
_LEARNERS = ("submitted", "autograded", "feedback")


def secret_places(config: Any, root: Path, results: Path | None) -> tuple[str, ...]:
    """Return the folders and files to hide from a notebook, absolute.

    Args:
        config: nbgrader's configuration.
        root: the course's folder.
        results: where results of runs are kept.
    """
    places = [root, *_configured(config, root)]
    if results is not None:
        places.append(results)
    return tuple(dict.fromkeys(str(place.absolute()) for place in places))


def others_work(config: Any, root: Path) -> tuple[Path, ...]:
    """Return the folders in which learners' work lies, by a course's configuration."""
    folders = [path for name, path in _folders(config, root) if name in _LEARNERS]
    return tuple(path.resolve() for path in (*folders, *_exchange(config, root)))


def _configured(config: Any, root: Path) -> Iterator[Path]:
    yield from (path for _, path in _folders(config, root))
    yield from _exchange(config, root)
    database = config.get("CourseDirectory", {}).get("db_url", "")
    path = sqlite_path(database) if isinstance(database, str) else None
    if path is not None:
        yield root / path


def _folders(config: Any, root: Path) -> Iterator[tuple[str, Path]]:
    course = config.get("CourseDirectory", {})
    for name in _FOLDERS:
        folder = course.get(f"{name}_directory", name)
        if isinstance(folder, str) and folder:
            yield name, root / folder


def _exchange(config: Any, root: Path) -> Iterator[Path]:
    exchange = config.get("Exchange", {}).get("root", "")
    if isinstance(exchange, str) and exchange:
        yield root / exchange
