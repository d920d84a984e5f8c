"""Mistakes that the build makes of a solution, and how an answer that makes one is told so."""

from __future__ import annotations

import hashlib
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import slopewise
from slopewise.build.alterations import alterations
from slopewise.build.asking import observe_alterations
from slopewise.build.changes import COUNTED, ELEMENTWISE, OUTPUT, PART, STRUCTURAL
from slopewise.build.wrapping import UNCHANGED, Seen, TooLongError, altered, watched
from slopewise.errors import CourseError
from slopewise.grading import read_key
from slopewise.notebook.course import Course
from slopewise.probe import hidden_region, observe
from slopewise.scoring import judge
from slopewise.scoring.altered import (
    Altered,
    Kind,
    Subject,
    altered_of,
    read_altered,
    recognise_altered,
    write_altered,
)
from slopewise.scoring.change_words import HAPPENS, WORDS
from slopewise.scoring.known_answers import known_answers_path
from slopewise.scoring.observations import read_observation
from tests.notebooks import own_lessons

REGION = """
import numpy as np
from slopewise import domains, observe

at = np.array([1.5, -2.0, 4.0])
observe(
    three=lambda: slope(at, 3 * at, 0.5),
    **domains.over(
        lambda x, rate: slope(x, 4 * x - 1, rate),
        x=domains.arrays((5,)),
        rate=domains.numbers(0.3, smallest=1e-3, largest=100),
    ),
)
"""


def slope(x: Any, y: Any, rate: float = 0.1) -> float:
    return float(rate * np.mean(2 * x * (x - y)))


def made_of(answer: Any) -> dict[str, Altered]:
    found = observe_alterations("slope", REGION, {"slope": answer, "slopewise": slopewise})
    return {name: altered_of(entry) for entry in found for name in entry["fingerprints"]}


def payload(answer: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    shown: list[dict[str, Any]] = []
    monkeypatch.setattr(observe, "_display", shown.append)
    exec("run(region)", {"run": hidden_region.run, "region": REGION, "slope": answer})
    return shown[0]


@pytest.fixture(scope="module")
def known() -> dict[str, Altered]:
    return made_of(slope)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda x, y, rate: slope(x**2, y, rate), "if `x` were squared"),
        (lambda x, y, rate: slope(x, y, abs(rate)), "if `rate` had lost its sign"),
        (lambda x, y, rate: slope(x, y, 0.1), "if `rate` were always `0.1`, its default"),
        (lambda x, y, rate: slope(x, y, 0.01), "Look for a number where `rate` should stand."),
        (lambda x, y, rate: slope(y, x, rate), "if `x` and `y` were swapped"),
        (lambda x, y, rate: slope(x, 0 * y, rate), "if `y` were 0 at every place"),
        (lambda x, y, rate: slope(x, 1 + 0 * y, rate), "Is `y` used everywhere it belongs?"),
        (
            lambda x, y, rate: slope(x[1:], y[1:], rate),
            "if each of `x` and `y` had lost its first entry",
        ),
        (
            lambda x, y, rate: slope(x, y, rate) * len(x),
            "is nearly right: every number that it returns is the right one times `len(x)`. Is",
        ),
        (lambda x, y, rate: slope(x, y, rate) + 1, "returns is the right one plus 1. Look for a 1"),
        # The same in single precision, worked out in another order.
        (
            lambda x, y, rate: float(np.float32(sum(2 * x * (x - y * x)) / len(x)) * rate),
            "if `y` were multiplied by `x`",
        ),
    ],
)
def test_an_answer_is_told_which_change_a_right_one_would_need(
    known: dict[str, Altered], monkeypatch: pytest.MonkeyPatch, answer: Any, said: str
) -> None:
    reference = read_observation(payload(slope, monkeypatch))
    found = judge("slope", [payload(answer, monkeypatch)], reference, 4.0, (), known)
    assert said in found.message
    assert found.message.startswith("Your `slope` is ")
    assert found.message.endswith(HAPPENS)
    assert found.misconception.startswith("as if ")
    assert found.points < 4


