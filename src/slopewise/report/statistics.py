"""What the numbers of a class say: pure functions from the record to small results."""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from slopewise.report.model import Answer, ClassRecord, LessonRecord, Unjudged
from slopewise.scoring import State
from slopewise.scoring.questions import in_words

FEWEST_FOR_DISCRIMINATION = 5
"""With fewer learners a correlation is not given at all."""

FEW = 30
"""With fewer learners a correlation is to be read with its interval only."""

_NORMAL_95 = 1.959964
_SILENT = (State.NOT_ATTEMPTED, State.RAISED)


@dataclass(frozen=True)
class LessonStatistics:
    """The scores of one lesson, penalties taken off, in points; None where nobody was graded.

    Of `n_open` submissions the score is only what there is so far: a person has yet to give points.
    """

    lesson: LessonRecord
    scores: tuple[float, ...]
    missing: tuple[str, ...]
    n_waiting: int
    n_open: int
    median: float | None
    mean: float | None
    low: float | None
    high: float | None
    quartiles: tuple[float, float] | None
    deviation: float | None
    reliability: float | None


def lesson_statistics(record: ClassRecord, lesson: LessonRecord) -> LessonStatistics:
    """Return how the scores of a lesson are distributed."""
    scores = tuple(sorted(one.score for one in record.submissions_of(lesson.name)))
    quartiles = None
    if len(scores) > 1:
        lower, _, upper = statistics.quantiles(scores, n=4, method="inclusive")
        quartiles = (lower, upper)
    return LessonStatistics(
        lesson,
        scores,
        record.missing(lesson.name),
        sum(name == lesson.name for _, name in record.waiting),
        sum(one.open > 0 for one in record.submissions_of(lesson.name)),
        statistics.median(scores) if scores else None,
        statistics.fmean(scores) if scores else None,
        scores[0] if scores else None,
        scores[-1] if scores else None,
        quartiles,
        statistics.stdev(scores) if len(scores) > 1 else None,
        reliability(
            [[one.score for one in each.answers] for each in record.submissions_of(lesson.name)]
        ),
    )


def reliability(points: Sequence[Sequence[float]]) -> float | None:
    """Return Cronbach's alpha of a lesson: how far its exercises measure the same thing.

    That is k / (k - 1) times (1 - the sum of the exercises' variances / the variance of the sums),
    for k exercises: L. J. Cronbach, "Coefficient alpha and the internal structure of tests",
    Psychometrika 16 (1951), 297-334. At most 1; below 0 where exercises disagree.

    Args:
        points: a row a learner, a number an exercise.

    Returns:
        None with fewer than `FEWEST_FOR_DISCRIMINATION` learners or two exercises, where rows are
        not alike, or where all have the same sum.
    """
    sizes = {len(row) for row in points}
    if len(points) < FEWEST_FOR_DISCRIMINATION or len(sizes) != 1 or min(sizes) < 2:
        return None
    sums = [sum(row) for row in points]
    if _is_constant(sums):
        return None
    k = min(sizes)
    parts = sum(statistics.variance(column) for column in zip(*points, strict=True))
    return float(k / (k - 1) * (1 - parts / statistics.variance(sums)))


@dataclass(frozen=True)
class SectionStatistics:
    """The totals of one section of the class, in points."""

    section: str
    totals: tuple[float, ...]
    mean: float
    median: float
    deviation: float | None


def section_statistics(record: ClassRecord) -> list[SectionStatistics]:
    """Return how each section does over all lessons; those in no section come last, as ""."""
    if not record.sections:
        return []
    sums = totals(record)
    found = []
    for section in (*record.sections, ""):
        own = tuple(sorted(sums[one.id] for one in record.learners if one.section == section))
        if own:
            deviation = statistics.stdev(own) if len(own) > 1 else None
            found.append(
                SectionStatistics(
                    section, own, statistics.fmean(own), statistics.median(own), deviation
                )
            )
    return found


@dataclass(frozen=True)
class Discrimination:
    """A corrected item–rest correlation and its 95% interval (None: too few for one)."""

    value: float
    n: int
    interval: tuple[float, float] | None

    @property
    def is_rough(self) -> bool:
        """Whether there are too few learners to read the value without its interval."""
        return self.n < FEW


def discrimination(item: Sequence[float], rest: Sequence[float]) -> Discrimination | None:
    """Return the corrected item–rest correlation of one exercise.

    This is Pearson's correlation between the points for the exercise and the points for all
    *other* exercises of the lesson; leaving the exercise out of the total is the correction of
    S. Henrysson, "Correction of item-total correlations in item analysis", Psychometrika 28
    (1963), 211–218. The interval is R. A. Fisher's: the inverse hyperbolic tangent of r is about
    normal with standard deviation 1/sqrt(n - 3).

    Args:
        item: points for the exercise, one a learner.
        rest: points for the rest, in the same order.

    Returns:
        None with fewer than `FEWEST_FOR_DISCRIMINATION` learners, or where all of them have the
        same points for the exercise or for the rest.
    """
    n = len(item)
    if n < FEWEST_FOR_DISCRIMINATION or _is_constant(item) or _is_constant(rest):
        return None
    value = max(-1.0, min(1.0, statistics.correlation(item, rest)))
    if abs(value) > 1 - 1e-9:
        return Discrimination(round(value), n, None)
    reach = _NORMAL_95 / math.sqrt(n - 3)
    middle = math.atanh(value)
    return Discrimination(value, n, (math.tanh(middle - reach), math.tanh(middle + reach)))


def _is_constant(values: Sequence[float]) -> bool:
    return max(values) - min(values) < 1e-9


