"""Say what the questions that were answered wrong have in common.

Where no known wrong answer is recognised, the first difference alone says little. All of them
together say more: that values are cut off at one size, that every one of them raised the same.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from slopewise.probe.domains import DOMAIN_LABEL
from slopewise.probe.patterns import Numbers, common_pattern
from slopewise.scoring.beside import beside, parts_always_right, without
from slopewise.scoring.clauses import Clause, Says
from slopewise.scoring.comparison import difference
from slopewise.scoring.enumeration import enumerated
from slopewise.scoring.nodes import DictNode, RaisedNode, TextNode
from slopewise.scoring.observations import Observation, ProbeRecord
from slopewise.scoring.questions import argument_in_words


@dataclass(frozen=True)
class InCommon:
    """What holds of every question that was answered wrong.

    Attributes:
        text: it, in one sentence or several.
        part: the one of these that names the part that is wrong, or "".
        says_less: whether it says less than which change makes a right answer of it.
        wants_example: whether one question still is to be told as an example.
    """

    text: str
    part: str = ""
    says_less: bool = False
    wants_example: bool = True


def in_common(
    observation: Observation, reference: Observation, clauses: Sequence[Clause | None]
) -> InCommon | None:
    """Return what holds of every question answered wrong, or None.

    Args:
        observation: what came back.
        reference: what the solution observed, the same questions.
        clauses: how each answer differs, None where it does not.
    """
    part = _only_part(observation, reference)
    pattern, always_right = _pattern(observation, reference, clauses)
    if pattern is not None:
        less = bool(_SAYS_LESS.search(pattern))
        example = not pattern.startswith("Every number that comes back is")
        if part is not None:
            text = f"{part.sentence} In {part.name}, {_lower(pattern)}"
            return InCommon(text, part.sentence, less, example)
        if always_right and not _OF_WHAT_IS_WRONG.search(pattern):
            names = enumerated(_readable(always_right))
            if len(always_right) > _FEW_NAMES:
                names = f"{len(always_right)} parts"
            are = "are" if always_right[1:] else "is"
            pattern = f"{pattern.rstrip('.')}, but for {names}, which {are} right."
        return InCommon(pattern, "", less, example)
    zero = _only_zero(observation, reference)
    if zero is not None:
        return InCommon(zero)
    if part is not None and part.how:
        text = f"{part.sentence} In {part.name}, each time, {part.how}."
        return InCommon(text, part.sentence, wants_example=False)
    told = [clause for clause in clauses if clause is not None]
    alike = told[0] if len({clause.text for clause in told}) == 1 else None
    plain = alike is not None and not alike.tells_little
    argument = None if plain else _one_argument(observation, reference)
    if part is not None and not plain:
        return InCommon(f"{part.sentence} {argument or ''}".rstrip(), part.sentence, says_less=True)
    if argument is not None:
        return InCommon(argument, says_less=True)
    if alike is None or alike.only_differs or len(told) < 2:
        return None
    every = len(told) == len(clauses)
    # Where some are right, which change gives them all says more than what the others are.
    less = not every or alike.says is Says.LESS
    if part is not None and not every:
        text = f"{part.sentence} In each question that was answered wrong, {alike.text}."
        return InCommon(text, part.sentence, less, False)
    which = "every question" if every else "each of the others"
    one_part = len({clause.part for clause in told}) == 1
    return InCommon(f"In {which}, {alike if one_part else alike.text}.", "", less, False)


# What `common_pattern` says goes to the learner's notebook, too, and is words only. Nothing of a
# learner's is in them.
_SAYS_LESS = re.compile(r"begins right|wrong by |that is wrong has|\bstops before the end")
"""What a pattern holds that says less than which change makes a right answer of it."""

_OF_WHAT_IS_WRONG = re.compile(r"\b(that is wrong|(is|are) right)\b")
"""Where a pattern leaves room for what is right."""


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _readable(names: Iterable[str]) -> list[str]:
    """Names of parts of an answer, all in quotes unless all read well without."""
    names = list(names)
    if all(_PLAIN_NAME.fullmatch(name) for name in names):
        return names
    return [f"“{name}”" for name in names]


_PLAIN_NAME = re.compile(r"(the )?\w*([^\Ws]|ss|ias)")
"""A name that can stand before “is” without quotes: a single thing."""

_ZERO = re.compile(r"(?<![\d.])0(\.0)?(?![\d.])(?! (steps?|epochs?))|^zero\b|\bzero$")


def _only_zero(observation: Observation, reference: Observation) -> str | None:
    """Say so where what was asked with a 0 is wrong, and nothing else is."""
    leaves = [
        leaf
        for answer, wanted in zip(observation.probes, reference.probes, strict=True)
        for leaf in _leaves(answer, wanted)
    ]
    wrong = [leaf for leaf in leaves if not leaf[1]]
    if not wrong or not all(_ZERO.search(label) for label, _ in wrong):
        return None
    if sum(right for _, right in leaves) < 3:
        return None
    return (
        "Only what was asked with a 0 is wrong, all else is right: is a 0 taken for “not given”? "
        "Look for an `or`, or for an `if` that asks whether there is a value."
    )


_Both = tuple[list[float], list[float]]
"""The numbers that came back to one question, and those that were expected."""

_GOES_LIKE = {
    2.0: "changes like the square of the right one",
    3.0: "changes like the cube of the right one",
    0.5: "changes like the root of the right one",
    -1.0: "shrinks where it should grow, and grows where it should shrink",
    -2.0: "shrinks where it should grow, and grows where it should shrink",
    0.0: "stays the same, and it should not",
}
"""Of which power of the expected answer the answer is, and what that means."""


def _one_argument(observation: Observation, reference: Observation) -> str | None:
    """Say so where one argument acts in another way than it should, as `domains.over` shows it."""
    groups: dict[str, list[list[Numbers]]] = {}
    ordinary: list[Numbers] = []
    for answer, wanted in zip(observation.probes, reference.probes, strict=True):
        label = DOMAIN_LABEL.fullmatch(wanted.name)
        if label is None and wanted.name != "ordinary":
            continue
        parts = beside(answer.value, wanted.value, wanted.tolerance)
        if parts is None:
            return None
        if label is None:
            ordinary = parts
        else:
            groups.setdefault(label[1], []).append(parts)
    # Two or three names of the author's own may end like those of a domain.
    groups = {name: asked for name, asked in groups.items() if len(asked) > 2}
    found: dict[float, list[str]] = {}
    for name, asked in groups.items():
        every = [_both(parts) for parts in [*asked, ordinary] if parts]
        power = 0.0 if _stands_still(every) else _power_of(every)
        if power is not None:
            found.setdefault(power, []).append(f"only {argument_in_words(name)}")
    for power, names in found.items():
        return f"Where {' or '.join(names)} changes, your answer {_GOES_LIKE[power]}."
    return None


def _both(parts: Sequence[Numbers]) -> _Both:
    return [v for part in parts for v in part.found], [v for part in parts for v in part.wanted]


def _power_of(every: Sequence[_Both]) -> float | None:
    """Of which power, other than 1, of what was expected all answers are, up to one factor."""
    length = len(every[0][1]) if every else 0
    pairs = [
        (found, wanted)
        for found, wanted in every
        if len(found) == len(wanted) == length and all(map(math.isfinite, found + wanted))
    ]
    if any(
        asked and not came
        for found, wanted in pairs
        for came, asked in zip(found, wanted, strict=True)
    ):
        return None
    powers = set()
    for place in range(length):
        logs = {
            (math.log(abs(wanted[place])), math.log(abs(found[place])))
            for found, wanted in pairs
            if found[place] and wanted[place]
        }
        some = sorted(logs)
        if len({round(wanted, 3) for wanted, _ in some}) < 4:
            if len({round(found, 3) for _, found in some}) > 1:
                return None  # what should stay does not
            continue
        (low, start), (high, end) = some[0], some[-1]
        slope = round(2 * (end - start) / (high - low)) / 2
        if any(abs(start + slope * (at - low) - found) > 2e-3 for at, found in some):
            return None
        powers.add(slope)
    if len(powers) != 1:
        return None
    (power,) = powers
    return power if power and power in _GOES_LIKE else None


def _stands_still(every: Sequence[_Both]) -> bool:
    if not every:
        return False
    first = every[0][0]
    return len({tuple(wanted) for _, wanted in every}) >= 4 and all(
        len(found) == len(first)
        and all(
            math.isclose(one, other, rel_tol=2e-5) for one, other in zip(found, first, strict=True)
        )
        for found, _ in every
    )


def _of_several(clause: Clause) -> Clause:
    """A clause about the one value of a list, as it is about several."""
    if clause.part or not clause.text.startswith("the value is "):
        return clause
    text = clause.text.replace("the value is", "the values are").replace("it should", "they should")
    return replace(clause, text=text)


@dataclass(frozen=True)
class _Part:
    """The one part that is wrong: a sentence that says so, its name in words, and how it differs.

    `how` is "" where it differs in several ways, or in none that says more than that it does.
    """

    sentence: str
    name: str
    how: str


def _only_part(observation: Observation, reference: Observation) -> _Part | None:
    """Say so where one named part of the answers is wrong, and the others always right."""
    right: dict[str, int] = {}
    wrong: dict[str, int] = {}
    clauses: set[Clause] = set()
    unnamed = False
    for answer, wanted in zip(observation.probes, reference.probes, strict=True):
        one, other = answer.value, wanted.value
        if difference(one, other, wanted.tolerance) is None:
            continue
        if not (isinstance(one, DictNode) and isinstance(other, DictNode)):
            unnamed = True
            continue
        if [key for key, _ in one.items] != [key for key, _ in other.items]:
            return None
        for (key, found), (_, target) in zip(one.items, other.items, strict=True):
            if not isinstance(key, TextNode):
                return None
            clause = difference(found, target, wanted.tolerance)
            if clause is not None:
                clauses.add(_of_several(clause))
            tally = right if clause is None else wrong
            tally[key.value] = tally.get(key.value, 0) + 1
    if len(wrong) != 1 or not right or set(wrong) & set(right):
        return None
    (name,) = wrong
    if wrong[name] < 2 or max(right.values()) < 2:
        return None
    told, *others = _readable([name, *(other for other in right if right[other] > 1)])
    if len(others) > _FEW_NAMES:
        are_right = f"the other {len(others)} things that are looked at are right"
    else:
        are_right = f"{enumerated(others)} {'are' if others[1:] else 'is'} right"
    alike = clauses.pop() if len(clauses) == 1 and not unnamed else None
    only = "Where the parts are asked together, only" if unnamed else "Only"
    how = "" if alike is None or alike.tells_little else str(alike)
    return _Part(f"{only} {told} is wrong; {are_right}.", told, how)


_FEW_NAMES = 4


def _leaves(answer: ProbeRecord, wanted: ProbeRecord) -> Iterator[tuple[str, bool]]:
    """What was asked, in words, and whether it was answered right: named parts one by one."""
    one, other = answer.value, wanted.value
    name = wanted.name.replace("_", " ")
    if isinstance(one, DictNode) and isinstance(other, DictNode):
        keys = [key for key, _ in other.items]
        if [key for key, _ in one.items] == keys and all(
            isinstance(key, TextNode) and re.search(r"\d", key.value) for key in keys
        ):
            for (key, found), (_, target) in zip(one.items, other.items, strict=True):
                assert isinstance(key, TextNode)
                yield key.value, difference(found, target, wanted.tolerance) is None
            return
    clause = difference(one, other, wanted.tolerance)
    # That a 0 raises has causes of its own, such as a division.
    yield "" if isinstance(one, RaisedNode) and clause is not None else name, clause is None


def _pattern(
    observation: Observation, reference: Observation, clauses: Sequence[Clause | None]
) -> tuple[str | None, list[str]]:
    """What all wrong numbers have in common, and the parts with numbers that it is not true of."""
    always_right = parts_always_right(observation, reference)
    said = _pattern_without(always_right, observation, reference, clauses)
    if not (said and always_right):
        return said, []
    if said == _pattern_without((), observation, reference, clauses):
        return said, []
    return said, [name for name, numbers in always_right.items() if numbers]


def _pattern_without(
    names: Collection[str],
    observation: Observation,
    reference: Observation,
    clauses: Sequence[Clause | None],
) -> str | None:
    asked: list[Numbers] = []
    for answer, wanted, clause in zip(observation.probes, reference.probes, clauses, strict=True):
        parts = beside(without(answer.value, names), without(wanted.value, names), wanted.tolerance)
        if parts is not None:
            asked.extend(parts)
        elif clause is not None:
            return None
    return common_pattern(asked)
