"""What several tests share: the course as it lies in the repository, and a warm process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from slopewise.notebook.course import Course
from tests.notebooks import REPOSITORY
from tests.private import private_runtime


@pytest.fixture(scope="session")
def course() -> Course:
    """The course of the repository, built."""
    return Course.find(REPOSITORY)


@pytest.fixture(scope="session", autouse=True)
def runtime_folder() -> Iterator[Path]:
    """A runtime folder of the session's own; the warm process in it ends with the session."""
    with private_runtime() as folder:
        yield folder
