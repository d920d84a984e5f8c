"""An answer that leaves an exercise useless keeps less than half of its points."""

from __future__ import annotations

import json

from slopewise.grading import read_key
from slopewise.notebook.course import Course
from slopewise.scoring import judge
from slopewise.scoring.known_answers import known_answers_path

USELESS = {
    # It leads away from the floor as often as towards it.
    "gradient": {"descent direction", "wrong sign", "sign thrown away"},
    "numerical_gradient": {"sign thrown away", "wrong sign"},
    # It trains once and never again, or hardly at all.
    "sgd_update": {
        "forgetting to zero",
        "size of the slope only",
        "requires_grad switched off",
        "recording left switched off",
        "step of a fixed size",
        "divided by the rate",
        "gradient cut off at 1",
    },
    "sgd_step": {
        "forgetting to zero",
        "generator used up",
        "generator indexed",
        "only the last one cleared",
        "only the first one moved",
    },
    "make_model": {"parameters frozen", "float64", "no bias"},
    "LinearRegression": {
        "an activation at the end",
        "parameters not found",
        "a new layer at every call",
        "sizes ignored",
    },
    # Whoever has asked the model cannot train it any more, or has another one.
    "predict": {
        "model frozen",
        "model turned to float64",
        "bias set to zero",
        "recording switched off for good",
        "integer dtype",
    },
    # A tool or an argument is asked for, and it takes something else.
    "descend": {"slope by hand"},
    "closed_form": {"loop"},
    "autograd_gradient": {"autograd not asked"},
    "train": {
        "loss function ignored",
        "optimizer replaced by a plain update",
        "line computed by hand",
        "target before input",
        "(n,) for (n, 1)",
        "optimizer never stepped",
        "own gradient",
        "no update",
    },
}
"""Names of known wrong answers, by exercise."""


def test_what_is_of_no_use_keeps_less_than_half(course: Course) -> None:
    kept: dict[str, dict[str, float]] = {}
    for lesson in course.lessons:
        path = known_answers_path(lesson)
        key = read_key(lesson.path_in("source"), lesson.path_in("solutions"), path)
        for item in json.loads(path.read_text(encoding="utf-8")):
            exercise, name = item["exercise"], item["name"]
            if name in USELESS.get(exercise, ()):
                reference = key.references[f"{exercise}-check"]
                verdict = judge(exercise, [item["observation"]], reference, 1.0)
                kept.setdefault(exercise, {})[name] = verdict.points
    assert {exercise: set(names) for exercise, names in kept.items()} == USELESS
    too_much = {
        (exercise, name): points
        for exercise, names in kept.items()
        for name, points in names.items()
        if points >= 0.5
    }
    assert too_much == {}
