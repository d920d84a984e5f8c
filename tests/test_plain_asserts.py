"""An assignment made for stock nbgrader, whose checks are asserts: graded as stock grades it."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook

from slopewise.cli import main
from slopewise.nbgrader.runs import NbgraderCourse
from slopewise.scoring.record import read_record
from tests.execution.classroom import Lines

NAME = "ps1"
STOCK = 'c = get_config()\nc.CourseDirectory.course_id = "stock"\n'
OURS = """\
from slopewise.nbgrader import configure

c = get_config()
c.CourseDirectory.course_id = "ours"
configure(c, __file__)
"""


def graded(kind: str, grade_id: str, source: str, points: float | None = None) -> Any:
    """A cell as nbgrader's Create Assignment makes it."""
    roles = {
        "answer": {"grade": False, "solution": True, "locked": False, "task": False},
        "tests": {"grade": True, "solution": False, "locked": True, "task": False},
        "manual": {"grade": True, "solution": True, "locked": False, "task": False},
        "task": {"grade": False, "solution": False, "locked": True, "task": True},
    }
    make = new_markdown_cell if kind in ("manual", "task") else new_code_cell
    metadata = {"grade_id": grade_id, "schema_version": 3, **roles[kind]}
    if points is not None:
        metadata["points"] = points
    return make(source, metadata={"nbgrader": metadata})


CELLS = [
    new_markdown_cell("# Problem set 1"),
    new_code_cell("import sys\nfactor = 2"),
    graded(
        "answer",
        "cell-4f3a",  # no name of anything in it
        "def squares(n):\n    ### BEGIN SOLUTION\n    return [i * i for i in range(1, n + 1)]\n"
        "    ### END SOLUTION",
    ),
    graded(
        "tests",
        "test_squares",
        "assert squares(2) == [1, 4]\n### BEGIN HIDDEN TESTS\n"
        "assert squares(1) == [1]\nassert squares(4)[factor] == 9, 'SECRET of four'\n"
        "### END HIDDEN TESTS",
        2,
    ),
    graded(
        "tests",
        "partial",
        "### BEGIN HIDDEN TESTS\nfound = sum(squares(n) == [i * i for i in range(1, n + 1)]\n"
        "    for n in (0, 1, 2, 3))\nfound / 4 * 3\n### END HIDDEN TESTS",
        3,
    ),
    graded("tests", "later", "assert found >= 2  # what the check above has left behind", 1),
    graded("answer", "named", "### BEGIN SOLUTION\nnamed = 'x'\n### END SOLUTION"),
    graded("tests", "silent", "assert named == 'x'\nprint('well done')", 1.5),
    graded("manual", "explain", "Because.", 4),
    graded("task", "look", "Draw something above.", 2),
]
SQUARES = "def squares(n):\n    return [i * i for i in range(1, n + 1)]"
ANSWERS = {
    "right": {"cell-4f3a": SQUARES, "named": "named = 'x'", "explain": "So it is."},
    "wrong": {"cell-4f3a": "def squares(n):\n    return n * n", "named": "named = 'y'"},
    "partial": {"cell-4f3a": "def squares(n):\n    return [1, 4][:n]", "named": "named = 'x'"},
    "raises": {"cell-4f3a": "def squares(n):\n    return 1 / 0", "named": "named = 'x'"},
    "talks": {
        "cell-4f3a": SQUARES.replace("    return", "    print('!', file=sys.stderr)\n    return")
    },
    "untouched": {},
    # What stock loses whole, or raises on.
    "stopped": {"cell-4f3a": "import os\nos._exit(1)"},
    "at_once": {"cell-4f3a": "def squares(n):\n    import os\n    os._exit(0)"},
}
LOST = ("stopped", "at_once")


def course(root: Path, configuration: str) -> Path:
    """A course with the assignment, and its release."""
    (root / "source" / NAME).mkdir(parents=True)
    (root / "nbgrader_config.py").write_text(configuration)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {
        # Without ids, as the nbgrader of some years ago made them.
        "cells": [{key: cell[key] for key in cell if key != "id"} for cell in CELLS],
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    (root / "source" / NAME / f"{NAME}.ipynb").write_text(json.dumps(notebook))
    return root


def hand_in(root: Path, release: Path, *students: str) -> None:
    for student in students or ANSWERS:
        answers = ANSWERS[student]
        notebook = nbformat.read(release, as_version=4)
        for cell in notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            cell.source = answers.get(name, cell.source)
        path = root / "submitted" / student / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)


