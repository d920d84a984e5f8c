"""A lesson from the start again, and solutions for those who ask where the course shows them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from slopewise.cli import main
from slopewise.lab.desk import learners_path
from slopewise.notebook.course import Course
from tests.notebooks import REPOSITORY

FIRST = "01-manual-numpy"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    for name in ("notebooks", "release", "source"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    shutil.copy(REPOSITORY / "nbgrader_config.py", tmp_path)
    return Course(tmp_path)


def run(course: Course, *words: str) -> int:
    return main(["--course", str(course.root), *words])


def test_a_lesson_begins_again_and_the_old_copy_is_kept(
    own: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    lesson = own.lesson(FIRST)
    copy = learners_path(lesson)
    assert run(own, "again", "1") == 0
    assert capsys.readouterr().out == f"{FIRST}: as it was released\n"
    copy.write_text("my work")
    assert run(own, "again", "1") == 0
    assert copy.read_bytes() == lesson.path_in("release").read_bytes()
    told = capsys.readouterr().out.splitlines()[1]
    kept = own.root / told.removeprefix("your copy is kept: ")
    assert kept.read_text() == "my work"
    assert kept.parent == own.root / "my-lessons" / "old-copies"
    assert (copy.parent / f"{FIRST}.tutor.json").is_file()


def allow(course: Course) -> None:
    path = course.root / "nbgrader_config.py"
    path.write_text(path.read_text() + "\nc.SlopewiseLearners.solutions = True\n")


def test_solutions_are_off_by_default(own: Course, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(own, "solution", "1", "gradient") == 1
    told = capsys.readouterr()
    assert "this course shows no solutions" in told.err
    assert told.out == ""


def test_a_solution_is_shown_to_who_asks_but_never_on_a_server(
    own: Course, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    allow(own)
    assert run(own, "solution", "1", "gradient") == 0
    shown = capsys.readouterr().out
    assert "return float(np.mean(2 * x * (y_pred - y)))" in shown
    assert "SOLUTION" not in shown
    assert run(own, "solution", "1", "nothing") == 1
    assert "has no exercise nothing; there are forward, mse" in capsys.readouterr().err
    monkeypatch.setenv("JUPYTERHUB_USER", "amina")
    assert run(own, "solution", "1", "gradient") == 1
    assert "not shown on a class's server" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("c.SlopewiseLearners.solutions = 'yes'", "'solutions' trait"),
        ("c = (", "cannot be read"),
    ],
)
def test_a_configuration_that_makes_no_sense_is_told_in_a_line(
    own: Course, capsys: pytest.CaptureFixture[str], line: str, told: str
) -> None:
    path = own.root / "nbgrader_config.py"
    path.write_text(f"{path.read_text()}\n{line}\n")
    assert run(own, "solution", "1", "gradient") == 1
    (said,) = capsys.readouterr().err.splitlines()
    assert "nbgrader_config.py" in said
    assert told in said
