"""`slopewise report`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from slopewise.commands.table import table
from slopewise.nbgrader.handed_in import handed_in
from slopewise.nbgrader.runs import NbgraderCourse
from slopewise.notebook.course import Course
from slopewise.notebook.identifiers import shown
from slopewise.report import gather, withhold_names, write_report
from slopewise.report.tables import TABLES

DEFAULT_FOLDER = "report"


def report_command(course: Course, output: Path | None, *, anonymous: bool) -> int:
    """Write the report on the class and print where it is; return the exit status."""
    record = gather(course)
    if anonymous:
        record = withhold_names(record)
    folder = output if output is not None else course.root / DEFAULT_FOLDER
    paths = write_report(record, folder, anonymous=anonymous)
    page, *others = paths
    print(_headline(len(record.learners), len(record.lessons), len(record.submissions)))
    print(f"{_near(page)}   open it in a browser")
    for line in _not_graded(course, [lesson.name for lesson in record.lessons], anonymous):
        print(line)
    words = dict(TABLES)
    rows = [[path.name, words[path.name]] for path in others]
    print("\n" + table(["beside it", "holds"], rows, left=(0, 1)))
    return 0


def _not_graded(course: Course, lessons: Sequence[str], anonymous: bool) -> list[str]:
    """What was handed in and cannot be graded, a line each; without names, their number."""
    coursedir = CourseDirectory(config=NbgraderCourse(course.root).config)
    lines = [
        f"not graded: {shown(one.student)}, {lesson}: {one.reason}"
        for lesson in lessons
        for one in handed_in(coursedir, lesson)
        if one.reason
    ]
    return [f"not graded: {len(lines)}"] if anonymous and lines else lines


def _headline(learners: int, lessons: int, submissions: int) -> str:
    def count(number: int, word: str) -> str:
        return f"{number} {word}{'' if number == 1 else 's'}"

    return (
        f"{count(learners, 'learner')}, {count(lessons, 'lesson')}, "
        f"{count(submissions, 'graded submission')}\n"
    )


def _near(path: Path) -> Path:
    """The path from where the instructor is, if it is below."""
    try:
        return path.resolve().relative_to(Path.cwd())
    except ValueError:
        return path.resolve()
