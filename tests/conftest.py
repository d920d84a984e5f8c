"""What several tests share: the course as it lies in the repository, and a warm process."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from slopewise.notebook.course import Course
from tests.notebooks import REPOSITORY


@pytest.fixture(scope="session")
def course() -> Course:
    """The course of the repository, built."""
    return Course.find(REPOSITORY)


@pytest.fixture(scope="session", autouse=True)
def runtime_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A runtime folder of the session's own; the warm process in it ends with the session."""
    if sys.platform == "win32":  # no warm process there, and none of what it is made of
        yield tmp_path_factory.mktemp("runtime")
        return
    from tests.private import private_runtime

    with private_runtime() as folder:
        yield folder
