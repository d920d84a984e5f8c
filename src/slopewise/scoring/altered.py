"""Mistakes that a machine made: what a right answer says with one thing changed, as a fingerprint.

The build alters the solution (`slopewise.build.alterations`) and keeps what the hidden questions
observe of it in `answers/NN-name.altered.json`: no values, only their fingerprints. An answer that
says the same to every question is told which alteration it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from slopewise.errors import CourseError
from slopewise.probe.keys import fingerprints
from slopewise.scoring.comparison import difference
from slopewise.scoring.observations import Observation


@dataclass(frozen=True)
class Altered:
    """A right answer with one thing changed.

    Attributes:
        subjects: what is changed, in words; any one of these gives the same.
        how: what is done to it, in words that follow “if `x` ”.
    """

    subjects: tuple[str, ...]
    how: str

    @property
    def name(self) -> str:
        """What it is called where no learner is spoken to."""
        return f"as if {self._what}".replace("`", "")

    def message(self, exercise: str) -> str:
        """What is told to somebody whose answer says the same."""
        look = (
            "Look at what becomes of the result at the end"
            if "result" in self.subjects[0]
            else f"Follow {' and '.join(self.subjects)} through your lines"
        )
        return f"What comes back is what a right `{exercise}` would give if {self._what}. {look}."

    @property
    def _what(self) -> str:
        return f"{' or '.join(self.subjects)} {self.how}"


AlteredAnswers = Mapping[str, Altered]
"""Alterations of one exercise's solution, by fingerprint."""


def altered_path(known_answers: Path) -> Path:
    """Return where a lesson's alterations lie: beside its known answers."""
    return known_answers.with_suffix(".altered.json")


def recognise_altered(
    observation: Observation, reference: Observation, altered: AlteredAnswers
) -> Altered | None:
    """Return the alteration of the solution that says the same to every question, or None.

    Args:
        observation: what came back.
        reference: what the solution observed, the same questions. What was answered right counts
            as the very same.
        altered: the exercise's alterations.
    """
    if not altered:
        return None
    probes = []
    for answer, wanted in zip(observation.probes, reference.probes, strict=True):
        right = difference(answer.value, wanted.value, wanted.tolerance) is None
        node: Any = msgspec.to_builtins(wanted.value if right else answer.value)
        probes.append((wanted.name, _listed(node), wanted.tolerance.absolute))
    return next((altered[one] for one in fingerprints(probes) if one in altered), None)


def _listed(node: Any) -> Any:
    """The same with lists for tuples, as a payload has them."""
    if isinstance(node, dict):
        return {name: _listed(value) for name, value in node.items()}
    return [_listed(item) for item in node] if isinstance(node, list | tuple) else node


def read_altered(path: Path) -> dict[str, dict[str, Altered]]:
    """Return every exercise's alterations; empty where none were made.

    Raises:
        CourseError: the file is damaged.
    """
    found: dict[str, dict[str, Altered]] = {}
    for exercise, (_, entries) in read_kept(path).items():
        own = found.setdefault(exercise, {})
        for entry in entries:
            for fingerprint in entry["fingerprints"]:
                own.setdefault(fingerprint, Altered(tuple(entry["subjects"]), entry["how"]))
    return found


Kept = dict[str, tuple[str, list[dict[str, Any]]]]
"""By exercise: what it was made from, as a hash, and its alterations in plain data."""


def read_kept(path: Path) -> Kept:
    """Return the file's content; empty where there is none.

    Raises:
        CourseError: the file is damaged.
    """
    if not path.is_file():
        return {}
    try:
        return {
            item["exercise"]: (
                str(item["made_from"]),
                [
                    {
                        "subjects": [str(one) for one in entry["subjects"]],
                        "how": str(entry["how"]),
                        "fingerprints": [str(one) for one in entry["fingerprints"]],
                    }
                    for entry in item["altered"]
                ],
            )
            for item in json.loads(path.read_text(encoding="utf-8"))
        }
    except (ValueError, KeyError, TypeError):
        raise CourseError(
            f"answers/{path.name}: is damaged; delete it and run `slopewise build`"
        ) from None


def write_altered(kept: Kept, exercises: Iterable[str]) -> bytes:
    """Return the generated file's content, the exercises in this order, one alteration a line."""
    parts = []
    for exercise in exercises:
        if exercise in kept:
            made_from, entries = kept[exercise]
            lines = [
                json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in entries
            ]
            head = json.dumps({"exercise": exercise, "made_from": made_from})[:-1]
            parts.append(f'{head}, "altered": [\n' + ",\n".join(lines) + "\n]}")
    return ("[\n" + ",\n".join(parts) + "\n]\n").encode()
