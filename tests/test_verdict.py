"""From observation and reference to points and words."""

from __future__ import annotations

import copy
import math
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from slopewise.probe.codec import encode
from slopewise.scoring import KnownAnswer, State, Verdict, judge
from slopewise.scoring.nodes import UnsupportedNode
from slopewise.scoring.observations import Observation, read_observation, unsupported
from slopewise.scoring.rendering import as_html, as_text

NOT_IMPLEMENTED = {
    "kind": "raised",
    "types": ["NotImplementedError", "RuntimeError", "Exception"],
    "message": "",
}
INTERRUPTED = {"kind": "interrupted"}
NONE = {"kind": "none"}


def number(value: float | str) -> dict[str, Any]:
    return {"kind": "float", "value": value}


def integer(value: int) -> dict[str, Any]:
    return {"kind": "integer", "value": value}


def text(value: str) -> dict[str, Any]:
    return {"kind": "text", "value": value}


def boolean(value: bool) -> dict[str, Any]:
    return {"kind": "boolean", "value": value}


def listed(*items: Any, kind: str = "list") -> dict[str, Any]:
    return {"kind": kind, "items": [number(x) if isinstance(x, float) else x for x in items]}


def pairs(*items: tuple[Any, Any]) -> dict[str, Any]:
    return {"kind": "dict", "items": [list(item) for item in items]}


def array(*values: Any, dtype: str = "float64", shape: list[int] | None = None) -> dict[str, Any]:
    return {
        "kind": "array",
        "dtype": dtype,
        "shape": [len(values)] if shape is None else shape,
        "values": list(values),
    }


def tensor(
    *values: Any, dtype: str = "float32", shape: list[int] | None = None, graph: bool = False
) -> dict[str, Any]:
    return array(*values, dtype=dtype, shape=shape) | {"kind": "tensor", "requires_grad": graph}


def raised(*types: str, message: str = "") -> dict[str, Any]:
    return {"kind": "raised", "types": [*types, "Exception"], "message": message}


def payload(tolerance: dict[str, float] | None = None, **values: Any) -> dict[str, Any]:
    extra = {} if tolerance is None else {"tolerance": tolerance}
    return {
        "version": 1,
        "probes": [{"name": name, "value": value, **extra} for name, value in values.items()],
    }


def reference(**values: Any) -> Observation:
    return read_observation(payload(**values))


def verdict(observed: Any, wanted: Any, *known: KnownAnswer, **tolerance: float) -> Verdict:
    """The verdict on one question beside one that is always answered right."""
    expected = read_observation(payload(tolerance or None, asked=wanted, sure=NONE))
    return judge("exercise", [payload(asked=observed, sure=NONE)], expected, 4.0, known)


def clause(observed: Any, wanted: Any, **tolerance: float) -> str:
    """How the answer to one question differs; "" where it does not."""
    found = verdict(observed, wanted, **tolerance)
    asked, sure = found.probes
    assert sure.right
    assert asked.right is (found.state is State.RIGHT) is (found.points == 4.0)
    assert asked.right is (asked.explanation == "")
    if not asked.right:
        assert (found.state, found.points) == (State.PARTLY_RIGHT, 2.0)
        # Of several numbers with the wrong sign, all is told before one of them could be.
        assert asked.explanation in found.message or "the wrong sign." in found.message
    return asked.explanation


# Comparison: numbers


@pytest.mark.parametrize(
    ("observed", "wanted", "tolerance"),
    [
        (number(3.0), number(3.0), {}),
        (number(3.0002), number(3.0), {}),
        (number(-2999.8), number(-3000.0), {}),
        (number(1e-6), number(0.0), {}),
        (number(0.0), number(-1e-6), {}),
        (number("nan"), number("nan"), {}),
        (number("inf"), number("inf"), {}),
        (number("-inf"), number("-inf"), {}),
        (number(3.02), number(3.0), {"relative": 1e-2}),
        (number(3.4), number(3.0), {"absolute": 0.5}),
        (number(3.4), number(3.0), {"absolute": 0.5, "relative": 0.0}),
        (number(3.0), number(3.0), {"absolute": 0.0, "relative": 0.0}),
        (integer(3), number(3.0), {}),
        (number(3.0), integer(3), {}),
        (array(3.0, shape=[]), number(3.0), {}),
        (array(3, dtype="int64", shape=[]), number(3.0), {}),
        (tensor(3.0, shape=[]), number(3.0), {}),
        (tensor(3.0, shape=[]), array(3.0, shape=[]), {}),
        (number(3.0), array(3.0, shape=[]), {}),
        (listed(1.0, 2.0), listed(1.0, 2.00019), {}),
        (listed(1e6, 0.9), listed(1e6, 0.0), {}),
        (listed(tensor(1.0, shape=[]), integer(2)), listed(1.0, 2.0), {}),
        (listed(1.0, 2.0), listed(tensor(1.0, shape=[]), tensor(2.0, shape=[])), {}),
        (array(1.0, dtype="float32"), array(1.0), {}),
        (array(1.0, dtype="float16"), array(1.0, dtype="float32"), {}),
        (array(1, dtype="int32"), array(1, dtype="uint8"), {}),
        (tensor(1.0, dtype="float64"), tensor(1.0, dtype="bfloat16"), {}),
        (array("nan", 1.0), array("nan", 1.0), {}),
        (array(shape=[0, 3]), array(shape=[0, 3]), {}),
        (listed(), listed(), {}),
        (
            pairs((text("a"), number(1.0)), (text("b"), NONE)),
            pairs((text("b"), NONE), (text("a"), number(1.0))),
            {},
        ),
        (raised("CustomError", "ValueError"), raised("ValueError", message="other"), {}),
    ],
)
def test_answers_that_count_as_equal(
    observed: Any, wanted: Any, tolerance: dict[str, float]
) -> None:
    assert clause(observed, wanted, **tolerance) == ""


