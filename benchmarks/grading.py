"""Grade the same class with stock nbgrader and with Slopewise, on this machine, in one run.

.. code-block:: console

    $ make bench                                        # 10, 50 and 200 submissions: see the docs
    $ .venv/bin/python -m benchmarks.grading 10 50      # only these sizes
    $ .venv/bin/python -m benchmarks.grading 200 --no-stock 200

Each grades all five lessons, `nbgrader autograde` for one after the other, from a cold start.
Stock is nbgrader with its own executor and preprocessors on the very same notebooks. Slopewise
grades them from nothing: with pictures told in words, as it does unless told otherwise, and with
pictures drawn, as stock does. Stock takes minutes in which a shared machine becomes faster or
slower; so Slopewise grades once before it and once after, and the mean counts. The floor is the
learners' own code in a warm process, measured before and after, too; with pictures, after only.
Prints tables, and writes results and a picture into a folder.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from statistics import fmean

from benchmarks.classroom import make_course
from benchmarks.command import grade, stages_of
from benchmarks.figure import draw
from benchmarks.floor import floor
from benchmarks.measure import Measured, machine, mean
from benchmarks.rows import Row, describe, describe_stages
from slopewise.environment import put_tools_on_path
from slopewise.notebook.course import Course


def main() -> None:
    """Measure each size in turn; within a size, stock and Slopewise one after the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[10, 50, 200])
    parser.add_argument("--no-stock", nargs="*", type=int, default=[], metavar="SIZE")
    parser.add_argument("--output", type=Path, default=Path("build/benchmark"))
    words = parser.parse_args()
    put_tools_on_path()
    course = Course.find(Path(__file__).resolve().parent)
    words.output.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    for size in words.sizes or [10, 50, 200]:
        rows.append(measure_size(course, size, stock=size not in words.no_stock))
        print(f"\n{describe(rows)}\n\n{describe_stages(rows)}", flush=True)
        found = {"machine": machine(), "rows": [asdict(row) for row in rows]}
        (words.output / "grading.json").write_text(json.dumps(found, indent=2) + "\n")
        draw(rows, words.output / "grading.png")
    print(f"\n{machine()}\n{words.output}/grading.json, grading.png")


def measure_size(course: Course, size: int, *, stock: bool) -> Row:
    """Grade a class whose submissions are spread evenly over the lessons."""
    found: dict[str, list[Measured]] = {"stock": [], "words": [], "drawn": []}
    floors: list[float] = []
    frozen: list[float] = []
    stages: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory(prefix="slopewise-bench-") as name:
        for place, grader in enumerate(["words", "drawn", "stock", "words", "drawn"]):
            if grader == "stock" and not stock:
                continue
            root = Path(name).resolve() / f"{place}-{grader}"
            make_course(course, root, size, stock=grader == "stock")
            took = grade(course, root, grader)
            found[grader].append(took)
            print(
                f"{size} submissions, {grader}: {took.wall:.1f} s, CPU {took.cpu:.1f} s", flush=True
            )
            if grader == "words":
                stages.append(stages_of(root))
                graded = sorted(root.glob("autograded/*/*/*.ipynb"))
                floors.append(floor(graded, pictures=False))
                frozen.append(floor(graded, pictures=False, frozen=True))
        return Row(
            submissions=size,
            stock=mean(found["stock"]) if stock else None,
            words=mean(found["words"]),
            drawn=mean(found["drawn"]),
            floor_words=fmean(floors),
            floor_drawn=floor(graded, pictures=True),
            frozen_words=fmean(frozen),
            frozen_drawn=floor(graded, pictures=True, frozen=True),
            stages={stage: fmean(one[stage] for one in stages) for stage in stages[0]},
        )


if __name__ == "__main__":
    main()
