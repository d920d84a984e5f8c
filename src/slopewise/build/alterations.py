"""Mistakes made by machine: a right answer with one thing changed in what goes in or comes out.

Nobody can write down every mistake, but most are of a kind: an argument squared, doubled, cut off,
without its sign or left out of account, a result without its mean, one entry too few, two arguments
in each other's place. So the solution is asked the check's questions once more for each of these
changes, and what it answers is kept as a fingerprint. An answer that says the very same to every
question is told which change a right one would need for that: a fact, no guess.

Runs in the kernel that has run the lesson's cells; `slopewise.build.altering` starts it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from slopewise.build.changes import (
    ELEMENTWISE,
    OUTPUT,
    PART,
    STRUCTURAL,
    TOGETHER,
    Change,
    changed,
    leaves_of,
    restructured,
)
from slopewise.build.wrapping import After, Alteration, Before, Seen


def alterations(answer: Any, seen: Seen) -> Iterator[Alteration]:
    """Yield every alteration of an answer, the plainest first.

    Args:
        answer: a right answer, for its parameters' defaults.
        seen: what the check's questions give it.
    """
    counts, arrays = seen.of_kind("count"), seen.of_kind("array")
    numbers = seen.of_kind("number") + counts
    yield from _of_results()
    for name in numbers + arrays:
        for how, change in ELEMENTWISE.items():
            yield Alteration(f"`{name}`", how, _argument(name, change, whole=name in counts))
    for name in seen.of_kind("leaf"):
        yield from _of_leaves(name)
    for name in arrays:
        for how, change in STRUCTURAL.items():
            yield Alteration(f"`{name}`", how, _whole(change, name))
    if len(arrays) > 1:
        together = " and ".join(f"`{name}`" for name in arrays)
        for how, change in STRUCTURAL.items():
            if how in TOGETHER:
                yield Alteration(together, how.replace("its", "their"), _whole(change, *arrays))
    for name in seen.of_kind("call"):
        for how, change in ELEMENTWISE.items():
            yield Alteration(f"what `{name}` returns", how, _callable(name, change))
        yield Alteration(f"the arguments of `{name}`", "stood in the reverse order", _turned(name))
    for name in seen.of_kind("module"):
        for how, change in ELEMENTWISE.items():
            yield Alteration(f"the answer of `{name}`", how, _module(name, change))
    yield from _with_arguments(numbers, arrays)
    for group in (numbers, arrays):
        yield from _exchanged(group)
    yield from _defaults(answer)


def _of_results() -> Iterator[Alteration]:
    for how, change in OUTPUT.items():
        yield Alteration("its result", how, None, _result(change))
    for place, name in enumerate(("first", "second", "third")):
        for how, change in PART.items():
            yield Alteration(f"the {name} part of its result", how, None, _part(place, change))
    yield Alteration("the parts of its result", "stood in the reverse order", None, _parts_turned)


def _of_leaves(name: str) -> Iterator[Alteration]:
    single = f"the gradient in `{name}`"
    for how, change in ELEMENTWISE.items():
        yield Alteration(single, how, _gradients(name, change, whole=False))
    for how, change in STRUCTURAL.items():
        yield Alteration(single, how, _gradients(name, change, whole=True))
    for how, change in STRUCTURAL.items():
        yield Alteration(f"`{name}`", how, _leaves(name, change))


def _argument(name: str, change: Change, whole: bool = False) -> Before:
    def before(given: dict[str, Any]) -> None:
        if name in given:
            own = changed(given[name], change)
            given[name] = int(own) if whole else own

    return before


def _given(name: str, value: object) -> Before:
    def before(given: dict[str, Any]) -> None:
        given[name] = value

    return before


def _whole(change: Change, *names: str) -> Before:
    def before(given: dict[str, Any]) -> None:
        for name in names:
            if name in given:
                given[name] = restructured(given[name], change)

    return before


def _gradients(name: str, change: Change, whole: bool) -> Before:
    def before(given: dict[str, Any]) -> None:
        given[name], leaves = leaves_of(given[name])
        for leaf in leaves:
            if leaf.grad is not None:
                leaf.grad = (restructured if whole else changed)(leaf.grad, change)

    return before


def _leaves(name: str, change: Change) -> Before:
    def before(given: dict[str, Any]) -> None:
        given[name], leaves = leaves_of(given[name])
        if given[name] is leaves:
            places = change(np.arange(len(leaves), dtype=float)) if len(leaves) else []
            if not set(map(float, places)) <= set(map(float, range(len(leaves)))):
                raise ValueError("no such leaves")
            given[name] = [leaves[int(place)] for place in places]

    return before


def _callable(name: str, change: Change) -> Before:
    def before(given: dict[str, Any]) -> None:
        own = given[name]
        given[name] = lambda *arguments, **named: changed(own(*arguments, **named), change)

    return before


def _turned(name: str) -> Before:
    def before(given: dict[str, Any]) -> None:
        own = given[name]
        given[name] = lambda *arguments, **named: own(*arguments[::-1], **named)

    return before


def _module(name: str, change: Change) -> Before:
    def before(given: dict[str, Any]) -> Callable[[], None]:
        def hook(_model: Any, _given: Any, answer: Any) -> Any:
            return changed(answer, change)

        remove: Callable[[], None] = given[name].register_forward_hook(hook).remove
        return remove

    return before


def _result(change: Change) -> After:
    return lambda returned, _: changed(returned, change)


def _part(place: int, change: Change) -> After:
    def after(returned: Any, _: dict[str, Any]) -> Any:
        if not isinstance(returned, tuple) or len(returned) <= place:
            return returned
        parts = list(returned)
        parts[place] = changed(parts[place], change)
        return tuple(parts)

    return after


def _parts_turned(returned: Any, _: dict[str, Any]) -> Any:
    return returned[::-1] if isinstance(returned, tuple) else returned


def _with_arguments(numbers: list[str], arrays: list[str]) -> Iterator[Alteration]:
    """The result multiplied by an argument, or by how many points there are, and the like."""
    for name in numbers:
        for how, mix in _MIXTURES.items():
            yield Alteration("its result", how.format(name), None, _result_mixed(name, mix))
    for name in arrays[:1]:
        for how, power in _BY_COUNT.items():
            yield Alteration("its result", f"came {how}", None, _result_by_count(name, power))


_MIXTURES: dict[str, Callable[[Any, Any], Any]] = {
    "came multiplied by `{}`": lambda one, other: one * other,
    "came divided by `{}`": lambda one, other: one / other,
    "came with `{}` added": lambda one, other: one + other,
    "came with `{}` subtracted": lambda one, other: one - other,
}
_BY_COUNT = {
    "multiplied by how many points there are": 1.0,
    "divided by how many points there are": -1.0,
    "multiplied by the root of how many points there are": 0.5,
    "divided by the root of how many points there are": -0.5,
}


def _result_mixed(name: str, mix: Callable[[Any, Any], Any]) -> After:
    return lambda returned, given: changed(returned, lambda value: mix(value, given[name]))


def _result_by_count(name: str, power: float) -> After:
    def after(returned: Any, given: dict[str, Any]) -> Any:
        factor = float(len(given[name])) ** power
        return changed(returned, lambda value: value * factor)

    return after


def _exchanged(names: list[str]) -> Iterator[Alteration]:
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            yield Alteration(
                f"`{one}` and `{other}`", "stood in each other's place", _swapped(one, other)
            )
    for one in names:
        for other in names:
            if one != other:
                yield Alteration(
                    f"`{one}`", f"were replaced by `{other}`", _mixed(one, other, lambda _, b: b)
                )
                for how, mix in _MIXTURES.items():
                    yield Alteration(f"`{one}`", how.format(other), _mixed(one, other, mix))


def _swapped(one: str, other: str) -> Before:
    def before(given: dict[str, Any]) -> None:
        if one in given and other in given:
            given[one], given[other] = given[other], given[one]

    return before


def _mixed(one: str, other: str, mix: Callable[[Any, Any], Any]) -> Before:
    def before(given: dict[str, Any]) -> None:
        if one in given and other in given:
            given[one] = mix(given[one], given[other])

    return before


def _defaults(answer: Any) -> Iterator[Alteration]:
    for name, parameter in inspect.signature(answer).parameters.items():
        if parameter.default is not inspect.Parameter.empty:
            yield Alteration(
                f"`{name}`", f"were always {parameter.default}, its default",
                _given(name, parameter.default),
            )  # fmt: skip
