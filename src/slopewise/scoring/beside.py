"""Lay what came back and what was expected side by side, number by number and part by part."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from slopewise.probe.patterns import Numbers
from slopewise.scoring.comparison import difference, scalar_of
from slopewise.scoring.nodes import (
    ArrayNode,
    DictNode,
    ListNode,
    Node,
    TensorNode,
    TextNode,
    TupleNode,
)
from slopewise.scoring.observations import Observation, Tolerance


def parts_always_right(observation: Observation, reference: Observation) -> dict[str, bool]:
    """Named parts that nothing ever goes wrong in, and whether each holds numbers.

    They speak for nothing and against nothing. Names with a digit say what was asked, not what came
    back, and do speak.
    """
    right: dict[str, bool] = {}
    wrong: set[str] = set()
    for answer, wanted in zip(observation.probes, reference.probes, strict=True):
        for name, found, target in _named_parts(answer.value, wanted.value):
            if difference(found, target, wanted.tolerance) is None:
                numbers = beside(found, target, wanted.tolerance)
                right[name] = right.get(name, False) or bool(numbers)
            else:
                wrong.add(name)
    return {name: numbers for name, numbers in right.items() if name not in wrong}


def _named_parts(found: Node, wanted: Node) -> Iterator[tuple[str, Node, Node]]:
    """The parts of two dicts by their names, also of dicts in two lists of one length."""
    if isinstance(found, DictNode) and isinstance(wanted, DictNode):
        if [key for key, _ in found.items] == [key for key, _ in wanted.items]:
            for (key, one), (_, other) in zip(found.items, wanted.items, strict=True):
                if isinstance(key, TextNode) and not re.search(r"\d", key.value):
                    yield key.value, one, other
    elif isinstance(found, ListNode | TupleNode) and isinstance(wanted, ListNode | TupleNode):
        for one, other in zip(found.items, wanted.items, strict=False):
            yield from _named_parts(one, other)


def without(node: Node, names: Collection[str]) -> Node:
    """A dict without the parts of these names, also one in a list; any other node as it is."""
    if isinstance(node, ListNode | TupleNode):
        return type(node)(tuple(without(item, names) for item in node.items))
    if not isinstance(node, DictNode):
        return node
    return DictNode(
        tuple(
            (key, item)
            for key, item in node.items
            if not (isinstance(key, TextNode) and key.value in names)
        )
    )


def beside(found: Node, wanted: Node, tolerance: Tolerance) -> list[Numbers] | None:
    """The numbers of two nodes, part by part; None where they cannot be laid side by side."""
    one, other = _numbers(found), _numbers(wanted)
    if one is not None and other is not None:
        if isinstance(found, ArrayNode | TensorNode) and scalar_of(found) is None:
            same_kind = isinstance(wanted, type(found)) and found.shape == wanted.shape
            if not same_kind:
                return None
        right = difference(found, wanted, tolerance) is None
        return [Numbers(right, tuple(one), tuple(other))]
    if isinstance(found, ListNode | TupleNode) and isinstance(wanted, ListNode | TupleNode):
        return _items(found.items, wanted.items, tolerance)
    if isinstance(found, DictNode) and isinstance(wanted, DictNode):
        if [key for key, _ in found.items] != [key for key, _ in wanted.items]:
            return None
        some, others = ([item for _, item in node.items] for node in (found, wanted))
        return _items(some, others, tolerance)
    return [] if found == wanted else None


def _items(
    found: Sequence[Node], wanted: Sequence[Node], tolerance: Tolerance
) -> list[Numbers] | None:
    if len(found) != len(wanted):
        return None
    numbers: list[Numbers] = []
    for one, other in zip(found, wanted, strict=True):
        part = beside(one, other, tolerance)
        if part is None:
            return None
        numbers.extend(part)
    return numbers


def _numbers(node: Node) -> list[float] | None:
    """The numbers of a number, an array, or a list of numbers; None for anything else."""
    number = scalar_of(node)
    if number is not None:
        return [number]
    if isinstance(node, ArrayNode | TensorNode):
        return [float(value) for value in node.values]
    if isinstance(node, ListNode | TupleNode):
        some = [scalar_of(item) for item in node.items]
        if None not in some:
            return [value for value in some if value is not None]
    return None
