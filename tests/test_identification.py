"""Which lesson a notebook is, whatever its name and whatever was stripped of it."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from slopewise.notebook.course import Course
from slopewise.notebook.identification import Marks, is_nobodys, likeness, plain_stem, recognise
from tests.notebooks import REPOSITORY, read


@pytest.fixture(scope="module")
def lessons() -> list[Marks]:
    return [
        Marks.of(lesson.name, read(lesson.path_in("source")))
        for lesson in Course(REPOSITORY).lessons
    ]


@pytest.fixture(scope="module")
def releases() -> dict[str, Any]:
    return {
        lesson.name: json.loads(lesson.path_in("release").read_text(encoding="utf-8"))
        for lesson in Course(REPOSITORY).lessons
    }


def without_ids(notebook: Any) -> None:
    for cell in notebook["cells"]:
        cell.pop("id", None)


def without_metadata(notebook: Any) -> None:
    for cell in notebook["cells"]:
        cell["metadata"] = {}


def without_checks(notebook: Any) -> None:
    notebook["cells"] = [one for one in notebook["cells"] if "-check" not in one.get("id", "")]


def with_edited_checks(notebook: Any) -> None:
    for cell in notebook["cells"]:
        if "-check" in cell.get("id", ""):
            cell["source"] = "assert True"


def with_odd_cells(notebook: Any) -> None:
    notebook["cells"] += [
        None,
        3,
        {},
        {"source": 3},
        {"metadata": [], "id": [], "source": ["a", 1]},
    ]


STRIPPED = [
    (),
    (without_ids,),
    (without_metadata,),
    (without_ids, without_metadata),
    (without_checks,),
    (without_checks, without_ids, without_metadata),
    (with_edited_checks, without_ids, without_metadata),
    (with_odd_cells,),
]


@pytest.mark.parametrize("steps", STRIPPED, ids=lambda steps: "-".join(s.__name__ for s in steps))
def test_a_lesson_is_known_by_its_cells(
    steps: Any, lessons: list[Marks], releases: dict[str, Any]
) -> None:
    for name, release in releases.items():
        notebook = copy.deepcopy(release)
        for step in steps:
            step(notebook)
        assert recognise(notebook, lessons) == name
        assert recognise(notebook, lessons, "01-manual-numpy") == name
        (own,) = [marks for marks in lessons if marks.name == name]
        assert likeness(notebook, own).answers == 0


def test_another_notebook_is_no_lesson(lessons: list[Marks]) -> None:
    cells: list[Any] = [
        {"cell_type": "code", "source": "def train():\n    return 1", "metadata": {}, "id": "a"},
        {"cell_type": "markdown", "source": "forward and mse", "metadata": {}, "id": "b"},
    ]
    assert recognise({"cells": []}, lessons, "01-manual-numpy") == ""
    assert recognise({"cells": cells}, lessons, "01-manual-numpy") == ""


def test_answers_are_counted(course: Course, lessons: list[Marks]) -> None:
    solution = read(course.lesson("01").path_in("solutions"))
    assert likeness(solution, lessons[0]).answers == len(lessons[0].exercises)


@pytest.mark.parametrize(
    "stem",
    [
        "01-manual-numpy", "01-manual-numpy (1)", "01-manual-numpy(2)", "01-manual-numpy-1",
        "01-manual-numpy-Copy1", "01-MANUAL-NUMPY", "01-manual-numpy_1", "01-manual-numpy - Copy",
        "01-manual-numpy - Kopie (2)", "Copy of 01-manual-numpy", " 01-manual-numpy ",
        "01-manual-numpy.ipynb", "01-manual-numpy-Copy1-1 (3)", "01-manual-numpy copy",
    ],
)  # fmt: skip
def test_what_downloading_adds_to_a_name_is_taken_off(stem: str) -> None:
    assert plain_stem(stem) == "01-manual-numpy"


@pytest.mark.parametrize("stem", ["02-autograd", "homework", "1", "(1)", "01-manual"])
def test_another_name_stays_another(stem: str) -> None:
    assert plain_stem(stem) not in ("", "01-manual-numpy")


def test_what_a_machine_leaves_is_nobody_s_work() -> None:
    left = ("._01-manual-numpy.ipynb", ".ipynb_checkpoints", "__MACOSX", ".DS_Store", "Thumbs.db")
    assert all(is_nobodys(name) for name in left)
    assert not any(is_nobodys(name) for name in ("01-manual-numpy.ipynb", "data", "a.csv"))
