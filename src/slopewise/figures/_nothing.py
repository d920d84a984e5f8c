"""A figure that draws nothing: what paints on it only finds the words for its picture."""

from __future__ import annotations

from typing import Any

import numpy as np


class Nothing:
    """Stands for a figure and everything on it. Whatever it is told to do, it does nothing.

    What a painter reads back from a figure has an answer of the right kind; see matplotlib's
    methods of the same names.
    """

    def __getattr__(self, name: str) -> Any:
        """Any part is nothing, too."""
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_: Any, **__: Any) -> Nothing:
        """Any action is nothing."""
        return self

    def subplots(self, rows: int = 1, columns: int = 1, **_: Any) -> Any:
        """Panels (rows, columns) of nothing."""
        return np.full((rows, columns), self, dtype=object)

    def get_figwidth(self) -> float:
        """Some width in inches."""
        return 7.2

    def get_legend_handles_labels(self) -> tuple[list[Any], list[str]]:
        """A legend of one entry."""
        return [self], [""]