@pytest.mark.parametrize(
    ("observed", "wanted", "tolerance", "words"),
    [
        (number(3.01), number(3.0), {}, "the number is close, but not close enough"),
        (number(3.0002), number(3.0), {"relative": 1e-5}, "close, but not"),
        (number(1e-5), number(0.0), {}, "the number differs"),
        (number(6.0), number(3.0), {}, "the number is 2 times what it should be"),
        (number(1.0), number(3.0), {}, "is 0.333 times"),
        (number(-3.0), number(3.0), {}, "right in size but has the wrong sign"),
        (number(-6.0), number(3.0), {}, "-2 times"),
        (number(0.0), number(3.0), {}, "the number is zero"),
        (number("nan"), number(3.0), {}, "not a number (nan)"),
        (number("inf"), number(3.0), {}, "infinite where it should not be"),
        (number(3.0), number("inf"), {}, "finite where infinity is asked"),
        (number(3.0), number("nan"), {}, "known where nan is asked"),
        (number("-inf"), number("inf"), {}, "infinite with the wrong sign"),
        (number(1e308), number(1e-8), {}, "the number differs"),
        (number(1.0), number(1e10), {}, "the number differs"),
        (number(-2.25), number(1.0), {}, "has the wrong sign, and its size is not right either"),
        (
            listed(-2.0, -5.0),
            listed(1.0, 2.0),
            {},
            "wrong sign, and their sizes are not all right either",
        ),
        (listed(3.5, 7.0), listed(1.0, 2.0), {}, "are all wrong by the same factor"),
        (listed(-3.5, -7.0), listed(1.0, 2.0), {}, "are all wrong by the same negative factor"),
        (array(*[7.0] * 7), array(*[1.0] * 7), {}, "are 7 times what they should be"),
        (listed(2.0, 4.0), listed(1.0, 2.0), {}, "the values are 2 times what they should be"),
        (listed(-1.0, -2.0), listed(1.0, 2.0), {}, "are right in size but have the wrong sign"),
        (listed(0.0, 2.0, 4.0), listed(0.0, 1.0, 2.0), {}, "are 2 times"),
        (listed(1.0, 5.0), listed(1.0, 2.0), {}, "the first time in entry 1 (counted from 0)"),
        (listed(3.0, 5.0), listed(1.0, 2.0), {}, "differ in every one of the 2 entries"),
        (listed("nan", 5.0), listed("nan", 5.0), {}, ""),
        (array("nan", 2.0, 5.0), array("nan", 2.0, 7.0), {}, "the first time in entry 2"),
        (array("-inf", 2.0), array("inf", 2.0), {}, "infinite with the wrong sign"),
        (listed(2.0, 4.0, 7.0, 9.0), listed(1.0, 2.0, 4.0, 7.0), {}, "one place too early"),
        (listed(8.0, 1.0, 2.0, 4.0), listed(1.0, 2.0, 4.0, 7.0), {}, "one place too late"),
        (listed(1.0, 2.0, 4.0, 9.0), listed(1.0, 2.0, 4.0, 7.0), {}, "first time in entry 3"),
        (listed(5.0, 2.0, 4.0, 7.0), listed(1.0, 2.0, 4.0, 7.0), {}, "first time in entry 0"),
        (listed(2.0, 4.0, 7.0), listed(1.0, 2.0, 4.0, 7.0), {}, "is the first one missing?"),
        (listed(1.0, 2.0, 4.0), listed(1.0, 2.0, 4.0, 7.0), {}, "the last one is missing"),
        (listed(0.0, 1.0, 2.0), listed(1.0, 2.0), {}, "one too many at the front"),
        (listed(1.0, 2.0, 4.0), listed(1.0, 2.0), {}, "one too many at the end"),
        (listed(8.0, 9.0, 4.0), listed(1.0, 2.0), {}, "it has 3 entries where 2 are asked"),
        (listed(), listed(1.0), {}, "it has 0 entries where 1 is asked"),
        (listed(1.0), listed(), {}, "it has 1 entry where 0 are asked"),
    ],
)
def test_numbers_that_differ_are_told_how(
    observed: Any, wanted: Any, tolerance: dict[str, float], words: str
) -> None:
    if observed["kind"] == "list":
        observed = listed(*[number(x) if isinstance(x, str) else x for x in observed["items"]])
        wanted = listed(*[number(x) if isinstance(x, str) else x for x in wanted["items"]])
    found = clause(observed, wanted, **tolerance)
    assert words in found
    assert bool(found) is bool(words)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("ratio", [2, 3, 4, 10, 100, 1 / 2, 1 / 3, 1 / 4, 1 / 10, 1 / 100])
