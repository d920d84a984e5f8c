"""Run a notebook so that nothing its code does stops the class."""

from __future__ import annotations

from typing import Any

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbgrader.preprocessors import Execute
from nbgrader.preprocessors.execute import UnresponsiveKernelError

from slopewise.nbgrader_plugins.record import read_findings
from slopewise.submissions import Kind


class RunNotebook(Execute):  # type: ignore[misc]  # nbgrader is untyped
    """nbgrader's own execution, but a kernel that dies costs only the cells it had not run yet."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Run every cell; called by nbgrader for each notebook in order."""
        if any(finding.kind is Kind.UNREADABLE for finding in read_findings(nb)):
            return nb, resources
        try:
            super().preprocess(nb, resources)
        except (DeadKernelError, CellTimeoutError, UnresponsiveKernelError, RuntimeError) as error:
            self.log.warning("%s: %s", resources["nbgrader"]["student"], error)
            _mark_stopped(nb)
        return nb, resources


def _mark_stopped(notebook: Any) -> None:
    """Say, in the first code cell that has no result, that the kernel stopped there."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.execution_count is None and cell.source.strip():
            message = "The kernel stopped here; this cell and all after it did not run."
            cell.outputs.append(
                nbformat.v4.new_output(
                    "error", ename="KernelStopped", evalue=message, traceback=[message]
                )
            )
            return
