"""`slopewise students`: enter a class from a spreadsheet's CSV file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from slopewise.nbgrader.learners.roster import enter_students, read_students
from slopewise.nbgrader.learners.sections import write_sections
from slopewise.nbgrader.runs import NbgraderCourse
from slopewise.notebook.course import Course


def students_command(course: Course, path: Path) -> int:
    """Enter the learners of a file, or none of them; return the exit status."""
    rows = read_students(path)
    with closing(NbgraderCourse(course.root).gradebook()) as gradebook:
        said = enter_students(gradebook, rows, path)
    sections = {row.id: row.fields["section"] for row in rows if "section" in row.fields}
    if sections:
        write_sections(course.root, sections)
    print(said)
    return 0
