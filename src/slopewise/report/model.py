"""What is known of a class: plain data, read once, shown many ways."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from slopewise.nbgrader.exchange.attempts import Attempt
from slopewise.notebook.findings import Finding
from slopewise.scoring import State, Verdict


@dataclass(frozen=True)
class Learner:
    """A learner of the class.

    Attributes:
        id: as nbgrader knows them, or a number where names are withheld.
        name: first and last name, or "" where the gradebook has none.
        section: which part of the class they sit in, or "" where nothing says so.
    """

    id: str
    name: str = ""
    section: str = ""


@dataclass(frozen=True)
class ExerciseRecord:
    """An exercise as the gradebook knows it.

    Attributes:
        name: its name.
        points: what it is worth.
        text: what the learner is asked, as Markdown, or "" where it cannot be found.
    """

    name: str
    points: float
    text: str = ""


@dataclass(frozen=True)
class LessonRecord:
    """A lesson that is in the gradebook.

    Attributes:
        name: such as `01-manual-numpy`.
        title: its heading, or its name where the heading cannot be found.
        due: when it was due, in UTC, or None.
        exercises: in the order in which the learner meets them.
    """

    name: str
    title: str
    due: datetime | None
    exercises: tuple[ExerciseRecord, ...]

    @property
    def number(self) -> str:
        """The leading digits of the name, or else the name."""
        return self.name[:2] if self.name[:2].isdigit() else self.name

    @property
    def points(self) -> float:
        """What the lesson is worth."""
        return sum(exercise.points for exercise in self.exercises)


class Unjudged(StrEnum):
    """What is known of an answer that no verdict is about."""

    OPEN = "to be graded by hand"
    BY_HAND = "graded by hand"
    ASSERTED = "decided by its own asserts"
    NO_RECORD = "no record"


@dataclass(frozen=True)
class Answer:
    """What one learner has for one exercise.

    Attributes:
        exercise: its name.
        score: points in the gradebook, manual grading included.
        maximum: what the exercise is worth.
        verdict: what grading found, or None where there is none.
        unjudged: where there is none: what is known instead.
    """

    exercise: str
    score: float
    maximum: float
    verdict: Verdict | None
    unjudged: Unjudged = Unjudged.NO_RECORD

    @property
    def state(self) -> State | Unjudged:
        """The verdict's, or what is known instead."""
        return self.verdict.state if self.verdict else self.unjudged

    @property
    def open(self) -> bool:
        """Whether a person has yet to give its points."""
        return self.state is Unjudged.OPEN

    @property
    def share(self) -> float | None:
        """Points as a share of the maximum, 0 to 1 (more with extra credit).

        None where there are no points to be had, or none given yet.
        """
        return self.score / self.maximum if self.maximum > 0 and not self.open else None


@dataclass(frozen=True)
class Submission:
    """A graded submission.

    Attributes:
        learner: the learner's id.
        lesson: the lesson's name.
        submitted: when, in UTC, or None where that was not recorded.
        seconds_late: after the due date and any extension; 0 if in time.
        penalty: points taken off for lateness.
        answers: one an exercise, in the lesson's order.
        findings: what was out of order in it.
        recorded: whether grading left a record of its verdicts.
        feedback: the learner's page, where there is one.
    """

    learner: str
    lesson: str
    submitted: datetime | None
    seconds_late: float
    penalty: float
    answers: tuple[Answer, ...]
    findings: tuple[Finding, ...]
    recorded: bool
    feedback: Path | None = None

    @property
    def score(self) -> float:
        """The points that count: those earned, less the penalty, never below zero."""
        return max(0.0, sum(answer.score for answer in self.answers) - self.penalty)

    @property
    def open(self) -> float:
        """The points that a person has yet to give; the score is only what there is so far."""
        return sum(answer.maximum for answer in self.answers if answer.open)


