"""What a mistake may do to a number, an array, a list: one thing at a time, with words for it.

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
    """Return `count`, `number`, `array`, `leaf`, `module`, `call`, `empty` or `other`.

    A leaf is a tensor that requires grad, or several to go through.
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
        return "leaf" if all(kind_of(item) == "leaf" for item in value) else "other"
    if isinstance(value, Iterator):
        return "leaf"
    return "call" if callable(value) else "other"


def leaves_of(value: Any) -> tuple[Any, list[Any]]:
    """Return what to hand on in the place of a `leaf`, and the tensors in it.

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
    "had the opposite sign": _times(-1),
    "were twice as large": _times(2),
    "were half as large": _times(0.5),
    "were always 0": _always(0),
    "were always 1": _always(1),
    "were always 0.1": _always(0.1),
    "were always 0.01": _always(0.01),
    "had lost its sign": lambda value: _library(value).abs(value),
    "were squared": lambda value: value * value,
    "were replaced by the root of its size": _root,
    "were turned upside down (1 over it)": lambda value: 1 / value,
    "were 1 larger": lambda value: value + 1,
    "were 1 smaller": lambda value: value - 1,
    "were 10 times as large": _times(10),
    "were a tenth as large": _times(0.1),
    "were cut to whole numbers": lambda value: _library(value).trunc(value),
    "were rounded down to whole numbers": lambda value: _library(value).floor(value),
    "were rounded to whole numbers": _rounded(0),
    "were rounded to 1 decimal": _rounded(1),
    "were rounded to 2 decimals": _rounded(2),
    "were replaced by its sign (-1, 0 or 1)": lambda value: _library(value).sign(value),
    "were 0 wherever it is negative": _clipped(0, math.inf),
    "were 0 wherever it is positive": _clipped(-math.inf, 0),
    "never went beyond 1 in size": _clipped(-1, 1),
    "never went beyond 10 in size": _clipped(-10, 10),
    "never went beyond 100 in size": _clipped(-100, 100),
}
"""What may be done to every number by itself, in words that follow “if `x` ”."""

OUTPUT: dict[str, Change] = {
    "were 0 wherever it is negative": _clipped(0, math.inf),
    "had a hundredth of its size wherever it is negative": lambda value: _library(value).maximum(
        value, 0.01 * value
    ),
    "went through a tanh": lambda value: _library(value).tanh(value),
    "went through a sigmoid": lambda value: 1 / (1 + _library(value).exp(-value)),
    "were 1 larger": lambda value: value + 1,
    "were 1 smaller": lambda value: value - 1,
}
"""What may be done to every number of a result; what else there is, is told without being made."""

PART = {
    how: ELEMENTWISE[how]
    for how in (
        "had the opposite sign",
        "were twice as large",
        "were half as large",
        "had lost its sign",
        "were squared",
        "were replaced by the root of its size",
        "were 1 larger",
        "were 1 smaller",
    )
}
"""What may be done to one part of a result of several."""


def _kept_largest(value: Any) -> Any:
    sizes = np.abs(value)
    return np.where(sizes == sizes.max(), value, 0.0) if sizes.size else value


def _spread(value: Any) -> Any:
    return np.zeros_like(value) + np.mean(value)


STRUCTURAL: dict[str, Change] = {
    "held only its first entry": lambda value: value[:1],
    "held only its last entry": lambda value: value[-1:],
    "had lost its first entry": lambda value: value[1:],
    "had lost its last entry": lambda value: value[:-1],
    "held only its first half": lambda value: value[: (len(value) + 1) // 2],
    "held only every second entry": lambda value: value[::2],
    "came in the reverse order": lambda value: value[::-1],
    "came sorted": lambda value: np.sort(value, axis=0),
    "were replaced by its mean, at every place": _spread,
    "had its mean subtracted": lambda value: value - np.mean(value, axis=0),
    "were standardised": lambda value: (value - np.mean(value, axis=0)) / np.std(value, axis=0),
    "were divided by its standard deviation": lambda value: value / np.std(value, axis=0),
    "were divided by its largest size": lambda value: value / np.max(np.abs(value)),
    "were squeezed between 0 and 1": lambda value: (
        (value - np.min(value)) / (np.max(value) - np.min(value))
    ),
    "were divided by its length (the root of its sum of squares)": lambda value: (
        value / np.sqrt(np.sum(np.square(value)))
    ),
    "were 0 but for its largest entry": _kept_largest,
    "had lost its repeated values": lambda value: np.unique(value),
}
"""What may be done to an array or a list as a whole, along its first axis, in the same words."""

TOGETHER = frozenset(
    {
        "held only its first entry",
        "held only its last entry",
        "had lost its first entry",
        "had lost its last entry",
        "held only its first half",
        "held only every second entry",
        "came sorted",
        "had its mean subtracted",
        "were standardised",
        "were divided by its largest size",
    }
)
"""Which of these somebody may do to all arrays alike."""
