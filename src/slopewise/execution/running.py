"""Run a notebook: a pure function from a job to its outcome.

Called in a thread of the local pool or by a worker of a cluster; it knows of no course folder and
no gradebook. Each run has a process of its own, and when the function returns, that process and
everything it has started are dead.
"""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from slopewise.errors import BoxError, KernelError
from slopewise.execution.job import CellOutcome, Job, Outcome
from slopewise.execution.outputs import Outputs
from slopewise.execution.packages import packages
from slopewise.execution.room import Room
from slopewise.sandbox.clock import Clock
from slopewise.sandbox.session import End, Session

_LOOK_SECONDS = 0.5
_SHORT_OF = ("MemoryError", "can't allocate memory", "can't start new thread", "No space left")
_room = Room()

DIED = "The kernel stopped here{}; this cell and all after it did not run."
TOO_LONG = "The notebook took longer than {} s; this cell and all after it did not run."


class GivenUpError(KernelError):
    """The run was given up because nobody waits for it any more."""


class KilledError(KernelError):
    """A notebook's process was ended from outside, twice: nothing is known of the notebook."""


def run(job: Job, stop: threading.Event | None = None) -> Outcome:
    """Run every cell of a job in a fresh process.

    A process that was ended by somebody else, such as by an operating system short of memory, is
    run once more, while no other notebook runs here. One that ends itself at the same place by
    the same signal looks just so, and does it again: then it is taken for its own doing.

    Args:
        job: what to run.
        stop: when set, the run is given up.

    Raises:
        BoxError: this machine cannot build the box.
        KilledError: the process was ended from outside both times; the notebook was not run.
        KernelError: no process could be started, twice; or this Python has other packages than
            the one that made the job.
    """
    if job.environment != packages():
        raise KernelError(
            "this worker has other packages, or another Slopewise, than the grading machine;"
            " install the same from the locks"
        )
    stop = stop or threading.Event()

    def given_up() -> None:
        if stop.is_set():
            raise GivenUpError("the run was given up")

    first: Outcome | _Killed | None = None
    try:
        with _room.shared(given_up):
            first = _attempt(job, stop)
    except (BoxError, GivenUpError):
        raise
    except (KernelError, OSError):
        # The warm process may have been ended just then; what is wrong for good is so again.
        pass
    if isinstance(first, Outcome):
        return first
    with _room.alone(given_up):
        second = _attempt(job, stop)
    if isinstance(second, Outcome):
        return second
    if first is not None and second.is_like(first):
        return second.outcome
    raise KilledError(
        "the notebook's process was ended from outside, twice; it is not graded:"
        " look whether the machine has memory enough, and grade again"
    )


@dataclass(frozen=True)
class _Killed:
    """A run whose process ended, and not by its own doing as far as its supervisor knows."""

    count: int
    end: End
    outcome: Outcome

    def is_like(self, other: _Killed) -> bool:
        """Whether both ended at the same cell by the same signal, while a supervisor watched."""
        return (
            not self.end.lost
            and not other.end.lost
            and (self.count, self.end.code) == (other.count, other.end.code)
        )


def _attempt(job: Job, stop: threading.Event) -> Outcome | _Killed:
    environment = {
        "NBGRADER_EXECUTION": "autograde",
        "SLOPEWISE_PICTURES": "drawn" if job.pictures else "words",
    }
    session = Session(
        job.limits,
        unboxed=job.unboxed,
        environment=environment,
        files=[(file.name, file.content) for file in job.files],
        pictures=job.ready,
        modules=job.modules,
        late=any(map(job.modules.are_mentioned, job.cells)),
        hidden=job.hidden,
    )
    with closing(session):
        return _Run(job, session, stop).run()


class _Run:
    def __init__(self, job: Job, session: Session, stop: threading.Event) -> None:
        self._job = job
        self._session = session
        self._stop = stop
        self._outputs = Outputs(job.limits.output)
        self._clock = Clock()
        self._end: End | None = None

    def run(self) -> Outcome | _Killed:
        done: list[CellOutcome] = []
        stopped = ""
        count = 0
        repeatable = True
        for source in self._job.cells:
            if not source.strip():
                done.append(CellOutcome())
                continue
            if not stopped and self._clock.seconds >= self._job.notebook_seconds:
                stopped = TOO_LONG.format(self._job.notebook_seconds)
                done.append(_not_run(stopped))
                continue
            if stopped:
                done.append(CellOutcome())
                continue
            count += 1
            in_time = self._run_cell(source, count)
            if self._end is not None:
                stopped = DIED.format(f" ({self._end.reason})" if self._end.reason else "")
                self._outputs.fail("KernelStopped", stopped)
            outputs = self._outputs.end()
            repeatable = repeatable and in_time and not _was_short(outputs)
            done.append(CellOutcome(count, outputs))
        outcome = Outcome(tuple(done), stopped, repeatable and not stopped)
        if self._end is not None and not self._end.own:
            return _Killed(count, self._end, outcome)
        return outcome

    def _run_cell(self, source: str, count: int) -> bool:
        """Run one cell; whether it ended in time. Notes the process's death."""
        self._outputs.begin(count)
        now = self._clock.seconds
        left = max(1.0, self._job.notebook_seconds - now)
        deadline = now + min(self._job.cell_seconds, left)
        interrupted = False
        self._session.run(count, source)
        while True:
            if self._stop.is_set():
                raise GivenUpError("the run was given up")
            frames = self._session.receive(min(_LOOK_SECONDS, max(0.0, deadline - now)))
            if self._take(frames, count):
                break
            if not frames and self._session.end is not None:
                self._end = self._session.end
                break
            now = self._clock.seconds
            if now < deadline:
                continue
            if interrupted:
                self._session.close()
                self._end = self._session.end
                break
            interrupted = True
            self._session.interrupt()
            deadline = now + self._job.limits.interrupt_grace
        if interrupted:
            self._session.settle()
            text = f"The cell took longer than {self._job.cell_seconds} s and was interrupted."
            self._outputs.fail("CellTimeoutError", text)
        return not interrupted

    def _take(self, frames: list[Any], count: int) -> bool:
        """Take in what was said of the cell; whether it has ended."""
        for frame in frames:
            if frame.kind == "lost":
                self._outputs.lose()
            elif frame.cell != count:
                continue
            elif frame.kind == "end":
                return True
            else:
                self._outputs.take(frame.kind, frame.content, frame.size)
        return False


def _not_run(reason: str) -> CellOutcome:
    outputs = Outputs(0)
    outputs.begin(0)
    outputs.fail("NotebookTimeoutError", reason)
    return CellOutcome(None, outputs.end())


def _was_short(outputs: tuple[dict[str, Any], ...]) -> bool:
    """Whether a cell failed for want of memory, threads or room: another day it may not."""
    return any(
        word in text
        for output in outputs
        if output["output_type"] == "error"
        for text in (output["ename"], output["evalue"])
        for word in _SHORT_OF
    )
