"""Make mutants: an exercise's solution with one small thing changed.

The changes are mutmut's, taken from its table of operators: each is a function from a node of the
syntax tree to the nodes that could stand in its place, and wants no project, no test runner and no
file, which is what fits a notebook cell. Two are added that this course is about: a statement left
out (a gradient that is not cleared), and a block without its `with` (an update inside the graph).
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterable, Iterator
from typing import Any

import libcst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

from slopewise.matrix.mutants import Mutant
from slopewise.notebook.course import Lesson
from slopewise.notebook.regions import SOLUTION, Part, scan


def make_mutants(lesson: Lesson, source: Any) -> tuple[Mutant, ...]:
    """Return every mutant of every exercise, in the order of the notebook.

    Args:
        lesson: whose exercises.
        source: the instructor's notebook, whose cells hold the solutions.
    """
    exercises = {exercise.name for exercise in lesson.exercises}
    return tuple(
        _mutant(lesson, cell.id, cell.source, code)
        for cell in source.cells
        if cell.id in exercises
        for code in mutate(cell.source)
    )


def _mutant(lesson: Lesson, exercise: str, original: str, code: str) -> Mutant:
    changed = [
        line
        for line in difflib.ndiff(original.splitlines(), code.splitlines())
        if line[:2] in ("- ", "+ ")
    ]
    was = " ".join(line[2:].strip() for line in changed if line.startswith("- "))
    becomes = " ".join(line[2:].strip() for line in changed if line.startswith("+ "))
    name = f"{was} → {becomes}"
    return Mutant(exercise, False, name, "", code, lesson.name, was, becomes)


def mutate(source: str) -> Iterator[str]:
    """Yield the code of a cell with one change in its solution, for every change there is.

    Code that means the same, to Python, as the cell or as an earlier mutant is left out, and so is
    text in other capitals: a letter is taken in either case (`slopewise.scoring.judge`).
    """
    inside = {
        number
        for number, (_, part) in enumerate(scan(source, SOLUTION), start=1)
        if part is Part.INSIDE
    }
    wrapper = MetadataWrapper(libcst.parse_module(source))
    seen = {_meaning(source)}
    for node, place in wrapper.resolve(PositionProvider).items():
        if place.start.line not in inside or place.end.line not in inside:
            continue
        for other in _instead_of(node):
            changed = wrapper.module.deep_replace(node, other)
            assert isinstance(changed, libcst.Module)
            try:
                meaning = _meaning(changed.code)
            except SyntaxError:
                continue
            if meaning not in seen:
                seen.add(meaning)
                yield changed.code


def _meaning(code: str) -> str:
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = node.value.casefold()
    return ast.dump(tree)


def _instead_of(node: libcst.CSTNode) -> Iterable[libcst.CSTNode]:
    for kind, operator in mutation_operators:
        if isinstance(node, kind):
            yield from operator(node)
    if isinstance(node, libcst.Expr) and isinstance(node.value, libcst.Call):
        yield libcst.Pass()
    if isinstance(node, libcst.With):
        always = libcst.Name("True")
        yield libcst.If(test=always, body=node.body, leading_lines=node.leading_lines)
