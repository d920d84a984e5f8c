"""Compare what was observed with the reference, and say in words how it differs.

Words name kinds, shapes, lengths, signs and a few simple ratios, never the expected value itself.
Whoever hands in a constant knows one side of a ratio: told any ratio, they could work out the
hidden value and hand that in next. So a ratio is named only where it is one of `_SIMPLE_RATIOS`, or
the number of values or one over it. A typed constant can still hit one of these by trial, as
it can hit the value itself; a miss tells no more than the sign.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from slopewise.scoring.observations import (
    ArrayNode,
    BooleanNode,
    DictNode,
    FloatNode,
    IntegerNode,
    InterruptedNode,
    ListNode,
    Node,
    NoneNode,
    RaisedNode,
    TensorNode,
    TextNode,
    Tolerance,
    TupleNode,
    UnsupportedNode,
)

DEFAULT_RELATIVE = 1e-4
DEFAULT_ABSOLUTE = 1e-6
"""Default absolute tolerance, as a share of the largest reference number beside it, or of 1."""

_SIMPLE_RATIOS = (2, 3, 4, 10, 100)
"""A ratio is named where it is one of these or one over it, of either sign."""

_SAME_RATIO = 2e-3
"""How far, relatively, a ratio may be from another and still count as the same."""

_KIND_NAMES = {
    NoneNode: "None",
    BooleanNode: "a truth value",
    IntegerNode: "a number",
    FloatNode: "a number",
    TextNode: "a string",
    ArrayNode: "a numpy array",
    TensorNode: "a tensor",
    ListNode: "a list",
    TupleNode: "a tuple",
    DictNode: "a dict",
    RaisedNode: "an exception",
    UnsupportedNode: "something else",
    InterruptedNode: "nothing before the time was up",
}


def difference(observed: Node, reference: Node, tolerance: Tolerance) -> str | None:
    """Return None where `observed` counts as equal to `reference`, else one clause saying how not.

    Numbers are equal within `relative * |reference| + absolute`; the default absolute tolerance
    scales with the largest number of the same list or array. A number may be Python's, numpy's,
    or a 0-d array or tensor outside any graph. Arrays, tensors, lists and tuples are not each
    other; float dtypes are all alike, whole-number dtypes are not float dtypes.
    """
    if isinstance(observed, InterruptedNode):
        return "it did not finish in time"
    if isinstance(reference, RaisedNode):
        return _difference_raised(observed, reference)
    if isinstance(observed, RaisedNode):
        return f"it raised {describe_exception(observed)}"
    if isinstance(observed, UnsupportedNode):
        return (
            f"it returned something that cannot be compared (a {observed.type}: {observed.reason})"
        )
    if isinstance(observed, NoneNode) and not isinstance(reference, NoneNode):
        return "it returned None (is a `return` missing?)"
    wanted = _scalar(reference)
    if wanted is not None and not isinstance(reference, TensorNode):
        return _difference_number(observed, wanted, tolerance)
    if type(observed) is not type(reference):
        return f"it returned {_name(observed)} where {_name(reference)} is asked"
    return _difference_same_kind(observed, reference, tolerance)


def describe_exception(node: RaisedNode) -> str:
    """Return `ValueError: message`, or the bare name where there is no message."""
    return f"{node.types[0]}: {node.message}" if node.message else node.types[0]


def _name(node: Node) -> str:
    return _KIND_NAMES[type(node)]


def _difference_raised(observed: Node, reference: RaisedNode) -> str | None:
    wanted = reference.types[0]
    if not isinstance(observed, RaisedNode):
        return f"it returned {_name(observed)} where it should raise {wanted}"
    if wanted in observed.types:
        return None
    return f"it raised {describe_exception(observed)} where it should raise {wanted}"


def _scalar(node: Node) -> float | None:
    """The number a node stands for, or None where it is not one number."""
    if isinstance(node, IntegerNode | FloatNode):
        return float(node.value)
    if isinstance(node, ArrayNode) and node.shape == () and not isinstance(node.values[0], bool):
        return float(node.values[0])
    if (
        isinstance(node, TensorNode)
        and node.shape == ()
        and not node.requires_grad
        and not isinstance(node.values[0], bool)
    ):
        return float(node.values[0])
    return None


def _difference_number(observed: Node, wanted: float, tolerance: Tolerance) -> str | None:
    found = _scalar(observed)
    if found is not None:
        return _difference_numbers([found], [wanted], tolerance, "the number")
    if isinstance(observed, TensorNode) and observed.requires_grad:
        return "it returned a tensor that still requires grad where a plain number is asked"
    if isinstance(observed, ArrayNode | TensorNode):
        shape = _shape(observed.shape)
        return f"it returned {_name(observed)} of shape {shape} where a single number is asked"
    return f"it returned {_name(observed)} where a number is asked"


def _difference_same_kind(observed: Node, reference: Node, tolerance: Tolerance) -> str | None:
    if isinstance(observed, NoneNode):
        return None
    if isinstance(observed, BooleanNode) and isinstance(reference, BooleanNode):
        return None if observed.value == reference.value else "the answer is the other way round"
    if isinstance(observed, TextNode) and isinstance(reference, TextNode):
        if observed.value == reference.value:
            return None
        return f"it returned {observed.value!r}, which is not the answer"
    if isinstance(observed, ArrayNode | TensorNode) and isinstance(
        reference, ArrayNode | TensorNode
    ):
        return _difference_arrays(observed, reference, tolerance)
    if isinstance(observed, ListNode | TupleNode) and isinstance(reference, ListNode | TupleNode):
        return _difference_items(observed.items, reference.items, tolerance)
    if isinstance(observed, DictNode) and isinstance(reference, DictNode):
        return _difference_dicts(observed, reference, tolerance)
    return f"it returned {_name(observed)} where {_name(reference)} is asked"


def _shape(shape: Sequence[int]) -> str:
    return str(tuple(shape))


def _dtype_kind(dtype: str) -> str:
    if dtype == "bool":
        return "truth values"
    return "whole numbers" if dtype.startswith(("int", "uint")) else "floats"


def _difference_arrays(
    observed: ArrayNode | TensorNode, reference: ArrayNode | TensorNode, tolerance: Tolerance
) -> str | None:
    if observed.shape != reference.shape:
        return f"its shape is {_shape(observed.shape)} where {_shape(reference.shape)} is asked"
    if _dtype_kind(observed.dtype) != _dtype_kind(reference.dtype):
        return (
            f"it holds {_dtype_kind(observed.dtype)} ({observed.dtype}) "
            f"where {_dtype_kind(reference.dtype)} are asked"
        )
    if isinstance(observed, TensorNode) and isinstance(reference, TensorNode):
        if observed.requires_grad and not reference.requires_grad:
            return "the tensor still requires grad where a plain one is asked"
        if reference.requires_grad and not observed.requires_grad:
            return "the tensor does not require grad, and it should"
    return _difference_numbers(
        [float(value) for value in observed.values],
        [float(value) for value in reference.values],
        tolerance,
        "the values",
    )


def _difference_items(
    observed: Sequence[Node], reference: Sequence[Node], tolerance: Tolerance
) -> str | None:
    wanted = [_scalar(node) for node in reference]
    numbers = [value for value in wanted if value is not None]
    if reference and len(numbers) == len(reference):
        return _difference_number_list(observed, numbers, tolerance)
    if len(observed) != len(reference):
        return f"it has {len(observed)} entries where {len(reference)} are asked"
    for position, (item, target) in enumerate(zip(observed, reference, strict=True)):
        clause = difference(item, target, tolerance)
        if clause is not None:
            return f"in entry {position}, {clause}"
    return None


def _difference_number_list(
    observed: Sequence[Node], wanted: list[float], tolerance: Tolerance
) -> str | None:
    for position, item in enumerate(observed):
        if _scalar(item) is None:
            clause = _difference_number(item, 0.0, tolerance)
            return f"in entry {position}, {clause}"
    found = [float(value) for value in map(_scalar, observed) if value is not None]
    if len(found) != len(wanted):
        return f"it has {len(found)} entries where {len(wanted)} are asked" + _shifted(
            found, wanted
        )
    return _difference_numbers(found, wanted, tolerance, "the values")


def _difference_dicts(observed: DictNode, reference: DictNode, tolerance: Tolerance) -> str | None:
    if len(observed.items) != len(reference.items):
        return f"it has {len(observed.items)} keys where {len(reference.items)} are asked"
    for key, target in reference.items:
        for other, item in observed.items:
            if difference(other, key, tolerance) is None:
                clause = difference(item, target, tolerance)
                if clause is not None:
                    return clause
                break
        else:
            return "a key is missing"
    return None


def _close(found: float, wanted: float, relative: float, absolute: float) -> bool:
    if math.isnan(found) or math.isnan(wanted):
        return math.isnan(found) and math.isnan(wanted)
    if math.isinf(found) or math.isinf(wanted):
        return found == wanted
    return abs(found - wanted) <= relative * abs(wanted) + absolute


def _difference_numbers(
    found: list[float], wanted: list[float], tolerance: Tolerance, subject: str
) -> str | None:
    scale = max((abs(value) for value in wanted if math.isfinite(value)), default=1.0)
    relative = DEFAULT_RELATIVE if tolerance.relative is None else tolerance.relative
    absolute = (
        DEFAULT_ABSOLUTE * max(scale, 1.0) if tolerance.absolute is None else tolerance.absolute
    )
    wrong = [
        position
        for position, (one, other) in enumerate(zip(found, wanted, strict=True))
        if not _close(one, other, relative, absolute)
    ]
    if not wrong:
        return None
    pattern = _pattern(found, wanted, subject)
    if pattern is not None:
        return pattern
    if len(wanted) == 1:
        return f"{subject} differs"
    if len(wrong) == len(wanted):
        return f"{subject} differ in every one of the {len(wanted)} entries"
    return f"{subject} differ, the first time in entry {wrong[0]} (counted from 0)"


def _pattern(found: list[float], wanted: list[float], subject: str) -> str | None:
    """Name a simple relation between the two, where there is one."""
    single = len(wanted) == 1
    be, have, they = ("is", "has", "it") if single else ("are", "have", "they")
    both = list(zip(found, wanted, strict=True))
    if any(math.isnan(one) and not math.isnan(other) for one, other in both):
        return f"{subject} {be} not a number (nan)"
    if any(math.isnan(other) and not math.isnan(one) for one, other in both):
        return f"{subject} {be} known where nan is asked"
    if any(math.isinf(one) and not math.isinf(other) for one, other in both):
        return f"{subject} {be} infinite where {they} should not be"
    if any(math.isinf(other) and not math.isinf(one) for one, other in both):
        return f"{subject} {be} finite where infinity is asked"
    if any(math.isinf(one) and one != other for one, other in both):
        return f"{subject} {be} infinite with the wrong sign"
    pairs = [(one, other) for one, other in both if math.isfinite(one) and math.isfinite(other)]
    ratios = [one / other for one, other in pairs if abs(other) > 1e-9]
    zeros_match = all(abs(one) <= 1e-9 for one, other in pairs if abs(other) <= 1e-9)
    if ratios and zeros_match:
        ratio = ratios[0]
        if all(abs(one) <= 1e-9 for one, _ in pairs):
            return f"{subject} {be} zero"
        if all(math.isclose(value, ratio, rel_tol=_SAME_RATIO) for value in ratios):
            if math.isclose(ratio, -1, rel_tol=_SAME_RATIO):
                return f"{subject} {be} right in size but {have} the wrong sign"
            if math.isclose(ratio, 1, rel_tol=5e-3):
                return f"{subject} {be} close, but not close enough"
            simple = _simple_ratio(ratio, len(wanted))
            if simple is not None:
                return f"{subject} {be} {simple:.3g} times what {they} should be"
            if len(ratios) > 1 and math.isfinite(ratio):
                factor = "negative factor" if ratio < 0 else "factor"
                return f"{subject} {be} all wrong by the same {factor}"
        if all(value < 0 for value in ratios):
            sizes = "its size is not right" if single else "their sizes are not all right"
            return f"{subject} {have} the wrong sign, and {sizes} either"
    if len(wanted) > 2:
        if _same(found[:-1], wanted[1:]):
            return f"{subject} differ: they come one place too early (is the first one missing?)"
        if _same(found[1:], wanted[:-1]):
            return f"{subject} differ: they come one place too late"
    return None


def _simple_ratio(ratio: float, count: int) -> float | None:
    """The ratio that may be named for `ratio` between `count` values, or None."""
    for whole in (*_SIMPLE_RATIOS, count):
        for simple in (whole, 1 / whole, -whole, -1 / whole):
            if math.isclose(ratio, simple, rel_tol=_SAME_RATIO):
                return simple
    return None


def _same(some: Sequence[float], others: Sequence[float]) -> bool:
    return len(some) > 1 and all(
        _close(one, other, 1e-3, 1e-9) for one, other in zip(some, others, strict=True)
    )


def _shifted(found: Sequence[float], wanted: Sequence[float]) -> str:
    """Say so where `found` is `wanted` with one entry too many or too few; else ""."""
    if len(found) == len(wanted) - 1:
        if _same(found, wanted[1:]):
            return ": they come one place too early (is the first one missing?)"
        if _same(found, wanted[:-1]):
            return ": the last one is missing"
    if len(found) == len(wanted) + 1:
        if _same(found[1:], wanted):
            return ": there is one too many at the front"
        if _same(found[:-1], wanted):
            return ": there is one too many at the end"
    return ""
