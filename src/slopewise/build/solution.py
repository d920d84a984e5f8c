"""What an executed solution has to be: without errors, and with an answer to every question."""

from __future__ import annotations

from typing import Any

from slopewise.build.source import one_line, where
from slopewise.errors import BuildError, ObservationError
from slopewise.notebook.cell_kinds import is_check
from slopewise.notebook.course import Lesson
from slopewise.scoring.comparison import takes_zero
from slopewise.scoring.observations import payloads, read_observation, unsupported


def check_solution(lesson: Lesson, solution: Any) -> None:
    """Refuse a solution that raises, writes to stderr, or leaves a question unanswered.

    Raises:
        BuildError: names the cell.
    """
    for place, cell in enumerate(solution.cells):
        if cell.cell_type != "code":
            continue
        here = where(lesson, place)
        for output in cell.outputs:
            if output.output_type == "error":
                error_line = one_line(f"{output.ename}: {output.evalue}")
                raise BuildError(f"{here}: the solution raises {error_line}")
            if output.output_type == "stream" and output.name == "stderr":
                first = output.text.strip().split("\n")[0][:100]
                raise BuildError(f"{here}: the solution writes to stderr: {first!r}")
        if not is_check(cell):
            continue
        found = payloads(cell.outputs)
        if len(found) != 1:
            raise BuildError(f"{here}: makes {len(found)} observations; a check makes exactly one")
        try:
            observation = read_observation(found[0])
        except ObservationError as error:
            raise BuildError(f"{here}: {error}") from None
        for probe in observation.probes:
            for node in unsupported(probe.value):
                raise BuildError(
                    f"{here}: probe {probe.name!r} of the solution returns a {node.type} "
                    f"({node.reason}); return plain data"
                )
            if takes_zero(probe):
                raise BuildError(
                    f"{here}: probe {probe.name!r} takes 0 for what the solution returns, which "
                    "lies within the default tolerance; give an absolute one"
                )
