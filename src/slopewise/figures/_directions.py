"""A bowl over (w, b), and the two directions in which it bends most and least."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from slopewise.figures import _style as style
from slopewise.figures._curves import curves_picture
from slopewise.figures._data import (
    Array,
    counted,
    data,
    drawable,
    listed,
    named,
    numbers,
    points,
    say,
)
from slopewise.figures._surface import _contours, _losses

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_FINEST = 300
"""Lines of the grid: levels nearer to each other than two of them would be ragged."""


def cross_sections(curvatures: Mapping[str, float], *, title: str | None = None) -> None:
    """Show the loss along straight walks through its lowest point, one panel a direction.

    curvatures: direction -> curvature of the loss along it, above 0. Each panel has an axis of its
    own for the loss above its lowest, ½ · curvature · distance².
    """
    bends = {name: float(bend) for name, bend in named(curvatures, "curvatures").items()}
    if not all(np.isfinite(bend) and bend > 0 for bend in bends.values()):
        raise ValueError("curvatures must be finite and above 0")

    def paint(figure: Figure) -> str:
        panels = figure.subplots(1, len(bends), squeeze=False)[0]
        distance = np.linspace(-1, 1, 101)
        told = []
        for index, (panel, (name, bend)) in enumerate(zip(panels, bends.items(), strict=True)):
            panel.plot(
                distance, bend * distance**2 / 2,
                color=style.COLOURS[index % len(style.COLOURS)], linewidth=2.4,
            )  # fmt: skip
            panel.set(
                xlabel="distance from the lowest loss", title=f"{name}\ncurvature {say(bend)}"
            )
            panel.ticklabel_format(style="plain", useOffset=False)
            if index == 0:
                panel.set_ylabel("loss above its lowest")
            told.append(f"{name} reaches {say(bend / 2)} at distance 1, curvature {say(bend)}")
        style.heading(figure, title)
        return "Parabolas, each with a loss axis of its own: " + listed(told)

    style.show(style.draw(paint, 3.6 * len(bends), 3.6))


def distances(
    curves: Mapping[str, Sequence[float]],
    *,
    x_label: str = "epoch",
    title: str | None = None,
    every: int = 1,
) -> None:
    """Show on a log axis how far from the goal a run is, along each direction.

    curves: direction -> distances (n,), entry k after epoch `every` · k; a sign (which side) is
    dropped.
    """
    sizes = {
        name: np.abs(numbers(values, f"curve {name!r}"))
        for name, values in named(curves, "curves").items()
    }
    style.show(
        curves_picture(
            sizes,
            log=True,
            x_label=x_label,
            y_label="distance to the goal",
            title=title,
            stride=every,
        )
    )


def bowls(
    runs: Mapping[str, tuple[Any, Any, Sequence[tuple[float, float]]]],
    *,
    title: str | None = None,
    arrows: bool = True,
) -> None:
    """Show the loss of w·x + b round its lowest point, one panel a data set, with its path.

    runs: label -> (x, y, path), x and y (n,) numbers, path (k, 2) rows (w, b), the start included.
    In each panel both axes have the same scale, and the path's start fits in. arrows: whether the
    steepest and the flattest direction are drawn.
    """
    series = {}
    for name, (x, y, path) in named(runs, "runs").items():
        series[name] = (*data(x, y), drawable(points(path, f"path {name!r}")))
        if not len(series[name][2]):
            raise ValueError(f"path {name!r}: it begins at what is not finite")

    def paint(figure: Figure) -> str:
        panels = figure.subplots(1, len(series), squeeze=False)[0]
        told = []
        for index, (panel, (name, (xs, ys, path))) in enumerate(
            zip(panels, series.items(), strict=True)
        ):
            panel.set(title=name, xlabel="w", aspect="equal")
            if index == 0:
                panel.set_ylabel("b")
            told.append(f"{name}: {_bowl(panel, xs, ys, path, arrows=arrows)}")
        style.heading(figure, title)
        style.legend_below(figure, panels[0], 3 if len(series) > 1 else 2)
        return "Contours of the loss over w and b. " + listed(told)

    wide = 4.6 if len(series) == 1 else 3.6 * len(series)
    style.show(style.draw(paint, wide, 5.3 if len(series) == 1 else 4.5))


def _bowl(panel: Axes, xs: Array, ys: Array, path: Array, *, arrows: bool) -> str:
    design = np.stack([xs, np.ones_like(xs)], axis=1)
    lowest = np.asarray(np.linalg.lstsq(design, ys, rcond=None)[0], dtype=np.float64)
    bends, directions = np.linalg.eigh(2 * design.T @ design / len(xs))
    half = 1.15 * (float(np.abs(path - lowest).max()) or 1.0)
    ws, bs = (np.linspace(middle - half, middle + half, _FINEST) for middle in lowest)
    finest = float(bends[1]) * (ws[1] - ws[0]) ** 2
    _contours(panel, ws, bs, _losses(xs, ys, ws, bs), finest)
    panel.plot(
        path[:, 0], path[:, 1], "o-", color=style.RED, linewidth=1.4, markersize=4, label="path",
        zorder=3,
    )  # fmt: skip
    panel.plot(path[:1, 0], path[:1, 1], "s", color=style.BLACK, label="start", zorder=5)
    panel.plot(
        [lowest[0]], [lowest[1]], "*", color=style.ORANGE, markersize=15,
        markeredgecolor=style.BLACK, label="lowest loss", zorder=4,
    )  # fmt: skip
    if arrows:
        looks = (("flattest", style.GREEN, "--"), ("steepest", style.PURPLE, "-"))
        for (name, colour, line), way in zip(looks, directions.T, strict=True):
            ends = lowest + 0.9 * half * np.array([-way, way])
            panel.plot(
                ends[:, 0], ends[:, 1], line, color=colour, linewidth=2.2,
                label=f"{name} direction", zorder=2.5,
            )  # fmt: skip
    panel.set(xlim=(ws[0], ws[-1]), ylim=(bs[0], bs[-1]))
    panel.grid(visible=False)
    size = float(np.abs(path).max())
    return (
        f"curvatures {say(bends[1])} and {say(bends[0])}, lowest at ({say(lowest[0], half)}, "
        f"{say(lowest[1], half)}), the path goes from ({say(path[0, 0])}, {say(path[0, 1])}) to "
        f"({say(path[-1, 0], size)}, {say(path[-1, 1], size)}) in "
        f"{counted(len(path) - 1, 'step')}"
    )
