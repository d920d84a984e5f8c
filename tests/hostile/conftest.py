"""The course under attack, built once, and one graded class for each group of attacks."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.grading import Graded, grade
from tests.hostile.lesson import build_course


@pytest.fixture(scope="module", autouse=True)
def temporary_folder(runtime_folder: Path) -> Iterator[Path]:
    """A temporary folder of our own, so that what is left in it is ours."""
    folder = Path(tempfile.mkdtemp(prefix="sh", dir="/tmp"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(folder))
        yield folder
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
