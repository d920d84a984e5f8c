"""Which code was typed into a notebook's cell, and which of it stands in a check."""

from __future__ import annotations

import linecache
import re
from collections.abc import Iterator
from types import CodeType, TracebackType
from typing import Any

PASSED = "visible checks passed"
"""What every check cell prints at its end."""

HIDDEN_RUN = "from slopewise.probe.hidden_region import run as "
"""What stands in the place of a hidden region, which it holds as a text, where a grader runs it."""

_OBSERVES = re.compile(rf"^\s*observe\(|^{re.escape(HIDDEN_RUN)}", re.MULTILINE)


def is_cell(filename: str) -> bool:
    """Whether code of this file name was typed into a notebook's cell.

    IPython keeps the lines of its cells where tracebacks look for them, as lines that belong to no
    file: with no time of change.
    """
    entry: Any = linecache.cache.get(filename)
    return entry is not None and len(entry) == 4 and entry[1] is None


def frames(traceback: TracebackType | None) -> Iterator[tuple[CodeType, int]]:
    """The code and line number of every step of a traceback, the outermost first."""
    while traceback is not None:
        yield traceback.tb_frame.f_code, traceback.tb_lineno
        traceback = traceback.tb_next


def line_of(code: CodeType, number: int) -> str:
    """Return that line of the code's source without the spaces around it, or ""."""
    return linecache.getline(code.co_filename, number).strip()


def is_stub(error: BaseException) -> bool:
    """Whether this is what a stub raises, not what somebody else does who is not implemented."""
    steps = list(frames(error.__traceback__))
    if not isinstance(error, NotImplementedError) or not steps:
        return False
    code, number = steps[-1]
    # Outside a notebook nothing was typed into a cell, the stub neither.
    typed = [is_cell(step.co_filename) for step, _ in steps]
    return (typed[-1] or not any(typed)) and line_of(code, number).startswith("raise NotImpl")


def in_own_words(error: BaseException) -> bool:
    """Whether a line typed into a cell raised it on purpose, with a text of its author's own."""
    steps = list(frames(error.__traceback__))
    if not steps:
        return False
    code, number = steps[-1]
    return is_cell(code.co_filename) and line_of(code, number).startswith(("raise", "assert"))


def source_of(code: CodeType) -> str:
    """Return the whole cell that the code was typed into."""
    return "".join(linecache.getlines(code.co_filename))


def is_check(code: CodeType) -> bool:
    """Whether this is code of a check cell's own, not of a function that it calls.

    IPython compiles each statement of a cell by itself, so only the source knows the whole cell.
    """
    return code.co_qualname == "<module>" and PASSED in source_of(code)


def asks_hidden_questions(code: CodeType) -> bool:
    """Whether this is a grader's copy of a check cell."""
    return _OBSERVES.search(source_of(code)) is not None
