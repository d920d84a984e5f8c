"""What an instructor should look at first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slopewise.notebook.findings import Kind
from slopewise.report.model import ClassRecord
from slopewise.report.statistics import ExerciseStatistics, Misconception
from slopewise.scoring import State
from slopewise.scoring.enumeration import enumerated

SUSPECT = frozenset(
    {
        Kind.CHECK_EDITED,
        Kind.CHECK_RETYPED,
        Kind.CHECK_MOVED,
        Kind.POINTS_CHANGED,
        Kind.UNKNOWN_CHECK,
        Kind.TAG,
        Kind.ANSWER,
    }
)
"""Findings that could have raised a score; the others are accidents."""

_HARD = 0.6
_SHARE_HELD = 0.1
_SHARE_RAISED = 0.25
_FEWEST = 2


@dataclass(frozen=True)
class Point:
    """One thing to look at.

    Attributes:
        weight: how much it matters, about the share of the class that it concerns.
        kind: which kind of thing; of each kind the weightiest is shown before a second.
        section: id of the section of the page that says more.
        headline: a few words.
        text: a sentence or two.
    """

    weight: float
    kind: str
    section: str
    headline: str
    text: str


def points_to_look_at(
    record: ClassRecord,
    exercises: Sequence[ExerciseStatistics],
    held: Sequence[Misconception],
    most: int = 3,
) -> list[Point]:
    """Return the weightiest points, of different kinds where there are."""
    numbers = {lesson.name: lesson.number for lesson in record.lessons}
    found = [
        *_misconceptions(held, numbers),
        *_exercises(exercises, numbers),
        *_missing(record),
        *_suspect(record),
        *_open(record),
    ]
    found.sort(key=lambda point: (-point.weight, point.headline))
    kinds = {point.kind: point for point in reversed(found)}
    first = sorted(kinds.values(), key=lambda point: (-point.weight, point.headline))
    rest = [point for point in found if point not in first]
    return (first + rest)[:most]


def _misconceptions(held: Sequence[Misconception], numbers: dict[str, str]) -> Iterator[Point]:
    for one in held:
        share = len(one.holders) / one.n
        if len(one.holders) < _FEWEST or share < _SHARE_HELD:
            continue
        where = join(
            [f"{exercise} (lesson {numbers[lesson]})" for lesson, exercise, _ in one.places]
        )
        yield Point(
            # A named mistake can be talked about tomorrow; a low score alone cannot.
            2 * share,
            "misconception",
            "misconceptions",
            f"“{one.name}”",
            f"{len(one.holders)} of {one.n} learners hold it, in {where}.",
        )


def _exercises(exercises: Sequence[ExerciseStatistics], numbers: dict[str, str]) -> Iterator[Point]:
    for one in exercises:
        where = f"Lesson {numbers[one.lesson]}: {one.exercise}"
        if one.success is not None and one.success < _HARD and one.n >= _FEWEST:
            idle = one.states.get(State.NOT_ATTEMPTED, 0)
            text = f"{percent(one.success)} of its points on average"
            text += f"; {idle} of {one.n} did not attempt it." if idle else "."
            yield Point(1 - one.success, "hard", "exercises", f"{where} is hard", text)
        odd = one.discrimination
        if odd is not None and odd.interval is not None and odd.interval[1] < 0:
            text = (
                "Learners who do well elsewhere in the lesson do worse here "
                f"(item–rest correlation {number(odd.value)}); look at the question itself."
            )
            yield Point(0.9, "odd", "exercises", f"{where} measures something else", text)
        raised = one.states.get(State.RAISED, 0) + one.states.get(State.NOT_RUN, 0)
        if raised >= _FEWEST and raised / one.n >= _SHARE_RAISED:
            text = f"{raised} of {one.n} answers raised an error at every question or did not run."
            yield Point(raised / one.n, "raised", "exercises", f"{where} does not run", text)


def _missing(record: ClassRecord) -> Iterator[Point]:
    count = len(record.learners)
    missing = {lesson.name: set(record.missing(lesson.name)) for lesson in record.lessons}
    # Where nobody has handed in anything, the lesson has not come to its turn.
    begun = [lesson for lesson in record.lessons if len(missing[lesson.name]) < count]
    if not begun:
        return
    missing = {lesson.name: missing[lesson.name] for lesson in begun}
    silent = set.intersection(*missing.values())
    total = sum(map(len, missing.values()))
    if not total:
        return
    worst = max(begun, key=lambda lesson: len(missing[lesson.name]))
    n_worst = len(missing[worst.name])
    text = f"Lesson {worst.number} lacks most, those of {n_worst} of {count} learners."
    if len(begun) == 1 or n_worst == total:
        text = f"All from lesson {worst.number}, which has {count - n_worst} of {count}."
    if silent:
        people = "1 learner has" if len(silent) == 1 else f"{len(silent)} learners have"
        text += f" {people} handed in nothing at all."
    headline = "1 submission is missing" if total == 1 else f"{total} submissions are missing"
    weight = total / (count * len(begun))
    yield Point(weight + len(silent) / count, "missing", "hand-ins", headline, text)


def _open(record: ClassRecord) -> Iterator[Point]:
    """What waits for a person: until then the scores are only what there is so far."""
    answers, submissions = record.open
    if answers:
        headline = f"{answers} answers wait for you" if answers != 1 else "1 answer waits for you"
        text = (
            f"In {submissions} of {len(record.submissions)} submissions points are given by hand; "
            "until then the scores are what there is so far. They are in the Formgrader, under "
            "Manual Grading."
        )
        weight = 1.0 + submissions / len(record.submissions)
        yield Point(weight, "open", "hand-ins", headline, text)


def _suspect(record: ClassRecord) -> Iterator[Point]:
    who = {
        one.learner
        for one in record.submissions
        if any(finding.kind in SUSPECT for finding in one.findings)
    }
    if who:
        count = "1 learner" if len(who) == 1 else f"{len(who)} learners"
        yield Point(
            0.3 + len(who) / len(record.learners),
            "suspect",
            "findings",
            f"Possible tampering by {count}",
            "Checks were put back before grading, so it gained nothing. Read the findings, then "
            "ask before you judge.",
        )


def join(words: Sequence[str], most: int = 3) -> str:
    """Return words as a list in prose, cut after `most`."""
    if len(words) > most:
        words = [*words[: most - 1], f"{len(words) - most + 1} more"]
    return enumerated(words)


def percent(share: float) -> str:
    """Return a share as per cent; never 0 or 100 unless it is."""
    whole = round(100 * share)
    if (whole == 0 and share > 0) or (whole == 100 and share < 1):
        return "under 1%" if whole == 0 else "over 99%"
    return f"{whole}%"


def number(value: float) -> str:
    """Return a correlation with two decimals and a real minus sign."""
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−")
