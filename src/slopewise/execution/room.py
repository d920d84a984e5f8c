"""Room on this machine: many notebooks at once, or one alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_LOOK_SECONDS = 0.5


class Room:
    """What all notebooks that run in this process share."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._alone = 0  # that run alone, or wait to

    @contextmanager
    def shared(self, given_up: Callable[[], None]) -> Iterator[None]:
        """Run beside others; waits while one runs alone, and calls `given_up`, which may raise."""
        with self._changed:
            while self._alone:
                given_up()
                self._changed.wait(_LOOK_SECONDS)
            self._inside += 1
        try:
            yield
        finally:
            self._leave()

    @contextmanager
    def alone(self, given_up: Callable[[], None]) -> Iterator[None]:
        """Run while no other does; waits until those that run have ended."""
        with self._changed:
            self._alone += 1
            try:
                while self._inside:
                    given_up()
                    self._changed.wait(_LOOK_SECONDS)
            except BaseException:
                self._alone -= 1
                self._changed.notify_all()
                raise
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._alone -= 1
            self._leave()

    def _leave(self) -> None:
        with self._changed:
            self._inside -= 1
            self._changed.notify_all()
