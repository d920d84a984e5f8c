"""`slopewise demo`: build, make a sample class, grade it, show the scores."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from slopewise.build import FOLDERS, build
from slopewise.commands.table import table
from slopewise.course import CONFIGURATION, Course
from slopewise.errors import CourseError

_MARK = ".slopewise-demo"


def demo_command(course: Course, folder: Path) -> int:
    """Build all lessons, grade a sample class with nbgrader and print its scores."""
    from slopewise.nbgrader_plugins.runs import NbgraderCourse
    from slopewise.sample import CLASS, write_submissions

    start = time.monotonic()
    _say("Building the lessons")
    build(course, progress=lambda line: _say(f"  {line}"))
    root = _fresh_folder(folder)
    for name in FOLDERS:
        shutil.copytree(course.root / name, root / name)
    shutil.copy(course.root / CONFIGURATION, root / CONFIGURATION)
    write_submissions(course, root)
    _say(f"\nGrading {len(CLASS)} learners with nbgrader")
    graded = NbgraderCourse(root)
    for lesson in course.lessons:
        before = time.monotonic()
        graded.generate(lesson.name)
        graded.autograde(lesson.name)
        graded.feedback(lesson.name)
        _say(f"  {lesson.name}: graded, feedback written ({time.monotonic() - before:.0f} s)")
    _say("\n" + _scores(graded, course))
    _say(f"\nDone in {time.monotonic() - start:.0f} s. Where to look next:")
    first = course.lessons[0].name
    shown = folder if not folder.is_absolute() else root
    _say(f"  {shown}/feedback/{CLASS[2].id}/{first}/{first}.html   what a learner gets back")
    _say(f"  {shown}/autograded/   every graded notebook; {shown}/gradebook.db   the gradebook")
    _say("  make lab              the course in JupyterLab, Formgrader included")
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


def _scores(graded: object, course: Course) -> str:
    from slopewise.nbgrader_plugins.runs import NbgraderCourse

    assert isinstance(graded, NbgraderCourse)
    scores = graded.scores()
    names = [lesson.name for lesson in course.lessons]
    students = sorted({score.student for score in scores})
    found = {(score.student, score.assignment): score for score in scores}
    rows = []
    for student in students:
        line = [found[student, name].score for name in names]
        rows.append([student, *[f"{score:g}" for score in line], f"{sum(line):g}"])
    maxima = [lesson.points for lesson in course.lessons]
    rows.append(["(maximum)", *[f"{points:g}" for points in maxima], f"{sum(maxima):g}"])
    return table(["learner", *[name[:2] for name in names], "total"], rows)
