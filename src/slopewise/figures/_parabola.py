"""One weight: the loss as a curve over w, with paths of weights on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from slopewise.figures import _style as style
from slopewise.figures._data import (
    Array,
    counted,
    data,
    drawable,
    listed,
    named,
    numbers,
    say,
    span,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def loss_of_weight(
    x: Any,
    y: Any,
    w_range: Sequence[float],
    *,
    path: Sequence[float] | None = None,
    tangent_at: float | None = None,
    title: str | None = None,
) -> None:
    """Show the mean squared error of w·x on the data as a curve over w.

    x, y: (n,) numbers. w_range: (smallest w, largest w). path: weights (k,) drawn on the curve.
    tangent_at: a weight at which the tangent is drawn.
    """
    xs, ys = data(x, y)
    low, high = span(w_range, "w_range")
    weights = None if path is None else numbers(path, "path")
    if tangent_at is not None and not np.isfinite(tangent_at):
        raise ValueError(f"tangent_at must be a finite number, got {tangent_at}")

    def height(w: Array) -> Array:
        return np.asarray(np.mean((np.outer(w, xs) - ys) ** 2, axis=1))

    def paint(figure: Figure) -> str:
        axes = figure.add_subplot(xlabel="weight w", ylabel="loss J(w)")
        grid = np.linspace(low, high, 201)
        curve = height(grid)
        tall = float(np.ptp(curve)) or 1.0
        axes.plot(grid, curve, color=style.BLUE, linewidth=2.4, label="loss J(w)")
        power = float(np.mean(xs * xs))
        lowest = float(np.mean(xs * ys)) / power if power else 0.0
        lowest = min(max(lowest, low), high)
        told = [f"lowest near w = {say(lowest, high - low)}"]
        if weights is not None:
            told.append(_draw_path(axes, weights, height, (low, high), lowest))
        if tangent_at is not None:
            at = float(tangent_at)
            slope = float(np.mean(2 * xs * (at * xs - ys)))
            here = float(height(np.array([at]))[0])
            axes.plot(
                grid, here + slope * (grid - at), color=style.GREEN, linestyle="-.",
                linewidth=1.8, label=f"tangent at w = {say(at)}, slope {say(slope)}",
            )  # fmt: skip
            axes.plot([at], [here], "D", color=style.GREEN, markersize=8)
            told.append(f"the tangent at w = {say(at)} has slope {say(slope)}")
        bottom = float(curve.min())
        axes.set(xlim=(low, high), ylim=(bottom - 0.08 * tall, bottom + 1.06 * tall))
        style.heading(figure, title)
        _, labels = axes.get_legend_handles_labels()
        style.legend_below(figure, axes, style.legend_rows(labels)[0])
        return f"Loss over the weight for w from {say(low)} to {say(high)}: " + listed(told)

    style.show(style.draw(paint, 7.2, 4.3))


def parabola_path(paths: Mapping[str, Sequence[float]], *, title: str | None = None) -> None:
    """Show paths of w on the parabola loss = w², one panel a path, all with the same axes.

    paths: label -> weights (k,), the start included.
    """
    style.show(parabola_picture(paths, title=title))


def parabola_picture(
    paths: Mapping[str, Any], *, title: str | None = None, reach: float | None = None
) -> style.Picture:
    """The picture behind `parabola_path` and its slider; reach: the largest |w| shown."""
    series = {
        name: numbers(values, f"path {name!r}") for name, values in named(paths, "paths").items()
    }
    columns = min(3, len(series))
    rows = -(-len(series) // columns)
    half = reach or _reach(list(series.values()))

    def paint(figure: Figure) -> str:
        panels = figure.subplots(rows, columns, squeeze=False, sharex=True, sharey=True)
        grid = np.linspace(-half, half, 161)
        told = []
        for panel in panels.flat[len(series) :]:
            panel.remove()
        for index, (panel, (name, weights)) in enumerate(
            zip(panels.flat, series.items(), strict=False)
        ):
            panel.plot(grid, grid**2, color=style.GREY, linewidth=1.4, label="loss = w²")
            told.append(f"{name}: {_draw_path(panel, weights, np.square, (-half, half))}")
            panel.set(xlim=(-half, half), ylim=(-0.06 * half**2, half**2))
            cut = len(drawable(weights)) < len(weights)
            panel.set_title(f"{name} (diverged)" if cut else name)
            if index + columns >= len(series):
                panel.set_xlabel("weight w")
                panel.tick_params(labelbottom=True)
            if index % columns == 0:
                panel.set_ylabel("loss")
        style.heading(figure, title)
        style.legend_below(figure, panels.flat[0], 4)
        return "Path on the parabola loss = w²: " + listed(told)

    size = (7.2, 4.2) if columns == 1 else (3.1 * columns + 0.3, 2.7 * rows + 0.6)
    return style.draw(paint, *size)


def describe(weights: Array, goal: float = 0.0) -> str:
    """In words what a path of weights (k,) does around the lowest point of the loss."""
    kept = drawable(weights)
    steps, aim = counted(len(weights) - 1, "step"), say(goal)
    if len(kept) < len(weights):
        return f"w moves away from {aim} and diverged within {steps}"
    begin, end = float(kept[0]), float(kept[-1])
    way = f"w goes from {say(begin)} to {say(end, begin if end else 0.0)} in {steps}"
    off = kept - goal
    sizes, start = np.abs(off), abs(float(off[0]))
    if len(kept) < 2 or start == 0:
        return way
    if sizes[1] <= 1e-6 * start and sizes.max() <= 1.000001 * start:
        return way + ", there in one step"
    noise = 1e-6 * start
    clear = off[sizes > noise]
    turns = int((np.sign(clear[1:]) * np.sign(clear[:-1]) < 0).sum())
    changes = np.diff(sizes)
    if np.allclose(sizes, start, rtol=1e-4):
        return way + f", jumping over {aim} and back without coming closer"
    if (changes > 0).all():
        return way + ", moving away with every step"
    if (changes < noise).all() and turns == 0:
        return way + f", coming closer to {aim} from one side"
    if (changes < noise).all() and turns == len(clear) - 1:
        return way + f", coming closer to {aim} while jumping from side to side"
    times = {1: "once", 2: "twice"}.get(turns, f"{turns} times")
    return way + (f", crossing {aim} {times}" if turns else "")


def _draw_path(
    axes: Axes, weights: Array, height: Any, limits: tuple[float, float], goal: float = 0.0
) -> str:
    """Draw a path of weights (k,) on a curve; returns what it does, in words."""
    kept = drawable(weights)
    low, high = limits
    if not len(kept):
        axes.plot([], [], "s-", color=style.RED, label="path (diverged)")
        return "the path diverged at once"
    outside = np.flatnonzero((kept < low) | (kept > high))
    leaves = len(kept) < len(weights) or len(outside) > 0
    shown = kept if not len(outside) else kept[: int(outside[0]) + 1]
    heights = height(shown)
    axes.plot(
        shown, heights, color=style.RED, linestyle="--", linewidth=1.4, marker="o",
        markersize=5, label="path", zorder=3,
    )  # fmt: skip
    axes.plot(shown[:1], heights[:1], "s", color=style.BLACK, markersize=9, label="start", zorder=4)
    if not leaves:
        axes.plot(
            shown[-1:], heights[-1:], "*", color=style.ORANGE, markeredgecolor=style.BLACK,
            markersize=14, label="end", zorder=5,
        )  # fmt: skip
        return describe(weights, goal)
    return describe(weights, goal) + ", leaving the picture"


def _reach(series: list[Array]) -> float:
    starts = [abs(float(values[0])) for values in series if np.isfinite(values[0])]
    start = max(starts, default=0.0) or 1.0
    kept = [np.abs(drawable(values)) for values in series]
    widest = max((float(values.max()) for values in kept if len(values)), default=start)
    return 1.15 * min(max(widest, start), 2 * start)
