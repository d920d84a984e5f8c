"""What a check hands to a learner's function, or leaves behind, answers no other exercise."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from slopewise.notebook.course import Course
from tests.notebooks import REPOSITORY

# A function that takes every function it can reach, and whatever it may say itself.
THIEF = """
loot = globals().setdefault("loot", {{}})
def {name}(*arguments, **named):
    for key, value in [*globals().items(), *enumerate(arguments), *named.items()]:
        if callable(value) and not str(key).startswith("_"):
            loot.setdefault(key, value)
    return {result}
"""
# The others ask whatever was taken under their name, and then everything else of the loot.
FENCE = """
def {name}(*arguments, **named):
    for key in ["{name}", *globals().get("loot", {{}})]:
        try: return loot[key](*arguments, **named)
        except Exception: pass
"""


@pytest.mark.parametrize(
    ("name", "thief", "earned"),
    [
        ("01-manual-numpy", "train", 0.0),
        ("04-linear-sgd", "predict", 0.0),
        ("05-learning-rate", "sweep", 3.0),  # it does call final_loss for each rate
        ("05-learning-rate", "hessian", 0.0),
    ],
)
@pytest.mark.parametrize("moved", [True, False])
def test_nothing_is_gained_by_theft(
    name: str, thief: str, earned: float, *, moved: bool, tmp_path: Path
) -> None:
    lesson = Course.find(REPOSITORY).lesson(name)
    paths = [tmp_path / f"{which}-{name}.ipynb" for which in ("honest", "thief")]
    for path in paths:
        notebook = nbformat.read(lesson.path_in("release"), as_version=4)
        cells = {cell.id: cell for cell in notebook.cells}
        for exercise in lesson.exercises:
            cells[exercise.name].source = FENCE.format(name=exercise.name)
        if path is paths[1]:
            rates = "[loot['final_loss'](*arguments[:2], r, arguments[3]) for r in arguments[2]]"
            says = f"np.array({rates})" if thief == "sweep" else "None"
            cells[thief].source = THIEF.format(name=thief, result=says)
        if moved:
            first = [cells[thief], cells[f"{thief}-check"]]
            rest = [cell for cell in notebook.cells if cell not in first]
            notebook.cells = rest[:4] + first + rest[4:]
        nbformat.write(notebook, path)
    # A function that does nothing is right about a rate of 0; what is asked is what theft adds.
    honest, stolen = (points(path) for path in paths)
    gained = {one: stolen[one] - honest[one] for one in stolen if stolen[one] != honest[one]}
    assert sum(gained.values()) == earned, gained


def points(path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "slopewise", "check", "--json", str(path)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    (found,) = json.loads(done.stdout)
    return {one["exercise"]: one["points"] for one in found["exercises"]}
