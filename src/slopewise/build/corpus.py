"""Run the known answers once, and keep what each of them observes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slopewise.answers import in_packs, put_into, read_answers, write_known_answers
from slopewise.course import Lesson
from slopewise.errors import BuildError
from slopewise.observations import payloads


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
        runs = list(pool.map(lambda pack: run_cells(put_into(source, pack)), packs))
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


def run_cells(notebook: Any) -> dict[str, Sequence[dict[str, Any]]]:
    """Run a notebook of the authors' own and return the outputs of its code cells by cell id.

    Warm kernels where this machine can fork them, without a box: nobody else's code is run.
    Cells that draw are left out; a picture decides nothing, and takes most of the time.
    """
    from slopewise.execution.job import Job
    from slopewise.execution.running import run

    notebook.cells = [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code"
        and ("figures." not in cell.source or "nbgrader" in cell.metadata)
    ]
    cells = notebook.cells
    if not hasattr(os, "fork"):
        return _run_cold(notebook)
    outcome = run(Job(cells=tuple(cell.source for cell in cells), unboxed=True))
    return {cell.id: done.outputs for cell, done in zip(cells, outcome.cells, strict=True)}


def _run_cold(notebook: Any) -> dict[str, Sequence[dict[str, Any]]]:
    from nbclient import NotebookClient

    NotebookClient(notebook, allow_errors=True, timeout=120, kernel_name="python3").execute()
    return {cell.id: cell.outputs for cell in notebook.cells}
