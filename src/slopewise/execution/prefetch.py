"""Results one after the other, while those that will be asked for next are already being made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from slopewise.errors import CourseError, KernelError, SlopewiseError
from slopewise.execution.cache import ResultStore
from slopewise.execution.job import Job, Outcome
from slopewise.execution.pools import Pool

_HELD = 8  # results that may wait to be recorded, for each that runs


@dataclass(frozen=True)
class Result:
    """What a notebook did, and whether it was known already.

    Attributes:
        outcome: what it did.
        kept: whether nothing was run for it, now.
    """

    outcome: Outcome
    kept: bool


class Ahead:
    """Runs notebooks in a pool before their results are asked for.

    Args:
        pool: where they run; closed with this.
        store: where results are kept, or None.

    What is asked for need not have been announced: a result depends on its job alone, and whether
    it was made before is a matter of time only.
    """

    def __init__(self, pool: Pool, store: ResultStore | None = None) -> None:
        self._pool = pool
        self._store = store
        self._started: dict[str, Future[Outcome]] = {}
        self._everywhere: dict[str, dict[str, Future[Outcome]]] = {}
        self._known: dict[str, Outcome] = {}
        self._coming: Iterator[Job] = iter(())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give up what still runs."""
        placed = [one for futures in self._everywhere.values() for one in futures.values()]
        for future in [*self._started.values(), *placed]:
            future.cancel()
        self._started.clear()
        self._everywhere.clear()
        self._known.clear()
        self._pool.close()

    def begin_everywhere(self, job: Job) -> None:
        """Start a job in each place now, before all that is announced."""
        places = self._pool.places
        if places == ("",):
            self._begin(job)
        elif job.key not in self._everywhere:
            self._everywhere[job.key] = {place: self._pool.submit(job, place) for place in places}

    def everywhere(self, job: Job) -> dict[str, Outcome]:
        """The outcome of a job in each place where jobs may run, by the place's name.

        Kept for this machine like any result. A cluster's worker of today need not be that of
        yesterday: there it is run anew.

        Raises:
            KernelError: as :meth:`result` does.
            CourseError: as :meth:`result` does.
        """
        if self._pool.places == ("",):
            return {"": self.result(job).outcome}
        self.begin_everywhere(job)
        futures = self._everywhere.pop(job.key)
        return {place: _outcome(future) for place, future in futures.items()}

    def announce(self, coming: Iterable[Job]) -> None:
        """Say which results will be asked for; taken one by one, when there is room to run it."""
        self._coming = iter(coming)
        self._fill()

    def wait(self, job: Job) -> None:
        """Wait until the result of a job is there, and meanwhile keep the pool busy."""
        self._begin(job)
        self._fill()
        future = self._started.get(job.key)
        while future is not None and not future.done():
            running = [one for one in self._started.values() if not one.done()]
            wait(running, return_when=FIRST_COMPLETED)
            self._fill()

    def result(self, job: Job) -> Result:
        """The result of a job, which is then forgotten here.

        Raises:
            KernelError: the job could not be run; BoxError where no job can be.
            CourseError: the cluster is gone.
        """
        self._begin(job)
        known = self._known.pop(job.key, None)
        if known is not None:
            return Result(known, kept=True)
        outcome = _outcome(self._started.pop(job.key))
        if self._store is not None:
            self._store.put(job.key, outcome)
        return Result(outcome, kept=False)

    def _fill(self) -> None:
        """Start what is coming, so that no place in the pool is empty when one becomes free."""
        width = self._pool.width
        while (
            sum(not one.done() for one in self._started.values()) <= width
            and len(self._started) + len(self._known) < width * _HELD
        ):
            job = next(self._coming, None)
            if job is None:
                return
            self._begin(job)

    def _begin(self, job: Job) -> None:
        """Start a job, unless its result is known or on its way."""
        if job.key in self._known or job.key in self._started:
            return
        known = self._store.get(job.key) if self._store is not None else None
        if known is not None:
            self._known[job.key] = known
        else:
            self._started[job.key] = self._pool.submit(job)


def _outcome(future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except SlopewiseError:
        raise
    except CancelledError:
        raise CourseError("the Dask scheduler is gone; start it and grade again") from None
    except Exception as error:
        # Such as a worker's that was killed each time it was tried.
        text = " ".join(str(error).split())[:300]
        raise KernelError(
            f"the notebook could not be run: {type(error).__name__}: {text}"
        ) from error
