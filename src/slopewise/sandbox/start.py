"""What a notebook's process is started with; made by its supervisor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Start:
    """Everything the process needs to run cells; it is in its box already.

    The descriptors lie above all that the process may open itself, so that a cell which closes
    every number it can have leaves them alone.
    """

    channel: int
    """The way to the grader."""
    readers: tuple[int, int]
    """Reading ends of the pipes behind descriptors 1 and 2."""
    descriptors: tuple[int, int, int]
    """Spares of descriptors 0, 1 and 2."""
    home: str
    temporary: str
    environment: dict[str, str]
