"""`slopewise extend`: more time for one learner."""

from __future__ import annotations

import logging
from contextlib import closing

from nbgrader.coursedir import CourseDirectory

from slopewise.nbgrader.extensions import grant_extension
from slopewise.nbgrader.gradebook import plain_errors
from slopewise.nbgrader.penalties import renew
from slopewise.nbgrader.runs import NbgraderCourse
from slopewise.nbgrader.timestamps import course_clock
from slopewise.notebook.course import Course
from slopewise.notebook.times import in_utc


def extend_command(course: Course, learner: str, name: str, *, days: float) -> int:
    """Grant an extension and print when the lesson is due now; return the exit status."""
    graded = NbgraderCourse(course.root)
    lesson = course.lesson_name(name)
    coursedir = CourseDirectory(config=graded.config)
    zone = course_clock(graded.config).timezone
    with plain_errors(coursedir.db_url), closing(graded.gradebook()) as gradebook:
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
