"""`slopewise update`: bring the gradebook in line with a lesson that was changed after grading."""

from __future__ import annotations

import logging
import sys
from contextlib import closing

from nbgrader.coursedir import CourseDirectory

from slopewise.nbgrader.consistency import Difference, update
from slopewise.nbgrader.runs import NbgraderCourse
from slopewise.notebook.course import Course


def update_command(course: Course, name: str) -> int:
    """Enter the lesson as it is now, and grade again what was graded; return the exit status."""
    log = logging.getLogger("slopewise.update")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    log.handlers, log.propagate = [handler], False
    log.setLevel(logging.INFO)
    graded = NbgraderCourse(course.root, log)
    lesson = course.lesson_name(name)
    found = enter_lesson(graded, lesson)
    for one in found:
        print(f"{lesson}: {one.text}", flush=True)
    with closing(graded.gradebook()) as gradebook:
        handed = len(gradebook.assignment_submissions(lesson))
    print(f"{lesson}: the gradebook holds it as it is; release it again with --force", flush=True)
    if handed and found:
        print(f"{lesson}: grading {handed} submissions again", flush=True)
        graded.autograde(lesson)
    return 0


def enter_lesson(graded: NbgraderCourse, lesson: str) -> tuple[Difference, ...]:
    """Enter a lesson as it is now, and make the learners' version of it.

    What it changes in the gradebook takes back the scores that depend on it, so that whatever
    grades next grades these submissions again.

    Returns:
        How it differed from what the gradebook held.
    """
    with closing(graded.gradebook()) as gradebook:
        found = update(gradebook, CourseDirectory(config=graded.config), lesson)
    level = graded.log.level
    graded.log.setLevel(logging.ERROR)
    try:
        graded.generate(lesson)
    finally:
        graded.log.setLevel(level)
    return found
