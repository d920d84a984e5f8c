"""Compare what was printed as a reader would: words exactly, numbers as numbers.

Another processor adds the same numbers in another order, so the last digits of a float32 run
differ between machines that are both right. Here the text around numbers has to be the same,
character by character, signs included, and each number may differ by

- one unit in its last printed place, where that is a hundredth of the number (or of 1) at most:
  the two values may lie on the two sides of a rounding border; and
- float32's rounding: :data:`STEPS` spacings of float32 at the number's size. Below 1 the size is
  the number's square root: the loss near a minimum is the square of a small difference of larger
  numbers, so a rounding ``d`` of that difference shows as ``2 * sqrt(loss) * d``.

Whole numbers, written without a point, count things and are exact. ``nan`` and ``inf`` are words.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any

STEPS = 8
"""Spacings of float32 that a number may be off. The largest measured between processors is 4.5:
0.00314570 on arm64 for 0.00314574 on x86."""

SPACING = Decimal(2) ** -23
"""Distance from 1 to the next float32."""

COARSEST_UNIT = Decimal("0.01")
"""A last place worth more than this share of the number (or of 1) is no rounding border: 0.1 and
0.2 are different numbers."""

# Digits that belong to a name (float32), a version (2.13.0) or a quantity (5x) are text.
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?!\w|\.\d)")


class Agreement(enum.IntEnum):
    """How well two outputs agree, from best to worst."""

    EQUAL = 0
    ONE_UNIT = 1
    TOLERATED = 2
    BEYOND = 3


def agreement(fresh: str, stored: str) -> Agreement:
    """Say how well two printed texts agree; the worst number decides."""
    if fresh == stored:
        return Agreement.EQUAL
    if _NUMBER.split(fresh) != _NUMBER.split(stored):
        return Agreement.BEYOND
    pairs = zip(_NUMBER.findall(fresh), _NUMBER.findall(stored), strict=True)
    return max(_number_agreement(one, other) for one, other in pairs)


def data_agreement(fresh: Any, stored: Any, skip: Collection[str] = ()) -> Agreement:
    """Say how well two pieces of plain data agree: same shape and kinds, texts and floats as above.

    Args:
        fresh: dicts, lists, strings, numbers, truth values and None, as JSON gives them.
        stored: what it should be.
        skip: keys of dicts whose values are not looked at; both sides still need to have them.
    """
    return max(_data_agreements(fresh, stored, skip), default=Agreement.EQUAL)


def _data_agreements(fresh: Any, stored: Any, skip: Collection[str]) -> Iterator[Agreement]:
    if isinstance(fresh, dict) and isinstance(stored, dict):
        if fresh.keys() != stored.keys():
            yield Agreement.BEYOND
            return
        for key in stored:
            if key not in skip:
                yield from _data_agreements(fresh[key], stored[key], skip)
    elif isinstance(fresh, list) and isinstance(stored, list):
        if len(fresh) != len(stored):
            yield Agreement.BEYOND
            return
        for one, other in zip(fresh, stored, strict=True):
            yield from _data_agreements(one, other, skip)
    elif isinstance(fresh, str) and isinstance(stored, str):
        yield agreement(fresh, stored)
    elif isinstance(fresh, float) and isinstance(stored, float):
        yield agreement(repr(fresh), repr(stored))
    else:
        same = type(fresh) is type(stored) and fresh == stored
        yield Agreement.EQUAL if same else Agreement.BEYOND


def _number_agreement(fresh: str, stored: str) -> Agreement:
    if fresh == stored:
        return Agreement.EQUAL
    if not (_is_float(fresh) and _is_float(stored)):
        return Agreement.BEYOND
    try:
        return _float_agreement(fresh, stored)
    except ArithmeticError:  # an exponent beyond what anybody computes with
        return Agreement.BEYOND


def _float_agreement(fresh: str, stored: str) -> Agreement:
    one, other = Decimal(fresh), Decimal(stored)
    size = max(one, other)
    # Shortest representations may differ in length; the longer one says what was meant.
    unit = min(_unit(fresh), _unit(stored))
    if unit > COARSEST_UNIT * max(size, Decimal(1)):
        unit = Decimal(0)
    apart = abs(one - other)
    if apart <= unit:
        return Agreement.ONE_UNIT
    rounding = STEPS * SPACING * (size if size >= 1 else size.sqrt())
    return Agreement.TOLERATED if apart - unit <= rounding else Agreement.BEYOND


def _is_float(number: str) -> bool:
    return any(mark in number for mark in ".eE")


def _unit(number: str) -> Decimal:
    """One unit in the last printed place after the point; 0 where nothing stands after it."""
    if "." not in number:
        return Decimal(0)
    exponent = Decimal(number).as_tuple().exponent
    return Decimal(1).scaleb(int(exponent))
