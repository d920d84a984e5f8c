"""`slopewise matrix`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from slopewise.commands.table import table
from slopewise.matrix import MutantMatrix, run_matrix, run_mutants, write_matrix
from slopewise.matrix.page import (
    describe_miss,
    describe_stale,
    describe_survivor,
    summarise_mutants,
    summary,
)
from slopewise.notebook.course import Course


def matrix_command(
    course: Course, names: Sequence[str], output: Path, *, mutants: bool = False
) -> int:
    """Grade the corpus, print and write the matrix; return 1 where an answer was missed.

    With `mutants` these are judged as well, and one that survives without an explanation, or an
    explanation of none that does, makes it 1, too.
    """
    second = run_mutants(course, names, progress=_progress) if mutants else None
    matrix = run_matrix(course, names, progress=_progress)
    rows = [
        [
            row.lesson,
            row.exercise,
            f"{row.accepted}/{len(row.of_kind(right=True))}",
            f"{row.caught}/{len(row.of_kind(right=False))}",
            f"{row.named}/{len(row.of_kind(right=False))}",
            row.tutor,
        ]
        for row in matrix.rows
    ]
    header = ["lesson", "exercise", "right accepted", "wrong caught", "own message", "tutor"]
    print(table(header, rows, left=(0, 1)))
    for miss in matrix.misses:
        print(f"MISS {describe_miss(miss)}")
    for row in matrix.rows:
        for one in row.of_kind(right=False):
            if one.as_it_should_be and not one.named and one.verdict is not None:
                told = one.verdict.misconception or "the general message"
                print(f"note {row.lesson}, {row.exercise}: {one.answer.name!r} was told {told!r}")
    if second is not None:
        _print_mutants(second)
    page, picture = write_matrix(matrix, output, second)
    print(f"\n{summary(matrix)}.")
    if second is not None:
        print(f"{summarise_mutants(second)}.")
    print(f"{page}  {picture}")
    failed = second is not None and (second.unexplained or second.stale)
    return 1 if matrix.misses or failed else 0


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _print_mutants(mutants: MutantMatrix) -> None:
    rows = [
        [
            row.lesson,
            row.exercise,
            str(len(row.outcomes)),
            str(row.killed),
            str(row.equivalent),
            str(row.unexplained),
        ]
        for row in mutants.rows
    ]
    header = ["lesson", "exercise", "mutants", "caught", "equivalent", "not explained"]
    print("\n" + table(header, rows, left=(0, 1)))
    for row in mutants.rows:
        for one in row.survivors:
            print(f"{'SURVIVED' if one.unexplained else 'equivalent'} {describe_survivor(one)}")
    for stale in mutants.stale:
        print(f"STALE {describe_stale(stale)}: no such mutant survives; remove the explanation")
