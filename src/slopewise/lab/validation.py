"""What the Validate button does: nbgrader's validator, in a process of its own.

nbgrader runs the notebook inside the server, which then answers nobody until it is done. Here the
server starts `python -m slopewise.lab.validation NOTEBOOK` and goes on; the process prints what
the button's dialog shows.
"""

from __future__ import annotations

import html
import json
import re
import sys
from typing import Any

_RAISED = re.compile(
    r"^(?P<kind>\w*(?:Error|Exception|Interrupt|Warning))(?::\s*(?P<text>.*))?$", re.DOTALL
)
_FRAME = re.compile(r"^Cell In\[\d+\], line \d+, in (\w+)\(", re.MULTILINE)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def validate(path: str) -> dict[str, Any]:
    """Return what nbgrader's validator found in the notebook, with the messages put first."""
    from nbgrader.apps import NbGrader
    from nbgrader.validator import Validator

    app = NbGrader()
    app.load_config_file()
    found: dict[str, Any] = Validator(config=app.config).validate(path)
    if "failed" in found:
        found["failed"] = [message_first(one) for one in found["failed"]]
    return found


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
