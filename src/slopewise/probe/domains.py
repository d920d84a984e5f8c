"""Kinds of inputs that a contract allows, by name, so that no check forgets one.

A check asks about sizes of many orders of magnitude, about zero, both signs, one value and many,
a run of no steps and a long one, by naming the domain of each argument:

    from slopewise import domains, observe

    observe(
        **domains.over(
            lambda x, w: forward(x, w),
            x=domains.arrays((4,)),
            w=domains.numbers(1.7),
        ),
        input_unchanged=lambda: …,
    )

The first value of each domain is the ordinary one. One probe asks about all the ordinary values,
and one more about each other value of each domain, with the rest ordinary: so a probe's name says
what is out of the ordinary in it (`w_zero`, `x_huge`), and the number of probes is a sum, no
product. The same every time and everywhere: nothing here is random.
"""

from __future__ import annotations

import inspect
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from types import FunctionType
from typing import Any

from slopewise.probe.observe import Probe

_GOLDEN = 0.6180339887498949

DOMAIN_LABEL = re.compile(
    r"(\w+?)_(ordinary|zeros?|(negative_)?(tiny|huge)|small|large|negative|one|long|none|single|many"
    r"|sizes_mixed)"
)
"""The name of a probe of `over` about an unusual value: group 1 is the argument's name."""


@dataclass(frozen=True)
class Domain:
    """Values of one argument, by what is special about each; the first is the ordinary one.

    Attributes:
        values: pairs of a label, which becomes part of a probe's name, and a value.
    """

    values: tuple[tuple[str, object], ...]

    def without(self, *labels: str) -> Domain:
        """Return the domain without some values: those that the contract excludes."""
        known = {label for label, _ in self.values}
        if not known.issuperset(labels):
            raise ValueError(f"no value labelled {', '.join(sorted(set(labels) - known))}")
        return Domain(tuple(pair for pair in self.values if pair[0] not in labels))

    def __or__(self, other: Domain) -> Domain:
        """Return the values of both, the ordinary one of the first."""
        return Domain(self.values + other.values)


def values(**named: object) -> Domain:
    """Return a domain of the author's own values; the first is the ordinary one."""
    return Domain(tuple(named.items()))


def numbers(
    ordinary: float = 1.3, *, smallest: float = 1e-5, largest: float = 1e5, negative: bool = True
) -> Domain:
    """Return numbers of many sizes.

    Args:
        ordinary: the ordinary one.
        smallest: about the smallest size that the contract means, above 0.
        largest: about the largest.
        negative: whether the contract allows numbers below 0.

    Labels: `ordinary`, `zero`, `tiny`, `small`, `large`, `huge`, and where negative ones are
    allowed `negative`, `negative_tiny`, `negative_huge`.
    """
    found: list[tuple[str, object]] = [
        ("ordinary", float(ordinary)),
        ("zero", 0.0),
        ("tiny", 3.7 * smallest),
        ("small", _three(math.sqrt(smallest * abs(ordinary or 1)))),
        ("large", _three(math.sqrt(largest * abs(ordinary or 1)))),
        ("huge", 0.73 * largest),
    ]
    if negative:
        found.append(("negative", -_three(1.9 * abs(ordinary or 1))))
        found.append(("negative_tiny", -2.9 * smallest))
        found.append(("negative_huge", -0.57 * largest))
    return Domain(tuple(found))


def counts(ordinary: int = 4, *, longest: int = 150, zero: bool = True) -> Domain:
    """Return how often: labels `ordinary`, `one`, `long`, and `none` where 0 is allowed."""
    found: list[tuple[str, object]] = [("ordinary", ordinary), ("one", 1), ("long", longest)]
    if zero:
        found.append(("none", 0))
    return Domain(tuple(found))


def arrays(
    shape: tuple[int, ...] = (5,),
    *,
    smallest: float = 1e-4,
    largest: float = 1e4,
    many: int = 60,
    dtype: str = "float32",
) -> Domain:
    """Return NumPy arrays of many sizes and lengths.

    Args:
        shape: of the ordinary array, such as (5,) or (5, 2).
        smallest: about the smallest size of its values that the contract means.
        largest: about the largest.
        many: the length of the longest, along the first axis.
        dtype: of all of them.

    Labels: `ordinary` (both signs, about 1), `single` (length 1 along the first axis), `many`,
    `zeros`, `tiny`, `huge`, `negative`, `sizes_mixed`.
    """
    import numpy as np

    def array(scale: float, length: int = shape[0], sign: int = 0) -> Any:
        whole = (length, *shape[1:])
        spread = [_spread(place, sign) * scale for place in range(math.prod(whole))]
        return np.array(spread, dtype=dtype).reshape(whole)

    mixed = array(1.0)
    mixed.reshape(-1)[::2] *= np.asarray(largest / 10, dtype=dtype)
    mixed.reshape(-1)[1::3] *= np.asarray(smallest * 10, dtype=dtype)
    found = {
        "ordinary": array(1.0),
        "single": array(1.0, length=1),
        "many": array(1.0, length=many),
        "zeros": array(0.0),
        "tiny": array(smallest),
        "huge": array(largest),
        "negative": array(1.0, sign=-1),
        "sizes_mixed": mixed,
    }
    return Domain(tuple(found.items()))


def over(
    function: Callable[..., object],
    *,
    relative: float | None = None,
    absolute: float | None = None,
    **domains: Domain,
) -> dict[str, Probe]:
    """Return probes that ask `function` about every value of every domain, one at a time.

    Args:
        function: a `lambda` or function of the check's own cell, with one parameter a domain; it
            calls the learner's.
        relative: as in `near`, for all of them.
        absolute: as in `near`, for all of them.
        domains: one for each parameter, by its name.

    Raises:
        TypeError: a parameter has no domain, or a domain no parameter; `function` is not one.
    """
    if not isinstance(function, FunctionType):
        raise TypeError("over: give it a lambda or a function of the cell, not a built-in one")
    parameters = list(inspect.signature(function).parameters)
    if sorted(parameters) != sorted(domains):
        raise TypeError(
            f"over: the function's parameters are {', '.join(parameters)}, "
            f"the domains are of {', '.join(domains)}"
        )
    ordinary = {name: domain.values[0][1] for name, domain in domains.items()}
    cases = {"ordinary": ordinary}
    for name, domain in domains.items():
        for label, value in domain.values[1:]:
            cases[f"{name}_{label}"] = {**ordinary, name: value}
    return {
        case: Probe(_bound(function, [given[name] for name in parameters]), relative, absolute)
        for case, given in cases.items()
    }


def _bound(function: FunctionType, arguments: list[object]) -> FunctionType:
    """The same function with its arguments as defaults, which each probe gets copies of."""
    return FunctionType(
        function.__code__,
        function.__globals__,
        function.__name__,
        tuple(arguments),
        function.__closure__,
    )


def _three(value: float) -> float:
    return float(f"{value:.3g}")


def _spread(place: int, sign: int) -> float:
    """Numbers between 0.3 and 2.3 that follow no simple rule; signs mixed where `sign` is 0."""
    size = _three(0.3 + 2 * ((place + 1) * _GOLDEN % 1))
    return size * (sign or (-1 if place % 3 == 1 else 1))
