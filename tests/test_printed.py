"""Printed outputs are compared as a reader would: words exactly, numbers as numbers."""

from __future__ import annotations

from typing import Any

import pytest

from slopewise.scoring.printed import Agreement, agreement, data_agreement

EQUAL, ONE_UNIT, TOLERATED, BEYOND = Agreement


@pytest.mark.parametrize(
    ("fresh", "stored", "expected"),
    [
        ("w = 1.934\n", "w = 1.934\n", EQUAL),
        # Measured on other processors.
        ("its gradient -4384.284", "its gradient -4384.285", ONE_UNIT),
        ("loss = 0.03727", "loss = 0.03728", ONE_UNIT),
        ("loss = 0.00314570", "loss = 0.00314574", TOLERATED),
        # Rounding borders that carry, and shortest representations of different length.
        ("w = 1.999", "w = 2.000", ONE_UNIT),
        ("w = 9.999", "w = 10.000", ONE_UNIT),
        ("[4.800000190734863]", "[4.80000066]", TOLERATED),
        ("0.5", "0.50000003", TOLERATED),
        ("1.49e-07", "1.50e-07", ONE_UNIT),
        ("<td>0.301</td><td>2</td>", "<td>0.300</td><td>2</td>", ONE_UNIT),
        # The worst number decides.
        ("1.934 0.00314570", "1.935 0.00314574", TOLERATED),
        ("1.934 0.00314570", "1.935 0.00315574", BEYOND),
    ],
)
def test_numbers_are_compared_as_numbers(fresh: str, stored: str, expected: Agreement) -> None:
    assert agreement(fresh, stored) is expected
    assert agreement(stored, fresh) is expected


@pytest.mark.parametrize(
    ("fresh", "stored"),
    [
        ("the loss is 1.5", "the cost is 1.5"),  # a word
        ("1.5\n2.5\n", "1.5\n"),  # a line
        ("1.5", "1.5\n"),
        ("1.5 ", "1.5"),
        ("1.5  2.5", "1.5 2.5"),
        ("w = -1.934", "w = 1.934"),  # a sign
        ("w = -0.000", "w = 0.000"),
        ("1e-05", "1e+05"),
        ("1.934", "1.936"),  # digits
        ("-4384.384", "-4384.285"),
        ("-4384.295", "-4384.285"),
        ("0.00314674", "0.00314574"),
        ("4.80001067", "4.80000067"),
        ("0.00000002", "0.00000004"),
        ("0.1", "0.2"),  # a last place as large as the number is no rounding border
        ("1.5", "1.6"),
        ("0.03", "0.3"),
        ("1.50e-07", "1.50e-06"),
        ("1e-05", "2e-05"),
        ("w = nan", "w = 1.934"),  # what is no number
        ("w = inf", "w = 1.934"),
        ("w = nan", "w = inf"),
        ("1.0 2.0", "2.0 1.0"),  # the order
        ("epoch 1: w = 1.2", "epoch 2: w = 1.2"),  # whole numbers count things
        ("100000 steps", "100001 steps"),
        ("2", "2.0"),
        ("2.", "3."),
        ("[2., 4.]", "[2., 5.]"),
        ("float32", "float64"),  # names, versions, quantities
        ("version 2.13.0", "version 2.14.0"),
        ("2.50x", "2.51x"),
        ("#1f77b4", "#1f77b5"),
        ("1e9999999.0", "1e9999998.0"),
        ("1.0e9999999999999", "1.1e9999999999999"),
    ],
)
def test_anything_else_that_differs_is_beyond(fresh: str, stored: str) -> None:
    assert agreement(fresh, stored) is BEYOND
    assert agreement(stored, fresh) is BEYOND


OBSERVED = {
    "version": 1,
    "probes": [
        {"name": "slope", "value": {"kind": "float", "value": 0.333333}},
        {"name": "same", "value": {"kind": "boolean", "value": True}},
        {"name": "steps", "value": {"kind": "list", "items": [1, 2.5, None]}},
    ],
}


def with_probe(place: int, value: Any) -> Any:
    probes = [*OBSERVED["probes"]]  # type: ignore[misc]
    probes[place] = {"name": probes[place]["name"], "value": value}
    return OBSERVED | {"probes": probes}


def test_plain_data_is_compared_number_by_number() -> None:
    assert data_agreement(OBSERVED, OBSERVED) is EQUAL
    near = with_probe(0, {"kind": "float", "value": 0.333334})
    assert data_agreement(near, OBSERVED) is ONE_UNIT


@pytest.mark.parametrize(
    "changed",
    [
        with_probe(0, {"kind": "float", "value": 0.333343}),
        with_probe(0, {"kind": "float", "value": -0.333333}),
        with_probe(0, {"kind": "float", "value": "nan"}),
        with_probe(0, {"kind": "float", "value": float("nan")}),
        with_probe(0, {"kind": "float"}),
        with_probe(1, {"kind": "boolean", "value": False}),
        with_probe(1, {"kind": "boolean", "value": 1}),
        with_probe(2, {"kind": "list", "items": [2, 2.5, None]}),
        with_probe(2, {"kind": "list", "items": [1.0, 2.5, None]}),
        with_probe(2, {"kind": "list", "items": [2.5, 1, None]}),
        with_probe(2, {"kind": "list", "items": [1, 2.5]}),
        with_probe(2, {"kind": "list", "items": [1, 2.5, 0]}),
        OBSERVED | {"more": 1},
        [OBSERVED],
        None,
    ],
)
def test_data_that_differs_is_beyond(changed: Any) -> None:
    assert data_agreement(changed, OBSERVED) is BEYOND
    assert data_agreement(OBSERVED, changed) is BEYOND


def test_keys_that_are_skipped_are_not_looked_at() -> None:
    one, other = {"image/png": "abc", "text": "1"}, {"image/png": "xyz", "text": "1"}
    assert data_agreement(one, other) is BEYOND
    assert data_agreement(one, other, skip={"image/png"}) is EQUAL
    assert data_agreement({"text": "1"}, other, skip={"image/png"}) is BEYOND
