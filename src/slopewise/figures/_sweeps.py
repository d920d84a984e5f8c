"""What a choice does: the error over step sizes, the final loss over learning rates."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from slopewise.figures import _style as style
from slopewise.figures._curves import HEIGHT, WIDTH
from slopewise.figures._data import (
    TOO_LARGE,
    Array,
    counted,
    listed,
    log_limits,
    named,
    numbers,
    say,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def gradient_check_error(
    steps: Any, errors: Mapping[str, Sequence[float]], *, title: str | None = None
) -> None:
    """Show the error of a difference quotient over its step size h, on two log axes.

    steps: (n,) positive step sizes. errors: label, such as a dtype, -> absolute errors (n,).
    """
    widths = _positive(steps, "steps")
    series = {
        name: numbers(values, f"errors {name!r}")
        for name, values in named(errors, "errors").items()
    }
    for name, values in series.items():
        if len(values) != len(widths):
            raise ValueError(
                f"errors {name!r} and steps differ in length: {len(values)} and {len(widths)}"
            )
    columns, rows = style.legend_rows(list(series))
    order = np.argsort(widths)

    def paint(figure: Figure) -> str:
        axes = figure.add_subplot(xlabel="step size h", ylabel="absolute error")
        low, high = log_limits(list(series.values()))
        style.log_axis(axes, "y", low, high)
        style.log_axis(axes, "x", widths.min() / 1.5, widths.max() * 1.5)
        told = []
        for index, (name, values) in enumerate(series.items()):
            fine = [i for i in order if math.isfinite(values[i])]
            look = style.curve_style(index, 1, len(series))
            axes.plot(widths[fine], np.clip(values[fine], low, high), label=name, **look)
            if fine:
                best = min(fine, key=lambda i: values[i])
                told.append(f"{name} is best at h = {say(widths[best])}, {_size(values[best])}")
        style.heading(figure, title)
        style.legend_below(figure, axes, columns)
        return (
            f"Error of the difference quotient for h from {say(widths.min())} to "
            f"{say(widths.max())}, both axes logarithmic: " + listed(told)
        )

    style.show(style.draw(paint, WIDTH, HEIGHT + 0.22 * rows))


def sweep(
    learning_rates: Any,
    losses: Any,
    *,
    border: float | None = None,
    best: float | None = None,
    title: str | None = None,
) -> None:
    """Show the final loss over the learning rate, on two log axes.

    learning_rates, losses: (n,); an infinite loss stands at the upper edge as diverged. border:
    the predicted largest rate; best: the predicted best rate; each a vertical line.
    """
    rates, finals = _positive(learning_rates, "learning_rates"), numbers(losses, "losses")
    if len(rates) != len(finals):
        raise ValueError(
            f"learning_rates and losses differ in length: {len(rates)} and {len(finals)}"
        )
    order = np.argsort(rates)
    rates, finals = rates[order], finals[order]
    fine = np.isfinite(finals) & (np.nan_to_num(finals, posinf=TOO_LARGE) < TOO_LARGE)
    marks = [mark for mark in (border, best) if mark is not None]

    def paint(figure: Figure) -> str:
        axes = figure.add_subplot(xlabel="learning rate", ylabel="final loss")
        low, high = log_limits([finals[fine]])
        start = float(finals[fine][0]) if fine.any() else 1.0
        if start > 0:
            low, high = max(low, start * 1e-18), min(high, start * 1e6)
        inside = fine & (np.nan_to_num(finals) < high)
        style.log_axis(axes, "y", low, high)
        around = [*rates, *marks]
        style.log_axis(axes, "x", min(around) / 1.2, max(around) * 1.2)
        axes.plot(
            rates[inside], np.maximum(finals[inside], low), "o-", color=style.BLUE,
            label="final loss", linewidth=1.8, markersize=6, clip_on=False, zorder=4,
        )  # fmt: skip
        if not inside.all():
            axes.plot(
                rates[~inside], np.full(int((~inside).sum()), high), "X", color=style.RED,
                label="diverged or above the picture", markersize=9, clip_on=False,
            )  # fmt: skip
        _marks(axes, border, best)
        style.heading(figure, title)
        count = len(axes.get_legend_handles_labels()[1])
        style.legend_below(figure, axes, min(2, count))
        return _tell_sweep(rates, finals, inside, border, best)

    style.show(style.draw(paint, WIDTH, HEIGHT + 0.44))


def _marks(axes: Axes, border: float | None, best: float | None) -> None:
    if border is not None:
        axes.axvline(
            border, color=style.BLACK, linestyle="--", linewidth=1.8,
            label=f"predicted border {say(border)}",
        )  # fmt: skip
    if best is not None:
        axes.axvline(
            best, color=style.GREEN, linestyle=":", linewidth=2.4,
            label=f"predicted best {say(best)}",
        )  # fmt: skip


def _tell_sweep(
    rates: Array, finals: Array, inside: Any, border: float | None, best: float | None
) -> str:
    told = []
    if inside.any():
        lowest = int(np.argmin(np.where(inside, finals, np.inf)))
        small = rates[inside & (np.abs(np.nan_to_num(finals)) < 1e-6 * abs(finals[0]))]
        told.append(
            f"the loss is nearly 0 for rates from {say(small[0])} to {say(small[-1])}"
            if len(small) > 1
            else f"the loss is smallest, {say(finals[lowest])}, at rate {say(rates[lowest])}"
        )
    if not inside.all():
        gone = rates[~inside]
        told.append(
            f"it diverged, or rose above the picture, at {counted(len(gone), 'rate')} from "
            f"{say(gone[0])} to {say(gone[-1])}"
        )
    if border is not None:
        told.append(f"a dashed line marks the predicted border {say(border)}")
    if best is not None:
        told.append(f"a dotted line marks the predicted best rate {say(best)}")
    return (
        f"Final loss for {counted(len(rates), 'learning rate')} from {say(rates[0])} to "
        f"{say(rates[-1])}, both axes logarithmic: " + listed(told)
    )


def _positive(values: Any, what: str) -> Array:
    array = numbers(values, what)
    if not (np.isfinite(array) & (array > 0)).all():
        raise ValueError(f"{what} must be positive finite numbers, for the log axis")
    return array


def _size(value: float) -> str:
    return f"about 1e{round(math.log10(value)):+03d}" if value > 0 else "exactly 0"
