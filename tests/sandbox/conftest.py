"""Real processes in real boxes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.process import Process, ProcessMaker


@pytest.fixture
def make_process() -> Iterator[ProcessMaker]:
    """Make processes that are shut down after the test."""
    made: list[Process] = []

    def make(folder: Path | None = None, **settings: Any) -> Process:
        process = Process(folder, **settings)
        made.append(process)
        return process

    yield make
    for process in made:
        process.close()


@pytest.fixture(scope="module")
def shared_process() -> Iterator[Process]:
    """One process for tests that leave it as it was."""
    process = Process(None)
    yield process
    process.close()
