"""nbgrader's check of its own metadata, made once for what is the same in every submission."""

from __future__ import annotations

import json
from typing import Any

from nbgrader.preprocessors import CheckCellMetadata


class CheckMetadata(CheckCellMetadata):  # type: ignore[misc]  # nbgrader is untyped
    """nbgrader's `CheckCellMetadata`, which compiles a schema anew for each cell it looks at.

    The metadata come from the instructor's notebook, so a class has the same few again and again.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._valid: set[str] = set()

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Check the metadata of all cells; called by nbgrader."""
        metadata = [
            (cell.cell_type, cell.metadata["nbgrader"])
            for cell in nb.cells
            if "nbgrader" in cell.metadata
        ]
        seen = json.dumps(metadata, sort_keys=True)
        if seen not in self._valid:
            nb, resources = super().preprocess(nb, resources)
            self._valid.add(seen)
        return nb, resources
