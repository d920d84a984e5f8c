"""The course of docs/statistics.md: built, checked, graded, told, reported and exported."""

from __future__ import annotations

import csv
import shutil
from contextlib import closing
from pathlib import Path

import nbformat
import pytest

from slopewise.cli import main
from slopewise.nbgrader.pages.results import read_open, read_total
from slopewise.nbgrader.runs import NbgraderCourse
from slopewise.notebook.course import Course
from slopewise.scoring.known_answers import read_answers
from slopewise.scoring.record import read_record
from slopewise.starter import start_course
from tests.notebooks import REPOSITORY

EXAMPLE = REPOSITORY / "docs" / "examples" / "statistics"
PAGE = (REPOSITORY / "docs" / "statistics.md").read_text(encoding="utf-8")
FIRST, SECOND = "01-typical", "02-together"
MISTAKES = {
    FIRST: {"pulled": "the median moves", "typical_day": "missing as zero"},
    SECOND: {"standardised": "brackets", "at_fifteen": "the mean"},
}
WORDS = "The median, for it is what a guest will meet."


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course as the page makes it, and a class of three that is graded."""
    root = tmp_path_factory.mktemp("author") / "statistics"
    start_course(root, "Introductory statistics")
    for folder in ("notebooks", "answers"):
        (root / folder / "01-first-lesson.py").unlink()
    shutil.copytree(EXAMPLE, root, dirs_exist_ok=True)
    assert main(["--course", str(root), "build"]) == 0
    course = Course(root)
    graded = NbgraderCourse(root)
    for lesson in course.lessons:
        source = nbformat.read(lesson.path_in("source"), as_version=4)
        right = {cell.id: cell.source for cell in source.cells}
        wrong = {
            answer.exercise: answer.source
            for answer in read_answers(lesson)
            if MISTAKES[lesson.name].get(answer.exercise) == answer.name
        }
        assert wrong.keys() == MISTAKES[lesson.name].keys()
        (words,) = (exercise.name for exercise in lesson.by_hand)
        hand_in(root, lesson.name, "ada", {**right, words: WORDS})
        hand_in(root, lesson.name, "bob", {**wrong, words: "It is."})
        hand_in(root, lesson.name, "cleo", {})
        graded.generate(lesson.name)
        graded.autograde(lesson.name)
    return root


def hand_in(root: Path, lesson: str, student: str, answers: dict[str, str]) -> None:
    """Hand in the released lesson with some answers in their places."""
    notebook = nbformat.read(root / "release" / lesson / f"{lesson}.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution") and cell.id in answers:
            cell.source = answers[cell.id]
    path = root / "submitted" / student / lesson / f"{lesson}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)
    (path.parent / "timestamp.txt").write_text("2026-01-15 12:00:00 UTC\n")


def test_the_solutions_check_as_the_page_says(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--course", str(root), "build", "--check"]) == 0
    capsys.readouterr()
    for lesson in (FIRST, SECOND):
        assert main(["--course", str(root), "check", str(root / "solutions" / lesson)]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].startswith(f"{lesson}.ipynb: 7 of 7 points  ({lesson}, ")
        if lesson == FIRST:
            for line in (line for line in lines[1:] if "hidden questions" not in line):
                assert line in PAGE


def test_a_class_is_graded_and_mistakes_are_told_by_name(root: Path) -> None:
    scores = {
        (score.student, score.assignment): score.score for score in NbgraderCourse(root).scores()
    }
    assert scores["ada", FIRST] == scores["ada", SECOND] == 7
    assert 0 < scores["bob", FIRST] < 5  # without the missing numbers it is the median
    assert scores["bob", SECOND] == scores["cleo", FIRST] == scores["cleo", SECOND] == 0
    for lesson, mistakes in MISTAKES.items():
        record = read_record(root / "autograded" / "bob" / lesson / f"{lesson}.ipynb")
        told = {verdict.exercise: verdict.misconception for verdict in record.verdicts or ()}
        assert told == mistakes


def test_feedback_report_and_exports_know_what_is_open(root: Path) -> None:
    course = NbgraderCourse(root)
    with closing(course.gradebook()) as gradebook:
        for student, points in (("ada", 2.5), ("bob", 1)):
            grade = gradebook.find_grade("honest", FIRST, FIRST, student)
            grade.manual_score, grade.needs_manual_grade = points, False
        comment = gradebook.find_comment("honest", FIRST, FIRST, "ada")
        comment.manual_comment = "And the landlord?"
        gradebook.db.commit()
    for lesson in (FIRST, SECOND):
        course.feedback(lesson)
    page = (root / "feedback" / "ada" / FIRST / f"{FIRST}.html").read_text(encoding="utf-8")
    assert (read_total(page), read_open(page)) == ((9.5, 10.0), 0.0)
    assert "And the landlord?" in page
    page = (root / "feedback" / "ada" / SECOND / f"{SECOND}.html").read_text(encoding="utf-8")
    assert (read_total(page), read_open(page)) == ((7.0, 10.0), 3.0)

    assert main(["--course", str(root), "report"]) == 0
    report = (root / "report" / "report.html").read_text(encoding="utf-8")
    assert "missing as zero" in report
    assert "2 answers wait for you" in report

    path = root / "canvas.csv"
    assert main(["--course", str(root), "export", "canvas", "--to", str(path)]) == 0
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    assert rows[0][-2:] == [FIRST, SECOND]
    grades = {row[0]: row[-2:] for row in rows[2:]}
    assert grades["ada"] == ["9.5", ""]
    assert grades["bob"][1] == ""
    assert grades["cleo"] == ["0", "0"]  # everything was left as it was released
