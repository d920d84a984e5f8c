"""Read submissions so that no file, however damaged, stops a class."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter

from slopewise.errors import SubmissionError
from slopewise.nbgrader.converter import adopt
from slopewise.nbgrader.folders import course_directory, source_notebook
from slopewise.nbgrader.record import write_findings
from slopewise.notebook.findings import Finding, Kind
from slopewise.notebook.reading import read_notebook
from slopewise.notebook.restoring import blank_notebook


class SubmissionExporter(NotebookExporter):  # type: ignore[misc]  # nbconvert is untyped
    """nbconvert's notebook exporter, but what cannot be read becomes a notebook without answers.

    As the one class of a converter's that nbgrader's configuration names, it also brings ours in.
    """

    def __init__(self, config: Any = None, **settings: Any) -> None:
        super().__init__(config=config, **settings)
        if self.parent is not None:
            adopt(self.parent)

    def node_from_filename(self, filename: str, resources: Any) -> tuple[Any, Any]:
        """Return a submitted notebook after this exporter's preprocessors, and its resources."""
        path = Path(filename)
        try:
            _refuse_links(path)
            self._refuse_our_own(path, resources["nbgrader"])
            raw = read_notebook(path)
        except SubmissionError as error:
            self.log.warning("Cannot read %s: %s", filename, error)
            names = resources["nbgrader"]
            source = source_notebook(course_directory(self), names["assignment"], names["notebook"])
            notebook = blank_notebook(source)
            write_findings(notebook, (Finding(Kind.UNREADABLE, "", str(error)),))
        else:
            # Not new_notebook, which would make a validator for an empty notebook.
            notebook = nbformat.from_dict({"cells": [], "metadata": {}, "submitted": raw})
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        return self._processed(notebook, resources)

    def _refuse_our_own(self, path: Path, names: Any) -> None:
        """Raise SubmissionError for one of the course's own files by another name: a hard link."""
        coursedir = course_directory(self)
        for step in (coursedir.source_directory, coursedir.solution_directory):
            folder = Path(coursedir.format_path(step, ".", names["assignment"]))
            own = folder / f"{names['notebook']}.ipynb"
            if own.exists() and path.samefile(own):
                raise SubmissionError(
                    f"{path.name}: is the course's own file in {step}/; see how it got here"
                )

    def from_notebook_node(self, nb: Any, resources: Any = None, **kwargs: Any) -> tuple[str, Any]:
        """Export a notebook as text; its record goes along with the resources."""
        node, resources = self._processed(nb, resources)
        nbformat.validate(node, relax_add_props=True)
        resources["slopewise"] = node
        return nbformat.v4.writes(node) + "\n", resources

    def _processed(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Pass a notebook on; nbconvert would copy it four times on the way, and it is ours."""
        resources = self._init_resources(resources)
        for preprocessor in self._preprocessors:
            nb, resources = preprocessor(nb, resources)
        return nb, resources


def _refuse_links(path: Path) -> None:
    """Raise SubmissionError for anything but a plain file: a link could lead to a solution."""
    for part in (path, path.parent):
        try:
            mode = part.lstat().st_mode
        except OSError as error:
            raise SubmissionError(f"{path.name}: cannot be read ({error.strerror})") from None
        if stat.S_ISLNK(mode):
            raise SubmissionError(
                f"{part.name}: is a symbolic link, not a file; submit the notebook itself"
            )
    if not stat.S_ISREG(path.lstat().st_mode):
        raise SubmissionError(f"{path.name}: is not a plain file; submit the notebook itself")