def test_another_mistake_and_a_right_answer_are_not(
    known: dict[str, Altered], monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = read_observation(payload(slope, monkeypatch))

    def other(x: Any, y: Any, rate: float) -> float:
        return slope(x, y, rate) + 0.37 * float(np.max(np.abs(x)))

    assert (
        judge("slope", [payload(other, monkeypatch)], reference, 1.0, (), known).misconception == ""
    )
    right = judge("slope", [payload(slope, monkeypatch)], reference, 1.0, (), known)
    assert right.points == 1


def test_a_check_that_looks_at_how_an_answer_is_written_is_left_alone() -> None:
    region = (
        "from slopewise import observe\n"
        "observe(name=lambda: slope.__code__.co_varnames[0], one=lambda: slope(1, 2, 3))"
    )
    assert observe_alterations("slope", region, {"slope": slope}) == []


def test_what_comes_to_no_end_is_left_out() -> None:
    def halved(start: float, limit: float) -> int:
        count = 0
        while start > limit:
            start, count = start / 2, count + 1
        return count

    seen = Seen()
    assert watched(halved, seen)(8.0, 1.0) == 3
    limit = Subject(Kind.NUMBER, ("limit",))
    [endless] = [one for one in alterations(halved, seen) if one.change == "opposite"
                 and one.subject == limit]  # fmt: skip
    endless_answer = altered(halved, endless, seen)
    for _ in range(2):  # the second time at once
        with pytest.raises(TooLongError):
            endless_answer(8.0, 1.0)


def test_what_takes_long_is_counted_in_lines_and_not_in_seconds() -> None:
    """A machine that is slow, or busy, makes the same files."""

    def counted(limit: int, rounds: int) -> int:
        hashlib.pbkdf2_hmac("sha256", b"", b"", rounds)
        count = 0
        while count < limit:
            count += 1
        return count

    seen = Seen()
    assert watched(counted, seen)(1000, 1) == 1000
    assert altered(counted, UNCHANGED, seen)(2000, 1) == 2000
    assert altered(counted, UNCHANGED, seen)(2000, 500_000) == 2000  # seconds of no line at all
    for limit in (6000, 10**9):
        with pytest.raises(TooLongError):
            altered(counted, UNCHANGED, seen)(limit, 1)


def test_an_answer_that_calls_itself_is_counted_as_a_whole() -> None:
    names: dict[str, Any] = {}

    def faculty(number: int) -> int:
        return 1 if number < 2 else number * names["faculty"](number - 1)

    seen = Seen()
    names["faculty"] = watched(faculty, seen)
    assert names["faculty"](20) == math.factorial(20)
    assert 20 <= seen.lines <= 60
    names["faculty"] = altered(faculty, UNCHANGED, seen)
    assert names["faculty"](20) == math.factorial(20)
    assert sys.gettrace() is None or "slopewise" not in str(sys.gettrace())


def test_no_right_answer_is_among_them(course: Course) -> None:
    """What the solution says is no alteration's fingerprint; every exercise with code has some."""
    for lesson in own_lessons(course):
        key = read_key(
            lesson.path_in("source"), lesson.path_in("solutions"), known_answers_path(lesson)
        )
        assert len(key.altered) >= 5, lesson.name
        for exercise, own in key.altered.items():
            reference = key.references[f"{exercise}-check"]
            assert recognise_altered(reference, reference, own) is None, exercise


def test_a_damaged_file_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "01-tiny.altered.json"
    path.write_text('[{"exercise": "slope"}]', encoding="utf-8")
    with pytest.raises(CourseError, match=r"^answers/01-tiny.altered.json: is damaged"):
        read_altered(path)


def test_the_file_says_again_what_was_written(tmp_path: Path) -> None:
    entry = {
        "subjects": [["array", "x"], ["array", "w"]], "change": "times", "other": "h",
        "fingerprints": ["ab", "cd"],
    }  # fmt: skip
    path = tmp_path / "01-tiny.altered.json"
    path.write_bytes(write_altered({"slope": ("of this", [entry])}, ["other", "slope"]))
    read = read_altered(path)
    assert set(read["slope"]) == {"ab", "cd"}
    assert read["slope"]["ab"].name == "as if just one of x and w were multiplied by h"


@pytest.mark.parametrize("damage", [{"change": "of another version"}, {"subjects": []}])
def test_an_entry_of_another_version_is_one_line(tmp_path: Path, damage: dict[str, Any]) -> None:
    entry = {"subjects": [["array", "x"]], "change": "squared", "fingerprints": ["ab"], **damage}
    path = tmp_path / "01-tiny.altered.json"
    path.write_bytes(write_altered({"slope": ("of this", [entry])}, ["slope"]))
    with pytest.raises(CourseError, match=r"^answers/01-tiny.altered.json: is damaged"):
        read_altered(path)


def test_one_text_every_time_tells_nothing() -> None:
    """Somebody who writes `return "smooth"` is not told of a sign."""
    region = (
        "from slopewise import observe\n"
        "observe(**{f'at_{rate}': (lambda rate=rate: regime(rate / 10)) for rate in range(1, 40)})"
    )

    def regime(rate: float) -> str:
        return "smooth" if rate < 1 else "crossing" if rate < 2 else "away"

    found = observe_alterations("regime", region, {"regime": regime})
    changes = {entry["change"] for entry in found}
    assert "twice" in changes
    assert not changes & {"opposite", "zero", "tenth number"}  # always "smooth"


def test_of_a_count_the_plainest_change_is_told() -> None:
    """A `return` inside a loop before whatever else gives the same."""
    region = (
        "from slopewise import observe\n"
        "observe(**{f'n_{n}': (lambda n=n: losses(3.0, n)) for n in (0, 1, 2, 5)})"
    )

    def losses(start: float, n: int) -> list[float]:
        return [start * 0.5**place for place in range(n + 1)]

    found = observe_alterations("losses", region, {"losses": losses})
    of_n = [entry["change"] for entry in found if entry["subjects"] == [["number", "n"]]]
    assert of_n[:2] == ["count one", "at most 1"]
    assert "one fewer" in of_n
    assert not {"sign", "root", "reciprocal"} & set(of_n)


def test_a_list_is_followed_by_another_and_a_table_is_flattened() -> None:
    region = (
        "import numpy as np\nfrom slopewise import observe\n"
        "observe(one=lambda: joined((1, 2), (3,), np.eye(2)), "
        "other=lambda: joined((5,), (4, 7), np.ones((3, 2))))"
    )

    def joined(a: tuple[int, ...], b: tuple[int, ...], table: Any) -> Any:
        return [*a, 0, *b], table + 1

    found = observe_alterations("joined", region, {"joined": joined})
    told = [altered_of(entry).message("joined") for entry in found]
    assert any("if `a` were followed by `b`" in one for one in told)
    assert any("if `table` were flattened" in one for one in told)
    assert not any("`a` had `b` added" in one for one in told)


def test_every_change_has_words() -> None:
    made = {*ELEMENTWISE, *COUNTED, *OUTPUT, *PART, *STRUCTURAL}
    assert made <= set(WORDS)
    assert all(WORDS[change].result for change in (*OUTPUT, *PART))
    assert all(WORDS[change].how for change in (*ELEMENTWISE, *COUNTED, *STRUCTURAL))
    seen = Seen({"x": {"array"}, "y": {"array"}, "rate": {"number"}, "n": {"count"},
                 "w": {"leaf"}, "all": {"leaves"}, "f": {"call"}, "model": {"module"}})  # fmt: skip
    for one in alterations(slope, seen):
        told = Altered((one.subject,), one.change, one.other)
        for said in (told.message("slope"), told.name):
            assert "{" not in said
            assert "  " not in said
            assert "``" not in said
            assert "`first`" not in said


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            Altered((Subject(Kind.PART, ("second",)),), "half"),
            "Your `train` is nearly right: of what it returns, only the second is wrong. There, "
            "every number is half the right one. Look for a 2",
        ),
        (
            Altered((Subject(Kind.PARTS),), "parts turned"),
            "Your `train` returns the right things, but in the reverse order. Compare your "
            "`return` with the task.",
        ),
        (
            Altered((Subject(Kind.GRADIENT, ("w",)),), "zero"),
            "if `w.grad` were 0 at every place. Is `w.grad` left out,",
        ),
        (
            Altered(tuple(Subject(Kind.ARRAY, (name,)) for name in "xyz"), "opposite"),
            "if just one of `x`, `y` and `z` had the opposite sign.",
        ),
        (
            Altered((Subject(Kind.EACH, ("x", "y")),), "over largest"),
            "if each of `x` and `y` were divided by its largest absolute value.",
        ),
        (
            Altered((Subject(Kind.METHOD_RESULT, ("forward",)),), "plus", "bias"),
            "every number that its `forward` returns is the right one plus `bias`.",
        ),
    ],
)  # fmt: skip
def test_what_is_changed_is_told_in_plain_words(told: Altered, said: str) -> None:
    assert said in told.message("train")


