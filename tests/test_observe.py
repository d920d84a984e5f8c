"""What `observe` writes down, as the reading half of the format understands it."""

from __future__ import annotations

import json
import math
import warnings
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from slopewise import near, observe
from slopewise.scoring.nodes import (
    ArrayNode,
    BooleanNode,
    DictNode,
    FloatNode,
    IntegerNode,
    InterruptedNode,
    ListNode,
    Node,
    NoneNode,
    RaisedNode,
    TensorNode,
    TextNode,
    TupleNode,
    UnsupportedNode,
)
from slopewise.scoring.observations import (
    MIME_TYPE,
    Observation,
    Tolerance,
    payloads,
    read_observation,
)


@pytest.fixture(autouse=True, scope="module")
def shell() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        InteractiveShell.instance()


def shown(outputs: list[Any]) -> Any:
    """The one payload among displayed outputs, as a notebook file would hold it."""
    (payload,) = payloads([{"data": output.data} for output in outputs])
    written = json.dumps(payload, allow_nan=False, ensure_ascii=False).encode("utf-8")
    return json.loads(written)


def observed(**probes: Any) -> Observation:
    with capture_output() as captured:
        observe(**probes)
    assert not captured.stdout
    assert not captured.stderr
    return read_observation(shown(captured.outputs))


def node(value: object) -> Node:
    (probe,) = observed(value=lambda: value).probes
    return probe.value


# What is displayed


def test_one_output_names_every_question() -> None:
    with capture_output() as captured:
        observe(at_zero=lambda: 0, five_points=lambda: 5)
    (output,) = captured.outputs
    assert output.data["text/plain"] == "observed: at_zero, five_points"
    assert set(output.data) == {"text/plain", MIME_TYPE}


def test_probes_stand_in_the_order_they_were_asked() -> None:
    names = ["zebra", "ant", "Müller", "x" * 100]
    found = observed(**{name: lambda: 1 for name in names})
    assert [probe.name for probe in found.probes] == names


def test_near_sends_its_tolerances_along() -> None:
    found = observed(
        plain=lambda: 1.0,
        relative=near(lambda: 1.0, relative=1e-3),
        absolute=near(lambda: 1.0, absolute=0.5),
        both=near(lambda: 1.0, relative=0.0, absolute=0.25),
        neither=near(lambda: 1.0),
    )
    assert [probe.tolerance for probe in found.probes] == [
        Tolerance(),
        Tolerance(relative=1e-3),
        Tolerance(absolute=0.5),
        Tolerance(0.0, 0.25),
        Tolerance(),
    ]


# Each probe by itself


