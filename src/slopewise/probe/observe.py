"""`observe`: ask the learner's code a question and write down what it answered.

Stands in the hidden region of every graded check cell. It holds questions only: what the right
answer is, and what it is worth, is decided elsewhere, after the kernel is dead.
"""

from __future__ import annotations

import builtins
import copy
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import CellType, CodeType, FunctionType
from typing import Any

from slopewise.probe import process_state
from slopewise.probe.codec import Budget, Node, encode, encode_exception, is_data
from slopewise.probe.hidden_region import learners_names

MIME_TYPE = "application/vnd.slopewise.observation+json"
FORMAT_VERSION = 1
HEAVIEST = 100
"""The largest weight of a question."""


@dataclass(frozen=True)
class Probe:
    """A question with tolerances or a weight of its own; made by `near`.

    Attributes:
        function: called without arguments; what it returns is the observation.
        relative: largest relative difference that still counts as equal, or None for the default.
        absolute: largest absolute difference that still counts as equal, or None for the default.
        weight: how many ordinary questions it counts for.
    """

    function: Callable[[], object]
    relative: float | None = None
    absolute: float | None = None
    weight: int = 1


def near(
    function: Callable[[], object],
    *,
    relative: float | None = None,
    absolute: float | None = None,
    weight: int = 1,
) -> Probe:
    """Return a probe whose numbers are compared with these tolerances instead of the default.

    Args:
        function: called without arguments; what it returns is the observation.
        relative: largest relative difference that still counts as equal, or None for the default.
        absolute: largest absolute difference that still counts as equal, or None for the default.
        weight: how many ordinary questions it counts for: more than 1 where an answer that fails
            here is of little use to anybody, whatever else it gets right.

    Raises:
        ValueError: the weight is no whole number from 1 to 100.
    """
    if not isinstance(weight, int) or not 1 <= weight <= HEAVIEST:
        raise ValueError(f"near: a weight is a whole number from 1 to {HEAVIEST}, not {weight!r}")
    return Probe(function, relative, absolute, weight)


def observe(**probes: Callable[[], object] | Probe) -> None:
    """Call every probe by itself and display what came back as one output of plain data.

    Args:
        probes: name of the question = a function without arguments (or `near(...)` of one).
            Names are shown to the learner, so they say what was asked: `five_points`, `at_zero`.

    Each probe gets copies of the arrays, tables, tensors, lists, dicts, models and optimizers it
    names, taken before the first one runs, so that a function that changes its input changes
    nothing for the next probe. In a probe, and in the functions of its own cell, Python's names,
    such as `list`, mean what they always do, whatever a learner calls so; and everything that holds
    for the whole process (see :mod:`slopewise.probe.process_state`) is what it always is, whoever
    has changed it. A probe that raises is recorded as such and costs only itself.
    When the cell is interrupted, what was observed so far is displayed and the interrupt goes on.
    """
    records: list[dict[str, Any]] = []
    with process_state.standard():
        try:
            _ask_all(probes, records)
        finally:
            process_state.reset()  # what displays is not what a probe has made of it
            _display({"version": FORMAT_VERSION, "probes": records})


def _ask_all(
    probes: dict[str, Callable[[], object] | Probe], records: list[dict[str, Any]]
) -> None:
    isolated = {name: _isolate(_as_probe(name, probe)) for name, probe in probes.items()}
    budget = Budget()
    for name, probe in isolated.items():
        record: dict[str, Any] = {"name": name, "value": {"kind": "interrupted"}}
        tolerance = {
            key: value
            for key, value in (("relative", probe.relative), ("absolute", probe.absolute))
            if value is not None
        }
        if tolerance:
            record["tolerance"] = tolerance
        if probe.weight != 1:
            record["weight"] = probe.weight
        records.append(record)
        record["value"] = _ask(probe.function, budget)


