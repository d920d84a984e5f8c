"""Real accounts of this machine, as which tests do what a learner or a grader does."""

from __future__ import annotations

import os
import pwd
import traceback
from collections.abc import Callable

import pytest

# Every Debian has them; nobody signs in as them.
GRADER = "bin"
LEARNERS = ("daemon", "games", "nobody")

needs_accounts = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="only root can act as several accounts",
)


def number(account: str) -> int:
    """The account's number."""
    return pwd.getpwnam(account).pw_uid


def acting_as(account: str, action: Callable[[], object]) -> str:
    """Do something as another account, in a process of its own; return what came of it as text.

    Raises:
        PermissionError: the account may not.
        AssertionError: anything else went wrong; with its traceback.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        told = b"e"
        try:
            os.close(reading)
            os.setgroups([])
            os.setgid(pwd.getpwnam(account).pw_gid)
            os.setuid(number(account))
            os.umask(0o022)
            os.environ["HOME"] = "/nonexistent"
            told = b"v" + str(action()).encode("utf-8", "surrogateescape")
        except PermissionError:
            told = b"p" + traceback.format_exc().encode("utf-8", "replace")[-3000:]
        except BaseException:
            told = b"e" + traceback.format_exc().encode("utf-8", "replace")[-3000:]
        finally:
            with os.fdopen(writing, "wb") as file:
                file.write(told)
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        said = file.read().decode("utf-8", "replace")
    os.waitpid(child, 0)
    if said[:1] == "p":
        raise PermissionError(said[1:])
    assert said[:1] == "v", said[1:]
    return said[1:]
