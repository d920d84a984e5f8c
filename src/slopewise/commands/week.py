"""`slopewise week`: what follows a deadline, one step after the other."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError, ExchangeFactory

from slopewise.commands.report import report_command
from slopewise.errors import CourseError, SlopewiseError
from slopewise.nbgrader.runs import NbgraderCourse
from slopewise.notebook.course import Course


def week_command(course: Course, name: str) -> int:
    """Collect, grade, write feedback and the report; say what each step did.

    Each step goes on from what is there: what is collected, graded or written already stays, and
    what is newer replaces it. So the command may be stopped, and typed again.

    Returns:
        0 where every step did all of its work, else 1: what could not be collected or graded is
        named, and the steps after it have gone on with the rest.
    """
    lesson = course.lesson_name(name)
    log = logging.getLogger("slopewise.week")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("  %(message)s"))
    log.handlers, log.propagate = [handler], False
    log.setLevel(logging.INFO)
    graded = NbgraderCourse(course.root, log)
    submitted = _submissions(graded, lesson)
    steps: tuple[tuple[str, Callable[[], Any]], ...] = (
        ("collect", lambda: _collect(graded, lesson)),
        ("grade", lambda: graded.autograde(lesson)),
        ("feedback", lambda: graded.feedback(lesson)),
        ("report", lambda: report_command(course, None, anonymous=False)),
    )
    failed = []
    for step, do in steps:
        print(f"{step}: {lesson}", flush=True)
        if step == "grade" and not submitted():
            raise CourseError(f"{lesson}: nobody has handed it in; nothing to grade")
        try:
            do()
        except SlopewiseError as error:
            failed.append(step)
            print(f"slopewise: {step}: {error}", file=sys.stderr)
    if failed:
        print(f"\nnot whole: {', '.join(failed)}; see the lines above, then type it again")
    else:
        print(f"\nTo hand the feedback back: nbgrader release_feedback {lesson}")
    return 1 if failed else 0


def _submissions(graded: NbgraderCourse, lesson: str) -> Callable[[], bool]:
    coursedir = CourseDirectory(config=graded.config)
    pattern = coursedir.format_path(coursedir.submitted_directory, "*", lesson)
    below = Path(pattern).relative_to(graded.root)
    return lambda: any(True for _ in graded.root.glob(str(below)))


def _collect(graded: NbgraderCourse, lesson: str) -> None:
    """Fetch what the exchange holds; where there is none, work lies in `submitted/` already."""
    config = graded.config.copy()
    config.CourseDirectory.assignment_id = lesson
    coursedir = CourseDirectory(config=config)
    factory = ExchangeFactory(config=config)
    collector = factory.Collect(coursedir=coursedir, config=config, log=graded.log, update=True)
    inbound = Path(collector.root) / coursedir.course_id / "inbound"
    if not inbound.is_dir():
        graded.log.info("no exchange (%s); what is in submitted/ is graded", inbound)
        return
    try:
        collector.start()
    except ExchangeError as error:
        raise CourseError(str(error)) from None
