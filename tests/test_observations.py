"""Reading observations that nobody trusts: what does not fit is refused, and in one way only."""

from __future__ import annotations

import json
import math
from typing import Any

import nbformat
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from slopewise.errors import ObservationError
from slopewise.scoring.nodes import FloatNode, IntegerNode, ListNode, UnsupportedNode
from slopewise.scoring.observations import (
    MIME_TYPE,
    Tolerance,
    payloads,
    read_observation,
    unsupported,
)

NONE = {"kind": "none"}


def probe(value: Any, **more: Any) -> dict[str, Any]:
    return {"name": "asked", "value": value, **more}


def payload(*probes: Any, **more: Any) -> dict[str, Any]:
    return {"version": 1, "probes": list(probes), **more}


def array(**changes: Any) -> dict[str, Any]:
    made = {"kind": "array", "dtype": "float64", "shape": [2], "values": [1.0, 2.0], **changes}
    return {key: value for key, value in made.items() if value is not ...}


def tensor(**changes: Any) -> dict[str, Any]:
    return array(kind="tensor", requires_grad=False) | changes


def nested(levels: int) -> dict[str, Any]:
    value: dict[str, Any] = NONE
    for _ in range(levels):
        value = {"kind": "list", "items": [value]}
    return value


def test_a_whole_observation_is_read() -> None:
    found = read_observation(
        payload(
            probe({"kind": "integer", "value": 3}, tolerance={"relative": 1e-3}),
            {
                "name": "other",
                "value": {"kind": "list", "items": [{"kind": "float", "value": "nan"}]},
            },
        )
    )
    assert [one.name for one in found.probes] == ["asked", "other"]
    assert found.probes[0].value == IntegerNode(3)
    assert found.probes[0].tolerance == Tolerance(relative=1e-3)
    assert found.probes[1].value == ListNode((FloatNode("nan"),))
    assert found.probes[1].tolerance == Tolerance()


def test_an_observation_from_a_notebook_is_read() -> None:
    assert read_observation(nbformat.from_dict(payload(probe(array())))).probes


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        3,
        "text",
        [],
        {},
        [NONE],
        {"kind": "none"},
        {"version": 1},
        {"probes": [probe(NONE)]},
        payload(),
        payload(probe(NONE)) | {"version": 2},
        payload(probe(NONE)) | {"version": 0},
        payload(probe(NONE)) | {"version": "1"},
        payload(probe(NONE)) | {"version": 1.0},
        payload(probe(NONE)) | {"version": True},
        payload(probe(NONE)) | {"version": None},
        payload(probe(NONE)) | {"version": 10**400},
        payload(probe(NONE)) | {"version": 10**5000},
        payload(probe(NONE), points=4),
        payload(None),
        payload([]),
        payload("asked"),
        payload() | {"probes": {"asked": NONE}},
        payload() | {"probes": None},
        payload({"name": "asked"}),
        payload({"value": NONE}),
        payload({"name": None, "value": NONE}),
        payload({"name": 3, "value": NONE}),
        payload({"name": "", "value": NONE}),
        payload({"name": "x" * 101, "value": NONE}),
        payload({"name": ["asked"], "value": NONE}),
        payload(probe(NONE, points=4)),
        payload(probe(NONE, right=True)),
        payload(probe(NONE), probe(NONE)),
        payload(*[{"name": f"p{number}", "value": NONE} for number in range(101)]),
    ],
)
def test_what_is_no_observation_is_refused(value: Any) -> None:
    with pytest.raises(ObservationError):
        read_observation(value)


@pytest.mark.parametrize(
    "tolerance",
    [
        None,
        [],
        1e-3,
        {"relative": -1e-3},
        {"relative": math.nan},
        {"relative": math.inf},
        {"absolute": 1e7},
        {"absolute": "1"},
        {"absolute": True},
        {"absolute": 10**400},
        {"absolut": 1.0},
    ],
)
def test_a_tolerance_that_is_none_is_refused(tolerance: Any) -> None:
    with pytest.raises(ObservationError):
        read_observation(payload(probe(NONE, tolerance=tolerance)))


