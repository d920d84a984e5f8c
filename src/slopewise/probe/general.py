"""What the tutor says where no known mistake is recognised: what came back, what was expected.

Only facts of the two values, never a cause: a cause that did not happen is worse than none. What
is expected on a visible probe is no secret, so it may be told in full.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from slopewise.probe.keys import dtype_kind, scalar
from slopewise.probe.kinds import NAMES, in_order, kind_difference, rows_of
from slopewise.probe.patterns import Numbers, common_pattern
from slopewise.probe.wording import entries, entry, number_difference, shifted

Node = dict[str, Any]

_SHOWN_ITEMS = 6


def differs(
    found: Node,
    wanted: Node | None,
    exception: str = "",
    relative: float | None = None,
    absolute: float | None = None,
) -> str | None:
    """Return None where `found` counts as `wanted`, else one or two sentences that say how not.

    Args:
        found: what came back.
        wanted: what was expected, or None where an exception was.
        exception: the name of the exception that was expected.
        relative: tolerance of numbers, or None for the default.
        absolute: tolerance of numbers, or None for the default.

    Equal is what the grader calls equal: see `slopewise.scoring.comparison.difference`.
    """
    if wanted is None:
        back = "it " if found["kind"] == "raised" else "it returned "
        return f"{back}{shown(found)} where it should raise {exception}."
    clause = _clause(found, wanted, relative, absolute)
    if clause is None:
        return None
    if found["kind"] == wanted["kind"] == "dict":
        named = _named_parts(found, wanted)
        if named is not None:  # the part alone, by its name
            for name, one, other in zip(*named, strict=True):
                said = differs(one, other, "", relative, absolute)
                if said is not None:
                    return f"{name.replace('_', ' ')}: {said.removeprefix('it returned ')}"
    parts = _parts(wanted)
    if parts is not None:  # that the check keeps them in a dict is no business of the learner's
        return f"it returned {shown(found)}, expected {parts}.{_no_return(found)}"
    # That one number differs is plain from the two of them.
    rest = "" if clause in ("", "the number differs") else f" {clause[0].upper()}{clause[1:]}."
    return f"it returned {shown(found)}, expected {shown(wanted)}.{rest}{_no_return(found)}"


def in_common(asked: Iterable[tuple[Node, Node, bool]]) -> str | None:
    """Return a sentence that holds of all that is wrong, as grading has it, or None.

    Args:
        asked: of every question whose answer is known, what came back, what was expected, and
            whether the one counts as the other.
    """
    numbers: list[Numbers] = []
    for found, wanted, right in asked:
        parts = _beside(found, wanted, right)
        if parts is not None:
            numbers.extend(parts)
        elif not right:
            return None
    return common_pattern(numbers)


def _beside(found: Node, wanted: Node, right: bool) -> list[Numbers] | None:
    one, other = _all_numbers(found), _all_numbers(wanted)
    if one is not None and other is not None:
        if found["kind"] == wanted["kind"] in ("array", "tensor"):
            if found["shape"] != wanted["shape"]:
                return None
        elif "items" not in found and (scalar(found) is None or scalar(wanted) is None):
            return None
        return [Numbers(right, tuple(_floats(one)), tuple(_floats(other)))]
    if found["kind"] == wanted["kind"] and "items" in found:
        pairs = found["kind"] == "dict"
        some, others = (
            [item[1] if pairs else item for item in node["items"]] for node in (found, wanted)
        )
        if len(some) != len(others):
            return None
        parts = [_beside(*both, right) for both in zip(some, others, strict=True)]
        if None in parts:
            return None
        return [numbers for part in parts if part is not None for numbers in part]
    return [] if found == wanted else None


def _no_return(found: Node) -> str:
    return " Is a `return` missing?" if found["kind"] == "none" else ""


def _parts(node: Node) -> str | None:
    """The parts of a dict that names them, each with its value; else None."""
    if node["kind"] != "dict" or any(key["kind"] != "text" for key, _ in node["items"]):
        return None
    return ", ".join(f"{key['value']}: {shown(value)}" for key, value in node["items"])


def _clause(
    found: Node, wanted: Node, relative: float | None, absolute: float | None
) -> str | None:
    """None where equal; "" where the two values, side by side, say it all."""
    one, other = _all_numbers(found), _all_numbers(wanted)
    single = scalar(wanted) is not None and wanted["kind"] != "tensor"
    if single and scalar(found) is not None:
        return number_difference(_floats(one), _floats(other), relative, absolute, "the number")
    if found["kind"] != wanted["kind"]:
        if single and found["kind"] == "tensor" and found["requires_grad"]:
            return "the tensor still requires grad where a plain number is asked"
        if single and found["kind"] in ("array", "tensor"):
            return f"its shape is {_shape(found)} where a single number is asked"
        if found["kind"] == "none":
            return ""
        name = NAMES.get(found["kind"], "something else")
        asked = "a number" if single else NAMES.get(wanted["kind"], "something else")
        return f"it is {name} where {asked} is asked"
    if found["kind"] in ("array", "tensor"):
        if found["shape"] != wanted["shape"]:
            return f"its shape is {_shape(found)} where {_shape(wanted)} is asked"
        if dtype_kind(found["dtype"]) != dtype_kind(wanted["dtype"]):
            asked = dtype_kind(wanted["dtype"])
            return (
                f"it holds {dtype_kind(found['dtype'])} ({found['dtype']}) where {asked} are asked"
            )
        if found.get("requires_grad") != wanted.get("requires_grad"):
            if found["requires_grad"]:
                return "the tensor still requires grad where a plain one is asked"
            return "the tensor does not require grad, and it should"
        return number_difference(_floats(one), _floats(other), relative, absolute, "the values")
    if found["kind"] in ("list", "tuple"):
        return _items(found, wanted, relative, absolute)
    if found["kind"] == "dict":
        return _dicts(found, wanted, relative, absolute)
    if found["kind"] == "unsupported":
        return ""
    return kind_difference(
        found,
        wanted,
        relative,
        absolute,
        lambda one, other: _clause(one, other, relative, absolute),
    )


def _dicts(found: Node, wanted: Node, relative: float | None, absolute: float | None) -> str | None:
    held, asked = len(found["items"]), len(wanted["items"])
    if held != asked:
        return entries(held, asked, "key", "keys")
    pairs = in_order(found, wanted, lambda one, other: _clause(one, other, relative, absolute))
    if pairs is None:
        return "a key is missing"
    names = [key["value"] if key["kind"] == "text" else shown(key) for key, _, _ in pairs]
    some, others = ([pair[at] for pair in pairs] for at in (1, 2))
    return _first(some, others, relative, absolute, names)


def _items(found: Node, wanted: Node, relative: float | None, absolute: float | None) -> str | None:
    one, other = _all_numbers(found), _all_numbers(wanted)
    if len(found["items"]) != len(wanted["items"]):
        clause = entries(len(found["items"]), len(wanted["items"]))
        if one and other and abs(len(one) - len(other)) == 1:
            clause += shifted(_floats(one), _floats(other))
        return clause
    if one is not None and other is not None and other:
        return number_difference(_floats(one), _floats(other), relative, absolute, "the values")
    return _first(found["items"], wanted["items"], relative, absolute)


def _named_parts(found: Node, wanted: Node) -> tuple[list[str], list[Node], list[Node]] | None:
    """The texts that two dicts have as keys, where these are the same, and both's values."""
    values = [
        {key["value"]: item for key, item in node["items"] if key["kind"] == "text"}
        for node in (found, wanted)
    ]
    if values[0].keys() != values[1].keys() or any(
        len(one) != len(node["items"]) for one, node in zip(values, (found, wanted), strict=True)
    ):
        return None
    names = list(values[1])
    return names, [values[0][name] for name in names], [values[1][name] for name in names]