def test_a_simple_ratio_is_named(ratio: float, sign: int) -> None:
    found = clause(number(sign * ratio * 8.3 * 1.0005), number(8.3))
    assert found == f"the number is {sign * ratio:.3g} times what it should be"


@settings(max_examples=200, deadline=None)
@given(
    st.floats(-1e6, 1e6, allow_subnormal=False),
    st.floats(-1e6, 1e6, allow_subnormal=False),
    st.integers(1, 5),
)
@example(1.0, 1.5, 1)
@example(1.0, -1.5, 1)
@example(1.0, 41.1667, 1)
@example(1.0, 20.6, 4)
def test_a_wrong_constant_is_not_told_what_the_value_should_be(
    typed: float, wanted: float, count: int
) -> None:
    """No number of a message comes from the expected value, but for the few simple ratios."""
    if count == 1:
        found = clause(number(typed), number(wanted))
    else:
        found = clause(array(*[typed] * count), array(*[wanted] * count))
    told = {float(value) for value in re.findall(r"-?\d[\d.e+-]*", found)}
    simple = {2, 3, 4, 5, 10, 100, 0.5, 0.333, 0.25, 0.2, 0.1, 0.01}
    assert told <= simple | {-ratio for ratio in simple} | {float(count)}


def test_the_default_absolute_tolerance_scales_with_the_largest_number_beside() -> None:
    assert clause(array(1e6, 0.9), array(1e6, 0.0)) == ""
    assert clause(array(1e6, 1.1), array(1e6, 0.0)) != ""
    assert clause(array(1e-3, 0.9e-6), array(1e-3, 0.0)) == ""
    assert clause(array("inf", 1e-5), array("inf", 0.0)) != ""


def test_the_learners_own_tolerance_does_not_count() -> None:
    expected = reference(asked=number(3.0))
    found = judge("e", [payload({"relative": 1e6}, asked=number(9.0))], expected, 1.0)
    assert found.points == 0


# Comparison: kinds, dtypes, shapes


@pytest.mark.parametrize(
    ("observed", "wanted", "words"),
    [
        (NONE, number(3.0), "None (is a `return` missing?)"),
        (number(3.0), NONE, "a number where None is asked"),
        (boolean(True), number(1.0), "a truth value where a number is asked"),
        (number(1.0), boolean(True), "a number where a truth value is asked"),
        (boolean(False), boolean(True), "it is False, and it should not be"),
        (text("3"), number(3.0), "a string where a number is asked"),
        (text("a"), text("b"), "'a', which is not the answer"),
        (listed(3.0), number(3.0), "a list where a number is asked"),
        (array(3.0), number(3.0), "a numpy array of shape (1,) where a single number"),
        (array(True, dtype="bool", shape=[]), number(1.0), "where a single number is asked"),
        (tensor(3.0, shape=[1, 1]), number(3.0), "a tensor of shape (1, 1)"),
        (tensor(3.0, shape=[], graph=True), number(3.0), "still requires grad"),
        (tensor(3.0, graph=True), tensor(3.0), "still requires grad where a plain one"),
        (tensor(3.0), tensor(3.0, graph=True), "does not require grad, and it should"),
        (number(3.0), tensor(3.0, shape=[]), "a number where a tensor is asked"),
        (array(1.0), tensor(1.0), "a numpy array where a tensor is asked"),
        (tensor(1.0), array(1.0), "a tensor where a numpy array is asked"),
        (listed(1.0), array(1.0), "a list where a numpy array is asked"),
        (array(1.0), listed(1.0), "a numpy array where a list is asked"),
        (listed(1.0, kind="tuple"), listed(1.0), "a tuple where a list is asked"),
        (listed(1.0), listed(1.0, kind="tuple"), "a list where a tuple is asked"),
        (array(1.0, 2.0), array(1.0, 2.0, shape=[2, 1]), "shape is (2,) where (2, 1) is asked"),
        (array(1, dtype="int64"), array(1.0), "whole numbers (int64) where floats are asked"),
        (array(1.0), array(1, dtype="int64"), "floats (float64) where whole numbers are asked"),
        (array(1, dtype="uint8"), array(True, dtype="bool"), "where truth values are asked"),
        (tensor(1, dtype="int64"), tensor(1.0), "whole numbers (int64)"),
        (listed(text("a"), NONE), listed(text("a")), "2 entries where 1 is asked"),
        (
            listed(text("a"), text("b")),
            listed(text("a"), text("c")),
            "in entry 1 (counted from 0), it returned 'b'",
        ),
        (listed(1.0, text("b")), listed(1.0, 2.0), "in entry 1 (counted from 0), it returned a s"),
        (
            listed(1.0, tensor(2.0, shape=[], graph=True)),
            listed(1.0, 2.0),
            "in entry 1 (counted from 0), ",
        ),
        (pairs(), pairs((text("a"), NONE)), "0 keys where 1 is asked"),
        (
            listed(),
            pairs((text("w"), NONE), (text("losses"), NONE)),
            "where w and losses are asked",
        ),
        (pairs((text("b"), NONE)), pairs((text("a"), NONE)), "a key is missing"),
        (pairs((text("a"), text("c"))), pairs((text("a"), text("b"))), "for a, it returned 'c'"),
        (
            pairs((text("a far start"), number(2.0))),
            pairs((text("a far start"), number(4.0))),
            "for a far start, the number is",
        ),
        (raised("ValueError", message="bad"), number(3.0), "it raised ValueError: bad"),
        (raised("ValueError"), raised("TypeError"), "ValueError where it should raise TypeError"),
        (number(3.0), raised("TypeError"), "a number where it should raise TypeError"),
        (INTERRUPTED, number(3.0), "did not finish in time"),
        (INTERRUPTED, raised("TypeError"), "did not finish in time"),
        (
            {"kind": "unsupported", "type": "set", "reason": "no plain form"},
            number(3.0),
            "cannot be compared (a set: no plain form)",
        ),
    ],
)
def test_kinds_that_differ_are_told_how(observed: Any, wanted: Any, words: str) -> None:
    assert words in clause(observed, wanted)


