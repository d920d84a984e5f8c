"""What the Formgrader's feedback buttons do: nbgrader's own call, in a process of its own.

The server starts `python -m slopewise.lab.feedback LESSON [LEARNER]` and goes on; the process
prints what the button's dialog shows.
"""

from __future__ import annotations

import json
import sys
from typing import Any


def generate_feedback(assignment: str, student: str | None) -> dict[str, Any]:
    """Make pages as the buttons do; the answer has `success`, `log` and `error`."""
    from nbgrader.apps import NbGrader
    from nbgrader.apps.api import NbGraderAPI

    app = NbGrader()
    app.load_config_file()
    made: dict[str, Any] = NbGraderAPI(config=app.config).generate_feedback(assignment, student)
    return made


def main() -> int:
    """Print as JSON what came of the pages named on the command line."""
    print(json.dumps(generate_feedback(sys.argv[1], sys.argv[2] if sys.argv[2:] else None)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
