"""Make the tutor's file of a lesson: locked messages of the mistakes that its visible probes show.

Every known answer is run on the visible probes, too. A wrong one has an entry only where what it
shows there is not what any right answer shows, and where no other mistake with another message
shows the same: the tutor never guesses which of two it was.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from slopewise.errors import BuildError
from slopewise.notebook.cell_kinds import is_check
from slopewise.notebook.course import Lesson
from slopewise.notebook.regions import HIDDEN, without_region
from slopewise.probe.keys import FORMAT_VERSION, forms, lock
from slopewise.probe.observe import FORMAT_VERSION as OBSERVATION_VERSION
from slopewise.probe.tutor import MIME_TYPE
from slopewise.probe.wording import DEFAULT_RELATIVE
from slopewise.scoring.comparison import difference
from slopewise.scoring.known_answers import Answer
from slopewise.scoring.observations import Observation, Tolerance, read_observation

_TUTOR_CALL = re.compile(r"^\s*tutor\(", re.MULTILINE)
RECORD = "from slopewise.probe.tutor import record as _record\n\n_record()"
"""The cell that makes every tutor after it display what it sees."""


class Told(StrEnum):
    """What the tutor makes of a known wrong answer."""

    NAMED = "named"
    AMBIGUOUS = "ambiguous"
    SILENT = "silent"


@dataclass(frozen=True)
class Shown:
    """What an answer shows on the visible probes of its exercise.

    Attributes:
        probes: the probes' names, in order.
        forms: the canonical forms of what came back.
        right: whether every probe that says what it expects got that; None where one does not say.
        observation: the same, as the grader reads it.
        wrong: the names of the probes that did not get what they expect.
    """

    probes: tuple[str, ...]
    forms: tuple[str, str]
    right: bool | None
    observation: Observation
    wrong: tuple[str, ...] = ()


def visible_part(source: str) -> str:
    """Return a check cell without its hidden region, as the learner has it."""
    return without_region(source, HIDDEN)


def has_tutor(cell: Any) -> bool:
    """Whether a check cell has visible probes."""
    return _TUTOR_CALL.search(visible_part(cell.source)) is not None


def with_visible_probes(notebook: Any) -> Any:
    """Add to a notebook what makes it display what its visible probes see.

    Before each check cell that has a tutor stands a copy of its visible part, with the id
    `NAME-visible`, and then the exercise once more, so that the hidden questions meet it as fresh
    as in a grader. A first cell sets the tutor to recording. Changes and returns the notebook.
    """
    import nbformat

    cells = [nbformat.v4.new_code_cell(RECORD, id="record-visible")]
    sources = {cell.id: cell.source for cell in notebook.cells}
    for cell in notebook.cells:
        if is_check(cell) and has_tutor(cell):
            name = cell.id.removesuffix("-check")
            visible = nbformat.v4.new_code_cell(visible_part(cell.source), id=f"{name}-visible")
            again = nbformat.v4.new_code_cell(sources[name], id=f"{name}-again")
            cells += [visible, again]
        cells.append(cell)
    notebook.cells = cells
    return notebook


def read_shown(outputs: Mapping[str, Iterable[Any]]) -> dict[str, Shown]:
    """Return what the visible probes of a run displayed, by exercise."""
    found = {}
    for identity, one in outputs.items():
        if not identity.endswith("-visible"):
            continue
        for output in one:
            payload = (output.get("data") or {}).get(MIME_TYPE)
            if payload is not None and payload["exercise"] == identity.removesuffix("-visible"):
                found[payload["exercise"]] = _shown(payload["probes"])
    return found


def _shown(probes: list[dict[str, Any]]) -> Shown:
    rights = [probe["right"] for probe in probes]
    plain = [
        {
            "name": probe["name"],
            "value": probe["value"],
            "tolerance": {
                key: probe[key] for key in ("relative", "absolute") if probe.get(key) is not None
            },
        }
        for probe in probes
    ]
    return Shown(
        tuple(probe["name"] for probe in probes),
        forms((probe["name"], probe["value"], probe.get("absolute")) for probe in probes),
        False if False in rights else None if None in rights else True,
        read_observation({"version": OBSERVATION_VERSION, "probes": plain}),
        tuple(probe["name"] for probe in probes if probe["right"] is False),
    )


def check_tutors(lesson: Lesson, source: Any, solution: Mapping[str, Shown]) -> None:
    """Refuse a tutor that cannot work, or that would tell a right answer.

    Raises:
        BuildError: names the exercise.
    """
    stubs = {cell.id: cell.source for cell in source.cells}
    for cell in source.cells:
        if not (is_check(cell) and has_tutor(cell)):
            continue
        name = cell.id.removesuffix("-check")
        here = f"notebooks/{lesson.name}.py, check of {name!r}"
        if not re.search(rf"^(def|class) {re.escape(name)}\b", stubs.get(name, ""), re.MULTILINE):
            raise BuildError(
                f"{here}: an answer that is one of a few words has no tutor: the wrong ones that "
                "it knows would tell the right one; leave it to the asserts"
            )
        shown = solution.get(name)
        if shown is None:
            raise BuildError(
                f"{here}: its tutor does not run; call tutor({name!r}, probe=lambda: …) once, "
                "with inputs that the visible part makes itself"
            )
        if shown.right is False:
            raise BuildError(
                f"{here}: in {', '.join(f'“{one}”' for one in shown.wrong)}, the solution returns "
                "something else than expect(…) says; correct one of the two"
            )


def _like_the_right(one: Shown, solution: Shown) -> bool:
    """Whether what a wrong answer shows could be a right answer's, differently rounded."""
    if one.right is not None:
        return one.right
    return one.probes == solution.probes and all(
        difference(probe.value, wanted.value, _loose(wanted.tolerance)) is None
        for probe, wanted in zip(one.observation.probes, solution.observation.probes, strict=True)
    )


