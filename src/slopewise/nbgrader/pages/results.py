"""A page's total, for programs: who writes it, and who reads it; quick to import."""

from __future__ import annotations

from html.parser import HTMLParser

_NAME = "data-slopewise-total"


def write_total(points: float, maximum: float) -> str:
    """Return what a page's first element says in its attribute `data-slopewise-total`."""
    return f"{round(points, 2):g}/{round(maximum, 2):g}"


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
        self._done = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._done:
            self.total = dict(attrs).get(_NAME)
        self._done = True
