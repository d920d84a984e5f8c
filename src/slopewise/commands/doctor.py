"""`slopewise doctor`: whether this machine can build, run and grade."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from slopewise.commands.table import counted, table
from slopewise.errors import CourseError, SlopewiseError
from slopewise.notebook.course import Course
from slopewise.notebook.course_settings import SETTINGS

_MODULES = (
    "numpy",
    "ipywidgets",
    "ipykernel",
    "jupyterlab",
    "nbgrader",
    "jupytext",
)
_PROGRAMS = ("alembic", "jupyter", "nbgrader")
_ROOM = 2 * 2**30


@dataclass(frozen=True)
class _Finding:
    """One thing that was looked at: what for, whether it is well, and what to do if not."""

    task: str
    name: str
    ok: bool
    advice: str = ""


def doctor(start: Path | None) -> int:
    """Print a table of what was looked at; return 0 where everything is well, else 1."""
    findings = list(_look(start))
    rows = [
        [one.name, one.task, "yes" if one.ok else "NO", one.advice.replace("\n", " ")]
        for one in findings
    ]
    width = shutil.get_terminal_size().columns
    print(table(["what", "needed to", "well", "what to do"], rows, left=(0, 1, 3), width=width))
    well = all(one.ok for one in findings)
    print("\nThis machine can build, run and grade." if well else "\nSomething is missing, see NO.")
    return 0 if well else 1


def _look(start: Path | None) -> Iterator[_Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    new_enough = sys.version_info >= (3, 11)
    yield _Finding("run", f"Python {version}", new_enough, "use 3.11 or newer" * (not new_enough))
    yield _look_at_packages("packages", _MODULES, "install {}: make build")
    others = [name for name in _lessons_import(start) if name not in _MODULES]
    if others:
        advice = f"install {{}} here, or take it out of {SETTINGS}"
        yield _look_at_packages("packages of the lessons", others, advice)
    lost = [name for name in _PROGRAMS if shutil.which(name) is None]
    yield _Finding(
        "grade",
        "programs beside Python",
        not lost,
        f"{', '.join(lost)} not found beside {sys.executable}; install again" * bool(lost),
    )
    yield from _look_at_course(start)
    yield from _look_at_kernels()
    yield from _look_at_lessons(start)


def _look_at_packages(what: str, names: Sequence[str], advice: str) -> _Finding:
    missing = [name for name in names if importlib.util.find_spec(name) is None]
    return _Finding("run", what, not missing, advice.format(", ".join(missing)) * bool(missing))


def _lessons_import(start: Path | None) -> list[str]:
    """The packages that the course says its lessons need; what else is amiss is told below."""
    try:
        needed = Course.find(start).settings.modules.needed
    except CourseError:
        return []
    return [name.partition(".")[0] for name in needed]


def _look_at_course(start: Path | None) -> Iterator[_Finding]:
    try:
        course = Course.find(start)
        made = course.notebooks_in_source() if not course.has_texts else ()
        what = f"{course.settings.title}: {len(made)} notebooks made for nbgrader"
        if not made:
            what = f"{course.settings.title}: {counted(len(course.lessons), 'lesson')}"
    except CourseError as error:
        yield _Finding("build", "a course", False, str(error))
        return
    yield _Finding("grade" if made else "build", what, True)
    writable = os.access(course.root, os.W_OK)
    yield _Finding(
        "grade", "course folder writable", writable, f"{course.root}: not writable" * (not writable)
    )
    room = shutil.disk_usage(course.root).free
    yield _Finding(
        "grade",
        "room on the disk",
        room >= _ROOM,
        f"{room / 2**30:.1f} GB left; have 2 GB or more" * (room < _ROOM),
    )
    yield _exchange(course)


def _exchange(course: Course) -> _Finding:
    """Who may write where in the exchange; what this account may set right is set right."""
    from slopewise.nbgrader.exchange.permissions import faults, set_right
    from slopewise.nbgrader.runs import NbgraderCourse

    what = "exchange that nobody can replace"
    try:
        config = NbgraderCourse(course.root).config
    except CourseError as error:
        return _Finding("hand in", what, False, str(error))
    root = config.get("Exchange", {}).get("root")
    settings = config.get("CourseDirectory", {})
    name = settings.get("course_id", "")
    if not root or not name:
        return _Finding(
            "hand in", what, False, "set c.Exchange.root and c.CourseDirectory.course_id"
        )
    if not Path(root).exists():
        return _Finding("hand in", what, True, "made when a lesson is released")
    found = faults(Path(root), name, shared=bool(settings.get("groupshared", False)))
    left = set_right(found)
    said = [one.text for one in left] or [f"{one.path}: mode set to {one.mode:o}" for one in found]
    return _Finding("hand in", what, not left, "; ".join(said))


def _look_at_lessons(start: Path | None) -> Iterator[_Finding]:
    """Grade each built lesson's own solution, the very way that submissions go."""
    try:
        from slopewise.nbgrader.canaries import try_canaries

        course = Course.find(start)
        for lesson, trouble in try_canaries(course):
            yield _Finding("grade", f"solution of {lesson}", not trouble, trouble)
    except SlopewiseError as error:
        yield _Finding("grade", "lessons' own solutions", False, str(error))
    except ImportError:  # told above, as a package that is missing
        return


def _look_at_kernels() -> Iterator[_Finding]:
    from slopewise import sandbox

    for finding in sandbox.check():
        yield _Finding("grade safely", finding.name, finding.ok, finding.advice)
