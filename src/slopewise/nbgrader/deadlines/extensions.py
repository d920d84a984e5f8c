"""More time for one learner: nbgrader's own extension, granted before or after handing in."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

from nbgrader.api import MissingEntry

from slopewise.errors import CourseError
from slopewise.notebook.identifiers import shown
from slopewise.notebook.times import for_gradebook, write_time

_MOST_DAYS = 3660


def grant_extension(gradebook: Any, lesson: str, learner: str, days: float) -> datetime:
    """Give a learner more time for a lesson, in the place of what they had; 0 takes it back.

    Args:
        gradebook: nbgrader's, open.
        lesson: its name.
        learner: the learner's id.
        days: after the class's due date.

    Returns:
        When the lesson is now due for this learner, in UTC, as the gradebook has it.

    Raises:
        CourseError: there is no such lesson or learner, the lesson has no due date, or the number
            of days makes no sense.
    """
    if not (math.isfinite(days) and 0 <= days <= _MOST_DAYS):
        raise CourseError(f"an extension is from 0 to {_MOST_DAYS} days, not {days:g}")
    due = _due(gradebook, lesson)
    try:
        gradebook.find_student(learner)
    except MissingEntry:
        raise CourseError(
            f"{shown(learner)}: is nobody of this class; see `nbgrader db student list`"
        ) from None
    # nbgrader keeps an extension with the submission; where none is there yet, it is one without
    # a time and without a score, which counts as nothing handed in.
    with gradebook.db.no_autoflush:  # nbgrader's new row is asked about before it is whole
        gradebook.update_or_create_submission(lesson, learner)
    gradebook.grant_extension(lesson, learner, days=days)
    return due + timedelta(days=days)


def days_until(gradebook: Any, lesson: str, until: datetime) -> float:
    """Return how many days after the class's due date a time is.

    Args:
        gradebook: nbgrader's, open.
        lesson: its name.
        until: aware of its zone.

    Raises:
        CourseError: the lesson is not there or has no due date, or the time comes before it.
    """
    due = _due(gradebook, lesson)
    days = (for_gradebook(until) - due) / timedelta(days=1)
    if days < 0:
        raise CourseError(
            f"{write_time(until)} is before the class's own due date, {write_time(due)}"
        )
    return days


def _due(gradebook: Any, lesson: str) -> datetime:
    """When a lesson is due for the class, in UTC without saying so."""
    try:
        due: datetime | None = gradebook.find_assignment(lesson).duedate
    except MissingEntry:
        raise CourseError(
            f"{lesson}: is not in the gradebook; run `nbgrader generate_assignment {lesson}`"
        ) from None
    if due is None:
        raise CourseError(
            f"{lesson}: has no due date, so there is nothing to extend; set one with the pencil in "
            "the Formgrader, or `nbgrader db assignment add … --duedate`"
        )
    return due
