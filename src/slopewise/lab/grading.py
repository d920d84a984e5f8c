"""What the Formgrader's autograde button does: nbgrader's own call, in a process of its own.

nbgrader grades inside the server, which then answers nobody, and which a full memory would take
along. Here the server starts `python -m slopewise.lab.grading LESSON LEARNER` and goes on; the
process prints what the button's dialog shows.
"""

from __future__ import annotations

import json
import sys
from typing import Any


def autograde(assignment: str, student: str) -> dict[str, Any]:
    """Grade one submission as the button does; the answer has `success`, `log` and `error`."""
    from nbgrader.apps import NbGrader
    from nbgrader.apps.api import NbGraderAPI

    app = NbGrader()
    app.load_config_file()
    answer: dict[str, Any] = NbGraderAPI(config=app.config).autograde(assignment, student)
    return answer


def main() -> int:
    """Print as JSON what came of grading the submission named on the command line."""
    print(json.dumps(autograde(sys.argv[1], sys.argv[2])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
