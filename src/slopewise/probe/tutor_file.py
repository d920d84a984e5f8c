"""Find and read the tutor's file, `NN-name.tutor.json`, wherever the kernel happens to stand."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from slopewise.probe.keys import FORMAT_VERSION, SUFFIX

_MOST_FILES = 40
_LARGEST_FILE = 4 * 2**20


def _working_directory() -> Path | None:
    try:
        return Path.cwd()
    except OSError:  # it was removed meanwhile
        return None


_started_in = _working_directory()
"""Where the kernel stood when the lesson imported us: a later `os.chdir` hides nothing."""


@dataclass(frozen=True)
class TutorFile:
    """What lies beside one lesson.

    Attributes:
        lesson: the lesson's name.
        exercises: the lesson's exercises in order, those without a tutor, too.
        salt: mixed into every key of this file.
        probes: names of each exercise's visible probes, in order.
        entries: by exercise, the locked messages by their names.
    """

    lesson: str
    exercises: tuple[str, ...]
    salt: bytes
    probes: dict[str, tuple[str, ...]]
    entries: dict[str, dict[str, str]]


def read_tutor_file(path: Path) -> TutorFile:
    """Read one file.

    Raises:
        OSError: it cannot be read.
        ValueError: it is damaged, or of another version.
    """
    if path.stat().st_size > _LARGEST_FILE:
        raise ValueError("too large")
    raw = json.loads(path.read_text(encoding="utf-8"))
    try:
        if raw["version"] != FORMAT_VERSION:
            raise ValueError(f"version {raw['version']}")
        return TutorFile(
            str(raw["lesson"]),
            tuple(str(name) for name in raw["exercises"]),
            bytes.fromhex(raw["salt"]),
            {name: tuple(part["probes"]) for name, part in raw["tutor"].items()},
            {name: dict(part["entries"]) for name, part in raw["tutor"].items()},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"damaged ({error})") from None


def _folders() -> Iterator[Path]:
    """Where the notebook may lie, the likeliest first."""
    session = os.environ.get("JPY_SESSION_NAME", "")  # Jupyter's server: the notebook's own path
    if session.endswith(".ipynb"):
        yield Path(session).parent
    ipython: Any = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is not None:
        for name in ("__vsc_ipynb_file__", "__session__"):  # VS Code's, and others', notebook path
            told = shell.user_ns.get(name)
            if isinstance(told, str) and told.endswith(".ipynb"):
                yield Path(told).parent
    for stood in (_started_in, _working_directory()):
        if stood is not None:
            yield stood


def _candidates() -> Iterator[Path]:
    for folder in dict.fromkeys(_folders()):
        # Beside the notebook; else in a folder up from there, or in a lesson's folder below.
        for place in (folder, *list(folder.parents)[:2]):
            yield from sorted(place.glob(f"*{SUFFIX}"))
        yield from sorted(folder.glob(f"*/*{SUFFIX}"))


def tutor_files() -> tuple[list[TutorFile], list[Path]]:
    """Return every file in reach, the nearest first, and the paths of those that are damaged."""
    found: dict[str, TutorFile] = {}
    damaged = []
    try:
        paths = list(dict.fromkeys(path.resolve() for path in _candidates()))[:_MOST_FILES]
    except OSError:
        paths = []
    for path in paths:
        try:
            file = _read(path, path.stat().st_mtime_ns)
        except (OSError, ValueError, RecursionError):
            damaged.append(path)
        else:
            found.setdefault(file.lesson, file)
    return list(found.values()), damaged


@lru_cache(maxsize=_MOST_FILES)
def _read(path: Path, changed: int) -> TutorFile:
    """Read a file once for each time that it changed (`changed`, in nanoseconds)."""
    return read_tutor_file(path)
