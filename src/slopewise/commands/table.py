"""Tables and counts for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Sequence


def table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    left: Collection[int] = (0,),
    width: int | None = None,
) -> str:
    """Return rows as aligned columns; those whose number is in `left` to the left.

    Where the whole would be wider than `width` characters, the last column is wrapped, if 20 are
    left for it.
    """
    if width is not None:
        rows = _wrapped(header, rows, width)
    lines = [list(header), *[list(row) for row in rows]]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]

    def draw(line: Sequence[str]) -> str:
        cells = [
            cell.ljust(width) if column in left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        return "  ".join(cells).rstrip()

    rule = "  ".join("-" * width for width in widths)
    return "\n".join([draw(lines[0]), rule, *[draw(line) for line in lines[1:]]])


def _wrapped(
    header: Sequence[str], rows: Sequence[Sequence[str]], width: int
) -> list[Sequence[str]]:
    """The rows, those with a long last cell split into several."""
    before = [max(len(row[at]) for row in [header, *rows]) for at in range(len(header) - 1)]
    room = max(20, width - sum(before) - 2 * len(before))
    split: list[Sequence[str]] = []
    for row in rows:
        first, *more = textwrap.wrap(row[-1], room) or [""]
        split.append([*row[:-1], first])
        split += [[*("" for _ in before), line] for line in more]
    return split


def counted(number: int, word: str) -> str:
    """Return a number with its word, such as `1 lesson` or `5 lessons`."""
    return f"{number} {word}{'' if number == 1 else 's'}"
