"""The one assembly of grading: lesson + submitted notebook + runner → graded notebook.

`nbgrader autograde`, `slopewise check`, `slopewise matrix`, mutants, JupyterLab's button and the
canary all grade by what is here, with the limits of the course's settings:

1. :func:`in_order`: what will be run, from a notebook that nobody trusts;
2. :func:`job_for`: what running it takes, as plain data;
3. the runner: any function from a :class:`Job` to an :class:`Outcome`, near or far;
4. :func:`graded`: what the cells did, judged by the references, written into the notebook.

:func:`grade` is the four in a row.
"""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat

from slopewise.errors import CourseError
from slopewise.execution import File, Job, Outcome, Settings
from slopewise.figures import ready
from slopewise.notebook.cell_kinds import GRADED, CellKind, asks, cell_kind
from slopewise.notebook.definitions import is_unwritten
from slopewise.notebook.findings import NOTHING_TO_RUN, Finding, Kind
from slopewise.notebook.hidden_checks import runnable_sources
from slopewise.notebook.restoring import blank_notebook, put_in_order
from slopewise.scoring import KnownAnswer, State, Verdict, judge
from slopewise.scoring.altered import Altered, AlteredAnswers, altered_path, read_altered
from slopewise.scoring.cell_outputs import (
    cleaned,
    named_pictures,
    with_verdict,
    with_what_stopped,
)
from slopewise.scoring.explaining import explained
from slopewise.scoring.judge import not_attempted
from slopewise.scoring.known_answers import read_known_answers
from slopewise.scoring.observations import Observation, payloads, reference_outputs
from slopewise.scoring.record import Record, write_record

Runner = Callable[[Job], Outcome]

_WRITTEN = (Kind.ANSWER_ELSEWHERE, Kind.NOT_COMPILED)
"""Of what is found out about an exercise: something of it was written, here or there."""


@dataclass(frozen=True)
class AnswerKey:
    """What a lesson's notebook is graded by.

    Attributes:
        source: the instructor's notebook; not to be changed.
        references: what the solution observes, by the id of the check cell.
        known_answers: known wrong answers, by exercise.
        stale: whether the solution was made from another instructor's notebook.
        altered: what the solution with one thing changed says, by exercise.
        pictures: the solution's own, by name and in base64.
    """

    source: Any
    references: Mapping[str, Observation]
    known_answers: Mapping[str, Sequence[KnownAnswer]]
    stale: bool = False
    altered: Mapping[str, AlteredAnswers] = field(default_factory=dict)
    pictures: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Ordered:
    """A submitted notebook, put in order before anything of it runs.

    Attributes:
        notebook: what will be run and graded.
        findings: what had to be put right.
    """

    notebook: Any
    findings: tuple[Finding, ...]

    @property
    def nothing_to_run(self) -> str:
        """Why there is nothing of a learner's to run; "" where there is."""
        return next((one.text for one in self.findings if one.kind in NOTHING_TO_RUN), "")


@dataclass(frozen=True)
class Graded:
    """A graded notebook.

    Attributes:
        notebook: with the cells' outputs, the verdicts and the record in it.
        record: what was found out about it.
        stopped: why not all cells were run; "" where they were.
    """

    notebook: Any
    record: Record
    stopped: str

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """One for each check, in the order of the notebook."""
        return self.record.verdicts or ()


def read_key(source: Path, solution: Path, known_answers: Path) -> AnswerKey:
    """Read what a lesson's notebook is graded by; each file once, until it changes.

    Args:
        source: the instructor's notebook.
        solution: the executed solution, whose observations are the references; not asked for where
            no check asks anything.
        known_answers: the generated file of known answers; there need be none. What altered
            solutions say lies beside it, if anywhere.

    Raises:
        CourseError: a file is missing or damaged; names it.
    """
    own = read_own(source)
    if not _asks(own):
        return AnswerKey(own, {}, {})  # of another course's tools: there is nothing to compare
    known = known_answers.is_file()
    altered = altered_path(known_answers)
    return AnswerKey(
        own,
        _references(solution, _date(solution)),
        _known(known_answers, _date(known_answers)) if known else {},
        [cell.source for cell in own.cells] != [cell.source for cell in read_own(solution).cells],
        _altered(altered, _date(altered)) if altered.is_file() else {},
        _pictures(solution, _date(solution)),
    )


