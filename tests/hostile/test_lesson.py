"""Some of the attacks on a real lesson, with its own known answers, instead of a small one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat
import pytest

from slopewise.nbgrader.runs import NbgraderCourse
from slopewise.notebook.course import CONFIGURATION, Course
from slopewise.notebook.findings import Kind
from slopewise.sample import answered
from slopewise.scoring import State
from slopewise.scoring.record import read_verdicts, record_of
from tests.hostile.lesson import LIMITS
from tests.notebooks import REPOSITORY

LESSON = "02-autograd"
PATCHES = """
import torch, builtins
for name in ("allclose", "isclose", "equal"):
    setattr(torch, name, lambda *a, **k: True)
torch.Tensor.__eq__ = lambda self, other: torch.tensor(True)
torch.Tensor.backward = lambda self, *a, **k: None
torch.Tensor.grad = property(lambda self: torch.zeros_like(self), lambda self, value: None)
"""
ENDS = "import os; os._exit(0)"


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> NbgraderCourse:
    root = tmp_path_factory.mktemp("lesson")
    for name in ("source", "release", "solutions"):
        shutil.copytree(REPOSITORY / name / LESSON, root / name / LESSON)
    shutil.copytree(REPOSITORY / "answers", root / "answers")
    patient = LIMITS.replace("cell_seconds = 6", "cell_seconds = 20").replace("= 36", "= 120")
    Course(REPOSITORY).copy_settings(root)
    with (root / CONFIGURATION).open("a", encoding="utf-8") as file:
        file.write(patient)
    lesson = Course.find(REPOSITORY).lesson(LESSON)
    exercises = {exercise.name for exercise in lesson.exercises}
    for student in ("aa-full", "ends", "patches", "tags", "zz-blank"):
        notebook = answered(lesson, exercises if student != "zz-blank" else set())
        if student == "ends":
            notebook.cells.insert(1, nbformat.v4.new_code_cell(ENDS))
        if student in ("patches", "tags"):
            notebook = answered(lesson, set())
        if student == "patches":
            notebook.cells.insert(1, nbformat.v4.new_code_cell(PATCHES))
        if student == "tags":
            for cell in notebook.cells:
                cell.metadata.tags = ["skip-execution"]
        folder = root / "submitted" / student / LESSON
        folder.mkdir(parents=True)
        text = json.dumps(notebook)
        (folder / f"{LESSON}.ipynb").write_text(text, encoding="utf-8")
    course = NbgraderCourse(root)
    course.generate(LESSON)
    course.autograde(LESSON)
    return course


def notebook_of(course: NbgraderCourse, student: str) -> Path:
    return course.root / "autograded" / student / LESSON / f"{LESSON}.ipynb"


def test_scores(graded: NbgraderCourse) -> None:
    scores = {score.student: score.score for score in graded.scores()}
    assert scores == {"aa-full": 20, "ends": 0, "patches": 0, "tags": 0, "zz-blank": 0}


def test_what_is_told(graded: NbgraderCourse) -> None:
    states = {}
    for student in ("ends", "patches", "tags"):
        notebook = nbformat.read(notebook_of(graded, student), as_version=4)
        states[student] = {verdict.state for verdict in read_verdicts(notebook)}
        kinds = {finding.kind for finding in record_of(notebook).findings}
        assert (Kind.TAG in kinds) == (student == "tags")
    assert states["ends"] == {State.NOT_RUN}
    assert State.RIGHT not in states["patches"] | states["tags"]
