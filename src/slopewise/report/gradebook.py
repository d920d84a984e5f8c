"""Read nbgrader's gradebook without changing a byte of it.

`nbgrader.api.Gradebook` creates what is missing when it opens: the file, tables, the course's row.
Here its tables are read through a connection that cannot write.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import nbgrader
from alembic.script import ScriptDirectory
from nbgrader import api
from sqlalchemy import create_engine, inspect, select, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from slopewise.errors import CourseError

_LOCK_SECONDS = 5.0
"""How long to wait for somebody else's writing to end."""


@dataclass(frozen=True)
class AssignmentRow:
    """A lesson's row: key, name, and when it is due (UTC)."""

    key: str
    name: str
    due: datetime | None


@dataclass(frozen=True)
class CellRow:
    """A graded cell: the lesson's key, the notebook's name, its own name, points."""

    key: str
    assignment: str
    notebook: str
    name: str
    points: float


@dataclass(frozen=True)
class SubmissionRow:
    """A submission: keys, when (UTC), and the extension given."""

    key: str
    assignment: str
    student: str
    submitted: datetime | None
    extension: timedelta | None


@dataclass(frozen=True)
class Rows:
    """Everything of the gradebook that the report needs.

    Attributes:
        students: (id, first name, last name).
        grades: points by submission and cell; None where neither grader nor person gave any.
    """

    students: tuple[tuple[str, str, str], ...]
    assignments: tuple[AssignmentRow, ...]
    cells: tuple[CellRow, ...]
    submissions: tuple[SubmissionRow, ...]
    grades: dict[tuple[str, str], float | None]

    def is_graded(self, row: SubmissionRow) -> bool:
        """Whether anything has a score; nbgrader makes the rows before it runs the notebook."""
        return any(score is not None for score in self.scores(row))

    def is_open(self, row: SubmissionRow) -> bool:
        """Whether a graded submission has points that a person has yet to give."""
        return self.is_graded(row) and None in self.scores(row)

    def scores(self, row: SubmissionRow) -> list[float | None]:
        """The points of every graded cell of a submission; None where nobody gave any."""
        return [
            self.grades.get((row.key, cell.key))
            for cell in self._cells_by_assignment.get(row.assignment, ())
        ]

    @cached_property
    def _cells_by_assignment(self) -> dict[str, list[CellRow]]:
        found: dict[str, list[CellRow]] = {}
        for cell in self.cells:
            found.setdefault(cell.assignment, []).append(cell)
        return found


def read_gradebook(db_url: str) -> Rows:
    """Read the gradebook at an SQLAlchemy URL, in one transaction.

    Raises:
        CourseError: it is not there, is locked, is of another nbgrader, or is no gradebook.
    """
    name = _name(db_url)
    try:
        with _connection(db_url, name) as connection:
            _check_version(connection, name)
            return _read(connection)
    except (SQLAlchemyError, sqlite3.Error, ImportError, OSError, ValueError) as error:
        raise CourseError(_explain(name, error)) from None


def _name(db_url: str) -> str:
    try:
        url = make_url(db_url)
    except SQLAlchemyError:
        return "the gradebook"
    if url.get_backend_name() == "sqlite" and url.database:
        return Path(url.database).name
    return url.render_as_string(hide_password=True)


@contextmanager
def _connection(db_url: str, name: str) -> Iterator[Connection]:
    url = make_url(db_url)
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        if not path.is_file():
            raise CourseError(
                f"{name}: there is no gradebook yet; generate and autograde a lesson first"
            )
        # A file opened read-only can neither come into being nor change.
        creator = partial(
            sqlite3.connect,
            f"{path.resolve().as_uri()}?mode=ro",
            uri=True,
            timeout=_LOCK_SECONDS,
            isolation_level=None,
        )
        engine = create_engine("sqlite://", creator=creator, poolclass=NullPool)
        begin = "BEGIN"
    else:
        engine = create_engine(url, poolclass=NullPool)
        begin = "SET TRANSACTION READ ONLY"
    try:
        with engine.connect() as connection:
            connection.execute(text(begin))
            try:
                yield connection
            finally:
                connection.rollback()
    finally:
        engine.dispose()