# The state of an answer


def test_every_question_right() -> None:
    found = judge(
        "e", [payload(a=number(1.0), b=text("x"))], reference(a=number(1.0), b=text("x")), 3
    )
    assert (found.state, found.points, found.maximum) == (State.RIGHT, 3, 3)
    assert [(probe.name, probe.right) for probe in found.probes] == [("a", True), ("b", True)]


def test_each_question_is_worth_the_same_share() -> None:
    expected = reference(a=number(1.0), b=number(2.0), c=number(3.0))
    found = judge("e", [payload(a=number(1.0), b=number(9.0), c=number(8.0))], expected, 4)
    assert (found.state, found.points) == (State.PARTLY_RIGHT, 1.33)
    assert found.message == ("1 of 3 questions answered right. In “b”, the number differs.")


def test_a_heavier_question_counts_for_more() -> None:
    whole = payload(a=number(1.0), b=number(2.0), c=number(3.0))
    whole["probes"][1]["weight"] = 6
    expected = read_observation(whole)
    sent = payload(a=number(1.0), b=number(9.0), c=number(3.0))
    sent["probes"][0]["weight"] = 50  # the learner's own weights do not count
    found = judge("e", [sent], expected, 4)
    assert (found.state, found.points) == (State.PARTLY_RIGHT, 1)
    assert found.message.startswith("2 of 3 questions answered right.")
    assert "b (counts 6 times): the number differs" in as_text(found)
    assert "<em>b</em> (counts 6 times)" in as_html(found)
    assert judge("e", [whole], expected, 4).points == 4
    for weight in (0, -1, 101, 1.5, "2"):
        sent["probes"][0]["weight"] = weight
        assert judge("e", [sent], expected, 4).state is State.TAMPERED


def test_every_question_wrong() -> None:
    found = judge("e", [payload(at_zero=number(4.0))], reference(at_zero=number(2.0)), 4)
    assert (found.state, found.points) == (State.WRONG, 0)
    assert "In “at zero”, the number is 2 times what it should be." in found.message


def test_the_stub_is_not_attempted() -> None:
    found = judge(
        "e", [payload(a=NOT_IMPLEMENTED, b=NOT_IMPLEMENTED)], reference(a=NONE, b=NONE), 4
    )
    assert (found.state, found.points) == (State.NOT_ATTEMPTED, 0)
    assert not any(probe.right for probe in found.probes)


def test_the_stub_earns_nothing_where_an_exception_is_asked() -> None:
    expected = reference(a=raised("RuntimeError"), b=number(1.0))
    found = judge("e", [payload(a=NOT_IMPLEMENTED, b=NOT_IMPLEMENTED)], expected, 4)
    assert (found.state, found.points) == (State.NOT_ATTEMPTED, 0)


@pytest.mark.parametrize(
    "written", ["c", "C", " c ", "(c)", "[C]", "c)", "c.", "'c'", "“c”", "\tC\n", "(C)."]
)
def test_a_letter_is_the_letter_however_it_is_written(written: str) -> None:
    for answer in (text(written), listed(text(written))):
        found = judge("e", [payload(letter=answer)], reference(letter=text("c")), 2)
        assert (found.state, found.points) == (State.RIGHT, 2)
    assert judge("e", [payload(letter=text(written))], reference(letter=text("b")), 2).points == 0
    # A text that an exercise returns is not a letter that was put in.
    assert judge("e", [payload(kind=text("C"))], reference(kind=text("c")), 2).points == 0


@pytest.mark.parametrize("written", ["cc", "c or d", "", "()", "1", "ç"])
def test_what_is_more_than_a_letter_is_not_the_letter(written: str) -> None:
    assert judge("e", [payload(letter=text(written))], reference(letter=text("c")), 2).points == 0


def test_a_letter_and_the_number_that_goes_with_it_count_together() -> None:
    def pair(kind: str, letter: Any, value: Any) -> Any:
        return {"kind": kind, "items": [letter, value]}

    expected = reference(letter=pair("tuple", text("c"), number(0.25)))

    def points(*answer: Any) -> float:
        return judge("e", [payload(letter=pair(*answer))], expected, 2).points

    assert points("tuple", text("c"), number(0.25)) == 2
    assert points("list", text("(C)"), number(0.25)) == 2
    assert points("tuple", text("b"), number(0.25)) == 0
    assert points("tuple", text("c"), number(0.5)) == 0
    assert judge("e", [payload(letter=text("c"))], expected, 2).points == 0
    empty = judge("e", [payload(letter=pair("tuple", NONE, NONE))], expected, 2)
    assert empty.state is State.NOT_ATTEMPTED


