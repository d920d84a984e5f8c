"""The page: one HTML file that holds all it needs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from slopewise.nbgrader.pages.budgets import Page as Budget
from slopewise.nbgrader.pages.markdown import rendered
from slopewise.nbgrader.pages.policy import digest
from slopewise.notebook.findings import Finding, Kind
from slopewise.report.attempts import LessonAttempts, lesson_attempts
from slopewise.report.model import ClassRecord, LessonRecord, Submission, Unjudged
from slopewise.report.pictures import Picture, discrimination_picture, score_picture
from slopewise.report.statistics import (
    FEW,
    FEWEST_FOR_DISCRIMINATION,
    ExerciseStatistics,
    LessonStatistics,
    Misconception,
    ProbeStatistics,
    SectionStatistics,
    exercise_statistics,
    lesson_statistics,
    misconceptions,
    probe_statistics,
    section_statistics,
    totals,
)
from slopewise.report.summary import (
    SUSPECT,
    Point,
    number,
    percent,
    points_to_look_at,
)
from slopewise.report.wording import clean, duration, moment, points, ticks
from slopewise.scoring import State

MOST_PROBES = 12
"""Rows of the table of questions; the CSV has them all."""

MOST_MESSAGES = 6
"""Misconceptions that are shown with what their authors were told; the CSV has them all."""

STATES: tuple[tuple[State | Unjudged, str, str], ...] = (
    (State.RIGHT, "right", "right"),
    (State.PARTLY_RIGHT, "partly", "partly right"),
    (State.WRONG, "wrong", "wrong"),
    (State.RAISED, "raised", "raised an error"),
    (State.NOT_ATTEMPTED, "idle", "not attempted"),
    (State.NOT_RUN, "halted", "not run"),
    (State.TAMPERED, "tampered", "tampered with"),
    (Unjudged.BY_HAND, "unknown", "graded by hand"),
    (Unjudged.OPEN, "unknown", "still to be graded by hand"),
    (Unjudged.ASSERTED, "unknown", "decided by its own asserts, inside the learner’s process"),
    (Unjudged.NO_RECORD, "unknown", "no record"),
)
"""Every state in the order of the pictures: itself, its CSS class, its words."""


_KINDS = {
    Kind.ANSWER: "answer out of order",
    Kind.FILE: "file out of order",
    Kind.KERNEL: "another kernel",
    Kind.MALFORMED: "damaged cell",
    Kind.TAG: "execution tag",
}


@dataclass(frozen=True)
class Segment:
    """A part of a bar: how many answers are in a state."""

    kind: str
    words: str
    count: int


@dataclass(frozen=True)
class ExerciseRow:
    """An exercise as the table shows it."""

    figures: ExerciseStatistics
    asks: Markup
    anchor: str
    segments: tuple[Segment, ...]
    correlation: Markup

    @property
    def alt(self) -> str:
        """The bar in words."""
        return ", ".join(f"{one.count} {one.words}" for one in self.segments)


@dataclass(frozen=True)
class Cell:
    """A learner's place in a lesson: `step` shades it, 0 (none) to 5 (all points)."""

    text: str
    words: str
    step: int | None
    notes: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True)
class LearnerRow:
    """A learner as the table shows them."""

    id: str
    name: str
    section: str
    cells: tuple[Cell, ...]
    total: float
    share: float


@dataclass(frozen=True)
class FoundRow:
    """A finding with where it was found."""

    label: str
    lesson: str
    finding: Finding
    suspect: bool

    @property
    def what(self) -> str:
        """Its kind in words that say something to whoever has not read the grader."""
        return _KINDS.get(self.finding.kind, self.finding.kind.value)


