"""Two parameters: the loss as contours over (w, b), with paths on it."""

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
    points,
    say,
    span,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def loss_surface(
    x: Any,
    y: Any,
    paths: Mapping[str, Sequence[tuple[float, float]]],
    *,
    w_range: Sequence[float] | None = None,
    b_range: Sequence[float] | None = None,
    title: str | None = None,
    labels: tuple[str, str] = ("w", "b"),
) -> None:
    """Show the mean squared error of w·x + b as contours over (w, b), one panel a path.

    x, y: (n,) or (n, 1) numbers. paths: label -> points (k, 2), rows (w, b), the start included.
    w_range, b_range: (smallest, largest); without them the start, the lowest point and what
    the paths do near them fit, on axes of one scale. labels: the names of the two axes.
    """
    xs, ys = data(x, y)
    series = {n: points(values, f"path {n!r}") for n, values in named(paths, "paths").items()}
    design = np.stack([xs, np.ones_like(xs)], axis=1)
    lowest: Array = np.linalg.lstsq(design, ys, rcond=None)[0].astype(np.float64)
    w_auto, b_auto = _frame(list(series.values()), lowest)
    w_lim = w_auto if w_range is None else span(w_range, "w_range")
    b_lim = b_auto if b_range is None else span(b_range, "b_range")
    columns = min(3, len(series))
    rows = -(-len(series) // columns)

    def paint(figure: Figure) -> str:
        panels = figure.subplots(rows, columns, squeeze=False, sharex=True, sharey=True)
        ws, bs = np.linspace(*w_lim, 91), np.linspace(*b_lim, 91)
        loss = _losses(xs, ys, ws, bs)
        # Between two points of the grid the loss changes that much: finer levels would be ragged.
        finest = float(np.mean(xs * xs)) * (ws[1] - ws[0]) ** 2 + (bs[1] - bs[0]) ** 2
        told = []
        for panel in panels.flat[len(series) :]:
            panel.remove()
        filled = None
        for index, (panel, (name, path)) in enumerate(
            zip(panels.flat, series.items(), strict=False)
        ):
            filled = _contours(panel, ws, bs, loss, finest)
            told.append(f"{name} {_draw_path(panel, path, w_lim, b_lim)}")
            panel.plot(
                [lowest[0]], [lowest[1]], "*", color=style.ORANGE, markersize=17,
                markeredgecolor=style.BLACK, label="lowest loss", zorder=2.5,
            )  # fmt: skip
            cut = len(drawable(path)) < len(path)
            panel.set(xlim=w_lim, ylim=b_lim, title=f"{name} (diverged)" if cut else name)
            panel.grid(visible=False)
            if w_range is None and b_range is None:
                panel.set_aspect("equal")
            if index + columns >= len(series):
                panel.set_xlabel(labels[0])
                panel.tick_params(labelbottom=True)
            if index % columns == 0:
                panel.set_ylabel(labels[1])
        if filled is not None:
            bar = figure.colorbar(filled, ax=panels, label="loss above its lowest", pad=0.02)
            bar.ax.yaxis.set_major_formatter(style.plain)
        style.heading(figure, title)
        style.legend_below(figure, panels.flat[0], 3)
        return (
            f"Contours of the loss over {labels[0]} and {labels[1]}, lowest at "
            f"({say(lowest[0])}, {say(lowest[1], lowest[0])}): " + listed(told)
        )

    style.show(
        style.draw(
            paint,
            2.9 * columns + (3.0 if columns == 1 else 0.9),
            3.0 * rows + (1.5 if columns == 1 else 0.9),
        )
    )


def _losses(xs: Array, ys: Array, ws: Array, bs: Array) -> Array:
    """The loss on the grid, (len(bs), len(ws)), from five means instead of every point."""
    w, b = ws[None, :], bs[:, None]
    return np.asarray(
        w * w * np.mean(xs * xs)
        + 2 * w * b * np.mean(xs)
        + b * b
        - 2 * w * np.mean(xs * ys)
        - 2 * b * np.mean(ys)
        + np.mean(ys * ys)
    )


def _contours(axes: Axes, ws: Array, bs: Array, loss: Array, finest: float) -> Any:
    from matplotlib.colors import LogNorm

    above = loss - loss.min()
    decade = np.log10(float(above.max()) or 1.0)
    steps = [m * 10.0**k for k in range(int(decade) - 5, int(decade) + 2) for m in (1, 3)]
    levels = [step for step in steps if finest <= step <= 10**decade][-9:]
    norm = LogNorm(levels[0], levels[-1])
    above = np.clip(above, levels[0] * 0.5, None)
    filled = axes.contourf(
        ws, bs, above, levels=levels, norm=norm, cmap="Blues", alpha=0.55, extend="both"
    )
    axes.contour(ws, bs, above, levels=levels, colors="#5b7c99", linewidths=0.8)
    return filled


def _draw_path(
    axes: Axes, path: Array, w_lim: tuple[float, float], b_lim: tuple[float, float]
) -> str:
    kept = drawable(path)
    steps = counted(len(path) - 1, "step")
    if not len(kept):
        axes.plot([], [], "o-", color=style.RED, label="path (diverged)")
        return "diverged at once"
    inside = np.abs(kept - _middle(w_lim, b_lim)) <= _half(w_lim, b_lim)
    here = inside[:, 0] & inside[:, 1]
    shown = kept[: int(np.flatnonzero(here)[-1]) + 2] if here.any() else kept[:1]
    axes.plot(
        shown[:, 0], shown[:, 1], "o-", color=style.RED, linewidth=1.4, markersize=4,
        label="path", zorder=3,
    )  # fmt: skip
    axes.plot(
        kept[:1, 0], kept[:1, 1], "s", color=style.BLACK, markersize=8, label="start", zorder=5
    )
    begin = f"({say(kept[0, 0])}, {say(kept[0, 1])})"
    if len(kept) < len(path):
        return f"starts at {begin} and diverged within {steps}"
    end = f"({say(kept[-1, 0])}, {say(kept[-1, 1], np.abs(kept).max())})"
    return f"goes from {begin} to {end} in {steps}" + ("" if here[-1] else ", leaving the picture")


def _middle(w_lim: tuple[float, float], b_lim: tuple[float, float]) -> Array:
    return np.array([sum(w_lim) / 2, sum(b_lim) / 2])


def _half(w_lim: tuple[float, float], b_lim: tuple[float, float]) -> Array:
    return np.array([w_lim[1] - w_lim[0], b_lim[1] - b_lim[0]]) / 2


def _frame(series: list[Array], lowest: Array) -> tuple[tuple[float, float], tuple[float, float]]:
    """Ranges of w and b, equally long, that hold the starts, the optimum, the paths near them."""
    starts = [path[0] for path in series if np.isfinite(path[0]).all()]
    core = np.array([lowest, *starts])
    size = float(np.ptp(core, axis=0).max()) or 1.0
    near = [core]
    for path in series:
        kept = drawable(path)
        near.append(kept[(np.abs(kept - lowest) <= 1.6 * size).all(axis=1)])
    every = np.concatenate(near)
    middle = (every.min(axis=0) + every.max(axis=0)) / 2
    half = 0.6 * float(np.ptp(every, axis=0).max() or size)
    return (
        (float(middle[0] - half), float(middle[0] + half)),
        (float(middle[1] - half), float(middle[1] + half)),
    )
