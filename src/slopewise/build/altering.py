"""Have the solutions of a lesson altered, those whose questions changed, and keep what they say."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

from slopewise.build.needed import decides, outputs_of
from slopewise.errors import BuildError
from slopewise.notebook.cell_kinds import CellKind, cell_kind
from slopewise.notebook.course import Lesson
from slopewise.notebook.regions import HIDDEN, lines_inside
from slopewise.scoring.altered import Kept, altered_path, read_kept, write_altered
from slopewise.scoring.cell_outputs import exception_line
from slopewise.scoring.known_answers import known_answers_path

MIME_TYPE = "application/vnd.slopewise.altered+json"
"""Of what a kernel displays that has altered a solution; no notebook ever holds it."""

_SECONDS = 600
_ALTERED = "altered"
_ASKING = """
from slopewise.build.asking import show_alterations

show_alterations({name!r}, {region!r}, globals())
"""
_TOOLS = (
    "build/alterations.py",
    "build/asking.py",
    "build/changes.py",
    "build/wrapping.py",
    "probe/codec.py",
    "probe/domains.py",
    "probe/keys.py",
    "probe/observe.py",
)
"""What decides what an alteration says, beside of the lesson."""


def alter_solutions(lesson: Lesson, source: Any, pool: Executor) -> Callable[[], bytes | None]:
    """Begin to alter the solutions of a lesson; return what waits for the generated file.

    An exercise whose solution, neighbours and questions are as they were keeps what it has.

    Args:
        lesson: whose solutions.
        source: the instructor's notebook, as the build has just made it.
        pool: where the runs are submitted.
    """
    if not lesson.settings.alterations:
        return lambda: None
    names = [exercise.name for exercise in lesson.exercises if _is_code(source, exercise.name)]
    made_from = {name: _made_from(lesson, source, name) for name in names}
    known = read_kept(altered_path(known_answers_path(lesson)))
    kept: Kept = {
        name: known[name] for name in names if known.get(name, ("",))[0] == made_from[name]
    }
    running: dict[str, Future[list[dict[str, Any]]]] = {
        name: pool.submit(_alter, lesson, source, name) for name in names if name not in kept
    }

    def finished() -> bytes:
        made = {name: (made_from[name], one.result()) for name, one in running.items()}
        return write_altered({**kept, **made}, names)

    return finished


def _is_code(source: Any, name: str) -> bool:
    """Whether an exercise asks for a function or a class, and its check for what it does."""
    cells = {cell.id: cell.source for cell in source.cells}
    written = re.search(rf"^(def|class) {re.escape(name)}\b", cells.get(name, ""), re.MULTILINE)
    return written is not None and bool(_region(cells.get(f"{name}-check", "")))


def _region(check: str) -> str:
    return "\n".join(lines_inside(check, HIDDEN))


def _made_from(lesson: Lesson, source: Any, name: str) -> str:
    package = Path(__file__).resolve().parent.parent
    digest = hashlib.blake2b(digest_size=12)
    parts = [(package / tool).read_bytes() for tool in _TOOLS]
    for cell in source.cells:
        if cell_kind(cell) is CellKind.ANSWER or cell.id == f"{name}-check":
            parts.append(cell.source.encode())
    parts += [name.encode() + b"\0" + data for name, data in lesson.data_files().items()]
    for part in parts:
        digest.update(len(part).to_bytes(8, "little") + part)
    return digest.hexdigest()


def _alter(lesson: Lesson, source: Any, name: str) -> list[dict[str, Any]]:
    """Run the lesson up to an exercise's check, and ask that of every alteration.

    Raises:
        BuildError: it came to no end.
    """
    import nbformat

    notebook = nbformat.v4.new_notebook()
    for cell in source.cells:
        if cell.id == f"{name}-check":
            asking = _ASKING.format(name=name, region=_region(cell.source))
            notebook.cells.append(nbformat.v4.new_code_cell(asking, id=_ALTERED))
            break
        if decides(cell, lesson, {f"{name}-check"}):
            notebook.cells.append(cell)
    outputs, stopped = outputs_of(lesson, notebook, _SECONDS)
    for output in outputs[_ALTERED]:
        data = output.get("data") or {}
        if MIME_TYPE in data:
            altered: list[dict[str, Any]] = data[MIME_TYPE]
            return altered
    reason = stopped or exception_line(outputs[_ALTERED]) or "it does not come to an end"
    raise BuildError(
        f"notebooks/{lesson.name}.py, check of {name!r}: its solution cannot be altered: {reason}; "
        "mend the check, or leave `alterations` out of course.toml"
    )
