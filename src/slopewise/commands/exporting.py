"""`slopewise export`: grades in the shape of another system."""

from __future__ import annotations

import logging
from contextlib import closing
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory

from slopewise.commands.table import counted
from slopewise.errors import CourseError
from slopewise.exports import CanvasExportPlugin, CsvExportPlugin, MoodleExportPlugin
from slopewise.exports.table import open_submissions
from slopewise.nbgrader.deadlines.penalties import renew
from slopewise.nbgrader.gradebook import plain_errors
from slopewise.nbgrader.runs import NbgraderCourse
from slopewise.notebook.course import Course

_SHAPES: dict[str, tuple[Any, str]] = {
    "canvas": (CanvasExportPlugin, "canvas.csv"),
    "moodle": (MoodleExportPlugin, "moodle.csv"),
    "csv": (CsvExportPlugin, "grades.csv"),
}


def export_command(course: Course, shape: str, target: Path | None) -> int:
    """Write grades into a file and print where it is; return the exit status."""
    kind, name = _SHAPES[shape]
    path = target or Path(name)
    graded = NbgraderCourse(course.root)
    coursedir = CourseDirectory(config=graded.config)
    plugin = kind(config=graded.config)
    plugin.to = str(path)
    plugin.coursedir = coursedir
    with plain_errors(coursedir.db_url), closing(graded.gradebook()) as gradebook:
        lessons, learners = len(gradebook.assignments), len(gradebook.students)
        if not (lessons and learners):
            raise CourseError("the gradebook holds no lesson or no learner: nothing to export")
        # Here, with the course's folders: learners are told of changed deadlines, too.
        log = logging.getLogger("slopewise.export")
        renew(gradebook, graded.config, coursedir, log)
        try:
            plugin.export(gradebook)
        except OSError as error:
            raise CourseError(f"{path}: cannot be written ({error.strerror})") from None
        waiting = len(open_submissions(gradebook))
    print(f"{path}: {counted(learners, 'learner')}, {counted(lessons, 'lesson')}")
    if waiting:
        shown = "marked open" if shape == "csv" else "left blank"
        count = "1 grade" if waiting == 1 else f"{waiting} grades"
        print(f"{count} {shown}: points given by hand are still to be given")
    return 0
