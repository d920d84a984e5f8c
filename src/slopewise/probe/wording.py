"""How numbers differ from the ones that were expected, in words.

Shared by the grader (`slopewise.scoring.comparison`) and by the tutor in the learner's notebook.
Standard library only, plain floats in, one clause out. Words name signs, lengths and a few simple
ratios, never an expected value: see `slopewise.scoring.comparison` for why.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

DEFAULT_RELATIVE = 1e-4
DEFAULT_ABSOLUTE = 1e-6
"""Default absolute tolerance, as a share of the largest expected number beside it, or of 1."""

_SIMPLE_RATIOS = (2, 3, 4, 10, 100, 1000)
"""A ratio is named where it is one of these or one over it, of either sign."""

_PLURAL = re.compile(r"\b(value|part)s\b")

_SAME_RATIO = 2e-3
"""How far, relatively, a ratio may be from another and still count as the same."""


def close(found: float, wanted: float, relative: float, absolute: float) -> bool:
    """Return whether two numbers count as equal; nan equals nan."""
    if math.isnan(found) or math.isnan(wanted):
        return math.isnan(found) and math.isnan(wanted)
    if math.isinf(found) or math.isinf(wanted):
        return found == wanted
    return abs(found - wanted) <= relative * abs(wanted) + absolute


def number_difference(
    found: Sequence[float],
    wanted: Sequence[float],
    relative: float | None,
    absolute: float | None,
    subject: str,
) -> str | None:
    """Return None where as many numbers count as equal, else one clause about `subject`.

    Numbers are equal within `relative * |wanted| + absolute`; None stands for the defaults.
    """
    scale = max((abs(value) for value in wanted if math.isfinite(value)), default=1.0)
    relative = DEFAULT_RELATIVE if relative is None else relative
    absolute = DEFAULT_ABSOLUTE * max(scale, 1.0) if absolute is None else absolute
    wrong = [
        position
        for position, (one, other) in enumerate(zip(found, wanted, strict=True))
        if not close(one, other, relative, absolute)
    ]
    if not wrong:
        return None
    if len(wanted) == 1:
        subject = _PLURAL.sub(r"\1", subject)
    pattern = _pattern(found, wanted, subject)
    if pattern is not None:
        return pattern
    if len(wanted) == 1:
        return f"{subject} differs"
    if len(wrong) == len(wanted):
        return f"{subject} differ in every one of the {len(wanted)} entries"
    return f"{subject} differ, the first time in entry {wrong[0]}{_COUNTED}"


def _pattern(found: Sequence[float], wanted: Sequence[float], subject: str) -> str | None:
    """Name a simple relation between the two, where there is one."""
    single = len(wanted) == 1
    be, have, they = ("is", "has", "it") if single else ("are", "have", "they")
    both = list(zip(found, wanted, strict=True))
    if any(math.isnan(one) and not math.isnan(other) for one, other in both):
        return f"{subject} {be} not a number (nan)"
    if any(math.isnan(other) and not math.isnan(one) for one, other in both):
        return f"{subject} {be} known where nan is asked"
    if any(math.isinf(one) and not math.isinf(other) for one, other in both):
        return f"{subject} {be} infinite where {they} should not be"
    if any(math.isinf(other) and not math.isinf(one) for one, other in both):
        return f"{subject} {be} finite where infinity is asked"
    if any(math.isinf(one) and one != other for one, other in both):
        return f"{subject} {be} infinite with the wrong sign"
    pairs = [(one, other) for one, other in both if math.isfinite(one) and math.isfinite(other)]
    ratios = [one / other for one, other in pairs if abs(other) > 1e-9]
    zeros_match = all(abs(one) <= 1e-9 for one, other in pairs if abs(other) <= 1e-9)
    if ratios and zeros_match:
        ratio = ratios[0]
        if all(abs(one) <= 1e-9 for one, _ in pairs):
            return f"{subject} {be} zero"
        if all(math.isclose(value, ratio, rel_tol=_SAME_RATIO) for value in ratios):
            if math.isclose(ratio, -1, rel_tol=_SAME_RATIO):
                return f"{subject} {be} right in size but {have} the wrong sign"
            if math.isclose(ratio, 1, rel_tol=5e-3):
                return f"{subject} {be} close, but not close enough"
            simple = simple_ratio(ratio, len(wanted))
            if simple is not None:
                return f"{subject} {be} {times(simple)} what {they} should be"
            if len(ratios) > 1 and math.isfinite(ratio):
                factor = "negative factor" if ratio < 0 else "factor"
                return f"{subject} {be} all wrong by the same {factor}"
        if all(value < 0 for value in ratios):
            sizes = "its size is not right" if single else "their sizes are not all right"
            return f"{subject} {have} the wrong sign, and {sizes} either"
    if len(wanted) > 2:
        if _same(found[:-1], wanted[1:]):
            return f"{subject} differ: they come one place too early (is the first one missing?)"
        if _same(found[1:], wanted[:-1]):
            return f"{subject} differ: they come one place too late"
    return None


def simple_ratio(ratio: float, count: int = 1) -> float | None:
    """Return the ratio that may be named for `ratio` between `count` values, or None."""
    for whole in (*_SIMPLE_RATIOS, count):
        for simple in (whole, 1 / whole, -whole, -1 / whole):
            if math.isclose(ratio, simple, rel_tol=_SAME_RATIO):
                return simple
    return None


def times(ratio: float) -> str:
    """Return a ratio in words."""
    return f"{ratio:,.0f} times" if abs(ratio) >= 1000 else f"{ratio:.3g} times"


def _same(some: Sequence[float], others: Sequence[float]) -> bool:
    return len(some) > 1 and all(
        close(one, other, 1e-3, 1e-9) for one, other in zip(some, others, strict=True)
    )


def entries(found: int, wanted: int, one: str = "entry", many: str = "entries") -> str:
    """Say how many entries there are, and how many there should be."""
    noun, verb = one if found == 1 else many, "is" if wanted == 1 else "are"
    return f"it has {found} {noun} where {wanted} {verb} asked"


_COUNTED = " (counted from 0)"


def entry(place: int, rest: str) -> str:
    """Return `entry 2 (counted from 0)` and the rest, which does not say that again."""
    return f"entry {place}{_COUNTED}{rest.replace(_COUNTED, '')}"


_QUESTION = re.compile(r"(is|are|was|does|do|did|has|have|can)\b|.*[,()=]", re.IGNORECASE)


def part_name(name: str) -> str:
    """Return the name of one part of an answer as part of a sentence: a question is quoted."""
    return f"“{name}”" if _QUESTION.match(name) else name


def without_names(exception: str, message: str) -> str:
    """Return an exception's message without what is each learner's own.

    Numbers are, and the names of local variables, and what somebody wants of a None. Other names
    say which mistake it was: to hand out None, and to hand out a tuple, both end in `'…' object
    has no attribute '…'`; and a slip of the pen is not to be told another mistake's cause because
    both end in a NameError.

    Args:
        exception: the name of the exception's class.
        message: its message.
    """
    message = re.sub(r"'(?:numpy\.)?(int|float)\d*'", r"'\1'", message)
    message = re.sub(r"^('NoneType' object has no attribute) .*", r"\1", message)
    own = r"'[^']*'|\d+" if exception == "UnboundLocalError" else r"\d+"
    return re.sub(own, "…", message)


def sentences(message: str) -> tuple[str, str]:
    """Return the first sentence of a message, and the rest of it, both with single spaces."""
    message = " ".join(message.split())
    end = re.search(r"\. (?=[A-Z(“`])", message)
    if end is None:
        return message, ""
    return message[: end.start() + 1], message[end.end() :]


def shifted(found: Sequence[float], wanted: Sequence[float]) -> str:
    """Say which entries of `wanted` are missing in `found`, or which one is too many; else ""."""
    if len(found) == len(wanted) - 1:
        if _same(found, wanted[1:]):
            return ": they come one place too early (is the first one missing?)"
        if _same(found, wanted[:-1]):
            return ": the last one is missing"
    if len(found) == len(wanted) + 1:
        if _same(found[1:], wanted):
            return ": there is one too many at the front"
        if _same(found[:-1], wanted):
            return ": there is one too many at the end"
    if 0 < len(found) < len(wanted) - 1:
        return _few(found, wanted)
    return ""


def _few(found: Sequence[float], wanted: Sequence[float]) -> str:
    """Which ones of many these few are."""
    if len(found) == 1:
        same = [close(found[0], one, 1e-3, 1e-9) for one in wanted]
        if sum(same) == 1:
            ends = {
                0: ": only the first one is there",
                len(wanted) - 1: ": only the last one is there",
            }
            return ends.get(same.index(True), "")
        return ""
    if _same(found, wanted[: len(found)]):
        return ": the last ones are missing"
    if _same(found, wanted[-len(found) :]):
        return ": the first ones are missing"
    for step in (2, 3, 5, 10):
        for start in (0, step - 1):
            some = wanted[start::step]
            if len(some) == len(found) and _same(found, some):
                return f": only one in {step} is there"
    return ""
