"""Mutants of a solution: made, judged, and each survivor caught or explained."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from slopewise.build import build, check
from slopewise.cli import main
from slopewise.errors import CourseError
from slopewise.matrix import MutantMatrix, run_mutants
from slopewise.matrix.mutants import EXPLANATIONS, read_explanations
from slopewise.matrix.mutating import mutate
from slopewise.notebook.course import Course
from slopewise.scoring.known_answers import read_answers
from tests.tiny import HALF, HALF_CHECK, HEAD, TINY, WHICH, make_course

# Nothing can be told from a half of nothing.
WEAK = TINY.replace("[3.0, 24691.2]", "[0.0, 0.0]")
# One mutant counts away from the end of its loop, another ends its kernel before `which` is asked.
ENDLESS = (
    HEAD
    + HALF.replace("    return", "    n = 0\n    while n < 1:\n        n += 1\n    return")
    + HALF_CHECK
    + WHICH
)
ENDING = (
    HEAD
    + HALF.replace("    return", '    if x is None:\n        __import__("os")._exit(1)\n    return')
    + HALF_CHECK
    + WHICH.replace("lambda: which)", "lambda: len(which) > 0)")
)
CORPUS = """\
# %% right="half" name="product"
'''Multiplies.'''
def half(x):
    return x * 0.5
