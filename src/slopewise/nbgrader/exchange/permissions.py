"""Who may write where in the exchange: looked at by `doctor`, set right before it is used.

.. code-block:: text

    exchange/            755   the grading account's, or root's
    `-- COURSE/          755   the grading account's
        |-- outbound/    755   released lessons
        |-- inbound/    3733   everybody may put something in; nobody may list it, or move what
        |                      another has put there
        `-- feedback/    711   pages under names that only their learner can work out

Whoever may write to a folder may rename what is in it, and put something else in its place. So no
folder from the root of the file system to these may be written to by others, but for those where
the sticky bit keeps others' entries.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OUTBOUND, INBOUND, FEEDBACK = "outbound", "inbound", "feedback"

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_MODES = {OUTBOUND: 0o755, INBOUND: 0o3733, FEEDBACK: 0o711}
_GROUP = {OUTBOUND: 0o2775, INBOUND: 0o3773, FEEDBACK: 0o2771}


@dataclass(frozen=True)
class Fault:
    """One folder that is not as it should be.

    Attributes:
        path: the folder.
        text: one sentence: what is wrong, and what to do about it.
        mode: the mode that sets it right, where this account may set it; else None.
    """

    path: Path
    text: str
    mode: int | None = None


def faults(root: Path, course: str, *, shared: bool = False) -> list[Fault]:
    """Return what is wrong with the folders of an exchange, as far as they are there.

    Args:
        root: `c.Exchange.root`.
        course: the course's id, which is its folder's name.
        shared: whether several instructors' accounts share a group (`groupshared`).
    """
    if not root.is_dir():
        return [Fault(root, f"{root}: is not there, or is no folder; make it with mode 755")]
    return [
        *_parents(root.resolve()),
        *_folder(root.resolve(), 0o2775 if shared else 0o755, shared=shared, roots=True),
        *_course(root.resolve() / course, shared=shared),
    ]


def replaceable(root: Path) -> list[Fault]:
    """Return what lets others replace the exchange; for a learner, whoever owns it."""
    found = [*_parents(root.resolve()), *_writable(root.resolve(), 0o755, shared=True)]
    return [one for one in found if one.path.stat().st_mode & stat.S_IWOTH]


def set_right(found: list[Fault]) -> list[Fault]:
    """Set the modes that this account may set; return what is left."""
    left = []
    for fault in found:
        try:
            if fault.mode is None:
                raise PermissionError
            descriptor = os.open(fault.path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                os.fchmod(descriptor, fault.mode)
            finally:
                os.close(descriptor)
        except OSError:
            left.append(fault)
    return left


def make(root: Path, course: str, *, shared: bool = False) -> None:
    """Make the exchange's folders where they are missing.

    Raises:
        OSError: one cannot be made.
    """
    if not root.exists():
        root.mkdir(parents=True)
        root.chmod(0o2775 if shared else 0o755)
    home = root / course
    modes = _GROUP if shared else _MODES
    wanted = {home: 0o2775 if shared else 0o755} | {home / name: modes[name] for name in modes}
    for folder, mode in wanted.items():
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        folder.chmod(mode)


def _parents(root: Path) -> Iterator[Fault]:
    for folder in root.parents:
        status = folder.stat()
        if status.st_mode & stat.S_IWOTH and not status.st_mode & stat.S_ISVTX:
            yield Fault(
                folder,
                f"{folder}: everybody may write there, and so put another exchange in the place "
                f"of this one; chmod o-w {folder}",
            )


def _course(home: Path, *, shared: bool) -> Iterator[Fault]:
    if not os.path.lexists(home):
        return  # made when something is released
    yield from _folder(home, 0o2775 if shared else 0o755, shared=shared, roots=False)
    modes = _GROUP if shared else _MODES
    for name, mode in modes.items():
        folder = home / name
        if os.path.lexists(folder):
            yield from _folder(folder, mode, shared=shared, roots=False, exact=name == INBOUND)


def _folder(
    folder: Path, mode: int, *, shared: bool, roots: bool, exact: bool = False
) -> Iterator[Fault]:
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode):
        yield Fault(
            folder, f"{folder}: is no folder; somebody has put it there: remove it, release again"
        )
        return
    me = os.geteuid()
    if status.st_uid != me and not shared and not (roots and status.st_uid == 0):
        yield Fault(
            folder,
            f"{folder}: belongs to account {_account(status.st_uid)}, not to {_account(me)}, who "
            "grades; where a learner made it, remove it, else chown it",
        )
        return
    if exact:
        # The group's bit is a convenience, which not every file system keeps.
        if (stat.S_IMODE(status.st_mode) ^ mode) & ~stat.S_ISGID:
            yield _wrong(folder, status.st_mode, mode)
    else:
        yield from _writable(folder, mode, shared=shared)


def _writable(folder: Path, mode: int, *, shared: bool) -> Iterator[Fault]:
    found = folder.stat().st_mode
    if found & (stat.S_IWOTH if shared else _OTHERS_WRITE):
        yield _wrong(folder, found, mode)


def _wrong(folder: Path, found: int, mode: int) -> Fault:
    return Fault(
        folder,
        f"{folder}: has mode {stat.S_IMODE(found):o} instead of {mode:o}, so that learners could "
        f"replace or see what is others'; chmod {mode:o} {folder}",
        mode,
    )


def _account(number: int) -> str:
    try:
        import pwd

        return pwd.getpwuid(number).pw_name
    except (ImportError, KeyError):
        return str(number)
