"""The five lessons: contracts, traces, and what a learner meets."""

from __future__ import annotations

import copy
import csv
import re
from pathlib import Path

import pytest

from slopewise.notebook.course import Course, Lesson
from slopewise.scoring.printed import Agreement, agreement
from tests.notebooks import NAMES, REPOSITORY, read, run_notebook

CONTRACTS = {
    "01-manual-numpy": {
        "forward": 2,
        "mse": 2,
        "gradient": 4,
        "numerical_gradient": 3,
        "train": 5,
        "effective_learning_rate": 2,
        "resumed": 2,
    },
    "02-autograd": {
        "leaf": 2,
        "autograd_gradient": 3,
        "autograd_gradients": 2,
        "accumulated_gradient": 3,
        "sgd_update": 4,
        "train": 4,
        "exactness": 2,
    },
    "03-w-squared": {
        "descend": 5,
        "closed_form": 3,
        "regime": 4,
        "steps_to_reach": 3,
        "descend_without_zeroing": 3,
        "descend_with_momentum": 2,
    },
    "04-linear-sgd": {
        "as_column": 2,
        "make_model": 2,
        "train": 5,
        "predict": 2,
        "sgd_step": 4,
        "LinearRegression": 3,
        "broadcast_shape": 2,
    },
    "05-learning-rate": {
        "final_loss": 3,
        "curvature": 2,
        "max_learning_rate": 2,
        "best_learning_rate": 2,
        "sweep": 3,
        "rescaled_learning_rate": 2,
        "hessian": 3,
        "standardize": 3,
    },
}

TRACES = {
    "01-manual-numpy": (
        "sum-gradient-20-epochs-a",
        "sum-gradient-20-epochs-b",
        "sum-gradient-10-epochs",
        "sum-gradient-resumed-20-epochs",
        "x10-numpy-20-epochs",
    ),
    "02-autograd": (
        "autograd-100-epochs-a",
        "autograd-100-epochs-b",
        "autograd-20-epochs",
        "autograd-resumed-100-epochs",
        "autograd-slope-five-100-epochs",
        "x10-autograd-20-epochs",
    ),
    "03-w-squared": ("w-squared-15-steps",),
    "04-linear-sgd": ("x10-linear-sgd-100-epochs",),
    "05-learning-rate": ("x10-numpy-20-epochs", "x10-linear-sgd-100-epochs"),
}

_LINE = re.compile(r"^(?:epoch|step) (?P<number>\d+): (?P<rest>.+)$")
_PAIR = re.compile(r"(\w+) = (-?\d+(?:\.\d+)?)")

Printed = tuple[int, dict[str, str]]


def printed_lines(lesson: Lesson) -> list[list[Printed]]:
    """Every log line that the executed solution prints, by cell."""
    found = []
    for cell in read(lesson.path_in("solutions")).cells:
        text = "".join(
            output.text for output in cell.get("outputs", []) if output.output_type == "stream"
        )
        lines = [
            (int(match["number"]), dict(_PAIR.findall(match["rest"])))
            for match in map(_LINE.match, text.splitlines())
            if match
        ]
        if lines:
            found.append(lines)
    return found


def trace_rows(name: str) -> list[Printed]:
    """The rows of a recorded run, under the names that the lessons print."""
    path = REPOSITORY / "tests" / "traces" / f"{name}.csv"
    rows = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            number = next(value for key, value in row.items() if key.split("_")[0] in _COUNTERS)
            values = {
                key.split("_")[0]: value
                for key, value in row.items()
                if key.split("_")[0] not in _COUNTERS
            }
            rows.append((int(number), values))
    return rows


_COUNTERS = ("epoch", "step")


def equal_to_one_unit(printed: str, recorded: str) -> bool:
    """Closer than another processor is: the traces are of one run."""
    same_places = len(printed.partition(".")[2]) == len(recorded.partition(".")[2])
    return same_places and agreement(printed, recorded) <= Agreement.ONE_UNIT


def matches(line: Printed, row: Printed) -> bool:
    return line[0] == row[0] and all(
        name in line[1] and equal_to_one_unit(line[1][name], value)
        for name, value in row[1].items()
    )


def count_matches(lines: list[Printed], rows: list[Printed]) -> int:
    """How many rows stand among the lines, one after another."""
    found = 0
    for line in lines:
        if found < len(rows) and matches(line, rows[found]):
            found += 1
    return found


