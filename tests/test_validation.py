"""What Validate and Check my work say of a learner's notebook, which is really run."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from slopewise.lab.answer import Answer, Exercise, Told, headline_of_visible_checks
from slopewise.lab.work import check_work
from slopewise.notebook.course import Course
from slopewise.sample import answered
from tests.notebooks import REPOSITORY

FIRST = Course(REPOSITORY).lesson("01-manual-numpy")
CHANGES = {
    "forward": "def forward(x, w):\n    return w + x",
    "numerical_gradient": "def numerical_gradient(f, w, h=1e-4):\n    return f(w) / 0",
    "train": "def train(:\n    pass",
    "effective_learning_rate": "number = nowhere\n\ndef effective_learning_rate(rate, n): ...",
    "resumed": 'resumed = "b"',
}


def released(folder: Path, changes: dict[str, str]) -> Path:
    """Lay the released lesson out as a learner has it, with some exercises' cells changed."""
    shutil.copytree(FIRST.path_in("release").parent, folder)
    path = folder / f"{FIRST.name}.ipynb"
    notebook = nbformat.read(path, 4)
    for cell in notebook.cells:
        cell.source = changes.get(cell.get("id"), cell.source)
    nbformat.write(notebook, path)
    return path


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    path = released(tmp_path_factory.mktemp("validation") / "lesson", CHANGES)
    return check_work(path, None)


def by_name(answer: Answer) -> dict[str, Exercise]:
    return {one.name: one for one in answer.exercises}


def test_the_headline_counts_and_says_that_grading_asks_more(answer: Answer) -> None:
    told = "4 wrong, 2 not begun; the rest passes the visible checks – grading asks more."
    assert answer.headline == told
    assert [one.name for one in answer.exercises] == [one.name for one in FIRST.exercises]


def test_the_words_are_the_tutors_and_no_traceback_comes_with_them(answer: Answer) -> None:
    found = by_name(answer)
    assert found["forward"].message.startswith("Your function adds w to each x.\nRun `forward(")
    assert found["mse"].told is Told.NOT_BEGUN
    assert found["mse"].message == "Exercise `mse` is not solved yet: write it in the cell above."
    assert "ZeroDivisionError" in found["numerical_gradient"].message
    assert "return f(w) / 0" in found["numerical_gradient"].message
    for one in answer.exercises:
        assert "Traceback" not in one.message
        assert "\x1b" not in one.message


def test_a_cell_that_does_not_run_is_told_as_that(answer: Answer) -> None:
    found = by_name(answer)
    assert found["train"].message == "Its cell does not compile: invalid syntax (line 1)."
    told = found["effective_learning_rate"].message
    assert told.startswith("Its cell stops with NameError: name 'nowhere' is not defined")


def test_of_a_letter_only_grading_tells_what_it_is_worth(answer: Answer) -> None:
    letter = by_name(answer)["resumed"]
    assert letter.told is Told.PASSED
    assert "whether it is right, grading tells" in letter.message


def test_an_exercise_that_waits_for_another_is_not_called_wrong(tmp_path: Path) -> None:
    waits = "def gradient(x, y, y_pred):\n    return mse(x, y) + 1"
    found = check_work(released(tmp_path / "lesson", {"gradient": waits}), None)
    assert by_name(found)["gradient"].told is Told.WAITING
    assert found.headline == "1 waiting for another exercise, 6 not begun."


def test_changed_and_missing_checks_are_told(tmp_path: Path) -> None:
    path = released(tmp_path / "lesson", {"mse-check": "print('visible checks passed: mse')"})
    notebook = nbformat.read(path, 4)
    notebook.cells = [cell for cell in notebook.cells if cell.id != "forward-check"]
    nbformat.write(notebook, path)
    found = check_work(path, None)
    assert by_name(found)["forward"].told is Told.NOT_RUN
    assert "Its check is gone" in by_name(found)["forward"].message
    assert found.notes == ("The check of `mse` was changed; grading uses the course's own.",)


def test_where_the_course_is_its_verdict_is_given(tmp_path: Path) -> None:
    path = tmp_path / "mine.ipynb"
    solved = {one.name for one in FIRST.exercises} - {"resumed"}
    notebook: Any = answered(FIRST, solved)
    for cell in notebook.cells:
        if cell.id == "resumed":
            cell.source = 'resumed = "b"'
    nbformat.write(notebook, path)
    found = check_work(path, Course(REPOSITORY))
    assert found.headline == "18 of 20 points: 6 right, 1 wrong."
    assert by_name(found)["resumed"].told is Told.WRONG
    assert "memory in NumPy" in by_name(found)["resumed"].message


def test_what_is_no_lesson_has_its_own_checks_run_where_the_course_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")]), path)
    found = check_work(path, Course(REPOSITORY))
    assert found.exercises == ()
    assert "no exercises" in found.headline
    assert any("is none of the lessons" in note for note in found.notes)


@pytest.mark.parametrize("text", ["", "{", '{"nbformat": 4, "cells": [{"cell_type": "code"}]}'])
def test_a_damaged_notebook_ends_in_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "lesson.ipynb"
    path.write_text(text)
    done = subprocess.run(
        [sys.executable, "-m", "slopewise.lab.work", str(path)],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.strip().splitlines()[-1].startswith("lesson.ipynb: is ")


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        ([Told.PASSED] * 7, "All 7 pass the visible checks – grading asks more."),
        ([Told.PASSED], "It passes the visible checks – grading asks more."),
        ([Told.NOT_BEGUN] * 2, "2 not begun."),
        ([Told.WRONG, *[Told.NOT_BEGUN] * 6], "1 wrong, 6 not begun."),
        (
            [Told.PASSED, Told.NOT_RUN, Told.WRONG],
            "1 wrong, 1 not run; the rest passes the visible checks – grading asks more.",
        ),
    ],
)
def test_headlines(kinds: list[Told], told: str) -> None:
    exercises = [Exercise(f"exercise_{k}", kind) for k, kind in enumerate(kinds)]
    assert headline_of_visible_checks(exercises) == told


def test_nbgraders_own_validate_is_switched_off_where_ours_is() -> None:
    folder = REPOSITORY / "src/slopewise/lab/labextensions/slopewise-lab"
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    assert "@jupyter/nbgrader:validate-assignment" in package["jupyterlab"]["disabledExtensions"]
