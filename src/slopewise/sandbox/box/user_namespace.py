"""As root: the user namespace in which all boxes of a warm process are made, and its users."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

from slopewise.sandbox import linux
from slopewise.sandbox.box.bubblewrap import INSIDE_UID

# One user a notebook, so that limits per user are limits per notebook. Far above real users.
_FIRST_UID = 1_879_048_192
USERS = 50_000


def make_user_namespace() -> int | None:
    """As root: a user namespace in which boxes are made; None for an ordinary user.

    Limits on processes do not bind root, and a box made by an ordinary user could not show a
    Python that lies in root's home. So root stays root there, with power over nothing outside,
    and learners are users that exist nowhere else.
    """
    if os.geteuid() != 0:
        return None
    text = Path("/proc/self/uid_map").read_text()
    ours = [tuple(map(int, line.split())) for line in text.splitlines()]
    first = _FIRST_UID
    if not any(inside <= first and first + USERS <= inside + count for inside, _, count in ours):
        # In a container: take the last users of the largest range there is.
        inside, _, count = max(ours, key=lambda line: line[2])
        if count < 2 * USERS:
            return None
        first = inside + count - USERS
    wait_read, wait_write = os.pipe()
    ready_read, ready_write = os.pipe()
    child = os.fork()
    if child == 0:
        with contextlib.suppress(OSError):
            linux.unshare(linux.CLONE_NEWUSER)
            os.write(ready_write, b".")
            os.read(wait_read, 1)
            linux.forbid_user_namespaces()
            os.write(ready_write, b".")
            os.read(wait_read, 1)
        os._exit(0)
    os.close(ready_write)
    try:
        if not os.read(ready_read, 1):
            return None
        for kind in ("uid_map", "gid_map"):
            Path(f"/proc/{child}/{kind}").write_text(f"0 0 1\n{INSIDE_UID} {first} {USERS}\n")
        os.write(wait_write, b".")
        if not os.read(ready_read, 1):
            return None
        return os.open(f"/proc/{child}/ns/user", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    finally:
        for descriptor in (wait_read, wait_write, ready_read):
            os.close(descriptor)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
