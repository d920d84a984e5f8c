"""What all wrong lists of an answer have in common; see `slopewise.probe.patterns`."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

SAME = 2e-5
"""How far, relatively, a number may be from another and still be the same: six digits are kept."""


@dataclass(frozen=True)
class Numbers:
    """The numbers of one question.

    Attributes:
        right: whether the question was answered right.
        found: the numbers that came back, in order; no more and no less than were expected, but
            for a list that is too short or too long.
        wanted: the numbers that were expected.
    """

    right: bool
    found: tuple[float, ...]
    wanted: tuple[float, ...]


@dataclass(frozen=True)
class Pair:
    """One number that came back, and the one that was expected."""

    right: bool
    found: float
    wanted: float


def same(one: float, other: float) -> bool:
    """Whether two numbers are the same in the digits that are kept."""
    if not (math.isfinite(one) and math.isfinite(other)):
        return one == other or (math.isnan(one) and math.isnan(other))
    return math.isclose(one, other, rel_tol=SAME, abs_tol=1e-12)


def as_list(some: Sequence[float], others: Sequence[float]) -> bool:
    """Whether two lists hold the same numbers in the same order."""
    return len(some) == len(others) and all(map(same, some, others))


def reordered(wrong: Sequence[Numbers]) -> Callable[[Sequence[Pair]], str | None]:
    """The values are right, but stand in another order."""

    def test(_: Sequence[Pair]) -> str | None:
        if (
            any(len(set(one.wanted)) < 2 for one in wrong)
            or max(len(one.found) for one in wrong) < 3
        ):
            return None  # of two numbers, the other order may well be another mistake
        if any(math.isnan(value) for one in wrong for value in one.found + one.wanted):
            return None
        if not all(as_list(sorted(one.found), sorted(one.wanted)) for one in wrong):
            return None
        if all(as_list(one.found, one.wanted[::-1]) for one in wrong):
            return "The values are right, but they come in the reverse order."
        if all(list(one.found) == sorted(one.found) for one in wrong):
            return "The values are right, but they come sorted, not in the order asked for."
        return "The values are right, but they come in another order than asked for."

    return test


def repeated(wrong: Sequence[Numbers]) -> Callable[[Sequence[Pair]], str | None]:
    """The first number of each list comes again and again."""

    def test(_: Sequence[Pair]) -> str | None:
        if len(wrong) < 2 or not all(
            len(one.found) > 1
            and same(one.found[0], one.wanted[0])
            and all(same(value, one.found[0]) for value in one.found)
            for one in wrong
        ):
            return None
        return (
            "Of every list that is wrong, the first number is right, and it comes again at every "
            "place after it."
        )

    return test


def by_length(wrong: Sequence[Numbers]) -> Callable[[Sequence[Pair]], str | None]:
    """Each list is divided by how many there are, or multiplied by it."""

    def test(_: Sequence[Pair]) -> str | None:
        if len({len(one.wanted) for one in wrong if len(one.wanted) > 1}) < 2:
            return None
        for power, said in ((-1, "divided"), (1, "multiplied")):
            if all(
                as_list(one.found, [value * len(one.wanted) ** power for value in one.wanted])
                for one in wrong
            ):
                return f"Every list that is wrong comes {said} by the number of its entries."
        return None

    return test


def scaled_each(wrong: Sequence[Numbers]) -> Callable[[Sequence[Pair]], str | None]:
    """All numbers of an answer are wrong by one factor, which is another one in each question."""

    def test(_: Sequence[Pair]) -> str | None:
        factors = []
        for one in wrong:
            pairs = list(zip(one.found, one.wanted, strict=True))
            if not all(math.isfinite(found) and math.isfinite(asked) for found, asked in pairs):
                return None
            if any(found for found, asked in pairs if not asked):
                return None
            ratios = [found / asked for found, asked in pairs if asked]
            if not ratios or not ratios[0]:
                return None
            if not all(math.isclose(ratio, ratios[0], rel_tol=1e-4) for ratio in ratios):
                return None
            if len({asked for _, asked in pairs if asked}) > 1:
                factors.append(ratios[0])
        if len(factors) < 3 or math.isclose(min(factors), max(factors), rel_tol=1e-2):
            return None
        many = len({len(one.wanted) for one in wrong if len(one.wanted) > 1}) > 1
        return (
            "Every list that is wrong is wrong by one factor as a whole, but not every list by the "
            "same one. What does the factor depend on"
            f"{': how many numbers there are' if many else ''}?"
        )

    return test


_SOON = 3
"""After so many numbers, at most, a mistake shows that each round of a loop makes."""


def later(wrong: Sequence[Numbers]) -> Callable[[Sequence[Pair]], str | None]:
    """Every list that is wrong begins right, and goes wrong further on."""

    def test(_: Sequence[Pair]) -> str | None:
        lists = [one for one in wrong if len(one.wanted) > 1]
        if len(lists) < 3 or 3 * len(lists) < len(wrong):
            return None
        begin = {_right_at_first(one) for one in lists}
        if 0 in begin:
            return None
        where = "further on"
        if len(begin) == 1:
            (right,) = begin
            where = f"after its first {'number' if right == 1 else f'{right} numbers'}"
        said = f"Every list that is wrong begins right and goes wrong {where}"
        # Soon in lists of any length: it is a loop's round that spoils the next one.
        if max(begin) <= _SOON and len({len(one.wanted) for one in lists}) > 1:
            return f"{said}: what does one round of your loop leave behind for the next?"
        return f"{said}."

    return test


def _right_at_first(one: Numbers) -> int:
    pairs = zip(one.found, one.wanted, strict=True)
    return next((place for place, pair in enumerate(pairs) if not same(*pair)), 0)


def stopped_early(wrong: Sequence[Numbers]) -> str | None:
    """The lists are too short, and right as far as they go."""
    if all(
        len(one.found) < len(one.wanted) and as_list(one.found, one.wanted[: len(one.found)])
        for one in wrong
    ) and any(len(one.found) > 1 for one in wrong):
        if len({len(one.wanted) - len(one.found) for one in wrong}) == 1 < len(wrong):
            return None  # always one short is another mistake, which has its own words
        return "It stops before the end: what is there is right, and the rest is missing."
    return None
