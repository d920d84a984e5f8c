"""A class small enough to be graded several times in a test."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Grade, Gradebook, GradeCell, SubmittedAssignment, SubmittedNotebook

from slopewise.nbgrader.runs import NbgraderCourse
from slopewise.notebook.course import CONFIGURATION, Course
from tests.notebooks import REPOSITORY, read
from tests.server.postgres import Database

LESSONS = ("01-tiny", "02-other")
EXAMPLES = REPOSITORY / "docs" / "examples"
LEARNERS = ("amina", "bruno", "chidi", "dilan", "elif", "farah", "goran", "hanna")

RIGHT = "def half(x):\n    return x / 2"
PARTLY = "def half(x):\n    return min(x / 2, 10.0)"
WRONG = "def half(x):\n    return x"
# For each learner an answer to `half` and one to `which`; "" leaves the cell as it was released.
ANSWERS = {
    "amina": (RIGHT, 'which = "b"'),
    "bruno": (PARTLY, 'which = "b"'),
    "chidi": (WRONG, 'which = "b"'),
    "dilan": ("", 'which = "b"'),
    "elif": (RIGHT, 'which = "a"'),
    "farah": (PARTLY, ""),
    "goran": ("", ""),
    "hanna": (RIGHT, ""),
}
SCORES = dict(zip(LEARNERS, (20.0, 14.0, 8.0, 8.0, 12.0, 6.0, 0.0, 12.0), strict=True))

CellScores = dict[tuple[str, str, str], float]


def hand_in(course: Course) -> None:
    """Put what each learner hands in into `submitted/`, for both lessons."""
    for lesson in course.lessons:
        for learner, (half, which) in ANSWERS.items():
            notebook = read(lesson.path_in("release"))
            for cell in notebook.cells:
                answer = {"half": half, "which": which}.get(cell.id)
                if answer:
                    cell.source = answer
            folder = course.root / "submitted" / learner / lesson.name
            folder.mkdir(parents=True)
            nbformat.write(notebook, folder / f"{lesson.name}.ipynb")


def use_example(root: Path) -> None:
    """Put the graders' settings that the documentation shows into the course's folder."""
    shutil.copy(EXAMPLES / "nbgrader_config.py", root / CONFIGURATION)


class Grader:
    """Somebody who types `nbgrader …` in the course's folder."""

    def __init__(self, root: Path, database: Database, *words: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "nbgrader", *words],
            cwd=root,
            env={**os.environ, **database.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait(self) -> tuple[int, str]:
        """Wait until the run is over; return its exit status and what it said."""
        said, _ = self._process.communicate()
        return self._process.returncode, said

    def finish(self) -> str:
        """Wait until the run is over; return what it said. It must have succeeded."""
        status, said = self.wait()
        assert status == 0, said
        return said


def scores(root: Path) -> dict[tuple[str, str], float]:
    """Every score by lesson and learner."""
    return {(one.assignment, one.student): one.score for one in NbgraderCourse(root).scores()}


def cell_scores(root: Path) -> CellScores:
    """Every automatic score by lesson, learner and cell: one row for each, none twice."""
    with closing(NbgraderCourse(root).gradebook()) as gradebook:
        rows = _rows(gradebook)
    found = {(lesson, learner, cell): score for lesson, learner, cell, score in rows}
    assert len(found) == len(rows)
    return found


def _rows(gradebook: Gradebook) -> list[Any]:
    rows = (
        gradebook.db.query(Grade, GradeCell.name)
        .join(GradeCell, GradeCell.id == Grade.cell_id)
        .join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
    )
    return [
        (grade.assignment.name, grade.student.id, cell, grade.auto_score) for grade, cell in rows
    ]


def verdicts(root: Path) -> dict[str, Any]:
    """What the graded notebooks say: the verdicts of each, by its path."""
    return {
        str(path.relative_to(root)): json.loads(path.read_text())["metadata"]["slopewise"]
        for path in sorted(root.glob("autograded/*/*/*.ipynb"))
    }


def enter_class(root: Path, database: Database) -> None:
    """Enter the class list, as docs/jupyterhub.md tells."""
    lines = ["id,first_name,last_name,email"]
    lines += [f"{one},{one.title()},Example,{one}@example.org" for one in LEARNERS]
    (root / "students.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    Grader(root, database, "db", "student", "import", "students.csv").finish()


def generate(root: Path, lessons: Sequence[str] = LESSONS) -> None:
    """Record the lessons in the gradebook, as an instructor does once."""
    for lesson in lessons:
        NbgraderCourse(root).generate(lesson)
