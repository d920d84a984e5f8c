"""What the report and an export cost in classes that differ in nothing but size.

.. code-block:: console

    $ .venv/bin/python -m benchmarks.large_class            # 200 and 2,000 learners
    $ .venv/bin/python -m benchmarks.large_class 100 400

No notebook is run: the gradebook and the graded notebooks are written as grading leaves them, for
all five lessons, with verdicts drawn by a seed. What counts is CPU time for each further learner,
and that it is the same in a large class as in a small one.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import nbformat
from nbgrader.api import Grade, Gradebook, Student, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import insert

from benchmarks.measure import Measured, machine, measure
from slopewise.commands.table import table
from slopewise.environment import put_tools_on_path
from slopewise.notebook.course import Course, Lesson
from slopewise.scoring import ProbeVerdict, State, Verdict
from slopewise.scoring.record import Record, write_record

_COMMANDS = {
    "report": ("report",),
    "report of one lesson": ("report", "--lesson", "03"),
    "export for Canvas": ("export", "canvas"),
}


def main() -> None:
    """Measure every command in every size, and print two tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[200, 2000])
    sizes = sorted(parser.parse_args().sizes)
    put_tools_on_path()
    course = Course.find()
    found: dict[tuple[str, int], Measured] = {}
    pages = {}
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="slopewise-bench-") as folder:
            root = Path(folder)
            write_class(course, root, size)
            for name, words in _COMMANDS.items():
                command = [sys.executable, "-m", "slopewise", "--course", folder, *words]
                found[name, size] = measure([command], root, os.environ, lambda: None)
                print(f"{size} learners: {name}, {found[name, size].wall:.1f} s", flush=True)
                if name == "report":
                    pages[size] = (root / "report" / "report.html").stat().st_size
    rows = [
        [
            name,
            *[f"{found[name, size].cpu:.1f}" for size in sizes],
            *[
                f"{1000 * (found[name, larger].cpu - found[name, size].cpu) / (larger - size):.1f}"
                for size, larger in pairwise(sizes)
            ],
            f"{found[name, sizes[-1]].memory / 2**20:.0f}",
        ]
        for name in _COMMANDS
    ]
    head = ["CPU seconds", *[f"{size} learners" for size in sizes]]
    head += [f"ms each from {size} to {larger}" for size, larger in pairwise(sizes)]
    print("\n" + table([*head, "peak MB"], rows))
    print("\npage: " + ", ".join(f"{size}: {pages[size] / 1e6:.1f} MB" for size in sizes))
    print(machine())


def write_class(course: Course, root: Path, size: int) -> None:
    """Write a course's folder with a graded class of that many learners."""
    course.copy_settings(root)
    for name in ("notebooks", "source", "release", "answers"):
        (root / name).symlink_to(course.root / name)
    learners = [f"learner{number:05}" for number in range(size)]
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "slopewise") as gradebook:
        gradebook.db.execute(
            insert(Student),
            [
                {"id": one, "first_name": one.title(), "last_name": "Of The Class", "email": ""}
                for one in learners
            ],
        )
        for lesson in course.lessons:
            _write_lesson(gradebook, root, lesson, learners)
        gradebook.db.commit()


def _write_lesson(gradebook: Gradebook, root: Path, lesson: Lesson, learners: list[str]) -> None:
    gradebook.add_assignment(lesson.name, duedate=datetime(2026, 3, 2, 12))
    gradebook.add_notebook(lesson.name, lesson.name)
    for exercise in lesson.exercises:
        gradebook.add_grade_cell(
            *(f"{exercise.name}-check", lesson.name, lesson.name),
            max_score=exercise.points,
            cell_type="code",
        )
    assignment = gradebook.find_assignment(lesson.name)
    (notebook,) = assignment.notebooks
    cells = {cell.name.removesuffix("-check"): cell for cell in notebook.grade_cells}
    submissions, notebooks, grades = [], [], []
    for learner in learners:
        chance = random.Random(f"{learner} {lesson.name}")
        verdicts = [_verdict(one.name, one.points, chance) for one in lesson.exercises]
        outer, inner = uuid4().hex, uuid4().hex
        when = datetime(2026, 3, 1, chance.randrange(24), chance.randrange(60))
        submissions.append(
            {"id": outer, "assignment_id": assignment.id, "student_id": learner, "timestamp": when}
        )
        notebooks.append({"id": inner, "assignment_id": outer, "notebook_id": notebook.id})
        grades += [
            {
                "id": uuid4().hex,
                "cell_id": cells[one.exercise].id,
                "notebook_id": inner,
                "auto_score": one.points,
                "needs_manual_grade": False,
            }
            for one in verdicts
        ]
        graded = nbformat.v4.new_notebook()
        write_record(graded, Record(tuple(verdicts), ()))
        folder = root / "autograded" / learner / lesson.name
        folder.mkdir(parents=True)
        nbformat.write(graded, folder / f"{lesson.name}.ipynb")
    for kind, rows in (
        (SubmittedAssignment, submissions),
        (SubmittedNotebook, notebooks),
        (Grade, grades),
    ):
        gradebook.db.execute(insert(kind), rows)


def _verdict(exercise: str, points: float, chance: random.Random) -> Verdict:
    probes = tuple(
        ProbeVerdict(f"question_{number}", chance.random() < 0.8, "the number differs")
        for number in range(12)
    )
    right = sum(probe.right for probe in probes)
    state = State.RIGHT if right == 12 else State.PARTLY_RIGHT if right else State.WRONG
    mistake = f"mistake {chance.randrange(8)}" if right < 9 else ""
    earned = round(points * right / 12, 2)
    return Verdict(exercise, state, earned, points, "What was said about it.", probes, mistake)


if __name__ == "__main__":
    main()
