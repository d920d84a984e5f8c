"""Measure the hidden checks by mutants: what no probe tells from the solution has to be explained.

A mutant that keeps full marks is a question nobody asks. Either it differs from the solution for
some input that the contract allows, and then a probe is missing; or it does not, and then
`answers/equivalent-mutants.toml` says why:

.. code-block:: toml

    [[equivalent]]
    lesson = "05-learning-rate"
    exercise = "standardize"
    was = 'raise ValueError("all x are equal")'
    becomes = "raise ValueError(None)"
    why = "The contract names the type of the error, not its words."
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields

from slopewise.errors import CourseError
from slopewise.notebook.course import Course
from slopewise.scoring.known_answers import Answer

EXPLANATIONS = "equivalent-mutants.toml"


@dataclass(frozen=True)
class Mutant(Answer):
    """A wrong answer nobody wrote. What it was made from is its name and its message.

    Attributes:
        lesson: the lesson's name.
        was: the line of the solution that was changed.
        becomes: that line as it is now.
    """

    lesson: str
    was: str
    becomes: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells it from every other mutant, and outlives changes elsewhere in its cell."""
        return self.lesson, self.exercise, self.was, self.becomes


@dataclass(frozen=True)
class Explanation:
    """Why a mutant that survives is no mistake.

    Attributes:
        lesson: the lesson's name.
        exercise: the exercise's name.
        was: the line of the solution that was changed.
        becomes: that line as it is in the mutant.
        why: one sentence.
    """

    lesson: str
    exercise: str
    was: str
    becomes: str
    why: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """The key of the mutants it explains."""
        return self.lesson, self.exercise, self.was, self.becomes


@dataclass(frozen=True)
class MutantOutcome:
    """A mutant and what came of it.

    Attributes:
        mutant: the mutant.
        killed: whether it lost points.
        why: of a survivor, why it is equivalent to the solution; "" where nobody has said.
    """

    mutant: Mutant
    killed: bool
    why: str = ""

    @property
    def unexplained(self) -> bool:
        """Whether it survived and nobody has said why it may."""
        return not self.killed and not self.why


@dataclass(frozen=True)
class MutantRow:
    """One exercise's mutants.

    Attributes:
        lesson: the lesson's name.
        exercise: the exercise's name.
        outcomes: one for each mutant.
    """

    lesson: str
    exercise: str
    outcomes: tuple[MutantOutcome, ...]

    @property
    def killed(self) -> int:
        """How many lost points."""
        return sum(one.killed for one in self.outcomes)

    @property
    def survivors(self) -> list[MutantOutcome]:
        """Those that kept full marks."""
        return [one for one in self.outcomes if not one.killed]

    @property
    def equivalent(self) -> int:
        """How many survivors are explained."""
        return len(self.survivors) - self.unexplained

    @property
    def unexplained(self) -> int:
        """How many survivors are not explained."""
        return sum(one.unexplained for one in self.outcomes)


@dataclass(frozen=True)
class MutantMatrix:
    """What the hidden checks made of all mutants.

    Attributes:
        rows: one for each exercise, in the order of the course.
        stale: explanations of no survivor: the mutant is caught by now, or is not made any more.
    """

    rows: tuple[MutantRow, ...]
    stale: tuple[Explanation, ...]

    @property
    def unexplained(self) -> list[MutantOutcome]:
        """Survivors that ask for a probe or for an explanation."""
        return [one for row in self.rows for one in row.outcomes if one.unexplained]


def read_explanations(course: Course) -> tuple[Explanation, ...]:
    """Return the explanations in the order of their file; none where there is no file.

    Raises:
        CourseError: the file is no TOML, or an entry lacks a field, has another one, is there
            twice, or names no exercise of the course; says which.
    """
    path = course.root / "answers" / EXPLANATIONS
    if not path.is_file():
        return ()
    shown = f"answers/{EXPLANATIONS}"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise CourseError(f"{shown}: cannot be read ({error})") from None
    entries = content.pop("equivalent", [])
    if content or not isinstance(entries, list):
        raise CourseError(f"{shown}: holds only entries [[equivalent]]")
    exercises = {
        (lesson.name, exercise.name) for lesson in course.lessons for exercise in lesson.exercises
    }
    wanted = {field.name for field in fields(Explanation)}
    found: dict[tuple[str, str, str, str], Explanation] = {}
    for number, entry in enumerate(entries, start=1):
        here = f"{shown}, entry {number}"
        if not isinstance(entry, dict) or set(entry) != wanted:
            raise CourseError(f"{here}: needs {', '.join(sorted(wanted))}, and nothing else")
        if not all(isinstance(text, str) and text.strip() for text in entry.values()):
            raise CourseError(f"{here}: every field is a string, and none is empty")
        one = Explanation(**entry)
        if (one.lesson, one.exercise) not in exercises:
            raise CourseError(f"{here}: {one.lesson} has no exercise {one.exercise!r}")
        if one.key in found:
            raise CourseError(f"{here}: is there twice")
        found[one.key] = one
    return tuple(found.values())
