"""nbconvert's page exporter, so that its pages load nothing: the Formgrader's."""

from __future__ import annotations

from pathlib import Path

from nbconvert.exporters import HTMLExporter
from traitlets import default

from slopewise.nbgrader.upstream import stock_template_paths

_TEMPLATES = Path(__file__).resolve().parent / "templates" / "without-network"


class OfflineExporter(HTMLExporter):  # type: ignore[misc]  # nbconvert is untyped
    """Makes pages that load nothing from the network."""

    @default("template_paths")
    def _template_paths_default(self) -> list[str]:
        return [str(_TEMPLATES), *stock_template_paths(self)]
