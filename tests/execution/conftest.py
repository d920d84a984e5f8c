"""Real kernels, in a runtime folder of the test session's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.execution.private import private_runtime


@pytest.fixture(scope="session", autouse=True)
def runtime_folder() -> Iterator[Path]:
    """A runtime folder of our own."""
    with private_runtime() as folder:
        yield folder
