"""Turn what a probe returned into plain data: the writing half of the observation format.

Runs in the learner's kernel, so it imports the standard library only; other libraries are looked
up among the modules already loaded. A type of theirs is added to `_LIBRARIES`. The reading half,
which trusts nothing, is `slopewise.scoring.observations`; the two agree on the node kinds listed
there.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
import sys
from collections.abc import Callable
from types import CoroutineType
from typing import Any

from slopewise.probe import arrays, tables
from slopewise.probe.plain import (
    MAXIMUM_DEPTH,
    MAXIMUM_LEAVES,
    MAXIMUM_TEXT,
    SIGNIFICANT_DIGITS,
    Budget,
    Node,
    integer,
    number,
    short_text,
    type_name,
    unsupported,
)

__all__ = [
    "MAXIMUM_DEPTH",
    "MAXIMUM_LEAVES",
    "MAXIMUM_TEXT",
    "SIGNIFICANT_DIGITS",
    "Budget",
    "Node",
    "encode",
    "encode_exception",
    "is_data",
]

_LIBRARIES: tuple[tuple[str, Callable[[Any, Budget], Node | None]], ...] = (
    ("torch", arrays.encode_torch),
    ("pandas", tables.encode_pandas),
    ("numpy", arrays.encode_numpy),
)
"""The registry: the module that has to be loaded, and what makes a node of its values, or None."""


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
    names = [type_name(kind) for kind in kinds] or ["BaseException"]
    try:
        message = short_text(str(error))
    except Exception:
        message = ""
    return {"kind": "raised", "types": names[:10], "message": message}


def _encode(value: object, budget: Budget, depth: int) -> Node:
    if depth > MAXIMUM_DEPTH:
        return unsupported(value, "nested too deeply")
    if value is None:
        return {"kind": "none"}
    if isinstance(value, bool):
        return {"kind": "boolean", "value": value}
    if isinstance(value, int):
        return integer(int(value))
    if isinstance(value, float):
        return {"kind": "float", "value": number(float(value))}
    if isinstance(value, str):
        return {"kind": "text", "value": short_text(str(value))}
    if isinstance(value, list | tuple):
        kind = "list" if isinstance(value, list) else "tuple"
        if not budget.spend(len(value)):
            return unsupported(value, "too large")
        return {"kind": kind, "items": [_encode(item, budget, depth + 1) for item in value]}
    if isinstance(value, dict):
        if not budget.spend(2 * len(value)):
            return unsupported(value, "too large")
        return {
            "kind": "dict",
            "items": [
                [_encode(key, budget, depth + 1), _encode(item, budget, depth + 1)]
                for key, item in value.items()
            ],
        }
    if isinstance(value, set | frozenset):
        if not budget.spend(len(value)):
            return unsupported(value, "too large")
        items = [_encode(item, budget, depth + 1) for item in value]
        return {"kind": "set", "items": sorted(items, key=lambda item: json.dumps(item))}
    if isinstance(value, complex):
        return complex_node(value)
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return _moment(value)
    if isinstance(value, datetime.timedelta):
        return {"kind": "duration", "seconds": number(value.total_seconds())}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        if not budget.spend(2 * len(fields)):
            return unsupported(value, "too large")
        named = [
            [short_text(field.name), _encode(getattr(value, field.name), budget, depth + 1)]
            for field in fields
        ]
        return {"kind": "record", "type": type_name(type(value)), "fields": named}
    for library, encoder in _LIBRARIES:
        if library in sys.modules:
            node = encoder(value, budget)
            if node is not None:
                return node
    if isinstance(value, CoroutineType):
        value.close()  # or Python warns, at some time, that nobody awaited it
        return unsupported(value, "not awaited")
    return unsupported(value, "no plain form")


def complex_node(value: complex) -> Node:
    """A complex number as a node."""
    return {"kind": "complex", "real": number(value.real), "imaginary": number(value.imag)}


def _moment(value: datetime.datetime | datetime.date | datetime.time) -> Node:
    for kind, name in ((datetime.datetime, "datetime"), (datetime.date, "date")):
        if isinstance(value, kind):
            return {"kind": "moment", "type": name, "value": short_text(value.isoformat())}
    return {"kind": "moment", "type": "time", "value": short_text(value.isoformat())}


def is_data(value: object) -> bool:
    """Whether a value is data, so that each probe gets a copy of its own."""
    if isinstance(value, list | tuple | dict | set | bytearray):
        return True
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return True
    return any(
        isinstance(value, types(sys.modules[library]))
        for library, types in (*arrays.DATA, *tables.DATA)
        if library in sys.modules
    )
