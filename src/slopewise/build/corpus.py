"""Run the known answers once, and keep what each of them observes."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slopewise.errors import BuildError
from slopewise.notebook.course import Lesson
from slopewise.scoring.known_answers import in_packs, put_into, read_answers, write_known_answers
from slopewise.scoring.observations import payloads


def observe_answers(lesson: Lesson, source: Any) -> bytes | None:
    """Return the content of the lesson's generated answers file; None where it has no corpus.

    Args:
        lesson: whose answers.
        source: the instructor's notebook, as the build has just made it.

    Raises:
        BuildError: a wrong answer makes no observation, so that it could never be recognised.
    """
    answers = [answer for answer in read_answers(lesson) if not answer.right]
    if not answers:
        return None
    packs = in_packs(answers)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = list(pool.map(lambda pack: _outputs(put_into(source, pack)), packs))
    observed = {}
    for pack, outputs in zip(packs, runs, strict=True):
        for answer in pack:
            found = payloads(outputs.get(f"{answer.exercise}-check", ()))
            if len(found) != 1:
                raise BuildError(
                    f"answers/{lesson.name}.py: the {answer.kind} answer {answer.name!r} to "
                    f"{answer.exercise} makes {len(found)} observations; does it end the kernel, "
                    "or run without end?"
                )
            observed[answer] = found[0]
    return write_known_answers([(answer, observed[answer]) for answer in answers])


def _outputs(notebook: Any) -> dict[str, Any]:
    """Run a notebook with answers in it. Cells that draw are left out: they decide nothing."""
    from slopewise.execution.cells import run_cells

    notebook.cells = [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code"
        and ("figures." not in cell.source or "nbgrader" in cell.metadata)
    ]
    return run_cells(notebook, boxed=False)[0]
