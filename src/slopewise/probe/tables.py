"""Nodes of pandas' tables: columns by kind, with what is missing as null.

pandas is looked up among the modules already loaded.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from slopewise.probe.plain import Budget, Node, number, short_text, unsupported, values_of

DATA: tuple[tuple[str, Callable[[Any], tuple[type, ...]]], ...] = (
    ("pandas", lambda pandas: (pandas.DataFrame, pandas.Series)),
)
"""Types of which each probe gets a copy, by the module that has them."""


class _NoFormError(Exception):
    """A column whose values have no plain form."""


def encode_pandas(value: Any, budget: Budget) -> Node | None:
    """Return a table, a column, an index or a missing value as a node; None for anything else."""
    pandas: Any = sys.modules["pandas"]
    if value is pandas.NA:
        return {"kind": "float", "value": "nan"}
    if not isinstance(value, pandas.DataFrame | pandas.Series | pandas.Index):
        return None
    frame = isinstance(value, pandas.DataFrame)
    rows, columns = len(value), len(value.columns) if frame else 1
    if not budget.spend(rows * (columns + _levels(value)) + 2 * columns):
        return unsupported(value, "too large")
    try:
        if frame:
            named = [
                [_label(label), _column(value.iloc[:, at])]
                for at, label in enumerate(value.columns)
            ]
            return {"kind": "table", "index": _index(value.index), "columns": named}
        if isinstance(value, pandas.Series):
            column = _column(value)
            return {
                "kind": "series",
                "name": _label(value.name),
                "index": _index(value.index),
                "column": column,
            }
        return {"kind": "index", "levels": _index(value)}
    except _NoFormError as error:
        return unsupported(value, str(error))


def _levels(value: Any) -> int:
    return int(getattr(value, "index", value).nlevels)


def _label(label: Any) -> str:
    """A column's name as text; that of a column without one is empty."""
    return "" if label is None else short_text(str(label))


def _index(index: Any) -> list[list[Any]]:
    """The levels of an index: pairs of a name and a column."""
    levels = [index.get_level_values(level) for level in range(index.nlevels)]
    return [[_label(level.name), _column(level.to_series())] for level in levels]


def _column(series: Any) -> Node:
    """A column's kind and its values; null for what is missing."""
    pandas: Any = sys.modules["pandas"]
    types = pandas.api.types
    dtype, missing = series.dtype, series.isna().tolist()
    categories: list[str] | None = None
    if isinstance(dtype, pandas.CategoricalDtype):
        categories = [short_text(str(one)) for one in dtype.categories]
        kind, made = "categories", [str(one) for one in series.tolist()]
    elif types.is_bool_dtype(dtype):
        kind, made = "truth values", series.tolist()
    elif types.is_integer_dtype(dtype):
        kind, made = "whole numbers", series.tolist()
    elif types.is_float_dtype(dtype):
        kind, made = "floats", series.tolist()
    elif types.is_datetime64_any_dtype(dtype):
        kind, made = "times", [one.isoformat() for one in series]
    elif types.is_timedelta64_dtype(dtype):
        kind, made = "durations", series.dt.total_seconds().tolist()
    else:
        kind, made = "texts", series.tolist()
        if not all(gone or isinstance(one, str) for one, gone in zip(made, missing, strict=True)):
            raise _NoFormError(f"a column {_label(series.name)!r} of dtype {dtype}")
    values = [
        None if gone else short_text(one) if isinstance(one, str) else _value(one)
        for one, gone in zip(made, missing, strict=True)
    ]
    node: Node = {"kind": kind, "dtype": short_text(str(dtype))[:100] or "none", "values": values}
    if categories is not None:
        node["categories"] = categories
        node["ordered"] = bool(dtype.ordered)
    return node


def _value(value: Any) -> Any:
    if isinstance(value, float):
        return number(value)
    return values_of([value])[0]
