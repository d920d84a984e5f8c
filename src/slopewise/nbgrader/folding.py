"""What a released notebook has and the instructor's has not: folded checks, a way past an error."""

from __future__ import annotations

import re
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from slopewise.notebook.cell_kinds import CellKind, cell_kind

_APPENDIX = re.compile(r"#+ Appendix\b")


class EaseTheWay(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader is untyped
    """Folds checks and lets a lesson go on past an error; last of nbgrader's preprocessors.

    Check cells are folded, with their first line showing, and so is the section below a heading
    that begins with `Appendix`. From the first exercise on a cell that
    raises does not keep the next ones from being run: what needs an unsolved exercise says so,
    and the rest of the lesson still works. Neither is part of nbgrader's checksums.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Change the notebook's metadata; called by `nbgrader generate_assignment`."""
        begun = False
        for cell in nb.cells:
            kind = cell_kind(cell)
            begun = begun or kind is CellKind.ANSWER
            if cell.cell_type != "code":
                if _APPENDIX.match(cell.source):
                    cell.metadata["jp-MarkdownHeadingCollapsed"] = True  # JupyterLab's name for it
                continue
            if kind is CellKind.CHECK:
                cell.metadata.setdefault("jupyter", {})["source_hidden"] = True
            if begun:
                tags = cell.metadata.get("tags", [])
                cell.metadata["tags"] = [*tags, *({"raises-exception"} - set(tags))]
        return nb, resources
