"""Grade the same class with stock nbgrader and with Slopewise, on this machine, in one run.

.. code-block:: console

    $ make bench                                        # 10, 50 and 200 submissions: about an hour
    $ .venv/bin/python -m benchmarks.grading 10 50      # only these sizes
    $ .venv/bin/python -m benchmarks.grading 200 --no-stock 200

Both run `nbgrader autograde`, one lesson after another, from a cold start. Stock is nbgrader with
its own executor and preprocessors on the very same notebooks. The floor is the learners' own code
in a warm process. Prints a table, and writes results and a picture into a folder.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import nbformat

from benchmarks.measure import Measured, measure
from slopewise.answers import read_answers
from slopewise.build import FOLDERS
from slopewise.commands.table import table
from slopewise.course import CONFIGURATION, Course
from slopewise.environment import put_tools_on_path
from slopewise.sample import answered, filled_in

STOCK_CONFIGURATION = """\
c = get_config()
c.CourseDirectory.course_id = "slopewise"
c.CourseDirectory.solution_directory = "solutions"
c.Execute.timeout = 60
"""


@dataclass(frozen=True)
class Row:
    """One size of class.

    Attributes:
        submissions: how many notebooks were graded.
        stock: what stock nbgrader took; None where it was not run.
        ours: what Slopewise took.
        floor: CPU seconds of the learners' own code.
    """

    submissions: int
    stock: Measured | None
    ours: Measured
    floor: float


def main() -> None:
    """Measure each size in turn; stock and ours alternate within a size, lesson by lesson."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[10, 50, 200])
    parser.add_argument("--no-stock", nargs="*", type=int, default=[], metavar="SIZE")
    parser.add_argument("--output", type=Path, default=Path("build/benchmark"))
    words = parser.parse_args()
    put_tools_on_path()
    course = Course.find(Path(__file__).resolve().parent)
    rows = []
    for size in words.sizes or [10, 50, 200]:
        rows.append(measure_size(course, size, stock=size not in words.no_stock))
        print(describe(rows), flush=True)
    words.output.mkdir(parents=True, exist_ok=True)
    (words.output / "grading.json").write_text(
        json.dumps({"machine": machine(), "rows": [asdict(row) for row in rows]}, indent=2) + "\n"
    )
    draw(rows, words.output / "grading.png")
    print(f"\n{machine()}\n{words.output}/grading.json, grading.png")


def machine() -> str:
    """Return a line that describes this machine."""
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()} "
        f"{platform.machine()}, load {os.getloadavg()[0]:.1f} at the end"
    )


def measure_size(course: Course, size: int, *, stock: bool) -> Row:
    """Grade a class whose submissions are spread evenly over the lessons."""
    with tempfile.TemporaryDirectory(prefix="slopewise-bench-") as folder:
        roots = {}
        for name in ["stock", "ours"] if stock else ["ours"]:
            roots[name] = Path(folder).resolve() / name
            _make_course(course, roots[name], size, stock=name == "stock")
        # A warm process of our own, that nobody else uses and that ends with the measurement.
        runtime = Path(folder) / "run"
        runtime.mkdir(mode=0o700)
        environment = {**os.environ, "SLOPEWISE_RUNTIME_DIR": str(runtime)}
        took: dict[str, list[Measured]] = {name: [] for name in roots}
        for lesson in course.lessons:
            for name, root in roots.items():
                command = [sys.executable, "-m", "nbgrader", "autograde", lesson.name]
                took[name].append(measure(command, root, environment))
        floor = _floor(roots["ours"])
        found = {name: _total(parts) for name, parts in took.items()}
        return Row(size, found.get("stock"), found["ours"], floor)


