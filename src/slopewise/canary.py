"""The canary: a lesson's own solution goes first, the very way that every submission goes.

It is put in order, run in the same box by the same pool, and judged by the same references. Where
it does not get full marks, something other than learners would decide scores: the cause is said in
a line, and nobody is graded.
"""

from __future__ import annotations

import copy
import importlib.util
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from slopewise.execution import File, Job, Outcome, Settings
from slopewise.grading import AnswerKey, Graded, Ordered, graded, in_order, job_for
from slopewise.notebook.cell_kinds import asks, is_check
from slopewise.scoring import State, Verdict
from slopewise.scoring.cell_outputs import exception_line

_NO_MODULE = re.compile(r"No module named '(?P<name>[\w.]+)'")
_REBUILD = "run `slopewise build` on this machine"


class Canary:
    """One lesson's solution on its way.

    Args:
        lesson: its name, for what is said.
        key: what it is graded by.
        settings: how submissions are run.
        files: the lesson's own files beside the notebook.
    """

    def __init__(
        self, lesson: str, key: AnswerKey, settings: Settings, files: Sequence[File] = ()
    ) -> None:
        self.lesson = lesson
        self._key = key
        self._ordered = in_order(key, copy.deepcopy(key.source))
        self.job: Job = job_for(self._ordered.notebook, settings, files)

    def doubt(self, outcome: Outcome) -> str:
        """Say in a line which checks of asserts the solution does not pass; "" where it does.

        They are not ours to judge: the class is graded all the same, as nbgrader would.
        """
        done = self._graded(outcome)
        failed = [
            str(cell.metadata.nbgrader.grade_id)
            for cell in done.notebook.cells
            if is_check(cell)
            and cell.metadata.nbgrader.grade_id in done.record.asserted
            and any(output.output_type == "error" for output in cell.outputs)
        ]
        if not failed:
            return ""
        return f"{self.lesson}: its own solution does not pass {', '.join(failed)}; look at them"

    def trouble(self, outcome: Outcome, place: str = "") -> str:
        """Say in a line what keeps the solution from full marks; "" where nothing does.

        Args:
            outcome: what became of :attr:`job`.
            place: where it was run, if there is more than one place.
        """
        verdicts = self._graded(outcome).verdicts
        missing = _missing_references(self._key)
        if not missing and all(one.points >= one.maximum for one in verdicts):
            return ""
        cause = next(_causes(self._key, outcome, verdicts, missing))
        where = f" on {place}" if place else ""
        points = f"{sum(one.points for one in verdicts):g}"
        maximum = f"{sum(one.maximum for one in verdicts):g}"
        return (
            f"{self.lesson}: its own solution gets {points} of {maximum} here{where}, so nobody is "
            f"graded: {cause}"
        )

    def _graded(self, outcome: Outcome) -> Graded:
        ordered = Ordered(copy.deepcopy(self._ordered.notebook), ())
        return graded(self._key, ordered, outcome)


def _causes(
    key: AnswerKey, outcome: Outcome, verdicts: Sequence[Verdict], missing: Sequence[str]
) -> Iterator[str]:
    """What may be the cause, the most telling first; there is always one."""
    errors = list(_errors(outcome))
    for line in errors:
        if match := _NO_MODULE.search(line):
            yield _where_it_is(match["name"])
    if key.stale:
        yield f"solutions/ was made from another source/ than the one that is there; {_REBUILD}"
    if missing:
        yield f"solutions/ holds no reference for {', '.join(missing)}; {_REBUILD}"
    if outcome.stopped:
        yield f"{outcome.stopped} Look at SlopewiseGrading's limits, and at `slopewise doctor`"
    for line in errors:
        yield f"a cell of the solution raises {line} in the box; see `slopewise doctor`"
    wrong = next(one for one in verdicts if one.points < one.maximum)
    told = next((probe.explanation for probe in wrong.probes if not probe.right), wrong.message)
    if wrong.state in (State.NOT_RUN, State.TAMPERED):
        yield f"the check of {wrong.exercise} was not answered ({wrong.message})"
    yield (
        f"{wrong.exercise} differs from its reference ({told}): another processor or other "
        f"packages made the references; {_REBUILD}"
    )


def _errors(outcome: Outcome) -> Iterator[str]:
    """The exceptions that cells ended with, each in a line."""
    return filter(None, (exception_line(cell.outputs) for cell in outcome.cells))


def _where_it_is(name: str) -> str:
    """Say where a module lies that the box does not show."""
    found: Any = None
    try:
        found = importlib.util.find_spec(name)
    except (ImportError, ValueError, AttributeError):
        found = None
    if found is None:
        return f"the module {name!r} is not installed; install it into the grader's environment"
    places = [found.origin] if found.origin else list(found.submodule_search_locations or ())
    place = Path(places[0]).parent if places else "this environment"
    return (
        f"the module {name!r} lies in {place}, which the box does not show; install it into the "
        "grader's environment"
    )


def _missing_references(key: AnswerKey) -> list[str]:
    """The ids of graded cells with hidden questions that solutions/ does not answer."""
    return [
        cell.metadata.nbgrader.grade_id
        for cell in key.source.cells
        if is_check(cell)
        and asks(cell.source)
        and cell.metadata.nbgrader.grade_id not in key.references
    ]
