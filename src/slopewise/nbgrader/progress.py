"""What a grading run says while it goes, and at its end."""

from __future__ import annotations

import contextlib
import logging
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tqdm import tqdm  # type: ignore[import-untyped]

from slopewise.nbgrader.submissions.handed_in import HandedIn
from slopewise.notebook.findings import Finding
from slopewise.notebook.identifiers import shown

DONE, TOTAL, AGAIN = "slopewise_done", "slopewise_total", "slopewise_again"
"""What a record of the log carries for whoever shows more of it than its line: how much is done, of
how much; whether the line says once more, at the end, what an earlier one has said."""


def tell_progress(log: Any, done: int, total: int) -> None:
    """Say how far a run is, to the log: beside the bar the one writer of it."""
    log.debug("%d of %d", done, total, extra={DONE: done, TOTAL: total})


class QuietLog(logging.LoggerAdapter):  # type: ignore[type-arg]
    """nbgrader's log, on which its line for each step is only for those who look for faults."""

    def __init__(self, log: Any) -> None:
        super().__init__(log, {})
        self.silenced: set[str] = set()

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """Say it, unless it is known to be untrue."""
        if msg not in self.silenced:
            self.logger.warning(msg, *args, **kwargs)

    def process(self, msg: Any, kwargs: Any) -> tuple[Any, Any]:
        """Leave the line as it is."""
        return msg, kwargs

    def info(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """Say it in the voice for details."""
        self.logger.debug(msg, *args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        """Everything else is the log's own."""
        return getattr(self.logger, name)


class Progress:
    """A bar on a terminal, a line for each submission in a log, and a summary.

    Args:
        log: nbgrader's.
        assignment: what is graded.
        total: how many submissions there are.
    """

    def __init__(self, log: Any, assignment: str, total: int) -> None:
        self._log = log
        self._assignment = assignment
        self._total = total
        self._done = 0
        self._start = time.monotonic()
        self._counts: Counter[str] = Counter()
        self._failed: list[tuple[str, str]] = []
        self._found: dict[str, list[Finding]] = {}
        self._stack = contextlib.ExitStack()
        self._bar = tqdm(
            total=total,
            desc=assignment,
            unit="submission",
            file=sys.stderr,
            disable=None,  # not on a terminal: no bar
            dynamic_ncols=True,
        )

    @property
    def failed(self) -> list[tuple[str, str]]:
        """Those that could not be graded, by learner, and why."""
        return self._failed

    def __enter__(self) -> Self:
        if not self._bar.disable:
            for logger in _with_handlers(self._log):
                self._redirect(logger)
        self._stack.callback(self._bar.close)
        tell_progress(self._log, 0, self._total)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.close()

    def graded(self, student: str, *, kept: bool, score: str) -> None:
        """A submission was graded, from a kept result or from a run."""
        self._counts["graded"] += 1
        self._counts["kept"] += kept
        self._say("%s: %s%s", student, score, " (kept result)" if kept else "")
        self._advance()

    def skipped(self, student: str) -> None:
        """A submission had been graded before."""
        self._counts["skipped"] += 1
        self._log.debug("%s: graded before", student)
        self._advance()

    def failure(self, student: str, reason: str) -> None:
        """A submission could not be graded."""
        self._failed.append((student, reason))
        self._log.error("%s, %s: not graded: %s", student, self._assignment, reason)
        self._advance()

    def left_out(self, handed_in: Iterable[HandedIn], root: Path) -> None:
        """Name what cannot be graded of what was handed in to the course at `root`."""
        for one in handed_in:
            if not one.taken:
                folder = one.folder.relative_to(root) if one.folder.is_relative_to(root) else ""
                self.failure(shown(one.student), f"{shown(str(folder))} {one.reason}")

    def found(self, student: str, findings: tuple[Finding, ...]) -> None:
        """Something was out of order in a submission."""
        if findings:
            self._found.setdefault(student, []).extend(findings)

    def summarise(self) -> None:
        """Say what was done, failures and findings included."""
        seconds = time.monotonic() - self._start
        counts = self._counts
        parts = [f"graded {counts['graded']}"]
        if counts["kept"]:
            parts.append(f"{counts['kept']} of them from kept results")
        if counts["skipped"]:
            parts.append(f"graded before {counts['skipped']}")
        if self._failed:
            parts.append(f"not graded {len(self._failed)}")
        if self._found:
            parts.append(f"something out of order in {len(self._found)}")
        total = counts["graded"] + counts["skipped"] + len(self._failed)
        text = f"handed in {total}: {', '.join(parts)}"
        self._log.info("%s: %s, in %.0f s", self._assignment, text, seconds)
        for student, reason in self._failed:
            self._log.error("Not graded: %s: %s", student, reason, extra={AGAIN: True})
        for student, findings in sorted(self._found.items()):
            kinds = Counter(finding.kind.value for finding in findings)
            text = ", ".join(f"{kind} ({count})" if count > 1 else kind
                             for kind, count in kinds.items())  # fmt: skip
            self._log.warning("Out of order: %s: %s", student, text, extra={AGAIN: True})

    def _advance(self) -> None:
        self._done += 1
        self._bar.update()
        tell_progress(self._log, self._done, self._total)

    def _say(self, message: str, *args: Any) -> None:
        if self._bar.disable:
            self._log.info(message, *args)
        else:
            self._log.debug(message, *args)

    def _redirect(self, logger: logging.Logger) -> None:
        """Let lines of the log on the terminal push the bar down instead of breaking it."""
        for stock in list(logger.handlers):
            stream = getattr(stock, "stream", None)
            if stream in (sys.stderr, sys.stdout) and isinstance(stock, logging.StreamHandler):
                logger.removeHandler(stock)
                ours = _AboveBar(stock)
                logger.addHandler(ours)
                self._stack.callback(logger.addHandler, stock)
                self._stack.callback(logger.removeHandler, ours)


class _AboveBar(logging.Handler):
    """Writes what another handler would have written, above the bar."""

    def __init__(self, stock: logging.StreamHandler[Any]) -> None:
        super().__init__(stock.level)
        self._stream = stock.stream
        self.setFormatter(stock.formatter)

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        tqdm.write(self.format(record), file=self._stream)


def _with_handlers(log: Any) -> list[logging.Logger]:
    """The loggers whose handlers write what is said to this log."""
    found = []
    logger = getattr(log, "logger", log)
    while isinstance(logger, logging.Logger):
        found.append(logger)
        if not logger.propagate or logger.parent is None:
            break
        logger = logger.parent
    return found
