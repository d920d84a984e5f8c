"""The course under attack, built once, and one graded class for each group of attacks."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from slopewise.kernels import client
from tests.hostile.grading import Graded, grade
from tests.hostile.lesson import build_course


@pytest.fixture(scope="session", autouse=True)
def private_folders() -> Iterator[Path]:
    """A runtime folder and a temporary folder of our own, so that what is left is ours."""
    folder = Path(tempfile.mkdtemp(prefix="sh", dir="/tmp"))
    patch = pytest.MonkeyPatch()
    for name in ("run", "tmp"):
        (folder / name).mkdir(mode=0o700)
    patch.setenv("SLOPEWISE_RUNTIME_DIR", str(folder / "run"))
    patch.setenv("JUPYTER_PATH", os.environ.get("JUPYTER_PATH", ""))
    patch.setattr(tempfile, "tempdir", str(folder / "tmp"))
    yield folder
    client.disown()
    end = time.monotonic() + 20
    while list(folder.glob("run/z*.socket")) and time.monotonic() < end:
        time.sleep(0.05)
    patch.undo()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course, built."""
    root = tmp_path_factory.mktemp("built")
    build_course(root)
    return root


@pytest.fixture(scope="class")
def graded(
    request: pytest.FixtureRequest, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Graded:
    """The class of the group's attackers and the bystanders, graded in one run."""
    assert request.cls is not None
    return grade(request.cls.attacks, built, tmp_path_factory.mktemp("class"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each attack of the group."""
    if "attack" in metafunc.fixturenames and metafunc.cls is not None:
        attacks = metafunc.cls.attacks
        metafunc.parametrize("attack", attacks, ids=[attack.name for attack in attacks])
