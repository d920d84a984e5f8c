"""The reading half of the observation format: a strict schema on data nobody trusts.

`slopewise.probe.codec` writes nodes in the learner's kernel; everything that comes from there is
read here, and only here. What does not fit raises `ObservationError`; nothing is repaired.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import msgspec

from slopewise.errors import ObservationError
from slopewise.notebook.cell_kinds import is_check
from slopewise.probe.codec import MAXIMUM_DEPTH, MAXIMUM_LEAVES
from slopewise.probe.observe import FORMAT_VERSION, HEAVIEST
from slopewise.probe.observe import MIME_TYPE as MIME_TYPE
from slopewise.scoring.nodes import (
    LONGEST_TEXT,
    ArrayNode,
    ComplexArrayNode,
    DictNode,
    IndexNode,
    ListNode,
    Name,
    Node,
    Positive,
    RecordNode,
    SeriesNode,
    SetNode,
    TableNode,
    TensorNode,
    TextArrayNode,
    TupleNode,
    UnsupportedNode,
    Whole,
)


class Tolerance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Differences that still count as equal; None means the default of the comparison."""

    relative: Positive | None = None
    absolute: Positive | None = None


class ProbeRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question, what came back, and how many ordinary questions it counts for."""

    name: Name
    value: Node
    tolerance: Tolerance = Tolerance()
    weight: Annotated[int, msgspec.Meta(ge=1, le=HEAVIEST)] = 1


class Observation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that one check cell asked, in the order in which it was asked."""

    version: Whole
    probes: Annotated[tuple[ProbeRecord, ...], msgspec.Meta(min_length=1, max_length=100)]


def payloads(outputs: Iterable[Any]) -> list[Any]:
    """Return every observation payload among a code cell's outputs, unread."""
    found = []
    for output in outputs:
        data = output.get("data") if isinstance(output, dict) else None
        if isinstance(data, dict) and MIME_TYPE in data:
            found.append(data[MIME_TYPE])
    return found


def reference_outputs(solution: Any) -> dict[str, Observation]:
    """Return what the check cells of an executed solution have observed, by the cells' ids.

    Raises:
        ObservationError: as :func:`read_observation` does.
    """
    found = {}
    for cell in solution.cells:
        payload = payloads(cell.get("outputs", []))
        if is_check(cell) and payload:
            found[str(cell.metadata.nbgrader.grade_id)] = read_observation(payload[0])
    return found


def read_observation(payload: Any) -> Observation:
    """Read one payload against the schema.

    Raises:
        ObservationError: it does not fit: another version, unknown fields, wrong types, a shape
            that does not match its values, no probe or two of one name, numbers that are not
            finite, half characters, too large or nested too deeply.
    """
    _check_size(payload)
    try:
        observation = msgspec.convert(payload, Observation, strict=True)
    except (msgspec.ValidationError, RecursionError, OverflowError) as error:
        raise ObservationError(
            f"an observation does not fit the schema: {_printable(str(error)[:200])}"
        ) from None
    if observation.version != FORMAT_VERSION:
        raise ObservationError(
            f"an observation has format {observation.version}, this Slopewise reads "
            f"{FORMAT_VERSION}: build the course again with the version that grades it"
        )
    names = [probe.name for probe in observation.probes]
    if len(set(names)) != len(names):
        raise ObservationError("an observation answers one probe twice")
    for probe in observation.probes:
        _check_shapes(probe.value)
    return observation


def unsupported(node: Node) -> Iterator[UnsupportedNode]:
    """Every part of a node that has no plain form, and so equals nothing, not even itself."""
    if isinstance(node, UnsupportedNode):
        yield node
    for item in _parts(node):
        yield from unsupported(item)


def _parts(node: Node) -> Iterator[Node]:
    if isinstance(node, ListNode | TupleNode | SetNode):
        yield from node.items
    elif isinstance(node, RecordNode):
        yield from (value for _, value in node.fields)
    elif isinstance(node, DictNode):
        for pair in node.items:
            yield from pair


def _check_size(payload: Any) -> None:
    """Bound the walk and every string before anything recursive looks at the data."""
    pending: list[tuple[Any, int]] = [(payload, 0)]
    seen = 0
    while pending:
        value, depth = pending.pop()
        seen += 1
        if seen > 20 * MAXIMUM_LEAVES or depth > 4 * MAXIMUM_DEPTH:
            raise ObservationError("an observation is larger than any that `observe` writes")
        if isinstance(value, dict):
            for key in value:
                _check_text(key)
            pending.extend((item, depth + 1) for item in value.values())
        elif isinstance(value, str):
            _check_text(value)
        elif isinstance(value, list):
            pending.extend((item, depth + 1) for item in value)


def _check_text(text: Any) -> None:
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        raise ObservationError("an observation holds a text longer than any that `observe` writes")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ObservationError("an observation holds half a character") from None


def _printable(text: str) -> str:
    """Text for one line of a log: names in it may be of the learner's making."""
    return "".join(character if character.isprintable() else "�" for character in text)


def _check_shapes(node: Node) -> None:
    if isinstance(node, ArrayNode | TensorNode) and math.prod(node.shape) != len(node.values):
        raise ObservationError("an observation holds an array whose shape is impossible")
    if isinstance(node, TextArrayNode) and math.prod(node.shape) != len(node.values):
        raise ObservationError("an observation holds an array whose shape is impossible")
    if isinstance(node, ComplexArrayNode) and {len(node.real), len(node.imaginary)} != {
        math.prod(node.shape)
    }:
        raise ObservationError("an observation holds an array whose shape is impossible")
    _check_columns(node)
    for item in _parts(node):
        _check_shapes(item)


_COLUMN_TYPES: dict[str, tuple[type, ...]] = {
    "floats": (int, float),
    "whole numbers": (int,),
    "truth values": (bool,),
    "texts": (str,),
    "times": (str,),
    "durations": (int, float),
    "categories": (str,),
}


def _check_columns(node: Node) -> None:
    """Refuse columns of several lengths, and values of another kind than the column says."""
    if isinstance(node, SeriesNode):
        columns = [node.column, *(column for _, column in node.index)]
    elif isinstance(node, TableNode):
        columns = [column for _, column in (*node.index, *node.columns)]
    elif isinstance(node, IndexNode):
        columns = [column for _, column in node.levels]
    else:
        return
    if len({len(column.values) for column in columns}) > 1:
        raise ObservationError("an observation holds a table whose columns differ in length")
    for column in columns:
        allowed = _COLUMN_TYPES[column.kind]
        for value in column.values:
            infinite = column.kind in ("floats", "durations") and value in ("inf", "-inf")
            if value is not None and not infinite and not _is_one_of(value, allowed):
                raise ObservationError(f"an observation holds {column.kind} that are none")
        if (column.categories is not None) != (column.kind == "categories"):
            raise ObservationError("an observation holds categories where there are none")


def _is_one_of(value: object, allowed: tuple[type, ...]) -> bool:
    if isinstance(value, bool):
        return bool in allowed
    return isinstance(value, allowed)
