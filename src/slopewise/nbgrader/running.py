"""Run a notebook, somewhere safe, and put in what its cells did."""

from __future__ import annotations

from typing import Any

import nbformat
from nbgrader.preprocessors import NbGraderPreprocessor

from slopewise.execution import Outcome
from slopewise.nbgrader.record import read_findings
from slopewise.notebook.findings import NOTHING_TO_RUN


class RunNotebook(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader is untyped
    """Stands in for nbgrader's own execution.

    What it asks for has usually been run already: the converter looks ahead.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Fill in the outputs of every code cell; called by nbgrader for each notebook in order."""
        if is_readable(nb):
            names = resources["nbgrader"]
            converter = self.parent.parent
            put_in(nb, converter.outcome(nb, names["assignment"], names["student"]))
        return nb, resources


def is_readable(notebook: Any) -> bool:
    """Whether there is anything of a learner's to run."""
    return not any(finding.kind in NOTHING_TO_RUN for finding in read_findings(notebook))


def sources(notebook: Any) -> tuple[str, ...]:
    """Return the code cells of a notebook as a job has them."""
    return tuple(cell.source for cell in notebook.cells if cell.cell_type == "code")


def put_in(notebook: Any, outcome: Outcome) -> None:
    """Put what the code cells did into them."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell, done in zip(cells, outcome.cells, strict=True):
        cell.execution_count = done.count
        cell.outputs = [nbformat.from_dict(output) for output in done.outputs]
