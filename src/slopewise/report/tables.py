"""The report as tables for programs: UTF-8, RFC 4180, one file a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from slopewise.report.model import ClassRecord, Unjudged
from slopewise.report.statistics import (
    exercise_statistics,
    lesson_statistics,
    misconceptions,
    probe_statistics,
)
from slopewise.report.summary import SUSPECT
from slopewise.scoring import State
from slopewise.spreadsheet import defused

TABLES = (
    ("scores.csv", "every learner and lesson: state, points, penalty, time"),
    ("lessons.csv", "every lesson: how its scores are distributed"),
    ("exercises.csv", "every exercise: success, discrimination, states"),
    ("questions.csv", "every question that a check asks: how often it was answered wrong"),
    ("misconceptions.csv", "who holds which misconception, and where"),
    ("answers.csv", "every learner and exercise: state, points, message"),
    ("findings.csv", "what was out of order in which submission"),
    ("not-graded.csv", "what was handed in and cannot be graded, and why"),
    ("attempts.csv", "every time that somebody handed in, as far as the exchange still has it"),
)
"""Name and content of each."""

Row = Sequence[str | float | None]


def tables(record: ClassRecord) -> dict[str, bytes]:
    """Return every table by the name of its file, the header first."""
    rows = (
        *(_scores, _lessons, _exercises, _questions, _misconceptions, _answers, _findings),
        *(_not_graded, _attempts),
    )
    return {name: _encoded(write(record)) for (name, _), write in zip(TABLES, rows, strict=True)}


def _encoded(rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([[_field(value) for value in row] for row in rows])
    return text.getvalue().encode("utf-8", "replace")


def _field(value: str | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return defused(value)
    return f"{value:.6g}"


def _scores(record: ClassRecord) -> Iterator[Row]:
    yield [
        *("learner", "name", "lesson", "state", "score", "maximum", "penalty", "counted"),
        *("submitted_utc", "seconds_late", "open_points"),
    ]
    for learner in record.learners:
        for lesson in record.lessons:
            one = record.submission(learner.id, lesson.name)
            start = [learner.id, learner.name, lesson.name]
            if one is None:
                waiting = (learner.id, lesson.name) in record.waiting
                state = "not graded yet" if waiting else "not submitted"
                yield [*start, state, None, lesson.points, None, None, None, None, None]
                continue
            earned = sum(answer.score for answer in one.answers)
            state = "graded in part" if one.open else "graded"
            yield [
                *(*start, state, earned, lesson.points, one.penalty, one.score),
                one.submitted.isoformat(" ", "seconds") if one.submitted else None,
                one.seconds_late,
                one.open,
            ]


def _lessons(record: ClassRecord) -> Iterator[Row]:
    yield [
        *("lesson", "title", "maximum", "graded", "not_graded_yet", "not_submitted"),
        *("mean", "minimum", "lower_quartile", "median", "upper_quartile", "highest"),
        "graded_in_part",
    ]
    for lesson in record.lessons:
        one = lesson_statistics(record, lesson)
        lower, upper = one.quartiles or (None, None)
        yield [
            *(lesson.name, lesson.title, lesson.points, len(one.scores), one.n_waiting),
            *(len(one.missing), one.mean, one.low, lower, one.median, upper, one.high),
            one.n_open,
        ]


def _exercises(record: ClassRecord) -> Iterator[Row]:
    yield [
        *("lesson", "exercise", "maximum", "n", "success", "discrimination"),
        *("discrimination_low", "discrimination_high"),
        *(str(state).replace(" ", "_") for state in (*State, *Unjudged)),
    ]
    for lesson in record.lessons:
        for one in exercise_statistics(record, lesson):
            found = one.discrimination
            low, high = found.interval if found and found.interval else (None, None)
            yield [
                *(lesson.name, one.exercise, one.points, one.n, one.success),
                *(found.value if found else None, low, high),
                *(one.states.get(state, 0) for state in (*State, *Unjudged)),
            ]


def _questions(record: ClassRecord) -> Iterator[Row]:
    yield ["lesson", "exercise", "question", "failed", "attempts", "most_often", "times"]
    for one in probe_statistics(record):
        yield [
            *(one.lesson, one.exercise, one.probe, one.failed, one.n),
            *(one.usual, one.n_usual),
        ]


def _misconceptions(record: ClassRecord) -> Iterator[Row]:
    yield ["misconception", "held_by", "lesson", "exercise", "learner", "message"]
    counts = {one.name: len(one.holders) for one in misconceptions(record)}
    found = [
        (answer.verdict.misconception, submission, answer.exercise, answer.verdict.message)
        for submission in record.submissions
        for answer in submission.answers
        if answer.verdict is not None and answer.verdict.misconception
    ]
    for name, one, exercise, message in sorted(
        found, key=lambda row: (-counts[row[0]], row[0], row[1].lesson)
    ):
        yield [name, counts[name], one.lesson, exercise, one.learner, message]


def _answers(record: ClassRecord) -> Iterator[Row]:
    yield [
        *("learner", "lesson", "exercise", "state", "points", "maximum"),
        *("misconception", "message"),
    ]
    for one in record.submissions:
        for answer in one.answers:
            verdict = answer.verdict
            yield [
                *(one.learner, one.lesson, answer.exercise),
                *(str(answer.state), None if answer.open else answer.score, answer.maximum),
                *((verdict.misconception, verdict.message) if verdict else (None, None)),
            ]


def _findings(record: ClassRecord) -> Iterator[Row]:
    yield ["learner", "lesson", "cell", "kind", "could_raise_score", "text"]
    for one in record.submissions:
        for finding in one.findings:
            suspect = "yes" if finding.kind in SUSPECT else "no"
            yield [
                *(one.learner, one.lesson, finding.cell, str(finding.kind), suspect),
                finding.text,
            ]


def _not_graded(record: ClassRecord) -> Iterator[Row]:
    yield ["learner", "lesson", "reason"]
    for one in record.not_graded:
        yield [one.learner, one.lesson, one.reason]


def _attempts(record: ClassRecord) -> Iterator[Row]:
    yield ["learner", "lesson", "received_utc"]
    for one in record.attempts:
        yield [one.learner, one.lesson, one.received.isoformat(" ", "seconds")]
