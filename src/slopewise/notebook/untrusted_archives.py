"""Unpack archives that strangers packed: bounded, and never outside the folder they go to."""

from __future__ import annotations

import gzip
import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from slopewise.notebook.files import File
from slopewise.notebook.identifiers import shown
from slopewise.notebook.untrusted_files import LeftOut, write_tree

ENDINGS = (".zip", ".tar.gz", ".tgz")
"""What is unpacked, in lower case."""

_DEEPEST = 12
_LONGEST_NAME = 200
_NESTED = 3
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, tarfile.TarError, EOFError, OSError),
    *(ValueError, NotImplementedError, RuntimeError, OverflowError, KeyError, IndexError),
)


@dataclass(frozen=True)
class ArchiveBounds:
    """How much is taken of one archive, and of each archive inside it.

    Attributes:
        total: bytes of all its files together, unpacked.
        largest: bytes of one file, unpacked.
        files: how many files.
    """

    total: int
    largest: int = 64 * 2**20
    files: int = 20_000


# What one learner packed; an archive of a whole class has bounds of its own.
_INNER = ArchiveBounds(total=64 * 2**20, largest=32 * 2**20, files=500)


class _LeftError(Exception):
    """Carries the reason why something is left out."""


@dataclass
class Unpacker:
    """Unpacks archives into one folder; what is left out is noted.

    Args:
        folder: where to; nobody else may write to it.
        ignored: names of files that are left out without a word.
    """

    folder: Path
    ignored: frozenset[str] = frozenset()
    left_out: list[LeftOut] = field(default_factory=list)
    _written: set[str] = field(default_factory=set)

    def unpack(self, archive: IO[bytes], name: str, prefix: str, bounds: ArchiveBounds) -> None:
        """Unpack one archive, and the archives in it beside themselves.

        Args:
            archive: open, and can be rewound.
            name: what it is called.
            prefix: the folder below ours that its files go to, with a `/` at its end, or "".
            bounds: how much is taken of it.
        """
        self._unpack(archive, name, prefix, bounds, 1)

    def add(self, name: str, content: bytes) -> None:
        """Write one file; note why, where it cannot be."""
        try:
            self._write(_parts(name), content)
        except _LeftError as left:
            self.note(name, str(left))

    def note(self, name: str, reason: str) -> None:
        """Note what was left out elsewhere."""
        self.left_out.append(LeftOut(shown(name, 160), reason))

    def _unpack(
        self, archive: IO[bytes], name: str, prefix: str, bounds: ArchiveBounds, level: int
    ) -> None:
        if level > _NESTED:
            self.note(name, "is an archive in too many archives")
            return
        room, count = bounds.total, 0
        kind = _zip_members if name.lower().endswith(".zip") else _tar_members
        try:
            for member, content in kind(archive, bounds):
                where = f"{name}: {member}"
                try:
                    if isinstance(content, str):
                        raise _LeftError(content)
                    parts = _parts(member)
                    if parts[-1] in self.ignored:
                        continue
                    count, room = count + 1, room - len(content)
                    if count > bounds.files:
                        raise _LeftError(f"comes after {bounds.files} other files")
                    if room < 0:
                        raise _LeftError(f"makes the whole larger than {bounds.total >> 20} MB")
                    inside = "/".join(parts)
                    if ending := _ending(inside):
                        below = f"{prefix}{inside[: -len(ending)]}/"
                        inner = io.BytesIO(content)
                        self._unpack(inner, inside, below, _INNER, level + 1)
                    else:
                        self._write(_parts(prefix + inside), content)
                except _LeftError as left:
                    self.note(where, str(left))
                    if room < 0 or count > bounds.files:
                        return
        except _DAMAGED as error:
            self.note(name, f"is damaged or no archive ({type(error).__name__})")

    def _write(self, parts: list[str], content: bytes) -> None:
        name = "/".join(parts)
        if name in self._written:
            raise _LeftError("is there twice")
        try:
            write_tree(self.folder, [File(name, content)])
        except OSError:  # a file stands where its folder should be, or the other way round
            raise _LeftError("is there twice, as a file and as a folder") from None
        self._written.add(name)


def is_archive(name: str) -> bool:
    """Whether a file of that name is unpacked."""
    return _ending(name) is not None


def stem(name: str) -> str:
    """An archive's name without its ending: the folder that its files go to."""
    return name[: -len(_ending(name) or "")] or name


def _ending(name: str) -> str | None:
    return next((one for one in ENDINGS if name.lower().endswith(one)), None)


def _parts(name: str) -> list[str]:
    """A member's name as names of folders and of the file, or `_LeftError`."""
    if name.startswith(("/", "\\")) or name[1:2] == ":":
        raise _LeftError("has an absolute path")
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
    if ".." in parts:
        raise _LeftError("leads out of the archive")
    if not parts or len(parts) > _DEEPEST:
        raise _LeftError("is in too many folders" if parts else "has no name")
    for part in parts:
        if not part.isprintable() or len(part.encode("utf-8", "replace")) > _LONGEST_NAME:
            raise _LeftError("has a name that no honest file has")
    return parts


def _zip_members(archive: IO[bytes], bounds: ArchiveBounds) -> Iterator[tuple[str, bytes | str]]:
    """Every file of a zip archive: its name, and its content or why it is left out."""
    with zipfile.ZipFile(archive) as opened:
        for info in opened.infolist():
            if info.is_dir():
                continue
            kind = stat.S_IFMT(info.external_attr >> 16)
            if kind not in (0, stat.S_IFREG):
                yield info.filename, _special(kind)
            elif info.flag_bits & 1:
                yield info.filename, "is encrypted"
            elif info.file_size > bounds.largest:
                yield info.filename, f"is larger than {bounds.largest >> 20} MB"
            else:
                try:
                    with opened.open(info) as file:
                        content = file.read(bounds.largest + 1)
                except _DAMAGED as error:
                    yield info.filename, f"is damaged ({type(error).__name__})"
                    continue
                if len(content) > bounds.largest:
                    yield info.filename, f"is larger than {bounds.largest >> 20} MB"
                else:
                    yield info.filename, content


def _tar_members(archive: IO[bytes], bounds: ArchiveBounds) -> Iterator[tuple[str, bytes | str]]:
    """The same of a compressed tar archive, read once from its beginning."""
    with gzip.GzipFile(fileobj=archive) as unzipped:
        # What is left out has to be unpacked all the same, to get past it.
        counted = _Counted(unzipped, 2 * bounds.total + 2**20)
        with tarfile.open(fileobj=counted, mode="r|") as opened:
            for info in opened:
                if info.isdir():
                    continue
                file = opened.extractfile(info) if info.isreg() else None
                if file is None:
                    is_link = info.issym() or info.islnk()
                    yield info.name, _special(stat.S_IFLNK if is_link else 0)
                elif info.size > bounds.largest:
                    yield info.name, f"is larger than {bounds.largest >> 20} MB"
                else:
                    yield info.name, file.read()


class _Counted(io.RawIOBase):
    """A stream that ends with an error after so many bytes."""

    def __init__(self, source: IO[bytes] | gzip.GzipFile, most: int) -> None:
        super().__init__()
        self._source = source
        self._left = most

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        content = self._source.read(min(size, self._left + 1) if size >= 0 else self._left + 1)
        self._left -= len(content)
        if self._left < 0:
            raise ValueError("too large")
        return content


def _special(kind: int) -> str:
    return "is a link" if kind == stat.S_IFLNK else "is neither a file nor a folder"
