"""What learners get back: question, verdict and message, never the hidden checks."""

from __future__ import annotations

from typing import Any

import nbformat
from markupsafe import Markup
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import List

from slopewise.nbgrader.record import read_verdicts
from slopewise.notebook.regions import HIDDEN, without_region
from slopewise.scoring.rendering import summary_as_html


class HideQuestions(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader is untyped
    """Shows check cells in feedback as they were released, and all verdicts at the top."""

    # nbconvert's page exporter sets this on every preprocessor; ours shows nothing itself.
    display_data_priority: Any = List(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Hide the hidden regions and put a summary on top; called before the page is rendered."""
        nb, resources = super().preprocess(nb, resources)
        verdicts = read_verdicts(nb)
        if verdicts:
            # Markup tells `markdown_to_html` that this is HTML: a blank line or a # in a learner's
            # message would otherwise begin a paragraph or a heading of the page. No file that is
            # read can hold any, so nobody else can say so.
            title = Markup("<h2>What you got, and why</h2>")
            summary = title + Markup(summary_as_html(verdicts))
            nb.cells.insert(0, nbformat.v4.new_markdown_cell(summary))
        return nb, resources

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Take the hidden region out of one cell; called by nbgrader before it renders the page."""
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade"):
            cell.source = without_region(cell.source, HIDDEN)
        return cell, resources
