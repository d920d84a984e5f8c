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

from slopewise.build.changes import (
    CHOICES,
    COUNTED,
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
from slopewise.scoring.altered import Kind, Subject


def alterations(answer: Any, seen: Seen) -> Iterator[Alteration]:
    """Yield every alteration of an answer, the plainest first.

    Args:
        answer: a right answer, for its parameters' defaults.
        seen: what the check's questions give it.
    """
    counts, arrays = seen.of_kind("count"), seen.of_kind("array")
    real = seen.of_kind("number")
    numbers = real + counts
    result = Subject(Kind.METHOD_RESULT, ("forward",)) if isinstance(answer, type) else _RESULT
    yield from _of_results(result)
    yield from _defaults(answer, set(numbers))
    for name in counts:
        for how, change in COUNTED.items():
            yield Alteration(_number(name), how, _argument(name, change, whole=True))
    for name in real:
        for how, change in ELEMENTWISE.items():
            yield Alteration(_number(name), how, _argument(name, change))
    for name in arrays:
        for how, change in ELEMENTWISE.items():
            yield Alteration(_array(name), how, _argument(name, change))
    for kind in ("leaf", "leaves"):
        for name in seen.of_kind(kind):
            yield from _of_leaves(name, kind)
    for name in arrays:
        for how, change in STRUCTURAL.items():
            yield Alteration(_array(name), how, _whole(change, name))
    if len(arrays) > 1:
        for how in TOGETHER:
            together = Subject(Kind.EACH, tuple(arrays))
            yield Alteration(together, how, _whole(STRUCTURAL[how], *arrays))
    for name in seen.of_kind("call"):
        for how, change in ELEMENTWISE.items():
            yield Alteration(Subject(Kind.RETURNED, (name,)), how, _callable(name, change))
        yield Alteration(Subject(Kind.ARGUMENTS, (name,)), "turned", _turned(name))
    for name in seen.of_kind("module"):
        for how, change in ELEMENTWISE.items():
            yield Alteration(Subject(Kind.RETURNED, (name,)), how, _module(name, change))
    yield from _with_arguments(result, numbers, arrays)
    yield from _exchanged(numbers, _number)
    yield from _exchanged(arrays, _array)


_RESULT = Subject(Kind.RESULT)


def _number(name: str) -> Subject:
    return Subject(Kind.NUMBER, (name,))


def _array(name: str) -> Subject:
    return Subject(Kind.ARRAY, (name,))


def _of_results(result: Subject) -> Iterator[Alteration]:
    for how, change in OUTPUT.items():
        yield Alteration(result, how, None, _result(change))
    for place, name in enumerate(("first", "second", "third")):
        for how, change in PART.items():
            yield Alteration(Subject(Kind.PART, (name,)), how, None, _part(place, change))
    yield Alteration(Subject(Kind.PARTS), "parts turned", None, _parts_turned)


def _of_leaves(name: str, kind: str) -> Iterator[Alteration]:
    several = kind == "leaves"
    single = Subject(Kind.GRADIENTS if several else Kind.GRADIENT, (name,))
    for how, change in ELEMENTWISE.items():
        yield Alteration(single, how, _gradients(name, change, whole=False))
    for how, change in STRUCTURAL.items():
        yield Alteration(single, how, _gradients(name, change, whole=True))
    for how, change in CHOICES.items() if several else ():
        yield Alteration(Subject(Kind.LEAVES, (name,)), how, _leaves(name, change))


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


def _leaves(name: str, choice: Change) -> Before:
    def before(given: dict[str, Any]) -> None:
        _, leaves = leaves_of(given[name])
        given[name] = choice(leaves)

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


def _with_arguments(result: Subject, numbers: list[str], arrays: list[str]) -> Iterator[Alteration]:
    """The result multiplied by an argument, or by how many points there are, and the like."""
    for name in numbers:
        for how, mix in _MIXTURES.items():
            yield Alteration(result, how, None, _result_mixed(name, mix), name)
    for name in arrays[:1]:
        for how, power in _BY_LENGTH.items():
            yield Alteration(result, how, None, _result_by_length(name, power), f"len({name})")


def _sum(one: Any, other: Any) -> Any:
    if isinstance(one, list | tuple):
        raise TypeError("a list has no numbers added to it")  # `+` joins; see `_joined`
    return one + other


_MIXTURES: dict[str, Callable[[Any, Any], Any]] = {
    "times": lambda one, other: one * other,
    "over": lambda one, other: one / other,
    "plus": _sum,
    "minus": lambda one, other: one - other,
}
_BY_LENGTH = {
    "times length": 1.0,
    "over length": -1.0,
    "times root of length": 0.5,
    "over root of length": -0.5,
}


def _result_mixed(name: str, mix: Callable[[Any, Any], Any]) -> After:
    return lambda returned, given: changed(returned, lambda value: mix(value, given[name]))


def _result_by_length(name: str, power: float) -> After:
    def after(returned: Any, given: dict[str, Any]) -> Any:
        factor = float(len(given[name])) ** power
        return changed(returned, lambda value: value * factor)

    return after


def _exchanged(names: list[str], subject: Callable[[str], Subject]) -> Iterator[Alteration]:
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            yield Alteration(Subject(Kind.BOTH, (one, other)), "swapped", _swapped(one, other))
    mixtures = {"replaced": lambda _, b: b, **_MIXTURES, "followed": _joined}
    for one in names:
        for other in names:
            if one != other:
                for how, mix in mixtures.items():
                    yield Alteration(subject(one), how, _mixed(one, other, mix), other=other)


def _joined(one: Any, other: Any) -> Any:
    return one + other if isinstance(one, list | tuple) else one


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


def _defaults(answer: Any, numbers: set[str]) -> Iterator[Alteration]:
    for name, parameter in inspect.signature(answer).parameters.items():
        if isinstance(parameter.default, bool | int | float | str):
            subject = _number(name) if name in numbers else _array(name)
            before = _given(name, parameter.default)
            yield Alteration(subject, "default", before, other=repr(parameter.default))
