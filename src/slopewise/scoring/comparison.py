"""Compare what was observed with the reference, and say in words how it differs.

Words name kinds, shapes, lengths, signs and a few simple ratios, never the expected value itself.
Whoever hands in a constant knows one side of a ratio: told any ratio, they could work out the
hidden value and hand that in next. So a ratio is named only where it is one of the simple ones of
`slopewise.probe.wording`, or the number of values or one over it. A typed constant can still hit
one of these by trial, as it can hit the value itself; a miss tells no more than the sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from slopewise.probe.keys import dtype_kind
from slopewise.probe.wording import entries, entry, part_name, shifted
from slopewise.scoring.clauses import Clause, Says, number_clause
from slopewise.scoring.enumeration import enumerated
from slopewise.scoring.nodes import (
    ArrayNode,
    BooleanNode,
    ComplexArrayNode,
    ComplexNode,
    DictNode,
    DurationNode,
    FloatNode,
    IndexNode,
    IntegerNode,
    InterruptedNode,
    ListNode,
    MomentNode,
    Node,
    NoneNode,
    RaisedNode,
    RecordNode,
    SeriesNode,
    SetNode,
    TableNode,
    TensorNode,
    TextArrayNode,
    TextNode,
    TupleNode,
    UnsupportedNode,
)
from slopewise.scoring.observations import ProbeRecord, Tolerance
from slopewise.scoring.tables import TABLES, table_difference

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
    SetNode: "a set",
    ComplexNode: "a complex number",
    MomentNode: "a date or time",
    DurationNode: "a duration",
    RecordNode: "a record",
    TextArrayNode: "an array of texts or times",
    ComplexArrayNode: "an array of complex numbers",
    SeriesNode: "a Series",
    TableNode: "a DataFrame",
    IndexNode: "an Index",
    RaisedNode: "an exception",
    UnsupportedNode: "something else",
    InterruptedNode: "nothing before the time was up",
}


def difference(observed: Node, reference: Node, tolerance: Tolerance) -> Clause | None:
    """Return None where `observed` counts as equal to `reference`, else one clause saying how not.

    Numbers are equal within `relative * |reference| + absolute`; the default absolute tolerance
    scales with the largest number of the same list or array. A number may be Python's, numpy's,
    or a 0-d array or tensor outside any graph. Arrays, tensors, lists and tuples are not each
    other; float dtypes are all alike, whole-number dtypes are not float dtypes.
    """
    if isinstance(observed, InterruptedNode):
        return Clause("it did not finish in time")
    if isinstance(reference, RaisedNode):
        return _difference_raised(observed, reference)
    if isinstance(observed, RaisedNode):
        return Clause(f"it raised {describe_exception(observed)}", Says.RAISED)
    if isinstance(observed, UnsupportedNode) and observed == reference:
        return None  # in two wrong answers that are compared; the build refuses it in a reference
    if isinstance(observed, UnsupportedNode):
        return Clause(
            f"it returned something that cannot be compared (a {observed.type}: {observed.reason})"
        )
    if isinstance(observed, NoneNode) and not isinstance(reference, NoneNode):
        return Clause("it returned None (is a `return` missing?)")
    wanted = scalar_of(reference)
    if wanted is not None and not isinstance(reference, TensorNode):
        return _difference_number(observed, wanted, tolerance)
    if type(observed) is not type(reference):
        return Clause(f"it returned {_name(observed)} where {_asked(reference)} asked")
    return _difference_same_kind(observed, reference, tolerance)


def describe_exception(node: RaisedNode) -> str:
    """Return `ValueError: message`, or the bare name where there is no message."""
    said = node.message.rstrip(" .")  # a sentence of ours goes on, or ends, behind it
    return f"{node.types[0]}: {said}" if said else node.types[0]


def _asked(node: Node) -> str:
    """What is asked, in words: of a dict that names the parts of an answer, these names."""
    names = (
        [key.value for key, _ in node.items if isinstance(key, TextNode)]
        if (isinstance(node, DictNode))
        else []
    )
    if len(names) < 2:
        return f"{_name(node)} is"
    return f"{enumerated(names)} are"


def _name(node: Node) -> str:
    return _KIND_NAMES[type(node)]


def _difference_raised(observed: Node, reference: RaisedNode) -> Clause | None:
    wanted = reference.types[0]
    if not isinstance(observed, RaisedNode):
        return Clause(f"it returned {_name(observed)} where it should raise {wanted}")
    if wanted in observed.types:
        return None
    raised = describe_exception(observed)
    return Clause(f"it raised {raised} where it should raise {wanted}", Says.RAISED)


def scalar_of(node: Node) -> float | None:
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


def _difference_number(observed: Node, wanted: float, tolerance: Tolerance) -> Clause | None:
    found = scalar_of(observed)
    if found is not None:
        return number_clause([found], [wanted], tolerance, "the number")
    if isinstance(observed, TensorNode) and observed.requires_grad:
        return Clause("it returned a tensor that still requires grad where a plain number is asked")
    if isinstance(observed, ArrayNode | TensorNode):
        shape = _shape(observed.shape)
        text = f"it returned {_name(observed)} of shape {shape} where a single number is asked"
        return Clause(text, Says.LESS)
    return Clause(f"it returned {_name(observed)} where a number is asked")


def _difference_same_kind(observed: Node, reference: Node, tolerance: Tolerance) -> Clause | None:
    if isinstance(observed, NoneNode):
        return None
    if isinstance(observed, BooleanNode) and isinstance(reference, BooleanNode):
        return (
            None
            if observed.value == reference.value
            else Clause(f"it is {observed.value}, and it should not be")
        )
    if isinstance(observed, TextNode) and isinstance(reference, TextNode):
        if observed.value == reference.value:
            return None
        return Clause(f"it returned {observed.value!r}, which is not the answer")
    if isinstance(observed, ArrayNode | TensorNode) and isinstance(
        reference, ArrayNode | TensorNode
    ):
        return _difference_arrays(observed, reference, tolerance)
    if isinstance(observed, ListNode | TupleNode) and isinstance(reference, ListNode | TupleNode):
        return _difference_items(observed.items, reference.items, tolerance)
    if isinstance(observed, DictNode) and isinstance(reference, DictNode):
        return _difference_dicts(observed, reference, tolerance)
    if isinstance(observed, TABLES) and isinstance(reference, TABLES):
        return table_difference(observed, reference, tolerance)
    return _difference_others(observed, reference, tolerance)


def _difference_others(observed: Node, reference: Node, tolerance: Tolerance) -> Clause | None:
    if isinstance(observed, SetNode) and isinstance(reference, SetNode):
        return _difference_sets(observed, reference, tolerance)
    if isinstance(observed, RecordNode) and isinstance(reference, RecordNode):
        return _difference_records(observed, reference, tolerance)
    if isinstance(observed, MomentNode) and isinstance(reference, MomentNode):
        if observed.type != reference.type:
            return Clause(f"it returned a {observed.type} where a {reference.type} is asked")
        if observed.value == reference.value:
            return None
        return Clause(f"the {observed.type} differs", Says.WHERE)
    if isinstance(observed, DurationNode) and isinstance(reference, DurationNode):
        return number_clause(
            [float(observed.seconds)], [float(reference.seconds)], tolerance, "the duration"
        )
    if isinstance(observed, ComplexNode) and isinstance(reference, ComplexNode):
        return _difference_complex(
            [observed.real], [observed.imaginary], [reference.real], [reference.imaginary],
            tolerance, "of the number",
        )  # fmt: skip
    if isinstance(observed, ComplexArrayNode | TextArrayNode) and isinstance(
        reference, ComplexArrayNode | TextArrayNode
    ):
        if observed.shape != reference.shape:
            return _of_shape(observed.shape, reference.shape)
        if isinstance(observed, ComplexArrayNode) and isinstance(reference, ComplexArrayNode):
            return _difference_complex(
                observed.real, observed.imaginary, reference.real, reference.imaginary,
                tolerance, "of the values",
            )  # fmt: skip
        return _difference_texts(observed, reference)
    return Clause(f"it returned {_name(observed)} where {_name(reference)} is asked")


def _shape(shape: Sequence[int]) -> str:
    return str(tuple(shape))


def _of_shape(found: Sequence[int], wanted: Sequence[int], more: str = "") -> Clause:
    return Clause(f"its shape is {_shape(found)} where {_shape(wanted)} is asked{more}", Says.LESS)


def _difference_arrays(
    observed: ArrayNode | TensorNode, reference: ArrayNode | TensorNode, tolerance: Tolerance
) -> Clause | None:
    if observed.shape != reference.shape:
        more = ""
        if len(observed.shape) == len(reference.shape) == 1:
            found, wanted = ([float(v) for v in one.values] for one in (observed, reference))
            more = shifted(found, wanted)
        return _of_shape(observed.shape, reference.shape, more)
    held, asked = dtype_kind(observed.dtype), dtype_kind(reference.dtype)
    if held != asked:
        return Clause(f"it holds {held} ({observed.dtype}) where {asked} are asked")
    if isinstance(observed, TensorNode) and isinstance(reference, TensorNode):
        if observed.requires_grad and not reference.requires_grad:
            return Clause("the tensor still requires grad where a plain one is asked")
        if reference.requires_grad and not observed.requires_grad:
            return Clause("the tensor does not require grad, and it should")
    return number_clause(
        [float(value) for value in observed.values],
        [float(value) for value in reference.values],
        tolerance,
        "the values",
    )


def _difference_items(
    observed: Sequence[Node], reference: Sequence[Node], tolerance: Tolerance
) -> Clause | None:
    wanted = [scalar_of(node) for node in reference]
    numbers = [value for value in wanted if value is not None]
    if reference and len(numbers) == len(reference):
        return _difference_number_list(observed, numbers, tolerance)
    if len(observed) != len(reference):
        return _of_length(len(observed), len(reference))
    for position, (item, target) in enumerate(zip(observed, reference, strict=True)):
        clause = difference(item, target, tolerance)
        if clause is not None:
            return _in_entry(position, clause)
    return None


def _in_entry(position: int, clause: Clause) -> Clause:
    part = f"in {entry(position, '')}"
    text = f"in {entry(position, f', {clause}')}".removeprefix(f"{part}, ")
    return Clause(text, clause.says, part)


def _of_length(found: int, wanted: int, *nouns: str, more: str = "") -> Clause:
    return Clause(entries(found, wanted, *nouns) + more, Says.LESS)


def _difference_number_list(
    observed: Sequence[Node], wanted: list[float], tolerance: Tolerance
) -> Clause | None:
    for position, item in enumerate(observed):
        if scalar_of(item) is None:
            clause = _difference_number(item, 0.0, tolerance)
            assert clause is not None  # it is no number
            return _in_entry(position, clause)
    found = [float(value) for value in map(scalar_of, observed) if value is not None]
    if len(found) != len(wanted):
        return _of_length(len(found), len(wanted), more=shifted(found, wanted))
    return number_clause(found, wanted, tolerance, "the values")


def _difference_dicts(
    observed: DictNode, reference: DictNode, tolerance: Tolerance
) -> Clause | None:
    if len(observed.items) != len(reference.items):
        return _of_length(len(observed.items), len(reference.items), "key", "keys")
    for key, target in reference.items:
        for other, item in observed.items:
            if difference(other, key, tolerance) is None:
                clause = difference(item, target, tolerance)
                if clause is not None and isinstance(key, TextNode):
                    # A check names the parts of a question by the keys of a dict.
                    return Clause(str(clause), clause.says, f"for {part_name(key.value)}")
                if clause is not None:
                    return clause
                break
        else:
            return Clause("a key is missing")
    return None


def _difference_complex(
    real: Sequence[Any],
    imaginary: Sequence[Any],
    wanted_real: Sequence[Any],
    wanted_imaginary: Sequence[Any],
    tolerance: Tolerance,
    subject: str,
) -> Clause | None:
    for part, found, wanted in (
        ("the real parts", real, wanted_real),
        ("the imaginary parts", imaginary, wanted_imaginary),
    ):
        clause = number_clause(
            [float(one) for one in found], [float(one) for one in wanted], tolerance,
            f"{part} {subject}",
        )  # fmt: skip
        if clause is not None:
            return clause
    return None


def _difference_texts(observed: Node, reference: Node) -> Clause | None:
    assert isinstance(observed, TextArrayNode)
    assert isinstance(reference, TextArrayNode)
    if observed.times != reference.times:
        held, asked = ("times", "texts") if observed.times else ("texts", "times")
        return Clause(f"it holds {held} where {asked} are asked")
    for position, (one, other) in enumerate(zip(observed.values, reference.values, strict=True)):
        if one != other:
            return Clause(entry(position, f" is {one!r}, which is not the answer"), Says.LESS)
    return None


def _difference_sets(observed: SetNode, reference: SetNode, tolerance: Tolerance) -> Clause | None:
    if len(observed.items) != len(reference.items):
        return _of_length(len(observed.items), len(reference.items), "member", "members")
    left = list(observed.items)
    for wanted in reference.items:
        found = next((one for one in left if difference(one, wanted, tolerance) is None), None)
        if found is None:
            return Clause("a member of the set is missing")
        left.remove(found)
    return None


def _difference_records(
    observed: RecordNode, reference: RecordNode, tolerance: Tolerance
) -> Clause | None:
    found = dict(observed.fields)
    for name, wanted in reference.fields:
        if name not in found:
            return Clause(f"its field `{name}` is missing")
        clause = difference(found[name], wanted, tolerance)
        if clause is not None:
            return Clause(f"in its field `{name}`, {clause}", clause.says)
    if len(found) > len(reference.fields):
        return _of_length(len(found), len(reference.fields), "field", "fields")
    return None


def takes_zero(probe: ProbeRecord) -> bool:
    """Whether 0 would count as equal to a reference that is not 0, by a default nobody chose."""
    if probe.tolerance.absolute is not None:
        return False
    zeros = _zeros(probe.value)
    return zeros != probe.value and difference(zeros, probe.value, probe.tolerance) is None


def _zeros(node: Node) -> Node:
    """The same with 0 for every number that is not a whole one."""
    if isinstance(node, FloatNode):
        return FloatNode(0.0)
    if isinstance(node, ArrayNode | TensorNode) and node.dtype.startswith("float"):
        return msgspec.structs.replace(node, values=(0.0,) * len(node.values))
    if isinstance(node, ListNode | TupleNode):
        return type(node)(tuple(_zeros(item) for item in node.items))
    if isinstance(node, DictNode):
        return DictNode(tuple((key, _zeros(value)) for key, value in node.items))
    return node
