"""Time as whoever watches a notebook has lived through it."""

from __future__ import annotations

import time

_LONGEST_STEP = 1.0


class Clock:
    """Counts the seconds between its readings, each no more than one.

    Whoever waits in steps shorter than that counts all of them. Whoever was stopped in between,
    by Ctrl-Z, with the whole machine, or because it had no processor, counts a second at most: a
    notebook is not charged for the time in which nobody could look after it.
    """

    def __init__(self) -> None:
        self._last = time.monotonic()
        self._counted = 0.0

    @property
    def seconds(self) -> float:
        """The seconds until now."""
        now = time.monotonic()
        self._counted += min(now - self._last, _LONGEST_STEP)
        self._last = now
        return self._counted
