"""Two graders at once on one PostgreSQL gradebook: nothing is lost, nothing is there twice."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from slopewise.nbgrader.runs import NbgraderCourse
from tests.server.classroom import (
    EXAMPLES,
    LEARNERS,
    LESSONS,
    SCORES,
    CellScores,
    Grader,
    cell_scores,
    enter_class,
    generate,
    scores,
    use_example,
    verdicts,
)
from tests.server.postgres import Database, Postgres


@dataclass(frozen=True)
class Alone:
    """What one grader finds who grades the whole class with SQLite."""

    scores: dict[tuple[str, str], float]
    cells: CellScores
    verdicts: dict[str, Any]


@pytest.fixture(scope="module")
def alone(handed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Alone:
    import shutil

    root = tmp_path_factory.mktemp("alone") / "course"
    shutil.copytree(handed_in, root)
    generate(root)
    for lesson in LESSONS:
        NbgraderCourse(root).autograde(lesson)
    assert (root / "gradebook.db").is_file()
    return Alone(scores(root), cell_scores(root), verdicts(root))


@pytest.fixture
def shared(
    course_folder: Path,
    postgres: Postgres,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Database:
    """A new, empty database, and the course's folder with the settings of the documentation."""
    use_example(course_folder)
    name = "gradebook_" + request.node.name.removeprefix("test_")[:30]
    database = postgres.make_database(name, tmp_path / "home", EXAMPLES / "pg_service.conf")
    for variable, value in database.environment.items():
        monkeypatch.setenv(variable, value)
    generate(course_folder)
    return database


def test_one_grader_alone_finds_what_was_planned(alone: Alone) -> None:
    expected = {(lesson, one): SCORES[one] for lesson in LESSONS for one in LEARNERS}
    assert alone.scores == expected


def test_two_lessons_at_once(course_folder: Path, shared: Database, alone: Alone) -> None:
    enter_class(course_folder, shared)
    graders = [Grader(course_folder, shared, "autograde", lesson) for lesson in LESSONS]
    for grader in graders:
        assert f"graded {len(LEARNERS)}" in grader.finish()
    assert scores(course_folder) == alone.scores
    assert cell_scores(course_folder) == alone.cells
    assert verdicts(course_folder) == alone.verdicts
    assert not (course_folder / "gradebook.db").exists()


def test_two_halves_of_a_class_at_once(course_folder: Path, shared: Database, alone: Alone) -> None:
    lesson = LESSONS[0]
    enter_class(course_folder, shared)
    graders = [
        Grader(course_folder, shared, "autograde", lesson, f"--student={half}")
        for half in ("[a-d]*", "[e-z]*")
    ]
    for grader in graders:
        assert "graded 4" in grader.finish()
    assert scores(course_folder) == of(lesson, alone.scores)
    assert cell_scores(course_folder) == of(lesson, alone.cells)


def test_learners_who_are_not_in_the_class_list(
    course_folder: Path, shared: Database, alone: Alone
) -> None:
    """Where both graders enter the same learner, the second one finds them entered."""
    graders = [Grader(course_folder, shared, "autograde", lesson) for lesson in LESSONS]
    for lesson, grader in zip(LESSONS, graders, strict=True):
        assert f"graded {len(LEARNERS)}" in grader.finish(), lesson
    assert scores(course_folder) == alone.scores
    assert cell_scores(course_folder) == alone.cells


def of(lesson: str, found: dict[Any, float]) -> dict[Any, float]:
    """The part of some scores that is one lesson's."""
    return {key: score for key, score in found.items() if key[0] == lesson}
