"""Nodes of numpy's and torch's values; both are looked up among the modules already loaded."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from slopewise.probe.plain import (
    Budget,
    Node,
    integer,
    number,
    short_text,
    unsupported,
    values_of,
)

DATA: tuple[tuple[str, Callable[[Any], tuple[type, ...]]], ...] = (
    ("numpy", lambda numpy: (numpy.ndarray, numpy.random.Generator)),
    ("torch", lambda torch: (torch.Tensor, torch.nn.Module, torch.optim.Optimizer)),
)
"""Types of which each probe gets a copy, by the module that has them."""


def encode_torch(value: Any, budget: Budget) -> Node | None:
    """Return a tensor as a node; None for anything else."""
    torch: Any = sys.modules["torch"]
    return _encode_tensor(value, budget) if isinstance(value, torch.Tensor) else None


def encode_numpy(value: Any, budget: Budget) -> Node | None:
    """Return an array or a number of numpy's as a node; None for anything else."""
    numpy: Any = sys.modules["numpy"]
    if isinstance(value, numpy.bool_):
        return {"kind": "boolean", "value": bool(value)}
    if isinstance(value, numpy.integer) and not isinstance(value, numpy.timedelta64):
        return integer(int(value))
    if isinstance(value, numpy.floating):
        return {"kind": "float", "value": number(float(value))}
    if isinstance(value, numpy.complexfloating):
        real, imaginary = number(float(value.real)), number(float(value.imag))
        return {"kind": "complex", "real": real, "imaginary": imaginary}
    if isinstance(value, numpy.datetime64):
        moment = value.astype("datetime64[us]").item()
        text = "NaT" if moment is None else moment.isoformat()
        return {"kind": "moment", "type": "datetime", "value": short_text(text)}
    if isinstance(value, numpy.ndarray):
        return _encode_array(value, budget)
    return None


def _encode_tensor(tensor: Any, budget: Budget) -> Node:
    torch: Any = sys.modules["torch"]
    if tensor.layout is not torch.strided or tensor.is_meta or tensor.is_quantized:
        return unsupported(tensor, "a tensor without plain values")
    if tensor.is_complex():
        return unsupported(tensor, f"dtype {tensor.dtype}")
    if not budget.spend(tensor.numel() + tensor.dim()):
        return unsupported(tensor, "too large")
    plain = tensor.detach().cpu()
    if plain.is_floating_point():
        plain = plain.to(torch.float64)
    return {
        "kind": "tensor",
        "dtype": str(tensor.dtype).removeprefix("torch."),
        "shape": list(tensor.shape),
        "values": values_of(plain.reshape(-1).tolist()),
        "requires_grad": bool(tensor.requires_grad),
    }


def _encode_array(array: Any, budget: Budget) -> Node:
    numpy: Any = sys.modules["numpy"]
    if array.dtype.kind not in "biufcUOM":
        return unsupported(array, f"dtype {array.dtype.name}")
    if not budget.spend(array.size * (2 if array.dtype.kind == "c" else 1) + array.ndim):
        return unsupported(array, "too large")
    plain = numpy.asarray(array)  # a matrix or a masked array reshapes and lists in its own way
    if plain.dtype.kind == "c":
        parts = plain.astype(numpy.complex128).reshape(-1)
        return {
            "kind": "complex array",
            "shape": list(array.shape),
            "real": values_of(parts.real.tolist()),
            "imaginary": values_of(parts.imag.tolist()),
        }
    if plain.dtype.kind == "M":
        plain = plain.astype("datetime64[us]").astype(str)
    if plain.dtype.kind in "UO":
        items = plain.reshape(-1).tolist()
        if not all(isinstance(item, str) for item in items):
            return unsupported(array, f"dtype {array.dtype.name}")
        return {
            "kind": "text array",
            "times": array.dtype.kind == "M",
            "shape": list(array.shape),
            "values": [short_text(item) for item in items],
        }
    if plain.dtype.kind == "f":
        with numpy.errstate(over="ignore"):
            plain = plain.astype(numpy.float64)
    return {
        "kind": "array",
        "dtype": array.dtype.name,
        "shape": list(array.shape),
        "values": values_of(plain.reshape(-1).tolist()),
    }