def scores(root: Path) -> dict[tuple[str, str], tuple[float | None, bool]]:
    """Every graded cell of every learner: the automatic score, and whether a person is asked."""
    with closing(Gradebook(f"sqlite:///{root}/gradebook.db")) as gradebook:
        return {
            (student, grade.name): (grade.auto_score, grade.needs_manual_grade)
            for student in ANSWERS
            for grade in gradebook.find_submission_notebook(NAME, NAME, student).grades
        }


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = course(tmp_path_factory.mktemp("asserts") / "ours", OURS)
    mine = NbgraderCourse(root)
    mine.generate(NAME)
    hand_in(root, root / "release" / NAME / f"{NAME}.ipynb")
    mine.autograde(NAME)
    return root


def test_scores_are_those_of_stock_nbgrader(ours: Path) -> None:
    stock = course(ours.parent / "stock", STOCK)
    environment = {**os.environ, "PYTHONWARNINGS": "ignore", "JUPYTER_CONFIG_DIR": str(stock)}
    nbgrader = [sys.executable, "-m", "nbgrader"]
    subprocess.run(
        [*nbgrader, "generate_assignment", NAME],
        cwd=stock,
        env=environment,
        check=True,
        capture_output=True,
    )
    hand_in(stock, stock / "release" / NAME / f"{NAME}.ipynb")
    subprocess.run(  # fails: it loses the submission whose process ends
        [*nbgrader, "autograde", NAME],
        cwd=stock,
        env=environment,
        check=False,
        capture_output=True,
    )
    wanted, found = scores(stock), scores(ours)
    both = {key for key in wanted if key[0] not in LOST}
    assert len(both) == 6 * 6
    assert {key: found[key] for key in both} == {key: wanted[key] for key in both}
    assert [found["partial", name][0] for name in ("test_squares", "partial", "later")] == [
        0.0,
        2.25,
        1.0,
    ]
    # Nobody passes by not letting the check run.
    checks = ("test_squares", "partial", "later", "silent")
    assert {found[student, check] for student in LOST for check in checks} == {(0.0, False)}


def test_a_solution_that_fails_is_told_and_the_class_is_graded(tmp_path: Path) -> None:
    root = course(tmp_path / "course", OURS)
    path = root / "source" / NAME / f"{NAME}.ipynb"
    path.write_text(path.read_text().replace("named = 'x'\\n### END", "named = 'z'\\n### END"))
    lines: list[str] = []
    log = logging.Logger("asserts", logging.WARNING)
    log.addHandler(Lines(lines))
    mine = NbgraderCourse(root, log)
    mine.generate(NAME)
    hand_in(root, root / "release" / NAME / f"{NAME}.ipynb", "right")
    mine.autograde(NAME)
    assert "WARNING: ps1: its own solution does not pass silent; look at them" in lines
    assert {score.score for score in mine.scores()} == {7.5}


def test_an_unreadable_submission_passes_nothing(ours: Path) -> None:
    path = ours / "submitted" / "torn" / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text("{")
    NbgraderCourse(ours).autograde(NAME, "torn")
    assert {score.score for score in NbgraderCourse(ours).scores() if score.student == "torn"} == {
        0.0
    }


def test_what_decided_is_told(ours: Path) -> None:
    record = read_record(ours / "autograded" / "wrong" / NAME / f"{NAME}.ipynb")
    assert record.verdicts == ()
    assert record.asserted == ("test_squares", "partial", "later", "silent")
    assert record.by_hand == ("explain", "look")
    NbgraderCourse(ours).feedback(NAME)
    page = (ours / "feedback" / "partial" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert page.count("asserts decided this, inside the process that ran your code") == 4
    assert "IndexError: list index out of range" in page
    assert "squares(4)" not in page  # the hidden part
    assert main(["--course", str(ours), "report"]) == 0
    report = (ours / "report" / "report.html").read_text(encoding="utf-8")
    assert "decided by its own asserts, inside the learner’s process (36)" in report


def test_the_doctor_looks_at_a_course_without_text_lessons(
    ours: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    main(["--course", str(ours), "doctor"])
    said = capsys.readouterr().out
    assert "1 notebooks made for nbgrader" in said
    assert re.search(rf"solution of {NAME} +grade +yes", said)
    assert "holds no lesson" not in said
