"""What the tutor makes of two values of one kind: sets, records, times, complex numbers, tables.

The same rules as the grader's, `slopewise.scoring.comparison` and `slopewise.scoring.tables`; a
test compares the two. Here they are about plain nodes, for a learner's notebook has no more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from slopewise.probe.wording import entries, number_difference

Node = dict[str, Any]
Clause = Callable[[Node, Node], str | None]
"""What two nodes of any kind differ in: None where equal, "" where the two of them say it all."""
Numbers = Callable[[Sequence[Any], Sequence[Any], str], str | None]

NAMES = {
    "none": "None",
    "boolean": "a truth value",
    "integer": "a number",
    "float": "a number",
    "text": "a string",
    "array": "a NumPy array",
    "tensor": "a tensor",
    "list": "a list",
    "tuple": "a tuple",
    "dict": "a dict",
    "set": "a set",
    "record": "a record",
    "moment": "a date or time",
    "duration": "a duration",
    "complex": "a complex number",
    "complex array": "an array of complex numbers",
    "text array": "an array of texts or times",
    "series": "a Series",
    "table": "a DataFrame",
    "index": "an Index",
}
_COUNTED = ("floats", "whole numbers", "durations")


def kind_difference(
    found: Node, wanted: Node, relative: float | None, absolute: float | None, clause: Clause
) -> str | None:
    """Return None where two nodes of one of the kinds of this module count as equal.

    Args:
        found: what came back.
        wanted: what was expected; of the same kind.
        relative: tolerance of numbers, or None for the default.
        absolute: tolerance of numbers, or None for the default.
        clause: what compares what they hold.
    """

    def numbers(one: Sequence[Any], other: Sequence[Any], subject: str) -> str | None:
        some, others = ([float(value) for value in values] for values in (one, other))
        return number_difference(some, others, relative, absolute, subject)

    kind = wanted["kind"]
    if kind == "set":
        return _sets(found["items"], wanted["items"], clause)
    if kind == "record":
        return _records(found["fields"], wanted["fields"], clause)
    if kind == "duration":
        return numbers([found["seconds"]], [wanted["seconds"]], "the duration")
    if kind in ("complex", "complex array"):
        return _complex(found, wanted, numbers)
    if kind == "index":
        return _levels(found["levels"], wanted["levels"], numbers, "the index")
    if kind == "series":
        return _series(found, wanted, numbers)
    if kind == "table":
        return _tables(found, wanted, numbers)
    return None if found == wanted else ""


def in_order(found: Node, wanted: Node, clause: Clause) -> list[tuple[Node, Node, Node]] | None:
    """The keys of two dicts of one length, with both their values; None where one is missing."""
    pairs = []
    for (key, value), near in zip(wanted["items"], found["items"], strict=True):
        # Mostly it stands in the same place.
        where = [near, *found["items"]]
        other = next((item for one, item in where if clause(one, key) is None), None)
        if other is None:
            return None
        pairs.append((key, other, value))
    return pairs


def _sets(found: Sequence[Node], wanted: Sequence[Node], clause: Clause) -> str | None:
    if len(found) != len(wanted):
        return entries(len(found), len(wanted), "member", "members")
    left = list(found)
    for member in wanted:
        at = next((at for at, one in enumerate(left) if clause(one, member) is None), None)
        if at is None:
            return "a member of the set is missing"
        left.pop(at)
    return None


def _records(found: Sequence[Any], wanted: Sequence[Any], clause: Clause) -> str | None:
    fields = dict(found)
    for name, value in wanted:
        if name not in fields:
            return f"its field `{name}` is missing"
        said = clause(fields[name], value)
        if said is not None:
            return f"its field `{name}` differs" + (f": {said}" if said else "")
    return (
        None if len(found) == len(wanted) else entries(len(found), len(wanted), "field", "fields")
    )


def _complex(found: Node, wanted: Node, numbers: Numbers) -> str | None:
    single = wanted["kind"] == "complex"
    if not single and found["shape"] != wanted["shape"]:
        return f"its shape is {tuple(found['shape'])} where {tuple(wanted['shape'])} is asked"
    for part in ("real", "imaginary"):
        one, other = ([node[part]] if single else node[part] for node in (found, wanted))
        said = numbers(one, other, f"the {part} parts")
        if said is not None:
            return said
    return None


def _series(found: Node, wanted: Node, numbers: Numbers) -> str | None:
    rows = [len(node["column"]["values"]) for node in (found, wanted)]
    if rows[0] != rows[1]:
        return _rows(*rows)
    if found["name"] != wanted["name"]:
        return _name("the Series", found["name"], wanted["name"])
    return _columns(found["column"], wanted["column"], numbers, "the Series") or _levels(
        found["index"], wanted["index"], numbers, "the index"
    )


def _tables(found: Node, wanted: Node, numbers: Numbers) -> str | None:
    held, asked = ([name for name, _ in node["columns"]] for node in (found, wanted))
    for name in asked:
        if held.count(name) < asked.count(name):
            return f"column `{name}` is missing"
    for name in held:
        if held.count(name) > asked.count(name):
            return f"column `{name}` is one too many"
    rows = [rows_of(node) for node in (found, wanted)]
    if rows[0] != rows[1]:
        return _rows(*rows)
    left = list(found["columns"])
    for name, column in wanted["columns"]:
        at = next(at for at, (other, _) in enumerate(left) if other == name)
        said = _columns(left.pop(at)[1], column, numbers, f"column `{name}`")
        if said is not None:
            return said
    return _levels(found["index"], wanted["index"], numbers, "the index")


def rows_of(table: Node) -> int:
    """How many rows a table, a Series or an Index has."""
    levels = table["levels"] if table["kind"] == "index" else table["index"]
    return len(levels[0][1]["values"]) if levels else 0


def _rows(found: int, wanted: int) -> str:
    return f"it has {found} rows where {wanted} are asked"


def _name(subject: str, found: str, wanted: str) -> str:
    return f"the name of {subject} is {found!r}, expected {wanted!r}"


def _levels(
    found: Sequence[Any], wanted: Sequence[Any], numbers: Numbers, subject: str
) -> str | None:
    if len(found) != len(wanted):
        return f"{subject} has {len(found)} levels where {len(wanted)} are asked"
    for (held, one), (asked, other) in zip(found, wanted, strict=True):
        if held != asked:
            return _name(subject, held, asked)
        if len(one["values"]) != len(other["values"]):
            return f"{subject} has {len(one['values'])} entries, expected {len(other['values'])}"
        said = _columns(one, other, numbers, subject)
        if said is not None:
            return said
    return None


def _columns(found: Node, wanted: Node, numbers: Numbers, subject: str) -> str | None:
    if found["kind"] != wanted["kind"]:
        return f"{subject} holds {found['kind']} where {wanted['kind']} are asked"
    pairs = list(zip(found["values"], wanted["values"], strict=True))
    for row, (one, other) in enumerate(pairs):
        if (one is None) != (other is None):
            what = "is missing a value" if one is None else "has a value where none is asked"
            return f"row {row} (counted from 0) of {subject} {what}"
    if wanted["kind"] in _COUNTED:
        both = [pair for pair in pairs if None not in pair]
        some, others = ([pair[at] for pair in both] for at in (0, 1))
        return numbers(some, others, f"the values of {subject}")
    for row, (one, other) in enumerate(pairs):
        if one != other:
            return f"row {row} (counted from 0) of {subject} is {one!r}, expected {other!r}"
    held, asked = found.get("categories"), wanted.get("categories")
    if held is not None and asked is not None:
        if sorted(held) != sorted(asked):
            return f"the categories of {subject} are {', '.join(held)}, expected {', '.join(asked)}"
        if found["ordered"] != wanted["ordered"] or (wanted["ordered"] and held != asked):
            return f"the order of the categories of {subject} differs"
    return None
