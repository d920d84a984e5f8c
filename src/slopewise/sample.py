"""A sample class: submissions drawn from the lessons and the corpus of known answers, by a seed."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import nbformat

from slopewise.notebook.cell_kinds import is_check
from slopewise.notebook.course import Course, Lesson
from slopewise.notebook.files import write_whole
from slopewise.notebook.regions import SOLUTION, without_marks
from slopewise.scoring.known_answers import Answer, read_answers

FIRST_DUE = datetime(2026, 2, 2, 22, 0, tzinfo=UTC)
"""When the first lesson is due; the others follow a week apart."""

COMPLETE, BLANK, HALF = "ada-complete", "ben-blank", "cora-half-done"
_NAMES = {
    COMPLETE: ("Ada", "Complete"),
    BLANK: ("Ben", "Blank"),
    HALF: ("Cora", "Half-Done"),
    "amina": ("Amina", "Diallo"),
    "bruno": ("Bruno", "Ferreira"),
    "chidi": ("Chidi", "Okafor"),
    "dilan": ("Dilan", "Aksoy"),
    "elif": ("Elif", "Yıldız"),
    "farah": ("Farah", "Haddad"),
    "goran": ("Goran", "Kovač"),
    "hanna": ("Hanna", "Lindqvist"),
    "ines": ("Inês", "Moreira"),
    "jonas": ("Jonas", "Weber"),
    "kenji": ("Kenji", "Mori"),
    "leila": ("Leila", "Rahimi"),
    "marek": ("Marek", "Nowak"),
    "nadia": ("Nadia", "Petrova"),
    "oskar": ("Oskar", "Berg"),
    "priya": ("Priya", "Nair"),
    "quinn": ("Quinn", "O’Hara"),
    "rosa": ("Rosa", "Jiménez"),
    "sami": ("Sami", "Virtanen"),
    "tove": ("Tove", "Dahl"),
    "yusuf": ("Yusuf", "Demir"),
}
CLASS = tuple(_NAMES)
_DRAWN = CLASS[3:]

LATE = ("yusuf", 2)
"""Who hands in a lesson thirty hours late, and which, from 0."""

EXTENDED = ("elif", 1, 3)
"""Who has more time for a lesson, which, and how many days; two of them are used."""

CHEATED = "hanna"
"""Who overwrites a check."""


@dataclass(frozen=True)
class Learner:
    """One learner of the sample class, as the draw made them.

    Attributes:
        id: as nbgrader knows them.
        skill: how likely an answer of theirs is right, from 0 to 1.
        stamina: how likely they are to try a later exercise at all, from 0 to 1.
        hours: how long before (or, negative, after) the due time they submit, about.
        careless: whether a check cell of theirs gets edited.
    """

    id: str
    skill: float
    stamina: float
    hours: float
    careless: bool


def due_date(course: Course, lesson: Lesson) -> datetime:
    """Return when a lesson is due in the sample class."""
    names = [one.name for one in course.lessons]
    return FIRST_DUE + timedelta(weeks=names.index(lesson.name))


def class_table() -> str:
    """Return the class as a table that `slopewise students` takes: the CSV's text."""
    rows = ["id,first_name,last_name,email,lms_user_id,section"]
    for number, (name, (first, last)) in enumerate(_NAMES.items(), start=1):
        section = "A" if number % 2 else "B"
        rows.append(f"{name},{first},{last},{name}@example.org,{4200 + number},{section}")
    return "\n".join(rows) + "\n"


def draw_class(seed: int = 1) -> tuple[Learner, ...]:
    """Return the learners that are drawn; the first three of `CLASS` are not."""
    chance = random.Random(seed)
    return tuple(
        Learner(
            name,
            skill=chance.betavariate(4, 1.8),
            stamina=chance.betavariate(6, 1.2),
            hours=chance.gauss(16, 12),
            careless=name == CHEATED,
        )
        for name in _DRAWN
    )


