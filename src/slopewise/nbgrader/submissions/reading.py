"""Read submissions with care: no file, however damaged or linked, stops a class."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

from slopewise.errors import OtherLessonError, SubmissionError
from slopewise.nbgrader.course_files import own_notebook
from slopewise.nbgrader.submissions.handed_in import another_lesson
from slopewise.notebook.identifiers import shown
from slopewise.notebook.reading import read_notebook


def read_submitted(path: Path, coursedir: Any, assignment: str, notebook: str) -> Any:
    """Return a submitted notebook's JSON.

    Args:
        path: the file in `submitted/`.
        coursedir: nbgrader's, for the course's own files.
        assignment: what it was submitted for.
        notebook: the name of the course's own notebook that it answers.

    Raises:
        OtherLessonError: it is another lesson of the course.
        SubmissionError: it cannot be read as a notebook, is no plain file, or is the course's own.
    """
    _refuse_links(path)
    for step in (coursedir.source_directory, coursedir.solution_directory):
        own = own_notebook(coursedir, step, assignment, notebook)
        if own.exists() and path.samefile(own):  # a hard link: the same file by another name
            raise SubmissionError(
                f"{path.name}: is the course's own file in {step}/; see how it got here"
            )
    submitted = read_notebook(path)
    other = another_lesson(submitted, coursedir, assignment, notebook)
    if other:
        raise OtherLessonError(
            f"{shown(path.name)}: is the lesson {other}, handed in as {notebook}; "
            f"hand in {notebook} itself"
        )
    return submitted


def _refuse_links(path: Path) -> None:
    """Raise SubmissionError for anything but a plain file: a link could lead to a solution."""
    for part in (path, path.parent, path.parent.parent):
        try:
            mode = part.lstat().st_mode
        except OSError as error:
            raise SubmissionError(f"{path.name}: cannot be read ({error.strerror})") from None
        if stat.S_ISLNK(mode):
            raise SubmissionError(
                f"{part.name}: is a symbolic link, not a file; submit the notebook itself"
            )
    if not stat.S_ISREG(path.lstat().st_mode):
        raise SubmissionError(f"{path.name}: is not a plain file; submit the notebook itself")
