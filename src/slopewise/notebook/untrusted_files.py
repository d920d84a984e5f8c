"""Read a folder that a stranger filled, and write what was taken, without following a link.

Every folder and file is opened from the descriptor of the one that holds it, never by its path, so
that nothing read lies elsewhere, whatever is renamed or replaced meanwhile. Only plain files are
taken, of printable names, within bounds; what is left out is named together with the reason.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from slopewise.errors import SubmissionError
from slopewise.notebook.files import File
from slopewise.notebook.identifiers import shown


def _flags(*names: str) -> int:
    """Those of these that there are; on Windows, where no folder can be opened, hardly any."""
    return sum(getattr(os, name, 0) for name in names)


_TRUSTED_FOLDER = _flags("O_RDONLY", "O_DIRECTORY", "O_CLOEXEC")
_FOLDER = _TRUSTED_FOLDER | _flags("O_NOFOLLOW", "O_NONBLOCK")
_FILE = _flags("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC")


@dataclass(frozen=True)
class Bounds:
    """How much is taken of one folder.

    Attributes:
        total: bytes of all files together.
        largest: bytes of one file.
        files: how many files.
        entries: how many files and folders are looked at.
        depth: how many folders one may lie in.
        name: bytes of one file's name, without its folders'.
    """

    total: int = 32 * 2**20
    largest: int = 32 * 2**20
    files: int = 500
    entries: int = 10_000
    depth: int = 8
    name: int = 200


@dataclass(frozen=True)
class LeftOut:
    """What was not taken.

    Attributes:
        name: its path below the folder, as it can be shown; "" for the folder itself.
        reason: why, in words that follow the name.
        changed: whether it was written to meanwhile, and may be whole in a moment.
    """

    name: str
    reason: str
    changed: bool = False


@dataclass(frozen=True)
class Tree:
    """What a folder held.

    Attributes:
        files: what was taken, in the order of their names.
        left_out: what was not.
        changed: when the file system last changed anything that was looked at (`st_ctime`, which
            no owner can set), in nanoseconds since 1970.
    """

    files: tuple[File, ...]
    left_out: tuple[LeftOut, ...]
    changed: int


Selection = Callable[[str, bool], str | None]
"""Called with an entry's path and whether it is a folder: None takes it, "" leaves it out without
a word, anything else is the reason for leaving it out."""


def take_everything(_name: str, _is_folder: bool) -> str | None:  # as Selection says
    """The selection that leaves nothing out."""
    return None


@contextmanager
def folder_below(root: Path, parts: Sequence[str]) -> Iterator[int]:
    """Open a folder below one that is trusted; give its descriptor.

    Args:
        root: a folder that only we can write to, links on the way to it allowed.
        parts: names of folders, each in the one before, none of them a link.

    Raises:
        SubmissionError: one of them is missing, a link, no folder, or may not be read.
    """
    descriptor = os.open(root, _TRUSTED_FOLDER)
    try:
        for part in parts:
            try:
                below = os.open(part, _FOLDER, dir_fd=descriptor)
            except OSError as error:
                raise SubmissionError(f"{shown(part)}: {_why(error)}") from None
            os.close(descriptor)
            descriptor = below
        yield descriptor
    finally:
        os.close(descriptor)


def read_tree(
    descriptor: int,
    bounds: Bounds,
    select: Selection = take_everything,
    owner: int | None = None,
) -> Tree:
    """Return the files of a folder, notebooks first where not all can be taken.

    Args:
        descriptor: the folder's; it stays open.
        bounds: how much to take.
        select: what to take.
        owner: number of the account that everything has to belong to; None means any.
    """
    reader = _Reader(bounds, select, owner, os.fstat(descriptor).st_dev)
    reader.read(descriptor)
    files = sorted(reader.files, key=lambda file: file.name)
    return Tree(tuple(files), tuple(reader.left_out), reader.changed)


def read_file(descriptor: int, name: str, most: int) -> bytes:
    """Return a plain file's content, of a folder that is open.

    Raises:
        SubmissionError: it is missing, a link, no plain file, too large or may not be read.
    """
    reader = _Reader(Bounds(total=most, largest=most), take_everything, None, None)
    try:
        return reader.content(descriptor, name)
    except _LeftError as left:
        raise SubmissionError(f"{shown(name)}: {left}") from None


def write_tree(folder: Path, files: Iterable[File]) -> None:
    """Write files below a folder, through no link; what is there by the same name is replaced.

    Args:
        folder: it is made where it is missing; its own parents are trusted.
        files: their names have no `..` and do not begin with `/`.

    Raises:
        OSError: a part of the way is no folder, or the file cannot be written.
        ValueError: a name leads out of the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    root = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        for file in files:
            _write(root, file)
    finally:
        os.close(root)


def _write(root: int, file: File) -> None:
    *folders, name = file.name.split("/")
    if not name or {"", ".", ".."} & {*folders, name}:
        raise ValueError(f"{shown(file.name)}: leads out of its folder")
    here = os.dup(root)
    try:
        for part in folders:
            with suppress(FileExistsError):
                os.mkdir(part, dir_fd=here)
            below = os.open(part, _FOLDER, dir_fd=here)
            os.close(here)
            here = below
        with suppress(FileNotFoundError):
            os.unlink(name, dir_fd=here)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        with os.fdopen(os.open(name, flags, 0o666, dir_fd=here), "wb") as written:
            written.write(file.content)
    finally:
        os.close(here)


