"""What all wrong numbers of an answer have in common, in words.

One question alone says little: 0 where -3 is asked may be a limit, a rounding, or an empty sum.
Over all questions, most of these causes are ruled out, so here a cause is told only where *every*
question that was answered wrong shows it and none that was answered right speaks against it.

Shared by the grader and by the tutor in the learner's notebook. Standard library only, plain floats
in, one sentence out. Told are facts of what came back, such as the size at which it is cut off,
never an expected value: see `slopewise.scoring.comparison` for why.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from slopewise.probe.lists import (
    SAME,
    Numbers,
    Pair,
    as_list,
    by_length,
    later,
    reordered,
    repeated,
    same,
    scaled_each,
    stopped_early,
)
from slopewise.probe.wording import simple_ratio, times

__all__ = ["Numbers", "common_pattern"]

_DECIMALS = 9
"""How many decimals somebody may round to, at most, and be told so."""


def common_pattern(asked: Sequence[Numbers]) -> str | None:
    """Return what every wrong number has in common, as a sentence, or None.

    Args:
        asked: every question whose answer could be laid beside the expected one number by number,
            the right ones among them. Where a question was answered wrong in another way (by an
            exception, another kind, another shape), there is nothing in common: do not call.
    """
    wrong = [one for one in asked if not (one.right or as_list(one.found, one.wanted))]
    if not wrong:
        return None
    if any(len(one.found) != len(one.wanted) for one in wrong):
        return stopped_early(wrong)
    pairs = list(_pairs(asked))
    if not any(not pair.right for pair in pairs):
        return None
    tests = (
        *(_sign_lost, _sign_turned, _limited, _vanishing, _whole, _rounded),
        *(reordered(wrong), repeated(wrong), _short_type, _one_off, _power),
        *(by_length(wrong), _scaled, scaled_each(wrong), later(wrong)),
    )
    for test in tests:
        said = test(pairs)
        if said is not None:
            return said
    return _constant(pairs) if len(wrong) > 2 else None


def _pairs(asked: Iterable[Numbers]) -> Iterable[Pair]:
    for one in asked:
        if len(one.found) == len(one.wanted):
            for found, wanted in zip(one.found, one.wanted, strict=True):
                if math.isfinite(wanted) or found != wanted:
                    right = one.right or same(found, wanted)
                    yield Pair(right, found, wanted)


def _split(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    return [pair for pair in pairs if pair.right], [pair for pair in pairs if not pair.right]


def _sign_lost(pairs: Sequence[Pair]) -> str | None:
    right, wrong = _split(pairs)
    if not all(same(pair.found, -pair.wanted) for pair in wrong):
        return None
    if not any(pair.wanted for pair in right):
        return None
    if all(pair.wanted < 0 for pair in wrong) and not any(pair.wanted < 0 for pair in right):
        return "Sizes are right, signs are lost: what should be negative comes back positive."
    return None


def _sign_turned(pairs: Sequence[Pair]) -> str | None:
    """Sizes are right, and every sign is the other one: more is known than a common factor."""
    right, wrong = _split(pairs)
    if len({pair.wanted for pair in wrong}) < 2:
        return None
    if not all(pair.wanted and same(pair.found, -pair.wanted) for pair in wrong):
        return None
    which = " that is wrong" if any(pair.wanted for pair in right) else ""
    return f"Every number{which} has the right size and the wrong sign."


def _limited(pairs: Sequence[Pair]) -> str | None:
    """The values are cut off at some size, above, below or both."""
    right, wrong = _split(pairs)
    above = [pair for pair in wrong if pair.wanted > pair.found]
    below = [pair for pair in wrong if pair.wanted < pair.found]
    if len(above) + len(below) < len(wrong):  # nan
        return None
    most = above[0].found if above else math.inf
    least = below[0].found if below else -math.inf
    if not (
        all(same(pair.found, most) for pair in above)
        and all(same(pair.found, least) for pair in below)
        and least < most
    ):
        return None
    inside = [pair for pair in right if math.isfinite(pair.wanted)]
    slack = 1 + 10 * SAME
    if any(
        pair.wanted > most + abs(most) * (slack - 1) + 1e-12
        or pair.wanted < least - abs(least) * (slack - 1) - 1e-12
        for pair in inside
    ):
        return None
    if len({pair.wanted for pair in inside if pair.wanted}) < 2:
        return None  # nothing was right but by chance
    if all(math.isinf(pair.wanted) for pair in wrong):
        return "Where infinity is asked, a large number comes back; all else is right."
    limits = [limit for limit in (most, least) if math.isfinite(limit)]
    if len({pair.wanted for pair in wrong}) < 2 and not all(_is_round(one) for one in limits):
        return None
    if limits == [0.0]:
        which = "negative" if below else "positive"
        return f"What should be {which} comes back as 0; everything else is right."
    if math.isfinite(most) and math.isfinite(least):
        if same(most, -least):
            return f"Values beyond ±{_shown(most)} are cut off there; all others are right."
        return (
            f"Values are kept between {_shown(least)} and {_shown(most)}; inside, they are right."
        )
    side, limit = ("above", most) if above else ("below", least)
    return f"Values {side} {_shown(limit)} are cut off there; all others are right."


def _shown(value: float) -> str:
    if 1e4 <= abs(value) < 1e15 and value == round(value):
        return f"{value:,.0f}"
    return f"{value:.6g}"


def _is_round(value: float) -> bool:
    """Whether somebody may have typed it as a limit: one digit that is not 0, or two."""
    return not value or len(f"{abs(value):e}".partition("e")[0].rstrip("0").replace(".", "")) <= 2


def _vanishing(pairs: Sequence[Pair]) -> str | None:
    """What is small comes back as 0."""
    right, wrong = _split(pairs)
    if any(pair.found for pair in wrong):
        return None
    largest = max(abs(pair.wanted) for pair in wrong)
    kept = [abs(pair.wanted) for pair in right if pair.wanted and math.isfinite(pair.wanted)]
    if len(set(kept)) < 2 or largest >= min(kept) or largest > 0.5:
        return None
    return "What is very small comes back as 0; larger values are right."


def _whole(pairs: Sequence[Pair]) -> str | None:
    return _cut(pairs, 0, "cut to whole numbers", "rounded to whole numbers")


def _rounded(pairs: Sequence[Pair]) -> str | None:
    for decimals in range(1, _DECIMALS + 1):
        places = f"{decimals} decimal{'s' if decimals > 1 else ''}"
        said = _cut(pairs, decimals, f"cut off after {places}", f"rounded to {places}")
        if said is not None:
            return said
    return None


def _cut(pairs: Sequence[Pair], decimals: int, cut: str, rounded: str) -> str | None:
    right, wrong = _split(pairs)
    step = 10.0**-decimals
    if not all(math.isfinite(pair.found) and math.isfinite(pair.wanted) for pair in wrong):
        return None
    if not all(_is_multiple(pair.found, step) for pair in wrong):
        return None
    telling = {pair.found for pair in wrong if pair.found}
    if not telling or (len(wrong) < 2 and decimals < 2):
        return None
    # What has decimals beyond that and was right nevertheless was not rounded.
    small = [pair for pair in right if math.isfinite(pair.found) and abs(pair.found) < 1e5 * step]
    if any(not _is_multiple(pair.found, step) for pair in small):
        return None
    near = 1e-5 * max(abs(pair.wanted) for pair in wrong)
    if all(abs(pair.found - pair.wanted) <= 0.5 * step + min(near, 0.01 * step) for pair in wrong):
        return f"Values are {rounded}."
    if all(
        math.isclose(pair.found, math.trunc(pair.wanted / step + 1e-9) * step, abs_tol=1e-9)
        or math.isclose(pair.found, math.floor(pair.wanted / step + 1e-9) * step, abs_tol=1e-9)
        for pair in wrong
    ):
        return f"Values are {cut}."
    return None


def _is_multiple(value: float, step: float) -> bool:
    count = value / step
    return math.isfinite(count) and abs(count - round(count)) <= 1e-6 * max(abs(count), 1.0)


def _short_type(pairs: Sequence[Pair]) -> str | None:
    """The digits that float16 keeps are right, and no more; what it cannot hold is infinite."""
    wrong = [pair for pair in pairs if not pair.right]
    kept = [pair for pair in wrong if math.isfinite(pair.found) and abs(pair.wanted) > 1e-4]
    for pair in wrong:
        if math.isinf(pair.found):
            if abs(pair.wanted) < 65_000 or pair.found * pair.wanted < 0:
                return None
        elif not abs(pair.found - pair.wanted) <= max(1.2e-3 * abs(pair.wanted), 6e-8):
            return None  # nan among them
    if len(kept) < 3 or len({round(pair.found / pair.wanted, 6) for pair in kept}) < 3:
        return None
    return (
        "Only the first three or four digits are right, as of numbers that were stored in a short "
        "type such as float16."
    )


def _one_off(pairs: Sequence[Pair]) -> str | None:
    """Whole numbers, each one too many, or each one too few."""
    wrong = [pair for pair in pairs if not pair.right]
    if len({pair.wanted for pair in wrong}) < 3:
        return None
    if not all(math.isfinite(pair.wanted) and pair.wanted == round(pair.wanted) for pair in wrong):
        return None
    if all(pair.found - pair.wanted == 1 for pair in wrong):
        return "Every number that is wrong is one too large."
    if all(pair.found - pair.wanted == -1 for pair in wrong):
        return "Every number that is wrong is one too small."
    return None


def _power(pairs: Sequence[Pair]) -> str | None:
    """The square, the root, or one over what was expected."""
    wrong = [pair for pair in pairs if not pair.right]
    if len({pair.wanted for pair in wrong}) < 3:
        return None
    if not all(math.isfinite(pair.found) and 0 < abs(pair.wanted) < 1e100 for pair in wrong):
        return None
    if all(pair.wanted == round(pair.wanted) for pair in wrong):
        return None  # of small whole numbers, a square is also a sum, a product, …
    if all(same(pair.found, pair.wanted**2) for pair in wrong):
        return "Every number that is wrong is the square of what it should be."
    if all(pair.found >= 0 and same(pair.found**2, abs(pair.wanted)) for pair in wrong):
        return "Every number that is wrong is the root of what it should be."
    if all(same(pair.found * pair.wanted, 1.0) for pair in wrong):
        return "Every number that is wrong is upside down: 1 over what it should be."
    return None


def _scaled(pairs: Sequence[Pair]) -> str | None:
    """Every number is wrong by one and the same factor."""
    wrong = [pair for pair in pairs if not pair.right]
    if len({pair.wanted for pair in wrong}) < 3:
        return None
    if not all(math.isfinite(pair.found) and pair.wanted for pair in wrong):
        return None
    ratios = [pair.found / pair.wanted for pair in wrong]
    if any(abs(pair.wanted) > 1e-9 for pair in pairs if pair.right):
        return None
    if not ratios[0] or not all(math.isclose(one, ratios[0], rel_tol=1e-4) for one in ratios):
        return None
    simple = simple_ratio(ratios[0])
    if simple is not None:
        return f"Every number is {times(simple)} what it should be, whatever was asked."
    factor = "negative factor" if ratios[0] < 0 else "factor"
    return f"Every number is wrong by the same {factor}, whatever was asked."


def _constant(pairs: Sequence[Pair]) -> str | None:
    wrong = [pair for pair in pairs if not pair.right]
    found = pairs[0].found
    if not wrong or not all(same(pair.found, found) for pair in pairs):
        return None
    if math.isnan(found):
        return "Every number that comes back is nan (not a number), whatever is asked."
    return f"Every number that comes back is {_shown(found)}, whatever is asked."
