"""What the exchange still has of a class's work: each time that somebody handed in, by lesson."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeFactory

from slopewise.nbgrader.exchange.inbound import Refused, arrivals, owner_fault
from slopewise.nbgrader.exchange.permissions import INBOUND
from slopewise.notebook.times import for_gradebook


@dataclass(frozen=True)
class Attempt:
    """One time that a learner handed a lesson in.

    Attributes:
        learner: the id that it was handed in under.
        lesson: the lesson that it says it is.
        received: when, in UTC, without saying so as in the gradebook; what the exchange's file
            system says, not what the learner's files say.
    """

    learner: str
    lesson: str
    received: datetime


def attempts(coursedir: CourseDirectory, config: Any) -> tuple[Attempt, ...]:
    """Return every attempt that collecting would consider, in the order in which they came.

    Args:
        coursedir: the course.
        config: nbgrader's settings, which say where the exchange is and whether owners count.

    Returns:
        None of them where the course has no exchange, or one that cannot be read.
    """
    collecting = ExchangeFactory(config=config).Collect(coursedir=coursedir, config=config)
    root = getattr(collecting, "root", "")  # another exchange may be no folder at all
    if not root:
        return ()
    try:
        found = list(arrivals(Path(root, str(coursedir.course_id), INBOUND)))
    except OSError:
        return ()
    owners_count = getattr(collecting, "check_owner", True)
    return tuple(
        sorted(
            (
                Attempt(one.student, one.assignment, _received(one.changed))
                for one in found
                if not isinstance(one, Refused) and not (owners_count and owner_fault(one))
            ),
            key=lambda one: (one.received, one.lesson, one.learner),
        )
    )


def _received(nanoseconds: int) -> datetime:
    return for_gradebook(datetime.fromtimestamp(nanoseconds // 10**9, UTC))