def test_there_are_186_recorded_lines() -> None:
    names = {name for traces in TRACES.values() for name in traces}
    assert sum(len(trace_rows(name)) for name in names) == 186


@pytest.mark.parametrize(
    ("lesson_name", "trace"), [(name, trace) for name in NAMES for trace in TRACES[name]]
)
def test_solution_prints_every_line_of_the_trace(
    course: Course, lesson_name: str, trace: str
) -> None:
    rows = trace_rows(trace)
    cells = printed_lines(course.lesson(lesson_name))
    best = max(count_matches(lines, rows) for lines in cells)
    assert best == len(rows)


def test_a_digit_off_by_two_units_is_no_match() -> None:
    assert equal_to_one_unit("4.80000067", "4.80000068")
    assert not equal_to_one_unit("4.80000067", "4.80000069")
    assert not equal_to_one_unit("4.8000007", "4.80000067")


def test_the_course_has_the_five_lessons_and_may_have_more(course: Course) -> None:
    names = tuple(lesson.name for lesson in course.lessons)
    assert names[: len(NAMES)] == NAMES
    assert {lesson.points for lesson in course.lessons} == {course.settings.lesson_points}


@pytest.mark.parametrize("name", NAMES)
def test_exercises_and_points_are_the_contract(course: Course, name: str) -> None:
    found = {exercise.name: exercise.points for exercise in course.lesson(name).exercises}
    assert found == CONTRACTS[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_says_title_aim_and_minutes(course: Course, name: str) -> None:
    lesson = course.lesson(name)
    assert lesson.title
    assert lesson.aim.endswith(".")
    assert 20 <= lesson.minutes <= 120


@pytest.mark.parametrize("name", NAMES)
def test_released_lesson_fails_only_where_work_is_left(
    course: Course, name: str, tmp_path: Path
) -> None:
    notebook = run_notebook(read(course.lesson(name).path_in("release")), tmp_path)
    errors = [
        (output.ename, cell.id)
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "error"
        and not output.traceback[0].startswith("… waits for exercise")
    ]
    assert {ename for ename, _ in errors} <= {"NotImplementedError", "AssertionError"}
    failed = {identity for _, identity in errors}
    for exercise in course.lesson(name).exercises:
        assert exercise.check_id in failed
    stderr = [
        output.text
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "stream" and output.name == "stderr"
    ]
    assert stderr == []


@pytest.mark.parametrize("name", NAMES)
def test_lesson_says_the_same_when_run_again_in_the_same_kernel(
    course: Course, name: str, tmp_path: Path
) -> None:
    solution = read(course.lesson(name).path_in("solutions"))
    code = [cell for cell in solution.cells if cell.cell_type == "code"]
    twice = copy.deepcopy(solution)
    twice.cells = copy.deepcopy(code) + copy.deepcopy(code)
    for number, cell in enumerate(twice.cells):
        cell.id = f"again-{number}"
    run_notebook(twice, tmp_path)
    first, second = twice.cells[: len(code)], twice.cells[len(code) :]
    for once, again in zip(first, second, strict=True):
        if "nbval-skip" not in once.metadata.get("tags", []):
            assert [_told(output) for output in again.outputs] == [
                _told(output) for output in once.outputs
            ]


def _told(output: dict[str, object]) -> object:
    return output.get("text") or output.get("data") or output.get("evalue")


@pytest.mark.parametrize("name", NAMES)
def test_released_lesson_has_no_trace_of_the_solution(course: Course, name: str) -> None:
    notebook = read(course.lesson(name).path_in("release"))
    for cell in notebook.cells:
        assert "SOLUTION" not in cell.source
        assert "HIDDEN" not in cell.source
        assert "observe(" not in cell.source
        assert not cell.get("outputs")
    stubs = [cell for cell in notebook.cells if "raise NotImplementedError()" in cell.source]
    # LinearRegression is a class with two methods to write, everything else is one stub.
    assert len(stubs) == len(CONTRACTS[name])


@pytest.mark.parametrize("name", NAMES)
def test_check_cells_never_say_that_all_tests_passed(course: Course, name: str) -> None:
    for cell in read(course.lesson(name).path_in("release")).cells:
        if cell.id.endswith("-check"):
            assert "visible checks passed" in cell.source
            assert "all tests passed" not in cell.source.lower()
