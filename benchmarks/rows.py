"""What the benchmark found, as tables."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.measure import Measured
from slopewise.commands.table import table


@dataclass(frozen=True)
class Row:
    """One size of class.

    Attributes:
        submissions: how many notebooks were graded.
        stock: what stock nbgrader took; None where it was not run.
        words: what Slopewise took with pictures told in words.
        drawn: what Slopewise took with pictures drawn.
        floor_words: CPU seconds of the learners' own code, pictures told in words.
        floor_drawn: CPU seconds of the learners' own code, pictures drawn.
        frozen_words: as floor_words, in a process whose imports are not collected; see `floor`.
        frozen_drawn: as floor_drawn, in such a process.
        stages: the grading process's own CPU seconds by stage, of the run in words.
    """

    submissions: int
    stock: Measured | None
    words: Measured
    drawn: Measured
    floor_words: float
    floor_drawn: float
    frozen_words: float
    frozen_drawn: float
    stages: dict[str, float]

    @property
    def graders(self) -> list[tuple[str, Measured, float, float]]:
        """Each grader's name, what it took, its floor and its frozen floor in CPU seconds."""
        drawn = (self.floor_drawn, self.frozen_drawn)
        ours = [
            ("Slopewise", self.words, self.floor_words, self.frozen_words),
            ("Slopewise, pictures drawn", self.drawn, *drawn),
        ]
        return [("stock", self.stock, *drawn), *ours] if self.stock else ours


def describe(rows: list[Row]) -> str:
    """Return what each grader took, as a table."""
    header = [
        *("submissions", "grader", "notebooks a minute", "throughput", "CPU s a notebook"),
        *("floor", "CPU / floor", "frozen floor", "peak memory MB"),
    ]
    lines = []
    for row in rows:
        for name, found, floor, frozen in row.graders:
            ratio = f"{row.stock.wall / found.wall:.1f} x" if row.stock else ""
            lines.append(
                [
                    str(row.submissions),
                    name,
                    f"{60 * row.submissions / found.wall:.1f}",
                    ratio,
                    f"{found.cpu / row.submissions:.2f}",
                    f"{floor / row.submissions:.2f}",
                    f"{found.cpu / floor:.2f}",
                    f"{frozen / row.submissions:.2f}",
                    f"{found.memory / 1e6:.0f}",
                ]
            )
    return table(header, lines, left=(1,))


def describe_stages(rows: list[Row]) -> str:
    """Return where Slopewise's CPU time goes, as a table of seconds a notebook."""
    header = [
        *("submissions", "start", "sanitise", "messages", "verdict", "record"),
        *("warm process and kernels", "floor"),
    ]
    lines = []
    for row in rows:
        others = row.words.cpu - sum(row.stages.values())
        seconds = [*row.stages.values(), others, row.floor_words]
        lines.append([str(row.submissions), *(f"{one / row.submissions:.3f}" for one in seconds)])
    return "CPU seconds a notebook, pictures in words:\n" + table(header, lines)
