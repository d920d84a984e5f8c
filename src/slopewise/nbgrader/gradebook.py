"""nbgrader's gradebook, opened once a run and written once a submission.

nbgrader opens the gradebook nine times for each notebook, each time with a new engine, and commits
after each cell. Here its own code runs on one gradebook whose commits are put off to the end of
the submission: it records what it always does, all of it or nothing. The one seam for that is the
name `Gradebook` in the modules that use it; :func:`sharing` replaces it while a submission is
recorded, and where those modules do not look as expected, nbgrader goes its own way.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import nbgrader.api
from nbgrader.api import Gradebook
from sqlalchemy import inspect, make_url
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.orm import Session, scoped_session, sessionmaker
from tornado.log import app_log  # nbgrader's api says there what the database refuses

from slopewise.errors import CourseError
from slopewise.nbgrader.upstream import OPENS_GRADEBOOK

_USERS: tuple[Any, ...] = tuple(map(import_module, OPENS_GRADEBOOK))


class _PutOff(Session):
    """A session whose commit only sends what is new; everything is read again, as after one."""

    def commit(self) -> None:
        """Send what is new to the database, within the transaction."""
        self.flush()
        self.expire_all()

    def commit_all(self) -> None:
        """End the transaction for good."""
        super().commit()


class SharedGradebook(Gradebook):  # type: ignore[misc]  # nbgrader is untyped
    """A gradebook that stays open while others open and close it.

    Args:
        db_url: as nbgrader has it.
        course_id: as nbgrader has it.

    Raises:
        CourseError: the gradebook cannot be opened or is another nbgrader's.
    """

    def __init__(self, db_url: str, course_id: str) -> None:
        self.url = db_url
        with plain_errors(db_url):
            super().__init__(db_url, course_id)
            self._check_version()
        self.db.remove()
        maker = sessionmaker(autoflush=True, bind=self.engine, class_=_PutOff)
        self.db: Any = scoped_session(maker)
        self._courses = {course_id}
        self._recorded = {course_id}

    def __exit__(self, *_: Any) -> None:
        """Stay open."""

    def opened(self, db_url: str, course_id: str = "default_course", *rest: Any) -> Any:
        """What nbgrader gets where it makes a gradebook."""
        if db_url != self.url:
            return Gradebook(db_url, course_id, *rest)
        if course_id not in self._courses:
            self.check_course(course_id=course_id)
            self._courses.add(course_id)
        return self

    def commit(self) -> None:
        """Make what was recorded permanent."""
        with plain_errors(self.url):
            self.db().commit_all()
        self._recorded |= self._courses

    def forget(self) -> None:
        """Take back what was recorded since the last :meth:`commit`."""
        self._courses = set(self._recorded)
        self.db.remove()

    def end(self) -> None:
        """Close the gradebook."""
        self.forget()
        self.engine.dispose()

    def auto_scores(self, assignment: str) -> dict[tuple[str, str], dict[str, float | None]]:
        """The recorded score of every graded cell, by learner and notebook, then by the cell."""
        api = nbgrader.api
        rows = (
            self.db.query(api.Student.id, api.Notebook.name, api.GradeCell.name,
                          api.Grade.auto_score)
            .select_from(api.Grade)
            .join(api.GradeCell, api.GradeCell.id == api.Grade.cell_id)
            .join(api.SubmittedNotebook, api.SubmittedNotebook.id == api.Grade.notebook_id)
            .join(api.Notebook, api.Notebook.id == api.SubmittedNotebook.notebook_id)
            .join(api.SubmittedAssignment,
                  api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id)
            .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
            .join(api.Student, api.Student.id == api.SubmittedAssignment.student_id)
            .filter(api.Assignment.name == assignment)
        )  # fmt: skip
        found: dict[tuple[str, str], dict[str, float | None]] = {}
        for student, notebook, cell, score in rows:
            found.setdefault((student, notebook), {})[cell] = score
        self.db.remove()
        return found

    def _check_version(self) -> None:
        """Raise CourseError where a table is not as this nbgrader would have made it."""
        found = inspect(self.engine)
        for table in nbgrader.api.Base.metadata.sorted_tables:
            columns = {column["name"] for column in found.get_columns(table.name)}
            if missing := {column.name for column in table.columns} - columns:
                raise CourseError(
                    f"{_shown(self.url)}: the gradebook is of another version of nbgrader (its "
                    f"table {table.name} has no {min(missing)}); back it up and run "
                    "`nbgrader db upgrade`"
                )


@contextmanager
def sharing(gradebook: SharedGradebook) -> Iterator[None]:
    """Let nbgrader use this gradebook, and make it permanent at the end, or take all back."""
    stock = [(module, getattr(module, "Gradebook", None)) for module in _USERS]
    if any(found is not Gradebook for _, found in stock):
        yield  # another nbgrader: it opens its own, and commits when it likes
        return
    app_log.addFilter(_is_news)
    try:
        for module in _USERS:
            module.Gradebook = gradebook.opened
        with plain_errors(gradebook.url):
            yield
        gradebook.commit()
    finally:
        for module, found in stock:
            module.Gradebook = found
        app_log.removeFilter(_is_news)
        gradebook.forget()


def _is_news(record: logging.LogRecord) -> bool:
    """Whether to say it; what another grader has just entered is tried again, or told."""
    return not (record.exc_info and isinstance(record.exc_info[1], IntegrityError))


@contextmanager
def plain_errors(url: str) -> Iterator[None]:
    """Turn the database's errors into one line that says what to do."""
    try:
        yield
    except IntegrityError:
        raise
    except DatabaseError as error:
        text = " ".join(str(error.orig).split())
        if "locked" in text:
            cure = "another program writes to it; wait for it or close it, and grade again"
        elif "full" in text or "disk I/O" in text:
            cure = "the disk is full; make room, and grade again"
        elif "no such column" in text or "no such table" in text:
            cure = "it is of another version of nbgrader; back it up and run `nbgrader db upgrade`"
        elif "readonly" in text or "unable to open" in text:
            cure = "see to it that you may write to it and to its folder"
        else:
            cure = "see to it, and grade again"
        raise CourseError(
            f"{_shown(url)}: the gradebook cannot be used ({text}): {cure}; "
            "what was graded before is kept"
        ) from None


def _shown(url: str) -> str:
    """A database's address as a log may show it: without the password."""
    return str(make_url(url).render_as_string(hide_password=True))
