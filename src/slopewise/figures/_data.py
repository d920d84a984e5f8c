"""Numbers in, numbers and words out: reading what a learner passes, saying it in short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: Beyond this a value is as good as infinite for a picture (its square still fits a float64).
TOO_LARGE = 1e100


def numbers(values: Any, what: str) -> Array:
    """`values` as a flat float64 array (n,); lists, arrays, tensors, (n, 1) columns are taken.

    Raises `ValueError` that begins with `what` if there is nothing or it is not numbers.
    """
    try:
        if hasattr(values, "detach"):
            values = values.detach()
        elif not hasattr(values, "__array__"):
            values = [_plain(value) for value in values]
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{what}: expected a sequence of numbers ({error})") from None
    if array.ndim == 2 and 1 in array.shape:
        array = array.reshape(-1)
    if array.ndim != 1:
        raise ValueError(f"{what}: expected shape (n,), got {array.shape}")
    if array.size == 0:
        raise ValueError(f"{what}: empty, nothing to draw")
    return array


def points(values: Any, what: str) -> Array:
    """`values` as a float64 array (n, 2), one row a point."""
    try:
        if hasattr(values, "detach"):
            values = values.detach()
        elif not hasattr(values, "__array__"):
            values = [[float(_plain(value)) for value in row] for row in values]
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{what}: expected pairs of numbers ({error})") from None
    if array.size == 0:
        raise ValueError(f"{what}: empty, nothing to draw")
    if array.ndim != 2 or array.shape[1] != 2:
        raise ValueError(f"{what}: expected pairs, shape (n, 2), got {array.shape}")
    return array


def data(x: Any, y: Any) -> tuple[Array, Array]:
    """The data set as two finite arrays of one length."""
    xs, ys = numbers(x, "x"), numbers(y, "y")
    if len(xs) != len(ys):
        raise ValueError(f"x and y differ in length: {len(xs)} and {len(ys)}")
    if not (np.isfinite(xs).all() and np.isfinite(ys).all()):
        raise ValueError("x and y must be finite numbers")
    return xs, ys


def named(curves: Any, what: str) -> dict[str, Any]:
    """A dict from label to something, with at least one entry; labels become strings."""
    if not isinstance(curves, Mapping):
        raise ValueError(f"{what}: expected a dict label -> values, got {type(curves).__name__}")
    if not curves:
        raise ValueError(f"{what}: empty, nothing to draw")
    return {str(label): values for label, values in curves.items()}


def span(limits: Any, what: str) -> tuple[float, float]:
    """The smallest and largest of `limits`, which must differ and be finite."""
    array = numbers(limits, what)
    low, high = float(array.min()), float(array.max())
    if not np.isfinite(array).all() or low == high:
        raise ValueError(f"{what}: expected two different finite numbers, got {limits!r}")
    return low, high


def drawable(values: Array) -> Array:
    """The rows of `values` (n,) or (n, 2) before the first that is not finite or is enormous."""
    rows = values.reshape(len(values), -1)
    fine = (np.isfinite(rows) & (np.abs(np.nan_to_num(rows)) < TOO_LARGE)).all(axis=1)
    return values if fine.all() else values[: int(np.argmin(fine))]


def runs_away(values: Array, scale: float) -> bool:
    """Whether a sequence (n,) ends in infinity, NaN or far beyond `scale`."""
    kept = drawable(values)
    return len(kept) < len(values) or bool(abs(kept[-1]) > 10 * scale > 0)


def log_limits(series: list[Array]) -> tuple[float, float]:
    """A range for a log axis; if something is 0, a decade below the smallest is its floor."""
    every = np.concatenate([np.zeros(0), *series])
    every = every[np.isfinite(every)]
    positive = every[every > 0]
    if not len(positive):
        return 0.1, 10.0
    low, high = float(positive.min()), float(positive.max())
    margin = max((high / low) ** 0.05, 1.2)
    if len(positive) < len(every):
        low /= 10
    return low / margin, high * margin


def say(value: float, scale: float = 0.0) -> str:
    """`value` with three significant digits; "nearly 0" if it is as good as 0 beside `scale`.

    What is left of a loss after many float32 steps is rounding noise, other on every machine.
    """
    value = float(value)
    if abs(value) < 1e-6 * abs(scale):
        return "nearly 0"
    if not np.isfinite(value):
        return "infinity" if value > 0 else "minus infinity" if value < 0 else "NaN"
    return f"{float(f'{value:.3g}'):g}" if value else "0"


def listed(parts: Iterable[str]) -> str:
    """`a; b; c.`, one sentence out of several findings."""
    return "; ".join(parts) + "."


def counted(n: int, word: str) -> str:
    """`1 step`, `2 steps`."""
    return f"{n} {word}" if n == 1 else f"{n} {word}s"


def _plain(value: Any) -> Any:
    return value.detach() if hasattr(value, "detach") else value
