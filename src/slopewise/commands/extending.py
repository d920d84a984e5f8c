"""`slopewise extend`: more time for one learner."""

from __future__ import annotations

import logging
from contextlib import closing

from nbgrader.coursedir import CourseDirectory

from slopewise.errors import CourseError, TimeError
from slopewise.nbgrader.deadlines.extensions import days_until, grant_extension
from slopewise.nbgrader.deadlines.penalties import renew
from slopewise.nbgrader.deadlines.timestamps import course_clock
from slopewise.nbgrader.gradebook import plain_errors
from slopewise.nbgrader.runs import NbgraderCourse
from slopewise.notebook.course import Course
from slopewise.notebook.times import in_utc


def extend_command(
    course: Course, learner: str, name: str, *, days: float | None, until: str | None = None
) -> int:
    """Grant an extension and print when the lesson is due now.

    Args:
        course: whose.
        learner: the learner's id.
        name: the lesson's name or number.
        days: after the class's due date; None where `until` says it.
        until: when the lesson is then due, as `notebook.times` reads it.

    Returns:
        The exit status.

    Raises:
        CourseError: the time makes no sense, or as `grant_extension` does.
    """
    graded = NbgraderCourse(course.root)
    lesson = course.lesson_name(name)
    coursedir = CourseDirectory(config=graded.config)
    clock = course_clock(graded.config)
    zone = clock.timezone
    with plain_errors(coursedir.db_url), closing(graded.gradebook()) as gradebook:
        if days is None:
            try:
                days = days_until(gradebook, lesson, clock.read(until or ""))
            except TimeError as error:
                raise CourseError(f"until when: {error}") from None
        due = grant_extension(gradebook, lesson, learner, days)
        log = logging.getLogger("slopewise.extend")
        changes = renew(gradebook, graded.config, coursedir, log, lesson)
    when = in_utc(due).astimezone(zone).strftime("%Y-%m-%d %H:%M %Z")
    print(f"{learner}, {lesson}: due {when}" + ("" if days else ", as for everybody"))
    for one in changes:
        print(f"{one.student}: {one.now:g} points taken off for lateness, {one.before:g} before")
    if changes:
        print(f"Feedback tells it after `nbgrader generate_feedback {lesson}`")
    return 0
