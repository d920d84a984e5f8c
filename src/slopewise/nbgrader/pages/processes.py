"""Processes that make pages, each page within a budget that holds whatever a learner wrote.

The parsers behind a page promise nothing: some text will always take minutes or gigabytes. So a
page is made by a process that is given seconds of its own time, and memory, for it. The kernel
ends one that takes more, another takes its place, and whoever asked writes the page plain.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

if sys.platform != "win32":
    import resource

_MEMORY = 2**30  # beyond what the process has when it begins
_PATIENCE = 12  # times its CPU seconds may pass by the clock, for a machine that is busy
_AHEAD = 6  # pages a process may be ahead of whoever asks for them


@dataclass(frozen=True)
class Failure:
    """Why there is no page."""

    reason: str


@dataclass
class _Worker:
    process: Any
    connection: Connection
    number: int | None = None
    until: float = 0.0


class PageProcesses:
    """Makes the pages of some tasks, in order, ahead of whoever asks for them.

    Args:
        make: makes a page of a task.
        tasks: those that are known; a page is asked for by its task's number, from 0.
        count: how many processes; None means one a core.
        seconds: CPU seconds for one page.
        fork: whether a process is a copy of this one, which costs nothing and is safe only where
            this one has a single thread. Else it starts from nothing, and `make` is pickled.
    """

    def __init__(
        self,
        make: Callable[[Any], str],
        tasks: Sequence[Any],
        *,
        count: int | None = None,
        seconds: int = 10,
        fork: bool = True,
    ) -> None:
        self._make = make
        self._tasks: list[Any] = list(tasks)
        self._seconds = seconds
        self._context: Any = multiprocessing.get_context("fork" if fork else "spawn")
        self._waiting = deque(range(len(tasks)))
        self._done: dict[int, str | Failure] = {}
        self._workers: list[_Worker] = []
        self._count = max(1, count or _cores())
        self._owner = os.getpid()

    def page(self, number: int) -> str | Failure:
        """Return the page of a task, or why there is none.

        Each is asked for once, and in order; those that were passed over are forgotten.
        """
        while self._waiting and self._waiting[0] < number:
            self._waiting.popleft()
        for passed in [one for one in self._done if one < number]:
            del self._done[passed]
        while number not in self._done:
            self._step()
        return self._done.pop(number)

    def add(self, task: Any) -> int:
        """Take in one more task and return its number."""
        self._tasks.append(task)
        self._waiting.append(len(self._tasks) - 1)
        return len(self._tasks) - 1

    def close(self) -> None:
        """End the processes; a copy of this in one of them ends nobody."""
        if os.getpid() != self._owner:
            return
        for worker in self._workers:
            worker.connection.close()
            worker.process.kill()
            worker.process.join()
        self._workers.clear()

    def __del__(self) -> None:
        """Nobody asks any more, be it for the last page or on account of an error."""
        self.close()

    def _step(self) -> None:
        """Give work to who has none, and take what is finished first."""
        idle = sum(worker.number is None for worker in self._workers)
        for _ in range(min(self._count - len(self._workers), len(self._waiting) - idle)):
            self._workers.append(self._start())
        for worker in self._workers:
            busy = sum(one.number is not None for one in self._workers)
            room = len(self._done) + busy < _AHEAD * self._count or not busy
            if worker.number is None and self._waiting and room:
                worker.number = self._waiting.popleft()
                worker.until = time.monotonic() + _PATIENCE * self._seconds
                with contextlib.suppress(OSError):  # it died; that is noticed below
                    worker.connection.send(self._tasks[worker.number])
        busy_ones = [worker for worker in self._workers if worker.number is not None]
        left = min(worker.until for worker in busy_ones) - time.monotonic()
        ready = wait([worker.connection for worker in busy_ones], max(0.0, left))
        for worker in busy_ones:
            if worker.connection in ready:
                self._take(worker)
            elif time.monotonic() > worker.until:
                self._replace(worker)

    def _take(self, worker: _Worker) -> None:
        try:
            page = worker.connection.recv()
        except (EOFError, OSError):
            self._replace(worker)
            return
        assert worker.number is not None
        self._done[worker.number] = page
        self._tasks[worker.number] = None  # a server goes on for weeks
        worker.number = None

    def _replace(self, worker: _Worker) -> None:
        """End a process that took too much, or take leave of one that was ended for it."""
        assert worker.number is not None
        self._done[worker.number] = Failure("it took more time or memory than a page may")
        worker.connection.close()
        worker.process.kill()
        worker.process.join()
        self._workers.remove(worker)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        others = [worker.connection for worker in self._workers]
        inherited = [ours, *others] if self._context.get_start_method() == "fork" else []
        process = self._context.Process(
            target=_serve, args=(theirs, inherited, self._make, self._seconds), daemon=True
        )
        process.start()
        theirs.close()
        return _Worker(process, ours)


def _serve(
    connection: Connection,
    inherited: Sequence[Connection],
    make: Callable[[Any], str],
    seconds: int,
) -> None:
    """Make pages until nobody asks any more; a process's whole life."""
    for other in inherited:  # or nobody would notice that the one who asks has died
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who asks
    gc.freeze()
    _bound_memory()
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError):
            return
        _bound_time(seconds)
        try:
            page: str | Failure = make(task)
        except Exception as error:  # memory and depth, too
            page = Failure(f"{type(error).__name__}: {error}"[:500])
        try:
            connection.send(page)
        except OSError:
            return


def _cores() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _bound_memory() -> None:
    """Let this process take so much more memory, where the system can be told that."""
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + _MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))


def _bound_time(seconds: int) -> None:
    """Let this process take so much more time of its own; elsewhere the clock's has to do."""
    if sys.platform != "win32":
        used = int(time.process_time()) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, resource.RLIM_INFINITY))
