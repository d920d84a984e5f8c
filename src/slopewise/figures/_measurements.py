"""Measurements that miss a line, and updates that walk down the loss they make."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from slopewise.figures import _style as style
from slopewise.figures._data import counted, data, drawable, listed, numbers, say

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def residuals(x: Any, y: Any, weights: Sequence[float], *, title: str | None = None) -> None:
    """Show by how much lines w·x miss the data: a bar from each point to the line.

    x, y: (n,) or (n, 1) numbers. weights: (k,) finite numbers, one panel a weight, at most three
    of them, all with the same axes.
    """
    xs, ys = data(x, y)
    given = numbers(weights, "weights")
    if len(given) > 3 or len(drawable(given)) < len(given):
        raise ValueError(f"weights: expected up to three finite numbers, got {list(given)}")

    def paint(figure: Figure) -> str:
        panels = figure.subplots(1, len(given), squeeze=False, sharex=True, sharey=True)
        wide, tall = float(np.ptp(xs)) or 1.0, float(np.ptp(ys)) or 1.0
        ends = np.array([xs.min() - 0.08 * wide, xs.max() + 0.08 * wide])
        low, high = float(ys.min()) - 0.5 * tall, float(ys.max()) + 0.5 * tall
        told = []
        for panel, w in zip(panels.flat, given, strict=True):
            missed = w * xs - ys
            panel.plot(ends, w * ends, color=style.BLUE, linewidth=2, label="line w·x")
            panel.vlines(xs, ys, w * xs, color=style.RED, linewidth=3, label="error")
            panel.plot(
                xs, ys, "o", color=style.BLACK, markersize=6, markerfacecolor="#ffffff",
                markeredgewidth=1.6, label="data", zorder=5,
            )  # fmt: skip
            panel.set(xlim=ends, ylim=(low, high), xlabel="x")
            panel.set_title(f"w = {say(float(w))}")
            above, below = int((missed < 0).sum()), int((missed > 0).sum())
            told.append(
                f"w = {say(float(w))}, {counted(above, 'point')} above the line and {below} below, "
                f"longest bar {say(float(np.abs(missed).max()), tall)}"
            )
        panels.flat[0].set_ylabel("y")
        style.heading(figure, title)
        style.legend_below(figure, panels.flat[0], 3)
        bars = f"{counted(len(xs), 'data point')} with a bar from each to the line w·x"
        return f"{bars}: {listed(told)}"

    width = 7.2 if len(given) > 1 else 5.2
    style.show(style.draw(paint, width, 3.7))


def updates(x: Any, y: Any, weights: Sequence[float], *, title: str | None = None) -> None:
    """Show how updates walk on the loss over w: at each weight the tangent, and the step taken.

    x, y: (n,) or (n, 1) numbers. weights: (k,) finite numbers, k > 1, the start and where each
    update led. A step is a horizontal arrow of the update's length, at the height of the loss.
    """
    xs, ys = data(x, y)
    walked = numbers(weights, "weights")
    if len(walked) < 2 or len(drawable(walked)) < len(walked) or not np.ptp(walked):
        raise ValueError("weights: expected two different finite numbers or more")

    def height(w: Any) -> Any:
        return np.mean((np.multiply.outer(np.asarray(w), xs) - ys) ** 2, axis=-1)

    def paint(figure: Figure) -> str:
        axes = figure.add_subplot(xlabel="weight w", ylabel="loss J(w)")
        wide = float(np.ptp(walked))
        low, high = float(walked.min()) - 0.2 * wide, float(walked.max()) + 0.2 * wide
        grid = np.linspace(low, high, 121)
        curve = height(grid)
        tall = float(np.ptp(curve)) or 1.0
        axes.plot(grid, curve, color=style.BLUE, linewidth=2.4, label="loss J(w)")
        told = []
        for place, (here, there) in enumerate(pairwise(walked)):
            slope = float(np.mean(2 * xs * (here * xs - ys)))
            top, bottom = float(height(here)), float(height(there))
            reach = np.array([here - 0.08 * wide, max(there, here + 0.2 * wide)])
            axes.plot(
                reach, top + slope * (reach - here), color=style.GREEN, linestyle="-.",
                linewidth=1.6, label="" if place else "tangent",
            )  # fmt: skip
            axes.annotate(
                "", xy=(there, top), xytext=(here, top),
                arrowprops={"arrowstyle": "-|>", "color": style.RED, "linewidth": 2.2,
                            "shrinkA": 0, "shrinkB": 0},
            )  # fmt: skip
            axes.plot([there, there], [top, bottom], color=style.GREY, linestyle=":", linewidth=1.5)
            axes.text(
                (here + there) / 2, top + 0.025 * tall, say(float(there - here)),
                color=style.RED, ha="center",
            )  # fmt: skip
            axes.plot([here], [top], "D", color=style.GREEN, markersize=7, zorder=4)
            told.append(
                f"from w = {say(float(here))}, where the slope is {say(slope)}, "
                f"{say(float(there - here))} to w = {say(float(there))}"
            )
        axes.plot([], [], color=style.RED, linewidth=2.2, label="step = −rate · slope")
        axes.set(xlim=(low, high), ylim=(curve.min() - 0.06 * tall, curve.max() + 0.14 * tall))
        style.heading(figure, title)
        style.legend_below(figure, axes, 3)
        count = counted(len(walked) - 1, "update")
        return f"{count} on the loss over w, each a horizontal arrow at a tangent: {listed(told)}"

    style.show(style.draw(paint, 7.2, 4.3))
