"""Descents on loss = w², a panel each, with the steps numbered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from slopewise.figures import _style as style
from slopewise.figures._data import Array, drawable, listed, named, numbers
from slopewise.figures._parabola import describe

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMNS = 2
#: Weights nearer to each other than this share of a panel's width share one label.
SAME_PLACE = 0.02


def parabola_steps(paths: Mapping[str, Sequence[float]], *, title: str | None = None) -> None:
    """Show descents on loss = w², one panel a descent, with axes of its own and steps numbered.

    paths: label -> weights (k,), the start included; the start has the number 0.
    """
    series = {
        name: numbers(values, f"path {name!r}") for name, values in named(paths, "paths").items()
    }
    columns = min(COLUMNS, len(series))
    rows = -(-len(series) // columns)

    def paint(figure: Figure) -> str:
        panels = figure.subplots(rows, columns, squeeze=False)
        told = []
        for panel in panels.flat[len(series) :]:
            panel.remove()
        for panel, (name, weights) in zip(panels.flat, series.items(), strict=False):
            _draw(panel, drawable(weights))
            panel.set(title=name, xlabel="weight w", ylabel="loss")
            told.append(f"{name}: {describe(weights)}")
        style.heading(figure, title)
        return "Numbered steps on the parabola loss = w²: " + listed(told)

    style.show(style.draw(paint, 3.4 * columns + 0.2, 2.7 * rows + 0.3))


def _draw(panel: Axes, weights: Array) -> None:
    """One descent (k,) on the parabola, as wide as the descent is."""
    half = 1.5 * (float(np.abs(weights).max()) if len(weights) else 1.0) or 1.0
    grid = np.linspace(-half, half, 161)
    panel.plot(grid, grid**2, color=style.GREY, linewidth=1.4)
    panel.plot(
        weights, weights**2, color=style.RED, linestyle="--", linewidth=1.4, marker="o",
        markersize=5, zorder=3,
    )  # fmt: skip
    panel.plot(weights[:1], weights[:1] ** 2, "s", color=style.BLACK, markersize=8, zorder=4)
    for place, text in _labels(weights, SAME_PLACE * 2 * half).items():
        side = -1 if place < 0 else 1
        panel.annotate(
            text, (place, place**2), xytext=(7 * side, -3), textcoords="offset points",
            ha="right" if side < 0 else "left", va="center", fontsize=10, zorder=5,
        )  # fmt: skip
    panel.set(xlim=(-half, half), ylim=(-0.08 * half**2, 0.65 * half**2))


def _labels(weights: Array, near: float) -> dict[float, str]:
    """Where numbers stand, and which: `0, 2` where steps meet, `1–4` where they stay."""
    places: dict[float, list[int]] = {}
    for step, weight in enumerate(weights):
        at = next((place for place in places if abs(place - weight) <= near), float(weight))
        places.setdefault(at, []).append(step)
    return {place: _said(steps) for place, steps in places.items()}


def _said(steps: list[int]) -> str:
    if len(steps) > 2 and steps == list(range(steps[0], steps[-1] + 1)):
        return f"{steps[0]}–{steps[-1]}"
    return ", ".join(map(str, steps))
