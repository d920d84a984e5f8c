"""Hints: two or three folded steps beside each exercise that asks for code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from slopewise.build.source import where
from slopewise.errors import BuildError
from slopewise.notebook.cell_kinds import CellKind, cell_kind
from slopewise.notebook.course import Lesson
from slopewise.notebook.regions import SOLUTION, holds_mark, lines_inside

FEWEST, MOST = 2, 3
_DETAILS = re.compile(r"<details>\s*<summary>\s*Hint\b.*?</summary>(.*?)</details>", re.DOTALL)
_SHORTEST_TELLING = 10


@dataclass(frozen=True)
class Hints:
    """The hints of one exercise.

    Attributes:
        exercise: its name.
        texts: what each step says, in order.
    """

    exercise: str
    texts: tuple[str, ...]


def read_hints(source: Any) -> tuple[Hints, ...]:
    """Return the hints of every exercise that asks for code (a function or a class).

    An exercise's hints stand in the markdown cells between the check before it and its own.
    """
    found, since = [], ""
    for cell in source.cells:
        if cell.cell_type == "markdown" and cell_kind(cell) is CellKind.PLAIN:
            since += f"{cell.source}\n"
            continue
        kind = cell_kind(cell)
        if kind is CellKind.ANSWER and asks_for_code(cell):
            found.append(Hints(cell.id, tuple(_DETAILS.findall(since))))
        if kind is not CellKind.PLAIN:
            since = ""
    return tuple(found)


def asks_for_code(cell: Any) -> bool:
    """Whether an exercise's cell asks for a function or a class, not for a letter."""
    pattern = rf"^(def|class) {re.escape(cell.id)}\b"
    return holds_mark(cell.source, SOLUTION) and bool(re.search(pattern, cell.source, re.MULTILINE))


def check_hints(lesson: Lesson, source: Any) -> list[str]:
    """Refuse hints that tell too much or come in another number; return who has none yet.

    Raises:
        BuildError: an exercise has one hint, or more than three, or a hint holds a line of a
            solution; names the exercise.
    """
    lines = {
        " ".join(line.split())
        for cell in source.cells
        for line in lines_inside(cell.source, SOLUTION)
        if len(line.strip()) >= _SHORTEST_TELLING
    }
    missing = []
    places = {cell.id: place for place, cell in enumerate(source.cells)}
    for hints in read_hints(source):
        here = where(lesson, places[hints.exercise])
        if not hints.texts:
            missing.append(hints.exercise)
        elif not FEWEST <= len(hints.texts) <= MOST:
            count = "1 hint" if len(hints.texts) == 1 else f"{len(hints.texts)} hints"
            raise BuildError(f"{here}: has {count}; write {FEWEST} or {MOST}, or none")
        for number, text in enumerate(hints.texts, 1):
            plain = " ".join(text.split())
            for line in lines:
                if line in plain:
                    raise BuildError(f"{here}: hint {number} holds a line of a solution: {line!r}")
    return missing