class Sum(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.weight = torch.nn.Parameter(torch.tensor([1.0]))


ARRAY = np.array([1.0, 2.0])
TENSOR = torch.tensor([1.0, 2.0])
LEAF = torch.tensor([1.0, 2.0], requires_grad=True)
LIST = [1.0, [2.0]]
DICT: dict[str, list[float]] = {"a": [1.0]}
SET = {1.0}
BYTES = bytearray(b"ab")
PAIR = (np.array([1.0]), [1.0])
MODEL = Sum()
OPTIMIZER = torch.optim.SGD(MODEL.parameters(), lr=0.5)
GENERATOR = np.random.default_rng(7)


def add_one_to_array() -> Any:
    ARRAY[0] += 1
    return ARRAY


def add_one_to_tensor() -> Any:
    TENSOR.add_(1)
    return TENSOR


def backward() -> Any:
    (LEAF * LEAF).sum().backward()  # type: ignore[no-untyped-call]  # torch is half typed
    return LEAF.grad


def append() -> Any:
    LIST.append(3.0)
    return LIST


def put() -> Any:
    DICT["a"].append(2.0)
    return DICT


def add() -> int:
    SET.add(float(len(SET)) + 5)
    return len(SET)


def extend() -> int:
    BYTES.extend(b"c")
    return len(BYTES)


def change_pair() -> Any:
    PAIR[0][0] += 1
    PAIR[1].append(2.0)
    return PAIR


def step() -> float:
    OPTIMIZER.zero_grad()
    (3 * MODEL.weight).sum().backward()  # type: ignore[no-untyped-call]  # torch is half typed
    OPTIMIZER.step()
    return MODEL.weight.item()


def draw() -> float:
    return float(GENERATOR.random())


@pytest.mark.parametrize(
    "change",
    [
        add_one_to_array,
        add_one_to_tensor,
        backward,
        append,
        put,
        add,
        extend,
        change_pair,
        step,
        draw,
    ],
)
def test_a_change_in_one_probe_is_not_seen_by_the_next(change: Callable[[], object]) -> None:
    first, second, third = observed(first=change, second=change, third=change).probes
    assert first.value == second.value == third.value


def test_the_data_outside_stays_as_it_was() -> None:
    before = (ARRAY.copy(), LIST.copy(), MODEL.weight.item())
    observed(array=add_one_to_array, list=append, model=step)
    assert np.array_equal(ARRAY, before[0])
    assert before[1:] == (LIST, MODEL.weight.item())


def test_a_model_and_its_optimizer_are_copied_together() -> None:
    (probe,) = observed(step=step).probes
    assert probe.value == FloatNode(1.0 - 0.5 * 3.0)


def test_closures_and_defaults_are_copied_too() -> None:
    inside = [1]

    def closure() -> list[int]:
        inside.append(2)
        return inside

    def default(data: list[int] = inside, *, keyword: list[int] = inside) -> list[int]:
        data.append(2)
        assert data is keyword
        return data

    two = ListNode((IntegerNode(1), IntegerNode(2)))
    found = observed(one=closure, two=closure, three=default, four=default)
    assert [probe.value for probe in found.probes] == [two] * 4
    assert inside == [1]


def test_a_name_used_in_a_function_inside_the_probe_is_copied() -> None:
    def outer() -> int:
        def inner() -> int:
            LIST.append(4.0)
            return len(LIST)

        return inner()

    first, second = observed(first=outer, second=outer).probes
    assert first.value == second.value == IntegerNode(3)


def test_pythons_names_mean_what_they_do_whatever_a_learner_calls_so() -> None:
    names: dict[str, Any] = {}
    learner = "list = [1, 2]\nrange = None\ndef own(): return list\n"
    check = (
        "def count():\n"
        "    globals()['lent'] = 3\n"
        "    return list(range(2))\n"
        "probes = {'asked': lambda: list(range(2)), 'helper': lambda: count(),\n"
        "          'own': lambda: own()}"
    )
    for place, source in (("learner", learner), ("check", check)):
        exec(compile(source, place, "exec"), names)
    found = [probe.value for probe in observed(**names["probes"]).probes]
    two = ListNode((IntegerNode(0), IntegerNode(1)))
    assert found == [two, two, ListNode((IntegerNode(1), IntegerNode(2)))]
    assert (names["list"], names["lent"]) == ([1, 2], 3)


def test_autograd_records_whoever_has_switched_it_off() -> None:
    torch.set_grad_enabled(False)
    try:
        found = observed(first=lambda: torch.set_grad_enabled(False), then=torch.is_grad_enabled)
    finally:
        torch.set_grad_enabled(True)
    assert found.probes[1].value == BooleanNode(value=True)


def test_what_cannot_be_copied_is_shared_and_spoils_no_other_copy() -> None:
    in_graph = [LEAF * 2]
    holder: dict[str, list[Any]] = {"graph": in_graph, "more": [1]}
    found = observed(
        length=lambda: len(in_graph) + len(holder["graph"]),
        again=lambda: len(holder["graph"]) + len(in_graph),
    )
    assert [probe.value for probe in found.probes] == [IntegerNode(2)] * 2


def test_a_closure_without_value_costs_only_its_probe() -> None:
    def early() -> Any:
        return late

    found = observed(early=early, other=lambda: 1)
    late = 3
    assert isinstance(found.probes[0].value, RaisedNode)
    assert found.probes[0].value.types[0] == "NameError"
    assert found.probes[1].value == IntegerNode(late - 2)


def test_callables_that_are_not_functions_are_asked_as_they_are() -> None:
    class Three:
        def __call__(self) -> int:
            return 3

    found = observed(builtin=dict, object=Three(), method="a-b".upper)
    assert [probe.value for probe in found.probes] == [
        DictNode(()),
        IntegerNode(3),
        TextNode("A-B"),
    ]


# A probe that goes wrong


class CustomError(ValueError):
    pass


class SilentError(Exception):
    def __str__(self) -> str:
        raise RuntimeError


def raiser(error: BaseException) -> Callable[[], object]:
    def raise_it() -> object:
        raise error

    return raise_it


@pytest.mark.parametrize(
    ("error", "types", "message"),
    [
        (CustomError("bad"), ("CustomError", "ValueError", "Exception"), "bad"),
        (NotImplementedError(), ("NotImplementedError", "RuntimeError", "Exception"), ""),
        (SystemExit(3), ("SystemExit",), "3"),
        (GeneratorExit("gone"), ("GeneratorExit",), "gone"),
        (BaseException("bare"), ("BaseException",), "bare"),
        (SilentError(), ("SilentError", "Exception"), ""),
        (ValueError("half \ud800 é"), ("ValueError", "Exception"), "half ? é"),
        (type("", (Exception,), {})(), ("nameless", "Exception"), ""),
        (type("N" * 200, (Exception,), {})(), ("N" * 100, "Exception"), ""),
    ],
)
def test_a_probe_that_raises_costs_only_itself(
    error: BaseException, types: tuple[str, ...], message: str
) -> None:
    before, raised, after = observed(before=lambda: 1, raises=raiser(error), after=lambda: 2).probes
    assert (before.value, after.value) == (IntegerNode(1), IntegerNode(2))
    assert raised.value == RaisedNode(types, message)


def test_a_long_message_is_cut() -> None:
    (probe,) = observed(raises=raiser(ValueError("x" * 10_000))).probes
    assert isinstance(probe.value, RaisedNode)
    assert len(probe.value.message) == 300


def test_a_deep_family_of_exceptions_is_cut() -> None:
    kind: type[Exception] = Exception
    for number in range(30):
        kind = type(f"E{number}", (kind,), {})
    (probe,) = observed(raises=raiser(kind())).probes
    assert isinstance(probe.value, RaisedNode)
    assert probe.value.types == tuple(f"E{number}" for number in range(29, 19, -1))


def test_endless_recursion_costs_only_its_probe() -> None:
    def deeper() -> int:
        return deeper() + 1

    first, second = observed(first=deeper, second=lambda: 2).probes
    assert isinstance(first.value, RaisedNode)
    assert first.value.types[0] == "RecursionError"
    assert second.value == IntegerNode(2)


def test_an_interrupt_displays_what_was_observed_and_goes_on() -> None:
    asked = []
    with capture_output() as captured, pytest.raises(KeyboardInterrupt):
        observe(
            first=lambda: 1,
            second=near(raiser(KeyboardInterrupt()), relative=0.1),
            third=lambda: asked.append(3),
        )
    found = read_observation(shown(captured.outputs))
    assert [(probe.name, probe.value) for probe in found.probes] == [
        ("first", IntegerNode(1)),
        ("second", InterruptedNode()),
    ]
    assert found.probes[1].tolerance == Tolerance(relative=0.1)
    assert not asked


def test_a_value_that_raises_while_it_is_read_costs_only_its_probe() -> None:
    class Hostile(dict[str, int]):
        def items(self) -> Any:
            raise ValueError("no")

    hostile, other = observed(hostile=lambda: Hostile(a=1), other=lambda: 2).probes
    assert hostile.value == RaisedNode(("ValueError", "Exception"), "no")
    assert other.value == IntegerNode(2)


# Plain data


class Point(NamedTuple):
    x: int
    y: float


class Text(str):
    __slots__ = ()


def _float_array(values: list[float], dtype: str) -> ArrayNode:
    return ArrayNode(dtype, (len(values),), tuple(values))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, NoneNode()),
        (True, BooleanNode(True)),
        (np.bool_(False), BooleanNode(False)),
        (0, IntegerNode(0)),
        (np.int8(-7), IntegerNode(-7)),
        (np.uint64(2**63 - 1), IntegerNode(2**63 - 1)),
        (2**63 - 1, IntegerNode(2**63 - 1)),
        (2**63, FloatNode(9.22337e18)),
        (-(10**400), FloatNode("-inf")),
        (1.23456789, FloatNode(1.23457)),
        (-0.000012345678, FloatNode(-1.23457e-05)),
        (1e308, FloatNode(1e308)),
        (math.nan, FloatNode("nan")),
        (math.inf, FloatNode("inf")),
        (np.float32(0.1), FloatNode(0.1)),
        (np.float16(0.1), FloatNode(0.0999756)),
        (np.longdouble(0.25), FloatNode(0.25)),
        (np.float64("-inf"), FloatNode("-inf")),
        ("é\n", TextNode("é\n")),
        (Text("sub"), TextNode("sub")),
        (np.str_("numpy"), TextNode("numpy")),
        ("half \udfff", TextNode("half ?")),
        ("x" * 301, TextNode("x" * 300)),
        ([], ListNode(())),
        ((1, "a"), TupleNode((IntegerNode(1), TextNode("a")))),
        (Point(1, 2.0), TupleNode((IntegerNode(1), FloatNode(2.0)))),
        (torch.Size([2, 3]), TupleNode((IntegerNode(2), IntegerNode(3)))),
        (
            {"a": 1, 2: None},
            DictNode(((TextNode("a"), IntegerNode(1)), (IntegerNode(2), NoneNode()))),
        ),
        (np.array(1.5), ArrayNode("float64", (), (1.5,))),
        (np.array([1.0, 1 / 3], dtype=np.float32), _float_array([1.0, 0.333333], "float32")),
        (np.array([0.1], dtype=np.float16), _float_array([0.0999756], "float16")),
        (np.array([0.25], dtype=">f8"), _float_array([0.25], "float64")),
        (np.array([[1, 2]]), ArrayNode("int64", (1, 2), (1, 2))),
        (np.array([[1, 2], [3, 4]]).T, ArrayNode("int64", (2, 2), (1, 3, 2, 4))),
        (np.array([2**64 - 1], dtype=np.uint64), ArrayNode("uint64", (1,), (1.84467e19,))),
        (np.array([True]), ArrayNode("bool", (1,), (True,))),
        (np.array([np.nan, -np.inf]), ArrayNode("float64", (2,), ("nan", "-inf"))),
        (np.zeros((0, 3)), ArrayNode("float64", (0, 3), ())),
        (np.ma.masked_array([1.0, 2.0], [True, False]), _float_array([1.0, 2.0], "float64")),
        (torch.tensor(1.5), TensorNode("float32", (), (1.5,), False)),
        (torch.tensor([1, 2]), TensorNode("int64", (2,), (1, 2), False)),
        (torch.tensor([True]), TensorNode("bool", (1,), (True,), False)),
        (
            torch.tensor([0.1], dtype=torch.bfloat16),
            TensorNode("bfloat16", (1,), (0.100098,), False),
        ),
        (torch.tensor([[1.0], [2.0]]).T, TensorNode("float32", (1, 2), (1.0, 2.0), False)),
        (torch.tensor([2.0], requires_grad=True) * 2, TensorNode("float32", (1,), (4.0,), True)),
        (torch.nn.Parameter(torch.zeros(1)), TensorNode("float32", (1,), (0.0,), True)),
        (torch.zeros(0), TensorNode("float32", (0,), (), False)),
    ],
)
def test_every_kind_keeps_what_the_comparison_needs(value: object, expected: Node) -> None:
    found = node(value)
    assert found == expected
    assert repr(found) == repr(expected)  # True == 1 == 1.0 must not pass for each other


