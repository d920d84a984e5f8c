"""What a notebook costs Slopewise in classes that differ in nothing but size.

.. code-block:: console

    $ .venv/bin/python -m benchmarks.growth             # 10, 50 and 200 submissions, three times
    $ .venv/bin/python -m benchmarks.growth 10 50 --times 1

The sizes are graded in turn, each from a cold start, then all of them again. What is the same in
each size, above all the start, falls out of the differences between two sizes. Of several times
the shortest is taken: whatever else a machine does can only add to it, as timeit's documentation
says.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.classroom import make_course
from benchmarks.command import grade
from benchmarks.floor import floor
from benchmarks.measure import Measured, machine
from slopewise.commands.table import table
from slopewise.environment import put_tools_on_path
from slopewise.notebook.course import Course


@dataclass(frozen=True)
class Size:
    """One size of class, graded several times.

    Attributes:
        submissions: how many notebooks were graded.
        found: what each time took.
        floor: CPU seconds of the learners' own code, once.
    """

    submissions: int
    found: tuple[Measured, ...]
    floor: float

    def least(self, part: str) -> float:
        """The lowest over all times of "wall", "cpu" or "faults"."""
        return float(min(getattr(one, part) for one in self.found))

    def span(self, part: str, unit: float, digits: int) -> str:
        """The lowest and the highest over all times."""
        values = [getattr(one, part) / unit for one in self.found]
        return f"{min(values):.{digits}f} to {max(values):.{digits}f}"


def main() -> None:
    """Measure all sizes, print two tables and write the figures into a folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[10, 50, 200])
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--output", type=Path, default=Path("build/benchmark"))
    words = parser.parse_args()
    put_tools_on_path()
    course = Course.find(Path(__file__).resolve().parent)
    even = 2 * len(course.lessons)
    if any(size % even for size in words.sizes):
        parser.error(f"sizes are multiples of {even}: as many right as wrong, in each lesson")
    words.output.mkdir(parents=True, exist_ok=True)
    sizes = grow(course, words.sizes, words.times)
    found = {"machine": machine(), "sizes": [asdict(size) for size in sizes]}
    (words.output / "growth.json").write_text(json.dumps(found, indent=2) + "\n")
    print(f"{describe_growth(sizes)}\n\n{machine()}\n{words.output}/growth.json")


def grow(course: Course, sizes: Sequence[int], times: int) -> list[Size]:
    """Grade classes of these sizes in turn, `times` times, each from nothing."""
    found: dict[int, list[Measured]] = {size: [] for size in sizes}
    floors: dict[int, float] = {}
    for _ in range(times):
        for size in sizes:
            with tempfile.TemporaryDirectory(prefix="slopewise-bench-") as name:
                root = Path(name).resolve() / "course"
                make_course(course, root, size, alike=True)
                found[size].append(grade(course, root, "words"))
                if size not in floors:
                    graded = sorted(root.glob("autograded/*/*/*.ipynb"))
                    floors[size] = floor(graded, pictures=False)
    return [Size(size, tuple(found[size]), floors[size]) for size in sizes]


def describe_growth(sizes: Sequence[Size]) -> str:
    """Return what each size took in all, and what each further notebook costs, as two tables."""
    totals = [
        [
            str(size.submissions),
            size.span("wall", 1, 1),
            size.span("cpu", 1, 1),
            f"{size.floor:.1f}",
            size.span("faults", 1000, 0),
            size.span("memory", 1e6, 0),
        ]
        for size in sizes
    ]
    further = []
    for before, after in pairwise(sizes):
        more = after.submissions - before.submissions
        wall, cpu, faults = (
            (after.least(part) - before.least(part)) / more for part in ("wall", "cpu", "faults")
        )
        further.append(
            [
                str(before.submissions),
                str(after.submissions),
                f"{wall:.3f}",
                f"{cpu:.3f}",
                f"{(after.floor - before.floor) / more:.3f}",
                f"{faults / 1000:.2f}",
            ]
        )
    header = ["submissions", "wall s", "CPU s", "floor", "thousand page faults", "peak memory MB"]
    names = ["from", "to", "wall s", "CPU s", "floor", "thousand page faults"]
    return (
        f"Classes that differ only in size, graded {len(sizes[0].found)} times:\n"
        f"{table(header, totals)}\n\n"
        "Each further notebook, by the shortest times:\n"
        f"{table(names, further)}"
    )


if __name__ == "__main__":
    main()