def test_a_letter_that_was_not_put_in_is_not_attempted() -> None:
    found = judge("e", [payload(letter=NONE)], reference(letter=text("c")), 2)
    assert found.state is State.NOT_ATTEMPTED
    assert judge("e", [payload(letter=text("a"))], reference(letter=text("c")), 2).state is (
        State.WRONG
    )


def test_an_answer_that_raises_everywhere() -> None:
    error = raised("NameError", message="name 'y' is not defined")
    found = judge("e", [payload(a=error, b=NOT_IMPLEMENTED)], reference(a=NONE, b=NONE), 4)
    assert (found.state, found.points) == (State.RAISED, 0)
    assert "NameError: name 'y' is not defined" in found.message


@pytest.mark.parametrize("left", [[], [payload()]])  # the second: it asked, and could not go on
def test_a_check_that_did_not_run(left: list[Any]) -> None:
    found = judge("e", left, reference(a=NONE), 4)
    assert (found.state, found.points, found.probes) == (State.NOT_RUN, 0, ())


RIGHT = payload(a=number(1.0), b=number(2.0), c=number(3.0))


@pytest.mark.parametrize(
    "payloads",
    [
        [RIGHT, RIGHT],
        [RIGHT, None],
        [None],
        [[]],
        ["right"],
        [RIGHT | {"points": 4}],
        [payload(a=number(1.0), b=number(2.0), c={"kind": "integer", "value": 10**400})],
        [payload(a=number(1.0), b=number(2.0), c=array(10**400))],
        [payload(a=number(1.0), b=number(2.0))],
        [payload(b=number(2.0), a=number(1.0), c=number(3.0))],
        [payload(a=number(1.0), b=number(2.0), c=number(3.0), d=number(4.0))],
        [payload(a=number(1.0), b=number(2.0), x=INTERRUPTED)],
        [payload(c=INTERRUPTED)],
    ],
)
def test_what_the_check_cannot_have_written_is_tampering(payloads: list[Any]) -> None:
    expected = reference(a=number(1.0), b=number(2.0), c=number(3.0))
    found = judge("e", payloads, expected, 4)
    assert (found.state, found.points) == (State.TAMPERED, 0)
    assert "\n" not in found.message


def test_an_interrupt_costs_only_the_questions_it_cut_off() -> None:
    expected = reference(a=number(1.0), b=number(2.0), c=number(3.0), d=number(4.0))
    found = judge("e", [payload(a=number(1.0), b=INTERRUPTED)], expected, 4)
    assert (found.state, found.points) == (State.PARTLY_RIGHT, 1)
    late, unknown = (
        "it did not finish in time",
        "it was not asked: one before it did not finish in time",
    )
    assert [probe.explanation for probe in found.probes] == ["", late, unknown, unknown]
    assert found.message == "1 of 4 questions answered right. In “b”, it did not finish in time."


# Known answers


def known(name: str, **values: Any) -> KnownAnswer:
    return KnownAnswer(name, f"About {name}.", reference(**values))


def test_a_known_answers_message_comes_before_the_generic_one() -> None:
    corpus = (
        known("other", asked=number(7.0), sure=NONE),
        known("doubled", asked=number(6.0), sure=NONE),
        known("doubled again", asked=number(6.0), sure=NONE),
    )
    found = verdict(number(6.0003), number(3.0), *corpus)
    assert (found.message, found.misconception) == ("About doubled.", "doubled")
    assert (found.state, found.points) == (State.PARTLY_RIGHT, 2)
    assert found.probes[0].explanation == "the number is 2 times what it should be"


def test_an_answer_nobody_knew_keeps_the_generic_message() -> None:
    found = verdict(number(5.0), number(3.0), known("doubled", asked=number(6.0), sure=NONE))
    assert found.misconception == ""
    assert "the number differs" in found.message


def test_a_right_answer_is_no_misconception() -> None:
    found = verdict(number(3.0), number(3.0), known("same", asked=number(3.0), sure=NONE))
    assert (found.state, found.misconception) == (State.RIGHT, "")


def test_known_answers_compare_by_the_references_tolerance_ten_times_over() -> None:
    corpus = (known("near six", asked=number(6.0), sure=NONE),)
    assert verdict(number(6.05), number(3.0), *corpus, relative=1e-3).misconception == "near six"
    assert verdict(number(6.07), number(3.0), *corpus, relative=1e-3).misconception == ""
    assert verdict(number(6.05), number(3.0), *corpus).misconception == ""
    assert verdict(number(6.9), number(3.0), *corpus, absolute=0.1).misconception == "near six"


