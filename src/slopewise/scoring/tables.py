"""Say in words how a table differs from the one that is asked.

Words name columns, rows, kinds and what the learner has, never what is expected. The order of a
table's columns does not count; the order of its rows does, and so does its index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from slopewise.scoring.clauses import Clause, Says, number_clause
from slopewise.scoring.nodes import Column, IndexNode, SeriesNode, TableNode
from slopewise.scoring.observations import Tolerance

TABLES = (SeriesNode, TableNode, IndexNode)
_NUMBERS = ("floats", "whole numbers", "durations")

Named = tuple[str, Column]


def table_difference(
    observed: SeriesNode | TableNode | IndexNode,
    reference: SeriesNode | TableNode | IndexNode,
    tolerance: Tolerance,
) -> Clause | None:
    """Return None where two tables, columns or indexes count as equal, else one clause.

    Missing values equal each other, however they are written; numbers are compared as
    `number_clause` does, a column's by its own largest.
    """
    if isinstance(observed, IndexNode) and isinstance(reference, IndexNode):
        return _difference_levels(observed.levels, reference.levels, tolerance, "the index")
    if isinstance(observed, SeriesNode) and isinstance(reference, SeriesNode):
        return _difference_rows(
            len(observed.column.values), len(reference.column.values)
        ) or _difference_series(observed, reference, tolerance)
    if isinstance(observed, TableNode) and isinstance(reference, TableNode):
        return _difference_tables(observed, reference, tolerance)
    names = {SeriesNode: "a Series", TableNode: "a DataFrame", IndexNode: "an Index"}
    return Clause(f"it returned {names[type(observed)]} where {names[type(reference)]} is asked")


def _difference_rows(found: int, wanted: int) -> Clause | None:
    if found == wanted:
        return None
    return Clause(f"it has {found} rows where {wanted} are asked", Says.LESS)


def _difference_series(
    observed: SeriesNode, reference: SeriesNode, tolerance: Tolerance
) -> Clause | None:
    if observed.name != reference.name:
        return Clause(f"the name of the Series is {observed.name!r}, which is not the answer")
    return _difference_columns(
        observed.column, reference.column, tolerance, "the Series"
    ) or _difference_levels(observed.index, reference.index, tolerance, "the index")


def _difference_tables(
    observed: TableNode, reference: TableNode, tolerance: Tolerance
) -> Clause | None:
    found = [name for name, _ in observed.columns]
    wanted = [name for name, _ in reference.columns]
    for name in wanted:
        if found.count(name) < wanted.count(name):
            return Clause(f"column `{name}` is missing")
    for name in found:
        if found.count(name) > wanted.count(name):
            return Clause(f"column `{name}` is one too many")
    if reference.index:
        clause = _difference_rows(_length(observed), _length(reference))
        if clause is not None:
            return clause
    left = list(observed.columns)
    for name, column in reference.columns:
        place = next(at for at, (other, _) in enumerate(left) if other == name)
        clause = _difference_columns(left.pop(place)[1], column, tolerance, f"column `{name}`")
        if clause is not None:
            return clause
    return _difference_levels(observed.index, reference.index, tolerance, "the index")


def _length(table: TableNode) -> int:
    return len(table.index[0][1].values) if table.index else 0


def _difference_levels(
    observed: Sequence[Named], reference: Sequence[Named], tolerance: Tolerance, subject: str
) -> Clause | None:
    if len(observed) != len(reference):
        text = f"{subject} has {len(observed)} levels where {len(reference)} are asked"
        return Clause(text, Says.LESS)
    for (found_name, found), (name, wanted) in zip(observed, reference, strict=True):
        if found_name != name:
            return Clause(f"the name of {subject} is {found_name!r}, which is not the answer")
        if len(found.values) != len(wanted.values):
            held, asked = len(found.values), len(wanted.values)
            return Clause(f"{subject} has {held} entries where {asked} are asked", Says.LESS)
        clause = _difference_columns(found, wanted, tolerance, subject)
        if clause is not None:
            return clause
    return None


def _difference_columns(
    observed: Column, reference: Column, tolerance: Tolerance, subject: str
) -> Clause | None:
    if observed.kind != reference.kind:
        return Clause(f"{subject} holds {observed.kind} where {reference.kind} are asked")
    for row, (one, other) in enumerate(zip(observed.values, reference.values, strict=True)):
        if (one is None) != (other is None):
            what = "is missing a value" if one is None else "has a value where none is asked"
            return Clause(f"row {row} (counted from 0) of {subject} {what}")
    if reference.kind in _NUMBERS:
        pairs = [
            (float(one), float(other))
            for one, other in zip(observed.values, reference.values, strict=True)
            if one is not None and other is not None
        ]
        found, wanted = [one for one, _ in pairs], [other for _, other in pairs]
        clause = number_clause(found, wanted, tolerance, f"the values of {subject}")
        # That it is this column says more than that some numbers are wrong.
        if clause is not None and clause.tells_little:
            says = Says.WHERE if clause.says is Says.WRONG else Says.HOW
            return replace(clause, says=says)
        return clause
    for row, (one, other) in enumerate(zip(observed.values, reference.values, strict=True)):
        if one != other:
            text = f"row {row} (counted from 0) of {subject} is {one!r}, which is not the answer"
            return Clause(text)
    if observed.categories is not None and reference.categories is not None:
        if sorted(observed.categories) != sorted(reference.categories):
            return Clause(f"the categories of {subject} are not the ones that are asked")
        if observed.ordered != reference.ordered or (
            reference.ordered and observed.categories != reference.categories
        ):
            return Clause(f"the order of the categories of {subject} differs", Says.WHERE)
    return None
