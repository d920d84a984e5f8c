"""Decide what one check cell is worth, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import msgspec

from slopewise.errors import ObservationError
from slopewise.probe.letters import letter_of
from slopewise.probe.wording import without_names
from slopewise.scoring.altered import AlteredAnswers
from slopewise.scoring.clauses import Clause
from slopewise.scoring.comparison import difference
from slopewise.scoring.nodes import (
    InterruptedNode,
    ListNode,
    Node,
    NoneNode,
    RaisedNode,
    TextNode,
    TupleNode,
    UnsupportedNode,
)
from slopewise.scoring.observations import Observation, Tolerance, read_observation
from slopewise.scoring.unknown_answers import message_to

_NOT_ASKED = "it was not asked: one before it did not finish in time"


class State(StrEnum):
    """What kind of answer a verdict is about; each asks for another sentence to its author."""

    RIGHT = "right"
    PARTLY_RIGHT = "partly right"
    WRONG = "wrong"
    NOT_ATTEMPTED = "not attempted"
    RAISED = "raised"
    NOT_RUN = "not run"
    TAMPERED = "tampered"


@dataclass(frozen=True)
class KnownAnswer:
    """An answer of the corpus and what it observes.

    Attributes:
        name: the misconception, as the report names it.
        message: what its author would like to be told.
        observation: what the check cell observes of it.
    """

    name: str
    message: str
    observation: Observation


@dataclass(frozen=True)
class ProbeVerdict:
    """One question: its name, whether it was answered right, and else how the answer differs.

    `weight` says how many ordinary questions it counts for.
    """

    name: str
    right: bool
    explanation: str = ""
    weight: int = 1


@dataclass(frozen=True)
class Verdict:
    """What one exercise earned.

    Attributes:
        exercise: the exercise's name.
        state: what kind of answer it is.
        points: earned, between 0 and `maximum`.
        maximum: the points the exercise is worth.
        message: the first thing its author should read.
        probes: every question in turn; empty where none was answered.
        misconception: name of the known wrong answer that observes the same, or "".
    """

    exercise: str
    state: State
    points: float
    maximum: float
    message: str
    probes: tuple[ProbeVerdict, ...] = ()
    misconception: str = ""


def judge(
    exercise: str,
    payloads: Sequence[Any],
    reference: Observation,
    maximum: float,
    known: Sequence[KnownAnswer] = (),
    altered: AlteredAnswers = MappingProxyType({}),
) -> Verdict:
    """Compare the payloads of a check cell's outputs with the reference.

    Args:
        exercise: the exercise's name, for the verdict.
        payloads: every observation among the cell's outputs, unread and untrusted.
        reference: what the solution observed; its tolerances and weights are the ones that count.
        maximum: points for answering every probe right; each is worth a share by its weight.
        known: known wrong answers, the most telling first.
        altered: what the solution with one thing changed says, for an answer that none of these is.

    Never raises on account of what the learner sent.
    """

    def nothing(state: State, message: str) -> Verdict:
        return Verdict(exercise, state, 0.0, maximum, message)

    if not payloads or (len(payloads) == 1 and _asked_nothing(payloads[0])):
        return nothing(
            State.NOT_RUN,
            "The check did not get to ask its questions: the kernel had stopped, the time was up, "
            "the cell was not run, or a cell before it has broken what it asks with.",
        )
    if len(payloads) > 1:
        return nothing(
            State.TAMPERED,
            f"The check answered {len(payloads)} times where it asks once. "
            "Nothing of it is counted; your instructor is told.",
        )
    try:
        observation = read_observation(payloads[0])
    except ObservationError as error:
        return nothing(State.TAMPERED, f"What the check wrote down cannot be read: {error}.")
    if [probe.name for probe in observation.probes] != [probe.name for probe in reference.probes]:
        if _cut_short(observation, reference):
            observation = _completed(observation, reference)
        else:
            return nothing(
                State.TAMPERED,
                "The check answered other questions than the ones it asks. "
                "Nothing of it is counted; your instructor is told.",
            )
    return _judge_probes(exercise, observation, reference, maximum, known, altered)


def _asked_nothing(payload: Any) -> bool:
    """Whether not even the first question came to its end, as where a library was broken."""
    return isinstance(payload, dict) and payload.get("probes") == []


def _cut_short(observation: Observation, reference: Observation) -> bool:
    """Whether this is what an interrupt leaves: the first probes in order, the last cut off."""
    names = [probe.name for probe in observation.probes]
    return (
        bool(names)
        and names == [probe.name for probe in reference.probes][: len(names)]
        and isinstance(observation.probes[-1].value, InterruptedNode)
    )


def _completed(observation: Observation, reference: Observation) -> Observation:
    rest = reference.probes[len(observation.probes) :]
    silent = tuple(type(probe)(probe.name, InterruptedNode()) for probe in rest)
    return Observation(observation.version, observation.probes + silent)


def _judge_probes(
    exercise: str,
    observation: Observation,
    reference: Observation,
    maximum: float,
    known: Sequence[KnownAnswer],
    altered: AlteredAnswers,
) -> Verdict:
    observation = _in_small_letters(observation, reference)
    clauses = [
        difference(answer.value, wanted.value, wanted.tolerance)
        for answer, wanted in zip(observation.probes, reference.probes, strict=True)
    ]
    silent = [
        at
        for at, probe in enumerate(observation.probes)
        if isinstance(probe.value, InterruptedNode)
    ]
    for at in silent[1:]:  # one was cut off, and nobody knows what those behind it would have said
        clauses[at] = Clause(_NOT_ASKED)
    probes = [
        ProbeVerdict(wanted.name, clause is None, str(clause or ""), wanted.weight)
        for wanted, clause in zip(reference.probes, clauses, strict=True)
    ]
    n_right = sum(probe.right for probe in probes)
    if n_right == len(probes):
        return Verdict(
            exercise, State.RIGHT, maximum, maximum, "Every question answered right.", tuple(probes)
        )
    if _not_attempted(observation):
        found = Verdict(exercise, State.WRONG, 0.0, maximum, "", tuple(probes))
        return not_attempted(found)
    weight = sum(probe.weight for probe in probes)
    earned = sum(probe.weight for probe in probes if probe.right)
    points = min(round(maximum * earned / weight, 2), maximum)
    raised = all(isinstance(probe.value, RaisedNode) for probe in observation.probes)
    state = State.RAISED if raised else State.PARTLY_RIGHT if n_right else State.WRONG
    wrong = _recognised(observation, reference, known)
    if wrong is not None:
        return Verdict(exercise, state, points, maximum, wrong.message, tuple(probes), wrong.name)
    unknown = message_to(exercise, observation, reference, clauses, altered)
    return Verdict(
        exercise, state, points, maximum, unknown.text, tuple(probes), unknown.misconception
    )


def not_attempted(verdict: Verdict) -> Verdict:
    """What becomes of a verdict on an exercise whose cell still holds the stub."""
    probes = (
        replace(one, right=False, explanation="there is no answer yet") for one in verdict.probes
    )
    message = "Not attempted yet: the cell still holds the stub."
    return Verdict(
        verdict.exercise, State.NOT_ATTEMPTED, 0.0, verdict.maximum, message, tuple(probes)
    )


def _not_attempted(observation: Observation) -> bool:
    """Whether every probe met the stub, or a letter that was never put in."""
    return all(
        (isinstance(probe.value, RaisedNode) and probe.value.types[0] == "NotImplementedError")
        for probe in observation.probes
    ) or all(probe.name == "letter" and _is_empty(probe.value) for probe in observation.probes)


def _is_empty(value: Node) -> bool:
    if isinstance(value, ListNode | TupleNode) and value.items:
        return all(isinstance(item, NoneNode) for item in value.items)
    return isinstance(value, NoneNode)


def _in_small_letters(observation: Observation, reference: Observation) -> Observation:
    """Take a letter for the letter, as `slopewise.probe.letters` does: a capital, one in a list.

    Only where a letter is asked: in a probe of that name whose reference is a small one, or a tuple
    of a small one and what goes with it, for which a list will do.
    """
    return Observation(
        observation.version,
        tuple(
            msgspec.structs.replace(answer, value=_small(answer.value, wanted.value))
            if wanted.name == "letter"
            else answer
            for answer, wanted in zip(observation.probes, reference.probes, strict=True)
        ),
    )


def _small(value: Node, wanted: Node) -> Node:
    if isinstance(wanted, TupleNode) and wanted.items:
        if isinstance(value, ListNode | TupleNode) and len(value.items) == len(wanted.items):
            return TupleNode((_small(value.items[0], wanted.items[0]), *value.items[1:]))
        return value
    if not (isinstance(wanted, TextNode) and re.fullmatch("[a-z]", wanted.value)):
        return value
    told = [item.value if isinstance(item, TextNode) else None for item in _alone(value)]
    found = letter_of(told)
    return value if found is None else TextNode(found)


def _alone(value: Node) -> Sequence[Node]:
    return value.items if isinstance(value, ListNode | TupleNode) else (value,)


_SHARE_LEFT_OUT = 8
"""Of so many questions that a mistake shows in, one may be answered right all the same."""


def _recognised(
    observation: Observation, reference: Observation, known: Sequence[KnownAnswer]
) -> KnownAnswer | None:
    """The known wrong answer that observes the same; else one that nearly does.

    Nearly: every question that was answered wrong was answered as the known one answers it, and
    hardly any that it gets wrong was answered right, as where somebody makes the same mistake and
    has thought of a special case. A question answered wrong in another way rules it out.
    """
    nearest: tuple[int, KnownAnswer] | None = None
    for one in known:
        left_out = _left_out(observation, one.observation, reference)
        if left_out == 0:
            return one
        if left_out is not None and (nearest is None or left_out < nearest[0]):
            nearest = (left_out, one)
    return None if nearest is None else nearest[1]


def _left_out(observation: Observation, known: Observation, reference: Observation) -> int | None:
    """How many of a known answer's wrong questions are right here; None if it is another one."""
    if [probe.name for probe in known.probes] != [probe.name for probe in observation.probes]:
        return None
    shared = left_out = 0
    for answer, other, wanted in zip(
        observation.probes, known.probes, reference.probes, strict=True
    ):
        if _same(answer.value, other.value, wanted.tolerance):
            # That both raise the same says little: it is no value that only one mistake gives.
            if not isinstance(other.value, RaisedNode):
                shared += difference(other.value, wanted.value, wanted.tolerance) is not None
        elif difference(answer.value, wanted.value, wanted.tolerance) is None:
            left_out += 1
        else:
            return None
    return left_out if _SHARE_LEFT_OUT * left_out <= shared else None


_SILENT = UnsupportedNode | InterruptedNode


def _same(answer: Node, other: Node, tolerance: Tolerance) -> bool:
    """Whether two answers to one question say the same, within the reference's tolerance."""
    if isinstance(answer, _SILENT) or isinstance(other, _SILENT):
        return answer == other
    # A type alone says little: many mistakes end in a TypeError. And it has to be the very one: a
    # KeyError is an Exception, but who raises one of no kind is told another thing.
    if _wording(answer) != _wording(other):
        return False
    return difference(answer, other, _loose(tolerance)) is None


def _wording(node: Node) -> str:
    """An exception's own type, and its message without what is each learner's own."""
    if not isinstance(node, RaisedNode):
        return ""
    return f"{node.types[0]}: {without_names(node.types[0], node.message)}"


def _loose(tolerance: Tolerance) -> Tolerance:
    return Tolerance(
        None if tolerance.relative is None else 10 * tolerance.relative,
        None if tolerance.absolute is None else 10 * tolerance.absolute,
    )
