"""Curves over epochs, and lines through data."""

from __future__ import annotations

import math
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
    log_limits,
    named,
    numbers,
    runs_away,
    say,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH, HEIGHT = 7.2, 3.9


def fit_line(
    x: Any, y: Any, lines: Mapping[str, tuple[float, float]], *, title: str | None = None
) -> None:
    """Show the data and straight lines w·x + b through them.

    x, y: (n,) or (n, 1) numbers. lines: label -> (w, b).
    """
    xs, ys = data(x, y)
    pairs = {name: numbers(pair, f"line {name!r}") for name, pair in named(lines, "lines").items()}
    for name, pair in pairs.items():
        if len(pair) != 2:
            raise ValueError(f"line {name!r}: expected (w, b), got {len(pair)} numbers")
    names = {n: n if len(drawable(p)) == 2 else f"{n} (diverged)" for n, p in pairs.items()}
    columns, rows = style.legend_rows(["data", *names.values()])

    def paint(figure: Figure) -> str:
        axes = figure.add_subplot(xlabel="x", ylabel="y")
        wide = max(float(np.ptp(xs)), 1e-9) * 0.08
        ends = np.array([xs.min() - wide, xs.max() + wide])
        tall = max(float(np.ptp(ys)), 1e-9)
        low, high = ys.min() - 0.08 * tall, ys.max() + 0.08 * tall
        told = []
        for index, (name, pair) in enumerate(pairs.items()):
            look = style.curve_style(index, 2, len(pairs)) | {"marker": ""}
            if len(drawable(pair)) < 2:
                axes.plot([], [], label=names[name], **look)
                told.append(f"{name} diverged")
                continue
            w, b = pair
            heights = w * ends + b
            axes.plot(ends, heights, label=name, **look)
            low = min(low, max(float(heights.min()), float(ys.min()) - tall))
            high = max(high, min(float(heights.max()), float(ys.max()) + tall))
            error = float(np.mean((w * xs + b - ys) ** 2))
            rule = _equation(w, b, tall, float(np.ptp(ends)))
            told.append(f"{name} is {rule}, mean squared error {say(error, tall**2)}")
        axes.plot(
            xs, ys, "o", color=style.BLACK, markersize=7, markerfacecolor="#ffffff",
            markeredgewidth=1.8, label="data", zorder=5,
        )  # fmt: skip
        axes.set(xlim=ends, ylim=(low - 0.03 * tall, high + 0.03 * tall))
        style.heading(figure, title)
        style.legend_below(figure, axes, columns)
        count = counted(len(xs), "data point")
        return f"{count} and {counted(len(pairs), 'line')}: " + listed(told)

    style.show(style.draw(paint, WIDTH, HEIGHT + 0.22 * rows))


def loss_curves(
    curves: Mapping[str, Sequence[float]],
    *,
    log: bool = False,
    x_label: str = "epoch",
    title: str | None = None,
    first: int = 0,
) -> None:
    """Show how losses change.

    curves: label -> losses (n,), where entry k belongs to epoch `first` + k. What is not finite
    is cut off and the curve called diverged. log: a logarithmic loss axis; a loss of 0 lies on
    its lower edge.
    """
    style.show(
        curves_picture(curves, log=log, x_label=x_label, y_label="loss", title=title, first=first)
    )


def paths(
    curves: Mapping[str, Sequence[float]],
    *,
    y_label: str = "w",
    x_label: str = "epoch",
    target: float | None = None,
    title: str | None = None,
    first: int = 0,
) -> None:
    """Show how a number, such as a weight, moves while training.

    curves: label -> values (n,), where entry k belongs to epoch `first` + k. target: where they
    ought to arrive, a dashed line.
    """
    style.show(
        curves_picture(
            curves, log=False, x_label=x_label, y_label=y_label, title=title, first=first,
            target=target, signed=True,
        )
    )  # fmt: skip