def _make_course(course: Course, root: Path, size: int, *, stock: bool) -> None:
    for name in ("notebooks", *FOLDERS):
        shutil.copytree(course.root / name, root / name)
    (root / "answers").mkdir()
    for path in (course.root / "answers").glob("*.json"):
        shutil.copy(path, root / "answers")
    if stock:
        (root / CONFIGURATION).write_text(STOCK_CONFIGURATION)
    else:
        shutil.copy(course.root / CONFIGURATION, root)
    lessons = course.lessons
    for number in range(size):
        lesson = lessons[number % len(lessons)]
        place = number // len(lessons)
        student = f"learner-{place:04}"
        target = root / "submitted" / student / lesson.name
        target.mkdir(parents=True)
        # No two alike: a result that is kept from one must not serve the next.
        notebook = answered(lesson, {exercise.name for exercise in lesson.exercises})
        if place % 3:
            wrong = [one for one in read_answers(lesson) if not one.right]
            one = wrong[place % len(wrong)]
            notebook = filled_in(lesson, {**_answers(notebook), one.exercise: one.source})
        notebook.cells.append(nbformat.v4.new_code_cell(f"learner = {number}"))
        nbformat.write(notebook, target / f"{lesson.name}.ipynb")
    for lesson in lessons:
        subprocess.run(
            [sys.executable, "-m", "nbgrader", "generate_assignment", lesson.name, "--force"],
            cwd=root,
            check=True,
            capture_output=True,
        )


def _answers(notebook: nbformat.NotebookNode) -> dict[str, str]:
    return {cell.id: cell.source for cell in notebook.cells}


def _floor(root: Path) -> float:
    """CPU seconds of the cells that our grader ran, in a warm process."""
    notebooks = sorted(map(str, (root / "autograded").glob("*/*/*.ipynb")))
    result = subprocess.run(
        [sys.executable, "-m", "benchmarks.floor", *notebooks],
        cwd=Path(__file__).resolve().parent.parent,
        check=True,
        capture_output=True,
        text=True,
    )
    return float(sum(json.loads(result.stdout.splitlines()[-1])))


def _total(parts: list[Measured]) -> Measured:
    return Measured(
        sum(part.wall for part in parts),
        sum(part.cpu for part in parts),
        max(part.memory for part in parts),
    )


def describe(rows: list[Row]) -> str:
    """Return the rows as a table."""
    header = [
        *("submissions", "grader", "notebooks a minute", "CPU s a notebook", "CPU / floor"),
        *("peak memory MB", "throughput"),
    ]
    lines = []
    for row in rows:
        for name, found in (("stock", row.stock), ("slopewise", row.ours)):
            if found is None:
                continue
            ratio = row.stock.wall / found.wall if row.stock else None
            lines.append(
                [
                    str(row.submissions),
                    name,
                    f"{60 * row.submissions / found.wall:.1f}",
                    f"{found.cpu / row.submissions:.2f}",
                    f"{found.cpu / row.floor:.2f}",
                    f"{found.memory / 1e6:.0f}",
                    f"{ratio:.1f} x" if ratio is not None else "",
                ]
            )
    return "\n" + table(header, lines, left=(1,))


def draw(rows: list[Row], path: Path) -> None:
    """Draw wall and CPU seconds a notebook against the size of the class."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 3.4), dpi=110, layout="constrained")
    FigureCanvasAgg(figure)
    panels = figure.subplots(1, 2)
    stock = [row for row in rows if row.stock is not None]
    for axes, part, title in (
        (panels[0], "wall", "wall seconds a notebook"),
        (panels[1], "cpu", "CPU seconds a notebook"),
    ):
        axes.plot(
            [row.submissions for row in stock],
            [getattr(row.stock, part) / row.submissions for row in stock],
            "s--",
            color="#D55E00",
            label="stock nbgrader",
        )
        axes.plot(
            [row.submissions for row in rows],
            [getattr(row.ours, part) / row.submissions for row in rows],
            "o-",
            color="#0072B2",
            label="Slopewise, boxed",
        )
        if part == "cpu":
            floor = [row.floor / row.submissions for row in rows]
            axes.plot([row.submissions for row in rows], floor, "k:", label="floor")
        axes.set(xscale="log", yscale="log", xlabel="submissions", title=title)
        axes.set_xticks([row.submissions for row in rows], [str(row.submissions) for row in rows])
        axes.minorticks_off()
        axes.grid(alpha=0.3, which="both")
        axes.legend()
    figure.savefig(path, metadata={"Software": None})


if __name__ == "__main__":
    main()
