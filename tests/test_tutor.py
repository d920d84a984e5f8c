"""The tutor: the message comes at once, in the notebook, and its file gives nothing away."""

from __future__ import annotations

import base64
import copy
import json
import math
import os
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from slopewise import build, expect, tutor
from slopewise.build.tutor import read_shown, visible_part, with_visible_probes
from slopewise.notebook.course import Course, Lesson
from slopewise.probe import tutor_file
from slopewise.probe.codec import encode
from slopewise.probe.general import differs
from slopewise.probe.keys import forms, lock, unlock
from slopewise.probe.tutor import VisibleCheckError
from slopewise.scoring.known_answers import known_answers_path, read_answers
from tests.execution.classroom import Classroom
from tests.notebooks import CODE_EXERCISES, read, run_notebook
from tests.tiny import HALF, HALF_CHECK, HEAD, WHICH, make_course
from tests.tutor_shell import Shell, shell_in

SHOWN = 2 / 3
NAMED = 0.9


def known(lesson: Lesson) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(known_answers_path(lesson).read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", CODE_EXERCISES)
def test_tutor_tells_what_grading_tells(course: Course, name: str) -> None:
    for exercise in CODE_EXERCISES[name]:
        own = [one["tutor"] for one in known(course.lesson(name)) if one["exercise"] == exercise]
        shown = [one for one in own if one != "silent"]
        assert "" not in own, exercise
        assert len(shown) >= SHOWN * len(own), exercise
        assert shown.count("named") >= NAMED * len(shown), exercise


# -- in the notebook


@pytest.fixture
def learner(course: Course, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """Lesson 1 as released, with its data and imports run."""
    release = course.lesson("01-manual-numpy").path_in("release")
    with shell_in(release.parent, read(release), monkeypatch) as shell:
        shell.run("import numpy as np\nfrom slopewise import expect, letter_of, tutor")
        shell.run("x = np.array([1, 2, 3, 4], dtype=np.float32)\ny = 2 * x")
        shell.run("def forward(x, w):\n    return w * x")
        shell.run("def mse(y, y_pred):\n    return float(np.mean((y - y_pred) ** 2))")
        yield shell


def answer(course: Course, exercise: str, name: str) -> Any:
    answers = read_answers(course.lesson("01-manual-numpy"))
    return next(one for one in answers if (one.exercise, one.name) == (exercise, name))


@pytest.mark.parametrize(
    ("exercise", "name"),
    [
        ("gradient", "sum for mean"),
        ("gradient", "no return"),
        ("gradient", "reads a global"),
        ("gradient", "integer dtype"),
        ("train", "loss after the update"),
        ("train", "weight in an array"),
        ("train", "large gradient cut off"),
    ],
)
def test_named_message_comes_first_in_two_lines_without_traceback(
    course: Course, learner: Shell, exercise: str, name: str
) -> None:
    wrong = answer(course, exercise, name)
    learner.run(wrong.source)
    lines = learner.lines(f"{exercise}-check")
    assert lines[0].startswith(f"✗ {exercise}: ")
    assert len(lines) <= 2
    assert " ".join(lines) == f"✗ {exercise}: {wrong.message}"


def test_right_answers_pass(course: Course, learner: Shell) -> None:
    warnings.simplefilter("ignore")  # some of them warn, which costs nothing
    for exercise in CODE_EXERCISES["01-manual-numpy"]:
        for one in read_answers(course.lesson("01-manual-numpy")):
            if one.right and one.exercise == exercise:
                learner.run("def forward(x, w):\n    return w * x")  # whatever came before
                learner.run(one.source)
                assert learner.lines(f"{exercise}-check")[-1] == (
                    f"visible checks passed: {exercise}"
                ), one.name


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            "np.mean(-2 * x * (y_pred - y))[()] * 1",
            ["✗ gradient: Your gradient has the right size and the wrong sign."],
        ),
        (
            "float(7 * np.mean(x * (y_pred - y)))",
            [
                "✗ gradient: Every number is wrong by the same factor, whatever was asked.",
                "In “w is 0”, it returned -105, expected -30.",
            ],
        ),
        (
            "float(20 * np.mean(x * (y_pred - y)))",
            [
                "✗ gradient: Every number is 10 times what it should be, whatever was asked.",
                "In “w is 0”, it returned -300, expected -30. The number is 10 times what it "
                "should be.",
            ],
        ),
        (
            "np.mean(x * y_pred) / 0",
            None,
        ),
        (
            "len(x).real.is_integer",
            None,
        ),
        (
            "float(np.mean(None).not_there)",
            [
                "✗ gradient: in “w is 0”, it raised TypeError: unsupported operand type(s) for /: "
                "'NoneType' and 'int'.",
            ],
        ),
        (
            "undefined_thing * 2",
            [
                "✗ gradient: in “w is 0”, it raised NameError: "
                "name 'undefined_thing' is not defined.",
                "It happened in the line `return undefined_thing * 2`.",
            ],
        ),
    ],
)
def test_unknown_mistake_is_told_by_what_came_back(
    learner: Shell, body: str, told: list[str] | None
) -> None:
    learner.run(f"def gradient(x, y, y_pred):\n    return {body}")
    lines = learner.lines("gradient-check")
    assert lines[0].startswith("✗ gradient: ")
    assert len(lines) <= 2
    if told is not None:
        assert lines[: len(told)] == told


