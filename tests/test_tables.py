"""Values of many types, from a probe to a message: pandas above all."""

from __future__ import annotations

import dataclasses
import datetime
import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from slopewise.errors import ObservationError
from slopewise.probe.codec import encode, is_data
from slopewise.scoring.comparison import difference
from slopewise.scoring.nodes import Node
from slopewise.scoring.observations import Tolerance, read_observation


def read(value: object) -> Node:
    """Through the writing half, JSON, and the strict reading half."""
    payload = {"version": 1, "probes": [{"name": "one", "value": encode(value)}]}
    (probe,) = read_observation(json.loads(json.dumps(payload))).probes
    return probe.value


def told(found: object, wanted: object) -> str | None:
    clause = difference(read(found), read(wanted), Tolerance())
    return None if clause is None else str(clause)


def people(**changed: object) -> pd.DataFrame:
    columns: dict[str, object] = {
        "age": [31, 45, 28],
        "height": [1.62, float("nan"), 1.8],
        "name": ["Ada", "Béla", None],
        "born": pd.to_datetime(["1990-01-02", "1976-05-06", "1993-07-08"]),
        "team": pd.Categorical(["a", "b", "a"]),
        **changed,
    }
    return pd.DataFrame({name: value for name, value in columns.items() if value is not None})


@dataclasses.dataclass
class Line:
    slope: float
    offset: float = 0.0


@dataclasses.dataclass
class Longer(Line):
    more: int = 1


VALUES = [
    people(),
    people()["age"],
    people()["height"].astype("Float64"),
    people().groupby("team", observed=True)["age"].mean(),
    people().set_index(["team", "name"]),
    people().index,
    pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["team", "round"]),
    pd.Series([True, None], dtype="boolean"),
    pd.Series(pd.to_timedelta(["1h", None])),
    pd.Series([float("inf"), -1.0]),
    pd.DataFrame(),
    pd.NaT,
    pd.NA,
    pd.Timestamp("2024-02-29 12:00"),
    np.array(["a", "bc"]),
    np.array(["2024-02-29", "NaT"], dtype="datetime64[D]"),
    np.array([1 + 2j, float("nan")]),
    np.datetime64("2024-02-29"),
    np.complex64(1 - 1j),
    {1, 2.5, "x"},
    frozenset({(1, 2)}),
    datetime.date(2024, 2, 29),
    datetime.datetime(2024, 2, 29, 1, 2, 3),
    datetime.time(1, 2),
    datetime.timedelta(days=1),
    3 - 4j,
    Line(2.0),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_equals_itself_and_nothing_else(value: object) -> None:
    assert told(value, value) is None
    assert told(None, value) is not None
    assert told("a text", value) is not None


@pytest.mark.parametrize(
    ("found", "clause"),
    [
        (people(age=None), "column `age` is missing"),
        (people(more=[1, 2, 3]), "column `more` is one too many"),
        (people().iloc[:2], "it has 2 rows where 3 are asked"),
        (
            people(age=[31.0, 45.0, 28.0]),
            "column `age` holds floats where whole numbers are asked",
        ),
        (people(age=[31, 45, 29]), "the values of column `age` differ, the first time in entry 2"),
        (
            people(height=[1.62, 1.7, 1.8]),
            "row 1 (counted from 0) of column `height` has a value where none is asked",
        ),
        (
            people(name=["Ada", "Eve", None]),
            "row 1 (counted from 0) of column `name` is 'Eve', which is not the answer",
        ),
        (
            people(team=["a", "b", "a"]),
            "column `team` holds texts where categories are asked",
        ),
        (
            people(team=pd.Categorical(["a", "b", "a"], categories=["a", "b", "c"])),
            "the categories of column `team` are not the ones that are asked",
        ),
        (
            people(team=pd.Categorical(["a", "b", "a"], ordered=True)),
            "the order of the categories of column `team` differs",
        ),
        (people().set_index("name", drop=False), "the name of the index is 'name'"),
        (people()["age"], "it returned a Series where a DataFrame is asked"),
        (people().to_dict(), "it returned a dict where a DataFrame is asked"),
    ],
)
def test_a_table_that_differs_is_told_where(found: object, clause: str) -> None:
    said = told(found, people())
    assert said is not None
    assert said.startswith(clause)


def test_the_order_of_columns_does_not_count_that_of_rows_does() -> None:
    assert told(people()[["team", "age", "born", "name", "height"]], people()) is None
    assert told(people().iloc[::-1], people()) is not None


@pytest.mark.parametrize(
    ("found", "wanted", "clause"),
    [
        ({1, 2}, {1, 3}, "a member of the set is missing"),
        ({1}, {1, 3}, "it has 1 member where 2 are asked"),
        ([1, 3], {1, 3}, "it returned a list where a set is asked"),
        (1 + 2j, 1 + 3j, "the imaginary part of the number"),
        (datetime.date(2024, 1, 2), datetime.date(2024, 1, 3), "the date differs"),
        (datetime.datetime(2024, 1, 2), datetime.date(2024, 1, 2), "it returned a datetime where"),
        (np.array(["a", "c"]), np.array(["a", "b"]), "entry 1 (counted from 0) is 'c'"),
        (np.array(["a"]), np.array(["a", "b"]), "its shape is (1,) where (2,) is asked"),
        (Line(1.0), Line(2.0), "in its field `slope`, the number"),
        (Line(1.0), Longer(1.0), "its field `more` is missing"),
        (Longer(1.0), Line(1.0), "it has 3 fields where 2 are asked"),
    ],
)
def test_other_types_are_told_where(found: object, wanted: object, clause: str) -> None:
    said = told(found, wanted)
    assert said is not None
    assert said.startswith(clause)


def test_a_column_of_objects_has_no_plain_form() -> None:
    assert encode(pd.Series([{}, []]))["kind"] == "unsupported"
    assert encode(pd.DataFrame({"x": range(5000)}))["reason"] == "too large"


def test_each_probe_gets_tables_of_its_own() -> None:
    assert all(is_data(value) for value in (people(), people()["age"], Line(1.0), {1}))


def changed_series(**changes: Any) -> dict[str, Any]:
    node = encode(pd.Series([1.5, 2.5], name="x"))
    return {**node, "column": {**node["column"], **changes}}


@pytest.mark.parametrize(
    "node",
    [
        changed_series(values=[1.5]),
        changed_series(values=["a", "b"]),
        changed_series(values=[True, False]),
        changed_series(kind="whole numbers"),
        changed_series(kind="something"),
        changed_series(categories=["a"]),
        changed_series(more=1),
        {"kind": "text array", "times": False, "shape": [3], "values": ["a"]},
        {"kind": "complex array", "shape": [1], "real": [1.0], "imaginary": []},
        {"kind": "moment", "type": "year", "value": "2024"},
        {"kind": "record", "type": "Line", "fields": [["slope"]]},
    ],
)
def test_what_no_codec_writes_is_refused(node: dict[str, Any]) -> None:
    with pytest.raises(ObservationError):
        read_observation({"version": 1, "probes": [{"name": "one", "value": node}]})
