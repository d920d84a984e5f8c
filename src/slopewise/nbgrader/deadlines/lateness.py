"""What lateness costs, as settings: percent a day, hours of grace, late days in hand.

nbgrader asks a plugin for the points to take off one late notebook; `configure` names this one.
nbgrader's own setting, `c.LateSubmissionPlugin.penalty_method = "zero"`, goes on working.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Float, TraitError, validate

DAY = 86_400.0


class LatePenalty(LateSubmissionPlugin):  # type: ignore[misc]  # nbgrader is untyped
    """A rule for late submissions; without a setting, lateness costs nothing."""

    percent_a_day = Float(
        0.0, help="Percent of the points earned that each day late takes off; a begun day counts."
    ).tag(config=True)
    grace_hours = Float(
        0.0,
        help="Hours after the deadline in which lateness costs nothing; later, all of it counts.",
    ).tag(config=True)
    late_days = Float(
        0.0,
        help="Days that each learner may be late in all, at no cost; lessons spend them, in whole "
        "days, in the order of their deadlines.",
    ).tag(config=True)

    @validate("percent_a_day", "grace_hours", "late_days")
    def _sensible(self, proposal: Any) -> float:
        name, value = proposal["trait"].name, float(proposal["value"])
        most = 100.0 if name == "percent_a_day" else 10_000.0
        if not 0.0 <= value <= most:  # a NaN is not, either
            raise TraitError(f"c.LatePenalty.{name} = {value:g}: has to be from 0 to {most:g}")
        return value

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """Return the points to take off; called by nbgrader for each late notebook."""
        if total_seconds_late <= self.grace_hours * 3600:
            return None
        if self.penalty_method == "zero":
            return score
        return min(score, score * self.percent_a_day / 100 * math.ceil(total_seconds_late / DAY))

    def in_words(self) -> str:
        """Return the rule as learners are told it, in one sentence; "" where nothing is lost."""
        if self.penalty_method == "zero":
            cost = "no points for what is late"
        elif self.percent_a_day:
            cost = f"{self.percent_a_day:g}% of the points for each begun day"
        else:
            return ""
        said = [cost]
        if self.grace_hours:
            unit = "hour" if self.grace_hours == 1 else "hours"
            said.append(f"nothing within {self.grace_hours:g} {unit}")
        if self.late_days:
            unit = "day" if self.late_days == 1 else "days"
            said.append(f"the first {self.late_days:g} late {unit} of a course are free")
        return f"Lateness costs {'; '.join(said)}."


def spend_late_days(
    late: Iterable[tuple[str, datetime, float]], in_hand: float, grace_seconds: float = 0.0
) -> list[float]:
    """Return how late each submission is once late days have been spent on it.

    Args:
        late: learner, due date of the lesson, and seconds late, of all submissions of a course.
        in_hand: late days of each learner.
        grace_seconds: lateness up to this spends no day.
    """
    given = list(late)
    left = [seconds for _, _, seconds in given]
    spent: dict[str, int] = {}
    for place in sorted(range(len(given)), key=lambda at: given[at][1]):
        learner, _, seconds = given[place]
        if seconds <= grace_seconds:
            continue
        days = min(math.ceil(seconds / DAY), int(in_hand) - spent.get(learner, 0))
        if days > 0:
            spent[learner] = spent.get(learner, 0) + days
            left[place] = max(0.0, seconds - days * DAY)
    return left
