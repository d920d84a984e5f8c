"""The private folder where sockets live, and the broom that sweeps it.

Used by the warm process (its socket) and, without a box, by a notebook's supervisor (the folder
where the notebook works).
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import socket
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from slopewise.errors import KernelError
from slopewise.sandbox.linux import start_time

if sys.platform != "win32":  # there, nothing of this is called, but its callers are imported
    import fcntl

# A Unix socket's path has room for 107 bytes.
_LONGEST = 64
_RUN_FOLDER = re.compile(r"k(\d+)-(\d+)-[0-9a-f]{8}")


def runtime_folder() -> Path:
    """The folder of this user's sockets, made if need be; only its owner can enter it.

    ``SLOPEWISE_RUNTIME_DIR`` names it outright; otherwise it is in ``XDG_RUNTIME_DIR`` when that
    is ours, or in the temporary folder. Raises :class:`KernelError` when somebody else has made
    a folder of that name.
    """
    chosen = os.environ.get("SLOPEWISE_RUNTIME_DIR")
    shared = os.environ.get("XDG_RUNTIME_DIR")
    if chosen:
        folder = Path(chosen)
    elif shared and _is_ours(Path(shared)) and len(shared) < _LONGEST - 12:
        folder = Path(shared) / "slopewise"
    else:
        # Not tempfile.gettempdir() alone: a test or a user may have set a very long TMPDIR.
        folder = Path(tempfile.gettempdir())
        if len(str(folder)) > _LONGEST - 24:
            folder = Path("/tmp")
        folder /= f"slopewise-{os.geteuid()}"
    try:
        folder.mkdir(mode=0o700, parents=bool(chosen), exist_ok=True)
    except OSError as error:
        raise KernelError(f"cannot make the folder for sockets {folder}: {error}") from error
    if not _is_ours(folder):
        raise KernelError(
            f"{folder} belongs to somebody else or others can enter it;"
            " remove it, or set SLOPEWISE_RUNTIME_DIR to a private folder"
        )
    if len(os.fsencode(folder)) > _LONGEST:
        raise KernelError(
            f"the path {folder} is too long for sockets;"
            " set SLOPEWISE_RUNTIME_DIR to a private folder with a short path"
        )
    return folder


def _is_ours(folder: Path) -> bool:
    try:
        status = folder.lstat()
    except OSError:
        return False
    return (
        stat.S_ISDIR(status.st_mode)
        and status.st_uid == os.geteuid()
        and not status.st_mode & 0o077
    )


def new_run_folder() -> Path:
    """A new private folder for one notebook; its name tells which process it belongs to."""
    pid = os.getpid()
    folder = runtime_folder() / f"k{pid}-{start_time(pid)}-{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700)
    return folder


def remove_run_folder(folder: Path) -> None:
    """Remove a notebook's folder; it is no error if it has gone. Nothing else is ever removed."""
    if _RUN_FOLDER.fullmatch(folder.name):
        shutil.rmtree(folder, ignore_errors=True)


def sweep() -> None:
    """Remove what a crash left: folders of dead processes, sockets that nobody listens to.

    Called when a warm process is started and when one ends, by whoever holds the :func:`lock`.
    """
    for path in list(runtime_folder().iterdir()):
        match = _RUN_FOLDER.fullmatch(path.name)
        if match and start_time(int(match[1])) != int(match[2]):
            remove_run_folder(path)
        elif path.suffix == ".socket" and not answers(path):
            for leftover in (path, path.with_suffix(".log")):
                leftover.unlink(missing_ok=True)


def answers(path: Path) -> bool:
    """Whether somebody listens at this socket."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True


@contextlib.contextmanager
def lock(*, wait: bool = True) -> Iterator[bool]:
    """Hold the lock of the folder: whoever starts, finds or ends a warm process takes it first.

    Yields whether the lock was got, which with ``wait`` is always so.
    """
    path = runtime_folder() / "lock"
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)
