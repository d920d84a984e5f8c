"""A page's total, for programs: who writes it, and who reads it; quick to import."""

from __future__ import annotations

from html.parser import HTMLParser

_NAME = "data-slopewise-total"
_OPEN = "data-slopewise-open"


def write_total(points: float, maximum: float) -> str:
    """Return what a page's first element says in its attribute `data-slopewise-total`."""
    return f"{round(points, 2):g}/{round(maximum, 2):g}"


def write_open(points: float) -> str:
    """Return what it says in `data-slopewise-open`: points that a person has yet to give."""
    return f"{round(points, 2):g}"


def read_open(page: str) -> float:
    """Return how many points of a feedback page a person has yet to give."""
    reader = _First()
    reader.feed(page[:10_000])
    try:
        return float(reader.open or 0)
    except ValueError:
        return 0.0


def read_total(page: str) -> tuple[float, float] | None:
    """Return the points of a feedback page and their maximum; None if it does not say them."""
    reader = _First()
    reader.feed(page[:10_000])
    points, slash, maximum = (reader.total or "").partition("/")
    try:
        return (float(points), float(maximum)) if slash else None
    except ValueError:
        return None


class _First(HTMLParser):
    """Reads a page's first element; what comes later is none of its business."""

    def __init__(self) -> None:
        super().__init__()
        self.total: str | None = None
        self.open: str | None = None
        self._done = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._done:
            self.total, self.open = dict(attrs).get(_NAME), dict(attrs).get(_OPEN)
        self._done = True