def test_a_long_double_array_is_an_array_of_floats() -> None:
    found = node(np.array([0.25], dtype=np.longdouble))
    assert isinstance(found, ArrayNode)
    assert (found.shape, found.values) == ((1,), (0.25,))
    huge = node(np.array([np.finfo(np.longdouble).max]))
    assert isinstance(huge, ArrayNode)


def test_a_matrix_keeps_its_shape() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        matrix = np.asmatrix([[1.0, 2.0], [3.0, 4.0]])
    assert node(matrix) == ArrayNode("float64", (2, 2), (1.0, 2.0, 3.0, 4.0))


@pytest.mark.parametrize(
    "value",
    [
        object(),
        len,
        lambda: 1,
        b"bytes",
        range(3),
        np.array([object()]),
        torch.tensor([1j]),
        torch.zeros(2, device="meta"),
        torch.eye(2).to_sparse(),
        torch.float32,
        torch.nn.Linear(1, 1),
    ],
    ids=lambda value: type(value).__name__,  # a repr would name an address
)
def test_what_has_no_plain_form_is_unsupported_wherever_it_stands(value: object) -> None:
    found = node(value)
    assert isinstance(found, UnsupportedNode)
    assert found.type == type(value).__name__
    inside = node([1, value])
    assert isinstance(inside, ListNode)
    assert isinstance(inside.items[1], UnsupportedNode)


