"""`slopewise week`: what follows a deadline, one step after the other."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError, ExchangeFactory

from slopewise.commands.report import report_command
from slopewise.commands.steps import STEPS
from slopewise.commands.telling import JsonTeller, Teller
from slopewise.commands.updating import enter_lesson
from slopewise.errors import CourseError, SlopewiseError
from slopewise.nbgrader.runs import NbgraderCourse
from slopewise.notebook.course import Course

_USUAL = ("collect", "grade", "feedback", "report")


def week_command(
    course: Course, name: str, *, only: Sequence[str] = (), as_json: bool = False
) -> int:
    """Collect, grade, write feedback and the report; say what each step did.

    Each step goes on from what is there: what is collected, graded or written already stays, and
    what is newer replaces it. So the command may be stopped, and typed again.

    Args:
        course: whose.
        name: the lesson's name or number.
        only: the steps to do, of `STEPS`; none means the usual ones.
        as_json: whether a program reads what is said; see `commands.telling`.

    Returns:
        0 where every step did all of its work, else 1: what could not be collected or graded is
        named, and the steps after it have gone on with the rest.

    Raises:
        CourseError: there is no such lesson, nobody has handed it in, or another `week` of the
            lesson runs.
    """
    lesson = course.lesson_name(name)
    tell = JsonTeller("slopewise.week") if as_json else Teller("slopewise.week")
    if as_json and threading.current_thread() is threading.main_thread():
        # Whoever reads JSON may have been started where the keyboard's interrupt is ignored, which
        # is handed on; yet that is how the program stops this command.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    graded = NbgraderCourse(course.root, tell.log)
    submitted = _submissions(graded, lesson)
    work: dict[str, Callable[[], Any]] = {
        "collect": lambda: _collect(graded, lesson),
        "update": lambda: _update(graded, lesson),
        "grade": lambda: graded.autograde(lesson),
        "feedback": lambda: graded.feedback(lesson),
        "release": lambda: _release(graded, lesson),
        "report": lambda: _report(course, tell, as_json=as_json),
    }
    failed = []
    with _alone(course, lesson):
        for step in [one for one in STEPS if one in (only or _USUAL)]:
            tell.step(step, lesson)
            if step == "grade" and not submitted():
                raise CourseError(f"{lesson}: nobody has handed it in; nothing to grade")
            try:
                work[step]()
            except SlopewiseError as error:
                failed.append(step)
                tell.failed(step, error)
    if failed:
        tell.end(f"not whole: {', '.join(failed)}; see the lines above, then type it again")
    elif not only:
        tell.end(f"To hand the feedback back: slopewise week {lesson} --only release")
    return 1 if failed else 0


@contextlib.contextmanager
def _alone(course: Course, lesson: str) -> Iterator[None]:
    """Keep a second `week` of the same lesson out; two would write the same files."""
    try:
        import fcntl
    except ImportError:  # Windows, where nothing is graded
        yield
        return
    path = course.root / "grading" / f"{lesson}.lock"
    try:
        path.parent.mkdir(exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise CourseError(f"{path}: cannot be written ({error.strerror})") from None
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CourseError(
                f"{lesson}: is worked on already, by another window or terminal; wait for that to "
                "end, or stop it"
            ) from None
        yield
    finally:
        os.close(descriptor)


def _submissions(graded: NbgraderCourse, lesson: str) -> Callable[[], bool]:
    coursedir = CourseDirectory(config=graded.config)
    pattern = coursedir.format_path(coursedir.submitted_directory, "*", lesson)
    below = Path(pattern).relative_to(graded.root)
    return lambda: any(True for _ in graded.root.glob(str(below)))


def _collect(graded: NbgraderCourse, lesson: str) -> None:
    """Fetch what the exchange holds; where there is none, work lies in `submitted/` already."""
    collector = _of_exchange(graded, lesson, "Collect", update=True)
    inbound = Path(collector.root) / collector.coursedir.course_id / "inbound"
    if inbound.is_dir():
        _start(collector)
    else:
        graded.log.info("no exchange (%s); what is in submitted/ is graded", inbound)


def _update(graded: NbgraderCourse, lesson: str) -> None:
    for one in enter_lesson(graded, lesson):
        graded.log.info("%s: %s", lesson, one.text)
    graded.log.info("%s: the gradebook holds it as it is; release it again", lesson)


def _release(graded: NbgraderCourse, lesson: str) -> None:
    """Hand the feedback back; where there is no exchange, the pages are somebody's to send."""
    releaser = _of_exchange(graded, lesson, "ReleaseFeedback")
    folder = Path(releaser.root) / releaser.coursedir.course_id
    if folder.is_dir():
        _start(releaser)
    else:
        graded.log.warning("no exchange (%s): the pages in feedback/ are yours to send", folder)


def _report(course: Course, tell: Teller, *, as_json: bool) -> None:
    with contextlib.ExitStack() as stack:
        said = stack.enter_context(contextlib.redirect_stdout(io.StringIO())) if as_json else None
        report_command(course, None, anonymous=False)
    for line in said.getvalue().splitlines() if said is not None else ():
        if line.strip():
            tell.log.info("%s", line)


def _of_exchange(graded: NbgraderCourse, lesson: str, kind: str, **settings: Any) -> Any:
    config = graded.config.copy()
    config.CourseDirectory.assignment_id = lesson
    made = getattr(ExchangeFactory(config=config), kind)
    coursedir = CourseDirectory(config=config)
    return made(coursedir=coursedir, config=config, log=graded.log, **settings)


def _start(exchange: Any) -> None:
    try:
        exchange.start()
    except ExchangeError as error:
        raise CourseError(str(error)) from None
    except OSError as error:
        raise CourseError(
            f"{error.filename}: cannot be read or written ({error.strerror})"
        ) from None
