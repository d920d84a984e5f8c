"""What nbgrader gets wrong and has no setting for, replaced by ours under the same names.

nbgrader's own commands and the Formgrader read by these names, so that nothing less would reach
them. :func:`correct` is called wherever a course's configuration is read.

- ``parse_utc`` reads a time. nbgrader's takes a zone that it does not know for UTC, and `+0900`
  for 900 seconds.
- ``as_timezone`` and ``to_numeric_tz`` show a due date and its zone in the Formgrader's form.
  nbgrader's take today's distance from UTC: a deadline in summer that is looked at in winter moves
  by an hour when the form is saved.
- ``glob`` finds the course's files. nbgrader takes brackets in the course's own path for a
  pattern, and then finds none.
- ``DbStudentImportApp.start`` reads a table of learners. nbgrader's knows one kind of CSV file, and
  enters `amina` and `amina␠` as two.
- ``capture_log`` collects what a button's dialog shows. nbgrader's shows debugging lines, and warns
  of every file of its own that it replaces.
"""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from slopewise.errors import TimeError
from slopewise.nbgrader.deadlines.timestamps import course_clock
from slopewise.nbgrader.plain_log import without_chatter
from slopewise.nbgrader.upstream import (
    FINDS_FILES,
    IMPORTS_STUDENTS,
    PAGES,
    READS_TIMES,
    SHOWS_TIMES,
)
from slopewise.notebook.times import Clock, for_gradebook, in_utc


def correct(config: Any) -> None:
    """Let nbgrader read times, paths and tables as this course does.

    Args:
        config: the course's configuration; looked into when something is read, since lines of it
            may follow.
    """

    def parse_utc(ts: Any) -> datetime | None:
        """Return a time, given as nbgrader's `ts`, as the gradebook has it.

        Raises:
            TimeError: it cannot be known.
        """
        if ts is None:
            return None
        if isinstance(ts, str):
            ts = course_clock(config).read(ts, later=True)
        return for_gradebook(ts)

    def parse_known(ts: Any) -> datetime | None:
        try:
            return parse_utc(ts)
        except TimeError:
            return None

    # Named as nbgrader's own are, parameters, too: it calls these in its place.
    def displayed(timezone: str) -> str:
        """The Formgrader's own zone where it has one, else the course's."""
        set_there = config.get("NbGraderAPI", {}).get("timezone")
        return timezone if set_there else course_clock(config).zone

    def as_timezone(ts: datetime, timezone: str) -> datetime:
        """Return a time of the gradebook's in a zone, aware of it."""
        return in_utc(ts).astimezone(Clock(displayed(timezone)).timezone)

    _replace(READS_TIMES, "parse_utc", parse_utc)
    _replace((PAGES,), "parse_utc", parse_known)
    _replace((PAGES,), "as_timezone", as_timezone)
    # By its name, a form's zone is read as the same time again, whatever the season.
    _replace(SHOWS_TIMES, "to_numeric_tz", displayed)
    _replace((PAGES,), "capture_log", capture_log)
    _replace(FINDS_FILES, "glob", _Glob(config))
    if IMPORTS_STUDENTS in sys.modules:
        sys.modules[IMPORTS_STUDENTS].DbStudentImportApp.start = _import_students


def capture_log(app: Any, _fmt: str = "") -> dict[str, Any]:
    """Start an application of nbgrader's; return how it went, and what to show of its log."""
    from nbgrader import utils

    found: dict[str, Any] = utils.capture_log(app)
    if found.get("log"):
        found["log"] = without_chatter(found["log"])
    return found


def literal_root(pattern: str, roots: Iterator[str]) -> str:
    """Return a pattern for file names in which the folder that it begins with is taken literally.

    Args:
        pattern: as `glob.glob` has it.
        roots: folders; the longest that the pattern lies in counts.
    """
    inside = [root for root in roots if pattern.startswith(root.rstrip(os.sep) + os.sep)]
    root = max(inside, key=len, default="").rstrip(os.sep)
    return glob.escape(root) + pattern[len(root) :]


class _Glob:
    """Python's module `glob` with the course's own folders taken literally."""

    def __init__(self, config: Any) -> None:
        self._config = config

    def __getattr__(self, name: str) -> Any:
        return getattr(glob, name)

    def glob(self, pattern: str, **options: Any) -> list[str]:
        """Return the files that a pattern matches."""
        return glob.glob(literal_root(pattern, self._roots()), **options)  # noqa: PTH207

    def _roots(self) -> Iterator[str]:
        yield str(Path.cwd())
        yield str(Path.home())
        for part, name in (
            ("CourseDirectory", "root"),
            *(("Exchange", name) for name in ("root", "cache", "assignment_dir")),
        ):
            root = self._config.get(part, {}).get(name)
            if root:
                yield str(root)


def _import_students(app: Any) -> None:
    """Enter a table of learners; `nbgrader db student import` calls it."""
    from nbgrader.api import Gradebook
    from nbgrader.apps.dbapp import DbBaseApp

    from slopewise.errors import CourseError
    from slopewise.nbgrader.learners.roster import enter_students, read_students

    DbBaseApp.start(app)
    if len(app.extra_args) != 1:
        raise CourseError("nbgrader db student import takes one file")
    path = Path(app.extra_args[0])
    students = read_students(path)
    with Gradebook(app.coursedir.db_url, app.coursedir.course_id, app.authenticator) as gradebook:
        app.log.info("%s", enter_students(gradebook, students, path))


def _replace(modules: tuple[str, ...], name: str, ours: Any) -> None:
    """Replace a name where it is in use: `import nbgrader` imports all of these modules."""
    for module in modules:
        if module in sys.modules:
            setattr(sys.modules[module], name, ours)
