"""Who may be entered in the gradebook, whoever enters them.

nbgrader's gradebook has many doors: its commands for one student and for a CSV file, the
Formgrader's form, autograding, which enters whoever has handed something in. All of them make or
change a `Student`, so the rule stands there, as events of SQLAlchemy on its attributes.
"""

from __future__ import annotations

from typing import Any

from nbgrader.api import InvalidEntry, Student
from sqlalchemy import event

from slopewise.errors import CourseError
from slopewise.notebook.identifiers import id_fault, name_fault, shown

_PERSONAL = ("first_name", "last_name", "email", "lms_user_id")


class RefusedStudentError(InvalidEntry, CourseError):  # type: ignore[misc]  # nbgrader is untyped
    """A student whose id or name could mean something to a terminal, a page or a table."""


def guard_students() -> None:
    """Refuse students that break the rule from now on, in this process; once, however often asked.

    What is in the gradebook already can still be read.
    """
    if event.contains(Student.id, "set", _check_id):
        return
    event.listen(Student.id, "set", _check_id)
    for name in _PERSONAL:
        event.listen(getattr(Student, name), "set", _check_name)


def _check_id(student: Student, value: Any, *_: Any) -> None:
    if reason := id_fault(str(value)):
        raise RefusedStudentError(
            f"the id “{shown(str(value))}” {reason}; give the learner another: letters, digits "
            "and . _ - @ +, the first a letter, a digit or _"
        )


def _check_name(student: Student, value: Any, old: Any, initiator: Any) -> None:
    if value is not None and (reason := name_fault(str(value))):
        raise RefusedStudentError(
            f"{shown(str(student.id))}: the {initiator.key.replace('_', ' ')} "
            f"“{shown(str(value))}” {reason}; enter it without"
        )
