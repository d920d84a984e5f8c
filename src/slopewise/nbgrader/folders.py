"""What a preprocessor may know of the course it works for."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.coursedir import CourseDirectory

from slopewise.errors import CourseError
from slopewise.scoring import KnownAnswer
from slopewise.scoring.known_answers import read_known_answers
from slopewise.scoring.observations import Observation, reference_outputs


def course_directory(configurable: Any) -> CourseDirectory:
    """Return the course directory of the converter that a preprocessor or exporter belongs to."""
    parent = configurable.parent
    while parent is not None:
        found = getattr(parent, "coursedir", None)
        if found is not None:
            return found
        parent = getattr(parent, "parent", None)
    return CourseDirectory(config=configurable.config)


def source_notebook(coursedir: CourseDirectory, assignment: str, notebook: str) -> Any:
    """Return the instructor's notebook.

    Raises:
        CourseError: it is not there.
    """
    return _read(_notebook_path(coursedir, coursedir.source_directory, assignment, notebook))


def references(
    coursedir: CourseDirectory, assignment: str, notebook: str
) -> dict[str, Observation]:
    """Return the reference outputs, by the id of the check cell they belong to.

    Raises:
        CourseError: the solution is not there.
    """
    path = _notebook_path(coursedir, coursedir.solution_directory, assignment, notebook)
    return _references(path, path.stat().st_mtime_ns)


def known_answers(
    coursedir: CourseDirectory, assignment: str
) -> dict[str, tuple[KnownAnswer, ...]]:
    """Return the known wrong answers of a lesson by exercise; empty where it has no corpus.

    Raises:
        CourseError: the generated file is damaged.
    """
    path = Path(coursedir.root) / "answers" / f"{assignment}.json"
    return _known_answers(path, path.stat().st_mtime_ns) if path.is_file() else {}


@lru_cache(maxsize=32)
def _known_answers(path: Path, modified: int) -> dict[str, tuple[KnownAnswer, ...]]:
    return read_known_answers(path)


def _notebook_path(coursedir: CourseDirectory, folder: str, assignment: str, notebook: str) -> Path:
    path = Path(coursedir.format_path(folder, ".", assignment)) / f"{notebook}.ipynb"
    if not path.is_file():
        raise CourseError(
            f"{folder}/{assignment}/{notebook}.ipynb: is missing; run `slopewise build`"
        )
    return path


def _read(path: Path) -> Any:
    return _parsed(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _parsed(path: Path, modified: int) -> Any:
    # Not nbformat.read, which validates: the build did, when it wrote the file.
    return nbformat.v4.reads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=32)
def _references(path: Path, modified: int) -> dict[str, Observation]:
    return reference_outputs(_read(path))