@pytest.mark.parametrize(
    ("observed", "other", "same"),
    [
        (INTERRUPTED, INTERRUPTED, True),
        (INTERRUPTED, number(3.0), False),
        (raised("ValueError", message="a"), raised("ValueError", message="b"), False),
        (
            raised("NameError", message="name 'lr' is not defined"),
            raised("NameError", message="name 'rate' is not defined"),
            False,
        ),
        (
            raised("NameError", message="name 'x' is not defined"),
            raised("NameError", message="name 'x' is not defined"),
            True,
        ),
        (
            raised(
                "UnboundLocalError", message="cannot access local variable 'a' where it is not set"
            ),
            raised(
                "UnboundLocalError",
                message="cannot access local variable 'total' where it is not set",
            ),
            True,
        ),
        (
            raised("TypeError", message="'numpy.float64' object is not subscriptable"),
            raised("TypeError", message="'float' object is not subscriptable"),
            True,
        ),
        (
            raised("TypeError", message="'int' object is not iterable"),
            raised("TypeError", message="'float' object is not iterable"),
            False,
        ),
        (
            raised("IndexError", message="index 3 is out of bounds"),
            raised("IndexError", message="index 5 is out of bounds"),
            True,
        ),
        (
            raised("AttributeError", message="'NoneType' object has no attribute 'zero_'"),
            raised("AttributeError", message="'NoneType' object has no attribute 'data'"),
            True,
        ),
        (
            raised("AttributeError", message="'Tensor' object has no attribute 'gard'"),
            raised("AttributeError", message="'NoneType' object has no attribute 'item'"),
            False,
        ),
        (raised("ValueError"), raised("TypeError"), False),
        (  # to hand out nothing, and to hand out a pair, are two mistakes
            raised("AttributeError", message="'tuple' object has no attribute 'weight'"),
            raised("AttributeError", message="'NoneType' object has no attribute 'weight'"),
            False,
        ),
        (
            {"kind": "unsupported", "type": "set", "reason": "no plain form"},
            {"kind": "unsupported", "type": "set", "reason": "no plain form"},
            True,
        ),
        (
            {"kind": "unsupported", "type": "set", "reason": "no plain form"},
            {"kind": "unsupported", "type": "range", "reason": "no plain form"},
            False,
        ),
        (
            listed(1.0, {"kind": "unsupported", "type": "set", "reason": "no plain form"}),
            listed(1.0, {"kind": "unsupported", "type": "set", "reason": "no plain form"}),
            True,
        ),
        (listed(1.0), listed(1.0, kind="tuple"), False),
    ],
)
def test_known_answers_that_are_no_numbers(observed: Any, other: Any, same: bool) -> None:
    corpus = (
        known("of other questions", somewhere=other),
        known("this one", asked=other, sure=NONE),
    )
    found = verdict(observed, number(3.0), *corpus)
    assert (found.misconception == "this one") is same


# In words


class Elements(HTMLParser):
    def __init__(self, markup: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: list[Any] = []
        self.content = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes.extend(attrs)

    def handle_data(self, data: str) -> None:
        self.content += data


SCRIPT = "<script>alert(1)</script><img src=x onerror='a'> &amp; \"quoted\""


@pytest.mark.parametrize(
    "observed",
    [
        text(SCRIPT),
        raised("ValueError", message=SCRIPT),
        raised(SCRIPT[:90]),
        {"kind": "unsupported", "type": SCRIPT, "reason": SCRIPT},
        array(1.0, dtype=SCRIPT[:90]),
        {"kind": SCRIPT},
    ],
)
@pytest.mark.parametrize("wanted", [number(3.0), text("b"), array(1, dtype="int64")])
def test_markup_of_the_learners_is_escaped(observed: Any, wanted: Any) -> None:
    found = verdict(observed, wanted)
    page = Elements(as_html(found))
    assert page.names <= {"div", "strong", "ul", "li", "em", "code"}
    assert not page.attributes
    assert found.message.replace("`", "") in page.content
    assert found.message in as_text(found)


def test_the_words_of_each_state() -> None:
    expected = reference(at_zero=number(1.0), five_points=number(2.0))
    right = judge("forward", [payload(at_zero=number(1.0), five_points=number(2.0))], expected, 3)
    assert as_text(right) == "forward: 3 of 3 points\nEvery question answered right."
    partly = judge("forward", [payload(at_zero=number(1.0), five_points=number(4.0))], expected, 3)
    assert as_text(partly).splitlines() == [
        "forward: 1.5 of 3 points",
        "1 of 2 questions answered right. In “five points”, the number is 2 times what it should "
        "be.",
        "  ✓ at zero",
        "  ✗ five points: the number is 2 times what it should be",
    ]
    assert "<li>✗ <em>five points</em>: the number is" in as_html(partly)
    nothing = judge("forward", [], expected, 3)
    assert as_text(nothing).startswith("forward: 0 of 3 points\nThe check did not get to ask")
    assert "<ul>" not in as_html(nothing)
    blank = judge(
        "forward", [payload(at_zero=NOT_IMPLEMENTED, five_points=NOT_IMPLEMENTED)], expected, 3
    )
    assert as_text(blank).splitlines()[1:] == [blank.message]


SECRETS = {
    "number": number(48151.6),
    "integer": integer(481516),
    "text": text("expected answer 48151.6"),
    "array": array(48151.6, 2342.48),
    "tensor": tensor(48151.6, 2342.48, graph=True),
    "list": listed(48151.6, 2342.48, 48151.6),
    "tuple": listed(text("expected answer"), number(48151.6), kind="tuple"),
    "dict": pairs((text("expected answer"), number(48151.6))),
    "raised": raised("ValueError", message="expected answer 48151.6"),
}
OTHERS = [
    NONE,
    boolean(True),
    number(3.0),
    number(2 * 48151.6),
    number(-48151.6),
    number("nan"),
    number("-inf"),
    integer(0),
    text("mine"),
    array(1.0, 2.0),
    array(1, 2, dtype="int64"),
    array(1.0, 2.0, shape=[2, 1]),
    tensor(1.0, 2.0),
    listed(1.0, 2.0),
    listed(2342.0, 1.0, 3.0),
    listed(text("mine"), number(1.0), kind="tuple"),
    pairs((text("mine"), NONE)),
    pairs(),
    raised("TypeError", message="mine"),
    NOT_IMPLEMENTED,
    INTERRUPTED,
    {"kind": "unsupported", "type": "set", "reason": "no plain form"},
]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("observed", OTHERS)
def test_the_expected_value_is_never_told(secret: str, observed: Any) -> None:
    found = verdict(observed, SECRETS[secret])
    for words in (as_text(found), as_html(found)):
        assert "48151" not in words
        assert "2342" not in words
        assert "expected answer" not in words


# Any observation at all

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=3)
    ),
    max_leaves=12,
)
arrays = st.lists(
    st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from(["nan", "inf", "-inf"]),
    max_size=5,
).map(lambda values: array(*values))
tensors = st.builds(
    lambda made, graph: made | {"kind": "tensor", "requires_grad": graph}, arrays, st.booleans()
)
nodes = (
    plain.map(encode)
    | arrays
    | tensors
    | st.lists(arrays | tensors, max_size=3).map(lambda items: listed(*items))
    | st.text(min_size=1, max_size=9).map(raised)
)
odd_nodes = nodes | st.sampled_from(OTHERS)
maxima = st.floats(0.001, 100, allow_nan=False) | st.integers(1, 20).map(float)


