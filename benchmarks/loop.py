"""An instructor's loop, grade, feedback and report, with stock nbgrader and with Slopewise.

.. code-block:: console

    $ .venv/bin/python -m benchmarks.loop                       # 50 and 200; ours alone at 2,000
    $ .venv/bin/python -m benchmarks.loop 50 --ours-alone       # only this size, against stock
    $ .venv/bin/python -m benchmarks.loop --ours-alone 50 200   # only these, without stock
    $ .venv/bin/python -m benchmarks.loop --ours-alone 50 --beside drawn dask-1 dask-2

For each size the same class, all five lessons, from a cold start: `nbgrader autograde` lesson by
lesson, `nbgrader generate_feedback` lesson by lesson, and `slopewise report`, which stock has not.
Slopewise goes first and once more after stock, and the mean counts: a shared machine becomes faster
or slower meanwhile. Submissions are notebooks, spread evenly over the lessons, no two alike.
`--beside` adds rows: Slopewise with pictures drawn, and Dask workers with a core each.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.classroom import make_course
from benchmarks.command import grade
from benchmarks.measure import Measured, machine, mean, measure
from slopewise.commands.table import table
from slopewise.environment import put_tools_on_path
from slopewise.notebook.course import Course

STEPS = ("autograde", "generate_feedback", "report")
BESIDE = {
    "drawn": "Slopewise, pictures drawn",
    "dask-1": "Slopewise, one Dask worker",
    "dask-2": "Slopewise, two Dask workers",
}
Loop = dict[str, Measured]


def main() -> None:
    """Measure each size in turn, and print a table after each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, help="beside stock; 50 and 200")
    parser.add_argument("--ours-alone", nargs="*", type=int, metavar="SIZE", help="2000")
    parser.add_argument("--beside", nargs="*", choices=[*BESIDE], default=[])
    words = parser.parse_args()
    if words.ours_alone is None:
        words.ours_alone = [2000]
        words.sizes = words.sizes or [50, 200]
    put_tools_on_path()
    course = Course.find(Path(__file__).resolve().parent)
    rows: list[list[str]] = []
    for size in sorted({*words.sizes, *words.ours_alone}):
        rows += measure_size(course, size, stock=size in words.sizes, beside=words.beside)
        print(f"\n{_table(rows)}\n{machine()}", flush=True)


def measure_size(
    course: Course, size: int, *, stock: bool, beside: Sequence[str] = ()
) -> list[list[str]]:
    """Return the rows of one size: ours, stock's where it is asked for, and those beside."""
    found: dict[str, list[Loop]] = defaultdict(list)
    order = [*(["words", "stock", "words"] if stock else ["words"]), *beside]
    with tempfile.TemporaryDirectory(prefix="slopewise-bench-") as name:
        for place, grader in enumerate(order):
            root = Path(name).resolve() / f"{place}-{grader}"
            make_course(course, root, size, stock=grader == "stock")
            found[grader].append(go_round(course, root, grader))
            took = _whole(found[grader][-1].values())
            print(f"{size} submissions, {grader}: {took.wall:.1f} s", flush=True)
    theirs = found["stock"][0] if stock else None
    names = {"stock": "stock nbgrader", "words": "Slopewise", **BESIDE}
    return [_row(size, names[one], _mean(found[one]), theirs) for one in names if one in found]


def go_round(course: Course, root: Path, grader: str) -> Loop:
    """Grade a class, make its feedback and, where it is ours, its report."""
    feedback = [
        [sys.executable, "-m", "nbgrader", "generate_feedback", lesson.name]
        for lesson in course.lessons
    ]
    loop = {
        "autograde": grade(course, root, grader),
        "generate_feedback": measure(feedback, root, os.environ, lambda: None),
    }
    if grader != "stock":
        report = [sys.executable, "-m", "slopewise", "--course", str(root), "report"]
        loop["report"] = measure([report], root, os.environ, lambda: None)
    return loop


def _mean(rounds: Sequence[Loop]) -> Loop:
    return {step: mean([one[step] for one in rounds]) for step in rounds[0]}


def _whole(steps: Iterable[Measured]) -> Measured:
    every = list(steps)
    return Measured(
        sum(one.wall for one in every),
        sum(one.cpu for one in every),
        max(one.memory for one in every),
        sum(one.faults for one in every),
    )


def _row(size: int, name: str, loop: Loop, stock: Loop | None) -> list[str]:
    whole = _whole(loop.values())
    times = f"{_whole(stock.values()).wall / whole.wall:.1f} x" if stock else ""
    return [
        *(str(size), name),
        *(f"{loop[step].wall:.1f}" if step in loop else "" for step in STEPS),
        *(f"{whole.wall:.1f}", times, f"{whole.cpu / size:.2f}", f"{whole.memory / 1e6:.0f}"),
    ]


def _table(rows: list[list[str]]) -> str:
    head = ["submissions", "", *STEPS, "seconds in all", "throughput", "CPU s each", "peak MB"]
    return table(head, rows, left=(1,))


if __name__ == "__main__":
    main()
