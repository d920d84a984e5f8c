"""Run notebooks for those who run their own code on their own machine, whatever machine it is."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from slopewise.errors import BoxError
from slopewise.execution.job import CellOutcome, Job, Outcome
from slopewise.notebook.files import File
from slopewise.notebook.hidden_checks import runnable_sources
from slopewise.sandbox import Modules


class OwnRunner:
    """Runs a job boxed where this machine can; one's own work else without a box, and says so.

    Args:
        own: whether it is the own work of whoever runs it.

    Attributes:
        unboxed: why the last job was run without a box; "" where it was not.
    """

    def __init__(self, own: bool) -> None:
        self._own = own
        self.unboxed = ""

    def __call__(self, job: Job) -> Outcome:
        """Run a job.

        Raises:
            BoxError: there is no box here, and the job is somebody else's.
            KernelError: no process to run it could be started.
        """
        self.unboxed = ""
        try:
            return _run(job)
        except BoxError as error:
            if not self._own:
                raise BoxError(f"it may be somebody else's code, and {error}") from None
            self.unboxed = str(error)
            return _run(replace(job, unboxed=True))


def _run(job: Job) -> Outcome:
    if hasattr(os, "fork"):
        from slopewise.execution.running import run

        return run(job)
    if not job.unboxed:
        raise BoxError("there is no box on this system; grade in Linux, a container or WSL")
    return _run_in_jupyter(job)


def run_cells(
    notebook: Any,
    modules: Modules = Modules(),  # noqa: B008  # frozen
    files: Sequence[File] = (),
    cell_seconds: int = 60,
) -> tuple[dict[str, Any], str]:
    """Run the code cells of an author's notebook, without a box.

    Returns:
        The outputs by the cells' ids, and why not all cells were run ("" where they were).

    Raises:
        KernelError: no process to run them could be started.
    """
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    outcome = _run(
        Job(
            runnable_sources(notebook), tuple(files), cell_seconds=cell_seconds, unboxed=True,
            modules=modules,
        )
    )  # fmt: skip
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
