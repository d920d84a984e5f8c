"""A course of one small lesson whose class has handed it in, through an exchange of its own."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import nbformat
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeFactory

from slopewise.build import build
from slopewise.environment import put_tools_on_path
from slopewise.nbgrader.runs import NbgraderCourse
from slopewise.notebook.course import Course
from slopewise.notebook.times import write_time
from tests.notebooks import read
from tests.tiny import TINY, make_course

LESSON = "01-tiny"
DUE = datetime(2031, 1, 15, 12)
RIGHT = "def half(x):\n    return x / 2"
WRONG = "def half(x):\n    return x"


def make_class(root: Path) -> Course:
    """Build the course, enter lesson and due date, release it; return the course."""
    root.mkdir(parents=True, exist_ok=True)
    course = make_course(root, n01_tiny=TINY)
    (root / "course.toml").write_text('title = "Halving"\n')  # and no torch
    put_tools_on_path()
    build(course)
    (root / "exchange").mkdir()
    graded = NbgraderCourse(root)
    graded.generate(LESSON)
    with closing(graded.gradebook()) as gradebook:
        gradebook.update_or_create_assignment(LESSON, duedate=DUE)
    config = graded.config.copy()
    config.CourseDirectory.assignment_id = LESSON
    coursedir = CourseDirectory(config=config)
    ExchangeFactory(config=config).ReleaseAssignment(coursedir=coursedir, config=config).start()
    return course


def hand_in(root: Path, answers: Mapping[str, str]) -> None:
    """Put work into the exchange: of each learner what is in the cell of the first exercise."""
    inbound = root / "exchange" / "slopewise" / "inbound"
    stamp = write_time(datetime.now(UTC))
    for learner, code in answers.items():
        notebook = read(root / "release" / LESSON / f"{LESSON}.ipynb")
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("grade_id") == "half":
                cell.source = code
        folder = inbound / f"{learner}+{LESSON}+{stamp}"
        folder.mkdir()
        nbformat.write(notebook, folder / f"{LESSON}.ipynb")
        (folder / "timestamp.txt").write_text(stamp)
        (folder / "submission_secret.txt").write_text(f"known to {learner} only")
