"""Wrap an answer so that one thing is changed in what goes into it or comes out of it."""

from __future__ import annotations

import functools
import inspect
import math
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from types import FrameType
from typing import Any

from slopewise.build.changes import kind_of
from slopewise.probe.cells import is_cell
from slopewise.scoring.altered import Kind, Subject

_TIMES, _FREE = 4, 1000
"""A change may make a loop endless: so many times the lines that the right answer runs at most, and
so many more, are what one call may run."""

_LONGEST = 20.0
"""CPU seconds that one call may take, lines or no lines."""


@dataclass
class Seen:
    """What became of a right answer while it was asked.

    Attributes:
        kinds: which kinds of values each parameter was given.
        lines: how many lines of Python one call ran at most.
    """

    kinds: dict[str, set[str]] = field(default_factory=dict)
    lines: int = 0

    def note(self, given: dict[str, object]) -> None:
        for name, value in given.items():
            self.kinds.setdefault(name, set()).add(kind_of(value))

    def of_kind(self, *kinds: str) -> list[str]:
        """The parameters of these kinds; a whole number among others is a number."""
        found = []
        for name, own in self.kinds.items():
            own = own - {"empty"}
            for one, several in (("count", "number"), ("leaf", "leaves")):
                own = {several} if own == {one, several} else own
            kind = "".join(own)
            if kind in kinds:
                found.append(name)
        return found


Before = Callable[[dict[str, Any]], Callable[[], None] | None]
After = Callable[[Any, dict[str, Any]], Any]


@dataclass(frozen=True)
class Alteration:
    """One thing changed.

    Attributes:
        subject: what is changed.
        change: what is done to it, by the key of its words.
        before: changes what the answer is given, by parameter; may return what to call at the end.
        after: changes what it returned, given what it was called with.
        other: what it is done with, as code, or "".
    """

    subject: Subject
    change: str
    before: Before | None = None
    after: After | None = None
    other: str = ""


UNCHANGED = Alteration(Subject(Kind.RESULT), "")


class TooLongError(Exception):
    """The altered answer does not come to an end."""


class _Counter:
    """Ends a call that runs many more lines than it may, and every call after it at once.

    What counts are lines, which are as many on every machine, at whatever pace. Seconds only end
    what no line of Python does.

    Args:
        own: whose lines count beside those of a notebook's cells.
        most: how many lines one call may run.
    """

    def __init__(self, own: Callable[..., Any], most: float = math.inf) -> None:
        self.highest = 0
        self._file = getattr(getattr(own, "__code__", None), "co_filename", "")
        self._most = most
        self._lines = 0
        self._depth = 0
        self._over = False

    def __enter__(self) -> None:
        if self._over:
            raise TooLongError
        self._depth += 1
        if self._depth > 1:  # it calls itself: its lines are its caller's
            return
        self._lines = 0
        self._before = sys.gettrace(), signal.signal(signal.SIGVTALRM, self._stop)
        signal.setitimer(signal.ITIMER_VIRTUAL, _LONGEST)
        sys.settrace(self._call)

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if self._depth:
            return
        trace, handler = self._before
        sys.settrace(trace)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, handler)
        self.highest = max(self.highest, self._lines)

    def _call(self, frame: FrameType, _event: str, _argument: object) -> Any:
        file = frame.f_code.co_filename
        return self._line if file == self._file or is_cell(file) else None

    def _line(self, _frame: FrameType, event: str, _argument: object) -> Any:
        if event == "line":
            self._lines += 1
            if self._lines > self._most:
                self._stop()
        return self._line

    def _stop(self, *_: object) -> None:
        self._over = True
        raise TooLongError


def watched(answer: Any, seen: Seen) -> Any:
    """Return a function or class that does what `answer` does, and notes what becomes of it."""
    return _wrapped(answer, UNCHANGED, seen, watching=True)


def altered(answer: Any, alteration: Alteration, seen: Seen) -> Any:
    """Return a function or class that does what `answer` does, with one thing changed.

    Args:
        answer: a right answer.
        alteration: what to change.
        seen: what :func:`watched` has noted of it.
    """
    return _wrapped(answer, alteration, seen, watching=False)


def _wrapped(answer: Any, alteration: Alteration, seen: Seen, *, watching: bool) -> Any:
    if isinstance(answer, type):
        return _wrapped_class(answer, alteration, seen, watching=watching)
    return _wrapped_function(answer, alteration, seen, watching=watching)


def _wrapped_function(
    answer: Callable[..., Any], alteration: Alteration, seen: Seen, *, watching: bool
) -> Callable[..., Any]:
    signature = inspect.signature(answer)
    counter = _Counter(answer) if watching else _Counter(answer, _TIMES * seen.lines + _FREE)

    @functools.wraps(answer)
    def function(*arguments: object, **named: object) -> Any:
        bound = signature.bind(*arguments, **named)
        bound.apply_defaults()
        given = bound.arguments
        if watching:
            seen.note({name: value for name, value in given.items() if name != "self"})
        with counter:
            put_back = None if alteration.before is None else alteration.before(given)
            try:
                returned = answer(*bound.args, **bound.kwargs)
            finally:
                if put_back is not None:
                    put_back()
            returned = returned if alteration.after is None else alteration.after(returned, given)
        if watching:
            seen.lines = max(seen.lines, counter.highest)
        return returned

    return function


def _wrapped_class(answer: type, alteration: Alteration, seen: Seen, *, watching: bool) -> type:
    """A subclass whose way in, `forward`, and way out are changed."""
    made: dict[str, Any] = {"__doc__": answer.__doc__, "__module__": answer.__module__}
    for name in ("__init__", "forward"):
        method = getattr(answer, name)
        own = alteration if name == "forward" else replace(alteration, after=None)
        made[name] = _wrapped_function(method, own, seen, watching=watching)
    return type(answer.__name__, (answer,), made)
