"""Turn what a probe returned into plain data: the writing half of the observation format.

Runs in the learner's kernel, so it imports the standard library only; numpy and torch are
looked up among the modules already loaded. The reading half, which trusts nothing, is
`slopewise.observations`; the two agree on the node kinds listed there.
"""

from __future__ import annotations

import math
import sys
from typing import Any

Node = dict[str, Any]

SIGNIFICANT_DIGITS = 6
MAXIMUM_DEPTH = 8
MAXIMUM_LEAVES = 4000
MAXIMUM_TEXT = 300
_LARGEST_INTEGER = 2**63 - 1


class _Budget:
    """How many leaves an observation may still hold."""

    def __init__(self, leaves: int) -> None:
        self.leaves = leaves

    def spend(self, leaves: int) -> bool:
        self.leaves -= leaves
        return self.leaves >= 0


def encode(value: object) -> Node:
    """Return `value` as a node of plain data.

    Numbers keep six significant digits. Arrays and tensors keep dtype and shape. What has no
    node kind of its own, or is larger than the caps of this module, becomes `unsupported`.
    Raises nothing of its own; a hostile value may raise what it likes, which the caller records.
    """
    return _encode(value, _Budget(MAXIMUM_LEAVES), 0)


def encode_exception(error: BaseException) -> Node:
    """Return an exception as a node: its class names, nearest first, and its message."""
    names = [kind.__name__ for kind in type(error).__mro__ if kind not in (BaseException, object)]
    try:
        message = str(error)
    except Exception:
        message = ""
    return {"kind": "raised", "types": names[:10], "message": message[:MAXIMUM_TEXT]}


def _unsupported(value: object, reason: str) -> Node:
    return {"kind": "unsupported", "type": type(value).__name__[:100], "reason": reason}


def _number(value: float) -> float | str:
    """Six significant digits; JSON has no word for the values that are not finite."""
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}")


def _integer(value: int) -> Node:
    if -_LARGEST_INTEGER <= value <= _LARGEST_INTEGER:
        return {"kind": "integer", "value": value}
    try:
        return {"kind": "float", "value": _number(float(value))}
    except OverflowError:
        return {"kind": "float", "value": "inf" if value > 0 else "-inf"}


def _encode(value: object, budget: _Budget, depth: int) -> Node:
    if depth > MAXIMUM_DEPTH:
        return _unsupported(value, "nested too deeply")
    if not budget.spend(1):
        return _unsupported(value, "too large")
    if value is None:
        return {"kind": "none"}
    if isinstance(value, bool):
        return {"kind": "boolean", "value": value}
    if isinstance(value, int):
        return _integer(int(value))
    if isinstance(value, float):
        return {"kind": "float", "value": _number(float(value))}
    if isinstance(value, str):
        return {"kind": "text", "value": str(value)[:MAXIMUM_TEXT]}
    if isinstance(value, list | tuple):
        kind = "list" if isinstance(value, list) else "tuple"
        if len(value) > budget.leaves:
            return _unsupported(value, "too large")
        return {"kind": kind, "items": [_encode(item, budget, depth + 1) for item in value]}
    if isinstance(value, dict):
        if 2 * len(value) > budget.leaves:
            return _unsupported(value, "too large")
        return {
            "kind": "dict",
            "items": [
                [_encode(key, budget, depth + 1), _encode(item, budget, depth + 1)]
                for key, item in value.items()
            ],
        }
    return _encode_array(value, budget)


def _encode_array(value: object, budget: _Budget) -> Node:
    numpy: Any = sys.modules.get("numpy")
    torch: Any = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor):
        tensor: Any = value
        if tensor.layout is not torch.strided or not budget.spend(tensor.numel()):
            return _unsupported(value, "too large")
        plain = tensor.detach().cpu()
        return {
            "kind": "tensor",
            "dtype": str(tensor.dtype).removeprefix("torch."),
            "shape": list(tensor.shape),
            "values": _values(plain.reshape(-1).tolist()),
            "requires_grad": bool(tensor.requires_grad),
        }
    if numpy is None:
        return _unsupported(value, "no plain form")
    if isinstance(value, numpy.bool_):
        return {"kind": "boolean", "value": bool(value)}
    if isinstance(value, numpy.integer):
        return _integer(int(value))
    if isinstance(value, numpy.floating):
        return {"kind": "float", "value": _number(float(value))}
    if isinstance(value, numpy.ndarray):
        array: Any = value
        if array.dtype.kind not in "biuf":
            return _unsupported(value, f"dtype {array.dtype}")
        if not budget.spend(array.size):
            return _unsupported(value, "too large")
        return {
            "kind": "array",
            "dtype": str(array.dtype),
            "shape": list(array.shape),
            "values": _values(array.reshape(-1).tolist()),
        }
    return _unsupported(value, "no plain form")


def _values(items: list[Any]) -> list[Any]:
    return [
        _number(item)
        if isinstance(item, float)
        else item
        if isinstance(item, bool | int)
        else str(item)[:20]
        for item in items
    ]
