"""Where nbgrader's configuration says that a course's files are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory

from slopewise.grading import AnswerKey, read_key, read_own
from slopewise.notebook.course import Lesson
from slopewise.scoring.known_answers import known_answers_path


def course_directory(configurable: Any) -> CourseDirectory:
    """Return the course directory of the converter that a preprocessor or exporter belongs to."""
    parent = configurable.parent
    while parent is not None:
        found = getattr(parent, "coursedir", None)
        if found is not None:
            return found
        parent = getattr(parent, "parent", None)
    return CourseDirectory(config=configurable.config)


def answer_key(coursedir: CourseDirectory, assignment: str, notebook: str) -> AnswerKey:
    """Return what a notebook of an assignment is graded by.

    Raises:
        CourseError: a file of the course's is missing or damaged.
    """
    return read_key(
        own_notebook(coursedir, coursedir.source_directory, assignment, notebook),
        own_notebook(coursedir, coursedir.solution_directory, assignment, notebook),
        known_answers_path(Lesson(assignment, Path(coursedir.root))),
    )


def source_notebook(coursedir: CourseDirectory, assignment: str, notebook: str) -> Any:
    """Return the instructor's notebook, which is not to be changed.

    Raises:
        CourseError: it is missing or damaged.
    """
    return read_own(own_notebook(coursedir, coursedir.source_directory, assignment, notebook))


def own_notebook(coursedir: CourseDirectory, step: str, assignment: str, notebook: str) -> Path:
    """Return where the course's own notebook is in `source/` or `solutions/`."""
    return Path(coursedir.format_path(step, ".", assignment)) / f"{notebook}.ipynb"