# Caps


def deep(levels: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("just", "over"),
    [
        (lambda: [0] * 4000, lambda: [0] * 4001),
        (lambda: (0,) * 4000, lambda: (0,) * 4001),
        (lambda: dict.fromkeys(range(2000), 0), lambda: dict.fromkeys(range(2001), 0)),
        (lambda: np.zeros(3999), lambda: np.zeros(4000)),
        (lambda: np.zeros((1, 3998)), lambda: np.zeros((1, 3999))),
        (lambda: torch.zeros(3999), lambda: torch.zeros(4000)),
        (lambda: torch.zeros((1,) * 60), lambda: torch.zeros(10**6).expand(10**6, 10**6)),
    ],
    ids=["list", "tuple", "dict", "array", "matrix", "tensor", "dimensions"],
)
def test_a_value_may_be_large_but_not_too_large(
    just: Callable[[], object], over: Callable[[], object]
) -> None:
    assert not isinstance(node(just()), UnsupportedNode)
    found = node(over())
    assert isinstance(found, UnsupportedNode)
    assert found.reason == "too large"


def test_nesting_is_cut_at_a_depth() -> None:
    found = node(deep(50))
    depth = 0
    while isinstance(found, ListNode):
        (found,) = found.items
        depth += 1
    assert depth == 9
    assert isinstance(found, UnsupportedNode)
    nested: dict[str, Any] = {}
    for _ in range(50):
        nested = {"deeper": nested}
    assert isinstance(node(nested), DictNode)


