"""Write the page and the tables into a folder."""

from __future__ import annotations

from pathlib import Path

from slopewise.errors import CourseError
from slopewise.notebook.files import write_whole
from slopewise.report.model import ClassRecord
from slopewise.report.page import render
from slopewise.report.tables import TABLES, tables

PAGE = "report.html"


def write_report(record: ClassRecord, folder: Path, *, anonymous: bool) -> list[Path]:
    """Write `report.html` and its tables; return their paths, the page first.

    Every table is written, empty or not, so that none of an earlier report is left beside it.

    Raises:
        CourseError: the folder cannot be made or written to.
    """
    page = render(record, anonymous=anonymous, files=TABLES, folder=folder)
    contents = {PAGE: page.encode("utf-8")}
    contents |= tables(record)
    paths = []
    try:
        for name, data in contents.items():
            path = folder / name
            write_whole(path, data)
            paths.append(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CourseError(
            f"{folder}: the report cannot be written there ({reason}); name a folder with --output"
        ) from None
    return paths
