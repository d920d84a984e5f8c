"""Where notebooks run: a pool of threads on this machine, or a Dask cluster.

Both are :class:`concurrent.futures.Executor`, and what they are given is the pure function
:func:`slopewise.execution.running.run`. Threads are enough here: a notebook's own code runs in its
process, and what is left of it on this side takes 0.04 CPU seconds.
"""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any, Protocol

from slopewise import sandbox
from slopewise.errors import CourseError
from slopewise.execution.job import Job, Outcome
from slopewise.execution.running import run
from slopewise.execution.settings import Settings

_CONNECT_SECONDS = 10


class Pool(Protocol):
    """What can run notebooks."""

    @property
    def width(self) -> int:
        """How many notebooks run at once."""
        ...

    @property
    def places(self) -> tuple[str, ...]:
        """Where notebooks may run, by name; this machine alone has the name ""."""
        ...

    def submit(self, job: Job, place: str = "") -> Future[Outcome]:
        """Run a notebook as soon as there is room for it, anywhere or in one of the places."""
        ...

    def close(self) -> None:
        """Give up what still runs, and let everything go."""
        ...


class LocalPool:
    """As many notebooks at once on this machine as it has cores.

    Args:
        width: how many.
    """

    places = ("",)

    def __init__(self, width: int) -> None:
        self.width = width
        self._stop = threading.Event()
        self._threads: Executor = ThreadPoolExecutor(width, thread_name_prefix="slopewise-run")

    def submit(self, job: Job, place: str = "") -> Future[Outcome]:
        """Run a notebook as soon as there is room for it."""
        return self._threads.submit(run, job, self._stop)

    def close(self) -> None:
        """Give up what still runs; returns when its notebooks are dead."""
        self._stop.set()
        self._threads.shutdown(wait=True, cancel_futures=True)


class DaskPool:
    """The workers of a Dask cluster; each needs this package and nothing of the course.

    Args:
        address: the scheduler's.

    Raises:
        CourseError: Dask is not installed, the scheduler does not answer, or it has no workers.
    """

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise CourseError(
                "SlopewiseGrading.scheduler is set, but Dask is not installed; run "
                "`pip install 'slopewise[dask]'`, or take the setting out"
            ) from None
        # Its own complaints would come beside the one line that this is worth.
        with _silence("distributed"):
            try:
                self._client: Any = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
            except Exception as error:
                raise CourseError(
                    f"no Dask scheduler answers at {address} ({type(error).__name__}); start one "
                    "with `dask scheduler`, or take SlopewiseGrading.scheduler out"
                ) from None
        self.width = sum(self._client.nthreads().values())
        if not self.width:
            self.close()
            raise CourseError(
                f"the Dask scheduler at {address} has no workers; start one with "
                f"`dask worker {address}`"
            )
        # A worker that is lost takes its notebooks with it; they are run again elsewhere.
        self._executor: Executor = self._client.get_executor(pure=False, retries=2)

    @property
    def places(self) -> tuple[str, ...]:
        """The workers' addresses."""
        return tuple(sorted(self._client.nthreads()))

    def submit(self, job: Job, place: str = "") -> Future[Outcome]:
        """Run a notebook as soon as a worker has room for it."""
        if place:
            executor = self._client.get_executor(pure=False, workers=[place])
            return executor.submit(run, job)  # type: ignore[no-any-return]
        return self._executor.submit(run, job)

    def close(self) -> None:
        """Let the cluster go; it forgets what nobody waits for."""
        with _silence("distributed"), contextlib.suppress(Exception):
            self._client.close()


def open_pool(settings: Settings) -> Pool:
    """The pool that the settings ask for.

    Raises:
        CourseError: a scheduler that is not there.
        KernelError: this machine cannot start processes for notebooks.
    """
    if settings.scheduler:
        return DaskPool(settings.scheduler)
    if sys.platform.startswith("linux"):  # elsewhere the first kernel says what is missing
        sandbox.warm(settings.modules)
    return LocalPool(settings.width)


@contextlib.contextmanager
def _silence(name: str) -> Any:
    logger = logging.getLogger(name)
    before = logger.disabled, logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.disabled, level = before
        logger.setLevel(level)
