"""Run the corpus as a class of learners, graded by nbgrader with the course's own settings."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from slopewise.build import FOLDERS, check_lessons
from slopewise.errors import CourseError
from slopewise.notebook.course import Course, Lesson
from slopewise.notebook.files import write_whole
from slopewise.scoring import Verdict
from slopewise.scoring.altered import altered_path
from slopewise.scoring.known_answers import (
    Answer,
    in_packs,
    known_answers_path,
    put_into,
    read_answers,
    read_told,
)


@dataclass(frozen=True)
class AnswerOutcome:
    """One known answer and what the grader made of it.

    Attributes:
        lesson: the lesson's name.
        answer: the answer.
        verdict: what it was given; None where its notebook was not graded.
        raised: the exception that its cell, or else its check, ended with, in a line; "" for none.
    """

    lesson: str
    answer: Answer
    verdict: Verdict | None
    raised: str = ""

    @property
    def as_it_should_be(self) -> bool:
        """Whether a right answer got full marks, or a wrong one lost points."""
        if self.verdict is None:
            return False
        return self.answer.right == (self.verdict.points >= self.verdict.maximum)

    @property
    def named(self) -> bool:
        """Whether a wrong answer was told its own message."""
        return self.verdict is not None and self.verdict.misconception == self.answer.name


@dataclass(frozen=True)
class ExerciseRow:
    """One exercise's line of the matrix.

    Attributes:
        lesson: the lesson's name.
        exercise: the exercise's name.
        outcomes: every known answer to it.
        told: what the tutor makes of each wrong one; "" for each where it has no tutor.
    """

    lesson: str
    exercise: str
    outcomes: tuple[AnswerOutcome, ...]
    told: tuple[str, ...] = ()

    def of_kind(self, *, right: bool) -> list[AnswerOutcome]:
        """Return the outcomes of the right, or of the wrong answers."""
        return [outcome for outcome in self.outcomes if outcome.answer.right == right]

    @property
    def accepted(self) -> int:
        """How many right answers got full marks."""
        return sum(outcome.as_it_should_be for outcome in self.of_kind(right=True))

    @property
    def caught(self) -> int:
        """How many wrong answers lost points."""
        return sum(outcome.as_it_should_be for outcome in self.of_kind(right=False))

    @property
    def named(self) -> int:
        """How many wrong answers were told their own message."""
        return sum(outcome.named for outcome in self.of_kind(right=False))

    @property
    def tutor(self) -> str:
        """How many wrong answers show on the visible probes, and how many of these it names."""
        if not any(self.told):
            return "none"
        silent, named = self.told.count("silent"), self.told.count("named")
        shown = len(self.told) - silent
        return f"{shown}/{len(self.told)} shown, {named} named"


@dataclass(frozen=True)
class Matrix:
    """What the grader made of the whole corpus.

    Attributes:
        rows: one for each exercise, in the order of the course.
    """

    rows: tuple[ExerciseRow, ...]

    @property
    def misses(self) -> list[AnswerOutcome]:
        """Right answers refused and wrong ones that got full marks."""
        return [one for row in self.rows for one in row.outcomes if not one.as_it_should_be]


def run_matrix(
    course: Course,
    names: Iterable[str] = (),
    *,
    progress: Callable[[str], None] = lambda line: None,
) -> Matrix:
    """Grade every known answer of the named lessons (all where none is named).

    An answer stands in its exercise's cell of the instructor's notebook; since exercises do not
    depend on one another, one submission carries one answer to each of them.

    Raises:
        CourseError: a lesson has no corpus, or is not built as it now is.
    """
    lessons = [course.lesson(name) for name in names] or list(course.lessons)
    demand_built(course, lessons)
    rows: list[ExerciseRow] = []
    with tempfile.TemporaryDirectory(prefix="slopewise-matrix-") as folder:
        root = Path(folder).resolve()
        _copy_course(course, root)
        for lesson in lessons:
            answers = read_answers(lesson)
            if not answers:
                raise CourseError(
                    f"answers/{lesson.name}.py: holds no known answers; write some, or name the "
                    "lessons that have some"
                )
            progress(f"{lesson.name}: grading {len(answers)} known answers")
            rows.extend(_grade(lesson, answers, root))
    return Matrix(tuple(rows))


def demand_built(course: Course, lessons: Iterable[Lesson]) -> None:
    """Make sure that what is graded is what the lessons and their answers now say.

    Raises:
        CourseError: with a line for each lesson that has to be built first.
    """
    problems = check_lessons(course, lessons)
    if problems:
        raise CourseError("\n".join(problems))


def _copy_course(course: Course, root: Path) -> None:
    for name in FOLDERS:
        shutil.copytree(course.root / name, root / name)
    course.copy_settings(root)
    for lesson in course.lessons:
        known = known_answers_path(lesson)
        for path in (known, altered_path(known)):
            if path.is_file():
                write_whole(root / "answers" / path.name, path.read_bytes())


def _grade(lesson: Lesson, answers: tuple[Answer, ...], root: Path) -> list[ExerciseRow]:
    from slopewise.nbgrader.runs import NbgraderCourse
    from slopewise.scoring.cell_outputs import exception_line
    from slopewise.scoring.record import read_verdicts

    source = nbformat.read(lesson.path_in("source"), as_version=4)
    packs = in_packs(answers)
    students = [f"answers-{number:03}" for number in range(len(packs))]
    for student, pack in zip(students, packs, strict=True):
        write_whole(
            _notebook(root, "submitted", student, lesson),
            nbformat.writes(put_into(source, pack)).encode(),
        )
    nbgrader = NbgraderCourse(root)
    nbgrader.generate(lesson.name)
    nbgrader.autograde(lesson.name)
    outcomes = []
    for student, pack in zip(students, packs, strict=True):
        path = _notebook(root, "autograded", student, lesson)
        graded: Any = nbformat.read(path, as_version=4) if path.is_file() else None
        verdicts = {one.exercise: one for one in read_verdicts(graded)} if graded else {}
        outputs = {cell.id: cell.get("outputs", ()) for cell in graded.cells} if graded else {}
        outcomes += [
            AnswerOutcome(
                lesson.name,
                one,
                verdicts.get(one.exercise),
                exception_line(outputs.get(one.exercise, ()))
                or exception_line(outputs.get(f"{one.exercise}-check", ())),
            )
            for one in pack
        ]
    told = read_told(known_answers_path(lesson))
    return [
        ExerciseRow(
            lesson.name,
            exercise.name,
            tuple(one for one in outcomes if one.answer.exercise == exercise.name),
            told.get(exercise.name, ()),
        )
        for exercise in lesson.exercises
    ]


def _notebook(root: Path, step: str, student: str, lesson: Lesson) -> Path:
    return root / step / student / lesson.name / f"{lesson.name}.ipynb"
