"""Wrap an answer so that one thing is changed in what goes into it or comes out of it."""

from __future__ import annotations

import functools
import inspect
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from slopewise.build.changes import kind_of

_LONGEST = 0.3
"""CPU seconds that one call may take: a change may make a loop endless."""


@dataclass
class Seen:
    """Which kinds of values each parameter was given."""

    kinds: dict[str, set[str]] = field(default_factory=dict)

    def note(self, given: dict[str, object]) -> None:
        for name, value in given.items():
            self.kinds.setdefault(name, set()).add(kind_of(value))

    def of_kind(self, *kinds: str) -> list[str]:
        """The parameters of these kinds; a whole number among others is a number."""
        found = []
        for name, own in self.kinds.items():
            own = own - {"empty"}
            kind = "number" if own == {"count", "number"} else "".join(own)
            if kind in kinds:
                found.append(name)
        return found


Before = Callable[[dict[str, Any]], Callable[[], None] | None]
After = Callable[[Any, dict[str, Any]], Any]


@dataclass(frozen=True)
class Alteration:
    """One thing changed.

    Attributes:
        subject: what is changed, in words.
        how: what is done to it, in words that follow “if `x` ”.
        before: changes what the answer is given, by parameter; may return what to call at the end.
        after: changes what it returned, given what it was called with.
    """

    subject: str
    how: str
    before: Before | None = None
    after: After | None = None


class TooLongError(Exception):
    """The altered answer does not come to an end."""


class _Stopwatch:
    """Ends a call that takes too long, and every call after it at once."""

    def __init__(self) -> None:
        self.over = False

    def __enter__(self) -> None:
        if self.over:
            raise TooLongError
        self._before = signal.signal(signal.SIGVTALRM, self._stop)
        signal.setitimer(signal.ITIMER_VIRTUAL, _LONGEST)

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, self._before)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.over = True
        raise TooLongError


def altered(answer: Any, alteration: Alteration, seen: Seen | None = None) -> Any:
    """Return a function or class that does what `answer` does, with one thing changed.

    Args:
        answer: a right answer.
        alteration: what to change.
        seen: where to note what it is given; None for nowhere.
    """
    if isinstance(answer, type):
        return _altered_class(answer, alteration, seen)
    return _altered_function(answer, alteration, seen, _Stopwatch())


def _altered_function(
    answer: Callable[..., Any],
    alteration: Alteration,
    seen: Seen | None,
    stopwatch: _Stopwatch,
) -> Callable[..., Any]:
    signature = inspect.signature(answer)

    @functools.wraps(answer)
    def function(*arguments: object, **named: object) -> Any:
        bound = signature.bind(*arguments, **named)
        bound.apply_defaults()
        given = bound.arguments
        if seen is not None:
            seen.note({name: value for name, value in given.items() if name != "self"})
        with stopwatch:
            put_back = None if alteration.before is None else alteration.before(given)
            try:
                returned = answer(*bound.args, **bound.kwargs)
            finally:
                if put_back is not None:
                    put_back()
            return returned if alteration.after is None else alteration.after(returned, given)

    return function


def _altered_class(answer: type, alteration: Alteration, seen: Seen | None) -> type:
    """A subclass whose way in, `forward`, and way out are changed."""
    stopwatch = _Stopwatch()
    made: dict[str, Any] = {"__doc__": answer.__doc__, "__module__": answer.__module__}
    for name in ("__init__", "forward"):
        method = getattr(answer, name)
        own = alteration if name == "forward" else Alteration("", "", alteration.before)
        made[name] = _altered_function(method, own, seen, stopwatch)
    return type(answer.__name__, (answer,), made)