@pytest.mark.parametrize(
    "node",
    [
        None,
        3,
        "none",
        [],
        {},
        {"kind": None},
        {"kind": ["none"]},
        {"kind": {"kind": "none"}},
        {"kind": "anything"},
        {"kind": "\ud800"},
        {"kind": "none", "value": None},
        {"kind": "none", "\udfff": 1},
        {"kind": "none", "x" * 10_000: 1},
        {"kind": "boolean"},
        {"kind": "boolean", "value": 1},
        {"kind": "boolean", "value": "true"},
        {"kind": "integer", "value": 1.0},
        {"kind": "integer", "value": True},
        {"kind": "integer", "value": "1"},
        {"kind": "integer", "value": None},
        {"kind": "integer", "value": 2**63},
        {"kind": "integer", "value": -(10**400)},
        {"kind": "integer", "value": 10**5000},
        {"kind": "float", "value": True},
        {"kind": "float", "value": "1.0"},
        {"kind": "float", "value": "NaN"},
        {"kind": "float", "value": "infinity"},
        {"kind": "float", "value": math.nan},
        {"kind": "float", "value": math.inf},
        {"kind": "float", "value": -math.inf},
        {"kind": "float", "value": 10**400},
        {"kind": "float", "value": [1.0]},
        {"kind": "text", "value": 3},
        {"kind": "text", "value": ["text"]},
        {"kind": "text", "value": "x" * 401},
        {"kind": "text", "value": "x" * 10**6},
        {"kind": "text", "value": "half \ud800"},
        {"kind": "text", "value": b"text"},
        {"kind": "list"},
        {"kind": "list", "items": None},
        {"kind": "list", "items": NONE},
        {"kind": "list", "items": [1]},
        {"kind": "list", "items": "ab"},
        {"kind": "tuple", "items": {"0": NONE}},
        {"kind": "dict", "items": {"a": NONE}},
        {"kind": "dict", "items": [NONE]},
        {"kind": "dict", "items": [[NONE]]},
        {"kind": "dict", "items": [[NONE, NONE, NONE]]},
        {"kind": "raised", "types": [], "message": ""},
        {"kind": "raised", "types": [""], "message": ""},
        {"kind": "raised", "types": ["E"]},
        {"kind": "raised", "types": "ValueError", "message": ""},
        {"kind": "raised", "types": ["E"] * 11, "message": ""},
        {"kind": "raised", "types": ["E"], "message": "x" * 401},
        {"kind": "raised", "types": ["E"], "message": None},
        {"kind": "raised", "types": ["E\ud800"], "message": ""},
        {"kind": "unsupported", "type": "object"},
        {"kind": "interrupted", "value": 1},
        array(kind="ndarray"),
        array(requires_grad=False),
        array(dtype=...),
        array(dtype=""),
        array(dtype=["float64"]),
        array(shape=...),
        array(shape=2),
        array(shape=[2.0]),
        array(shape=[True, 2]),
        array(shape=["2"]),
        array(shape=[3]),
        array(shape=[]),
        array(shape=[2, 2]),
        array(shape=[-1, -2]),
        array(shape=[0]),
        array(shape=[10**400, 0], values=[]),
        array(shape=[0] + [2**62] * 200, values=[]),
        array(shape=[2**62] * 99),
        array(values=...),
        array(values=1.0),
        array(values=[[1.0], [2.0]]),
        array(values=[1.0, None]),
        array(values=[1.0, "2.0"]),
        array(values=[1.0, math.nan]),
        array(values=[1.0, math.inf]),
        array(values=[1.0, 10**400]),
        array(values=[1.0, 2**64]),
        array(values="12"),
        tensor(requires_grad=None),
        tensor(requires_grad=0),
        tensor(shape=[1]),
        nested(40),
        {"kind": "list", "items": [NONE] * 100_000},
        array(shape=[100_000], values=[0.0] * 100_000),
    ],
)
def test_a_malformed_value_is_refused_wherever_it_stands(node: Any) -> None:
    inside_dict = {"kind": "dict", "items": [[NONE, node]]}
    for value in (node, {"kind": "list", "items": [NONE, node]}, inside_dict):
        with pytest.raises(ObservationError) as caught:
            read_observation(payload({"name": "fine", "value": NONE}, probe(value)))
        message = str(caught.value)
        assert "\n" not in message
        assert len(message) < 400
        message.encode("utf-8")


