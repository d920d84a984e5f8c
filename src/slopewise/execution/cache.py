"""Results kept by the hash of everything that decides them.

An entry is a file: the hash of its content, then its content. Whatever is not exactly that is no
entry, so a crash, a full disk or a bit that flips costs a run, never a grade.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import stat
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import msgspec

from slopewise.execution.job import Outcome
from slopewise.notebook.files import write_whole

_DIGEST_BYTES = 32
_LEVEL = 1  # outputs are mostly pictures already compressed; more effort gains nothing
_DAY_SECONDS = 86_400
_LARGEST = 256 * 1024 * 1024


class ResultStore:
    """A folder of results.

    Args:
        folder: made when the first result is kept.
        warn: told in one line, once, when results cannot be kept.
    """

    def __init__(self, folder: Path, warn: Callable[[str], None] | None = None) -> None:
        self.folder = folder
        self._warn = warn or logging.getLogger(__name__).warning
        self._encoder = msgspec.json.Encoder()
        self._decoder = msgspec.json.Decoder(Outcome)
        self._works = True

    def get(self, key: str) -> Outcome | None:
        """The result of that key; None where there is none, or a damaged one."""
        try:
            raw = self._path(key).read_bytes()
        except OSError:
            return None
        with contextlib.suppress(OSError):  # another user's
            os.utime(self._path(key))  # it was of use: others are pruned before it
        content = raw[_DIGEST_BYTES:]
        if hashlib.sha256(key.encode() + content).digest() != raw[:_DIGEST_BYTES]:
            return None
        try:
            unpacked = zlib.decompressobj().decompress(content, _LARGEST)
            return self._decoder.decode(unpacked)
        except (zlib.error, ValueError, RecursionError):
            return None

    def put(self, key: str, outcome: Outcome) -> None:
        """Keep a result; one that the same job need not give again is not kept."""
        if not outcome.repeatable or not self._works:
            return
        content = zlib.compress(self._encoder.encode(outcome), _LEVEL)
        path = self._path(key)
        try:
            digest = hashlib.sha256(key.encode() + content).digest()
            write_whole(path, digest + content, mode=0o600)
        except OSError as error:
            self._works = False
            self._warn(
                f"{self.folder}: results cannot be kept ({error.strerror}); grading goes on, and "
                "will run everything again next time"
            )

    def prune(self, days: float, size: int) -> None:
        """Remove what was of no use for so many days, then the oldest beyond so many bytes."""
        entries = []
        with contextlib.suppress(OSError):
            entries = [entry for folder in self.folder.iterdir() for entry in _entries(folder)]
        entries.sort(reverse=True)
        left, oldest = size, time.time() - days * _DAY_SECONDS
        for used, taken, path in entries:
            left -= taken
            if used < oldest or left < 0:
                with contextlib.suppress(OSError):
                    path.unlink()
                    path.parent.rmdir()  # where it was the last one there

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key


def _entries(folder: Path) -> list[tuple[float, int, Path]]:
    """When each file of a folder was last of use, its size, and where it is."""
    found = []
    with contextlib.suppress(OSError), os.scandir(folder) as scan:
        for entry in scan:
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISREG(status.st_mode):
                found.append((status.st_mtime, status.st_size, Path(entry.path)))
    return found
