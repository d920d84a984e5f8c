"""What the tutor calls equal, and how it tells what is not, of every kind of value there is."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd
import pytest

from slopewise.probe.codec import encode
from slopewise.probe.general import differs, shown
from slopewise.probe.observe import FORMAT_VERSION
from slopewise.scoring.comparison import difference
from slopewise.scoring.nodes import Node
from slopewise.scoring.observations import Tolerance, read_observation


@dataclass
class Entry:
    word: str
    count: float = 0.0


@dataclass
class Lemma:
    word: str


TABLE = pd.DataFrame({"day": ["Sat", "Wed"], "cups": [110.0, None]})
SERIES = pd.Series([110.0, 70.0], index=pd.Index(["Sat", "Wed"], name="day"), name="cups")
KINDS = pd.Series(["a", "b", "a"], dtype="category")
DAY = datetime.date(2024, 2, 29)
WHEN = datetime.datetime(2024, 2, 29, 12, 30)

ALIKE: dict[str, tuple[Any, ...]] = {
    "dicts": ({"q": 2, "p": 1.0}, {"p": 1.000001, "q": 2}, {"p": 1}, {"p": 1, "q": 3}),
    "dicts of numbers": ({1: 2, 2: 1}, {2: 1, 1: 2}, {1: 2, 3: 1}, {"1": 2, 2: 1}, {}),
    "dicts of others": ({3: {"a"}, "b": [1]}, {"b": [1], 3: {"a"}}, {"b": [1], 3: {"b"}}),
    "sets": ({"a", "b"}, {"a"}, {"a", "c"}, set(), frozenset("ab")),
    "sets of numbers": ({0.1, 1000.0}, {0.1000001, 1000.0}, {0.2, 1000.0}),
    "records": (Entry("a", 1.0), Entry("a", 1.0000001), Entry("a", 2.0), Lemma("a"), Entry("b", 1)),
    "moments": (DAY, WHEN, DAY + datetime.timedelta(1), WHEN.time(), np.datetime64("2024-02-29")),
    "durations": tuple(map(datetime.timedelta, (1, 2))),
    "complex": (1 + 2j, 1.0000001 + 2j, 1 - 2j, 1.0),
    "arrays": (np.array(["a", "b"]), np.array(["a", "c"]), np.array(["a"]), np.array([1j, 2])),
    "complex arrays": (np.array([1j, 2]), np.array([1.000001j, 2]), np.array([1j, 3])),
    "series": (
        SERIES,
        SERIES.astype("float32"),
        SERIES.set_axis(pd.Index(["Sat", "Wed"], name="day", dtype=object)),
        SERIES.astype("int64"),
        SERIES.rename("cup"),
        SERIES.rename_axis("days"),
        SERIES.iloc[:1],
        SERIES.iloc[::-1],
        SERIES.where(SERIES > 100),
        SERIES.set_axis(pd.MultiIndex.from_tuples([("Sat", 1), ("Wed", 1)])),
        SERIES.to_frame(),
    ),
    "categories": (
        KINDS,
        KINDS.cat.reorder_categories(["b", "a"]),
        KINDS.cat.as_ordered(),
        KINDS.cat.reorder_categories(["b", "a"]).cat.as_ordered(),
        KINDS.cat.add_categories("c"),
        KINDS.astype(str),
    ),
    "tables": (
        TABLE,
        TABLE[["cups", "day"]],
        TABLE[["cups"]],
        TABLE.assign(more=1),
        TABLE.fillna(0.0),
        TABLE.iloc[:1],
        TABLE.set_axis([3, 4]),
        TABLE.assign(cups=[111.0, None]),
        TABLE.assign(day=["Sat", "Sun"]),
    ),
    "indexes": (pd.Index(["a", "b"]), pd.Index(["a", "c"]), pd.Index(["a"]), pd.Index([1, 2])),
}  # fmt: skip


def node(value: object) -> Node:
    probe = {"name": "one", "value": encode(value)}
    return read_observation({"version": FORMAT_VERSION, "probes": [probe]}).probes[0].value


@pytest.mark.parametrize("values", ALIKE.values(), ids=ALIKE)
def test_equal_is_what_the_grader_calls_equal(values: tuple[Any, ...]) -> None:
    for one, other in permutations(values, 2):
        graded = difference(node(one), node(other), Tolerance())
        told = differs(encode(one), encode(other))
        assert (told is None) == (graded is None), f"{one!r}\n{other!r}\n{graded}\n{told}"


@pytest.mark.parametrize("values", ALIKE.values(), ids=ALIKE)
def test_what_differs_is_told_apart(values: tuple[Any, ...]) -> None:
    for one, other in permutations(values, 2):
        told = differs(encode(one), encode(other))
        if told is not None:
            assert "something else" not in told
            came, _, rest = told.removeprefix("it returned ").partition(", expected ")
            # Either the two look different, or a sentence says in what they differ.
            assert came != rest.removesuffix("."), told


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"b", "a"}, "{'a', 'b'}"),
        (set(), "set()"),
        (DAY, "2024-02-29"),
        (datetime.timedelta(minutes=2), "120 seconds"),
        (1 - 2j, "1-2j"),
        (Entry("ox", 2.5), "Entry(word='ox', count=2.5)"),
        (np.array(["a", "b"]), "['a', 'b']"),
        (np.array([], dtype=str), "[]"),
        (np.array([1j, 2]), "[0+1j, 2+0j]"),
        (SERIES, "a Series with Sat: 110, Wed: 70"),
        (pd.Series(range(20)), "a Series of 20 rows"),
        (TABLE, "a DataFrame of 2 rows with the columns day, cups"),
        (pd.Index([1, 2]), "an Index of 1, 2"),
        (len, "a builtin_function_or_method"),
    ],
)  # fmt: skip
def test_a_value_is_shown_as_a_learner_would_know_it(value: object, words: str) -> None:
    assert shown(encode(value)) == words
