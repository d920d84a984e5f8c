"""The warm process: imports what notebooks import, once, and forks one for each notebook.

Started by :mod:`slopewise.sandbox.client` as ``python -m slopewise.sandbox.fork_server``, with a
listening socket. It never runs a thread, a ZeroMQ context, a parallel region or a learner's line,
for a fork inherits none of them whole. It ends when nobody has needed it for a while.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib
import os
import selectors
import signal
import socket
import struct
import sys
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from slopewise.errors import KernelError
from slopewise.sandbox import linux, runtime
from slopewise.sandbox.box import user_namespace
from slopewise.sandbox.box.import_paths import import_paths
from slopewise.sandbox.modules import Modules
from slopewise.sandbox.start import Start
from slopewise.sandbox.supervisor import Origin, Supervisor

# Without these no notebook runs: their failure is fatal. What a course's lessons import, it says.
NEEDED = ("IPython", "slopewise")
# What a first cell would otherwise import in every fork; missing ones are no loss.
WELCOME = (
    "IPython.core.completerlib",
    "IPython.core.historyapp",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.utils.wildcard",
    "IPython.extensions.storemagic",
    "ipywidgets",
    "slopewise.probe.observe",
    "faulthandler",
    "sqlite3",
    "asyncio",
    "xml.dom.minidom",
)

_TICK_SECONDS = 1.0
_SPARE_SECONDS = 0.6  # without a request: time for what comes later
_LINGER_SECONDS = 2.0  # how long to wait for work once every owner is gone


class _Forked(Exception):  # noqa: N818  # carries the fork out of our frames
    def __init__(self, start: Start) -> None:
        self.start = start


class Server:
    """Answers the requests; everything it knows about a notebook is its supervisor's number."""

    def __init__(
        self,
        listener: socket.socket,
        path: Path,
        idle: float,
        user_namespace: int | None,
        later: Sequence[str] = (),
    ) -> None:
        self._listener = listener
        self._path = path
        self._idle = idle
        self._owners: set[socket.socket] = set()
        self._cores: dict[int, int] = {}  # of the supervisors that live
        self._last_need = time.monotonic()
        self._slot = 0
        self._linger = _LINGER_SECONDS
        self._user_namespace = user_namespace
        self._later = later
        self._complete = not later
        self._size = linux.own_size()
        self._selector = selectors.DefaultSelector()
        self._selector.register(listener, selectors.EVENT_READ)

    def serve(self) -> None:
        """Answer until nobody needs us; raises :class:`_Forked` in a notebook's process."""
        while not self._may_end():
            ready = self._selector.select(_TICK_SECONDS if self._complete else _SPARE_SECONDS)
            if not ready:
                self._be_complete()
            for key, _ in ready:
                connection = key.fileobj
                assert isinstance(connection, socket.socket)
                if connection is self._listener:
                    self._accept()
                elif connection in self._owners:
                    self._drop(connection)
                else:
                    self._answer(connection)
            self._reap()

    def _accept(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError:
            return
        credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        if struct.unpack("3i", credentials)[1] != os.geteuid():
            connection.close()
            return
        self._selector.register(connection, selectors.EVENT_READ)

    def _drop(self, connection: socket.socket) -> None:
        self._selector.unregister(connection)
        self._owners.discard(connection)
        connection.close()

    def _answer(self, connection: socket.socket) -> None:
        """A first packet: an owner's, who stays connected, or a request, which we only fork for.

        Before a request may stand that everything is to be imported first. The request itself is
        read by the supervisor, so that nothing of one notebook is ever in the memory that the next
        one is forked from.
        """
        try:
            kind = connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except OSError:
            kind = b""
        self._last_need = time.monotonic()
        if kind == b"o":
            connection.recv(64)
            self._owners.add(connection)
            return
        if kind == b"a":
            connection.recv(64)
            self._be_complete()
            return
        if kind == b"l":
            with contextlib.suppress(ValueError):
                self._linger = float(connection.recv(64).removeprefix(b"linger "))
        if kind == b"{":
            self._slot = (self._slot + 1) % user_namespace.USERS
            self._reap()  # one that has just ended leaves its core to this one
            taken = Counter(self._cores.values())
            core = min(sorted(os.sched_getaffinity(0)), key=lambda one: taken[one])
            supervisor = os.fork()
            if supervisor == 0:
                origin = Origin(self._size, self._user_namespace, self._slot, core)
                self._become_supervisor(connection, origin)
            self._cores[supervisor] = core
        self._drop(connection)

    def _be_complete(self) -> None:
        """Import what comes later, unless that has been done."""
        if not self._complete:
            self._complete = True
            warm_up(self._later)
            self._size = linux.own_size()

    def _become_supervisor(self, connection: socket.socket, origin: Origin) -> None:
        for key in list(self._selector.get_map().values()):
            other = key.fileobj
            if other is not connection and isinstance(other, socket.socket):
                other.close()
        self._selector.close()
        raise _Forked(Supervisor(connection, origin).run())

    def _reap(self) -> None:
        while self._cores:
            pid, _ = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            self._cores.pop(pid, None)
            self._last_need = time.monotonic()

    def _may_end(self) -> bool:
        """Whether to end: nobody owns us and no notebook runs, or nothing was asked for long."""
        if self._cores:
            return False
        waited = time.monotonic() - self._last_need
        if waited < (self._idle if self._owners else min(self._idle, self._linger)):
            return False
        with runtime.lock(wait=False) as got:
            if not got or self._selector.select(0):  # somebody is just coming
                return False
            self._path.unlink(missing_ok=True)
            self._path.with_suffix(".log").unlink(missing_ok=True)
            self._listener.close()
            runtime.sweep()
        return True


def warm_up(needed: Sequence[str], welcome: Sequence[str] = ()) -> None:
    """Import everything, in silence: an import's warnings are none of a learner's business.

    needed: modules without which no notebook runs; raises :class:`KernelError` without them.
    welcome: modules that may be missing.
    """
    # Not looking for rubbish among what is imported, which stays, saves a quarter of the time; and
    # a fork that looked for it would copy every page it lies on.
    gc.disable()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in needed:
            try:
                importlib.import_module(name)
            except Exception as error:
                raise KernelError(
                    f"the warm process cannot import {name}: {error}; install it, or take it out "
                    "of course.toml where it stands there, under [modules]"
                ) from error
        for name in welcome:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
        from slopewise.sandbox import cell_process

        cell_process.rehearse()
        import_paths()  # looked up once: the box of each notebook shows them
    gc.freeze()
    gc.enable()
    threads = len(list(Path("/proc/self/task").iterdir()))
    if threads != 1:
        raise KernelError(f"the warm process has {threads} threads; its forks would hang")


def main() -> None:
    """Run the fork server; its process is detached from whoever started it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--listener", type=int, required=True)
    parser.add_argument("--path", type=Path, required=True)
    parser.add_argument("--idle", type=float, required=True)
    parser.add_argument("--modules", type=Modules.from_text, required=True)
    options = parser.parse_args()
    if os.fork():
        os._exit(0)
    os.setsid()
    # What `python -m` puts there is the folder we were started in; a notebook begins in its own.
    sys.path[:] = ["", *(path for path in sys.path if path not in ("", str(Path.cwd())))]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        namespace = user_namespace.make_user_namespace()
        listener = socket.socket(fileno=options.listener)
        listener.setblocking(False)
        listener.set_inheritable(False)
        modules: Modules = options.modules
        warm_up((*modules.needed, *NEEDED), (*WELCOME, *modules.welcome))
        Server(listener, options.path, options.idle, namespace, modules.later).serve()
    except _Forked as forked:
        start = forked.start
    except BaseException as error:
        traceback.print_exc()
        print(f"{error}", file=sys.stderr, flush=True)
        os._exit(1)
    else:
        os._exit(0)
    from slopewise.sandbox import cell_process

    cell_process.become_runner(start)


if __name__ == "__main__":
    main()
