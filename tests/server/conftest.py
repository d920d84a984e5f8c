"""One PostgreSQL for the tests here, and a small class of two lessons."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from slopewise.build import build
from tests.server.classroom import LESSONS, hand_in
from tests.server.postgres import Postgres
from tests.tiny import HALF, HALF_CHECK, HEAD, TINY, WHICH, make_course


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of two built lessons, with what the class has handed in; to be copied."""
    root = tmp_path_factory.mktemp("class") / "course"
    root.mkdir()
    other = HEAD + WHICH + HALF + HALF_CHECK
    course = make_course(root, n01_tiny=TINY, n02_other=other)
    assert tuple(lesson.name for lesson in course.lessons) == LESSONS
    build(course)
    hand_in(course)
    return root


@pytest.fixture
def course_folder(handed_in: Path, tmp_path: Path) -> Path:
    """A copy of that course, with the settings of the repository."""
    shutil.copytree(handed_in, tmp_path / "course")
    return tmp_path / "course"