def _asks(source: Any) -> bool:
    """Whether any check of an instructor's notebook asks hidden questions."""
    return any(cell_kind(cell) is CellKind.CHECK and asks(cell.source) for cell in source.cells)


def read_own(path: Path) -> Any:
    """Return one of the course's own notebooks, which is not to be changed.

    Raises:
        CourseError: it is missing or damaged.
    """
    return _notebook(path, _date(path))


def in_order(key: AnswerKey, submitted: Any, findings: Iterable[Finding] = ()) -> Ordered:
    """Return what will be run of a notebook's JSON, as `read_notebook` returns it."""
    notebook, found = put_in_order(submitted, key.source)
    return Ordered(notebook, (*found, *findings))


def without_answers(
    key: AnswerKey,
    reason: str,
    findings: Iterable[Finding] = (),
    kind: Kind = Kind.UNREADABLE,
) -> Ordered:
    """Return the notebook that stands for a submission in which there is nothing to run.

    Args:
        key: what it would have been graded by.
        reason: why, for the instructor and the learner.
        findings: what else was out of order.
        kind: one of `NOTHING_TO_RUN`.
    """
    finding = Finding(kind, "", reason)
    return Ordered(blank_notebook(key.source), (finding, *findings))


def job_for(
    notebook: Any,
    settings: Settings,
    files: Sequence[File] = (),
    pictures: tuple[tuple[str, str], ...] = (),
) -> Job:
    """Return what running a notebook takes; the same for the same notebook and settings.

    Args:
        notebook: what will be run, in order.
        settings: how.
        files: what stands beside it.
        pictures: an answer key's; they save time where figures are drawn.
    """
    return Job(
        cells=runnable_sources(notebook),
        files=tuple(sorted(files, key=lambda file: file.name)),
        limits=settings.limits,
        cell_seconds=settings.cell_seconds,
        notebook_seconds=settings.notebook_seconds,
        unboxed=settings.unboxed,
        pictures=settings.pictures,
        ready=_sealed(pictures) if settings.pictures else (),
        hidden=settings.hidden,
        modules=settings.modules,
    )


def graded(key: AnswerKey, ordered: Ordered, outcome: Outcome | None) -> Graded:
    """Judge a notebook that has been run, and write what was found out into it.

    Args:
        key: what it is graded by.
        ordered: what was run; its notebook is filled in.
        outcome: what the cells did; None where there was nothing to run.
    """
    notebook = ordered.notebook
    if outcome is not None:
        for cell, done in zip(_code_cells(notebook), outcome.cells, strict=True):
            cell.execution_count = done.count
            cell.outputs = cleaned(nbformat.from_dict(output) for output in done.outputs)
    else:
        for cell in _code_cells(notebook):
            cell.outputs = []
    verdicts, findings = [], list(ordered.findings)
    by_hand, asserted = [], []
    unfinished = _unfinished(notebook, outcome)
    for cell in notebook.cells:
        kind = cell_kind(cell)
        if kind not in GRADED:
            continue
        grader = cell.metadata.nbgrader
        if kind is not CellKind.CHECK:
            by_hand.append(str(grader["grade_id"]))
            continue
        if grader["grade_id"] not in key.references:
            asserted.append(str(grader["grade_id"]))
            if unfinished.get(cell.id):
                cell.outputs = with_what_stopped(cell.outputs, unfinished[cell.id])
            continue
        verdict = _verdict(key, cell, grader, ordered)
        if verdict.state is State.TAMPERED:
            findings.append(Finding(Kind.ANSWER, grader["grade_id"], verdict.message))
        verdicts.append(verdict)
        cell.outputs = with_verdict(cell.outputs, verdict, cell.execution_count)
    record = Record(tuple(verdicts), tuple(findings), tuple(by_hand), tuple(asserted))
    write_record(notebook, record)
    return Graded(notebook, record, outcome.stopped if outcome is not None else "")


