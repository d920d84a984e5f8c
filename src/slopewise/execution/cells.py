"""Run a notebook's code cells for those who want its outputs and nothing else."""

from __future__ import annotations

import os
from typing import Any

from slopewise.errors import BoxError


def run_cells(notebook: Any, *, boxed: bool) -> tuple[dict[str, Any], str]:
    """Run the code cells of a notebook in a warm kernel; where none can be forked, in Jupyter's.

    Args:
        notebook: an nbformat notebook; on a machine without `fork` its outputs are filled in.
        boxed: whether to build a box where this machine can. False is for the authors' own code.

    Returns:
        The outputs by the cells' ids, and why not all cells were run ("" where they were).

    Raises:
        KernelError: no kernel could be started.
    """
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if not hasattr(os, "fork"):
        from nbclient import NotebookClient

        NotebookClient(notebook, allow_errors=True, timeout=120, kernel_name="python3").execute()
        return {cell.id: cell.outputs for cell in cells}, ""
    from slopewise.execution.job import Job
    from slopewise.execution.running import run

    sources = tuple(cell.source for cell in cells)
    try:
        outcome = run(Job(sources, unboxed=not boxed))
    except BoxError:  # whoever calls this runs their own code on their own machine
        outcome = run(Job(sources, unboxed=True))
    done = {cell.id: result.outputs for cell, result in zip(cells, outcome.cells, strict=True)}
    return done, outcome.stopped