@dataclass(frozen=True)
class NotGraded:
    """Something that was handed in and cannot be graded.

    Attributes:
        learner: whose folder it lies in; not always somebody of the class.
        lesson: the lesson's name.
        reason: why, in a few words.
    """

    learner: str
    lesson: str
    reason: str


@dataclass(frozen=True)
class ClassRecord:
    """All of it.

    Attributes:
        course: its name, else its id in nbgrader's settings.
        learners: everybody in the gradebook, in the order of their ids.
        lessons: every lesson in the gradebook, in order.
        absent: lessons of the course that are not in the gradebook, by name.
        submissions: those graded, by lesson and learner.
        waiting: (learner, lesson) pairs that were handed in but have no grade yet.
        not_graded: what was handed in and cannot be graded.
        attempts: every time that one of them handed in that the exchange still has, the earliest
            first.
        salt: text that only the gradebook's owner knows, for numbering learners.
    """

    course: str
    learners: tuple[Learner, ...]
    lessons: tuple[LessonRecord, ...]
    absent: tuple[str, ...]
    submissions: tuple[Submission, ...]
    waiting: tuple[tuple[str, str], ...]
    not_graded: tuple[NotGraded, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    salt: str = ""

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections of the class, in order; none where nobody is in one."""
        return tuple(sorted({one.section for one in self.learners if one.section}))

    @property
    def open(self) -> tuple[int, int]:
        """How many answers wait for a person's points, and in how many submissions."""
        waiting = [one for one in self.submissions if one.open]
        return sum(answer.open for one in waiting for answer in one.answers), len(waiting)

    def only(self, *, lesson: str = "", section: str = "") -> ClassRecord:
        """Return the part of it that one lesson or one section makes; "" takes all."""
        lessons = tuple(one for one in self.lessons if lesson in ("", one.name))
        learners = tuple(one for one in self.learners if section in ("", one.section))
        names = {one.name for one in lessons}
        ids = {one.id for one in learners}
        return replace(
            self,
            lessons=lessons,
            learners=learners,
            absent=() if lesson else self.absent,
            submissions=tuple(
                one for one in self.submissions if one.lesson in names and one.learner in ids
            ),
            waiting=tuple(
                (one, name) for one, name in self.waiting if one in ids and name in names
            ),
            not_graded=tuple(
                one
                for one in self.not_graded
                if one.lesson in names and (one.learner in ids or not section)
            ),
            attempts=tuple(
                one for one in self.attempts if one.lesson in names and one.learner in ids
            ),
        )

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], Submission]:
        return {(one.learner, one.lesson): one for one in self.submissions}

    def submission(self, learner: str, lesson: str) -> Submission | None:
        """Return what a learner handed in for a lesson, or None."""
        return self._by_place.get((learner, lesson))

    def submissions_of(self, lesson: str) -> tuple[Submission, ...]:
        """Return the graded submissions of a lesson."""
        return tuple(one for one in self.submissions if one.lesson == lesson)

    def missing(self, lesson: str) -> tuple[str, ...]:
        """Return the ids of those who have handed nothing in for a lesson."""
        there = {one.learner for one in self.submissions if one.lesson == lesson}
        there |= {learner for learner, waits_for in self.waiting if waits_for == lesson}
        return tuple(learner.id for learner in self.learners if learner.id not in there)

    def label(self, learner: str) -> str:
        """Return a learner's name and id as a person would write them."""
        name = self._names.get(learner, "")
        return f"{name} ({learner})" if name else learner

    def short_label(self, learner: str) -> str:
        """Return the name alone where it tells who is meant, else the name and the id."""
        name = self._names.get(learner, "")
        return name if name and self._shared[name] == 1 else self.label(learner)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {one.id: one.name for one in self.learners}

    @cached_property
    def _shared(self) -> Counter[str]:
        # A name that is somebody else's id would point to the wrong one, too.
        return Counter([*self._names.values(), *self._names])
