"""The nodes of an observation: a value as plain data, and the strict schema for it."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import msgspec

NotFinite = Literal["nan", "inf", "-inf"]
LONGEST_TEXT = 400
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
Text = Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)]
Positive = Annotated[float, msgspec.Meta(ge=0, le=1e6)]
Whole = Annotated[int, msgspec.Meta(ge=-(2**63 - 1), le=2**63 - 1)]
Finite = Annotated[float, msgspec.Meta(ge=-sys.float_info.max, le=sys.float_info.max)]
Shape = Annotated[
    tuple[Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)], ...], msgspec.Meta(max_length=100)
]
Values = tuple[bool | Whole | Finite | NotFinite, ...]


class _Plain(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """Base of every node: immutable, and no field that the schema does not name."""


class NoneNode(_Plain, frozen=True, tag="none"):
    """`None`."""


class BooleanNode(_Plain, frozen=True, tag="boolean"):
    """A truth value, Python's or numpy's."""

    value: bool


class IntegerNode(_Plain, frozen=True, tag="integer"):
    """A whole number, Python's or numpy's."""

    value: Whole


class FloatNode(_Plain, frozen=True, tag="float"):
    """A floating-point number with six significant digits."""

    value: Finite | NotFinite


class TextNode(_Plain, frozen=True, tag="text"):
    """A string."""

    value: Text


class ArrayNode(_Plain, frozen=True, tag="array"):
    """A numpy array; `values` are in C order, `shape` may be ()."""

    dtype: Name
    shape: Shape
    values: Values


class TensorNode(_Plain, frozen=True, tag="tensor"):
    """A torch tensor or parameter."""

    dtype: Name
    shape: Shape
    values: Values
    requires_grad: bool


class ListNode(_Plain, frozen=True, tag="list"):
    """A list."""

    items: tuple[Node, ...]


class TupleNode(_Plain, frozen=True, tag="tuple"):
    """A tuple, or a subclass of it such as `torch.Size`."""

    items: tuple[Node, ...]


class DictNode(_Plain, frozen=True, tag="dict"):
    """A dict, as pairs in the order it held them."""

    items: tuple[tuple[Node, Node], ...]


class SetNode(_Plain, frozen=True, tag="set"):
    """A set, in an order that says nothing."""

    items: tuple[Node, ...]


class ComplexNode(_Plain, frozen=True, tag="complex"):
    """A complex number."""

    real: Finite | NotFinite
    imaginary: Finite | NotFinite


class MomentNode(_Plain, frozen=True, tag="moment"):
    """A date, a time of day, or both, as ISO 8601 has it; `NaT` for none."""

    type: Literal["date", "time", "datetime"]
    value: Text


class DurationNode(_Plain, frozen=True, tag="duration"):
    """A difference of two times, in seconds."""

    seconds: Finite | NotFinite


class RecordNode(_Plain, frozen=True, tag="record"):
    """A dataclass's instance, as pairs of a field's name and its value."""

    type: Name
    fields: tuple[tuple[Text, Node], ...]


class TextArrayNode(_Plain, frozen=True, tag="text array"):
    """A numpy array of strings, or of times as ISO 8601 has them; in C order."""

    times: bool
    shape: Shape
    values: tuple[Text, ...]


class ComplexArrayNode(_Plain, frozen=True, tag="complex array"):
    """A numpy array of complex numbers, in C order."""

    shape: Shape
    real: Values
    imaginary: Values


ColumnKind = Literal[
    "floats", "whole numbers", "truth values", "texts", "times", "durations", "categories"
]


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table's column; None for what is missing, durations in seconds, times as ISO 8601."""

    kind: ColumnKind
    dtype: Name
    values: tuple[bool | Whole | Finite | Text | None, ...]
    categories: tuple[Text, ...] | None = None
    ordered: bool = False


class SeriesNode(_Plain, frozen=True, tag="series"):
    """A pandas Series; `index` holds pairs of a level's name and its values."""

    name: Text
    index: tuple[tuple[Text, Column], ...]
    column: Column


class TableNode(_Plain, frozen=True, tag="table"):
    """A pandas DataFrame; pairs of a name and a column."""

    index: tuple[tuple[Text, Column], ...]
    columns: tuple[tuple[Text, Column], ...]


class IndexNode(_Plain, frozen=True, tag="index"):
    """A pandas Index."""

    levels: tuple[tuple[Text, Column], ...]


class RaisedNode(_Plain, frozen=True, tag="raised"):
    """The probe raised: class names from the exception's own to `Exception`, and the message."""

    types: Annotated[tuple[Name, ...], msgspec.Meta(min_length=1, max_length=10)]
    message: Text


class UnsupportedNode(_Plain, frozen=True, tag="unsupported"):
    """What came back has no plain form, or is too large."""

    type: Text
    reason: Text


class InterruptedNode(_Plain, frozen=True, tag="interrupted"):
    """The cell was interrupted while this probe ran."""


Node = (
    NoneNode
    | BooleanNode
    | IntegerNode
    | FloatNode
    | TextNode
    | ArrayNode
    | TensorNode
    | ListNode
    | TupleNode
    | DictNode
    | SetNode
    | ComplexNode
    | MomentNode
    | DurationNode
    | RecordNode
    | TextArrayNode
    | ComplexArrayNode
    | SeriesNode
    | TableNode
    | IndexNode
    | RaisedNode
    | UnsupportedNode
    | InterruptedNode
)
