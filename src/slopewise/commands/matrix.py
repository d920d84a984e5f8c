"""`slopewise matrix`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from slopewise.commands.table import table
from slopewise.course import Course
from slopewise.matrix import run_matrix, write_matrix
from slopewise.matrix.page import describe_miss, summary


def matrix_command(course: Course, names: Sequence[str], output: Path) -> int:
    """Grade the corpus, print and write the matrix; return 1 where an answer was missed."""
    matrix = run_matrix(course, names, progress=lambda line: print(line, file=sys.stderr))
    rows = [
        [
            row.lesson,
            row.exercise,
            f"{row.accepted}/{len(row.of_kind(right=True))}",
            f"{row.caught}/{len(row.of_kind(right=False))}",
            f"{row.named}/{len(row.of_kind(right=False))}",
        ]
        for row in matrix.rows
    ]
    header = ["lesson", "exercise", "right accepted", "wrong caught", "own message"]
    print(table(header, rows, left=(0, 1)))
    for miss in matrix.misses:
        print(f"MISS {describe_miss(miss)}")
    for row in matrix.rows:
        for one in row.of_kind(right=False):
            if one.as_it_should_be and not one.named and one.verdict is not None:
                told = one.verdict.misconception or "the general message"
                print(f"note {row.lesson}, {row.exercise}: {one.answer.name!r} was told {told!r}")
    page, picture = write_matrix(matrix, output)
    print(f"\n{summary(matrix)}.\n{page}  {picture}")
    return 1 if matrix.misses else 0