@dataclass(frozen=True)
class Page:
    """Everything the template asks for."""

    record: ClassRecord
    anonymous: bool
    points: tuple[Point, ...]
    picture: Picture | None
    lessons: tuple[LessonStatistics, ...]
    sections: tuple[SectionStatistics, ...]
    exercises: tuple[tuple[LessonRecord, tuple[ExerciseRow, ...]], ...]
    states: tuple[Segment, ...]
    probes: tuple[ProbeStatistics, ...]
    misconceptions: tuple[Misconception, ...]
    learners: tuple[LearnerRow, ...]
    attempts: tuple[LessonAttempts, ...]
    late: tuple[Submission, ...]
    findings: tuple[FoundRow, ...]
    maximum: float
    median_total: float
    latest: datetime | None
    unrecorded: tuple[Submission, ...]
    files: tuple[tuple[str, str], ...]
    most_probes: int = MOST_PROBES
    most_messages: int = MOST_MESSAGES
    fewest: int = FEWEST_FOR_DISCRIMINATION

    @property
    def titles(self) -> dict[str, str]:
        """The lessons' titles by their names."""
        return {lesson.name: lesson.title for lesson in self.record.lessons}

    @property
    def numbers(self) -> dict[str, str]:
        """The lessons' numbers by their names."""
        return {lesson.name: lesson.number for lesson in self.record.lessons}

    @property
    def shared(self) -> list[Misconception]:
        """Those that more than one learner holds."""
        return [one for one in self.misconceptions if len(one.holders) > 1]

    @property
    def single(self) -> list[Misconception]:
        """Those that one learner holds."""
        return [one for one in self.misconceptions if len(one.holders) == 1]

    @property
    def open(self) -> tuple[tuple[Submission, float], ...]:
        """The submissions that a person has yet to give points for, and how many."""
        return tuple((one, one.open) for one in self.record.submissions if one.open)

    @property
    def nothing_asked(self) -> bool:
        """Whether no exercise's text was found."""
        return not any(row.asks for _, rows in self.exercises for row in rows)

    @property
    def small(self) -> bool:
        """Whether a correlation is rough in any lesson."""
        return any(len(one.scores) < FEW for one in self.lessons)

    @property
    def latest_by(self) -> float:
        """The longest time late, in seconds."""
        return max((one.seconds_late for one in self.late), default=0.0)

    @property
    def has_due_dates(self) -> bool:
        """Whether anything could have been late."""
        return any(lesson.due is not None for lesson in self.record.lessons)


