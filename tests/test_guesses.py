"""What a guess earns: constants in place of an exercise's answer, and letters."""

from __future__ import annotations

from pathlib import Path

import pytest

from slopewise.execution import Job, run
from slopewise.grading import read_key
from slopewise.notebook.course import Course, Lesson
from slopewise.notebook.hidden_checks import runnable_sources
from slopewise.scoring import judge
from slopewise.scoring.known_answers import known_answers_path
from slopewise.scoring.observations import payloads
from tests.notebooks import REPOSITORY

NUMBERS = [
    "0", "1", "-1", "2", "3", "4", "5", "10", "0.0", "0.1", "0.5", "1.0", "-1.0", "2.0", "3.0",
    "5.0", "10.0", "-2.0", "100.0", "1e-3", "float('inf')", "float('nan')", "-30.0", "30.0",
]  # fmt: skip
VALUES = [
    *NUMBERS, "None", "True", "False", "''", "'smooth'", "'one-step'", "'alternating'", "'cycle'",
    "'diverging'", "()", "(1,)", "(2,)", "(3,)", "(4,)", "(2, 3)", "(1, 1)", "[]", "[0.0]",
    "[1.0]", "[0.0, 0.0]", "{}", "(0.0, [])", "(1.0, [])", "(0.0, [0.0])", "([], [], [])",
    "(0.0, 0.0)", "(1.0, 1.0)", "np.array([])", "np.zeros(1)", "np.zeros(2)", "np.zeros(3)",
    "np.zeros(4)", "np.ones(3)", "np.zeros((2, 2))", "np.eye(2)", "np.ones((2, 2))",
    "(np.zeros(3), 0.0, 1.0)", "(np.zeros(4), 2.0, 1.0)", "torch.tensor(0.0)",
    "torch.tensor(1.0)", "torch.tensor(0.0, requires_grad=True)",
    "torch.tensor(2.0, requires_grad=True)", "torch.zeros(1)", "torch.zeros(3)",
    "torch.zeros(3, 1)", "torch.ones(3, 1)", "torch.nn.Linear(1, 1)", "ValueError",
]  # fmt: skip
# What gives back something of what it was given is no answer either.
OTHERS = [
    "given[0]", "given[-1]", "given[0] * 1.0", "float(given[0])", "[given[0]]", "(given[0], [])",
    "(given[-1], [])", "np.asarray(given[0])",
]  # fmt: skip
LETTERS = {"resumed", "exactness"}
MOST = 1.6


@pytest.mark.slow
@pytest.mark.parametrize("lesson", Course(REPOSITORY).lessons, ids=lambda lesson: lesson.name)
def test_no_constant_is_worth_much(lesson: Lesson, tmp_path: Path) -> None:
    source = lesson.path_in("source")
    key = read_key(source, lesson.path_in("solutions"), known_answers_path(lesson))
    exercises = [one for one in lesson.exercises if one.name not in LETTERS]
    checks = {cell.id: cell for cell in key.source.cells if cell.cell_type == "code"}
    sources = dict(zip(checks, runnable_sources(key.source), strict=True))
    cells = ["import math\nimport numpy as np\nimport torch"]
    asked = []
    for exercise in exercises:
        for value in (*VALUES, *OTHERS):
            cells.append(f"def {exercise.name}(*given, **named):\n    return {value}")
            cells.append(_hidden_only(sources[exercise.check_id]))
            asked.append((exercise, value))
    outcome = run(Job(tuple(cells), cell_seconds=30, notebook_seconds=600, unboxed=True))
    assert not outcome.stopped
    best: dict[str, tuple[float, str]] = {}
    for (exercise, value), done in zip(asked, outcome.cells[2::2], strict=True):
        verdict = judge(
            exercise.name,
            payloads(done.outputs),
            key.references[exercise.check_id],
            exercise.points,
        )
        best[exercise.name] = max(best.get(exercise.name, (0.0, "")), (verdict.points, value))
    total = sum(points for points, _ in best.values())
    assert total <= MOST, {name: found for name, found in best.items() if found[0]}


def _hidden_only(source: str) -> str:
    """A check without its visible part, whose asserts decide nothing."""
    lines = source.split("\n")
    return "\n".join(lines[: lines.index("del __slopewise_run__") + 1])