@dataclass(frozen=True)
class ExerciseStatistics:
    """One exercise.

    Attributes:
        lesson: the lesson's name.
        exercise: its own.
        points: what it is worth.
        n: how many graded submissions there are.
        success: mean share of its points; None where there is no submission, or no point, and
            while points of somebody's are still to be given by hand.
        discrimination: see `discrimination`.
        states: how many answers are in each state, or have no verdict and what instead.
    """

    lesson: str
    exercise: str
    points: float
    n: int
    success: float | None
    discrimination: Discrimination | None
    states: dict[State | Unjudged, int]


def exercise_statistics(record: ClassRecord, lesson: LessonRecord) -> list[ExerciseStatistics]:
    """Return the statistics of a lesson's exercises, in its order."""
    rows = [one.answers for one in record.submissions_of(lesson.name)]
    totals = [sum(answer.score for answer in row) for row in rows]
    results = []
    for place, exercise in enumerate(lesson.exercises):
        answers = [row[place] for row in rows]
        shares = [answer.share for answer in answers if answer.share is not None]
        # Those who left it blank have their 0 at once; of the others nobody knows anything yet.
        waits = any(answer.open for answer in answers)
        # Points that are still to be given would count as none.
        whole = [at for at, row in enumerate(rows) if not any(answer.open for answer in row)]
        item = [answers[at].score for at in whole]
        rest = [totals[at] - answers[at].score for at in whole]
        results.append(
            ExerciseStatistics(
                lesson.name,
                exercise.name,
                exercise.points,
                len(answers),
                statistics.fmean(shares) if shares and not waits else None,
                discrimination(item, rest) if len(lesson.exercises) > 1 else None,
                dict(Counter(one.state for one in answers)),
            )
        )
    return results


@dataclass(frozen=True)
class ProbeStatistics:
    """One question that a check asks: of `n` attempts `failed` were wrong.

    Attributes:
        usual: the explanation that most of them got.
        n_usual: how many got it.
    """

    lesson: str
    exercise: str
    probe: str
    failed: int
    n: int
    usual: str
    n_usual: int

    @property
    def share(self) -> float:
        """Share of the attempts that failed."""
        return self.failed / self.n


def probe_statistics(record: ClassRecord) -> list[ProbeStatistics]:
    """Return every question in turn; only answers that were attempted and ran count.

    One that raised at every question, as where its cell does not compile, says of none of them
    that it is hard; the table of exercises counts it.
    """
    results = []
    for lesson, exercise, answers in _answers(record):
        failed: dict[str, list[str]] = {}
        asked: Counter[str] = Counter()
        for answer in answers:
            if answer.verdict is None or answer.verdict.state in _SILENT:
                continue
            for probe in answer.verdict.probes:
                failed.setdefault(probe.name, [])
                asked[probe.name] += 1
                if not probe.right:
                    failed[probe.name].append(probe.explanation)
        names = in_words(failed)
        for name, explanations in failed.items():
            # Ties go to the first in the alphabet, so that a page comes out the same each time.
            usual, count = max(
                sorted(Counter(explanations).items()), key=lambda item: item[1], default=("", 0)
            )
            results.append(
                ProbeStatistics(
                    *(lesson, exercise, names[name], len(explanations), asked[name]),
                    *(usual, count),
                )
            )
    return results


@dataclass(frozen=True)
class Misconception:
    """A known wrong answer that learners gave.

    Attributes:
        name: as the corpus of known answers names it.
        places: (lesson, exercise, how many) in the order of the lessons.
        holders: ids of those who gave it, each once.
        n: how many handed in a lesson where it was found.
        message: what its author reads; that of the place where most gave it.
    """

    name: str
    places: tuple[tuple[str, str, int], ...]
    holders: tuple[str, ...]
    n: int
    message: str


def misconceptions(record: ClassRecord) -> list[Misconception]:
    """Return the misconceptions the class holds, the most widespread first."""
    found: dict[str, dict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    messages: dict[tuple[str, str, str], str] = {}
    for one in record.submissions:
        for answer in one.answers:
            if answer.verdict is not None and answer.verdict.misconception:
                name = answer.verdict.misconception
                found[name][one.lesson, answer.exercise].append(one.learner)
                messages.setdefault((name, one.lesson, answer.exercise), answer.verdict.message)
    order = {learner.id: place for place, learner in enumerate(record.learners)}
    results = []
    for name, places in found.items():
        holders = {learner for learners in places.values() for learner in learners}
        lessons = {lesson for lesson, _ in places}
        handed_in = {one.learner for one in record.submissions if one.lesson in lessons}
        usual = max(places, key=lambda place: len(places[place]))
        results.append(
            Misconception(
                name,
                tuple((*place, len(learners)) for place, learners in places.items()),
                tuple(sorted(holders, key=lambda learner: order[learner])),
                len(handed_in),
                messages[(name, *usual)],
            )
        )
    return sorted(results, key=lambda one: (-len(one.holders), one.name))


def _answers(record: ClassRecord) -> list[tuple[str, str, list[Answer]]]:
    """Every exercise with its answers: (lesson, exercise, answers)."""
    results = []
    for lesson in record.lessons:
        rows = [one.answers for one in record.submissions_of(lesson.name)]
        for place, exercise in enumerate(lesson.exercises):
            results.append((lesson.name, exercise.name, [row[place] for row in rows]))
    return results


def totals(record: ClassRecord) -> dict[str, float]:
    """Return every learner's points over all lessons; a missing submission counts nothing."""
    return {
        learner.id: sum(
            one.score
            for lesson in record.lessons
            if (one := record.submission(learner.id, lesson.name)) is not None
        )
        for learner in record.learners
    }
