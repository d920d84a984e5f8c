"""What Validate finds: the notebook run once more from the start, and what its visible checks say.

nbgrader's own Validate runs the notebook inside the server, shows tracebacks, and says "Success"
where grading may still find mistakes. Here the words are the tutor's own.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbgrader import utils

from slopewise.checking import LINGER_SECONDS, is_own_work
from slopewise.errors import SubmissionError
from slopewise.execution import File, Job, Settings
from slopewise.execution.cells import OwnRunner
from slopewise.execution.job import CellOutcome
from slopewise.grading import job_for
from slopewise.lab.answer import (
    Answer,
    Exercise,
    Told,
    headline_of_visible_checks,
    plain_message,
)
from slopewise.notebook.cell_kinds import is_check
from slopewise.notebook.files import LEFT_BEHIND
from slopewise.notebook.reading import read_notebook
from slopewise.notebook.submitted_files import collect
from slopewise.probe.cells import PASSED
from slopewise.probe.keys import SUFFIX
from slopewise.probe.tutor_file import read_tutor_file

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_FILE = re.compile(r"<[^<>]*>, (?=line \d)")  # IPython's name for a cell
# The warm process knew no shell when it imported us, so a notebook's own import tells nobody.
_SPEAK_PLAINLY = "from slopewise.probe.messages import install\ninstall()\ndel install"


def validate(path: Path, settings: Settings) -> Answer:
    """Run the learner's notebook as grading does, and say what its visible checks say.

    Raises:
        SubmissionError: it cannot be read.
        KernelError: it cannot be run.
    """
    notebook = _read(path)
    checks = [(index, cell) for index, cell in enumerate(notebook.cells) if is_check(cell)]
    missing = _without_check(path, {_exercise(cell) for _, cell in checks})
    if not checks:
        return Answer(headline_of_visible_checks(()), ())
    if hasattr(os, "fork"):
        from slopewise.sandbox import IDLE_SECONDS
        from slopewise.sandbox.client import linger

        linger(IDLE_SECONDS, LINGER_SECONDS, settings.modules)
    files = collect(path.parent, LEFT_BEHIND, libraries=settings.modules.libraries)
    runner = OwnRunner(is_own_work(path, settings))
    outcome = runner(_job(notebook, settings, files.files))
    places = [index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    did = dict(zip(places, outcome.cells[1:], strict=True))
    own = {
        _grade_id(cell): (index, cell)
        for index, cell in enumerate(notebook.cells)
        if cell.cell_type == "code" and not is_check(cell)
    }
    exercises = []
    for index, cell in checks:
        name = _exercise(cell)
        place, answer = own.get(name, (None, None))
        source = answer.source if answer is not None else ""
        ran = did[place] if place is not None else None
        exercises.append(_told(name, source, ran, did[index]))
    exercises += [
        Exercise(name, Told.NOT_RUN, "Its check is gone: begin again from the released notebook.")
        for name in missing
    ]
    notes = [outcome.stopped] if outcome.stopped else []
    if runner.unboxed:
        notes.append(f"It was run without a box, as your own work: {runner.unboxed}.")
    notes += [
        f"The check of `{_exercise(cell)}` was changed; grading uses the course's own."
        for _, cell in checks
        if _is_changed(cell)
    ]
    return Answer(headline_of_visible_checks(exercises), tuple(exercises), tuple(notes))


def _read(path: Path) -> Any:
    data = read_notebook(path)
    try:
        notebook = nbformat.v4.reads(json.dumps(data))
        if all(isinstance(cell.source, str) for cell in notebook.cells):
            return notebook
    except (ValueError, AttributeError, KeyError, TypeError):
        pass
    raise SubmissionError(f"{path.name}: is damaged; begin again from the released notebook")


def _job(notebook: Any, settings: Settings, files: Sequence[File]) -> Job:
    job = job_for(notebook, settings, files)
    return replace(job, cells=(_SPEAK_PLAINLY, *job.cells))


def _grade_id(cell: Any) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def _exercise(check: Any) -> str:
    return _grade_id(check).removesuffix("-check")


def _is_changed(cell: Any) -> bool:
    told = cell.metadata.get("nbgrader", {}).get("checksum")
    return bool(utils.is_locked(cell) and told and told != utils.compute_checksum(cell))


def _without_check(path: Path, there: set[str]) -> list[str]:
    """The exercises that the file beside the lesson names, and whose checks are gone."""
    for beside in sorted(path.parent.glob(f"*{SUFFIX}")):
        try:
            file = read_tutor_file(beside)
        except (OSError, ValueError):
            continue
        if there & set(file.exercises):
            return [name for name in file.exercises if name not in there]
    return []


def _told(name: str, source: str, ran: CellOutcome | None, check: CellOutcome) -> Exercise:
    """Say of one exercise what its own cell and its check did."""
    if check.count is None:
        return Exercise(name, Told.NOT_RUN, "Its check did not run.")
    before = _error(ran) if ran is not None else None
    error = _error(check)
    if error is None:
        return Exercise(name, Told.PASSED, _said(check, name))
    if before is not None and before["ename"] == "NotImplementedError":
        return Exercise(name, Told.NOT_BEGUN, plain_message(_shown(before), name))
    message = plain_message(_shown(error), name)
    if error["ename"] == "NotImplementedError":
        told = Told.NOT_BEGUN if "raise NotImplementedError" in source else Told.WAITING
        return Exercise(name, told, message)
    if before is not None and before["ename"] in ("SyntaxError", "IndentationError", "TabError"):
        message = f"Its cell does not compile: {_FILE.sub('', str(before['evalue']))}."
    elif before is not None:
        message = f"Its cell stops with {' '.join(_shown(before))}\n{message}"
    return Exercise(name, Told.WRONG, message)


def _error(did: CellOutcome) -> dict[str, Any] | None:
    errors = (output for output in did.outputs if output["output_type"] == "error")
    return next(errors, None)


def _shown(error: dict[str, Any]) -> list[str]:
    """What the notebook itself shows, where that is words; else the error without the way to it."""
    lines = [line for line in _COLOUR.sub("", "\n".join(error["traceback"])).splitlines() if line]
    if lines and lines[0].startswith(("✗", "…")):
        return lines
    said = str(error["evalue"]).strip()
    if error["ename"] == "AssertionError" and said:
        return said.splitlines()
    return [f"{error['ename']}: {said}" if said else str(error["ename"])]


def _said(check: CellOutcome, name: str) -> str:
    """What a check says beyond that it passed, such as that only grading tells a letter's worth."""
    text = "".join(str(output.get("text", "")) for output in check.outputs)
    said = text.rpartition(f"{PASSED}: ")[2].strip() if PASSED in text else ""
    return "" if said == name else said
