"""What a notebook's process must leave outside its box."""

from __future__ import annotations

import os


def close_all_but(kept: list[int]) -> None:
    """Close every descriptor above 2 but these: one open folder would be a way out of the box."""
    last = 2
    for descriptor in sorted(kept):
        os.closerange(last + 1, descriptor)
        last = descriptor
    os.closerange(last + 1, os.sysconf("SC_OPEN_MAX"))