def _first(
    found: list[Node],
    wanted: list[Node],
    relative: float | None,
    absolute: float | None,
    names: list[str] | None = None,
) -> str | None:
    for place, (one, other) in enumerate(zip(found, wanted, strict=True)):
        clause = _clause(one, other, relative, absolute)
        if clause is not None:
            if one["kind"] in ("list", "tuple", "dict") and _all_numbers(one) is None:
                rest = f", {clause}" if clause else ""  # which says where in that part
            else:
                rest = f": {shown(one)}, expected {shown(other)}"
                rest += f" ({clause})" if clause else ""
            return f"{names[place]}{rest}" if names else entry(place, rest)
    return None


def _all_numbers(node: Node) -> list[float | str] | None:
    """The numbers of a number, an array, a tensor, or a list or tuple of numbers; else None."""
    number = scalar(node)
    if number is not None:
        return [number]
    if node["kind"] in ("array", "tensor"):
        return list(node["values"])
    if node["kind"] in ("list", "tuple"):
        numbers = [scalar(item) for item in node["items"]]
        return [number for number in numbers if number is not None] if None not in numbers else None
    return None


def _floats(values: list[float | str] | None) -> list[float]:
    return [float(value) for value in values or ()]


def _shape(node: Node) -> str:
    return str(tuple(node["shape"]))