def test_another_ones_not_implemented_error_is_no_stub(learner: Shell) -> None:
    learner.run("import torch\ndef gradient(x, y, y_pred):\n    return torch.nn.Module()(x)")
    assert learner.lines("gradient-check")[0].startswith(
        "✗ gradient: in “w is 0”, it raised NotImplementedError: Module"
    )


PARTS = {"weight": [2.0, -1.0], "kept": True}


@pytest.mark.parametrize(
    ("found", "wanted", "words"),
    [
        (
            {"weight": [2.0, -2.0], "kept": True},
            PARTS,
            "weight: [2, -2], expected [2, -1]. The values differ, the first time in entry 1 "
            "(counted from 0).",
        ),
        ({"weight": [2.0, -1.0], "kept": False}, PARTS, "kept: False, expected True."),
        ([3.0], [-3.0], "The value is right in size but has the wrong sign."),
        ((4,), (4, 2), "it returned (4,), expected (4, 2). It has 1 entry where 2 are asked."),
        (7, (4, 2), "It is a number where a tuple is asked."),
        (
            [("a", [1.0]), ("b", [3.0])],
            [("a", [1.0]), ("b", [6.0])],
            "Entry 1 (counted from 0), entry 1: [3], expected [6] (the value is 0.5 times what it "
            "should be).",
        ),
        (np.array([[1.0], [2.0]]), np.array([[1.0], [4.0]]), "it returned [[1], [2]], expected"),
        (
            np.array([1.0, 2.0], dtype=np.float32),
            np.array([1, 2]),
            "It holds floats (float32) where whole numbers are asked.",
        ),
        (np.zeros((7, 2)), np.ones((7, 2)), "it returned a NumPy array of shape (7, 2), expected"),
    ],
)
def test_what_differs_is_told_by_its_name_and_in_good_grammar(
    found: object, wanted: object, words: str
) -> None:
    assert words in (differs(encode(found), encode(wanted)) or "")


def test_no_line_of_the_checks_own_is_shown_as_the_learners(learner: Shell) -> None:
    learner.run("gradient = None")
    shown = learner.run("gradient-check")
    assert "TypeError" in shown
    assert "It happened in" not in shown


def test_of_named_parts_the_wrong_one_is_told() -> None:
    right = {"w": 2.9, "losses": [4.0, 5.5]}
    for found, told in [
        (
            {"w": 2.9, "losses": [4.0]},
            "losses: [4], expected [4, 5.5]. It has 1 entry where 2 are asked",
        ),
        ({"w": 1.0, "losses": []}, "w: 1, expected 2.9."),
        ({"w": 2.9}, "it returned {'w': 2.9}, expected w: 2.9, losses: [4, 5.5]."),
        ("[ 1. 2. 3.]", "it returned '[ 1. 2. 3.]', expected w: 2.9, losses: [4, 5.5]."),
        (None, "it returned None, expected w: 2.9, losses: [4, 5.5]. Is a `return` missing?"),
        ((3.0).hex, "it returned a builtin_function_or_method, expected"),
    ]:
        with pytest.raises(AssertionError, match="expected") as caught:
            tutor("train", two_epochs=expect(lambda found=found: found, right))  # type: ignore[misc]
        lines = str(caught.value).splitlines()
        assert " ".join(lines).startswith(f"✗ train: in “two epochs”, {told}"), lines
        assert lines[0].endswith((".", "]"))
        assert len(lines) <= 2


