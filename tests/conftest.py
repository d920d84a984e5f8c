"""What several tests share: the course as it lies in the repository."""

from __future__ import annotations

import pytest

from slopewise.course import Course
from tests.notebooks import REPOSITORY


@pytest.fixture(scope="session")
def course() -> Course:
    """The course of the repository, built."""
    return Course.find(REPOSITORY)