def _loose(tolerance: Tolerance) -> Tolerance:
    relative = DEFAULT_RELATIVE if tolerance.relative is None else tolerance.relative
    absolute = None if tolerance.absolute is None else 10 * tolerance.absolute
    return Tolerance(10 * relative, absolute)


def what_is_told(
    shown: Mapping[Answer, Shown | None], solution: Mapping[str, Shown]
) -> dict[Answer, Told]:
    """Say of each known wrong answer to an exercise with a tutor what the tutor makes of it.

    Args:
        shown: what each known answer, right or wrong, shows; None where it showed nothing.
        solution: what the solution shows, by exercise.
    """
    right: dict[str, set[str]] = {name: set(one.forms) for name, one in solution.items()}
    for answer, one in shown.items():
        if answer.right and one is not None:
            right.setdefault(answer.exercise, set()).update(one.forms)
    messages: dict[tuple[str, str], set[str]] = {}
    for answer, one in shown.items():
        if not answer.right and one is not None:
            for form in one.forms:
                messages.setdefault((answer.exercise, form), set()).add(answer.message)
    told = {}
    for answer, one in shown.items():
        if answer.right or answer.exercise not in solution:
            continue
        own = solution[answer.exercise]
        if one is None or right[answer.exercise] & set(one.forms) or _like_the_right(one, own):
            told[answer] = Told.SILENT
        elif any(len(messages[answer.exercise, form]) > 1 for form in one.forms):
            told[answer] = Told.AMBIGUOUS
        else:
            told[answer] = Told.NAMED
    return told


def make_tutor_file(
    lesson: Lesson,
    shown: Mapping[Answer, Shown | None],
    solution: Mapping[str, Shown],
    told: Mapping[Answer, Told],
) -> bytes:
    """Return the content of the lesson's tutor file; the same bytes every time.

    It holds no right answer, no key of one, no hidden question, and no message that can be read
    without showing the mistake. Entries stand in the order of their names, which say nothing.
    """
    salt = hashlib.blake2b(lesson.name.encode(), digest_size=16, person=b"tutor salt").digest()
    tutors: dict[str, Any] = {}
    for exercise in lesson.exercises:
        if exercise.name not in solution:
            continue
        entries: dict[str, str] = {}
        for answer, kind in told.items():
            one = shown[answer]
            if answer.exercise == exercise.name and kind is Told.NAMED and one is not None:
                entries.update(
                    lock(exercise.name, form, answer.message, salt) for form in one.forms
                )
        tutors[exercise.name] = {
            "probes": list(solution[exercise.name].probes),
            "entries": dict(sorted(entries.items())),
        }
    whole = {
        "version": FORMAT_VERSION,
        "lesson": lesson.name,
        "exercises": [exercise.name for exercise in lesson.exercises],
        "salt": salt.hex(),
        "tutor": tutors,
    }
    return (json.dumps(whole, indent=1) + "\n").encode()