def curves_picture(
    curves: Mapping[str, Any],
    *,
    log: bool,
    x_label: str,
    y_label: str,
    title: str | None = None,
    first: int = 0,
    target: float | None = None,
    signed: bool = False,
    limits: tuple[float, float] | None = None,
    stride: int = 1,
) -> style.Picture:
    """The picture behind `loss_curves`, `paths` and the rate slider.

    stride: how many epochs lie between two entries of a curve.
    """
    series = {
        name: numbers(values, f"curve {name!r}") for name, values in named(curves, "curves").items()
    }
    away = {name: runs_away(values, _scale(values, target)) for name, values in series.items()}
    kept = {name: drawable(values) for name, values in series.items()}
    cut = {name: len(kept[name]) < len(series[name]) for name in series}
    low, high = limits or _limits(kept, away, log=log, signed=signed, target=target)
    names = {}
    for name, values in kept.items():
        over = len(values) > 0 and (values.max() > high or (values.min() < low and not log))
        note = " (diverged)" if cut[name] else " (leaves the picture)" if over else ""
        names[name] = name + note
    every = list(names.values()) + (["target"] if target is not None else [])
    columns, rows = style.legend_rows(every)

    def paint(figure: Figure) -> str:
        axes = figure.add_subplot(xlabel=x_label, ylabel=y_label)
        if log:
            style.log_axis(axes, "y", low, high)
        else:
            axes.set_ylim(low, high)
        for index, (name, values) in enumerate(kept.items()):
            shown = np.maximum(values, low) if log else values
            gone = np.flatnonzero((shown < low) | (shown > high))
            shown = shown[: int(gone[0]) + 1] if len(gone) else shown
            look = style.curve_style(index, len(shown), len(kept))
            axes.plot(first + stride * np.arange(len(shown)), shown, label=names[name], **look)
        if target is not None:
            axes.axhline(
                target, color=style.GREY, linestyle=(0, (4, 3)), linewidth=1.5, zorder=1,
                label=f"target {say(target)}",
            )  # fmt: skip
        longest = max(map(len, kept.values()))
        wide = stride * max(1, longest - 1)
        margin = 0.03 * wide
        axes.set_xlim(first - margin, first + wide + margin)
        style.whole_numbers(axes)
        style.heading(figure, title)
        style.legend_below(figure, axes, columns)
        what = "Loss" if y_label == "loss" else y_label
        last = first + stride * (max(longest, 1) - 1)
        head = f"{what} over {x_label} {first} to {last}"
        aim = "" if target is None else f" A dashed line marks the target {say(target)}."
        return f"{head}{', log axis' if log else ''}: {listed(_tell(kept, cut, signed))}{aim}"

    return style.draw(paint, WIDTH, HEIGHT + 0.22 * rows)


def _equation(w: float, b: float, tall: float, wide: float) -> str:
    """`y = 2 x + 1`, without a part too small to be seen in a picture `tall` by `wide`."""
    rise = "" if abs(w) * wide < 1e-4 * tall else f"{say(w)} x"
    if rise and abs(b) < 1e-4 * tall:
        return f"y = {rise}"
    sign = "- " if b < 0 else "+ " if rise else ""
    return f"y = {rise} {sign}{say(abs(b))}".replace("  ", " ")


def _scale(values: Array, target: float | None) -> float:
    """The size that is normal for a curve: its first values and its target."""
    head = [abs(float(v)) for v in values[:1] if math.isfinite(v)]
    if target is not None:
        head.append(abs(target))
    if max(head, default=0.0) == 0.0:
        head += [abs(float(v)) for v in values[1:2] if math.isfinite(v)]
    return max(head, default=0.0)


def _limits(
    kept: Mapping[str, Array],
    away: Mapping[str, bool],
    *,
    log: bool,
    signed: bool,
    target: float | None,
) -> tuple[float, float]:
    """The range of the y axis: of the curves that stay, if there are any, else of them all."""
    if log:
        return log_limits(list(kept.values()))
    staying = [values for name, values in kept.items() if not away[name]]
    wanted = [v for v in staying or list(kept.values()) if len(v)]
    every = np.concatenate([np.zeros(0), *wanted, *([] if target is None else [[target]])])
    if staying and len(every):  # the first swings of the others, as far as they do not dwarf it
        near = 1.5 * float(np.ptp(every)) or 1.0
        for name, values in kept.items():
            swings = (values < every.min() - near) | (values > every.max() + near)
            wanted.append(values[: int(np.argmax(swings))] if away[name] else values[:1])
    if target is not None:
        wanted.append(np.array([target]))
    if not signed:
        wanted.append(np.zeros(1))
    every = np.concatenate([np.zeros(0), *wanted])
    if not len(every):
        return 0.0, 1.0
    low, high = float(every.min()), float(every.max())
    size = high - low or abs(high) or 1.0
    return low - 0.06 * size, high + 0.06 * size


def _tell(kept: Mapping[str, Array], cut: Mapping[str, bool], signed: bool) -> list[str]:
    """What each curve does, in words."""
    told = []
    for name, values in kept.items():
        if not len(values):
            told.append(f"{name} diverged at once")
            continue
        begin, end = float(values[0]), float(values[-1])
        verb = "goes" if signed else "falls" if end < begin else "rises"
        way = f"{verb} from {say(begin)} to {say(end, begin)}"
        way = f"stays at {say(begin)}" if np.all(values == begin) else way
        moves = np.diff(values)
        turns = moves[1:] * moves[:-1] < 0
        if len(moves) > 2 and turns.mean() > 0.8:
            way += " in zigzags"
        elif signed and (swings := _swings(values)) > 1:
            way += f", turning {swings} times between {say(min(values))} and {say(max(values))}"
        told.append(f"{name} {way}" + (", then diverged" if cut[name] else ""))
    return told


def _swings(values: Array) -> int:
    """How often a curve turns, apart from what is too small to be seen."""
    moves = np.diff(values)
    seen = np.sign(moves[np.abs(moves) > 0.01 * np.ptp(values)])
    return int((seen[1:] != seen[:-1]).sum())