def test_an_error_in_the_learners_own_words_is_known(learner: Shell) -> None:
    own = "    assert len(x) == 0, {}\n    return 1.0"
    seen = []
    for words in ("'one way'", "'quite another'"):
        learner.run("def gradient(x, y, y_pred):\n" + own.format(words))
        seen.append(learner.run("tutor('gradient', one=lambda: gradient(x, y, y))"))
    assert "it raised AssertionError: one way." in seen[0]
    learner.run("from slopewise.probe.tutor import _ask")
    learner.run("print(_ask('one', lambda: gradient(x, y, y)).node['message'] == '')")
    shown = learner.lines("print(_ask('one', lambda: gradient(x, y, y)).node['message'] == '')")
    assert shown == ["True"]


def test_what_waits_for_an_exercise_says_so_in_one_line(learner: Shell) -> None:
    learner.run("gradient")
    assert learner.lines("gradient-check") == [
        "… exercise `gradient` is not solved yet: write it in the cell above."
    ]
    later = "def slope_at(w):\n    return gradient(x, y, w * x)\n\nsteepest = slope_at(0.0)"
    waits = "… waits for exercise `gradient`. Solve it above, then run this cell again."
    assert learner.lines(later) == [waits]
    assert learner.lines("print(steepest)") == [
        "… waits for exercise `gradient`: the cell that makes `steepest` needs it."
    ]


def test_what_a_stopped_cell_would_have_made_is_told_as_that(learner: Shell) -> None:
    assert "ZeroDivisionError" in learner.run("path = [1 / 0]")
    told = "… `path` is not there: the cell that makes it stopped with an error."
    assert learner.lines("ends = path[-1]")[0] == told
    assert learner.lines("print(ends)")[0] == told.replace("path", "ends")
    assert "Traceback" in learner.run("print(never_made)")


def test_what_fails_in_a_wrong_exercise_waits_for_it(learner: Shell) -> None:
    learner.run("def gradient(x, y, y_pred):\n    return x.not_there")
    assert "Traceback" in learner.run("slope = gradient(x, y, y)")  # nobody has checked it yet
    assert learner.lines("gradient-check")[0].startswith("✗ gradient: in “w is 0”, it raised Attr")
    assert learner.lines("slope = gradient(x, y, y)") == [
        "… waits for exercise `gradient`, which raised AttributeError: 'numpy.ndarray' object has "
        "no attribute 'not_there'",
        "Its check above says more. Mend it there, then run this cell again.",
    ]
    assert learner.lines("print(slope)") == [
        "… waits for exercise `gradient`: the cell that makes `slope` needs it."
    ]
    learner.run("def gradient(x, y, y_pred):\n    return float(np.mean(2 * x * (y_pred - y)))")
    assert learner.lines("gradient-check")[-1].startswith("visible checks passed")
    assert "Traceback" in learner.run("gradient(x, y, 'an experiment')")


def test_half_typed_exercise_is_told_as_that(learner: Shell) -> None:
    assert "SyntaxError" in learner.run("def gradient(x, y, y_pred):\n    return 2 * x * (")
    assert learner.lines("gradient-check") == [
        "… `gradient` is not there yet: run the cell of exercise `gradient` above.",
        "If that cell shows an error, it was not understood as a whole: mend that first.",
    ]


def test_interrupted_check_says_what_was_running(learner: Shell) -> None:
    learner.run(
        "def gradient(x, y, y_pred):\n    while True:\n        raise KeyboardInterrupt  # the stop"
    )
    assert learner.lines("gradient-check")[0] == ("✗ Interrupted while `gradient` was running.")


