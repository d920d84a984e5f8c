"""Start JupyterLab so that Formgrader, Assignment List and the lessons are where one looks."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from slopewise.course import Course
from slopewise.errors import CourseError

LEARNERS_FOLDER = "my-lessons"
EXCHANGE = "exchange"


def prepare(course: Course) -> None:
    """Make the folders that Lab and nbgrader expect, and the learner's copies of the lessons.

    A copy that is there already is the learner's work and is left alone.

    Raises:
        CourseError: nothing is released yet, or a folder cannot be written.
    """
    released = [lesson for lesson in course.lessons if lesson.path_in("release").is_file()]
    if not released:
        raise CourseError(f"{course.root / 'release'}: holds no lesson; run `slopewise build`")
    try:
        exchange = course.root / EXCHANGE
        exchange.mkdir(exist_ok=True)
        exchange.chmod(0o777)  # nbgrader asks that every learner can write to it
        folder = course.root / LEARNERS_FOLDER
        folder.mkdir(exist_ok=True)
        for lesson in released:
            copy = folder / f"{lesson.name}.ipynb"
            if not copy.exists():
                shutil.copyfile(lesson.path_in("release"), copy)
    except OSError as error:
        raise CourseError(f"{error.filename}: cannot be written ({error.strerror})") from None


def lab_environment() -> dict[str, str]:
    """Return the environment of the Lab process: ours, and where our settings lie."""
    ours = str(Path(__file__).resolve().parent)
    paths = [ours, *filter(None, os.environ.get("JUPYTER_CONFIG_PATH", "").split(os.pathsep))]
    return {**os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join(dict.fromkeys(paths))}


def lab_command_line(course: Course, *arguments: str) -> list[str]:
    """Return the command that starts Lab in the course's root; `arguments` come last and win."""
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={course.root}",
        f"--LabApp.default_url=/lab/tree/{LEARNERS_FOLDER}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # in a container; Jupyter refuses it otherwise
    return [*command, *arguments]
