"""What was not as it was released, for the instructor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

_MOST_FINDINGS = 50


class Kind(StrEnum):
    """What was found out of order."""

    UNREADABLE = "unreadable"
    CHECK_EDITED = "check edited"
    CHECK_MISSING = "check missing"
    CHECK_DUPLICATED = "check duplicated"
    CHECK_RETYPED = "check retyped"
    CHECK_MOVED = "check moved"
    POINTS_CHANGED = "points changed"
    EXERCISE_DUPLICATED = "exercise duplicated"
    EXERCISE_RETYPED = "exercise retyped"
    NOT_COMPILED = "does not compile"
    ANSWER_ELSEWHERE = "answer elsewhere"
    OTHER_LESSON = "other lesson"
    OTHER_NAME = "other name"
    UNKNOWN_CHECK = "unknown check"
    TAG = "tag"
    KERNEL = "kernel"
    METADATA = "metadata"
    MALFORMED = "malformed"
    FILE = "file"
    ANSWER = "answer"
    ANSWER_MISSING = "answer missing"


NOTHING_TO_RUN = frozenset({Kind.UNREADABLE, Kind.OTHER_LESSON})
"""What leaves nothing of a submission to be run: every exercise of it is told that."""


@dataclass(frozen=True)
class Finding:
    """One thing that was not as it was released, and what was done about it.

    Attributes:
        kind: what kind of thing.
        cell: the cell's id, or "" where it is about the whole file.
        text: one sentence for the instructor.
    """

    kind: Kind
    cell: str
    text: str


def readable(findings: list[Finding]) -> tuple[Finding, ...]:
    """The findings in a number that can be read: each kind's first ones, then how many more."""
    kept, more = [], 0
    seen: dict[Kind, int] = {}
    for finding in findings:
        seen[finding.kind] = seen.get(finding.kind, 0) + 1
        if seen[finding.kind] <= _MOST_FINDINGS:
            kept.append(finding)
        else:
            more += 1
    if more:
        kept.append(Finding(Kind.MALFORMED, "", f"{more} more things were out of order."))
    return tuple(kept)


def whole(text: str) -> str:
    """A text without lone surrogates, which JSON can hold and no file can."""
    return text.encode("utf-8", "replace").decode("utf-8")


def short(value: Any) -> str:
    """A value of the learner's for one line of a log: short, and without control characters."""
    plain = value is None or isinstance(value, str | int | float)
    words = "".join(c if c.isprintable() else " " for c in whole(str(value)[:1000]))
    text = " ".join(words.split()) if plain else f"a {type(value).__name__}"
    return text if len(text) <= 60 else text[:57] + "…"
