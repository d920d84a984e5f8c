"""A right answer may call its helpers anything, also what a hidden check calls its inputs."""

from __future__ import annotations

import ast
import builtins
from typing import Any

import nbformat
import pytest

from slopewise.build.hidden_names import bound_names
from slopewise.execution import Job, run
from slopewise.grading import read_key
from slopewise.notebook.course import Course, Lesson
from slopewise.notebook.hidden_checks import runnable_sources
from slopewise.notebook.regions import HIDDEN, lines_inside, without_region
from slopewise.scoring import State, judge
from slopewise.scoring.known_answers import (
    in_packs,
    known_answers_path,
    put_into,
    read_answers,
)
from slopewise.scoring.observations import payloads
from tests.notebooks import REPOSITORY


def _names_met(source: str) -> set[str]:
    """Every name in a source, in whatever place."""
    return {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}


def _hidden_names(notebook: Any) -> set[str]:
    """What the hidden checks define, but for what the lesson itself has under that name."""
    hidden: set[str] = set()
    lesson: set[str] = set()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            hidden |= bound_names("\n".join(lines_inside(cell.source, HIDDEN)))
            lesson |= bound_names(without_region(cell.source, HIDDEN))
    return hidden - lesson - set(dir(builtins))


@pytest.mark.slow
@pytest.mark.parametrize("lesson", Course(REPOSITORY).lessons, ids=lambda lesson: lesson.name)
def test_right_answers_stay_right_whatever_a_learner_calls_things(lesson: Lesson) -> None:
    key = read_key(
        lesson.path_in("source"), lesson.path_in("solutions"), known_answers_path(lesson)
    )
    names = _hidden_names(key.source)
    assert names, "the lesson's hidden checks have no names of their own any more"
    answers = [answer for answer in read_answers(lesson) if answer.right]
    lost = []
    for pack in in_packs(answers):
        notebook = put_into(key.source, pack)
        notebook.cells = [cell for cell in notebook.cells if _decides(cell)]
        used = set().union(*(_names_met(answer.source) for answer in pack))
        other = "\n".join(f"{name} = 'of the learner'" for name in sorted(names - used))
        for place, cell in enumerate(notebook.cells):
            if cell.id.endswith("-check"):
                notebook.cells.insert(place, nbformat.v4.new_code_cell(other, id="names"))
                break
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        outcome = run(Job(runnable_sources(notebook), unboxed=True))
        done = dict(zip((cell.id for cell in cells), outcome.cells, strict=True))
        for answer in pack:
            check = f"{answer.exercise}-check"
            found = payloads(done[check].outputs)
            verdict = judge(answer.exercise, found, key.references[check], 1.0)
            if verdict.state is not State.RIGHT:
                lost.append((answer.exercise, answer.name, verdict.message))
    assert lost == []


def _decides(cell: Any) -> bool:
    return cell.cell_type == "code" and (
        "figures." not in cell.source or "nbgrader" in cell.metadata
    )
