"""What `slopewise lab` prepares, and what the welcome page says."""

from __future__ import annotations

import html
import json
import re
import shutil
from datetime import datetime
from pathlib import Path

import jupytext
import pytest
from jupytext.config import load_jupytext_config

from slopewise.errors import CourseError
from slopewise.lab import lab_environment, prepare
from slopewise.lab.desk import Desk, learners_path
from slopewise.lab.welcome import Handing, progress, write_page
from slopewise.nbgrader.pages.results import write_total
from slopewise.notebook.course import Course
from slopewise.notebook.deadlines import write_due
from slopewise.notebook.released import read_released
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


def shown(course: Course) -> str:
    """The page as it is read: without the marks around times."""
    return re.sub(r"</?time[^>]*>", "", page(course))


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
    found = progress(read_released(lesson.path_in("release")), path, Handing(tmp_path / "cache"))
    assert found.passed == ("forward",)
    assert found.score == (17.5, 20.0)
    write_page(Desk.of_course(copied), Handing(tmp_path / "cache"))
    assert "1 of 7 visible checks passed · handed in 15 January 2026, 12:00 UTC" in shown(copied)
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
    shutil.copytree(copied.root / "release" / FIRST, released / FIRST)
    write_due(released / FIRST, due)
    handing = Handing(tmp_path / "cache", released)
    write_page(Desk.of_course(copied), handing)
    assert f"due {due:%d %B %Y, %H:%M} UTC" in shown(copied)
    assert f'<time title="{due:%Y-%m-%dT%H:%M:00Z}">' in page(copied)
    handed_in = tmp_path / "cache" / f"ada+{FIRST}+then"
    handed_in.mkdir(parents=True)
    (handed_in / "timestamp.txt").write_text("2026-01-15 12:00:00.123456 UTC")
    write_page(Desk.of_course(copied), handing)
    assert ("after it was due" in page(copied)) == ("after it was due" in told)
    if "after" in told:
        assert told in shown(copied)


def pass_checks(path: Path, names: set[str]) -> None:
    """Write a learner's notebook in which these exercises' checks have passed."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        own = cell["metadata"].get("nbgrader", {})
        name = own.get("grade_id", "").removesuffix("-check")
        if own.get("grade") and name in names:
            text = [f"visible checks passed: {name}\n"]
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text}]
    path.write_text(json.dumps(notebook), encoding="utf-8")


def every(course: Course, lesson: str) -> set[str]:
    return {one.name for one in course.lesson(lesson).exercises}


def test_who_learns_alone_is_never_told_to_hand_in(copied: Course) -> None:
    prepare(copied)
    for lesson in copied.lessons:
        for words in ("and in", "Fetch Feedback", "Assignment List", "due"):
            assert words not in page(copied)
        pass_checks(learners_path(lesson), every(copied, lesson.name))
        write_page(Desk.of_course(copied), Handing(released=copied.root / "exchange" / "none"))
    assert "**All lessons are done.**" in page(copied)


def test_nothing_blocks_what_comes_next(copied: Course, tmp_path: Path) -> None:
    prepare(copied)
    desk = Desk.of_course(copied)
    released = tmp_path / "outbound"
    shutil.copytree(copied.root / "release" / FIRST, released / FIRST)
    first = learners_path(copied.lesson(FIRST))
    pass_checks(first, {"forward"})
    write_page(desk, Handing(released=released))
    assert f"exercise `mse`]({FIRST}/{FIRST}.ipynb). If that is stuck, " in page(copied)
    assert "[lesson 2](02-autograd/02-autograd.ipynb) does not wait for it." in page(copied)
    pass_checks(first, every(copied, FIRST))
    write_page(desk, Handing(released=released))
    assert "**Hand in:** lesson 1 passes all visible checks." in page(copied)
    assert "**Go on here:** [lesson 2, exercise" in page(copied)


def test_a_lesson_is_checked_from_the_page(copied: Course) -> None:
    prepare(copied)
    path = f"my-lessons/{FIRST}/{FIRST}.ipynb"
    asked = json.dumps({"command": "slopewise:check", "path": path})
    assert f'value="{html.escape(asked)}">Check my work</button>' in page(copied)


def test_a_learners_home_shows_what_the_class_has_released(copied: Course, tmp_path: Path) -> None:
    home, released = tmp_path / "home", tmp_path / "exchange" / "statistics" / "outbound"
    home.mkdir()
    desk = Desk(home, "", "statistics")
    handing = Handing(released=released)
    text = write_page(desk, handing).read_text(encoding="utf-8")
    assert "No lesson is released yet" in text
    for name in (FIRST, "02-autograd"):
        shutil.copytree(copied.root / "release" / name, released / name)
    write_due(released / FIRST, datetime(2026, 1, 15, 12, 30))
    shutil.copytree(released / FIRST, home / FIRST)
    text = write_page(desk, handing).read_text(encoding="utf-8")
    assert "# Welcome to statistics" in text
    assert f"## [1 · {copied.lesson(FIRST).title}]({FIRST}/{FIRST}.ipynb)" in text
    assert "due <time" in text
    assert "More time that you were given counts" in text
    assert f"## 2 · {copied.lesson('02').title}" in text  # not fetched, so it is no link yet
    assert "&quot;course&quot;: &quot;statistics&quot;}" in text
    assert "Formgrader" not in text


def test_a_learners_own_file_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "Welcome.md").write_text("mine")
    with pytest.raises(CourseError, match="is a file of yours"):
        write_page(Desk(tmp_path, "", "statistics"), Handing())
    assert (tmp_path / "Welcome.md").read_text() == "mine"


def test_a_damaged_release_is_left_out_and_the_rest_is_shown(
    copied: Course, tmp_path: Path
) -> None:
    released = tmp_path / "exchange" / "statistics" / "outbound"
    for name in (FIRST, "02-autograd"):
        shutil.copytree(copied.root / "release" / name, released / name)
    (released / FIRST / f"{FIRST}.ipynb").write_text('{"cells": 1}')
    found = list(Desk(tmp_path, "", "statistics").lessons(released))
    assert [one.name for one in found] == ["02-autograd"]


@pytest.mark.parametrize("name", [one.name for one in Course(REPOSITORY).lessons])
def test_a_release_says_what_its_lesson_says(name: str) -> None:
    lesson = Course(REPOSITORY).lesson(name)
    found = read_released(lesson.path_in("release"))
    assert (found.title, found.aim, found.minutes) == (lesson.title, lesson.aim, lesson.minutes)
    assert (found.exercises, found.points) == (lesson.exercises, lesson.points)


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
