"""`slopewise check`, as a self-learner uses it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat
import pytest

from slopewise.checking import find_notebooks
from slopewise.cli import main
from slopewise.notebook.course import Course
from slopewise.sample import answered
from tests.notebooks import REPOSITORY


def check(*arguments: str | Path) -> int:
    return main(["--course", str(REPOSITORY), "check", *map(str, arguments)])


def write(path: Path, notebook: object) -> Path:
    nbformat.write(notebook, path)
    return path


def test_full_marks_exit_with_zero(
    course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lesson = course.lesson("03")
    every = {exercise.name for exercise in lesson.exercises}
    path = write(tmp_path / "any-name.ipynb", answered(lesson, every))
    assert check(path) == 0
    said = capsys.readouterr().out
    assert "any-name.ipynb: 20 of 20 points  (03-w-squared, " in said
    assert said.count("✓") == len(every)


def test_verdicts_come_as_json(
    course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lesson = course.lesson("03")
    notebook = answered(lesson, {"descend"})
    for cell in notebook.cells:
        if cell.id == "closed_form":
            cell.source = (
                "def closed_form(w0, learning_rate, k):\n    return (1 - learning_rate) ** k * w0"
            )
    path = write(tmp_path / "mine.ipynb", notebook)
    assert check("--json", path) == 1
    (report,) = json.loads(capsys.readouterr().out)
    exercises = {item["exercise"]: item for item in report["exercises"]}
    assert report["lesson"] == "03-w-squared"
    assert exercises["descend"]["state"] == "right"
    assert exercises["regime"]["state"] == "not attempted"
    assert exercises["closed_form"]["points"] < exercises["closed_form"]["maximum"]
    assert exercises["closed_form"]["misconception"]
    assert report["points"] == pytest.approx(
        exercises["descend"]["maximum"] + exercises["closed_form"]["points"]
    )


def test_a_folder_stands_for_its_notebooks(
    course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("01", "03"):
        shutil.copy(course.lesson(name).path_in("release"), tmp_path)
    assert check(tmp_path) == 1
    said = capsys.readouterr().out
    assert "01-manual-numpy.ipynb: 0 of 20 points" in said
    assert "03-w-squared.ipynb: 0 of 20 points" in said


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "is empty"),
        (b"not json", "is damaged, or not a notebook"),
        (
            b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}',
            "none of the lessons",
        ),
    ],
)
def test_what_is_no_lesson_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, complaint: str
) -> None:
    path = tmp_path / "strange.ipynb"
    path.write_bytes(content)
    assert check(path) == 1
    said = capsys.readouterr()
    assert complaint in said.err
    assert said.err.count("\n") == 1
    assert said.err.startswith("slopewise: strange.ipynb: ")


def test_a_path_that_is_not_there_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(tmp_path / "gone.ipynb") == 1
    assert capsys.readouterr().err.endswith("there is no such file\n")
    (tmp_path / "empty").mkdir()
    assert check(tmp_path / "empty") == 1
    assert capsys.readouterr().err.endswith("holds no notebook (.ipynb)\n")


def test_a_folder_of_lessons_stands_for_the_lessons_in_their_folders(tmp_path: Path) -> None:
    names = ("01-manual-numpy/01-manual-numpy.ipynb", "02-autograd/02-autograd (1).ipynb")
    others = ("old-copies/01-manual-numpy.ipynb", "01-manual-numpy/feedback/then/a.ipynb")
    for name in (*names, *others):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}")
    assert find_notebooks([tmp_path]) == [tmp_path / name for name in names]


def test_answers_elsewhere_in_a_stripped_notebook(
    course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As Colab hands it back, with a check copied above, an answer below, a typing error."""
    lesson = course.lesson("03")
    notebook = json.loads(
        nbformat.writes(answered(lesson, {exercise.name for exercise in lesson.exercises}))
    )
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    stub = {
        cell["id"]: cell["source"]
        for cell in json.loads(lesson.path_in("release").read_text(encoding="utf-8"))["cells"]
    }
    at = notebook["cells"].index(cells["regime"])
    notebook["cells"].insert(at, dict(cells["regime-check"]))
    below = {"cell_type": "code", "source": cells["descend"]["source"], "metadata": {}}
    cells["descend"]["source"] = stub["descend"]
    notebook["cells"].append(below)
    cells["closed_form"]["source"] = "def closed_form(w0, learning_rate, k)\n    return 1"
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"] = {}
    path = tmp_path / "Untitled.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert check("--json", path) == 1
    (report,) = json.loads(capsys.readouterr().out)
    assert report["lesson"] == "03-w-squared"
    exercises = {item["exercise"]: item for item in report["exercises"]}
    wrong = [name for name, item in exercises.items() if item["state"] != "right"]
    assert wrong == ["closed_form"]
    assert exercises["closed_form"]["message"].startswith(
        "The exercise's cell does not compile: line 1: "
    )
    assert "NameError" not in exercises["closed_form"]["message"]


def test_a_files_name_is_shown_and_does_nothing_to_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "\x1b[2J\x07.ipynb"
    path.write_text("no notebook")
    assert check(path) == 1
    said = capsys.readouterr().err
    assert "\\x1b[2J\\x07.ipynb" in said
    assert "\x1b" not in said