@given(st.lists(nodes, min_size=1, max_size=4), maxima)
@settings(max_examples=200, deadline=None, database=None)
def test_an_observation_equals_itself(values: list[Any], maximum: float) -> None:
    written = payload(**{f"p{place}": value for place, value in enumerate(values)})
    expected = read_observation(written)
    assert not any(list(unsupported(probe.value)) for probe in expected.probes)
    found = judge("e", [copy.deepcopy(written)], expected, maximum)
    assert (found.state, found.points) == (State.RIGHT, maximum)


@given(st.lists(st.tuples(odd_nodes, nodes), min_size=1, max_size=7), maxima, st.booleans())
@example([(NONE, NONE)] * 6 + [(NONE, number(1.0))], 0.006, False)
@settings(max_examples=300, deadline=None, database=None)
def test_any_answer_earns_between_nothing_and_the_maximum(
    values: list[tuple[Any, Any]], maximum: float, cut: bool
) -> None:
    names = [f"p{place}" for place in range(len(values))]
    answers = payload(**dict(zip(names, [one for one, _ in values], strict=True)))
    expected = reference(**dict(zip(names, [other for _, other in values], strict=True)))
    if cut:
        answers["probes"][-1]["value"] = INTERRUPTED
        answers["probes"] = answers["probes"][-(len(values) // 2 + 1) :]
    corpus = (KnownAnswer("itself", "message", expected),)
    found = judge("e", [answers], expected, maximum, corpus)
    assert 0 <= found.points <= maximum
    assert (found.points == maximum) is (found.state is State.RIGHT) or maximum < 0.01
    assert all(probe.right for probe in found.probes) or found.state is not State.RIGHT
    for words in (as_text(found), as_html(found)):
        words.encode("utf-8")
        assert "None where None" not in words


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.characters(categories=["Cs"])
    | st.sampled_from(OTHERS),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["version", "probes", "name", "value", "kind", "items", "shape"])
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.lists(json_values, max_size=3), json_values, nodes)
@example([], {"kind": "integer", "value": 10**400}, number(1.0))
@example([], array(10**400), array(1.0))
@example([], text("\ud800"), text("a"))
@example([], raised("\ud800"), text("a"))
@example([], number(math.nan), number(1.0))
@settings(max_examples=200, deadline=None, database=None)
def test_nothing_that_was_sent_makes_the_judge_raise(
    sent: list[Any], value: Any, wanted: Any
) -> None:
    expected = reference(asked=wanted)
    assert not isinstance(expected.probes[0].value, UnsupportedNode)
    for payloads in (sent, [value], [payload(asked=value)], [payload(asked=value), *sent]):
        found = judge("e", payloads, expected, 2.0)
        assert 0 <= found.points <= 2.0
        assert isinstance(found.state, State)
        as_text(found).encode("utf-8")
        as_html(found).encode("utf-8")
        assert len(found.message) < 2000


def test_what_a_learner_has_raised_steers_no_terminal() -> None:
    message = "\x1b[2J\r\x9b1A fine\nhalf: 8 of 8 points"
    verdict = Verdict("half", State.RAISED, 0.0, 8.0, f"it raised ValueError: {message}")
    assert all(line.isprintable() for line in as_text(verdict).split("\n"))


# A known wrong answer, nearly


def _doubled(**others: float) -> dict[str, Any]:
    """Ten questions, each answered with twice what is asked, but for those that are named."""
    answers = {f"question_{n}": 2.0 * n + 1.1 for n in range(10)} | others
    return payload(**{name: number(value) for name, value in answers.items()})


_ASKED = reference(**{f"question_{n}": number(n + 0.55) for n in range(10)})
_TWICE = KnownAnswer("twice", "You double it.", read_observation(_doubled()))


def test_a_known_answer_with_one_question_more_right_is_recognised() -> None:
    found = judge("e", [_doubled(question_3=3.55)], _ASKED, 10, [_TWICE])
    assert (found.misconception, found.message, found.points) == ("twice", "You double it.", 1.0)


