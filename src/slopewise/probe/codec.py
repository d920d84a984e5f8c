"""Turn what a probe returned into plain data: the writing half of the observation format.

Runs in the learner's kernel, so it imports the standard library only; numpy and torch are
looked up among the modules already loaded. The reading half, which trusts nothing, is
`slopewise.scoring.observations`; the two agree on the node kinds listed there.
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


class Budget:
    """How many leaves an observation may still hold; every probe's value is paid from it."""

    def __init__(self, leaves: int = 4 * MAXIMUM_LEAVES) -> None:
        self.leaves = leaves

    def spend(self, leaves: int) -> bool:
        """Take that many leaves, or none and return False where there are not so many."""
        if leaves > self.leaves:
            return False
        self.leaves -= leaves
        return True


def encode(value: object, budget: Budget | None = None) -> Node:
    """Return `value` as a node of plain data.

    Numbers keep six significant digits. Arrays and tensors keep dtype and shape. What has no
    node kind of its own, or is larger than the caps of this module, becomes `unsupported`.
    Raises nothing of its own; a hostile value may raise what it likes, which the caller records.
    """
    whole = budget or Budget()
    own = Budget(min(MAXIMUM_LEAVES, whole.leaves))
    before = own.leaves
    node = _encode(value, own, 0)
    whole.spend(before - own.leaves)
    return node


def encode_exception(error: BaseException) -> Node:
    """Return an exception as a node: its class names, nearest first, and its message."""
    kinds = [kind for kind in type(error).__mro__ if kind not in (BaseException, object)]
    names = [_name(kind) for kind in kinds] or ["BaseException"]
    try:
        message = _text(str(error))
    except Exception:
        message = ""
    return {"kind": "raised", "types": names[:10], "message": message}


def _unsupported(value: object, reason: str) -> Node:
    return {"kind": "unsupported", "type": _name(type(value)), "reason": reason}


def _name(kind: type) -> str:
    return _text(kind.__name__)[:100] or "nameless"


def _text(value: str) -> str:
    """The beginning of a string, without the half characters that no encoding can write."""
    return value[:MAXIMUM_TEXT].encode("utf-8", "replace").decode("utf-8")


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


def _encode(value: object, budget: Budget, depth: int) -> Node:
    if depth > MAXIMUM_DEPTH:
        return _unsupported(value, "nested too deeply")
    if value is None:
        return {"kind": "none"}
    if isinstance(value, bool):
        return {"kind": "boolean", "value": value}
    if isinstance(value, int):
        return _integer(int(value))
    if isinstance(value, float):
        return {"kind": "float", "value": _number(float(value))}
    if isinstance(value, str):
        return {"kind": "text", "value": _text(str(value))}
    if isinstance(value, list | tuple):
        kind = "list" if isinstance(value, list) else "tuple"
        if not budget.spend(len(value)):
            return _unsupported(value, "too large")
        return {"kind": kind, "items": [_encode(item, budget, depth + 1) for item in value]}
    if isinstance(value, dict):
        if not budget.spend(2 * len(value)):
            return _unsupported(value, "too large")
        return {
            "kind": "dict",
            "items": [
                [_encode(key, budget, depth + 1), _encode(item, budget, depth + 1)]
                for key, item in value.items()
            ],
        }
    torch: Any = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor):
        return _encode_tensor(value, budget)
    numpy: Any = sys.modules.get("numpy")
    if numpy is None:
        return _unsupported(value, "no plain form")
    if isinstance(value, numpy.bool_):
        return {"kind": "boolean", "value": bool(value)}
    if isinstance(value, numpy.integer):
        return _integer(int(value))
    if isinstance(value, numpy.floating):
        return {"kind": "float", "value": _number(float(value))}
    if isinstance(value, numpy.ndarray):
        return _encode_array(value, budget)
    return _unsupported(value, "no plain form")


def _encode_tensor(tensor: Any, budget: Budget) -> Node:
    torch: Any = sys.modules["torch"]
    if tensor.layout is not torch.strided or tensor.is_meta or tensor.is_quantized:
        return _unsupported(tensor, "a tensor without plain values")
    if tensor.is_complex():
        return _unsupported(tensor, f"dtype {tensor.dtype}")
    if not budget.spend(tensor.numel() + tensor.dim()):
        return _unsupported(tensor, "too large")
    plain = tensor.detach().cpu()
    if plain.is_floating_point():
        plain = plain.to(torch.float64)
    return {
        "kind": "tensor",
        "dtype": str(tensor.dtype).removeprefix("torch."),
        "shape": list(tensor.shape),
        "values": _values(plain.reshape(-1).tolist()),
        "requires_grad": bool(tensor.requires_grad),
    }


def _encode_array(array: Any, budget: Budget) -> Node:
    numpy: Any = sys.modules["numpy"]
    if array.dtype.kind not in "biuf":
        return _unsupported(array, f"dtype {array.dtype.name}")
    if not budget.spend(array.size + array.ndim):
        return _unsupported(array, "too large")
    plain = numpy.asarray(array)  # a matrix or a masked array reshapes and lists in its own way
    if plain.dtype.kind == "f":
        with numpy.errstate(over="ignore"):
            plain = plain.astype(numpy.float64)
    return {
        "kind": "array",
        "dtype": array.dtype.name,
        "shape": list(array.shape),
        "values": _values(plain.reshape(-1).tolist()),
    }


def _values(items: list[Any]) -> list[Any]:
    return [
        item
        if isinstance(item, bool)
        else _integer(item)["value"]
        if isinstance(item, int)
        else _number(item)
        for item in items
    ]
