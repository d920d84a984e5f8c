"""A course with a class's submissions in it, to be graded."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat

from slopewise.build import FOLDERS
from slopewise.notebook.course import CONFIGURATION, Course
from slopewise.sample import answered, filled_in
from slopewise.scoring.known_answers import read_answers

STOCK_CONFIGURATION = """\
c = get_config()
c.CourseDirectory.course_id = "slopewise"
c.CourseDirectory.solution_directory = "solutions"
c.Execute.timeout = 60
"""


def make_course(
    course: Course, root: Path, size: int, *, stock: bool = False, alike: bool = False
) -> None:
    """Make a copy of the course in `root` with `size` submissions, spread over its lessons.

    stock: with a configuration that knows nothing of Slopewise.
    alike: half of a lesson's submissions is right in all, and half has the lesson's first known
    wrong answer, so that classes of any size differ in nothing but size. Otherwise a third is right
    in all, and the others have one wrong answer each, of the known ones in turn.
    """
    for name in ("notebooks", *FOLDERS):
        shutil.copytree(course.root / name, root / name)
    (root / "answers").mkdir()
    for path in (course.root / "answers").glob("*.json"):
        shutil.copy(path, root / "answers")
    if stock:
        (root / CONFIGURATION).write_text(STOCK_CONFIGURATION)
    else:
        course.copy_settings(root)
    lessons = course.lessons
    solutions = {
        lesson.name: answered(lesson, {exercise.name for exercise in lesson.exercises})
        for lesson in lessons
    }
    wrong = {
        lesson.name: [one for one in read_answers(lesson) if not one.right] for lesson in lessons
    }
    for number in range(size):
        lesson = lessons[number % len(lessons)]
        place = number // len(lessons)
        target = root / "submitted" / f"learner-{place:04}" / lesson.name
        target.mkdir(parents=True)
        answers = {cell.id: cell.source for cell in solutions[lesson.name].cells}
        if place % (2 if alike else 3):
            one = wrong[lesson.name][0 if alike else place % len(wrong[lesson.name])]
            answers[one.exercise] = one.source
        notebook = filled_in(lesson, answers)
        # No two alike: a result that is kept from one must not serve the next.
        notebook.cells.append(nbformat.v4.new_code_cell(f"learner = {number}"))
        nbformat.write(notebook, target / f"{lesson.name}.ipynb")
    for lesson in lessons:
        subprocess.run(
            [sys.executable, "-m", "nbgrader", "generate_assignment", lesson.name, "--force"],
            cwd=root,
            check=True,
            capture_output=True,
        )
