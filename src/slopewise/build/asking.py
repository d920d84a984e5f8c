"""Ask a check's hidden questions of every alteration of a solution; runs in a lesson's kernel."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from slopewise.build.alterations import alterations
from slopewise.build.altering import MIME_TYPE
from slopewise.build.wrapping import Seen, TooLongError, altered, watched
from slopewise.probe import hidden_region
from slopewise.probe.keys import fingerprints, numbers_in
from slopewise.scoring.altered import Altered, Kind, entry_of

observe: Any = sys.modules["slopewise.probe.observe"]  # the package's name for it is a function
_RUN = "__slopewise_run__"


def observe_alterations(
    exercise: str, region: str, learner: dict[str, Any]
) -> list[dict[str, Any]]:
    """Ask a check's hidden questions of every alteration of a solution.

    Args:
        exercise: its name, under which the solution stands in `learner`.
        region: the hidden region that asks.
        learner: the names of the notebook that has run the lesson up to here.

    Returns one entry for each that shows, the plainest first where several show the same: its
    fingerprints, and which alteration it was. Nothing where wrapping the solution changes what is
    observed, as where a check looks at how it is written, and of a class without a `forward`, for
    nobody knows which of its methods the questions are about.
    """
    right = learner[exercise]
    if isinstance(right, type) and not hasattr(right, "forward"):
        return []
    plain = _observed(exercise, region, learner, right)
    seen = Seen()
    wrapped = _observed(exercise, region, learner, watched(right, seen))
    if _fingerprints(plain) != _fingerprints(wrapped):
        return []
    found: dict[tuple[str, str], Altered] = {}
    for one in alterations(right, seen):
        probes = _observed(exercise, region, learner, altered(right, one, seen))
        if not _tells(probes, plain):
            continue
        key, made = _fingerprints(probes), Altered((one.subject,), one.change, one.other)
        found[key] = _either(found[key], made) if key in found else made
    learner[exercise] = right
    return [{**entry_of(made), "fingerprints": list(key)} for key, made in found.items()]


_SINGLE = frozenset({Kind.NUMBER, Kind.ARRAY, Kind.GRADIENT, Kind.GRADIENTS, Kind.RETURNED})
"""Of what may be told as “just one of” several."""


def _either(first: Altered, other: Altered) -> Altered:
    """The first alteration, and the other's subject where it is the same one of something else."""
    subjects = dict.fromkeys(first.subjects + other.subjects)
    if (first.change, first.other) != (other.change, other.other):
        return first
    if not all(one.kind in _SINGLE for one in subjects):
        return first
    return replace(first, subjects=tuple(subjects))


def _observed(
    exercise: str, region: str, learner: dict[str, Any], answer: Any
) -> list[dict[str, Any]]:
    """What a check would display of an answer."""
    displayed: list[dict[str, Any]] = []
    learner[exercise] = answer
    kept, observe._display = observe._display, displayed.append
    try:
        # `run` takes the names of whoever calls it for the learner's.
        learner[_RUN] = hidden_region.run
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(f"{_RUN}({region!r})", learner)
    finally:
        observe._display = kept
        learner.pop(_RUN, None)
    probes: list[dict[str, Any]] = displayed[0]["probes"]
    return probes


def _fingerprints(probes: list[dict[str, Any]]) -> tuple[str, str]:
    return fingerprints(_told(probe) for probe in probes)


def _told(probe: dict[str, Any]) -> tuple[str, dict[str, Any], float | None]:
    return probe["name"], probe["value"], probe.get("tolerance", {}).get("absolute")


def _tells(probes: list[dict[str, Any]], plain: list[dict[str, Any]]) -> bool:
    """Whether an alteration shows in answers that hardly anything else would give.

    That it raises says little, and so does one and the same number or text every time.
    """
    telling = []
    for probe, right in zip(probes, plain, strict=True):
        if probe["value"].get("types", [""])[0] == TooLongError.__name__:
            return False
        if _fingerprints([probe]) != _fingerprints([right]) and probe["value"]["kind"] != "raised":
            telling.append(probe["value"])
    said = {value for node in telling for value in _said(node)}
    return len(telling) >= min(2, len(plain)) and len(said) > 1


def _said(node: dict[str, Any]) -> Iterator[object]:
    """Every number, text, truth value or None somewhere in a node; no names of a dict's parts."""
    if node["kind"] == "dict":
        for _, item in node["items"]:
            yield from _said(item)
    elif node["kind"] in ("list", "tuple", "set"):
        for item in node["items"]:
            yield from _said(item)
    elif node["kind"] in ("text", "boolean", "none", "moment"):
        yield node["kind"], node.get("value")
    else:
        yield from numbers_in(node)


def show_alterations(exercise: str, region: str, learner: dict[str, Any]) -> None:
    """Display what `observe_alterations` returns, for the build."""
    from IPython.display import display

    found = observe_alterations(exercise, region, learner)
    display({MIME_TYPE: found, "text/plain": ""}, raw=True)
