"""Mistakes that a machine made: what a right answer says with one thing changed, as a fingerprint.

The build alters the solution (`slopewise.build.alterations`) and keeps what the hidden questions
observe of it in `answers/NN-name.altered.json`: no values, only their fingerprints. An answer that
says the same to every question is told which alteration it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from slopewise.errors import CourseError
from slopewise.probe.keys import fingerprints
from slopewise.scoring.change_words import HAPPENS, WORDS, Words
from slopewise.scoring.comparison import difference
from slopewise.scoring.enumeration import enumerated
from slopewise.scoring.observations import Observation


class Kind(StrEnum):
    """What is changed of an answer, as its learner sees it."""

    NUMBER = "number"
    ARRAY = "array"
    LEAVES = "leaves"
    EACH = "each"
    BOTH = "both"
    GRADIENT = "gradient"
    GRADIENTS = "gradients"
    RETURNED = "returned"
    ARGUMENTS = "arguments"
    RESULT = "result"
    METHOD_RESULT = "method result"
    PART = "part"
    PARTS = "parts"


@dataclass(frozen=True)
class Subject:
    """What is changed of an answer.

    Attributes:
        kind: what it is.
        names: the parameters that it is about; for a part, its place in words; for a method's
            result, the method.
    """

    kind: Kind
    names: tuple[str, ...] = ()

    @property
    def is_result(self) -> bool:
        """Whether it is what comes out of an answer, and not what goes in."""
        return self.kind in (Kind.RESULT, Kind.METHOD_RESULT, Kind.PART, Kind.PARTS)

    @property
    def words(self) -> str:
        """What it is called in a sentence, as one thing, but for two that are swapped."""
        quoted = [f"`{name}`" for name in self.names]
        match self.kind:
            case Kind.EACH:
                return f"each of {enumerated(quoted)}"
            case Kind.GRADIENT:
                return f"`{self.names[0]}.grad`"
            case Kind.GRADIENTS:
                return f"the `.grad` of each tensor in {quoted[0]}"
            case Kind.RETURNED:
                return f"what {quoted[0]} returns"
            case Kind.ARGUMENTS:
                return f"the arguments of {quoted[0]}"
            case _:
                return enumerated(quoted)


@dataclass(frozen=True)
class Altered:
    """A right answer with one thing changed.

    Attributes:
        subjects: what is changed; any one of these gives the same.
        change: what is done to it, a key of `slopewise.scoring.change_words.WORDS`.
        other: what it is done with, as code, or "".
    """

    subjects: tuple[Subject, ...]
    change: str
    other: str = ""

    @property
    def name(self) -> str:
        """What it is called where no learner is spoken to."""
        first = self.subjects[0]
        if first.kind is Kind.PARTS:
            return f"as if it {self._words.how}"
        what = f"{self._where} were {self._result}" if first.is_result else self._what
        return f"as if {what}".replace("`", "")

    def message(self, exercise: str, part: str = "") -> str:
        """What is told to somebody whose answer says the same.

        Args:
            exercise: its name.
            part: a sentence that says which part of the answer is wrong, which goes first; or "".
        """
        first = self.subjects[0]
        if first.kind is Kind.PART:
            part = part or (
                f"Your `{exercise}` is nearly right: of what it returns, only the {first.names[0]} "
                "is wrong."
            )
            told = f"There, every number is {self._result}"
        elif first.kind is Kind.PARTS:
            told = f"Your `{exercise}` {self._words.how}"
        elif first.is_result:
            told = f"Your `{exercise}` is nearly right: {self._where} is {self._result}"
        else:
            told = (
                f"Your `{exercise}` is wrong in exactly this way: "
                f"it answers as a right one would if {self._what}"
            )
        sentences = (part, f"{told}.", self._filled(self._words.look), HAPPENS)
        return " ".join(one for one in sentences if one)

    @property
    def _words(self) -> Words:
        return WORDS[self.change]

    @property
    def _result(self) -> str:
        return self._filled(self._words.result)

    @property
    def _where(self) -> str:
        first = self.subjects[0]
        if first.kind is Kind.PART:
            return f"every number in the {first.names[0]} thing it returns"
        by = f"its {first.words}" if first.names else "it"
        return f"every number that {by} returns"

    @property
    def _what(self) -> str:
        all_words = [one.words for one in self.subjects]
        what = all_words[0] if len(all_words) == 1 else f"just one of {enumerated(all_words)}"
        plain = self.subjects[0].kind in (Kind.NUMBER, Kind.RETURNED)  # may be of either kind
        how = self._words.how if plain else self._words.many or self._words.how
        return f"{what} {self._filled(how)}"

    def _filled(self, words: str) -> str:
        it = " or ".join(
            "it" if one.is_result else f"`{one.names[0]}`" if one.kind is Kind.EACH else one.words
            for one in self.subjects
        )
        return words.replace("{it}", it).replace("{other}", f"`{self.other}`")


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
            altered = altered_of(entry)
            for fingerprint in entry["fingerprints"]:
                own.setdefault(fingerprint, altered)
    return found


def altered_of(entry: Mapping[str, Any]) -> Altered:
    """Return what an entry of the generated file says.

    Raises:
        KeyError, TypeError, ValueError: it is none.
    """
    subjects = tuple(Subject(Kind(kind), tuple(names)) for kind, *names in entry["subjects"])
    if not subjects or entry["change"] not in WORDS:
        raise ValueError(entry["change"])
    return Altered(subjects, entry["change"], str(entry.get("other", "")))


def entry_of(altered: Altered) -> dict[str, Any]:
    """Return an alteration as an entry of the generated file, still without fingerprints."""
    subjects = [[str(one.kind), *one.names] for one in altered.subjects]
    other = {"other": altered.other} if altered.other else {}
    return {"subjects": subjects, "change": altered.change, **other}


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
                        **entry_of(altered_of(entry)),
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