@pytest.mark.parametrize(
    "others",
    [
        {"question_3": 4.0},  # wrong in another way: another mistake
        {"question_3": 3.55, "question_4": 4.55},  # too many right ones for it
    ],
)
def test_what_a_known_answer_does_not_do_rules_it_out(others: dict[str, float]) -> None:
    assert judge("e", [_doubled(**others)], _ASKED, 10, [_TWICE]).misconception == ""


def test_a_known_exception_is_no_kind_of_it() -> None:
    expected = reference(at_zero=raised("ValueError"), at_one=number(3.0))
    plain = {"kind": "raised", "types": ["Exception"], "message": ""}
    known = KnownAnswer("plain", "Of no kind.", reference(at_zero=plain, at_one=number(3.0)))
    others = [payload(at_zero=one, at_one=number(3.0)) for one in (plain, raised("KeyError"))]
    told = [judge("e", [one], expected, 5, [known]).misconception for one in others]
    assert told == ["plain", ""]


def test_of_named_parts_the_one_that_is_always_wrong_is_told() -> None:
    def run(weight: float, losses: float) -> dict[str, Any]:
        return pairs((text("the weight"), number(weight)), (text("losses"), number(losses)))

    expected = reference(a=run(1.5, 2.0), b=run(2.5, 3.0), c=run(3.5, 4.0))
    found = judge("e", [payload(a=run(1.5, 7.0), b=run(2.5, 9.0), c=run(3.5, 1.0))], expected, 3)
    assert "Only “losses” is wrong; “the weight” is right." in found.message


def test_a_part_that_has_a_question_for_its_name_is_quoted() -> None:
    def leaf(weight: float, trainable: bool) -> dict[str, Any]:
        held = {"kind": "boolean", "value": trainable}
        return pairs((text("w"), number(weight)), (text("is w a leaf"), held))

    expected = reference(a=leaf(1.5, True), b=leaf(2.5, True), c=leaf(3.5, True))
    found = judge(
        "e", [payload(a=leaf(1.5, False), b=leaf(2.5, False), c=leaf(3.5, True))], expected, 3
    )
    assert found.message == (
        "1 of 3 questions answered right. Only “is w a leaf” is wrong; “w” is right. "
        "In “is w a leaf”, each time, it is False, and it should not be."
    )


def test_of_numbers_beside_what_is_always_right_only_these_are_told_of() -> None:
    def both(slope: float, weight: float, name: str = "w afterwards") -> dict[str, Any]:
        return pairs((text("slope"), number(slope)), (text(name), number(weight)))

    def asked(factor: float) -> dict[str, Any]:
        told = {f"q{n}": both(factor * n, 7.0) for n in range(1, 5)}
        return told | {"plain": number(factor * 9.0)}

    found = judge("e", [payload(**asked(0.3))], reference(**asked(1.0)), 3)
    assert found.message == (
        "0 of 5 questions answered right. Where the parts are asked together, only “slope” is "
        "wrong; “w afterwards” is right. In “slope”, every number is wrong by the same factor, "
        "whatever was asked. In “q1”, for slope, the number differs."
    )


def test_that_every_number_differs_takes_no_examples_place() -> None:
    expected = reference(a=number(3.0), b=number(5.0), c=number(7.0))
    found = judge("e", [payload(a=number(4.1), b=number(1.7), c=number(7.0))], expected, 3)
    assert found.message == "1 of 3 questions answered right. In “a”, the number differs."


def test_an_exception_that_ends_a_sentence_ends_it_once() -> None:
    error = raised("RuntimeError", message="no in-place operation. ")
    expected = reference(a=number(3.0), b=number(5.0))
    found = judge("e", [payload(a=error, b=error)], expected, 3)
    assert found.message.endswith(
        "In every question, it raised RuntimeError: no in-place operation."
    )
    error = raised("RuntimeError", message="the shapes differ")
    found = judge("e", [payload(a=error, b=error)], expected, 3)
    assert found.message.endswith("In every question, it raised RuntimeError: the shapes differ.")


@pytest.mark.parametrize("returned", ["the value differs", "raised", "one shape, two entries"])
def test_what_a_learner_returns_is_not_taken_for_the_graders_words(returned: str) -> None:
    expected = reference(a=text("north"), b=text("south"), c=text("east"))
    answers = payload(a=text(returned), b=text(returned), c=text(returned))
    found = judge("e", [answers], expected, 3)
    assert found.message.endswith(
        f"In every question, it returned {returned!r}, which is not the answer."
    )


def test_how_entries_are_counted_is_told_once() -> None:
    found = clause(
        listed(listed(1.0, 2.0), listed(3.0, 4.0)), listed(listed(1.0, 2.0), listed(3.0, 7.0))
    )
    assert found == "in entry 1 (counted from 0), the values differ, the first time in entry 1"


def test_where_only_a_zero_is_wrong_that_is_told() -> None:
    expected = reference(**{f"w_{n}": number(n + 1.0) for n in range(4)}, w_zero=number(7.0))
    answers = {f"w_{n}": number(n + 1.0) for n in range(4)}
    found = judge("e", [payload(**answers, w_zero=number(3.3))], expected, 5)
    assert "Only what was asked with a 0 is wrong" in found.message
