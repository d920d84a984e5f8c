"""nbval really compares: a solution whose stored output was altered fails."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

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


def shown(**data: Any) -> Any:
    """What a cell displays: `text`, `html`, `data` or `png`."""
    mimes = {
        "text": "text/plain",
        "html": "text/html",
        "data": "application/vnd.slopewise.observation+json",
        "png": "image/png",
    }
    return new_output("display_data", {mimes[key]: value for key, value in data.items()})


def printed(text: str) -> Any:
    return new_output("stream", name="stdout", text=text)


def answered(text: str) -> Any:
    return new_output("execute_result", {"text/plain": text})


def code(*outputs: Any) -> str:
    """A cell that makes these outputs."""
    lines = ["from IPython.display import display"]
    for output in outputs:
        if output.output_type == "stream":
            lines.append(f"print({output.text!r}, end='')")
        elif output.output_type == "display_data":
            lines.append(f"display({dict(output.data)!r}, raw=True)")
        else:
            lines.append(
                f"type('Plain', (), {{'__repr__': lambda s: {output.data['text/plain']!r}}})()"
            )
    return "\n".join(lines)


Outputs = list[Any]

# What a cell makes, and what is stored of it. The two differ as processors do:
EQUAL: dict[str, tuple[Outputs, Outputs]] = {
    "nothing": ([printed("w = 1.934\n")], [printed("w = 1.934\n")]),
    "one unit": ([printed("gradient -4384.284\n")], [printed("gradient -4384.285\n")]),
    "amplified": ([printed("loss = 0.00314570\n")], [printed("loss = 0.00314574\n")]),
    "result": ([answered("tensor([2.0001])")], [answered("tensor([2.0000])")]),
    "html": ([shown(html="<b>0.301</b>")], [shown(html="<b>0.300</b>")]),
    "data": ([shown(data={"value": 0.333334})], [shown(data={"value": 0.333333})]),
    "pixels": ([shown(png="aGVsbG8=", text="a line")], [shown(png="d29ybGQ=", text="a line")]),
    "silent": ([], []),
}

# … and as nothing may:
DIFFERENT: dict[str, tuple[Outputs, Outputs]] = {
    "word": ([printed("the loss 1.5\n")], [printed("the cost 1.5\n")]),
    "missing line": ([printed("1.5\n")], [printed("1.5\n2.5\n")]),
    "sign": ([printed("w = 1.934\n")], [printed("w = -1.934\n")]),
    "digit": ([printed("w = 1.934\n")], [printed("w = 1.936\n")]),
    "digit of a result": ([answered("tensor([2.0000])")], [answered("tensor([2.0010])")]),
    "digit in html": ([shown(html="<b>0.300</b>")], [shown(html="<b>0.310</b>")]),
    "tag": ([shown(html="<b>0.300</b>")], [shown(html="<i>0.300</i>")]),
    "digit of data": ([shown(data={"value": 0.333333})], [shown(data={"value": 0.433333})]),
    "field of data": ([shown(data={"value": 0.5})], [shown(data={"value": 0.5, "more": 1})]),
    "nan": ([printed("w = 1.934\n")], [printed("w = nan\n")]),
    "inf": ([printed("w = inf\n")], [printed("w = 1.934\n")]),
    "count": ([printed("epoch 1: 1.5\n")], [printed("epoch 2: 1.5\n")]),
    "lines in another order": ([printed("a 1.0\nb 2.0\n")], [printed("b 2.0\na 1.0\n")]),
    "outputs in another order": (
        [shown(text="1.5"), shown(text="2.5")],
        [shown(text="2.5"), shown(text="1.5")],
    ),
    "kinds in another order": (
        [shown(text="1.5"), printed("2.5\n")],
        [printed("2.5\n"), shown(text="1.5")],
    ),
    "one output more": ([printed("1.5\n"), shown(text="2.5")], [printed("1.5\n")]),
    "one output less": ([printed("1.5\n")], [printed("1.5\n"), shown(text="2.5")]),
    "one of a kind less": ([shown(text="1.5")], [shown(text="1.5"), shown(text="1.5")]),
    "nothing stored": ([printed("1.5\n")], []),
    "nothing made": ([], [printed("1.5\n")]),
}


def test_numbers_are_compared_as_numbers_and_all_else_exactly(tmp_path: Path) -> None:
    cells = {**EQUAL, **DIFFERENT}
    notebook = new_notebook(
        cells=[
            new_code_cell(code(*made), outputs=stored, execution_count=place + 1)
            for place, (made, stored) in enumerate(cells.values())
        ]
    )
    path = tmp_path / "altered.ipynb"
    nbformat.write(notebook, path)
    result = run_nbval(path)
    assert result.returncode == 1, result.stdout
    failed = re.findall(r"^FAILED .*::Cell (\d+)", result.stdout, re.MULTILINE)
    names = list(cells)
    assert {names[int(number)] for number in failed} == set(DIFFERENT), result.stdout
    assert f"{len(DIFFERENT)} failed, {len(EQUAL)} passed" in result.stdout
    assert "The outputs come in another order" in result.stdout


def alter_text(notebook: Any) -> None:
    output = next(
        output
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "stream"
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


@pytest.mark.slow
def test_an_altered_solution_fails_where_it_was_altered(course: Course, tmp_path: Path) -> None:
    notebook = read(course.lessons[0].path_in("solutions"))
    alterations: list[Callable[[Any], None]] = [alter_text, alter_observation]
    for alter in alterations:
        alter(notebook)
    path = tmp_path / "altered.ipynb"
    nbformat.write(notebook, path)
    result = run_nbval(path)
    assert result.returncode == 1, result.stdout
    assert f"{len(alterations)} failed" in result.stdout


def test_every_code_cell_of_a_solution_was_run(course: Course) -> None:
    """nbval passes a cell without an execution count; so there must be none."""
    for lesson in course.lessons:
        cells = [
            cell for cell in read(lesson.path_in("solutions")).cells if cell.cell_type == "code"
        ]
        assert all(cell.execution_count for cell in cells)
