"""What is to be written by hand is seen to use a module, under whatever name it was imported."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from json import encoder as hidden_encoder

import pytest

from slopewise import without_module
from slopewise.errors import UsedModuleError


def swallowed() -> str:
    try:
        return json.dumps([1])
    except Exception:
        return "[1]"


@pytest.mark.parametrize(
    "way",
    [
        lambda: json.dumps([1]),
        lambda: hidden_encoder.JSONEncoder().encode([1]),
        swallowed,
    ],
)
def test_every_function_of_the_module_counts(way: Callable[[], str]) -> None:
    before = sys.getprofile()
    with pytest.raises(UsedModuleError, match="this is to be written without json"):
        without_module("json", way)
    assert sys.getprofile() is before


def test_by_hand_is_by_hand() -> None:
    assert without_module("json", lambda one, other=2: f"[{one}, {other}]", 1, other=3) == "[1, 3]"
    assert without_module("jso", json.dumps, [1]) == "[1]"
    with pytest.raises(KeyError):
        without_module("json", dict[str, int]().__getitem__, "missing")
