"""How a class stands before and while it is graded: what waits for whom, lesson by lesson.

The report tells what was learned; this tells what is left to be done. It reads the gradebook's
tables, the names in the course's folders and the exchange; no notebook that was graded is opened,
so that a page can show it at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import Exchange

from slopewise.errors import CourseError, SlopewiseError
from slopewise.nbgrader.deadlines.penalties import LatePolicy
from slopewise.nbgrader.deadlines.timestamps import course_clock, is_replaced, read_timestamp
from slopewise.nbgrader.exchange.inbound import Arrival, arrivals
from slopewise.nbgrader.exchange.permissions import FEEDBACK, INBOUND, OUTBOUND
from slopewise.nbgrader.exchange.release import is_released
from slopewise.nbgrader.settings import load_config
from slopewise.nbgrader.submissions.handed_in import HandedIn, handed_in
from slopewise.notebook.course import Course
from slopewise.notebook.times import Clock
from slopewise.report.gathering import course_title, title_of
from slopewise.report.gradebook import Rows, read_gradebook
from slopewise.report.model import NotGraded

_NOTHING = Rows((), (), (), (), {})


@dataclass(frozen=True)
class LessonStanding:
    """How far a class is with one lesson.

    Attributes:
        name: such as `01-manual-numpy`.
        title: its heading, or its name where the heading cannot be found.
        entered: whether the gradebook holds it.
        due: when it is due for the class, in UTC; None where nobody has said.
        released: whether learners find it in the exchange; None where there is no exchange.
        arrived: ids of those whose work lies in the exchange and is not collected.
        handed_in: how many have handed it in, collected or put into `submitted/`.
        graded: how many are graded.
        waiting: ids of those whose work is there and not graded.
        changed: ids of those who have handed in again since they were graded.
        not_graded: what cannot be graded, and why.
        by_hand: ids of those with points that a person has yet to give.
        pages: how many have a feedback page.
        returned: how many of these pages were handed back as they are; None without an exchange.
    """

    name: str
    title: str
    entered: bool
    due: datetime | None
    released: bool | None
    arrived: tuple[str, ...]
    handed_in: int
    graded: int
    waiting: tuple[str, ...]
    changed: tuple[str, ...]
    not_graded: tuple[NotGraded, ...]
    by_hand: tuple[str, ...]
    pages: int
    returned: int | None


@dataclass(frozen=True)
class Standing:
    """How a class stands.

    Attributes:
        title: the course's.
        lessons: of the gradebook, and of the course, in order.
        learners: id and name of everybody in the gradebook.
        zone: the course's, in which its times are shown.
        rule: what lateness costs, in a sentence; "" where it costs nothing.
        troubles: what is wrong with gradebook, exchange or settings, a sentence each.
    """

    title: str
    lessons: tuple[LessonStanding, ...]
    learners: tuple[tuple[str, str], ...] = ()
    zone: tzinfo = UTC
    rule: str = ""
    troubles: tuple[str, ...] = ()


def standing(course: Course) -> Standing:
    """Return how the class of a course stands; nothing is written.

    Raises:
        CourseError: the course's folder is gone, or its settings cannot be read.
    """
    if not course.root.is_dir():
        raise CourseError(f"{course.root}: the course's folder is not there any more")
    config = load_config(course.root)
    coursedir = CourseDirectory(config=config)
    troubles = []
    clock, rule, rows = Clock(), "", _NOTHING
    try:
        clock = course_clock(config)
        clock.timezone  # noqa: B018  (said here)
    except CourseError as error:
        clock = Clock()
        troubles.append(str(error))
    try:
        rule = LatePolicy(config).words
    except CourseError as error:
        troubles.append(str(error))
    try:
        rows = read_gradebook(coursedir.db_url)
    except CourseError as error:
        troubles.append(str(error))
    exchange = Path(Exchange(coursedir=coursedir, config=config).root) / coursedir.course_id
    looker = _Looker(course, coursedir, rows, exchange, clock)
    lessons = tuple(looker.lesson(name) for name in looker.names())
    return Standing(
        _title(course, coursedir, troubles),
        lessons,
        tuple((key, f"{first} {last}".strip()) for key, first, last in rows.students),
        clock.timezone,
        rule,
        tuple(dict.fromkeys((*troubles, *looker.troubles))),
    )


def _title(course: Course, coursedir: CourseDirectory, troubles: list[str]) -> str:
    try:
        return course_title(course, coursedir)
    except SlopewiseError as error:
        troubles.append(str(error))
        return course.root.name


class _Looker:
    def __init__(
        self, course: Course, coursedir: Any, rows: Rows, exchange: Path, clock: Clock
    ) -> None:
        self._course = course
        self._coursedir = coursedir
        self._rows = rows
        self._exchange = exchange
        self._clock = clock
        self._entered = {row.name: row for row in rows.assignments}
        self.troubles: list[str] = []

    def names(self) -> list[str]:
        """Every lesson that the gradebook, or the course's folder, holds."""
        source = Path(self._coursedir.format_path(self._coursedir.source_directory, ".", "."))
        there = {path.name for path in source.glob("*/") if any(path.glob("*.ipynb"))}
        return sorted(there | set(self._entered))

    def lesson(self, name: str) -> LessonStanding:
        row = self._entered.get(name)
        rows = [one for one in self._rows.submissions if row and one.assignment == row.key]
        graded = {one.student for one in rows if self._rows.is_graded(one)}
        # An extension alone makes a row, too; what has a time was handed in.
        known = {one.student for one in rows if one.submitted is not None} | graded
        found = handed_in(self._coursedir, name)
        there = {one.student: one for one in found if one.taken}
        bad = tuple(NotGraded(one.student, name, one.reason) for one in found if one.reason)
        refused = {one.learner for one in bad}
        pages, returned = self._pages(name, graded)
        inside = self._exchange.is_dir()
        return LessonStanding(
            name,
            title_of(
                self._course.root,
                name,
                self._folder("source_directory", ".", name) / f"{name}.ipynb",
            ),
            row is not None,
            row.due if row else None,
            (self._exchange / OUTBOUND / name).is_dir() if inside else None,
            self._arrived(name) if inside else (),
            len(known | set(there) | refused),
            len(graded),
            tuple(sorted((known | set(there)) - graded - refused)),
            tuple(one for one in sorted(graded & set(there)) if self._is_changed(there[one], name)),
            bad,
            tuple(one.student for one in rows if self._rows.is_open(one)),
            pages,
            returned if inside else None,
        )

    def _folder(self, step: str, student: str, name: str) -> Path:
        return Path(self._coursedir.format_path(getattr(self._coursedir, step), student, name))

    def _is_changed(self, one: HandedIn, name: str) -> bool:
        target = self._folder("autograded_directory", one.student, name)
        return not target.is_dir() or is_replaced(target, one.folder, self._clock)

    def _pages(self, name: str, graded: set[str]) -> tuple[int, int]:
        pages = returned = 0
        for student in graded:
            try:
                folder = self._folder("feedback_directory", student, name)
                found = sorted(folder.glob("*.html"))
            except (OSError, ValueError):  # an id that no folder can have
                continue
            pages += bool(found)
            returned += bool(found) and all(
                is_released(page, self._exchange / FEEDBACK) for page in found
            )
        return pages, returned

    def _arrived(self, name: str) -> tuple[str, ...]:
        """Whose work the exchange holds that is not in `submitted/`, or is newer."""
        inbound = self._exchange / INBOUND
        found = set()
        try:
            for one in arrivals(inbound, name):
                if isinstance(one, Arrival) and self._is_new(one, name):
                    found.add(one.student)
        except FileNotFoundError:
            return ()  # nothing was released yet
        except OSError as error:
            self.troubles.append(f"{inbound}: cannot be read ({error.strerror})")
        return tuple(sorted(found))

    def _is_new(self, one: Arrival, name: str) -> bool:
        collected = self._folder("submitted_directory", one.student, name)
        if not collected.is_dir():
            return True
        before = read_timestamp(collected, self._clock).when
        # To the second, as collecting notes it down.
        return before is not None and one.changed // 10**9 > before.timestamp()
