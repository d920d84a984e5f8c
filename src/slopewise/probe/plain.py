"""What every node is made of: short texts, numbers of six digits, and a budget; no library."""

from __future__ import annotations

import math
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


def unsupported(value: object, reason: str) -> Node:
    """The node of a value that has no plain form, or is too large."""
    return {"kind": "unsupported", "type": type_name(type(value)), "reason": reason}


def type_name(kind: type) -> str:
    """A class's name, shortened."""
    return short_text(kind.__name__)[:100] or "nameless"


def short_text(value: str) -> str:
    """Return the beginning of a string, without the half characters that no encoding can write."""
    return value[:MAXIMUM_TEXT].encode("utf-8", "replace").decode("utf-8")


def number(value: float) -> float | str:
    """Six significant digits; JSON has no word for the values that are not finite."""
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}")


def integer(value: int) -> Node:
    """A whole number as a node; one too large for 64 bits becomes a float."""
    if -_LARGEST_INTEGER <= value <= _LARGEST_INTEGER:
        return {"kind": "integer", "value": value}
    try:
        return {"kind": "float", "value": number(float(value))}
    except OverflowError:
        return {"kind": "float", "value": "inf" if value > 0 else "-inf"}


def values_of(items: list[Any]) -> list[Any]:
    """Numbers and truth values as JSON has them."""
    return [
        item
        if isinstance(item, bool)
        else integer(item)["value"]
        if isinstance(item, int)
        else number(item)
        for item in items
    ]
