"""Files: what stands beside a notebook, and writing so that nobody ever sees half of one."""

from __future__ import annotations

import contextlib
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

LEFT_BEHIND = (".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback")
"""Patterns of what Lab, Python and nbgrader leave beside a notebook: nobody's work."""


@dataclass(frozen=True)
class File:
    """A file that stands beside a notebook.

    Attributes:
        name: its path below the notebook's folder, with `/` between the parts.
        content: its bytes.
    """

    name: str
    content: bytes = field(repr=False)


def write_whole(path: Path, data: bytes, *, mode: int = 0o666) -> None:
    """Write beside the file's place, then rename: it is whole, or as it was before.

    A file that holds the same bytes already is left untouched, with its date.

    Args:
        path: where; its folder is made if need be.
        data: all that the file will hold.
        mode: permissions of a new file, before the process's own mask.

    Raises:
        OSError: it cannot be written; nothing of it is left.
    """
    with contextlib.suppress(OSError):
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".new-{secrets.token_hex(8)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(beside, flags, mode), "wb") as file:
            file.write(data)
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