def test_a_list_that_holds_itself_is_cut() -> None:
    endless: list[Any] = [1]
    endless.append(endless)
    assert isinstance(node(endless), ListNode)


def bomb(width: int) -> list[Any]:
    level: list[Any] = [None] * width
    for _ in range(7):
        level = [level] * width
    return level


@pytest.mark.parametrize(
    "value",
    [
        bomb(400),
        bomb(1),
        [np.zeros((0,) + (1,) * 30)] * 4000,
        [{}] * 4000,
        [np.zeros(1)] * 2000,
        ["x" * 300] * 4000,
        [object()] * 4000,
        {number: object() for number in range(2000)},
    ],
    ids=["bomb", "deep", "empty", "dicts", "arrays", "texts", "objects", "dict"],
)
def test_whatever_probes_return_the_observation_can_be_read(value: object) -> None:
    probes: dict[str, Callable[[], object]] = {f"p{number}": lambda: value for number in range(20)}
    found = observed(**probes, last=lambda: 1)
    assert len(found.probes) == 21
    assert found.probes[-1].value == IntegerNode(1)
    assert not isinstance(found.probes[0].value, UnsupportedNode)


# Any value at all

plain_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.characters(categories=["Cs"])
    | st.lists(st.floats(), max_size=5).map(np.array)
    | st.lists(st.integers(-(2**63), 2**63 - 1), max_size=5).map(torch.tensor)
    | st.lists(st.floats(width=32), max_size=5).map(torch.tensor),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.integers() | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(plain_values)
@settings(max_examples=150, deadline=None, database=None)
def test_plain_data_always_comes_back_as_its_own_kind(value: object) -> None:
    kinds: dict[type, tuple[type, ...]] = {
        type(None): (NoneNode,),
        bool: (BooleanNode,),
        int: (IntegerNode, FloatNode),
        float: (FloatNode,),
        str: (TextNode,),
        list: (ListNode,),
        tuple: (TupleNode,),
        dict: (DictNode,),
        np.ndarray: (ArrayNode,),
        torch.Tensor: (TensorNode,),
    }
    assert isinstance(node(value), kinds[type(value)])


@given(st.floats(allow_nan=False, allow_infinity=False))
@settings(max_examples=100, deadline=None, database=None)
def test_six_significant_digits_are_kept(number: float) -> None:
    found = node(number)
    assert isinstance(found, FloatNode)
    assert not isinstance(found.value, str)
    assert math.isclose(found.value, number, rel_tol=5.1e-6, abs_tol=1e-310)
    assert len(f"{found.value:e}".split("e")[0].replace(".", "").strip("-0")) <= 7
