"""What a build runs of a lesson beside its reference run: the cells that decide something."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from slopewise.notebook.cell_kinds import CellKind, cell_kind
from slopewise.notebook.course import Lesson


def decides(cell: Any, lesson: Lesson, asked: Collection[str]) -> bool:
    """Whether a cell is run where only these checks are asked; all of them where there is none.

    Left out are cells that draw, which decide nothing, and checks of exercises that no answer is
    given to: exercises do not depend on one another.
    """
    if cell.cell_type != "code":
        return False
    kind = cell_kind(cell)
    if kind is CellKind.PLAIN:
        return not any(text in cell.source for text in lesson.settings.drawing)
    if kind is CellKind.BY_HAND:
        return False
    return not (kind is CellKind.CHECK and asked) or cell.id in asked


def outputs_of(lesson: Lesson, notebook: Any, cell_seconds: int = 60) -> tuple[dict[str, Any], str]:
    """Run a notebook made of a lesson's cells, beside its data; what `run_cells` returns."""
    from slopewise.execution import File
    from slopewise.execution.cells import run_cells
    from slopewise.nbgrader.settings import modules_of

    files = [File(name, data) for name, data in lesson.data_files().items()]
    return run_cells(notebook, modules_of(lesson.root), files, cell_seconds)
