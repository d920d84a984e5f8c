"""What the Validate button does: nbgrader's validator, in a process of its own.

nbgrader runs the notebook inside the server, which then answers nobody until it is done. Here the
server starts `python -m slopewise.lab.validation NOTEBOOK` and goes on; the process runs the
notebook as grading does, with the files beside it, and prints what the button's dialog shows.
"""

from __future__ import annotations

import html
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import nbformat

from slopewise.checking import LINGER_SECONDS, is_own_work
from slopewise.execution import Settings
from slopewise.execution.cells import OwnRunner
from slopewise.grading import job_for
from slopewise.nbgrader.settings import read_settings
from slopewise.nbgrader.submitted_files import collect

_RAISED = re.compile(
    r"^(?P<kind>\w*(?:Error|Exception|Interrupt|Warning))(?::\s*(?P<text>.*))?$", re.DOTALL
)
_FRAME = re.compile(r"^ *Cell In\[\d+\], line \d+,? in (\w+)", re.MULTILINE)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def validate(path: str) -> dict[str, Any]:
    """Return what nbgrader's validator found in the notebook, with the messages put first."""
    from nbgrader.apps import NbGrader
    from nbgrader.preprocessors import CheckCellMetadata, ClearOutput
    from nbgrader.validator import Validator

    app = NbGrader()
    app.load_config_file()
    root = app.config.get("CourseDirectory", {}).get("root", "")
    settings = read_settings(app.config, Path(root)) if root else Settings()
    if hasattr(os, "fork"):
        from slopewise.sandbox import IDLE_SECONDS
        from slopewise.sandbox.client import linger

        linger(IDLE_SECONDS, LINGER_SECONDS, settings.modules)
    validator = Validator(config=app.config)
    validator.preprocessors = [CheckCellMetadata, ClearOutput, _run_beside(Path(path), settings)]
    found: dict[str, Any] = validator.validate(path)
    if "failed" in found:
        found["failed"] = [message_first(one) for one in found["failed"]]
    return found


def _run_beside(path: Path, settings: Settings) -> type[Any]:
    """The step in which nbgrader's validator runs the notebook; its class, as it wants one."""
    from nbgrader.preprocessors import NbGraderPreprocessor

    class Run(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader is untyped
        def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
            """Run every cell with the files of the folder; called by nbgrader."""
            files = collect(
                path.parent, (".ipynb_checkpoints",), libraries=settings.modules.libraries
            ).files
            cells = [cell for cell in nb.cells if cell.cell_type == "code"]
            run = OwnRunner(is_own_work(path, settings))
            done = run(job_for(nb, settings, files))
            for cell, did in zip(cells, done.cells, strict=True):
                cell.outputs = [nbformat.from_dict(output) for output in did.outputs]
            return nb, resources

    return Run


def message_first(failed: dict[str, str]) -> dict[str, str]:
    """Return one failure as the dialog shows it: what is wrong, then the check that said so."""
    text = _COLOUR.sub("", failed["raw_error"]).strip()
    message = _message(text)
    shown = html.escape(f"{failed['source']}\n\n{text}")
    return {
        "source": message,
        "error": f"<details><summary>The check that said so</summary>{shown}</details>",
        "raw_error": failed["raw_error"],
    }


def _message(text: str) -> str:
    """The exception's own words: from the last line that names an exception to the end."""
    lines = text.splitlines()
    for start in range(len(lines) - 1, -1, -1):
        match = _RAISED.match("\n".join(lines[start:]))
        if match is None:
            continue
        if match["kind"] == "NotImplementedError":
            frames = _FRAME.findall(text)
            return f"{frames[-1] if frames else 'This exercise'} is not written yet."
        if match["kind"] == "AssertionError" and match["text"]:
            return match["text"].strip()
        return match[0].strip()
    return text or "The check did not run."


def main() -> int:
    """Print as JSON what was found in the notebook named on the command line."""
    print(json.dumps(validate(sys.argv[1])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
