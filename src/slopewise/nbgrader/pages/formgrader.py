"""The Formgrader's pages of submissions, made beside the server and within a budget.

nbgrader makes them in the server's own process, which answers nobody meanwhile and goes down with
what it makes. Here a process of its own makes them (`processes`).
"""

from __future__ import annotations

import html
from typing import Any

from traitlets.config import Config, Configurable

from slopewise.nbgrader.pages.budgets import RESOURCE, Page
from slopewise.nbgrader.pages.exporter import OfflineExporter
from slopewise.nbgrader.pages.processes import Failure, PageProcesses

_SECONDS = 10


class FormgraderExporter(OfflineExporter):
    """Stands where the Formgrader looks for nbconvert's exporter."""

    def __init__(self, config: Any = None, **settings: Any) -> None:
        super().__init__(config=config, **settings)
        # Only what is about pages: the rest may hold what cannot be handed to another process.
        bases = [one.__name__ for one in OfflineExporter.mro() if issubclass(one, Configurable)]
        own = Config({name: self.config[name] for name in bases if name in self.config})
        # The server has threads, so that a copy of it might wait for ever for one of them.
        self._pages = PageProcesses(_Maker(own), (), count=1, seconds=_SECONDS, fork=False)

    def from_filename(
        self, filename: str, resources: Any = None, **settings: Any
    ) -> tuple[str, Any]:
        """Return the page of a graded notebook; plain where it would take too much."""
        reasons = []
        for plain in (False, True):
            page = self._pages.page(self._pages.add((filename, dict(resources or {}), plain)))
            if not isinstance(page, Failure):
                return page, resources
            reasons.append(page.reason)
        self.log.warning("%s: has no page: %s", filename, "; ".join(reasons))
        told = html.escape(f"{filename}: no page can be made of it ({reasons[-1]}).")
        return f"<!DOCTYPE html><title>No page</title><p>{told}", resources


class _Maker:
    """Makes pages in the other process.

    Args:
        config: the settings of the exporter.
    """

    def __init__(self, config: Config) -> None:
        self._config = config
        self._exporter: OfflineExporter | None = None

    def __call__(self, task: tuple[str, dict[str, Any], bool]) -> str:
        filename, resources, plain = task
        if self._exporter is None:
            self._exporter = OfflineExporter(config=self._config)
        if plain:
            resources[RESOURCE] = Page(plain=True)
        return str(self._exporter.from_filename(filename, resources=resources)[0])
