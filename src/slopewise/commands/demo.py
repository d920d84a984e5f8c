"""`slopewise demo`: build, draw a sample class, grade it, show the scores and the report."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from slopewise.build import FOLDERS, build
from slopewise.commands.students import students_command
from slopewise.commands.table import table
from slopewise.errors import CourseError
from slopewise.notebook.course import CONFIGURATION, Course

if TYPE_CHECKING:
    from slopewise.nbgrader.runs import NbgraderCourse, Score

_MARK = ".slopewise-demo"


def demo_command(course: Course, folder: Path, *, seed: int) -> int:
    """Build all lessons, grade a sample class with nbgrader, print its scores and the report."""
    from slopewise.nbgrader.deadlines.extensions import grant_extension
    from slopewise.nbgrader.runs import NbgraderCourse
    from slopewise.report import gather, write_report
    from slopewise.sample import CLASS, EXTENDED, HALF, class_table, write_submissions

    start = time.monotonic()
    _say("Building the lessons")
    build(course, progress=lambda line: _say(f"  {line}"))
    root = _fresh_folder(folder)
    for name in ("notebooks", "answers", *FOLDERS):
        if (course.root / name).is_dir():
            shutil.copytree(course.root / name, root / name)
    course.copy_settings(root)
    _accept_no_box(root)
    (root / "students.csv").write_text(class_table(), encoding="utf-8")
    students_command(Course(root), root / "students.csv")
    count = write_submissions(course, root, seed=seed)
    _say(f"\nGrading {count} submissions of {len(CLASS)} learners with nbgrader")
    graded = NbgraderCourse(root)
    for lesson in course.lessons:
        before = time.monotonic()
        graded.generate(lesson.name)
        _record_due_date(graded, course, lesson.name)
        if course.lessons.index(lesson) == EXTENDED[1]:  # a course may have fewer
            with closing(graded.gradebook()) as gradebook:
                grant_extension(gradebook, lesson.name, EXTENDED[0], EXTENDED[2])
        graded.autograde(lesson.name)
        graded.feedback(lesson.name)
        _say(f"  {lesson.name}: graded, feedback written ({time.monotonic() - before:.0f} s)")
    _say("\n" + _scores(graded.scores(), course))
    report = write_report(gather(Course(root)), root / "report", anonymous=False)[0]
    shown = folder if not folder.is_absolute() else root
    first = course.lessons[0].name
    _say(f"\nDone in {time.monotonic() - start:.0f} s. Where to look next:")
    where = {
        f"{shown}/report/{report.name}": "the report on the class; open it in a browser",
        f"{shown}/feedback/{HALF}/{first}/{first}.html": "what a learner gets back",
        f"{shown}/autograded/": "every graded notebook",
        f"{shown}/gradebook.db": "the gradebook",
        f"slopewise --course {shown} lab": "the same class in the Formgrader, in JupyterLab",
    }
    width = max(map(len, where))
    for place, what in where.items():
        _say(f"  {place.ljust(width)}  {what}")
    return 0


def _say(line: str) -> None:
    print(line, flush=True)


def _fresh_folder(folder: Path) -> Path:
    """Return an empty folder; only a folder that an earlier demo made is emptied."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _MARK).is_file():
            raise CourseError(
                f"{folder}: holds files that no demo made; name another with --folder"
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARK).write_text("Made by `slopewise demo`, which may delete it.\n")
    return folder.resolve()


def _accept_no_box(root: Path) -> None:
    """Let this class, whose code is our own, be graded where no box can be built."""
    from slopewise import sandbox

    missing = next((finding for finding in sandbox.check() if not finding.ok), None)
    if missing is None:
        return
    _say(f"\nNo box on this machine: {missing.advice}")
    _say("The sample class is our own code and is graded without one. Strangers' would not be.")
    with (root / CONFIGURATION).open("a", encoding="utf-8") as configuration:
        configuration.write("\n# Only in the demo, whose code is our own:\n")
        configuration.write("c.SlopewiseGrading.unboxed = True\n")


def _record_due_date(graded: NbgraderCourse, course: Course, name: str) -> None:
    from slopewise.sample import due_date

    due = due_date(course, course.lesson(name)).replace(tzinfo=None)  # nbgrader keeps naive UTC
    with closing(graded.gradebook()) as gradebook:
        gradebook.update_or_create_assignment(name, duedate=due)


def _scores(scores: Sequence[Score], course: Course) -> str:
    names = [lesson.name for lesson in course.lessons]
    students = sorted({score.student for score in scores})
    found = {(score.student, score.assignment): score.score for score in scores}
    rows = []
    for student in students:
        line = [found.get((student, name)) for name in names]
        total = sum(score for score in line if score is not None)
        cells = ["–" if score is None else f"{score:.4g}" for score in line]
        rows.append([student, *cells, f"{total:.4g}"])
    maxima = [lesson.points for lesson in course.lessons]
    rows.append(["(maximum)", *[f"{points:g}" for points in maxima], f"{sum(maxima):g}"])
    return table(["learner", *[name[:2] for name in names], "total"], rows)
