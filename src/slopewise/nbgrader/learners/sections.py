"""Which part of a class a learner sits in: `sections.csv` beside the course's configuration.

nbgrader's gradebook has no place for it. `slopewise students` writes the file from a table with a
column `section`; the report and Canvas's export read it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from slopewise.errors import CourseError
from slopewise.notebook.files import write_whole

SECTIONS = "sections.csv"


def read_sections(root: Path) -> dict[str, str]:
    """Return the sections by the learners' ids; empty where the course has none.

    Raises:
        CourseError: the file cannot be read, or has other columns than `id` and `section`.
    """
    path = root / SECTIONS
    if not path.is_file():
        return {}
    try:
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), strict=True))
    except (OSError, UnicodeError, csv.Error) as error:
        raise CourseError(f"{SECTIONS}: cannot be read ({error})") from None
    if not rows or [name.strip() for name in rows[0]] != ["id", "section"]:
        raise CourseError(f"{SECTIONS}: its first line is not `id,section`")
    for number, row in enumerate(rows[1:], start=2):
        if row and len(row) != 2:
            raise CourseError(f"{SECTIONS}, line {number}: has {len(row)} columns, not 2")
    return {row[0].strip(): row[1].strip() for row in rows[1:] if row and row[1].strip()}


def write_sections(root: Path, sections: Mapping[str, str]) -> None:
    """Put learners into sections, beside those who are in one already."""
    known = read_sections(root) | dict(sections)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["id", "section"])
    writer.writerows(sorted(known.items()))
    write_whole(root / SECTIONS, text.getvalue().encode("utf-8"))
