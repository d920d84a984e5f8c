"""The lessons through the real grader: what is right gets everything, what is blank nothing."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from slopewise.build import FOLDERS
from slopewise.nbgrader.runs import NbgraderCourse
from slopewise.notebook.course import Course
from slopewise.sample import answered
from slopewise.scoring import State
from slopewise.scoring.record import read_verdicts, record_of
from tests.notebooks import REPOSITORY, read


@dataclass(frozen=True)
class GradedClass:
    """A graded class of three: its folder, nbgrader's log, and every score."""

    root: Path
    log: tuple[str, ...]
    scores: dict[tuple[str, str], float]


class _Keep(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def copy_course(root: Path) -> None:
    for name in ("notebooks", *FOLDERS):
        shutil.copytree(REPOSITORY / name, root / name)
    (root / "answers").mkdir()
    for path in (REPOSITORY / "answers").glob("*.json"):
        shutil.copy(path, root / "answers")
    Course(REPOSITORY).copy_settings(root)


def submit(root: Path, student: str, name: str, notebook: object) -> None:
    folder = root / "submitted" / student / name
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{name}.ipynb")


@pytest.fixture(scope="module")
def graded(course: Course, tmp_path_factory: pytest.TempPathFactory) -> GradedClass:
    root = tmp_path_factory.mktemp("course")
    copy_course(root)
    for lesson in course.lessons:
        names = [exercise.name for exercise in lesson.exercises]
        submit(root, "full", lesson.name, answered(lesson, set(names)))
        submit(root, "half", lesson.name, answered(lesson, set(names[::2])))
        submit(root, "blank", lesson.name, read(lesson.path_in("release")))
    keep = _Keep()
    log = logging.getLogger("test.pipeline")
    log.addHandler(keep)
    nbgrader = NbgraderCourse(root, log)
    for lesson in course.lessons:
        nbgrader.generate(lesson.name)
        nbgrader.autograde(lesson.name)
        nbgrader.feedback(lesson.name)
    scores = {(score.student, score.assignment): score.score for score in nbgrader.scores()}
    return GradedClass(root, tuple(keep.lines), scores)


def test_solutions_get_all_points_that_checks_give(course: Course, graded: GradedClass) -> None:
    found = {lesson.name: graded.scores["full", lesson.name] for lesson in course.lessons}
    assert found == {
        lesson.name: sum(exercise.points for exercise in lesson.exercises)
        for lesson in course.lessons
    }


def test_an_untouched_release_gets_nothing(course: Course, graded: GradedClass) -> None:
    found = {lesson.name: graded.scores["blank", lesson.name] for lesson in course.lessons}
    assert found == {lesson.name: 0.0 for lesson in course.lessons}


def test_each_exercise_earns_its_own_points(course: Course, graded: GradedClass) -> None:
    for lesson in course.lessons:
        expected = sum(exercise.points for exercise in lesson.exercises[::2])
        assert graded.scores["half", lesson.name] == expected


def test_honest_work_raises_no_alarm(course: Course, graded: GradedClass) -> None:
    assert [line for line in graded.log if "changed" in line or "checksum" in line] == []
    for student in ("full", "half", "blank"):
        for lesson in course.lessons:
            path = graded.root / "autograded" / student / lesson.name / f"{lesson.name}.ipynb"
            assert record_of(read(path)).findings == ()


def test_blank_work_is_told_apart_from_wrong_work(course: Course, graded: GradedClass) -> None:
    for lesson in course.lessons:
        path = graded.root / "autograded" / "blank" / lesson.name / f"{lesson.name}.ipynb"
        verdicts = read_verdicts(read(path))
        assert [verdict.exercise for verdict in verdicts] == [
            exercise.name for exercise in lesson.exercises
        ]
        assert {verdict.state for verdict in verdicts} == {State.NOT_ATTEMPTED}


def test_feedback_shows_verdicts_and_no_hidden_question(
    course: Course, graded: GradedClass
) -> None:
    for lesson in course.lessons:
        page = graded.root / "feedback" / "half" / lesson.name / f"{lesson.name}.html"
        text = page.read_text(encoding="utf-8")
        assert "What you got, and why" in text
        assert "Not attempted yet" in text
        assert "HIDDEN TESTS" not in text
        assert "observe(" not in text
        # The verdict's own elements are shown as such, not as the text of them.
        assert "&lt;div&gt;" not in text
        assert "&lt;/li&gt;" not in text


def test_stock_command_grades_without_an_activated_environment(
    course: Course, tmp_path: Path
) -> None:
    lesson = course.lesson("03")
    copy_course(tmp_path)
    submit(tmp_path, "full", lesson.name, answered(lesson, {one.name for one in lesson.exercises}))
    environment = {**os.environ, "PATH": "/usr/bin:/bin"}
    for step in ("generate_assignment", "autograde", "export"):
        arguments = [lesson.name] if step != "export" else ["--to=grades.csv"]
        result = subprocess.run(
            [str(Path(sys.executable).parent / "nbgrader"), step, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stderr
    assert ",20.0,20.0" in (tmp_path / "grades.csv").read_text()