def grade(
    key: AnswerKey,
    submitted: Any,
    run: Runner,
    settings: Settings,
    files: Sequence[File] = (),
    findings: Iterable[Finding] = (),
) -> Graded:
    """Grade a notebook's JSON: put it in order, run it, judge it.

    Args:
        key: what it is graded by.
        submitted: as `read_notebook` returns it.
        run: runs it.
        settings: how.
        files: what stands beside it.
        findings: what was out of order there.

    Raises:
        KernelError: as the runner does.
    """
    ordered = in_order(key, submitted, findings)
    if ordered.nothing_to_run:
        return graded(key, ordered, None)
    return graded(key, ordered, run(job_for(ordered.notebook, settings, files, key.pictures)))


def _verdict(key: AnswerKey, cell: Any, grader: Any, ordered: Ordered) -> Verdict:
    name = grader["grade_id"].removesuffix("-check")
    maximum = float(grader["points"])
    if ordered.nothing_to_run:
        return Verdict(name, State.NOT_RUN, 0.0, maximum, ordered.nothing_to_run)
    found = judge(
        name,
        payloads(cell.outputs),
        key.references[grader["grade_id"]],
        maximum,
        key.known_answers.get(name, ()),
        key.altered.get(name, {}),
    )
    if found.points == 0 and found.state in (State.WRONG, State.RAISED):
        found = _with_the_cell_in_mind(found, ordered)
    return explained(found, ordered.findings)


def _with_the_cell_in_mind(found: Verdict, ordered: Ordered) -> Verdict:
    """Tell apart what is wrong and what nobody has written: no question can.

    A class that is not there, a number that is None and a stub that is awaited raise, or return,
    what many a wrong answer does.
    """
    name = found.exercise
    if any(one.cell == name and one.kind in _WRITTEN for one in ordered.findings):
        return found
    cell = next((cell for cell in ordered.notebook.cells if cell.id == name), None)
    if cell is not None:
        return not_attempted(found) if is_unwritten(cell.source, name) else found
    gone = f"it raised NameError: name {name!r} is not defined"
    if not all(probe.explanation == gone for probe in found.probes):
        return found
    text = f"The cell of this exercise is gone, and no other cell defines `{name}`."
    return replace(found, message=text, misconception="")


def _unfinished(notebook: Any, outcome: Outcome | None) -> dict[str, str]:
    """Why code cells did not come to their end, by their ids."""
    cells = _code_cells(notebook)
    if outcome is None:
        return {cell.id: "there was nothing to run" for cell in cells}
    if not outcome.stopped:
        return {}
    ran = [place for place, done in enumerate(outcome.cells) if done.count is not None]
    # What was running when it stopped is the last that began.
    return {cell.id: outcome.stopped for cell in cells[max(ran, default=0) :]}


def _code_cells(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _date(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        place = "/".join(path.parts[-3:])
        raise CourseError(f"{place}: is missing; run `slopewise build`") from None


@lru_cache(maxsize=32)
def _notebook(path: Path, modified: int) -> Any:
    try:
        # Not nbformat.read, which validates: the build did, when it wrote the file.
        return nbformat.v4.reads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, AttributeError, KeyError) as error:
        place = "/".join(path.parts[-3:])
        text = " ".join(str(error).split())[:200]
        raise CourseError(f"{place}: is damaged ({text}); run `slopewise build`") from None


@lru_cache(maxsize=32)
def _references(path: Path, modified: int) -> dict[str, Observation]:
    return reference_outputs(_notebook(path, modified))


@lru_cache(maxsize=32)
def _pictures(path: Path, modified: int) -> tuple[tuple[str, str], ...]:
    return tuple(named_pictures(_notebook(path, modified).cells).items())


@lru_cache(maxsize=32)
def _sealed(pictures: tuple[tuple[str, str], ...]) -> tuple[tuple[bytes, bytes], ...]:
    """Pictures as a notebook is given them, see `figures.ready`; made once for a class."""
    found = []
    for name, encoded in pictures:
        with contextlib.suppress(ValueError):  # what is damaged is drawn again
            found.append(
                ready.seal(name, base64.b64decode("".join(encoded.split()), validate=True))
            )
    return tuple(found)


@lru_cache(maxsize=32)
def _known(path: Path, modified: int) -> dict[str, tuple[KnownAnswer, ...]]:
    return read_known_answers(path)


@lru_cache(maxsize=32)
def _altered(path: Path, modified: int) -> dict[str, dict[str, Altered]]:
    return read_altered(path)
