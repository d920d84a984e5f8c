"""nbval really compares: a solution whose stored output was altered fails."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from slopewise.notebook.course import Course
from tests.notebooks import REPOSITORY, read


def run_nbval(path: Path) -> subprocess.CompletedProcess[str]:
    """Run nbval as the Makefile does, on one notebook."""
    settings = REPOSITORY / "tools" / "nbval.ini"
    return subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-c", str(settings), "--rootdir", "."),
            *("--nbval", "--nbval-current-env", str(path)),
        ],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )


def first_printing_cell(notebook: Any) -> Any:
    return next(
        cell
        for cell in notebook.cells
        if any(output.output_type == "stream" for output in cell.get("outputs", []))
    )


def alter_text(notebook: Any) -> None:
    output = next(
        output for output in first_printing_cell(notebook).outputs if output.output_type == "stream"
    )
    output.text += "one line more\n"


def alter_observation(notebook: Any) -> None:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "application/vnd.slopewise.observation+json" in data:
                record = data["application/vnd.slopewise.observation+json"]["probes"][0]
                record["value"] = {"kind": "float", "value": 12345.0}
                return
    raise AssertionError("the solution holds no observation")


@pytest.mark.parametrize("alter", [alter_text, alter_observation])
def test_altered_solution_fails(
    course: Course, tmp_path: Path, alter: Callable[[Any], None]
) -> None:
    notebook = read(course.lessons[0].path_in("solutions"))
    alter(notebook)
    path = tmp_path / "altered.ipynb"
    nbformat.write(notebook, path)
    result = run_nbval(path)
    assert result.returncode == 1, result.stdout
    assert "1 failed" in result.stdout


def test_every_code_cell_of_a_solution_was_run(course: Course) -> None:
    """nbval passes a cell without an execution count; so there must be none."""
    for lesson in course.lessons:
        cells = [
            cell for cell in read(lesson.path_in("solutions")).cells if cell.cell_type == "code"
        ]
        assert all(cell.execution_count for cell in cells)