def write_submissions(course: Course, root: Path, *, seed: int = 1) -> int:
    """Write what every learner of `CLASS` submits below `root/submitted`; return how many files.

    Args:
        course: a built course with its corpus.
        root: the course folder that is graded.
        seed: decides everything that is drawn.
    """
    count = 0
    learners = draw_class(seed)
    for lesson in course.lessons:
        answers = read_answers(lesson)
        due = due_date(course, lesson)
        names = [exercise.name for exercise in lesson.exercises]
        fixed = {COMPLETE: set(names), BLANK: set(), HALF: set(names[: (len(names) + 1) // 2])}
        for student, exercises in fixed.items():
            _write(root, student, lesson, answered(lesson, exercises), due - timedelta(days=1))
            count += 1
        for learner in learners:
            # Each draw has a source of its own: a lesson more or less changes no other.
            chance = random.Random(f"{seed} {learner.id} {lesson.name}")
            place = (learner.id, course.lessons.index(lesson))
            busy = chance.random() > 0.75 + 0.25 * learner.stamina
            if busy and place not in (LATE, EXTENDED[:2]):
                continue
            notebook = filled_in(lesson, _draw_answers(lesson, answers, learner, chance))
            if learner.careless:
                _edit_a_check(notebook)
            handed_in = due - timedelta(hours=max(1.0, learner.hours + chance.gauss(0, 3)))
            if place == LATE:
                handed_in = due + timedelta(hours=30)
            elif place == EXTENDED[:2]:
                handed_in = due + timedelta(days=EXTENDED[2] - 1)
            _write(root, learner.id, lesson, notebook, handed_in)
            count += 1
    return count


def answered(lesson: Lesson, exercises: set[str]) -> Any:
    """Return the released notebook with the solutions of some exercises filled in."""
    found = _solutions(lesson)
    return filled_in(lesson, {name: found[name] for name in found if name in exercises})


def _solutions(lesson: Lesson) -> dict[str, str]:
    """What the course itself answers, by the answer's cell."""
    source = nbformat.read(lesson.path_in("source"), as_version=4)
    return {cell.id: without_marks(cell.source, SOLUTION) for cell in source.cells}


def filled_in(lesson: Lesson, answers: Mapping[str, str]) -> Any:
    """Return the released notebook with the given source in place of each named exercise."""
    notebook = nbformat.read(lesson.path_in("release"), as_version=4)
    for cell in notebook.cells:
        cell.source = answers.get(cell.id, cell.source)
    return notebook


def _draw_answers(
    lesson: Lesson, answers: Sequence[Answer], learner: Learner, chance: random.Random
) -> dict[str, str]:
    drawn = {}
    solutions = _solutions(lesson)
    for place, exercise in enumerate(lesson.exercises):
        if chance.random() > learner.stamina ** (0.15 * place):
            continue
        right = chance.random() < learner.skill ** (1 + exercise.points / 8)
        pool = [
            one.source for one in answers if one.exercise == exercise.name and one.right == right
        ]
        if not pool and right:  # a course need not have known answers
            pool = [solutions[exercise.name]]
        if not pool:
            continue
        # The corpus names the common mistakes first; a class makes few of them, often.
        weights = [1 / (rank + 1) ** 1.3 for rank in range(len(pool))]
        drawn[exercise.name] = chance.choices(pool, weights)[0]
    return drawn


def _edit_a_check(notebook: Any) -> None:
    """Do what a learner does who wants to see a check pass."""
    for cell in notebook.cells:
        if is_check(cell):
            cell.source = 'print("visible checks passed")'
            return


def _write(root: Path, student: str, lesson: Lesson, notebook: Any, when: datetime) -> None:
    folder = root / "submitted" / student / lesson.name
    write_whole(folder / f"{lesson.name}.ipynb", nbformat.writes(notebook).encode())
    write_whole(folder / "timestamp.txt", f"{when:%Y-%m-%d %H:%M:%S} UTC\n".encode())
