"""What the Formgrader's buttons do that take long: nbgrader's own calls, in a process of its own.

nbgrader grades inside the server, which then answers nobody, and which a full memory would take
along. Here the server starts `python -m slopewise.lab.formgrader_buttons BUTTON LESSON [LEARNER]`
and goes on; the process prints what the button's dialog shows.
"""

from __future__ import annotations

import json
import sys
from typing import Any

AUTOGRADE = "autograde"
FEEDBACK = "generate_feedback"


def press(button: str, assignment: str, student: str | None) -> dict[str, Any]:
    """Do as a button does, for a learner or for all; the answer has `success`, `log`, `error`.

    Args:
        button: one of the above, which are nbgrader's names.
        assignment: the lesson's name.
        student: the learner's id; None for everybody's feedback pages.
    """
    from nbgrader.apps import NbGrader
    from nbgrader.apps.api import NbGraderAPI

    app = NbGrader()
    app.load_config_file()
    done: dict[str, Any] = getattr(NbGraderAPI(config=app.config), button)(assignment, student)
    return done


def main() -> int:
    """Print as JSON what came of the button named on the command line."""
    button, assignment, *student = sys.argv[1:]
    print(json.dumps(press(button, assignment, student[0] if student else None)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
