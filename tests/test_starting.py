"""`slopewise new`: a course that builds, releases, checks and grades at once, or nothing."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest

from slopewise.cli import main
from slopewise.nbgrader.runs import NbgraderCourse
from slopewise.notebook.course import CONFIGURATION, Course
from slopewise.starter import start_course
from tests.notebooks import REPOSITORY

LESSON = "01-first-lesson"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("new") / "our-first_course"
    assert main(["new", str(root)]) == 0
    assert main(["--course", str(root), "build"]) == 0
    return root


def test_it_is_called_as_its_folder(root: Path) -> None:
    assert Course(root).settings.title == "Our first course"
    assert 'course_id = "our-first-course"' in (root / CONFIGURATION).read_text()
    assert (root / "README.md").read_text().startswith("# Our first course\n")


def test_it_builds_checks_and_its_answers_are_graded_as_they_should_be(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course = ["--course", str(root)]
    assert main([*course, "build", "--check"]) == 0
    assert main([*course, "check", str(root / "solutions" / LESSON)]) == 0
    assert main([*course, "check", str(root / "release" / LESSON)]) == 1
    assert main([*course, "matrix", "--output", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "10 of 10 points" in said
    assert "0 of 10 points" in said
    assert "4 of 4 wrong answers caught, 4 of them told their own message" in said
    assert "restored" not in said, "the solution holds the questions rightly"


def test_it_releases_and_grades(root: Path) -> None:
    course = NbgraderCourse(root)
    course.generate(LESSON)
    for student, answer in (("ada", "sum(values) / len(values)"), ("bob", "sum(values)")):
        notebook = nbformat.read(root / "release" / LESSON / f"{LESSON}.ipynb", as_version=4)
        (cell,) = [cell for cell in notebook.cells if cell.id == "mean"]
        cell.source = f"def mean(values):\n    return {answer}"
        path = root / "submitted" / student / LESSON / f"{LESSON}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
    course.autograde(LESSON)
    assert {score.student: score.score for score in course.scores()} == {"ada": 10, "bob": 0}


def test_an_empty_folder_will_do_and_its_title_is_taken_as_it_is(tmp_path: Path) -> None:
    written = start_course(tmp_path, 'Maß & "Zahl", $5')
    assert {path.name for path in tmp_path.iterdir()} == {name.split("/")[0] for name in written}
    assert Course(tmp_path).settings.title == 'Maß & "Zahl", $5'


def test_nothing_is_written_by_halves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert main(["new", str(tmp_path)]) == 1
    assert main(["new", str(tmp_path / "a" / "b"), "--title", " "]) == 1
    assert main(["new", str(tmp_path / "mine.txt")]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == f"slopewise: {tmp_path}: is not empty; name a new folder for the course"
    assert lines[1] == "slopewise: --title ' ': is no title; write a few words on one line"
    assert "mine.txt: no course can be written there (" in lines[2]
    assert len(lines) == 3
    assert os.listdir(tmp_path) == ["mine.txt"]  # noqa: PTH208


def test_its_settings_are_this_courses_own(tmp_path: Path) -> None:
    start_course(tmp_path / "slopewise")
    own = (REPOSITORY / CONFIGURATION).read_text(encoding="utf-8")
    assert (tmp_path / "slopewise" / CONFIGURATION).read_text(encoding="utf-8") == own


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("x" * 300, "no course can be written there ("),
        ("two\nlines", "is no name for a folder"),
        ("not\udcffutf8", "is no name for a folder"),
    ],
)
def test_an_odd_name_is_one_line(
    name: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(tmp_path / name)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert words in line
    assert not list(tmp_path.iterdir())
