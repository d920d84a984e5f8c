"""A learner's notebook in one process: IPython's own shell, cell by cell, and what it shows."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from IPython.core.interactiveshell import InteractiveShell

from slopewise.probe import messages


class Shell:
    """Runs cells of a lesson as a learner does.

    Args:
        notebook: a released lesson.
    """

    def __init__(self, notebook: Any) -> None:
        self.cells = {cell.id: cell.source for cell in notebook.cells if cell.cell_type == "code"}
        self._shell = InteractiveShell.instance(colors="nocolor")
        messages.install()

    def run(self, source: str) -> str:
        """Run a cell, by its id or its source; return everything that it shows."""
        shown = io.StringIO()
        with contextlib.redirect_stdout(shown):
            self._shell.run_cell(self.cells.get(source, source), store_history=True)
        return shown.getvalue()

    def lines(self, source: str) -> list[str]:
        """Run a cell and return the lines it shows."""
        return self.run(source).rstrip().splitlines()


@contextlib.contextmanager
def shell_in(folder: Path, notebook: Any, monkeypatch: Any) -> Iterator[Shell]:
    """A fresh shell whose notebook lies in `folder`; gone afterwards."""
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / "notebook.ipynb"))
    monkeypatch.setattr(messages, "_WAITING", {})
    monkeypatch.setattr(messages, "_FAILED", set())
    try:
        yield Shell(notebook)
    finally:
        InteractiveShell.clear_instance()
