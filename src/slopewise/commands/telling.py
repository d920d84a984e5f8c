"""What a command of several steps says while it goes: on a terminal, or as JSON for a program.

Whoever works writes to one log: lines, and how far it is (`nbgrader.progress`). Here are the two
views of it. A program reads a JSON object a line:

.. code-block:: text

    {"step": "grade"}                                what has begun
    {"done": 3, "total": 20}                         how far the step is
    {"text": "ada: 17 of 20", "level": "info"}       a line; warning and error are findings
    {"text": "…", "level": "error", "again": true}   said before, now in a summary
"""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

from slopewise.nbgrader.progress import AGAIN, DONE, TOTAL


class Teller:
    """Says it on a terminal.

    Args:
        name: the log's.

    Attributes:
        log: for whoever works.
    """

    def __init__(self, name: str) -> None:
        self.log = logging.getLogger(name)
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("  %(message)s"))
        self._begin(handler, logging.INFO)

    def _begin(self, handler: logging.Handler, level: int) -> None:
        self.log.handlers, self.log.propagate = [handler], False
        self.log.setLevel(level)

    def step(self, name: str, lesson: str) -> None:
        """A step has begun."""
        print(f"{name}: {lesson}", flush=True)

    def failed(self, step: str, error: Exception) -> None:
        """A step could not do all of its work."""
        print(f"slopewise: {step}: {error}", file=sys.stderr)

    def end(self, text: str) -> None:
        """All steps are done; `text` says how to go on from here, on a terminal."""
        print(f"\n{text}")


class JsonTeller(Teller):
    """Says it to a program that reads standard output."""

    def __init__(self, name: str) -> None:
        self.log = logging.getLogger(name)
        self._lines = _JsonLines()
        self._begin(self._lines, logging.DEBUG)

    def step(self, name: str, lesson: str) -> None:
        """A step has begun."""
        self._lines.errors = 0
        _write({"step": name})

    def failed(self, step: str, error: Exception) -> None:
        """A step could not do all of its work; mostly the log has said why."""
        again = {"again": True} if self._lines.errors else {}
        _write({"text": str(error), "level": "error", **again})

    def end(self, text: str) -> None:
        """All steps are done; a program's person has buttons."""


class _JsonLines(logging.Handler):
    errors = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line; called by the log."""
        known = vars(record)
        if TOTAL in known:
            _write({"done": known[DONE], "total": known[TOTAL]})
        elif record.levelno >= logging.INFO:
            self.errors += record.levelno >= logging.ERROR
            text, level = record.getMessage(), _level(record.levelno)
            _write({"text": text, "level": level, **({"again": True} if AGAIN in known else {})})


def _level(number: int) -> str:
    if number >= logging.ERROR:
        return "error"
    return "warning" if number >= logging.WARNING else "info"


def _write(event: dict[str, Any]) -> None:
    print(json.dumps(event), flush=True)
