"""A lesson small enough to build in a test."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from slopewise.build.source import make_source
from slopewise.notebook.course import Course, Lesson
from tests.notebooks import REPOSITORY

HEAD = """\
# %% [markdown]
# # Tiny
#
# *Aim: halve numbers.*
#
# **About 5 minutes.**

# %%
import math

three = [1.0, 2.0, 3.0]
"""

HALF = """
# %% exercise="half"
def half(x):
    ### BEGIN SOLUTION
    return x / 2  # the half of it
    ### END SOLUTION
"""

HALF_CHECK = """
# %% check="half" points=12
### BEGIN HIDDEN TESTS
from slopewise import observe

numbers = [3.0, 24691.2]
observe(three=lambda: half(numbers[0]), more=lambda: half(numbers[1]))
### END HIDDEN TESTS
assert half(2) == 1, f"half(2) returned {half(2)}, expected 1"
"""

WHICH = """
# %% [markdown]
# Which is larger, (a) the half or (b) the whole?

# %% exercise="which"
which = None  # "a" or "b"
### BEGIN SOLUTION
which = "b"
### END SOLUTION

# %% check="which" points=8
### BEGIN HIDDEN TESTS
from slopewise import observe

observe(letter=lambda: which)
### END HIDDEN TESTS
assert which in ("a", "b"), "put a letter in"
"""

TINY = HEAD + HALF + HALF_CHECK + WHICH
NAME = "01-tiny"


def make_course(root: Path, **lessons: str) -> Course:
    """Write a scratch course; lessons by name, `_` standing for `-` and a leading `n` dropped."""
    Course(REPOSITORY).copy_settings(root)
    (root / "notebooks").mkdir()
    for name, text in lessons.items():
        lesson = Lesson(name.removeprefix("n").replace("_", "-"), root)
        lesson.text_path.write_text(text, encoding="utf-8")
    return Course.find(root)


def source_of(text: str, root: Path) -> Any:
    """The instructor's notebook of one lesson's text."""
    (course,) = make_course(root, n01_tiny=text).lessons
    return make_source(course)


def released(source: Any) -> Any:
    """What a learner gets of it, made by nbgrader's own preprocessors."""
    from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions

    notebook = copy.deepcopy(source)
    for step in (ClearSolutions(), ClearHiddenTests()):
        notebook, _ = step.preprocess(notebook, {})
    return notebook
