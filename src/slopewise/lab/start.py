"""Start JupyterLab so that Formgrader, Assignment List and the lessons are where one looks."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from slopewise.errors import CourseError
from slopewise.lab.desk import Desk
from slopewise.lab.welcome import Handing, write_page
from slopewise.notebook.course import Course
from slopewise.notebook.files import write_whole

EXCHANGE = "exchange"
_HERE = Path(__file__).resolve().parent


def prepare(course: Course) -> str | None:
    """Make the folders that Lab and nbgrader expect, the learner's lessons and the welcome page.

    A copy of a lesson that is there already is the learner's work and is left alone.

    Returns:
        What is wrong with the exchange folder, in one sentence, where it cannot be made: lessons
        can be worked on all the same, and the welcome page says it too. Otherwise None.

    Raises:
        CourseError: nothing is released yet, or the learner's folder cannot be written.
    """
    released = [lesson for lesson in course.lessons if lesson.path_in("release").is_file()]
    if not released:
        raise CourseError(f"{course.root / 'release'}: holds no lesson; run `slopewise build`")
    desk = Desk.of_course(course)
    trouble = _make_exchange(course.root / EXCHANGE)
    try:
        for lesson in released:
            copy = desk.copy_of(lesson.name)
            if not copy.exists():
                write_whole(copy, lesson.path_in("release").read_bytes())
            for name, data in lesson.data_files().items():
                if not (copy.parent / name).exists():  # else it is as the learner has left it
                    write_whole(copy.parent / name, data)
            tutor = lesson.tutor_path("release")
            if tutor.is_file():  # the course's, not the learner's: always that of the release
                write_whole(copy.with_name(tutor.name), tutor.read_bytes())
        write_page(desk, Handing(trouble=trouble))
    except OSError as error:
        raise CourseError(f"{error.filename}: cannot be written ({error.strerror})") from None
    return trouble


def _make_exchange(folder: Path) -> str | None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        return f"The exchange folder {folder} cannot be made ({error.strerror})."
    return None


def lab_environment(course: Course) -> dict[str, str]:
    """Return the environment of the Lab process: ours, and where the settings lie.

    The course's folder is among them because nbgrader changes folders while it works, and has to
    find nbgrader_config.py from each of them.
    """
    others = os.environ.get("JUPYTER_CONFIG_PATH", "").split(os.pathsep)
    paths = [str(_HERE), str(course.root), *filter(None, others)]
    return {**os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join(dict.fromkeys(paths))}


def lab_command_line(course: Course, *arguments: str) -> list[str]:
    """Return the command that starts Lab in the course's root; `arguments` come last and win."""
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={course.root}",
        f"--LabApp.default_url=/lab/tree/{Desk.of_course(course).page_path}",
        f"--LabApp.extra_labextensions_path={_HERE / 'labextensions'}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # in a container; Jupyter refuses it otherwise
    if os.name == "posix":
        # Without a terminal of its own Lab opens login shells, which forget where our commands are.
        shell = os.environ.get("SHELL") or shutil.which("bash") or "/bin/sh"
        command.append(f"--ServerApp.terminado_settings=shell_command={shell}")
    return [*command, *arguments]
