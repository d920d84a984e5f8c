"""What is taken of a submission, the same when it is handed in and when it is collected."""

from __future__ import annotations

from fnmatch import fnmatch
from typing import Any

from slopewise.nbgrader.exchange.receipt import NAME, TIMESTAMP
from slopewise.notebook.untrusted_files import Bounds, Selection


def bounds(coursedir: Any) -> Bounds:
    """Ours, or nbgrader's settings where they are tighter (those are in thousand bytes)."""
    ours = Bounds()
    return Bounds(
        total=min(ours.total, int(coursedir.max_dir_size * 1000)),
        largest=min(ours.largest, int(coursedir.max_file_size * 1000)),
    )


def selection(coursedir: Any) -> Selection:
    """As `c.CourseDirectory.ignore` and `.include` say; the collector's own notes are its own."""
    ignored, included = coursedir.ignore, coursedir.include

    def select(whole: str, is_folder: bool) -> str | None:
        name = whole.rpartition("/")[2]
        if whole in (NAME, TIMESTAMP) or any(fnmatch(name, one) for one in ignored):
            return ""
        if not is_folder and included and not any(fnmatch(name, one) for one in included):
            return ""
        return None

    return select
