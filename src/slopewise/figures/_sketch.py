"""A figure that draws nothing: what paints on it finds the words for its picture, and its name."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Mapping
from typing import Any

import numpy as np


class Notes:
    """Everything that a painter told its figure, in a hash: the same for the same picture only.

    Numbers count with all their digits. What matplotlib makes counts as it is pickled; of anything
    else nothing is known, and then the picture has no name.
    """

    def __init__(self) -> None:
        self._digest = hashlib.sha256()
        self._known = True
        self.count = 0

    def add(self, *values: object) -> None:
        """Note values, in this order."""
        self.count += 1
        self._take(list(values))

    def name(self) -> str:
        """The hash in hexadecimal; "" where something was told that is not known."""
        return self._digest.hexdigest() if self._known else ""

    def _take(self, value: Any) -> None:
        kind = type(value)
        if kind in (list, tuple):
            self._put(kind.__name__, len(value))
            for item in value:
                self._take(item)
        elif isinstance(value, Mapping):
            self._put("mapping", len(value))
            for key, item in value.items():
                self._take(key)
                self._take(item)
        elif value is None or kind in (bool, int, float, str):
            self._put(kind.__name__, value)
        elif kind is np.ndarray and value.dtype.kind in "biuf":
            self._put(
                "array", value.dtype.str, value.shape, hashlib.sha256(value.tobytes()).digest()
            )
        elif kind is np.ndarray:
            self._take(value.tolist())
        elif isinstance(value, np.generic):
            self._put("scalar", value.dtype.str, value.tobytes())
        elif isinstance(value, Sketch):
            self._put("part", value.place)
        else:
            self._take_object(value)

    def _take_object(self, value: Any) -> None:
        home = str(getattr(value, "__module__", ""))
        if not home.startswith(("matplotlib.", "slopewise.figures.")):
            self._known = False
            return
        try:
            self._put("object", pickle.dumps(value, protocol=5))
        except Exception:  # whatever its state holds
            self._known = False

    def _put(self, *parts: object) -> None:
        text = repr(parts).encode("utf-8", "surrogatepass")
        # The length keeps two values from passing for one.
        self._digest.update(len(text).to_bytes(8, "little") + text)


class Sketch:
    """Stands for a figure, or for a part of one. Whatever it is told to do, it does nothing.

    What a painter reads back from a figure has an answer of the right kind; see matplotlib's
    methods of the same names.

    Args:
        width: the figure's, in inches.
        notes: is told everything; None for nobody.
        place: which part of the figure it is.
    """

    __slots__ = ("_notes", "_width", "place")

    def __init__(self, width: float, notes: Notes | None = None, place: str = "") -> None:
        self._width = width
        self._notes = notes
        self.place = place

    def __getattr__(self, name: str) -> Any:
        """Any part, or any action, is a sketch, too."""
        if name.startswith("__"):
            raise AttributeError(name)
        return self if self._notes is None else self._part(f"{self.place}.{name}")

    def __call__(self, *given: Any, **named: Any) -> Sketch:
        """Any action does nothing, and returns a part of its own."""
        if self._notes is None:
            return self
        self._notes.add(self.place, given, named)
        return self._part(f"{self._notes.count}")

    def subplots(self, rows: int = 1, columns: int = 1, **named: Any) -> Any:
        """Panels (rows, columns), each a part."""
        grid = self._part(f"{self.place}.subplots")(rows, columns, **named)
        panels = np.empty((rows, columns), dtype=object)
        for place in np.ndindex(rows, columns):
            panels[place] = self._part(f"{grid.place}{place}")
        return panels

    def get_figwidth(self) -> float:
        """The width in inches."""
        return self._width

    def get_legend_handles_labels(self) -> tuple[list[Any], list[str]]:
        """A legend of one entry."""
        return [self], [""]

    def _part(self, place: str) -> Sketch:
        return Sketch(self._width, self._notes, place)