def render(
    record: ClassRecord,
    *,
    anonymous: bool,
    files: Sequence[tuple[str, str]] = (),
    folder: Path | None = None,
) -> str:
    """Return the page as HTML.

    Args:
        record: the class, its names withheld already where they should be.
        anonymous: whether they are, for the page to say so.
        files: name and content of the tables beside the page.
        folder: where the page will lie, for its links to feedback; None for a page without.
    """
    environment = Environment(
        loader=PackageLoader("slopewise.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Whatever a learner wrote passes here, also where a template names no filter.
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    environment.filters.update(
        percent=percent, number=number, duration=duration, points=points, ticks=ticks, moment=moment
    )
    page = _page(record, anonymous, tuple(files), folder)
    style = environment.get_template("style.css").render()
    script = environment.get_template("tables.js").render()
    html = environment.get_template("page.html").render(
        page=page, style=Markup(style), script=Markup(script), script_hash=digest(script)
    )
    return html.strip() + "\n"


def _page(
    record: ClassRecord,
    anonymous: bool,
    files: tuple[tuple[str, str], ...],
    folder: Path | None,
) -> Page:
    lessons = tuple(lesson_statistics(record, lesson) for lesson in record.lessons)
    by_lesson = [(lesson, exercise_statistics(record, lesson)) for lesson in record.lessons]
    every = [one for _, found in by_lesson for one in found]
    held = misconceptions(record)
    counts = {state: sum(one.states.get(state, 0) for one in every) for state, _, _ in STATES}
    probes = [one for one in probe_statistics(record) if one.failed]
    probes.sort(key=lambda one: (-one.failed, -one.share))  # stable: else as the lessons have them
    sums = totals(record)
    times = [one.submitted for one in record.submissions if one.submitted is not None]
    return Page(
        record=record,
        anonymous=anonymous,
        points=tuple(points_to_look_at(record, every, held)),
        picture=score_picture(lessons, len(record.learners)) if record.submissions else None,
        lessons=lessons,
        sections=tuple(section_statistics(record)),
        exercises=tuple(
            (lesson, tuple(_exercise_rows(f"asks-{place}", lesson, found)))
            for place, (lesson, found) in enumerate(by_lesson, start=1)
        ),
        states=_segments(counts),
        probes=tuple(probes),
        misconceptions=tuple(held),
        learners=_learner_rows(record, sums, folder),
        attempts=tuple(lesson_attempts(record)),
        late=tuple(one for one in record.submissions if one.seconds_late or one.penalty),
        findings=_findings(record),
        maximum=sum(lesson.points for lesson in record.lessons),
        median_total=median(sums.values()),
        latest=max(times, default=None),
        unrecorded=tuple(one for one in record.submissions if not one.recorded),
        files=files,
    )


def _segments(counts: dict[State | Unjudged, int]) -> tuple[Segment, ...]:
    return tuple(
        Segment(kind, words, counts[state]) for state, kind, words in STATES if counts.get(state)
    )


def _exercise_rows(
    anchor: str, lesson: LessonRecord, found: Sequence[ExerciseStatistics]
) -> Iterator[ExerciseRow]:
    texts = {each.name: each.text for each in lesson.exercises}
    for place, one in enumerate(found, start=1):
        text = clean(texts.get(one.exercise, ""))
        yield ExerciseRow(
            one,
            Markup(rendered(text, Budget(), below=3) if text else ""),
            f"{anchor}-{place}",
            _segments(one.states),
            discrimination_picture(one.discrimination),
        )


def _learner_rows(
    record: ClassRecord, sums: dict[str, float], folder: Path | None
) -> tuple[LearnerRow, ...]:
    """Who has fewest points first: they are the ones to be spoken to."""
    maximum = sum(lesson.points for lesson in record.lessons)
    order = sorted(record.learners, key=lambda one: sums[one.id])
    return tuple(
        LearnerRow(
            one.id,
            one.name,
            one.section,
            tuple(_cell(record, one.id, lesson, folder) for lesson in record.lessons),
            sums[one.id],
            sums[one.id] / maximum if maximum else 0.0,
        )
        for one in order
    )


def _cell(record: ClassRecord, learner: str, lesson: LessonRecord, folder: Path | None) -> Cell:
    submission = record.submission(learner, lesson.name)
    if submission is None:
        if (learner, lesson.name) in record.waiting:
            return Cell("…", "handed in, not graded yet", None)
        return Cell("–", "not handed in", None)
    share = submission.score / lesson.points if lesson.points else 0.0
    step = 5 if share >= 1 else min(4, max(0, int(5 * share)))
    notes = []
    if submission.seconds_late:
        notes.append(f"late {duration(submission.seconds_late, 1)}")
    if submission.penalty:
        notes.append(f"−{points(submission.penalty)} for it")
    if submission.open:
        notes.append(f"{points(submission.open)} by hand, still open")
    link = ""
    if folder is not None and submission.feedback is not None:
        link = quote(Path(os.path.relpath(submission.feedback, folder)).as_posix())
    return Cell(points(round(submission.score, 1)), "", step, tuple(notes), link)


def _findings(record: ClassRecord) -> tuple[FoundRow, ...]:
    """Those that could have raised a score first."""
    found = [
        FoundRow(record.label(one.learner), one.lesson, finding, finding.kind in SUSPECT)
        for one in record.submissions
        for finding in one.findings
    ]
    return tuple(sorted(found, key=lambda one: not one.suspect))