def test_of_several_tensors_only_which_ones_is_changed() -> None:
    """`parameters` sorted, or 0 but for one, would be a tensor twice: no words could say that."""
    seen = Seen({"parameters": {"leaves"}})
    changed = {one.change for one in alterations(slope, seen) if one.subject.kind is Kind.LEAVES}
    assert changed == {"first", "last", "first lost", "last lost", "first half", "every second",
                       "reversed"}  # fmt: skip


def test_tensors_and_models_are_told_by_what_a_learner_writes() -> None:
    region = """
import torch
from slopewise import observe

def stepped(rate, *starts):
    leaves = [torch.tensor(start, requires_grad=True) for start in starts]
    for place, leaf in enumerate(leaves):
        leaf.grad = torch.full_like(leaf, place + 2.5)
    step(leaves, rate, torch.nn.Identity())
    return [leaf.item() for leaf in leaves]

observe(one=lambda: stepped(0.3, 1.5, -2.0, 4.25), other=lambda: stepped(2.0, 0.5, 3.0, 7.0))
"""

    def step(parameters: Any, rate: float, model: Any) -> None:
        import torch

        with torch.no_grad():
            for one in parameters:
                one -= rate * model(one.grad)

    found = observe_alterations("step", region, {"step": step})
    told = "\n".join(altered_of(entry).message("step") for entry in found)
    assert "if `parameters` held only its first entry. Is a `return` inside a loop" in told
    assert (
        "the `.grad` of each tensor in `parameters` and what `model` returns were squared" in told
    )
    assert "largest absolute value" not in told
