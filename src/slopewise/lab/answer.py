"""What Validate and Check my work say: a headline, then the exercises, each with its message."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

_MARKED = re.compile(r"^[✗…]\s+")


class Told(StrEnum):
    """How far one exercise is; the words stand in the headline."""

    WRONG = "wrong"
    PARTLY_RIGHT = "partly right"
    WAITING = "waiting for another exercise"
    NOT_BEGUN = "not begun"
    NOT_RUN = "not run"
    PASSED = "passed"


@dataclass(frozen=True)
class Exercise:
    """One exercise of the answer.

    Attributes:
        name: the exercise's.
        told: how far it is.
        message: what its author should read; "" where there is nothing to say.
    """

    name: str
    told: Told
    message: str = ""


@dataclass(frozen=True)
class Answer:
    """What the dialog shows.

    Attributes:
        headline: the sum of it, in one line.
        exercises: in the order of the notebook.
        notes: what else the person should know, a sentence each.
    """

    headline: str
    exercises: tuple[Exercise, ...]
    notes: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return the answer as plain data, for JSON."""
        return asdict(self)


def headline_of_visible_checks(exercises: Sequence[Exercise]) -> str:
    """Return the headline where nothing but the visible checks has been asked."""
    if not exercises:
        return "There is nothing to check in this notebook: it has no exercises with checks."
    counts = Counter(one.told for one in exercises)
    passed = counts.pop(Told.PASSED, 0)
    open_ones = _counted(counts)
    asks_more = "the visible checks – grading asks more."
    if not open_ones:
        return f"All {passed} pass {asks_more}" if passed > 1 else f"It passes {asks_more}"
    if not passed:
        return f"{open_ones}."
    return f"{open_ones}; the rest passes {asks_more}"


def headline_of_verdict(exercises: Sequence[Exercise], points: float, maximum: float) -> str:
    """Return the headline of a full verdict."""
    counts = Counter(one.told for one in exercises)
    right = counts.pop(Told.PASSED, 0)
    open_ones = _counted(counts)
    rest = f"{right} right" + (f", {open_ones}" if open_ones else "")
    return f"{points:g} of {maximum:g} points: {rest}."


def _counted(counts: Counter[Told]) -> str:
    return ", ".join(f"{counts[kind]} {kind}" for kind in Told if counts[kind])


def plain_message(lines: Sequence[str], name: str) -> str:
    """Return a tutor's lines without the mark and the name, which stand before them already."""
    text = _MARKED.sub("", "\n".join(lines).strip()).removeprefix(f"{name}: ")
    return text[:1].upper() + text[1:] if not text.startswith(name) else text
