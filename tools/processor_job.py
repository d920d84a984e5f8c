"""Run lessons on the processor that this Python believes to have; started by `tools.processors`.

    python -m tools.processor_job JOB RESULT

JOB is JSON, a list of lessons: `cells` is every code cell's source in order, `answers` a list of
`{"cells": [...]}`, each run after the lesson's own cells; the last of its cells is the check.
RESULT is written as JSON: `instructions`, the instruction set that torch chose (where it was
imported), and for every lesson `outputs`, one a cell, and `answers`, the output of each check.

An output is `{"text": what was printed, "shown": [a dict of MIME types a display], "error": ""}`.
Imports no more than the lessons themselves do, because an emulated import takes ten times as long.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config


def new_shell() -> InteractiveShell:
    """Return the process's shell, with an empty namespace and no history on disk."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    InteractiveShell.clear_instance()
    return InteractiveShell.instance(config=config)


def run_cell(shell: InteractiveShell, source: str) -> dict[str, Any]:
    """Run one cell and return its output."""
    with capture_output() as captured:
        result = shell.run_cell(source, store_history=True)
    error = result.error_before_exec or result.error_in_exec
    return {
        "text": captured.stdout + captured.stderr,
        "shown": [
            {mime: value for mime, value in output.data.items() if not mime.startswith("image/")}
            for output in captured.outputs
        ],
        "error": f"{type(error).__name__}: {error}" if error else "",
    }


def run_lesson(lesson: dict[str, Any]) -> dict[str, Any]:
    """Run one lesson's cells and then its answers, all in one namespace."""
    shell = new_shell()
    outputs = [run_cell(shell, source) for source in lesson["cells"]]
    answers = [
        [run_cell(shell, source) for source in answer["cells"]][-1] for answer in lesson["answers"]
    ]
    return {"outputs": outputs, "answers": answers}


def instructions() -> str:
    """Return which instruction set torch computes with; "" where no lesson has imported it."""
    torch = sys.modules.get("torch")
    return str(torch.backends.cpu.get_cpu_capability()) if torch else ""


def main(job: str, result: str) -> None:
    """Read the job, run it, write the result."""
    lessons = [run_lesson(lesson) for lesson in json.loads(Path(job).read_text(encoding="utf-8"))]
    Path(result).write_text(json.dumps({"instructions": instructions(), "lessons": lessons}))


if __name__ == "__main__":
    main(*sys.argv[1:])