def shown(node: Node) -> str:
    """Return a value as a learner would write it, shortened where it is long."""
    kind = node["kind"]
    number = scalar(node)
    if number is not None:
        return _number(number)
    if kind in ("array", "tensor"):
        if len(node["shape"]) > 1:
            if len(node["shape"]) > 2 or not 0 < len(node["values"]) <= _SHOWN_ITEMS:
                return f"{NAMES[kind]} of shape {_shape(node)}"
            width = node["shape"][1]
            rows = [node["values"][at : at + width] for at in range(0, len(node["values"]), width)]
            plain = {**node, "requires_grad": False, "shape": [width]}
            return f"[{', '.join(shown({**plain, 'values': row}) for row in rows)}]"
        values = ", ".join(_number(value) for value in node["values"][:_SHOWN_ITEMS])
        more = ", …" if len(node["values"]) > _SHOWN_ITEMS else ""
        brackets = f"[{values}{more}]" if node["shape"] else values
        return f"{kind}({brackets}, requires_grad=True)" if node.get("requires_grad") else brackets
    if kind in ("list", "tuple"):
        items = ", ".join(shown(item) for item in node["items"][:_SHOWN_ITEMS])
        more = ", …" if len(node["items"]) > _SHOWN_ITEMS else ""
        comma = "," if len(node["items"]) == 1 else ""
        return f"[{items}{more}]" if kind == "list" else f"({items}{more}{comma})"
    if kind == "dict":
        pairs = [f"{shown(key)}: {shown(item)}" for key, item in node["items"][:_SHOWN_ITEMS]]
        return "{" + ", ".join(pairs) + "}"
    if kind == "set":
        return f"{{{_row(map(shown, node['items']))}}}" if node["items"] else "set()"
    if kind == "record":
        fields = _row(f"{name}={shown(value)}" for name, value in node["fields"])
        return f"{node['type']}({fields})"
    if kind in ("series", "table", "index"):
        return _table(node)
    if kind == "text array":
        return f"[{_row(map(repr, node['values']))}]"
    if kind == "complex array":
        return f"[{_row(map(_complex, node['real'], node['imaginary']))}]"
    if kind == "complex":
        return _complex(node["real"], node["imaginary"])
    if kind == "moment":
        return str(node["value"])
    if kind == "duration":
        return f"{_number(node['seconds'])} seconds"
    if kind == "none":
        return "None"
    if kind in ("boolean", "text"):
        return repr(node["value"])
    if kind == "raised":
        return f"raised {node['types'][0]}"
    return f"a {node.get('type', kind)}"


def _row(items: Iterable[str]) -> str:
    """The first few in a row."""
    some = list(items)
    more = ["…"] if len(some) > _SHOWN_ITEMS else []
    return ", ".join([*some[:_SHOWN_ITEMS], *more])


def _table(node: Node) -> str:
    rows = rows_of(node)
    if node["kind"] == "table":
        columns = _row(name for name, _ in node["columns"])
        return f"a DataFrame of {rows} rows with the columns {columns}"
    levels = node["levels"] if node["kind"] == "index" else node["index"]
    if len(levels) != 1 or not 0 < rows <= _SHOWN_ITEMS:
        return f"{NAMES[node['kind']]} of {rows} rows"
    labels = [_entry(value) for value in levels[0][1]["values"]]
    if node["kind"] == "index":
        return f"an Index of {_row(labels)}"
    values = map(_entry, node["column"]["values"])
    return "a Series with " + _row(map("{}: {}".format, labels, values))


def _entry(value: Any) -> str:
    return "missing" if value is None else _number(value)


def _complex(real: float | str, imaginary: float | str) -> str:
    return f"{_number(real)}{float(imaginary):+.6g}j"


def _number(value: float | str) -> str:
    if isinstance(value, bool | str):
        return str(value)
    return f"{value:.6g}" if isinstance(value, float) else str(value)
