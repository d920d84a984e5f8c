"""`slopewise report`."""

from __future__ import annotations

from pathlib import Path

from slopewise.commands.table import counted, table
from slopewise.errors import CourseError
from slopewise.notebook.course import Course, meant_by
from slopewise.notebook.identifiers import shown
from slopewise.report import gather, withhold_names, write_report
from slopewise.report.tables import TABLES

DEFAULT_FOLDER = "report"


def report_command(
    course: Course,
    output: Path | None,
    *,
    anonymous: bool,
    lesson: str | None = None,
    section: str = "",
) -> int:
    """Write the report on the class, or on a part of it, and print where it is.

    Returns:
        The exit status.

    Raises:
        CourseError: there is no such lesson or section, or as `gather` and `write_report` do.
    """
    record = gather(course)
    if section and section not in record.sections:
        there = ", ".join(record.sections) or "none; see sections.csv in docs/teaching.md"
        raise CourseError(f"no learner is in a section {shown(section)}; there are {there}")
    name = ""
    if lesson is not None:
        names = [one.name for one in record.lessons]
        name = meant_by(lesson, names) or ""
        if not name:
            raise CourseError(
                f"no lesson {shown(lesson)} is in the gradebook; there are {', '.join(names)}"
            )
    record = record.only(lesson=name, section=section)
    if anonymous:
        record = withhold_names(record)
    folder = output if output is not None else course.root / DEFAULT_FOLDER
    paths = write_report(record, folder, anonymous=anonymous)
    page, *others = paths
    print(_headline(len(record.learners), len(record.lessons), len(record.submissions)))
    print(f"{_near(page)}   open it in a browser")
    answers, submissions = record.open
    if answers:
        print(
            f"to be graded by hand: {counted(answers, 'answer')} in "
            f"{counted(submissions, 'submission')}; they are in the Formgrader, under Manual "
            "Grading"
        )
    if anonymous and record.not_graded:
        print(f"not graded: {len(record.not_graded)}")
    elif record.not_graded:
        for one in record.not_graded:
            print(f"not graded: {shown(one.learner)}, {one.lesson}: {one.reason}")
    words = dict(TABLES)
    rows = [[path.name, words[path.name]] for path in others]
    print("\n" + table(["beside it", "holds"], rows, left=(0, 1)))
    return 0


def _headline(learners: int, lessons: int, submissions: int) -> str:
    return (
        f"{counted(learners, 'learner')}, {counted(lessons, 'lesson')}, "
        f"{counted(submissions, 'graded submission')}\n"
    )


def _near(path: Path) -> Path:
    """The path from where the instructor is, if it is below."""
    try:
        return path.resolve().relative_to(Path.cwd())
    except ValueError:
        return path.resolve()
