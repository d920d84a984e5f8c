"""When a class handed in: how often, how near to the deadline, and a picture of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup

from slopewise.report.model import ClassRecord, LessonRecord

LAST_HOURS = timedelta(hours=24)
"""What counts as the last moment before a deadline."""

_WIDTH, _HEIGHT = 240, 34
_MOST_COLUMNS = 40
_UNITS = (
    (timedelta(minutes=10), "10 minutes"),
    (timedelta(hours=1), "1 hour"),
    (timedelta(hours=6), "6 hours"),
    (timedelta(days=1), "1 day"),
    (timedelta(days=7), "1 week"),
)


@dataclass(frozen=True)
class LessonAttempts:
    """How a class handed one lesson in.

    Attributes:
        lesson: which.
        times: of every attempt, in UTC, the earliest first; never empty.
        n_learners: how many learners they are of.
        most: the largest number of attempts of one learner.
        n_last: attempts in the last hours before the deadline; None without one.
        n_after: attempts after it; None without one. Extensions are not taken into account.
        unit: how long a column of the picture is, in words.
        picture: the attempts over time; decoration beside the numbers.
    """

    lesson: LessonRecord
    times: tuple[datetime, ...]
    n_learners: int
    most: int
    n_last: int | None
    n_after: int | None
    unit: str
    picture: Markup


def lesson_attempts(record: ClassRecord) -> Iterator[LessonAttempts]:
    """Yield what is known of each lesson that anybody's attempts are known of."""
    for lesson in record.lessons:
        found = [one for one in record.attempts if one.lesson == lesson.name]
        if not found:
            continue
        times = tuple(sorted(one.received for one in found))
        by_learner = Counter(one.learner for one in found)
        n_last = n_after = None
        if lesson.due is not None:
            n_after = sum(when > lesson.due for when in times)
            n_last = sum(lesson.due - LAST_HOURS <= when <= lesson.due for when in times)
        length, unit = _unit(times[-1] - times[0])
        yield LessonAttempts(
            *(lesson, times, len(by_learner), max(by_learner.values()), n_last, n_after, unit),
            _picture(times, length, lesson.due),
        )


def _unit(span: timedelta) -> tuple[timedelta, str]:
    """The shortest length of a column with which there are not too many."""
    return next((one for one in _UNITS if span / one[0] < _MOST_COLUMNS), _longer(span))


def _longer(span: timedelta) -> tuple[timedelta, str]:
    weeks = int(span / _UNITS[-1][0] / _MOST_COLUMNS) + 1
    return weeks * _UNITS[-1][0], f"{weeks} weeks"


def _picture(times: tuple[datetime, ...], length: timedelta, due: datetime | None) -> Markup:
    """Columns over time, and a line where the lesson was due, if that is between them."""
    columns = Counter(int((when - times[0]) / length) for when in times)
    n_columns = max(columns) + 1
    wide = _WIDTH / n_columns
    highest = max(columns.values())
    parts = [
        Markup('<path class="base" d="M0 {y}H{w}"/>').format(y=_HEIGHT - 0.5, w=_WIDTH),
        *(
            Markup('<rect class="dot" x="{x}" y="{y}" width="{w}" height="{h}"/>').format(
                x=round(place * wide + wide * 0.08, 1),
                y=round(_HEIGHT - 1 - (_HEIGHT - 4) * count / highest, 1),
                w=round(min(wide * 0.84, 24), 1),
                h=round((_HEIGHT - 4) * count / highest, 1),
            )
            for place, count in sorted(columns.items())
        ),
    ]
    if due is not None and 0 <= (due - times[0]) / length <= n_columns:
        parts.append(
            Markup('<path class="due" d="M{x} 0V{y}"/>').format(
                x=round((due - times[0]) / length * wide, 1), y=_HEIGHT
            )
        )
    return Markup(
        '<svg class="attempts" aria-hidden="true" viewBox="0 0 {w} {h}" width="{w}" height="{h}">'
        "{body}</svg>"
    ).format(w=_WIDTH, h=_HEIGHT, body=Markup("").join(parts))
