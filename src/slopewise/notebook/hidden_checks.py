"""How a hidden check is run: its region apart from the learner's names, then what is visible."""

from __future__ import annotations

from typing import Any

from slopewise.notebook.cell_kinds import asks, is_check
from slopewise.notebook.regions import HIDDEN, Part, scan
from slopewise.probe.cells import HIDDEN_RUN

_RUN = "__slopewise_run__"


def runnable_sources(notebook: Any) -> tuple[str, ...]:
    """Return the code cells' sources in order, as they are run.

    Args:
        notebook: in nbformat 4, whose check cells are the instructor's. One that asks nothing and
            asserts is run as it stands: the value that its last line has may be its points.
    """
    return tuple(
        _runnable(cell.source) if is_check(cell) and asks(cell.source) else cell.source
        for cell in notebook.cells
        if cell.cell_type == "code"
    )


def _runnable(source: str) -> str:
    """A check's source with each hidden region under names of its own."""
    made: list[str] = []
    region: list[str] = []
    for line, part in scan(source, HIDDEN):
        if part is Part.OUTSIDE:
            made.append(line)
        elif part is Part.INSIDE:
            region.append(line)
        elif part is Part.END:
            text = "\n".join(region)
            made += [f"{HIDDEN_RUN}{_RUN}"]
            made += [f"{_RUN}({text!r})", f"del {_RUN}"]
            region = []
    return "\n".join(made)
