"""Say what the questions that were answered wrong have in common.

Where no known wrong answer is recognised, the first difference alone says little. All of them
together say more: that values are cut off at one size, that every one of them raised the same.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from slopewise.probe.domains import DOMAIN_LABEL
from slopewise.probe.patterns import Numbers, common_pattern
from slopewise.scoring.comparison import difference, scalar_of
from slopewise.scoring.observations import (
    ArrayNode,
    DictNode,
    ListNode,
    Node,
    Observation,
    ProbeRecord,
    RaisedNode,
    TensorNode,
    TextNode,
    Tolerance,
    TupleNode,
)


def in_common(
    observation: Observation, reference: Observation, clauses: Sequence[str | None]
) -> str | None:
    """Return a sentence or clause that holds of every question answered wrong, or None.

    Args:
        observation: what came back.
        reference: what the solution observed, the same questions.
        clauses: how each answer differs, None where it does not.
    """
    pattern = _pattern(observation, reference, clauses) or _only_zero(observation, reference)
    if pattern is not None:
        return pattern
    wrong = [IN_A_PART.sub("", clause) for clause in clauses if clause is not None]
    alike = len(wrong) > 1 and len(set(wrong)) == 1
    plain = alike and not TELLS_LITTLE.search(wrong[0])
    for test in () if plain else (_one_argument, _only_part):
        said = test(observation, reference)
        if said is not None:
            return said
    if alike:
        which = "every question" if len(wrong) == len(clauses) else "each of the others"
        first = next(clause for clause in clauses if clause is not None)
        parts = {clause.partition(",")[0] for clause in clauses if clause is not None}
        return f"In {which}, {first if len(parts) == 1 else wrong[0]}."
    return None


IN_A_PART = re.compile(r"^(for [^,]+|in entry \d+), ")
"""How a clause begins that says in which part of an answer it holds."""

TELLS_LITTLE = re.compile(
    r"\b(number|values?|parts? of \w+ \w+|duration) (differs?\b|\w+ the wrong sign, and )"
)
"""A clause that says no more than that it is wrong."""

SAYS_LESS = re.compile(
    "In |Where|Each|Only what was asked|Every (number (is|that is) wrong (by|has)|list)|It stops"
)
"""How a sentence begins that says less than which change makes a right answer of it."""

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
    2.0: "changes like the square of what is asked",
    3.0: "changes like the cube of what is asked",
    0.5: "changes like the root of what is asked",
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
        parts = _beside(answer.value, wanted.value, wanted.tolerance)
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
            found.setdefault(power, []).append(f"only `{name}`")
    for power, names in found.items():
        return f"Where {' or '.join(names)} changes, the answer {_GOES_LIKE[power]}."
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


def _only_part(observation: Observation, reference: Observation) -> str | None:
    """Say so where one named part of the answers is wrong, and the others always right."""
    right: dict[str, int] = {}
    wrong: dict[str, int] = {}
    clauses: set[str] = set()
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
                clauses.add(clause)
            tally = right if clause is None else wrong
            tally[key.value] = tally.get(key.value, 0) + 1
    if len(wrong) != 1 or not right or set(wrong) & set(right):
        return None
    (name,) = wrong
    if wrong[name] < 2 or max(right.values()) < 2:
        return None
    beside = ", ".join(other for other in right if right[other] > 1)
    when = "Wherever the parts are told apart" if unnamed else "Each time"
    alike = clauses.pop() if len(clauses) == 1 else ""
    how = f"; {alike}" if alike and not TELLS_LITTLE.search(alike) else ""
    return f"{when} it is the same part that is wrong: {name}{how}. Right beside it: {beside}."


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
    observation: Observation, reference: Observation, clauses: Sequence[str | None]
) -> str | None:
    asked: list[Numbers] = []
    always_right = _parts_always_right(observation, reference)
    for answer, wanted, clause in zip(observation.probes, reference.probes, clauses, strict=True):
        parts = _beside(
            _without(answer.value, always_right),
            _without(wanted.value, always_right),
            wanted.tolerance,
        )
        if parts is not None:
            asked.extend(parts)
        elif clause is not None:
            return None
    said = common_pattern(asked)
    # What one part holds is not what the answer as a whole returns.
    return None if always_right and said is not None and said.startswith("It returns") else said


def _parts_always_right(observation: Observation, reference: Observation) -> frozenset[str]:
    """Named parts that nothing ever goes wrong in: they speak for nothing and against nothing.

    Names with a digit say what was asked, not what came back, and do speak.
    """
    right: set[str] = set()
    wrong: set[str] = set()
    for answer, wanted in zip(observation.probes, reference.probes, strict=True):
        for name, found, target in _named_parts(answer.value, wanted.value):
            same = difference(found, target, wanted.tolerance) is None
            (right if same else wrong).add(name)
    return frozenset(right - wrong)


def _named_parts(found: Node, wanted: Node) -> Iterator[tuple[str, Node, Node]]:
    """The parts of two dicts by their names, also of dicts in two lists of one length."""
    if isinstance(found, DictNode) and isinstance(wanted, DictNode):
        if [key for key, _ in found.items] == [key for key, _ in wanted.items]:
            for (key, one), (_, other) in zip(found.items, wanted.items, strict=True):
                if isinstance(key, TextNode) and not re.search(r"\d", key.value):
                    yield key.value, one, other
    elif isinstance(found, ListNode | TupleNode) and isinstance(wanted, ListNode | TupleNode):
        for one, other in zip(found.items, wanted.items, strict=False):
            yield from _named_parts(one, other)


def _without(node: Node, names: frozenset[str]) -> Node:
    """A dict without the parts of these names, also one in a list; any other node as it is."""
    if isinstance(node, ListNode | TupleNode):
        return type(node)(tuple(_without(item, names) for item in node.items))
    if not isinstance(node, DictNode):
        return node
    return DictNode(
        tuple(
            (key, item)
            for key, item in node.items
            if not (isinstance(key, TextNode) and key.value in names)
        )
    )


def _beside(found: Node, wanted: Node, tolerance: Tolerance) -> list[Numbers] | None:
    """The numbers of two nodes, part by part; None where they cannot be laid side by side."""
    one, other = _numbers(found), _numbers(wanted)
    if one is not None and other is not None:
        if isinstance(found, ArrayNode | TensorNode) and scalar_of(found) is None:
            same_kind = isinstance(wanted, type(found)) and found.shape == wanted.shape
            if not same_kind:
                return None
        right = difference(found, wanted, tolerance) is None
        return [Numbers(right, tuple(one), tuple(other))]
    if isinstance(found, ListNode | TupleNode) and isinstance(wanted, ListNode | TupleNode):
        return _items(found.items, wanted.items, tolerance)
    if isinstance(found, DictNode) and isinstance(wanted, DictNode):
        if [key for key, _ in found.items] != [key for key, _ in wanted.items]:
            return None
        some, others = ([item for _, item in node.items] for node in (found, wanted))
        return _items(some, others, tolerance)
    return [] if found == wanted else None


def _items(
    found: Sequence[Node], wanted: Sequence[Node], tolerance: Tolerance
) -> list[Numbers] | None:
    if len(found) != len(wanted):
        return None
    numbers: list[Numbers] = []
    for one, other in zip(found, wanted, strict=True):
        part = _beside(one, other, tolerance)
        if part is None:
            return None
        numbers.extend(part)
    return numbers


def _numbers(node: Node) -> list[float] | None:
    """The numbers of a number, an array, or a list of numbers; None for anything else."""
    number = scalar_of(node)
    if number is not None:
        return [number]
    if isinstance(node, ArrayNode | TensorNode):
        return [float(value) for value in node.values]
    if isinstance(node, ListNode | TupleNode):
        some = [scalar_of(item) for item in node.items]
        if None not in some:
            return [value for value in some if value is not None]
    return None
