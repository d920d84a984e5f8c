"""Read submissions so that no file, however damaged, stops a class."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter

from slopewise.errors import SubmissionError
from slopewise.nbgrader_plugins.folders import course_directory, source_notebook
from slopewise.nbgrader_plugins.record import write_findings
from slopewise.submissions import Finding, Kind, blank_notebook, read_notebook


class SubmissionExporter(NotebookExporter):  # type: ignore[misc]  # nbconvert is untyped
    """nbconvert's notebook exporter, but what cannot be read becomes a notebook without answers.

    nbgrader calls it twice for each notebook: on the submitted file, to put it in order, and on
    the file that this wrote, to run and grade it. The second is ours and read as it is.
    """

    # Every preprocessor here builds valid notebooks; nbgrader checks its own metadata at the end.
    optimistic_validation = True

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[str, dict[str, Any]]:
        """Export the notebook in a file; called by nbgrader's converter."""
        path = Path(filename)
        coursedir = course_directory(self)
        submitted = Path(coursedir.format_path(coursedir.submitted_directory, "", "")).resolve()
        if resources is None or submitted not in path.resolve().parents:
            return super().from_filename(filename, resources=resources, **kwargs)  # type: ignore[no-any-return]
        try:
            raw = read_notebook(path)
        except SubmissionError as error:
            self.log.warning("Cannot read %s: %s", filename, error)
            names = resources["nbgrader"]
            source = source_notebook(coursedir, names["assignment"], names["notebook"])
            notebook = blank_notebook(source)
            write_findings(notebook, (Finding(Kind.UNREADABLE, "", str(error)),))
        else:
            notebook = nbformat.v4.new_notebook()
            notebook["submitted"] = raw
        resources.setdefault("metadata", {"name": path.stem, "path": str(path.parent)})
        return self.from_notebook_node(notebook, resources=resources, **kwargs)  # type: ignore[no-any-return]