def test_letter_without_tutor_shows_its_assert_alone(learner: Shell) -> None:
    assert learner.lines("resumed") == [
        "… `resumed` has no answer yet: put yours in place of the line that raises."
    ]
    learner.run("resumed = 'e'")
    assert learner.lines("resumed-check") == [
        '✗ resumed is \'e\', expected one of the letters "a", "b", "c", "d", in quotes.'
    ]


def test_other_errors_keep_their_traceback(learner: Shell) -> None:
    assert "Traceback" in learner.run("assert 1 == 2, 'mine'")
    assert "Traceback" in learner.run("import torch\ntorch.nn.Module()(1)")
    assert "Traceback" in learner.run("print(never_heard_of)")


# -- the file


def test_file_is_found_wherever_the_kernel_stands_and_whatever_the_notebook_is_called(
    course: Course, learner: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lessons = tmp_path / "my-lessons" / "01-manual-numpy"
    shutil.copytree(course.lesson("01-manual-numpy").path_in("release").parent, lessons)
    learner.run("def gradient(x, y, y_pred):\n    return float(np.mean(2 * x * (y - y_pred)))")
    named = "✗ gradient: Your gradient has the right size and the wrong sign."
    monkeypatch.setattr(tutor_file, "_started_in", None)
    monkeypatch.setenv("JPY_SESSION_NAME", str(lessons / "renamed by me.ipynb"))
    monkeypatch.chdir("/")
    assert learner.lines("gradient-check")[0] == named
    monkeypatch.delenv("JPY_SESSION_NAME")
    for stands in (lessons, lessons.parent):
        monkeypatch.chdir(stands)
        assert learner.lines("gradient-check")[0] == named
    monkeypatch.chdir("/")
    assert learner.lines("gradient-check")[0] == (
        "(The tutor's file is not beside this notebook: plain checks only.)"
    )


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"version": 1}', '{"version": 99}'])
def test_damaged_file_leaves_the_plain_checks_and_one_line(
    learner: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    (tmp_path / "01-manual-numpy.tutor.json").write_text(damage, encoding="utf-8")
    monkeypatch.setattr(tutor_file, "_started_in", None)
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "lesson.ipynb"))
    monkeypatch.chdir(tmp_path)
    learner.run("def gradient(x, y, y_pred):\n    return float(np.mean(2 * x * (y - y_pred)))")
    assert learner.lines("gradient-check") == [
        "(The tutor's file 01-manual-numpy.tutor.json is damaged: plain checks only.)",
        "✗ gradient: Every number has the right size and the wrong sign.",
        "In “w is 0”, it returned 30, expected -30. The number is right in size but has the wrong "
        "sign.",
    ]
    learner.run("def gradient(x, y, y_pred):\n    return float(np.mean(2 * x * (y_pred - y)))")
    assert learner.lines("gradient-check") == ["visible checks passed: gradient"]


def released_tutor(lesson: Lesson) -> Any:
    return tutor_file.read_tutor_file(lesson.tutor_path("release"))


@pytest.mark.parametrize("name", CODE_EXERCISES)
def test_nothing_that_ships_can_be_read(course: Course, name: str) -> None:
    lesson = course.lesson(name)
    text = lesson.tutor_path("release").read_text(encoding="utf-8")
    assert lesson.tutor_path("source").read_text(encoding="utf-8") == text
    for one in known(lesson):
        for words in (one["message"], one["message"][:20], one["name"] + '"'):
            assert json.dumps(words)[1:-1] not in text
    for exercise, entries in released_tutor(lesson).entries.items():
        assert len({len(base64.b64decode(cipher)) % 128 for cipher in entries.values()}) <= 1, (
            exercise
        )


def opens(file: Any, exercise: str, both: tuple[str, str]) -> str | None:
    found = (unlock(exercise, form, file.entries[exercise], file.salt) for form in both)
    return next((message for message in found if message is not None), None)