class _LeftError(Exception):
    """Carries the reason why something is left out."""


class _ChangedError(_LeftError):
    """Somebody is still writing it."""


class _Reader:
    """Reads one folder; `files`, `left_out` and `changed` are what came of it."""

    def __init__(
        self, bounds: Bounds, select: Selection, owner: int | None, device: int | None
    ) -> None:
        self._bounds = bounds
        self._select = select
        self._owner = owner
        self._device = device
        self._room = bounds.total
        self._seen = 0
        self.files: list[File] = []
        self.left_out: list[LeftOut] = []
        self.changed = 0

    def read(self, here: int, prefix: str = "", depth: int = 0) -> None:
        """Take what is in a folder: its own files first, then those of each of its folders."""
        folders = []
        for name in self._names(here, prefix):
            if self._entry(here, prefix + name, name, depth):
                folders.append(name)
        for name in folders:
            # One at a time: a thousand folders open at once would be as many descriptors.
            try:
                below = os.open(name, _FOLDER, dir_fd=here)
            except OSError as error:
                self._leave(prefix + name, _why(error))
                continue
            try:
                self.read(below, f"{prefix}{name}/", depth + 1)
            finally:
                os.close(below)
        self._note(os.fstat(here))

    def _names(self, here: int, prefix: str) -> list[str]:
        names = []
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    self._seen += 1
                    if self._seen > self._bounds.entries:
                        self._leave("the rest", f"comes after {self._bounds.entries} other entries")
                        break
                    names.append(entry.name)
        except OSError as error:
            self._leave(prefix.rstrip("/"), _why(error))
        return sorted(names, key=lambda name: (not name.endswith(".ipynb"), name))

    def _entry(self, here: int, whole: str, name: str, depth: int) -> bool:
        """Take one entry; return whether it is a folder that is still to be read."""
        try:
            status = os.stat(name, dir_fd=here, follow_symlinks=False)
            self._note(status)
            is_folder = stat.S_ISDIR(status.st_mode)
            reason = self._select(whole, is_folder)
            if reason == "":
                return False
            self._check(name, status)
            if reason:
                raise _LeftError(reason)
            if not is_folder:
                if len(self.files) >= self._bounds.files:
                    raise _LeftError(f"comes after {self._bounds.files} other files")
                self.files.append(File(whole, self.content(here, name)))
            elif depth >= self._bounds.depth:
                raise _LeftError("is in too many folders")
            else:
                return True
        except _ChangedError as left:
            self.left_out.append(LeftOut(shown(whole), str(left), changed=True))
        except _LeftError as left:
            self._leave(whole, str(left))
        except OSError as error:
            self._leave(whole, _why(error))
        return False

    def _check(self, name: str, status: os.stat_result) -> None:
        """Raise `_LeftError` for what nobody's code or notebook is."""
        mode = status.st_mode
        if stat.S_ISLNK(mode):
            raise _LeftError("is a symbolic link")
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise _LeftError("is neither a file nor a folder")
        if not name.isprintable() or len(os.fsencode(name)) > self._bounds.name:
            raise _LeftError("has a name that no honest file has")
        if self._owner is not None and status.st_uid != self._owner:
            raise _LeftError("belongs to another account")
        if self._device is not None and status.st_dev != self._device:
            raise _LeftError("lies on another file system")

    def content(self, here: int, name: str) -> bytes:
        """Return a file's content, or raise `_LeftError`."""
        try:
            descriptor = os.open(name, _FILE, dir_fd=here)
        except OSError as error:
            raise _LeftError(_why(error)) from None
        with os.fdopen(descriptor, "rb") as file:
            before = os.fstat(descriptor)
            if not stat.S_ISREG(before.st_mode):
                raise _LeftError("is not a plain file")
            self._check(name, before)
            if before.st_size > self._room:
                raise _LeftError(f"makes the submission larger than {_size(self._bounds.total)}")
            if before.st_size > self._bounds.largest:
                raise _LeftError(f"is larger than {_size(self._bounds.largest)}")
            try:
                content = file.read(before.st_size + 1)
            except OSError as error:
                raise _LeftError(_why(error)) from None
            after = os.fstat(descriptor)
        self._note(after)
        if len(content) != before.st_size or after.st_ctime_ns != before.st_ctime_ns:
            raise _ChangedError("was changed while it was read")
        self._room -= len(content)
        return content

    def _note(self, status: os.stat_result) -> None:
        self.changed = max(self.changed, status.st_ctime_ns)

    def _leave(self, name: str, reason: str) -> None:
        self.left_out.append(LeftOut(shown(name), reason))


def _size(count: int) -> str:
    return f"{count / 2**20:.3g} MB"


def _why(error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return "is a symbolic link"
    if error.errno == errno.ENOTDIR:
        return "is a symbolic link or no folder"
    if error.errno == errno.ENOENT:
        return "is not there"
    return "cannot be read"
