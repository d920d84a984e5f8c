"""What a mistake may do to a number, an array, a list: one thing at a time.

Each stands here under the key of its words (`slopewise.scoring.change_words`), the plainest first.
Numbers are Python's, numpy's or torch's; what comes out is of the kind that went in.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

Change = Callable[[Any], Any]


def kind_of(value: object) -> str:
    """Return `count`, `number`, `array`, `leaf`, `leaves`, `module`, `call`, `empty` or `other`.

    A leaf is a tensor that requires grad; leaves are several to go through.
    """
    if isinstance(value, bool | str) or value is None:
        return "other"
    if isinstance(value, int | np.integer):
        return "count"
    if isinstance(value, float | np.floating):
        return "number"
    if isinstance(value, np.ndarray):
        return ("array" if value.ndim else "number") if value.dtype.kind in "iuf" else "other"
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor):
        if value.requires_grad:
            return "leaf"
        return "array" if value.ndim else "number"
    if torch is not None and isinstance(value, torch.nn.Module):
        return "module"
    if isinstance(value, list | tuple):
        if not value:
            return "empty"
        if all(kind_of(item) in ("count", "number") for item in value):
            return "array"
        return "leaves" if all(kind_of(item) == "leaf" for item in value) else "other"
    if isinstance(value, Iterator):
        return "leaves"
    return "call" if callable(value) else "other"


def leaves_of(value: Any) -> tuple[Any, list[Any]]:
    """Return what to hand on in the place of a `leaf` or `leaves`, and the tensors in it.

    These are the same list where there may be several.
    """
    torch = sys.modules["torch"]
    if isinstance(value, torch.Tensor):
        return value, [value]
    leaves = list(value)
    return leaves, leaves


def changed(value: Any, change: Change) -> Any:
    """Return a value with every number in it changed; what is no number stays as it is."""
    kind = kind_of(value)
    torch = sys.modules.get("torch")
    if kind == "count":
        with np.errstate(all="ignore"):
            new = float(change(np.float64(value)))
        return int(new) if math.isfinite(new) and new == int(new) else new
    if isinstance(value, np.ndarray | np.floating):
        with np.errstate(all="ignore"):
            return np.asarray(change(value)).astype(value.dtype, copy=False)[()]
    if kind == "number" and isinstance(value, float):
        with np.errstate(all="ignore"):
            return float(change(np.float64(value)))
    if torch is not None and isinstance(value, torch.Tensor):
        if value.requires_grad and value.is_leaf:
            with torch.no_grad():
                return value.copy_(change(value.detach()))
        if not value.is_floating_point():
            return change(value.double()).to(value.dtype)
        return change(value).to(value.dtype)
    if isinstance(value, list | tuple) and type(value) in (list, tuple):
        return type(value)(changed(item, change) for item in value)
    return value


def restructured(value: Any, change: Change) -> Any:
    """Return an array, tensor or list of numbers changed as a whole, as the kind that it was."""
    kind = kind_of(value)
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor):
        if value.requires_grad:
            return value
        plain = value.detach().double().numpy()
        new = np.asarray(change(plain)) if plain.ndim else plain
        made = torch.from_numpy(np.ascontiguousarray(new)).to(value.dtype)
        return made.reshape(()) if not plain.ndim else made
    if kind != "array":
        return value
    if isinstance(value, list | tuple):
        whole = all(kind_of(item) == "count" for item in value)
        new = change(np.array(value, dtype=float))
        return type(value)(int(one) if whole else float(one) for one in new)
    with np.errstate(all="ignore"):
        return np.asarray(change(value)).astype(value.dtype, copy=False)


def _library(value: Any) -> Any:
    torch = sys.modules.get("torch")
    return torch if torch is not None and isinstance(value, torch.Tensor) else np


def _clipped(least: float, most: float) -> Change:
    return lambda value: _library(value).clip(value, least, most)


def _rounded(decimals: int) -> Change:
    return lambda value: _library(value).round(value, decimals=decimals)


def _always(number: float) -> Change:
    return lambda value: 0 * _library(value).nan_to_num(value) + number


def _times(factor: float) -> Change:
    return lambda value: factor * value


def _root(value: Any) -> Any:
    return _library(value).abs(value) ** 0.5


ELEMENTWISE: dict[str, Change] = {
    "opposite": _times(-1),
    "twice": _times(2),
    "half": _times(0.5),
    "zero": _always(0),
    "one": _always(1),
    "tenth number": _always(0.1),
    "hundredth number": _always(0.01),
    "no sign": lambda value: _library(value).abs(value),
    "squared": lambda value: value * value,
    "root": _root,
    "reciprocal": lambda value: 1 / value,
    "plus 1": lambda value: value + 1,
    "minus 1": lambda value: value - 1,
    "ten times": _times(10),
    "a tenth": _times(0.1),
    "cut": lambda value: _library(value).trunc(value),
    "rounded down": lambda value: _library(value).floor(value),
    "rounded": _rounded(0),
    "rounded to 1": _rounded(1),
    "rounded to 2": _rounded(2),
    "sign": lambda value: _library(value).sign(value),
    "not negative": _clipped(0, math.inf),
    "not positive": _clipped(-math.inf, 0),
    "within 1": _clipped(-1, 1),
    "within 10": _clipped(-10, 10),
    "within 100": _clipped(-100, 100),
}
"""What may be done to every number by itself."""

COUNTED: dict[str, Change] = {
    "count zero": _always(0),
    "count one": _always(1),
    "at most 1": _clipped(-math.inf, 1),
    "one fewer": lambda value: value - 1,
    "one more": lambda value: value + 1,
    "twice": _times(2),
    "half, cut": lambda value: math.trunc(0.5 * value),
    "opposite": _times(-1),
    "no sign": abs,
    "squared": lambda value: value * value,
    "ten times": _times(10),
    "a tenth, cut": lambda value: math.trunc(0.1 * value),
    "at most 10": _clipped(-math.inf, 10),
    "at most 100": _clipped(-math.inf, 100),
}
"""What may be done to a whole number that says how often; it stays one."""

OUTPUT: dict[str, Change] = {
    "not negative": _clipped(0, math.inf),
    "leaky": lambda value: _library(value).maximum(value, 0.01 * value),
    "tanh": lambda value: _library(value).tanh(value),
    "sigmoid": lambda value: 1 / (1 + _library(value).exp(-value)),
    "plus 1": ELEMENTWISE["plus 1"],
    "minus 1": ELEMENTWISE["minus 1"],
}
"""What may be done to every number of a result; what else there is, is told without being made."""

PART = {
    change: ELEMENTWISE[change]
    for change in (
        "opposite", "twice", "half", "no sign", "squared", "root", "plus 1", "minus 1",
    )
}  # fmt: skip
"""What may be done to one part of a result of several."""


def _kept_largest(value: Any) -> Any:
    sizes = np.abs(value)
    return np.where(sizes == sizes.max(), value, 0.0) if sizes.size else value


def _spread(value: Any) -> Any:
    return np.zeros_like(value) + np.mean(value)


CHOICES: dict[str, Change] = {
    "first": lambda value: value[:1],
    "last": lambda value: value[-1:],
    "first lost": lambda value: value[1:],
    "last lost": lambda value: value[:-1],
    "first half": lambda value: value[: (len(value) + 1) // 2],
    "every second": lambda value: value[::2],
    "reversed": lambda value: value[::-1],
}
"""Which entries somebody may go through, and in which order, whatever they are."""

STRUCTURAL: dict[str, Change] = {
    **CHOICES,
    "flattened": np.ravel,
    "sorted": lambda value: np.sort(value, axis=0),
    "mean everywhere": _spread,
    "centred": lambda value: value - np.mean(value, axis=0),
    "standardised": lambda value: (value - np.mean(value, axis=0)) / np.std(value, axis=0),
    "over deviation": lambda value: value / np.std(value, axis=0),
    "over largest": lambda value: value / np.max(np.abs(value)),
    "between 0 and 1": lambda value: (value - np.min(value)) / (np.max(value) - np.min(value)),
    "over norm": lambda value: value / np.sqrt(np.sum(np.square(value))),
    "only largest": _kept_largest,
    "unique": lambda value: np.unique(value, axis=0),
}
"""What may be done to an array or a list as a whole, along its first axis."""

TOGETHER = (
    "first", "last", "first lost", "last lost", "first half", "every second", "sorted", "centred",
    "standardised", "over largest",
)  # fmt: skip
"""Which of these somebody may do to all arrays alike."""
