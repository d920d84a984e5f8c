"""The lesson that docs/add-a-lesson.md adds: built and proved as the page says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from slopewise.cli import main
from slopewise.notebook.course import Course
from tests.notebooks import REPOSITORY

EXAMPLE = REPOSITORY / "docs" / "examples" / "lesson"
PAGE = (REPOSITORY / "docs" / "add-a-lesson.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("author") / "course"
    shutil.copytree(EXAMPLE, root)
    Course(REPOSITORY).copy_settings(root)
    assert main(["--course", str(root), "build", "6"]) == 0
    return root


def test_the_corpus_proves_the_lesson(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--course", str(root), "matrix", "6", "--output", str(tmp_path / "matrix")]) == 0
    table = capsys.readouterr().out.partition("\n\n")[0]
    assert table in PAGE


def test_the_release_scores_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--course", str(root), "check", str(root / "release" / "06-momentum")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("06-momentum.ipynb: 0 of 20 points  (06-momentum, ")
    for line in lines[1:]:
        assert line in PAGE


def test_wrong_points_are_told_as_the_page_says(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(root, tmp_path / "course")
    path = tmp_path / "course" / "notebooks" / "06-momentum.py"
    path.write_text(path.read_text().replace("points=12", "points=11"))
    assert main(["--course", str(tmp_path / "course"), "build"]) == 1
    assert capsys.readouterr().err.strip() in PAGE
