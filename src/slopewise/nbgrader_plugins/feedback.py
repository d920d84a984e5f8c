"""What learners get back: question, verdict and message, never the hidden checks."""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from slopewise.submissions import released_source


class HideQuestions(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader is untyped
    """Shows check cells in feedback as they were released."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Take the hidden region out of one cell; called by nbgrader before it renders the page."""
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade"):
            cell.source = released_source(cell.source)
        return cell, resources
