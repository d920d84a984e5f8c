"""What feedback pages cost: nbgrader's own, and ours, of the same graded class.

.. code-block:: console

    $ .venv/bin/python -m benchmarks.feedback            # 24 learners, lesson 1
    $ .venv/bin/python -m benchmarks.feedback 200 --lesson 04-linear-sgd

The class is graded once, then `nbgrader generate_feedback` makes its pages from nothing: of one
learner, of all, and of all once more while nothing has changed. What a run costs before its second
page, the start above all, falls out of the difference between the first two.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.classroom import STOCK_CONFIGURATION, make_course
from benchmarks.measure import Measured, machine, measure
from slopewise.commands.table import table
from slopewise.environment import put_tools_on_path
from slopewise.notebook.course import CONFIGURATION, Course
from slopewise.sandbox import client


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("learners", nargs="?", type=int, default=24)
    parser.add_argument("--lesson", help="the first, if not said")
    parser.add_argument("--pictures", action="store_true", help="grade with figures drawn")
    parser.add_argument("--ours-alone", action="store_true", help="leave stock nbgrader out")
    arguments = parser.parse_args()
    put_tools_on_path()
    course = Course.find(Path.cwd())
    lesson = arguments.lesson or course.lessons[0].name
    with tempfile.TemporaryDirectory(prefix="slopewise-bench-") as folder:
        root = Path(folder, "course")
        make_course(course, root, arguments.learners * len(course.lessons))
        _grade(root, lesson, pictures=arguments.pictures)
        ours = (root / CONFIGURATION).read_text()
        rows = []
        if not arguments.ours_alone:
            (root / CONFIGURATION).write_text(STOCK_CONFIGURATION)
            one, every, _ = _pages(root, lesson)
            rows.append(_row("stock nbgrader", one, every, arguments.learners))
        (root / CONFIGURATION).write_text(ours)
        one, every, again = _pages(root, lesson)
        rows.append(_row("Slopewise", one, every, arguments.learners))
        rows.append(["Slopewise, nothing changed", "", f"{again.cpu:.2f}", f"{again.wall:.1f}", ""])
        head = ["pages by", "one page", "all pages", "all, seconds", "a page beyond the first"]
        print(f"{machine()}\n{lesson}, {arguments.learners} learners; CPU seconds\n")
        print(table(head, rows))


def _grade(root: Path, lesson: str, *, pictures: bool) -> None:
    runtime = tempfile.mkdtemp(prefix="sb", dir="/tmp")
    os.environ["SLOPEWISE_RUNTIME_DIR"] = runtime
    try:
        _nbgrader(root, "autograde", lesson, f"--SlopewiseGrading.pictures={pictures}")
        client.dismiss()
    finally:
        del os.environ["SLOPEWISE_RUNTIME_DIR"]
        shutil.rmtree(runtime, ignore_errors=True)


def _pages(root: Path, lesson: str) -> tuple[Measured, Measured, Measured]:
    """What the pages of one learner, of all, and of all again take."""
    found = []
    for number, learner in enumerate(("learner-0000", "*", "*")):
        if number < 2:
            shutil.rmtree(root / "feedback", ignore_errors=True)
        command = [*_COMMAND, "generate_feedback", lesson, f"--student={learner}"]
        found.append(measure([command], root, os.environ, lambda: None))
    return found[0], found[1], found[2]


def _row(name: str, one: Measured, every: Measured, learners: int) -> list[str]:
    each = (every.cpu - one.cpu) / (learners - 1)
    return [name, f"{one.cpu:.2f}", f"{every.cpu:.2f}", f"{every.wall:.1f}", f"{each:.3f}"]


_COMMAND = (sys.executable, "-m", "nbgrader")


def _nbgrader(root: Path, *words: str) -> None:
    done = subprocess.run([*_COMMAND, *words], cwd=root, check=False, capture_output=True)
    if done.returncode:
        sys.exit(f"nbgrader {' '.join(words)}:\n{done.stderr.decode()[-2000:]}")


if __name__ == "__main__":
    main()
