"""What a kernel's process takes into its box, and what it must leave outside.

Called by the warden's fork, in the box, while it still has the power to read what its learner
cannot.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path


def copy_files(source: int, uid: int | None) -> None:
    """Copy a folder, given as a descriptor, into the current one, and close the descriptor.

    Links are neither followed nor copied, and only plain files and folders are: a submission is
    nobody's to trust, and this process can still read what its learner cannot.
    """
    for folder, _, names, descriptor in os.fwalk(".", dir_fd=source, follow_symlinks=False):
        target = Path(folder)
        if folder != ".":
            target.mkdir()
            _give(target, uid)
        for name in names:
            try:
                file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=descriptor)
            except OSError:  # a link, or a file that may not be read
                continue
            try:
                if stat.S_ISREG(os.fstat(file).st_mode):
                    with (target / name).open("xb") as copy:
                        while os.sendfile(copy.fileno(), file, None, 1 << 20):
                            pass
                    _give(target / name, uid)
            finally:
                os.close(file)
    os.close(source)


def _give(path: Path, uid: int | None) -> None:
    if uid is not None:
        os.chown(path, uid, uid)


def close_all_but(kept: list[int]) -> None:
    """Close every descriptor above 2 but these: one open folder would be a way out of the box."""
    last = 2
    for descriptor in sorted(kept):
        os.closerange(last + 1, descriptor)
        last = descriptor
    os.closerange(last + 1, os.sysconf("SC_OPEN_MAX"))
