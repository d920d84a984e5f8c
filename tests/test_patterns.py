"""What all wrong numbers of an answer have in common, and what nobody may conclude from them."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable

import pytest

from slopewise.grading import read_key
from slopewise.notebook.course import Course, Lesson
from slopewise.probe.general import in_common
from slopewise.probe.observe import FORMAT_VERSION
from slopewise.probe.patterns import Numbers, common_pattern
from slopewise.probe.wording import shifted
from slopewise.scoring import judge
from slopewise.scoring.known_answers import known_answers_path
from slopewise.scoring.observations import read_observation
from slopewise.scoring.questions import in_words
from tests.notebooks import own_lessons


def asked(*pairs: tuple[float, float]) -> list[Numbers]:
    """One number a question: what came back, what was expected."""
    return [Numbers(found == wanted, (found,), (wanted,)) for found, wanted in pairs]


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        (
            [(3.0, 3.0), (-4.0, -4.0), (100.0, 2300.0), (-100.0, -512.0)],
            "Values beyond ±100 are cut",
        ),
        ([(3.0, 3.0), (-4.0, -4.0), (20_000.0, 71234.0)], "Values above 20,000 are cut off"),
        (
            [(3.0, 3.0), (7.0, 7.0), (0.0, -2.0), (0.0, -9.0)],
            "What should be negative comes back 0",
        ),
        ([(3.0, 3.0), (7.0, 7.0), (2.0, -2.0), (9.0, -9.0)], "Sizes are right, signs are lost"),
        ([(3.0, 3.0), (7.5, 7.5), (0.0, 3e-6), (0.0, -4e-7)], "What is very small comes back as 0"),
        ([(3.0, 3.0), (0.12, 0.1234), (7.68, 7.6789)], "Values are rounded to 2 decimals"),
        ([(3.0, 3.0), (0.0, 0.9234), (7.0, 7.6789)], "Values are cut to whole numbers"),
        ([(0.1, 3.0), (0.1, 0.5), (0.1, -7.0)], "Every number that comes back is 0.1"),
        ([(4.0, 3.0), (8.0, 7.0), (13.0, 12.0)], "Every number that is wrong is one too large"),
        ([(2.25, 1.5), (6.25, 2.5), (0.25, -0.5)], "Every number that is wrong is the square"),
        ([(3.3, 3.0), (7.7, 7.0), (13.2, 12.0)], "Every number is wrong by the same factor"),
        ([(-3.3, 3.0), (7.7, -7.0), (-13.2, 12.0)], "Every number is wrong by the same negative"),
        ([(3e3, 3.0), (7e3, 7.0), (12e3, 12.0)], "Every number is 1,000 times what it should be"),
        # A sign says more than a factor of -1.
        (
            [(-3.0, 3.0), (7.0, -7.0), (-12.0, 12.0)],
            "Every number has the right size and the wrong",
        ),
        (
            [(-3.0, 3.0), (7.0, -7.0), (12.0, 12.0)],
            "Every number that is wrong has the right size and the wrong sign.",
        ),
    ],
)
def test_what_every_wrong_number_shows_is_told(pairs: list[tuple[float, float]], said: str) -> None:
    found = common_pattern(asked(*pairs))
    assert found is not None
    assert found.replace("back as 0; everything", "back 0; everything").startswith(said)


@pytest.mark.parametrize(
    "pairs",
    [
        # One question shows it, another contradicts.
        [(3.0, 3.0), (4.0, 4.0), (100.0, 2300.0), (90.0, 512.0)],
        [(3.0, 3.0), (4.0, 4.0), (5000.0, 5000.0), (100.0, 2300.0), (100.0, 512.0)],
        [(3.0, 3.0), (7.0, 7.0), (2.0, -2.0), (-9.0, -9.0)],
        [(3.0, 3.0), (0.12, 0.1234), (7.68, 7.6789), (1.2345, 1.2345)],
        [(3.0, 3.0), (0.12, 0.1234), (7.61, 7.6789)],
        [(3.0, 3.0), (7.5, 7.5), (0.0, 3e-6), (0.0, 4.0)],
        # One number that is no limit anybody would type says nothing.
        [(3.0, 3.0), (4.0, 4.0), (17.3841, 2300.0)],
        [(3.0, 3.0), (math.nan, 2.0)],
        [(4.0, 3.0), (8.0, 7.0), (13.0, 11.0)],
        [(3.3, 3.0), (7.7, 7.0), (13.2, 12.0), (5.0, 5.0)],
        [(math.inf, math.inf), (2.0, 3.0)],
        [(3.0, 3.0)],
    ],
)
def test_nothing_is_told_that_another_question_contradicts(
    pairs: list[tuple[float, float]],
) -> None:
    assert common_pattern(asked(*pairs)) is None


def test_order_and_length_of_lists_are_told() -> None:
    wanted = (3.0, 1.0, 2.0, 5.0)
    backwards = Numbers(False, wanted[::-1], wanted)
    assert common_pattern([backwards]) == (
        "The values are right, but they come in the reverse order."
    )
    in_order = Numbers(False, tuple(sorted(wanted)), wanted)
    assert "they come sorted" in (common_pattern([in_order]) or "")
    short = Numbers(False, wanted[:2], wanted)
    assert "stops before the end" in (common_pattern([short]) or "")
    two = Numbers(False, (3.0, 1.0), (1.0, 3.0))
    assert common_pattern([two]) is None
    assert "in the reverse order" in (common_pattern([two, backwards]) or "")


def test_a_factor_that_follows_the_question_is_told() -> None:
    def times(factors: tuple[float, ...]) -> list[Numbers]:
        lists = [(3.0, 1.0, 7.0), (3.0, 5.0), (2.0, 9.0, 4.0, 8.0)]
        return [
            Numbers(False, tuple(factor * value for value in one), one)
            for factor, one in zip(factors, lists, strict=True)
        ]

    assert common_pattern(times((1 / 3, 1 / 2, 1 / 4))) == (
        "Every list that is wrong comes divided by the number of its entries."
    )
    assert common_pattern(times((5.0, 2.0, 3.0))) == (
        "Every list that is wrong is wrong by one factor as a whole, but not every list by the "
        "same one. What does the factor depend on: how many numbers there are?"
    )
    assert common_pattern([*times((5.0, 2.0, 3.0)), Numbers(False, (1.0, 2.0), (5.0, 5.5))]) is None


def lists(*pairs: tuple[tuple[float, ...], tuple[float, ...]]) -> str:
    """What is told of lists, each what came back and what was expected."""
    return common_pattern([Numbers(False, found, wanted) for found, wanted in pairs]) or ""


def test_how_far_a_list_is_right_is_told_only_where_all_agree() -> None:
    long, middle, short = (3.0, 1.0, 7.0, 5.0), (3.0, 5.0, 9.0), (2.0, 8.0)
    first = lists(((3.0, 1.5, 7.7, 5.1), long), ((3.0, 5.9, 9.1), middle), ((2.0, 8.8), short))
    assert "after its first number: what does one round of your loop leave behind" in first
    # The last one wrong: further on, and no loop's fault. Nor where nothing else was asked.
    longer = (*long, 6.0)
    last = lists(
        ((3.0, 1.0, 7.0, 5.0, 0.0), longer), ((3.0, 5.0, 0.0), middle), ((2.0, 0.0), short)
    )
    assert last == "Every list that is wrong begins right and goes wrong further on."
    alike = lists(*[((one, 5.9, 9.1), (one, 5.0, 9.0)) for one in (3.0, 4.0, 6.0)])
    assert alike == "Every list that is wrong begins right and goes wrong after its first number."


def test_a_large_number_for_infinity_is_no_limit() -> None:
    pairs = [(3.0, 3.0), (-4.0, -4.0), (1e308, math.inf)]
    assert common_pattern(asked(*pairs)) == (
        "Where infinity is asked, a large number comes back; all else is right."
    )


def told(wanted: dict[str, float], found: dict[str, float]) -> str:
    """What grading says of an answer to a check that asks about domains."""

    def payload(answers: dict[str, float]) -> dict[str, object]:
        return {
            "version": FORMAT_VERSION,
            "probes": [
                {"name": name, "value": {"kind": "float", "value": value}}
                for name, value in answers.items()
            ],
        }

    reference = read_observation(payload(wanted))
    return judge("step", [payload(found)], reference, 1.0).message


STEP = {
    "ordinary": (2.0, 0.25),
    "slope_large": (300.0, 0.25),
    "slope_tiny": (0.01, 0.25),
    "slope_negative": (-4.0, 0.25),
    "slope_huge": (7000.0, 0.25),
    "rate_large": (2.0, 9.0),
    "rate_small": (2.0, 0.07),
    "rate_tiny": (2.0, 0.003),
    "rate_huge": (2.0, 70.0),
}
"""A slope and a learning rate, one of them out of the ordinary at a time."""


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda slope, rate: -slope / rate, "only the rate changes, your answer shrinks where it"),
        (
            lambda slope, rate: -rate * slope**2,
            "only the slope changes, your answer changes like the sq",
        ),
        (lambda slope, rate: -0.1 * slope, "only the rate changes, your answer stays the same"),
        (lambda slope, rate: 5.0 - rate * slope, ""),
    ],
)
def test_how_one_argument_acts_is_told(answer: Callable[[float, float], float], said: str) -> None:
    wanted = {name: -rate * slope for name, (slope, rate) in STEP.items()}
    message = told(wanted, {name: answer(*given) for name, given in STEP.items()})
    assert said in message
    assert ("Where only" in message) == bool(said)


def test_what_many_questions_show_is_told_before_that_the_first_differs() -> None:
    wanted = {"one": 3.0, "two": 5.0, "three": 7.0, "four": 9.0}
    message = told(wanted, {"one": 8.25, "two": 10.0, "three": 14.0, "four": 18.0})
    assert message.endswith(
        "In 3 questions, such as “two”, the number is 2 times what it should be."
    )
    message = told(wanted, {"one": 8.25, "two": 10.0, "three": 14.0, "four": 17.0})
    assert message.endswith("In “one”, the number differs.")


def test_which_entries_of_a_list_are_there_is_told() -> None:
    wanted = [3.0, 1.0, 7.0, 5.0, 9.0, 4.0]
    assert shifted(wanted[-1:], wanted) == ": only the last one is there"
    assert shifted(wanted[:3], wanted) == ": the last ones are missing"
    assert shifted(wanted[2:], wanted) == ": the first ones are missing"
    assert shifted(wanted[::2], wanted) == ": only one in 2 is there"
    assert shifted([6.0, 2.0], wanted) == shifted([3.0], [3.0, 3.0, 3.0]) == ""


def test_the_tutor_tells_the_same_of_the_visible_probes() -> None:
    def node(value: float) -> dict[str, object]:
        return {"kind": "float", "value": value}

    probes = [(node(value), node(value), True) for value in (3.0, -4.0)]
    cut = [(node(100.0), node(2300.0), False), (node(100.0), node(512.0), False)]
    assert in_common(probes + cut) == "Values above 100 are cut off there; all others are right."
    another = (node(90.0), node(700.0), False)
    assert in_common([*probes, *cut, another]) is None
    text = ({"kind": "text", "value": "a"}, {"kind": "text", "value": "b"}, False)
    assert in_common([*probes, *cut, text]) is None


MEANT = {
    r"cut off|kept between": r"cut off|capped|never above|limit|comes back|kept small",
    r"comes back as 0; everything": r"negative|never|zero|below",
    r"alues are (rounded|cut)": r"round|whole|integer|int\b|floor|digits|decimals",
    r"very small comes back": r"round|taken for 0|small|digits",
    r"signs are lost": r"sign|absolute|abs",
    r"right size and the wrong sign": r"sign|size|descent|negative|turned",
    r"by the number of its entries": r"number of|mean|sum",
    r"another order|reverse order|come sorted": r"order|sorted|revers|backward|swapped",
    r"that comes back is": r"constant|zero|clear|fixed|not counted|given|global|number of|always",
    r"Only what was asked with a 0": r"\b0\b|zero|unless the start is far",
    r"is the (square|root) of": r"root|square|variance|overwritten|loss instead|absolute",
    r"is upside down": r"upside down|curvature itself",
    r"is one too (large|small)": r"step|count|round|one ",
    r"short type": r"half precision|float16",
    r"stops before the end": r"stop|gives up|at most|ends|few|limit|break|return",
    r"begins right": r"^(train|descend\w*|sweep|hessian): |last point left out",
    r"round of your loop": r"^(train|descend\w*|sweep): ",
    r"by one factor as a whole": r"centred|sum|divid|multipl|std|varian|range|distance|mean|large",
    r"In .*, each time, ": r"float64|dtype|\(n,\)|list of its own|texts|halved|frozen|switched off",
    r"Where infinity is asked": r"infinit|inf\b|largest|clip|large",
}
"""What a sentence says, and the known answers of which it is true: `exercise: name`."""


def test_no_known_answer_is_told_what_it_does_not_do(course: Course) -> None:
    """Each as if it were not known: what is told in its place has to be true of it."""
    told = 0
    for lesson in own_lessons(course):
        for name, common, message, _ in _without_itself(lesson):
            for sentence, names in MEANT.items():
                if re.search(sentence, common):
                    told += 1
                    assert re.search(names, name), (lesson.name, name, message)
    assert told >= 200


_NAMES_THE_PART = re.compile(r"(Where the parts [^,]*, o|O)nly .* is wrong; .*? (is|are) right\.")


def test_no_change_takes_the_place_of_a_plainer_sentence(course: Course) -> None:
    """What a right answer would need is told beside which part is wrong, and of no constant."""
    told = joined = 0
    for lesson in own_lessons(course):
        for name, _, message, altered in _without_itself(lesson):
            if message == altered:
                continue
            told += 1
            assert not re.search(r"comes back is|In every question, it ", message), (name, altered)
            part = _NAMES_THE_PART.search(message)
            if part is not None:
                joined += 1
                assert altered.startswith(f"{part[0]} "), (name, altered)
                assert "each time" not in message
    assert told >= 60
    assert joined >= 3


def _without_itself(lesson: Lesson) -> list[tuple[str, str, str, str]]:
    """Each known answer as if it were not known.

    Returns its name, what is told in common of all that is wrong, the message that holds this, and
    the one with changes of the solution to compare with.
    """
    known_path = known_answers_path(lesson)
    key = read_key(lesson.path_in("source"), lesson.path_in("solutions"), known_path)
    found = []
    for item in json.loads(known_path.read_text(encoding="utf-8")):
        exercise = item["exercise"]
        reference = key.references[f"{exercise}-check"]
        asked = (exercise, [item["observation"]], reference, 1.0, ())
        plain = judge(*asked).message
        changed = judge(*asked, key.altered.get(exercise, {})).message
        common = plain.partition(" answered right. ")[2]
        for question in in_words(probe.name for probe in reference.probes).values():
            common = common.partition(f"In “{question}”, ")[0].partition(f"as “{question}”, ")[0]
        found.append((f"{exercise}: {item['name']}", common, plain, changed))
    return found
