"""A lesson's data files lie beside its notebook on every path: built, checked, graded, released."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from slopewise import build
from slopewise.cli import main
from slopewise.errors import CourseError
from slopewise.matrix import run_matrix, run_mutants
from slopewise.notebook.course import Course
from slopewise.notebook.course_settings import SETTINGS
from slopewise.scoring.record import read_verdicts
from tests.execution.classroom import Classroom
from tests.tiny import NAME, make_course

LESSON = """\
# %% [markdown]
# # Ages
#
# *Aim: read a table.*
#
# **About 5 minutes.**

# %% exercise="mean_age"
import csv

def mean_age(path):
    ### BEGIN SOLUTION
    with open(path) as file:
        ages = [float(row["age"]) for row in csv.DictReader(file)]
    return sum(ages) / len(ages)
    ### END SOLUTION

# %% check="mean_age" points=3
### BEGIN HIDDEN TESTS
from slopewise import observe

observe(own=lambda: mean_age("tables/ages.csv"), shared=lambda: mean_age("others.csv"))
### END HIDDEN TESTS
assert mean_age("others.csv") > 1, "an average of ages is above 1"
"""
RIGHT = """\
import csv

def mean_age(path):
    ages = [float(row["age"]) for row in csv.DictReader(open(path))]
    return sum(ages) / len(ages)
"""
CORPUS = """
# %% right="mean_age" name="rows in a list"
'''Keeps the rows.'''
import csv

def mean_age(path):
    with open(path) as file:
        rows = list(csv.DictReader(file))
    return sum(float(row["age"]) for row in rows) / len(rows)

# %% wrong="mean_age" name="the sum"
'''The sum: divide it by how many there are.'''
import csv

def mean_age(path):
    return sum(float(row["age"]) for row in csv.DictReader(open(path)))
"""


def write_data(root: Path, ages: str) -> None:
    path = root / "notebooks" / NAME / "tables" / "ages.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(ages)


def built_with_data(root: Path) -> Path:
    """The course of one lesson whose exercise reads a file of its own and one of the course's."""
    course = make_course(root, n01_tiny=LESSON)
    (root / SETTINGS).write_text('data = ["shared/others.csv"]\n')
    (root / "shared").mkdir()
    (root / "shared" / "others.csv").write_text("age\n20\n40\n")
    write_data(root, "age\n1\n2\n6\n")
    (root / "answers").mkdir()
    course.lesson("01").answers_path.write_text(CORPUS)
    build.build(course)
    return root


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_with_data(tmp_path_factory.mktemp("data"))


def test_the_build_puts_them_beside_every_notebook(built: Path) -> None:
    for folder in build.FOLDERS:
        assert (built / folder / NAME / "tables" / "ages.csv").read_text() == "age\n1\n2\n6\n"
        assert (built / folder / NAME / "others.csv").is_file()


def test_check_and_autograde_run_with_them(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    room = Classroom(built, tmp_path)
    room.submit("ada", {"mean_age": RIGHT})
    (tmp_path / "submitted" / "ada" / NAME / "others.csv").write_text(
        "age\n3\n"
    )  # a version of hers
    room.course().autograde(NAME)
    path = tmp_path / "autograded" / "ada" / NAME / f"{NAME}.ipynb"
    (verdict,) = read_verdicts(nbformat.read(path, as_version=4))
    assert (verdict.points, verdict.maximum) == (3, 3)
    notebook = tmp_path / "submitted" / "ada" / NAME / f"{NAME}.ipynb"
    assert main(["--course", str(tmp_path), "check", str(notebook)]) == 0
    assert "3 of 3 points" in capsys.readouterr().out


def test_what_a_learner_has_beside_the_notebook_is_there_in_check_as_in_grading(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    room = Classroom(built, tmp_path)
    room.submit("ada", {"mean_age": "from averages import mean_age"})
    folder = tmp_path / "submitted" / "ada" / NAME
    (folder / "averages.py").write_text(RIGHT)
    (folder / "csv.py").write_text("")
    room.course().autograde(NAME)
    path = tmp_path / "autograded" / "ada" / NAME / f"{NAME}.ipynb"
    (verdict,) = read_verdicts(nbformat.read(path, as_version=4))
    assert verdict.points == 3
    assert main(["--course", str(tmp_path), "check", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "3 of 3 points" in said
    assert "'csv.py' would stand in for a library; it was left out" in said
    # In a folder that is no lesson's may lie anything: nothing of it comes along.
    elsewhere = folder.rename(tmp_path / "downloads")
    assert main(["--course", str(tmp_path), "check", str(elsewhere)]) == 1
    assert "0 of 3 points" in capsys.readouterr().out


def test_a_file_that_a_learner_may_hand_in_anew_is_there_for_the_lessons_own_solution(
    built: Path, tmp_path: Path
) -> None:
    own = f"c.Autograde.exclude_overwriting = {{'{NAME}': ['others.csv']}}"
    room = Classroom(built, tmp_path, own)
    folder = room.submit("ada", {"mean_age": RIGHT})
    (folder / "others.csv").write_text("age\n10\n50\n")  # of the same mean
    room.course().autograde(NAME)
    (verdict,) = read_verdicts(room.notebook("ada"))
    assert (verdict.points, verdict.maximum) == (3, 3)


def test_the_matrix_and_mutants_run_with_them(built: Path) -> None:
    course = Course.find(built)
    (row,) = run_matrix(course).rows
    assert (row.accepted, row.caught, row.named) == (1, 1, 1)
    (mutants,) = run_mutants(course).rows
    assert any(one.killed for one in mutants.outcomes)


def test_changed_data_make_a_lesson_stale_and_lost_ones_leave(tmp_path: Path) -> None:
    course = make_course(tmp_path, n01_tiny=LESSON.replace("others.csv", "tables/ages.csv"))
    (tmp_path / SETTINGS).unlink()
    write_data(tmp_path, "age\n1\n2\n")
    write_data_beside = tmp_path / "notebooks" / NAME / "notes.txt"
    write_data_beside.write_text("of no use\n")
    build.build(course)
    assert build.check(course) == []
    write_data_beside.unlink()
    assert build.check(course)
    build.build(course)
    assert build.check(course) == []
    assert not (tmp_path / "release" / NAME / "notes.txt").exists()


def test_a_file_of_a_type_that_is_not_allowed_is_told(tmp_path: Path) -> None:
    course = make_course(tmp_path, n01_tiny=LESSON)
    (tmp_path / "notebooks" / NAME).mkdir()
    (tmp_path / "notebooks" / NAME / "program.exe").write_bytes(b"MZ")
    (lesson,) = course.lessons
    with pytest.raises(CourseError, match=r"program\.exe: is of no type that is allowed"):
        lesson.data_files()


def test_a_folder_that_is_named_as_data_is_told_as_one(tmp_path: Path) -> None:
    course = make_course(tmp_path, n01_tiny=LESSON)
    (tmp_path / "data").mkdir()
    (tmp_path / SETTINGS).write_text('data = ["data"]\n')
    with pytest.raises(CourseError, match=r"^data: is a folder; course\.toml names files as data$"):
        course.lesson("01").data_files()
