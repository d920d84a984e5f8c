"""The one process that works on a course for its page, what it says, and how it is stopped.

It is one of Slopewise's commands, so that a page and a terminal do the same. It goes on when the
page is closed, and ends with the server.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import json
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from slopewise.notebook.identifiers import visible

_MOST_LINES = 500
_LONGEST = 2000
_CHUNK = 65_536
_PATIENCE = 10.0
"""Seconds for a command that was asked to stop, and for what it started, to end by itself."""


class Outcome(StrEnum):
    """What became of a piece of work."""

    RUNNING = "runs"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass
class Work:
    """A command that runs, or has run.

    Attributes:
        action: which button it is of.
        words: what it does, for people, such as `Collect and grade 01-manual-numpy`.
        given: what was typed into the form it came from, by field.
        began: when, aware of its zone.
        step: what it is at; "" where it does not say.
        done: how much of the step is done.
        total: of how much; 0 where that is not known.
        findings: a line for each, with its level, `warning` or `error`.
        lines: everything else it said, the last of it.
        outcome: what became of it.
    """

    action: str
    words: str
    given: dict[str, str] = field(default_factory=dict)
    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    step: str = ""
    done: int = 0
    total: int = 0
    findings: deque[tuple[str, str]] = field(default_factory=lambda: deque(maxlen=_MOST_LINES))
    lines: deque[str] = field(default_factory=lambda: deque(maxlen=_MOST_LINES))
    outcome: Outcome = Outcome.RUNNING

    @property
    def runs(self) -> bool:
        """Whether it is not at its end."""
        return self.outcome is Outcome.RUNNING

    @property
    def told(self) -> str:
        """The last thing that it said, findings apart."""
        return self.lines[-1] if self.lines else ""

    def hear(self, line: str) -> None:
        """Take in a line of standard output: JSON as `commands.telling` has it, or words."""
        try:
            event = json.loads(line)
            known = isinstance(event, dict) and self._take_in(event)
        except (ValueError, TypeError, KeyError):
            known = False
        if not known:
            self._say(line)

    def _take_in(self, event: dict[str, Any]) -> bool:
        if "step" in event:
            self.step, self.done, self.total = _short(event["step"]), 0, 0
        elif "total" in event:
            self.done, self.total = int(event["done"]), int(event["total"])
        elif "text" in event:
            level = event["level"]
            if level in ("warning", "error"):
                if not event.get("again"):
                    self.find(level, str(event["text"]))
            else:
                self._say(str(event["text"]))
        else:
            return False
        return True

    def find(self, level: str, text: str) -> None:
        """Take in something that the instructor has to know."""
        found = _short(text)
        if found.strip() and all(found != known for _, known in self.findings):
            self.findings.append((level, found))

    def mind(self, line: str) -> None:
        """Take in a line of standard error: an error of ours, or words."""
        if line == "slopewise: stopped":
            return  # as was asked
        if line.startswith("slopewise: "):
            self.find("error", line.removeprefix("slopewise: "))
        else:
            self._say(line)

    def _say(self, line: str) -> None:
        if line.strip():
            self.lines.append(_short(line))


def _short(text: object) -> str:
    return visible(str(text)[:_LONGEST])


class ClassWork:
    """What is done for one course's page: one thing at a time.

    Args:
        root: the course's folder.

    Attributes:
        last: what runs, or has run last; None where nothing has.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.last: Work | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._end: asyncio.Task[None] | None = None
        self._stopped = False

    @property
    def runs(self) -> bool:
        """Whether something runs."""
        return self.last is not None and self.last.runs

    def start(self, work: Work, words: Sequence[str]) -> bool:
        """Begin one of Slopewise's commands, unless something runs.

        Args:
            work: what is said of it.
            words: the command's own, such as `("report",)`.

        Returns:
            Whether it was begun.
        """
        if self.runs:
            return False
        self.last = work  # at once: a second press comes before the process is there
        self._process, self._stopped = None, False
        self._end = asyncio.get_running_loop().create_task(self._run(work, words))
        return True

    def refuse(self, work: Work, reason: str) -> None:
        """Say why something was not begun, unless something runs."""
        if not self.runs:
            work.outcome = Outcome.FAILED
            work.find("error", reason)
            self.last = work

    async def wait(self) -> None:
        """Wait for what runs to end; whoever no longer waits does not end it."""
        if self._end is not None:
            await asyncio.shield(self._end)

    def stop(self) -> None:
        """Ask what runs to end; what does not in time is killed, with all that it started."""
        if self.runs:
            self._stopped = True
            if self._process is not None:
                self._interrupt(self._process)

    async def _run(self, work: Work, words: Sequence[str]) -> None:
        command = (sys.executable, "-m", "slopewise", "--course", str(self.root), *words)
        status = 1
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                cwd=self.root,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                start_new_session=True,  # a group of its own, so that nothing of it is left
            )
            status = await self._attend(work, process)
        except OSError as error:
            work.find("error", f"{self.root}: nothing can be started there ({error.strerror})")
        finally:
            self._process = None
            work.outcome = _outcome(work, status, stopped=self._stopped)

    async def _attend(self, work: Work, process: asyncio.subprocess.Process) -> int:
        """Listen until the process has ended; return its status."""
        self._process = process
        _running.add(process.pid)
        assert process.stdout is not None  # both were asked for
        assert process.stderr is not None
        heard = asyncio.gather(_hear(process.stdout, work.hear), _hear(process.stderr, work.mind))
        try:
            if self._stopped:  # before it was there
                self._interrupt(process)
            status = await process.wait()
        finally:
            _running.discard(process.pid)
            _kill_group(process.pid)  # what it started, and has not ended
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(heard, _PATIENCE)
        return status

    def _interrupt(self, process: asyncio.subprocess.Process) -> None:
        _send(process.pid, signal.SIGINT)

        def insist() -> None:
            if process.returncode is None:
                _kill_group(process.pid)

        asyncio.get_running_loop().call_later(_PATIENCE, insist)


def _outcome(work: Work, status: int, *, stopped: bool) -> Outcome:
    if stopped:
        return Outcome.STOPPED
    if status == 0:
        return Outcome.DONE
    if not work.findings:
        work.find("error", work.told or f"it ended with status {status} and said nothing")
    return Outcome.FAILED


async def _hear(stream: asyncio.StreamReader, tell: Callable[[str], None]) -> None:
    """Tell every line of a stream, however long; a line that is too long is cut."""
    rest = b""
    while chunk := await stream.read(_CHUNK):
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            tell(line.decode("utf-8", "replace"))
        rest = rest[:_CHUNK]
    if rest:
        tell(rest.decode("utf-8", "replace"))


def _send(process: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, number)


def _kill_group(process: int) -> None:
    """Kill what is left of the group that a process leads."""
    with contextlib.suppress(ProcessLookupError, PermissionError, AttributeError):
        os.killpg(process, signal.SIGKILL)


_running: set[int] = set()


@atexit.register
def _end_with_the_server() -> None:
    """Let what runs stop as if it had been asked to; it keeps what it has done."""
    for process in _running:
        _send(process, signal.SIGINT)
