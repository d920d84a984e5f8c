"""Run a notebook: a pure function from a job to its outcome.

Called in a thread of the local pool or by a worker of a cluster; it knows of no course folder and
no gradebook. Each run has a kernel of its own, and when the function returns, that kernel and
everything it has started are dead.
"""

from __future__ import annotations

import threading
import time
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from slopewise.errors import BoxError, KernelError
from slopewise.execution.job import CellOutcome, Job, Outcome, packages
from slopewise.execution.kernel import Kernel
from slopewise.execution.outputs import Outputs

_LOOK_SECONDS = 0.5  # how often to look whether a silent kernel lives
_IDLE_SECONDS = 4.0  # how long outputs may come after a cell's own end
_SHORT_OF = ("MemoryError", "can't allocate memory", "can't start new thread", "No space left")

DIED = "The kernel stopped here; this cell and all after it did not run."
TOO_LONG = "The notebook took longer than {} s; this cell and all after it did not run."


class GivenUpError(KernelError):
    """The run was given up because nobody waits for it any more."""


def run(job: Job, stop: threading.Event | None = None) -> Outcome:
    """Run every cell of a job in a fresh kernel.

    Args:
        job: what to run.
        stop: when set, the run is given up.

    Raises:
        BoxError: this machine cannot build the box.
        KernelError: no kernel could be started, twice; or this Python has other packages than
            the one that made the job.
    """
    if job.environment != packages():
        raise KernelError(
            "this worker has other packages, or another Slopewise, than the grading machine;"
            " install the same from requirements.lock"
        )
    try:
        kernel = Kernel(job)
    except BoxError:
        raise
    except (KernelError, RuntimeError, OSError):
        # The warm process may have been ended just then; what is wrong for good is so again.
        kernel = Kernel(job)
    with closing(kernel):
        return _Run(job, kernel, stop or threading.Event()).run()


@dataclass
class _Cell:
    request: str
    deadline: float
    replied: float | None = None
    idle: bool = False
    interrupted: bool = False


class _Run:
    def __init__(self, job: Job, kernel: Kernel, stop: threading.Event) -> None:
        self._job = job
        self._kernel = kernel
        self._stop = stop
        self._outputs = Outputs(job.limits.output)
        self._end = time.monotonic() + job.notebook_seconds
        self._lived = True

    def run(self) -> Outcome:
        done: list[CellOutcome] = []
        stopped = ""
        count = 0
        repeatable = True
        for source in self._job.cells:
            if not source.strip():
                done.append(CellOutcome())
                continue
            if not stopped and time.monotonic() >= self._end:
                stopped = TOO_LONG.format(self._job.notebook_seconds)
                done.append(_not_run(stopped))
                continue
            if stopped:
                done.append(CellOutcome())
                continue
            count += 1
            in_time = self._run_cell(source, count)
            if not self._lived:
                stopped = DIED
                self._outputs.fail("KernelStopped", DIED)
            outputs = self._outputs.end()
            repeatable = repeatable and in_time and not _was_short(outputs)
            done.append(CellOutcome(count, outputs))
        return Outcome(tuple(done), stopped, repeatable and not stopped)

    def _run_cell(self, source: str, count: int) -> bool:
        """Run one cell; whether it ended in time. Notes the kernel's death."""
        self._outputs.begin(count)
        seconds = min(self._job.cell_seconds, max(1.0, self._end - time.monotonic()))
        now = time.monotonic()
        cell = _Cell(self._kernel.execute(source), now + seconds)
        looked = now
        while not self._is_done(cell):
            wait = min(_LOOK_SECONDS, max(0.0, cell.deadline - time.monotonic()))
            if cell.replied is not None:
                wait = min(wait, 0.1)
            messages = self._kernel.receive(wait, self._outputs.keeps)
            for message in messages:
                self._take(cell, message)
            now = time.monotonic()
            if now - looked >= _LOOK_SECONDS:
                looked = now
                if self._stop.is_set():
                    raise GivenUpError("the run was given up")
                if not messages and not self._kernel.is_alive():
                    self._drain(cell)
                    self._lived = False
                    break
            if now >= cell.deadline and not cell.interrupted:
                cell.interrupted = True
                self._kernel.interrupt()
                # A cell that ignores this is killed by its kernel's warden.
                cell.deadline = now + self._job.limits.interrupt_grace + 5
            elif now >= cell.deadline and cell.interrupted and cell.replied is None:
                self._kernel.close()
                self._lived = False
                break
        if self._lived and not cell.idle:
            # A message too large has ended the connection, and what came after it is lost.
            self._outputs.lose()
            self._kernel.listen_again()
        if cell.interrupted:
            text = f"The cell took longer than {self._job.cell_seconds} s and was interrupted."
            self._outputs.fail("CellTimeoutError", text)
        return not cell.interrupted

    def _is_done(self, cell: _Cell) -> bool:
        if cell.replied is None:
            return False
        return cell.idle or time.monotonic() - cell.replied > _IDLE_SECONDS

    def _drain(self, cell: _Cell) -> None:
        """Take what a dead kernel had said before."""
        while messages := self._kernel.receive(0):
            for message in messages:
                self._take(cell, message)

    def _take(self, cell: _Cell, message: Any) -> None:
        if message.parent != cell.request:
            return
        if message.channel == "shell":
            if message.kind == "execute_reply" and cell.replied is None:
                cell.replied = time.monotonic()
        elif message.kind == "status":
            content = message.content
            state = content.get("execution_state") if isinstance(content, dict) else None
            cell.idle = cell.idle or state == "idle"
        elif not cell.idle:
            self._outputs.take(message.kind, message.content, message.size)


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