def test_endless_nesting_is_refused_without_recursion() -> None:
    value: Any = []
    for _ in range(100_000):
        value = [value]
    for hostile in (value, payload(probe(value)), payload(probe({"kind": "list", "items": value}))):
        with pytest.raises(ObservationError, match="larger than any"):
            read_observation(hostile)
    while value:  # taken apart by hand, or its end would recurse
        value = value.pop()


def test_a_stored_nan_literal_is_refused() -> None:
    text = '{"version": 1, "probes": [{"name": "a", "value": {"kind": "float", "value": NaN}}]}'
    with pytest.raises(ObservationError):
        read_observation(json.loads(text))


@pytest.mark.parametrize("levels", range(9))
def test_nesting_as_deep_as_observe_writes_is_read(levels: int) -> None:
    assert read_observation(payload(probe(nested(levels))))


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.characters(categories=["Cs"])
    | st.sampled_from(["none", "list", "dict", "array", "tensor", "float", "raised", "nan"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["version", "probes", "name", "value", "kind", "items", "shape", "values", "dtype"]
            )
            | st.text(max_size=4),
            inner,
            max_size=5,
        )
    ),
    max_leaves=15,
)


@given(json_values, json_values)
@example({"kind": "list", "items": []}, {"relative": None})
@settings(max_examples=300, deadline=None, database=None)
def test_any_json_is_read_or_refused(value: Any, tolerance: Any) -> None:
    for hostile in (
        value,
        payload(value),
        payload(probe(value)),
        payload(probe({"kind": "list", "items": value})),
        payload(probe({"kind": "dict", "items": [[value, tolerance]]})),
        payload(probe(array(shape=value, values=tolerance))),
        payload(probe(NONE, tolerance=tolerance)),
        payload(probe(value), version=tolerance),
    ):
        try:
            found = read_observation(hostile)
        except ObservationError:
            continue
        assert found.version == 1
        assert found.probes


# Among outputs


def test_payloads_are_found_among_any_outputs() -> None:
    outputs: list[Any] = [
        None,
        "text",
        ["list"],
        {},
        {"data": None},
        {"data": [MIME_TYPE]},
        {"data": {"text/plain": "3"}},
        {"output_type": "stream", "text": MIME_TYPE},
        {"data": {MIME_TYPE: None}},
        nbformat.v4.new_output("display_data", data={MIME_TYPE: {"version": 1}}),
    ]
    assert payloads(outputs) == [None, {"version": 1}]


def test_unsupported_parts_are_found_at_any_depth() -> None:
    part = {"kind": "unsupported", "type": "object", "reason": "no plain form"}
    inside = {"kind": "dict", "items": [[NONE, {"kind": "tuple", "items": [NONE, part]}]]}
    for value, count in ((NONE, 0), (array(), 0), (part, 1), (inside, 1), (nested(3), 0)):
        node = read_observation(payload(probe(value))).probes[0].value
        assert list(unsupported(node)) == [UnsupportedNode("object", "no plain form")] * count


def test_what_a_learner_has_named_steers_no_terminal() -> None:
    payload = {"version": 1, "probes": [], "\x1b[2J\nWARNING: ada: cheated": 1}
    with pytest.raises(ObservationError) as caught:
        read_observation(payload)
    assert str(caught.value).isprintable()
