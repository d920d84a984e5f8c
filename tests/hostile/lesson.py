"""The course that is attacked: one small lesson, and what its learners hand in."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import nbformat

from slopewise.build import build
from slopewise.notebook.course import CONFIGURATION, Course
from tests.notebooks import REPOSITORY

NAME = "01-box"
POINTS = {"half": 8.0, "slope": 8.0, "which": 4.0}
FULL = sum(POINTS.values())

TEXT = """\
# %% [markdown]
# # Box
#
# *Aim: halve a number, find a slope.*
#
# **About 5 minutes.**

# %%
import numpy as np
import torch

# %% exercise="half"
def half(x):
    ### BEGIN SOLUTION
    return x / 2  # the half of it
    ### END SOLUTION

# %% check="half" points=8
### BEGIN HIDDEN TESTS
from slopewise import observe

observe(
    three=lambda: half(3.0),
    more=lambda: half(24691.2),
    parity=lambda: [half(7.0), half(-19.0)],
    below=lambda: half(-8.5),
)
### END HIDDEN TESTS
assert half(2) == 1, f"half(2) returned {half(2)}, expected 1"

# %% exercise="slope"
def slope(x, y, w):
    ### BEGIN SOLUTION
    return 2 * (x * (w * x - y)).mean()  # of the mean squared error
    ### END SOLUTION

# %% check="slope" points=8
### BEGIN HIDDEN TESTS
import numpy as np
import torch
from slopewise import observe

at = np.array([1.0, 2.0, 5.0])
observe(
    array=lambda: float(slope(at, 3 * at, 0.5)),
    tensor=lambda: float(slope(torch.tensor(at), torch.tensor(4 * at), 1.5)),
)
### END HIDDEN TESTS
assert slope(np.ones(2), np.ones(2), 2.0) == 2, "the slope at w = 2 is 2"

# %% [markdown]
# Which is larger, (a) the half or (b) the whole?

# %% exercise="which"
which = None  # "a" or "b"
### BEGIN SOLUTION
which = "b"
### END SOLUTION

# %% check="which" points=4
### BEGIN HIDDEN TESTS
from slopewise import observe

observe(letter=lambda: which)
### END HIDDEN TESTS
assert which in ("a", "b"), "put a letter in"
"""

RIGHT = {
    "half": "def half(x):\n    return x * 0.5",
    "slope": "def slope(x, y, w):\n    return (2 * x * (w * x - y)).mean()",
    "which": 'which = "b"',
}
# What an attacker has honestly done: one of three, and something wrong for another.
HONEST = {"half": "def half(x):\n    return x", "which": 'which = "b"'}
HONEST_SCORE = POINTS["which"]

LIMITS = """
# Short, so that what hangs is soon over; small, so that nothing here can hurt a machine.
c.SlopewiseGrading.cell_seconds = 6
c.SlopewiseGrading.notebook_seconds = 36
c.SlopewiseGrading.limits = {
    "memory": 512 * 2**20,
    "cpu_seconds": 30,
    "processes": 40,
    "file_size": 32 * 2**20,
    "scratch": 48 * 2**20,
    "shared_memory": 16 * 2**20,
    "output": 4 * 2**20,
    "interrupt_grace": 4,
}
"""


def build_course(root: Path) -> Course:
    """Write and build the course in a folder of its own."""
    Course(REPOSITORY).copy_settings(root)
    with (root / CONFIGURATION).open("a", encoding="utf-8") as file:
        file.write(LIMITS)
    (root / "notebooks").mkdir()
    (root / "notebooks" / f"{NAME}.py").write_text(TEXT, encoding="utf-8")
    course = Course.find(root)
    build(course)
    return course


def copy_course(built: Path, root: Path) -> None:
    """Copy a built course: each class has a gradebook and submissions of its own."""
    for name in ("source", "release", "solutions", "notebooks"):
        shutil.copytree(built / name, root / name)
    Course(built).copy_settings(root)


class Submission:
    """What one learner hands in, while it is being made.

    Attributes:
        folder: the submission's own folder, there already.
        course: the course's folder, for those who point out of their own.
        notebook: the released notebook as plain data, to be changed at will.
        raw: the notebook's bytes, where they are not to be made from `notebook`.
    """

    def __init__(self, course: Path, student: str, answers: dict[str, str]) -> None:
        self.course = course
        self.student = student
        self.folder = course / "submitted" / student / NAME
        self.folder.mkdir(parents=True)
        released = nbformat.read(course / "release" / NAME / f"{NAME}.ipynb", as_version=4)
        self.notebook: dict[str, Any] = json.loads(json.dumps(released))
        self.raw: bytes | None = None
        self.with_notebook = True
        for exercise, source in answers.items():
            self.cell(exercise)["source"] = source

    @property
    def path(self) -> Path:
        """Where the notebook is handed in."""
        return self.folder / f"{NAME}.ipynb"

    @property
    def cells(self) -> list[Any]:
        """The notebook's cells."""
        found: list[Any] = self.notebook["cells"]
        return found

    def cell(self, identity: str) -> dict[str, Any]:
        """The cell of that id."""
        found: dict[str, Any] = self.cells[self.place(identity)]
        return found

    def place(self, identity: str) -> int:
        """The place of the cell of that id."""
        return [cell.get("id") for cell in self.cells].index(identity)

    def code(self, source: str, before: str = "half") -> None:
        """Put a code cell of the learner's own before another cell."""
        cell = nbformat.v4.new_code_cell(source)
        self.cells.insert(self.place(before), json.loads(json.dumps(cell)))

    def markdown(self, source: str, **more: Any) -> None:
        """Put a text cell of the learner's own at the end."""
        cell = nbformat.v4.new_markdown_cell(source)
        self.cells.append({**json.loads(json.dumps(cell)), **more})

    def file(self, name: str, content: str | bytes) -> None:
        """Put a file beside the notebook."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def write(self) -> None:
        """Hand it in."""
        if self.with_notebook:
            data = json.dumps(self.notebook).encode() if self.raw is None else self.raw
            self.path.write_bytes(data)
        stamp = self.folder / "timestamp.txt"
        if not stamp.exists() and not stamp.is_symlink():
            stamp.write_text("2026-01-15 12:00:00 UTC\n")
