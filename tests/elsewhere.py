"""A way to start Python as if there were no Linux below.

What Windows' Python is without: modules, and attributes of `os` and `signal`; macOS' lacks less.
"""

from __future__ import annotations

import os
import signal
import sys

MODULES = ("fcntl", "grp", "pwd", "pty", "resource", "termios", "tty")
ATTRIBUTES = (
    *("fork", "forkpty", "geteuid", "getuid", "getpgid", "killpg", "setns", "setsid"),
    *("pidfd_open", "memfd_create", "sched_setaffinity", "sched_getaffinity", "mkfifo"),
    *("O_CLOEXEC", "O_DIRECTORY", "O_NOCTTY", "O_NOFOLLOW", "O_NONBLOCK", "O_PATH"),
)
SIGNALS = ("SIGALRM", "SIGKILL", "SIGSYS", "SIGXCPU", "SIGXFSZ", "pidfd_send_signal")


def leave_linux() -> None:
    """Take away, from modules that ask for it later, what Windows does not have."""
    # Other packages run on Windows and have their own ways there: they are imported before.
    import multiprocessing.connection

    import jupyter_server.serverapp
    import nbgrader.apps
    import tornado.web

    del jupyter_server, multiprocessing, nbgrader, tornado
    sys.platform = "win32"
    for module in MODULES:
        sys.modules[module] = None  # type: ignore[assignment]
    for name in ATTRIBUTES:
        if hasattr(os, name):
            delattr(os, name)
    for name in SIGNALS:
        if hasattr(signal, name):
            delattr(signal, name)
