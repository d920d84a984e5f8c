"""Curves of any shape through data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from slopewise.figures import _style as style
from slopewise.figures._data import counted, data, drawable, listed, named, numbers, say

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH, HEIGHT = 7.2, 3.9


def fit_curves(x: Any, y: Any, curves: Mapping[str, Any], *, title: str | None = None) -> None:
    """Show the data and what models predict at the same places, as curves.

    x, y: (n,) or (n, 1) numbers. curves: label -> predictions (n,) or (n, 1), one for each x.

    Raises:
        ValueError: what is given is not numbers, or not as many as there are x.
    """
    xs, ys = data(x, y)
    series = {n: numbers(values, f"curve {n!r}") for n, values in named(curves, "curves").items()}
    for name, values in series.items():
        if len(values) != len(xs):
            raise ValueError(f"curve {name!r}: {len(values)} predictions for {len(xs)} x")
    order = np.argsort(xs, kind="stable")
    names = {
        n: n if len(drawable(values)) == len(xs) else f"{n} (diverged)"
        for n, values in series.items()
    }
    columns, rows = style.legend_rows(["data", *names.values()])

    def paint(figure: Figure) -> str:
        axes = figure.add_subplot(xlabel="x", ylabel="y")
        axes.plot(
            xs, ys, "o", color=style.BLACK, markersize=6, markerfacecolor="#ffffff",
            markeredgewidth=1.5, label="data",
        )  # fmt: skip
        spread = float(np.ptp(ys)) or 1.0
        told = []
        for index, (name, values) in enumerate(series.items()):
            look = style.curve_style(index, 2, len(series)) | {"marker": ""}
            if len(drawable(values)) < len(xs):
                axes.plot([], [], label=names[name], **look)
                told.append(f"{name} diverged")
                continue
            axes.plot(xs[order], values[order], label=name, zorder=4, **look)
            error = float(np.mean((values - ys) ** 2))
            told.append(f"{name} has the mean squared error {say(error, spread**2)}")
        axes.set(ylim=(float(ys.min()) - 0.25 * spread, float(ys.max()) + 0.25 * spread))
        style.heading(figure, title)
        style.legend_below(figure, axes, columns)
        count = counted(len(xs), "data point")
        return f"{count} and {counted(len(series), 'curve')}: " + listed(told)

    style.show(style.draw(paint, WIDTH, HEIGHT + 0.22 * rows))
