"""A letter is a letter by one rule, for the visible check and for the grade."""

from __future__ import annotations

import re
from typing import Any

import pytest

from slopewise import letter_of
from slopewise.notebook.course import Course
from slopewise.notebook.text import read_text_notebook
from slopewise.probe.codec import encode
from slopewise.scoring import State, judge
from slopewise.scoring.observations import read_observation
from tests.notebooks import REPOSITORY


def observed(answer: object) -> dict[str, Any]:
    return {"version": 1, "probes": [{"name": "letter", "value": encode(answer)}]}


@pytest.mark.parametrize("answer", ["c", "C", "(c)", " c. ", '"c"', ["c"], ("C",), "[C]", "c)"])
def test_what_the_check_takes_for_a_letter_is_graded_as_it(answer: object) -> None:
    assert letter_of(answer) == "c"
    reference = read_observation(observed("c"))
    assert judge("question", [observed(answer)], reference, 2.0).state is State.RIGHT


@pytest.mark.parametrize("answer", [None, "", "cd", "1", 3, ["c", "d"], [], [["c"]], "ç"])
def test_what_is_no_letter_to_one_is_none_to_the_other(answer: object) -> None:
    assert letter_of(answer) is None
    reference = read_observation(observed("c"))
    assert judge("question", [observed(answer)], reference, 2.0).state is not State.RIGHT


def test_every_question_with_letters_asks_by_this_rule(course: Course) -> None:
    texts = [lesson.text_path for lesson in course.lessons]
    texts += sorted((REPOSITORY / "docs" / "examples").rglob("notebooks/*.py"))
    asked = 0
    for path in texts:
        for cell in read_text_notebook(path, path.name):
            if "check" in cell.options and "observe(letter=" in cell.source:
                asked += 1
                name = cell.options["check"]
                assert re.search(rf"assert letter_of\({name}\) in \(", cell.source), path.name
    assert asked >= 4