def test_short_constants_open_what_a_constant_is_and_nothing_else(course: Course) -> None:
    constants = (*range(-40, 41), 0.5, -0.5, 1.75, math.inf, math.nan, True, False, "", "a", "b",
                 "c", "d", [], (), {}, (0, 0), (0.0, 0.0), (1, 1), [0.0], (None, None))  # fmt: skip
    opened = {
        (exercise, repr(value))
        for lesson in course.lessons
        for file in [released_tutor(lesson)]
        for exercise in file.entries
        for value in constants
        if opens(file, exercise, forms((p, encode(value), None) for p in file.probes[exercise]))
    }
    # A gradient that was wiped is 0 whatever is asked, and so is f(w) + h - f(w) - h: their
    # messages need no guessing.
    assert opened == {
        (exercise, "0")
        for exercise in ("accumulated_gradient", "autograd_gradient", "numerical_gradient")
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", CODE_EXERCISES)
def test_what_is_right_opens_nothing(course: Course, name: str, tmp_path: Path) -> None:
    lesson = course.lesson(name)
    file = released_tutor(lesson)
    notebook = with_visible_probes(copy.deepcopy(read(lesson.path_in("source"))))
    for path in lesson.path_in("source").parent.iterdir():
        shutil.copy(path, tmp_path)
    run_notebook(notebook, tmp_path)
    shown = read_shown({cell.id: cell.get("outputs", ()) for cell in notebook.cells})
    assert set(shown) == set(file.entries) == set(CODE_EXERCISES[name])
    for exercise, one in shown.items():
        assert one.probes == tuple(file.probes[exercise]), exercise
        assert opens(file, exercise, one.forms) is None, exercise


# -- roundings


def test_a_border_of_one_rounding_hides_no_match() -> None:
    salt = b"salt"
    for centre in (30.0, -1.75, 12.345, 12.3449999, 9.9995, 1e-3, 2.5, 123450.0, 0.99995, 1e8):
        for shift in (-1e-6, 1e-6):
            entries = dict(
                lock("f", form, "told", salt) for form in forms([("p", encode(centre), None)])
            )
            near = forms([("p", encode(centre * (1 + shift)), None)])
            assert "told" in [unlock("f", form, entries, salt) for form in near], centre


def test_numbers_of_every_kind_are_the_same_number() -> None:
    import numpy as np
    import torch

    def form(value: object) -> tuple[str, str]:
        return forms([("p", encode(value), None)])

    for value in (3.0, np.float32(3), np.array(3.0), torch.tensor(3.0), np.int64(3)):
        assert form(value) == form(3)
    assert form(torch.tensor(3.0, requires_grad=True)) != form(3)
    assert form([3.0]) != form(np.array([3.0])) != form((3.0,))
    assert form(1e-12) == form(0.0)
    assert form([1e6, 1e-3]) == form([1e6, 0.0])


# -- by itself


def test_outside_a_notebook_it_is_a_plain_assertion() -> None:
    tutor("half", two=expect(lambda: 2 / 2, 1.0), error=expect(lambda: 1 / 0, ZeroDivisionError))
    with pytest.raises(AssertionError, match="expected 1") as caught:
        tutor("half", two=expect(lambda: 2 * 2, 1.0))
    assert isinstance(caught.value, VisibleCheckError)
    with pytest.raises(AssertionError, match="should raise ValueError"):
        tutor("half", two=expect(lambda: 2, ValueError))
    with pytest.raises(NotImplementedError):
        tutor("half", two=lambda: _stub())


def _stub() -> None:
    raise NotImplementedError


def test_probes_change_nothing_of_the_learners(capsys: pytest.CaptureFixture[str]) -> None:
    data = [1.0, 2.0]

    def spoil() -> int:
        print("spoiling")
        data.append(3.0)
        return len(data)

    tutor("spoil", once=expect(spoil, 3), again=expect(spoil, 3))
    assert data == [1.0, 2.0]
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("seed", [1, 2])
def test_what_begins_at_random_is_the_same_whatever_has_run_before(seed: int) -> None:
    def draws() -> tuple[float, float, str]:
        made = torch.rand(1)
        return float(np.random.random()), float(made), str(torch.ones(1).dtype)

    np.random.seed(0)
    torch.manual_seed(0)
    expected = draws()
    np.random.seed(seed)
    torch.manual_seed(seed)
    drawn = draws()
    np.random.seed(seed)
    torch.manual_seed(seed)
    torch.set_default_dtype(torch.float64)
    try:
        tutor("draws", once=expect(draws, expected), again=expect(draws, expected))
        assert torch.get_default_dtype() == torch.float64
    finally:
        torch.set_default_dtype(torch.float32)
    assert draws() == drawn


def test_a_graders_copy_of_the_cell_is_left_to_its_own_questions(learner: Shell) -> None:
    cell = "def observe(): pass\nobserve()\ntutor('half', one=expect(lambda: 2, 1))"
    assert learner.lines(cell) == []
    assert learner.lines(cell.replace("observe()\n", "\n"))[1].startswith("✗ half: ")


# -- the released notebook


@pytest.mark.parametrize("name", CODE_EXERCISES)
def test_checks_are_folded_and_no_cell_stops_the_rest(course: Course, name: str) -> None:
    begun = False
    for cell in read(course.lesson(name).path_in("release")).cells:
        begun = begun or bool(cell.metadata.get("nbgrader", {}).get("solution"))
        if cell.cell_type != "code":
            appendix = cell.source.startswith("## Appendix")
            assert cell.metadata.get("jp-MarkdownHeadingCollapsed", False) == appendix
            continue
        folded = cell.metadata.get("jupyter", {}).get("source_hidden", False)
        assert folded == cell.id.endswith("-check")
        assert ("raises-exception" in cell.metadata.get("tags", [])) == begun
        if folded:
            assert cell.source.startswith(f"# Check of `{cell.id.removesuffix('-check')}`: run")
    for folder in ("source", "solutions"):
        for cell in read(course.lesson(name).path_in(folder)).cells:
            assert "raises-exception" not in cell.metadata.get("tags", [])


def test_visible_part_is_what_the_learner_has(course: Course) -> None:
    lesson = course.lesson("01-manual-numpy")
    release = {cell.id: cell.source for cell in read(lesson.path_in("release")).cells}
    for cell in read(lesson.path_in("source")).cells:
        if cell.id.endswith("-check"):
            assert visible_part(cell.source).strip() == release[cell.id].strip()


@pytest.mark.slow
def test_in_a_real_kernel_the_whole_lesson_runs_and_the_message_is_there(
    course: Course, tmp_path: Path
) -> None:
    lesson = course.lesson("01-manual-numpy")
    shutil.copytree(lesson.path_in("release").parent, tmp_path / "lesson")
    wrong = answer(course, "gradient", "missing factor 2")
    notebook = copy.deepcopy(read(lesson.path_in("release")))
    for cell in notebook.cells:
        if cell.id == "gradient":
            cell.source = wrong.source
    os.chdir(tmp_path)
    run_notebook(notebook, tmp_path / "lesson")
    shown = {
        cell.id: [line for out in cell.outputs for line in out.get("traceback", [])]
        for cell in notebook.cells
        if cell.cell_type == "code"
    }
    assert " ".join(shown["gradient-check"]) == f"✗ gradient: {wrong.message}"
    assert shown["train-check"] == [
        "… exercise `train` is not solved yet: write it in the cell above."
    ]
    assert not any("Traceback" in line for lines in shown.values() for line in lines)


def test_where_a_grader_asks_the_tutor_says_nothing(tmp_path: Path) -> None:
    """The questions decide; what grading keeps of the cell must not speak of the tutor's file."""
    visible = (
        "### END HIDDEN TESTS\nfrom slopewise import expect, tutor\n\n"
        'tutor("half", two=expect(lambda: half(2), 1.0))\n'
    )
    built = tmp_path / "built"
    built.mkdir()
    lesson = HEAD + HALF + HALF_CHECK.replace("### END HIDDEN TESTS\n", visible) + WHICH
    build.build(make_course(built, n01_tiny=lesson))
    room = Classroom(built, tmp_path / "course")
    room.submit("ada", {"half": "def half(x):\n    return x"})
    room.autograde()
    (check,) = [cell for cell in room.notebook("ada").cells if cell.id == "half-check"]
    said = str(check.outputs)
    assert "tutor" not in said
    assert "VisibleCheckError" not in said
    assert "half(2) returned 2, expected 1" in said