"""
WAS = "return x / 2  # the half of it"
TRIPLE = "return x / 3  # the half of it"
PRODUCT = "return x * 2  # the half of it"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = make_course(
        tmp_path_factory.mktemp("mutants"),
        n01_tiny=TINY,
        n02_weak=WEAK,
        n03_endless=ENDLESS,
        n04_ending=ENDING,
    )
    (course.root / "answers").mkdir()
    course.lesson("02").answers_path.write_text(CORPUS, encoding="utf-8")
    build(course)
    return course.root


@pytest.fixture
def tiny(built: Path, tmp_path: Path) -> Course:
    """A copy of the built course that a test may explain mutants in."""
    shutil.copytree(built, tmp_path / "copy")
    return Course.find(tmp_path / "copy")


def explain(course: Course, lesson: str, *mutated: str) -> None:
    text = "".join(
        f'[[equivalent]]\nlesson = "{lesson}"\nexercise = "half"\nwas = "{WAS}"\n'
        f'becomes = "{one}"\nwhy = "Zero is zero."\n'
        for one in mutated
    )
    (course.root / "answers" / EXPLANATIONS).write_text(text, encoding="utf-8")


def changed(matrix: MutantMatrix, exercise: str = "half") -> dict[str, bool]:
    """Whether each mutant was caught, by the line it has."""
    return {
        one.mutant.becomes: one.killed
        for row in matrix.rows
        if row.exercise == exercise
        for one in row.outcomes
    }


# What is made


def test_only_the_solution_is_changed() -> None:
    cell = "def f(x, n=3):\n    n = n + 1\n    ### BEGIN SOLUTION\n    return n * x\n"
    cell += "    ### END SOLUTION\n    return 2\n"
    assert list(mutate(cell)) == [cell.replace("n * x", "n / x")]


def test_what_means_the_same_is_made_once() -> None:
    made = list(mutate('### BEGIN SOLUTION\nwhich = "b"\n### END SOLUTION\n'))
    letters = [line for code in made for line in code.splitlines() if "which" in line]
    assert sorted(letters) == ['which = "XXbXX"', "which = None"]


def test_statements_are_left_out_and_blocks_unwrapped() -> None:
    cell = "### BEGIN SOLUTION\nwith quiet:\n    clear()\n### END SOLUTION\n"
    assert sorted(mutate(cell)) == [
        cell.replace("with quiet:", "if True:"),
        cell.replace("clear()", "pass"),
    ]


# What comes of them


def test_a_corpus_of_right_answers_alone_is_up_to_date_once_built(tiny: Course) -> None:
    assert {one.right for one in read_answers(tiny.lesson("02"))} == {True}
    assert check(tiny) == []


def test_a_strong_check_catches_every_mutant(tiny: Course) -> None:
    matrix = run_mutants(tiny, ["01"])
    assert changed(matrix) == {PRODUCT: True, TRIPLE: True}
    assert matrix.unexplained == []
    assert matrix.stale == ()


def test_a_weak_check_lets_mutants_survive_until_they_are_explained(tiny: Course) -> None:
    assert {one.mutant.becomes for one in run_mutants(tiny, ["02"]).unexplained} == {
        PRODUCT,
        TRIPLE,
    }
    explain(tiny, "02-weak", TRIPLE)
    matrix = run_mutants(tiny, ["02"])
    assert [one.mutant.becomes for one in matrix.unexplained] == [PRODUCT]
    assert [(row.equivalent, row.unexplained) for row in matrix.rows] == [(1, 1), (0, 0)]


def test_an_explanation_of_no_survivor_is_stale(tiny: Course) -> None:
    explain(tiny, "01-tiny", TRIPLE, "return x")
    matrix = run_mutants(tiny, ["01"])
    assert [one.becomes for one in matrix.stale] == [TRIPLE, "return x"]
    assert run_mutants(tiny, ["03"], cell_seconds=1).stale == ()  # not asked about lesson 1


def test_an_endless_mutant_ends_and_is_caught(tiny: Course) -> None:
    matrix = run_mutants(tiny, ["03"], cell_seconds=1)
    caught = changed(matrix)
    assert caught["n -= 1"]
    assert not caught["n += 2"]
    assert all(changed(matrix, "which").values())


def test_a_mutant_that_ends_its_kernel_takes_no_other_with_it(tiny: Course) -> None:
    matrix = run_mutants(tiny, ["04"])
    assert changed(matrix)["if x is not None:"]
    # Only whether it has a length is asked for.
    assert changed(matrix, "which") == {
        'which = "XXbXX"': False,
        "which = None": True,
    }


def test_a_reference_that_is_not_the_solutions_is_no_measure(tiny: Course) -> None:
    path = tiny.lesson("01").path_in("source")
    path.write_text(path.read_text(encoding="utf-8").replace("x / 2", "x / 7"), encoding="utf-8")
    with pytest.raises(CourseError, match=r"source/01-tiny/01-tiny.ipynb: was edited by hand"):
        run_mutants(tiny, ["01"])


# The command


@pytest.mark.parametrize("more", [[], ["--mutants"]])
def test_answers_that_were_edited_are_built_first(
    tiny: Course, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """What grading knows of an answer is kept by the build, and would be that of an older one."""
    path = tiny.lesson("02").answers_path
    path.write_text(path.read_text(encoding="utf-8").replace("0.5", "0.500"), encoding="utf-8")
    assert main(["--course", str(tiny.root), "matrix", "02", *more]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "02-weak.ipynb: is stale: " in said.err
    assert said.err.endswith("run `slopewise build`\n")


@pytest.mark.slow
def test_the_command_fails_until_every_survivor_is_explained(
    tiny: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--course", str(tiny.root), "matrix", "02", "--mutants"]
    words += ["--output", str(tmp_path / "out")]
    assert main(words) == 1
    said = capsys.readouterr().out
    assert f"SURVIVED 02-weak, half: - {WAS}  + {TRIPLE}\n" in said
    assert "2 of 4 mutants caught, 0 explained as equivalent, 2 not explained." in said

    explain(tiny, "02-weak", TRIPLE, PRODUCT)
    assert main(words) == 0
    said = capsys.readouterr().out
    assert f"equivalent 02-weak, half: - {WAS}  + {TRIPLE}\n" in said
    page = (tmp_path / "out" / "matrix.html").read_text(encoding="utf-8")
    assert f"<ins><code>{TRIPLE}</code></ins><br>Zero is zero." in page

    explain(tiny, "02-weak", TRIPLE, PRODUCT, "return x")
    assert main(words) == 1
    assert f"STALE 02-weak, half: - {WAS}  + return x: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[equivalent", "cannot be read"),
        ('name = "x"', "holds only entries"),
        ("equivalent = 3", "holds only entries"),
        ("equivalent = [3]", "entry 1: needs becomes, exercise, lesson, was, why"),
        ('[[equivalent]]\nlesson = "01-tiny"', "entry 1: needs becomes"),
        (
            '[[equivalent]]\nlesson = "01-tiny"\nexercise = "half"\nwas = "a"\nbecomes = "b"\n'
            'why = " "',
            "none is empty",
        ),
        (
            '[[equivalent]]\nlesson = "01-tiny"\nexercise = "third"\nwas = "a"\nbecomes = "b"\n'
            'why = "c"',
            "01-tiny has no exercise 'third'",
        ),
    ],
)
def test_explanations_that_cannot_be_meant_are_one_line(
    tiny: Course, text: str, complaint: str
) -> None:
    (tiny.root / "answers" / EXPLANATIONS).write_text(text, encoding="utf-8")
    with pytest.raises(CourseError) as error:
        read_explanations(tiny)
    assert complaint in str(error.value)
    assert str(error.value).startswith(f"answers/{EXPLANATIONS}")
    assert "\n" not in str(error.value)


def test_the_course_explains_no_mutant_twice(course: Course) -> None:
    explained = read_explanations(course)
    assert explained
    assert len({one.key for one in explained}) == len(explained)