def _as_probe(name: str, probe: Callable[[], object] | Probe) -> Probe:
    made = probe if isinstance(probe, Probe) else Probe(probe)
    if not callable(made.function):  # asked, it would raise the same whatever a learner wrote
        raise TypeError(f"the question {name} is no function; write {name}=lambda: …")
    if _needs_arguments(made.function):  # and so would this
        raise TypeError(
            f"the question {name} is a function of arguments, and it is called with none; "
            f"write {name}=lambda: …"
        )
    return made


def _needs_arguments(function: Callable[[], object]) -> bool:
    """Whether a function that is written out cannot be called without arguments."""
    if not isinstance(function, FunctionType):
        return False
    code = function.__code__
    own = code.co_argcount - len(function.__defaults__ or ())
    return own > 0 or code.co_kwonlyargcount > len(function.__kwdefaults__ or {})


def _ask(function: Callable[[], object], budget: Budget) -> Node:
    process_state.reset()
    try:
        return encode(function(), budget)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return encode_exception(error)


def _display(payload: dict[str, Any]) -> None:
    from IPython.display import display

    names = ", ".join(record["name"] for record in payload["probes"])
    display({MIME_TYPE: payload, "text/plain": f"observed: {names}"}, raw=True)


def _isolate(probe: Probe) -> Probe:
    """Return the probe with copies of the data it names; anything but a function stays as it is."""
    function = probe.function
    if not isinstance(function, FunctionType):
        return probe
    namespace = {
        name: value for name, value in function.__globals__.items() if not hasattr(builtins, name)
    }
    namespace["__builtins__"] = builtins
    # A check that hands names to the learner's functions puts them where those look.
    learner = learners_names(function.__globals__)
    namespace["globals"] = lambda: learner
    memo: dict[int, Any] = {}
    for name in _names(function.__code__):
        if name in namespace:
            namespace[name] = _own(namespace[name], memo)
    for name, value in namespace.items():
        if _is_helper(value, function.__code__.co_filename):
            namespace[name] = _rebased(value, namespace)
    isolated = _rebased(function, namespace, lambda value: _own(value, memo))
    return replace(probe, function=isolated)


def _is_helper(value: object, cell: str) -> bool:
    """Whether it is a function of the same cell."""
    return isinstance(value, FunctionType) and value.__code__.co_filename == cell


def _rebased(
    function: FunctionType,
    namespace: dict[str, Any],
    own: Callable[[object], object] = lambda value: value,
) -> FunctionType:
    """The same function, looking its names up in another namespace.

    own: what to make of each value that the function brings along (defaults, closure).
    """
    rebased = FunctionType(
        function.__code__,
        namespace,
        function.__name__,
        tuple(map(own, function.__defaults__ or ())),
        tuple(_own_cell(cell, own) for cell in function.__closure__ or ()),
    )
    keywords = function.__kwdefaults__ or {}
    rebased.__kwdefaults__ = {name: own(value) for name, value in keywords.items()}
    return rebased


def _names(code: CodeType) -> set[str]:
    """Every global name that the code, or a function written inside it, may look up."""
    names = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            names |= _names(constant)
    return names


def _own_cell(cell: CellType, own: Callable[[object], object]) -> CellType:
    try:
        value = cell.cell_contents
    except ValueError:  # nothing was put in yet
        return cell
    owned = own(value)
    return cell if owned is value else CellType(owned)


def _own(value: object, memo: dict[int, Any]) -> object:
    return _copy(value, memo) if is_data(value) else value


def _copy(value: object, memo: dict[int, Any]) -> object:
    attempt = dict(memo)
    try:
        copied: object = copy.deepcopy(value, attempt)
    except Exception:  # a tensor inside a graph, a handle: shared, as it would be without us
        return value  # and nothing of a half-made copy is remembered
    # deepcopy keeps alive what it has seen, under the id of its memo, which is gone after this.
    memo.setdefault(id(memo), []).extend(attempt.pop(id(attempt), []))
    memo.update(attempt)
    return copied