def _explain(name: str, error: Exception) -> str:
    reason = " ".join(str(getattr(error, "orig", None) or error).split())
    if "locked" in reason or "busy" in reason:
        return f"{name}: somebody is writing to the gradebook; try again when grading has ended"
    if "not a database" in reason or "malformed" in reason:
        return f"{name}: is not a gradebook, or is damaged ({reason}); restore it from a copy"
    return f"{name}: the gradebook cannot be read ({reason})"


def _check_version(connection: Connection, name: str) -> None:
    """Fail where the tables are not those of the nbgrader that is installed.

    nbgrader itself would go on, and stop with a traceback at the first column that is missing.
    """
    found = inspect(connection)
    tables = set(found.get_table_names())
    if not tables:
        raise CourseError(f"{name}: the gradebook is empty; generate and autograde a lesson first")
    wanted = {table.name: table for table in api.Base.metadata.sorted_tables}
    if not tables & set(wanted):
        raise CourseError(f"{name}: is a database, but not a gradebook of nbgrader's")
    lacking = [f"table {table}" for table in wanted if table not in tables] + [
        f"column {table}.{column}"
        for table in wanted
        if table in tables
        for column in sorted(
            {one.name for one in wanted[table].columns}
            - {one["name"] for one in found.get_columns(table)}
        )
    ]
    versions = (
        connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
        if "alembic_version" in tables
        else []
    )
    scripts = ScriptDirectory(str(Path(nbgrader.__file__).parent / "alembic"))
    if not lacking and list(versions) == [scripts.get_current_head()]:
        return
    known = {script.revision for script in scripts.walk_revisions()}
    if not lacking and versions and not set(versions) & known:
        raise CourseError(
            f"{name}: was made by a newer nbgrader than the {nbgrader.__version__} installed here; "
            "install that one"
        )
    why = f" (no {lacking[0]})" if lacking else ""
    raise CourseError(
        f"{name}: was made by another nbgrader than the {nbgrader.__version__} installed "
        f"here{why}; copy the file, then run `nbgrader db upgrade`"
    )


def _read(connection: Connection) -> Rows:
    def rows(*columns: Any, joins: tuple[Any, ...] = ()) -> list[Any]:
        query = select(*columns)
        for target, on in joins:
            query = query.join(target, on)
        return list(connection.execute(query).all())

    # The tables themselves, not the classes mapped to them: nothing is ever flushed, and a class
    # of two hundred takes six queries.
    table = {one.name: one for one in api.Base.metadata.sorted_tables}
    assignment, notebook, student = table["assignment"], table["notebook"], table["student"]
    cell, submitted = table["base_cell"].c, table["submitted_assignment"].c
    handed, grade = table["submitted_notebook"].c, table["grade"].c

    cells = []
    for kind in (table["grade_cells"], table["task_cells"]):
        found = rows(
            *(cell.id, notebook.c.assignment_id, notebook.c.name, cell.name, kind.c.max_score),
            joins=((kind, kind.c.id == cell.id), (notebook, notebook.c.id == cell.notebook_id)),
        )
        cells += [CellRow(*row) for row in found]

    owner: dict[str, str] = dict(map(tuple, rows(handed.id, handed.assignment_id)))

    grades: dict[tuple[str, str], float | None] = {}
    for key, cell_key, automatic, manual, extra in rows(
        *(grade.notebook_id, grade.cell_id, grade.auto_score, grade.manual_score),
        grade.extra_credit,
    ):
        score = automatic if manual is None else manual
        if key in owner:
            grades[owner[key], cell_key] = None if score is None else score + (extra or 0.0)

    return Rows(
        students=tuple(
            (key, first or "", last or "")
            for key, first, last in sorted(
                rows(student.c.id, student.c.first_name, student.c.last_name)
            )
        ),
        assignments=tuple(
            AssignmentRow(*row)
            for row in sorted(
                rows(assignment.c.id, assignment.c.name, assignment.c.duedate),
                key=lambda row: str(row[1]),
            )
        ),
        cells=tuple(cells),
        submissions=tuple(
            SubmissionRow(*row)
            for row in sorted(
                rows(
                    *(submitted.id, submitted.assignment_id, submitted.student_id),
                    *(submitted.timestamp, submitted.extension),
                ),
                key=lambda row: str(row[2]),
            )
        ),
        grades=grades,
    )
