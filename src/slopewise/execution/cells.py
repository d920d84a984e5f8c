"""Run notebooks for those who run their own code on their own machine, whatever machine it is."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

from slopewise.errors import BoxError
from slopewise.execution.job import CellOutcome, Job, Outcome
from slopewise.notebook.hidden_checks import runnable_sources


def run_own(job: Job) -> Outcome:
    """Run a job boxed where this machine can, else unboxed, else in Jupyter's own kernel.

    Raises:
        KernelError: no process to run it could be started.
    """
    if not hasattr(os, "fork"):
        return _run_in_jupyter(job)
    from slopewise.execution.running import run

    try:
        return run(job)
    except BoxError:
        return run(replace(job, unboxed=True))


def run_cells(notebook: Any) -> tuple[dict[str, Any], str]:
    """Run the code cells of an author's notebook, without a box.

    Returns:
        The outputs by the cells' ids, and why not all cells were run ("" where they were).

    Raises:
        KernelError: no process to run them could be started.
    """
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    outcome = run_own(Job(runnable_sources(notebook), unboxed=True))
    done = {cell.id: result.outputs for cell, result in zip(cells, outcome.cells, strict=True)}
    return done, outcome.stopped


def _run_in_jupyter(job: Job) -> Outcome:
    """Run a job where processes cannot fork."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in job.cells]
    client = NotebookClient(
        notebook, allow_errors=True, timeout=job.cell_seconds, kernel_name="python3"
    )
    client.execute()
    return Outcome(
        tuple(CellOutcome(cell.execution_count, tuple(cell.outputs)) for cell in notebook.cells)
    )
