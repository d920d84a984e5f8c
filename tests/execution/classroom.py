"""A small class of a small course, graded for real."""

from __future__ import annotations

import copy
import logging
import shutil
from pathlib import Path
from typing import Any

import nbformat

from slopewise import build
from slopewise.nbgrader.runs import NbgraderCourse
from slopewise.notebook.findings import Finding
from slopewise.scoring.record import record_of
from tests.tiny import NAME, TINY, make_course

RIGHT = {"half": "def half(x):\n    return x / 2", "which": 'which = "b"'}
WRONG = {"half": "def half(x):\n    return x", "which": 'which = "b"'}
STAMP = "2026-01-15 12:00:00 UTC\n"


def built_course(root: Path) -> Path:
    """The course of one tiny lesson, built."""
    root.mkdir(parents=True, exist_ok=True)
    build.build(make_course(root, n01_tiny=TINY))
    return root


class Classroom:
    """A course's folder with submissions, and what grading it has said.

    Args:
        built: a built course, which is copied.
        root: where to.
        settings: lines for its configuration.
    """

    def __init__(self, built: Path, root: Path, *settings: str) -> None:
        self.root = root
        shutil.copytree(built, root, dirs_exist_ok=True)
        with (root / "nbgrader_config.py").open("a") as file:
            file.write("\n" + "\n".join(settings) + "\n")
        self.lines: list[str] = []
        self.graded()

    def graded(self) -> None:
        """Record the lesson in the gradebook."""
        self.course().generate(NAME)
        self.lines.clear()

    def course(self) -> NbgraderCourse:
        """The course, whose log ends in `lines`."""
        log = logging.Logger("classroom", logging.INFO)
        log.addHandler(Lines(self.lines))
        return NbgraderCourse(self.root, log)

    def submit(self, student: str, answers: dict[str, str], stamp: str | None = STAMP) -> Path:
        """Hand in answers by exercise; the folder they are in."""
        notebook = copy.deepcopy(
            nbformat.read(self.root / "release" / NAME / f"{NAME}.ipynb", as_version=4)
        )
        for cell in notebook.cells:
            if cell.id in answers:
                cell.source = answers[cell.id]
        folder = self.root / "submitted" / student / NAME
        folder.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, folder / f"{NAME}.ipynb")
        if stamp is not None:
            (folder / "timestamp.txt").write_text(stamp)
        return folder

    def autograde(self, student: str = "*") -> list[str]:
        """Grade; the lines that were said."""
        self.lines.clear()
        self.course().autograde(NAME, student)
        return list(self.lines)

    def scores(self) -> dict[str, float]:
        """The gradebook's scores by learner."""
        return {score.student: score.score for score in self.course().scores()}

    def path(self, student: str) -> Path:
        """A learner's graded notebook."""
        return self.root / "autograded" / student / NAME / f"{NAME}.ipynb"

    def notebook(self, student: str) -> Any:
        """A learner's graded notebook, read."""
        return nbformat.read(self.path(student), as_version=4)

    def findings(self, student: str) -> tuple[Finding, ...]:
        """What was found out of order in a submission."""
        return record_of(self.notebook(student)).findings

    def results(self) -> list[Path]:
        """The results that are kept."""
        return [path for path in (self.root / "grading/results").rglob("*") if path.is_file()]


class Lines(logging.Handler):
    """Keeps what a log says."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.INFO)
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(f"{record.levelname}: {record.getMessage()}")
