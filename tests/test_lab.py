"""What `slopewise lab` prepares, and what the welcome page says."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

import jupytext
import pytest
from jupytext.config import load_jupytext_config

from slopewise.lab import lab_environment, prepare
from slopewise.lab.welcome import Handing, learners_path, progress, write_page
from slopewise.nbgrader.pages.results import write_total
from slopewise.notebook.course import Course
from slopewise.notebook.deadlines import write_due
from tests.notebooks import REPOSITORY

FIRST = "01-manual-numpy"


@pytest.fixture
def copied(tmp_path: Path) -> Course:
    for name in ("notebooks", "release"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    shutil.copy(REPOSITORY / "nbgrader_config.py", tmp_path)
    return Course(tmp_path)


def page(course: Course) -> str:
    return (course.root / "my-lessons" / "Welcome.md").read_text(encoding="utf-8")


def test_the_tutors_file_lies_beside_the_learners_copy(copied: Course) -> None:
    lesson = copied.lesson(FIRST)
    own = learners_path(lesson).with_name(f"{FIRST}.tutor.json")
    for _ in range(2):  # and is the release's again, whatever became of it
        prepare(copied)
        assert own.read_bytes() == lesson.tutor_path("release").read_bytes()
        own.write_text("damaged")


def test_every_lesson_is_laid_out_and_named(copied: Course) -> None:
    assert prepare(copied) is None
    for lesson in copied.lessons:
        assert learners_path(lesson).is_file()
        assert f"]({lesson.name}/{lesson.name}.ipynb)" in page(copied)
        assert f"About {lesson.minutes} minutes" in page(copied)


def test_a_learners_work_is_left_alone(copied: Course) -> None:
    path = learners_path(copied.lesson(FIRST))
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    prepare(copied)
    assert path.read_text() == "mine"
    assert "0 of 7 visible checks passed" in page(copied)  # unreadable counts as not begun


def test_the_page_tells_how_far_a_learner_is(copied: Course, tmp_path: Path) -> None:
    prepare(copied)
    lesson = copied.lesson(FIRST)
    path = learners_path(lesson)
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "forward-check":
            text = ["visible checks passed: forward\n"]
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text}]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    stamp = "2026-01-15 12:00:00.123456 UTC"
    handed_in = tmp_path / "cache" / f"ada+{FIRST}+{stamp}"
    handed_in.mkdir(parents=True)
    (handed_in / "timestamp.txt").write_text(stamp)
    feedback = path.parent / "feedback" / stamp / f"{FIRST}.html"
    feedback.parent.mkdir(parents=True)
    total = write_total(17.5, 20.0)
    feedback.write_text(f'<!DOCTYPE html><html lang="en" data-slopewise-total="{total}">')
    found = progress(lesson, Handing(tmp_path / "cache"))
    assert found.passed == ("forward",)
    assert found.score == (17.5, 20.0)
    write_page(copied, Handing(tmp_path / "cache"))
    assert "1 of 7 visible checks passed · handed in 15 January 2026, 12:00 UTC" in page(copied)
    assert "**score 17.5 of 20**" in page(copied)
    assert f"**Go on here:** [lesson 1, exercise `mse`]({FIRST}/{FIRST}.ipynb)" in page(copied)


@pytest.mark.parametrize(
    ("due", "told"),
    [
        (datetime(2026, 1, 15, 12, 30), "12:00 UTC · not"),
        (datetime(2026, 1, 15, 11, 59), "12:00 UTC, **1 minute after it was due**"),
        (datetime(2026, 1, 15, 9, 30), "12:00 UTC, **2 hours after it was due**"),
        (datetime(2026, 1, 12, 9, 30), "12:00 UTC, **3 days after it was due**"),
    ],
)
def test_the_page_says_when_something_came_late(
    copied: Course, tmp_path: Path, due: datetime, told: str
) -> None:
    prepare(copied)
    released = tmp_path / "outbound"
    (released / FIRST).mkdir(parents=True)
    write_due(released / FIRST, due)
    handing = Handing(tmp_path / "cache", released)
    write_page(copied, handing)
    assert f"due {due:%d %B %Y, %H:%M} UTC" in page(copied)
    handed_in = tmp_path / "cache" / f"ada+{FIRST}+then"
    handed_in.mkdir(parents=True)
    (handed_in / "timestamp.txt").write_text("2026-01-15 12:00:00.123456 UTC")
    write_page(copied, handing)
    assert ("after it was due" in page(copied)) == ("after it was due" in told)
    if "after" in told:
        assert told in page(copied)


def test_an_exchange_that_cannot_be_made_is_told_and_stops_nobody(copied: Course) -> None:
    (copied.root / "exchange").write_text("a file where the folder should be")
    trouble = prepare(copied)
    assert trouble is not None
    assert str(copied.root / "exchange") in trouble
    assert trouble in page(copied)


def test_nbgrader_finds_the_courses_configuration_from_any_folder(copied: Course) -> None:
    assert str(copied.root) in lab_environment(copied)["JUPYTER_CONFIG_PATH"]


@pytest.mark.parametrize(
    "path", sorted((REPOSITORY / "notebooks").glob("*.py")), ids=lambda p: p.stem
)
def test_saving_a_lesson_from_lab_changes_nothing_by_itself(path: Path) -> None:
    before = path.read_text(encoding="utf-8")
    notebook = jupytext.reads(before, fmt="py:percent")
    # What Lab adds when it has started a kernel and somebody has opened a cell.
    notebook.metadata["language_info"] = {"name": "python", "version": "3.11"}
    notebook.cells[0].metadata["editable"] = True
    config = load_jupytext_config(str(path))
    assert jupytext.writes(notebook, fmt="py:percent", config=config) == before
