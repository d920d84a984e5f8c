"""What lateness costs, by what the gradebook and the configuration say now.

nbgrader works a penalty out when it grades, and keeps it. A deadline, an extension or a rule that
changes afterwards would change nothing. So whoever is about to read penalties brings them up to
date first: :func:`renew` runs no notebook and writes what differs.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from nbgrader import api
from nbgrader.preprocessors import AssignLatePenalties
from traitlets import TraitError

from slopewise.errors import CourseError
from slopewise.nbgrader.deadlines.lateness import LatePenalty, spend_late_days
from slopewise.nbgrader.exchange.release import renew_due


class LatePolicy:
    """What the course's configuration takes off for lateness.

    Args:
        config: of traitlets, as nbgrader's commands have it.

    Raises:
        CourseError: the configured rule does not exist.
    """

    def __init__(self, config: Any) -> None:
        config = config.copy()
        config.pop("NbConvertBase", None)  # of pages; here it would only be warned of
        try:
            step = AssignLatePenalties(config=config)
            step.init_plugin()
        except (TraitError, ImportError, AttributeError) as error:
            text = " ".join(str(error).split())
            raise CourseError(f"the rule for late submissions cannot be used ({text})") from None
        self._plugin: Any = step.plugin_inst

    @property
    def words(self) -> str:
        """The rule in one sentence for learners; "" where it is not known, or costs nothing."""
        return self._plugin.in_words() if isinstance(self._plugin, LatePenalty) else ""

    def counted(self, late: Iterable[tuple[str, datetime, float]]) -> list[float]:
        """Return the seconds of lateness that count, once late days in hand are spent.

        Args:
            late: learner, the lesson's due date and seconds late, of all submissions of a course.
        """
        given = list(late)
        if not isinstance(self._plugin, LatePenalty):
            return [seconds for _, _, seconds in given]
        plugin = self._plugin
        return spend_late_days(given, plugin.late_days, plugin.grace_hours * 3600)

    def penalty(self, student: str, score: float, seconds_late: float) -> float:
        """Return the points to take off one notebook, from 0 to its score.

        Raises:
            CourseError: the course's own plugin fails.
        """
        if seconds_late <= 0:
            return 0.0
        try:
            found = self._plugin.late_submission_penalty(student, score, seconds_late)
            return min(max(0.0, float(found or 0.0)), max(0.0, score))
        except Exception as error:
            name = type(self._plugin).__name__
            raise CourseError(
                f"c.AssignLatePenalties.plugin_class: {name} fails for {seconds_late:g} s of "
                f"lateness ({type(error).__name__}: {error})"
            ) from None


def seconds_late(
    submitted: datetime | None, due: datetime | None, extension: timedelta | None
) -> float:
    """Return how late a submission is; 0 where it is in time or nobody can know."""
    if submitted is None or due is None:
        return 0.0
    return max(0.0, (submitted - due - (extension or timedelta())).total_seconds())


@dataclass(frozen=True)
class Change:
    """A penalty that is not what it was: points for one notebook of a submission."""

    assignment: str
    student: str
    before: float
    now: float


def renew(
    gradebook: Any, config: Any, coursedir: Any, log: Any, assignment: str | None = None
) -> tuple[Change, ...]:
    """Bring penalties, and what learners are told of due dates, up to date.

    Args:
        gradebook: nbgrader's, open; what differs is committed.
        config: of traitlets.
        coursedir: the course's folders; feedback pages of a changed score are taken away, so that
            `nbgrader generate_feedback` writes them again. None where there are no folders.
        log: told of every change.
        assignment: the lesson; None means all.

    Raises:
        CourseError: the course's rule for lateness cannot be used.
    """
    if not config.get("CourseDirectory", {}).get("root"):
        return ()  # no course's configuration: what it takes off for lateness is not known
    policy = LatePolicy(config)
    changes = tuple(_renew(gradebook, policy, assignment))
    if changes:
        gradebook.db.commit()
    for one in changes:
        log.info(
            "%s, %s: %g points are taken off for lateness now, %g before",
            one.student,
            one.assignment,
            one.now,
            one.before,
        )
        if coursedir is not None:
            step = coursedir.feedback_directory
            page = Path(coursedir.format_path(step, one.student, one.assignment))
            with contextlib.suppress(OSError):
                shutil.rmtree(page)
    if coursedir is not None:
        query = gradebook.db.query(api.Assignment.name, api.Assignment.duedate)
        if assignment is not None:
            query = query.filter(api.Assignment.name == assignment)
        for name, due in query.all():
            renew_due(config, coursedir, name, due)
    return changes


def _renew(gradebook: Any, policy: LatePolicy, assignment: str | None) -> Iterator[Change]:
    handed, submitted = api.SubmittedNotebook, api.SubmittedAssignment
    query = (
        gradebook.db.query(
            *(handed.id, handed.late_submission_penalty, submitted.timestamp, submitted.extension),
            *(api.Assignment.duedate, api.Assignment.name, submitted.student_id),
        )
        .join(submitted, submitted.id == handed.assignment_id)
        .join(api.Assignment, api.Assignment.id == submitted.assignment_id)
    )
    rows = query.all()
    known = [seconds_late(when, due, extension) for _, _, when, extension, due, _, _ in rows]
    late = [at for at, seconds in enumerate(known) if seconds]
    # Days in hand are spent over the whole course, whichever lesson is asked about.
    counted = policy.counted((rows[at][6], rows[at][4], known[at]) for at in late)
    for at, seconds in zip(late, counted, strict=True):
        known[at] = seconds
    for row_of, seconds in zip(rows, known, strict=True):
        key, before, _, _, _, name, student = row_of
        if assignment not in (None, name) or not (seconds or before):
            continue
        row = gradebook.db.get(handed, key)
        now = policy.penalty(student, float(row.score), seconds)
        if now != float(before or 0.0):
            row.late_submission_penalty = now or None
            yield Change(name, student, float(before or 0.0), now)
