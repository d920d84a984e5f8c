"""What a learner relies on, on any system: nothing stale, the lessons run, the tutor speaks.

    python -m tools.learner

Needs neither the box nor Linux; Python and the packages are enough. Exit status 0 only where every
stage passed.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = (
    "tests/test_lessons.py",
    "tests/test_tutor.py",
    "tests/test_guesses.py",
    "tests/test_observe.py",
    "tests/figures",
    "tests/notebook",
)
STAGES = {
    "the command is there": ["-m", "slopewise", "--version"],
    "nothing stale": ["-m", "slopewise", "build", "--check"],
    "the lessons run and print the same": [
        *("-m", "pytest", "-q", "-c", "tools/nbval.ini", "--rootdir", "."),
        *("--nbval", "--nbval-current-env", "solutions"),
    ],
    "what a learner meets": ["-m", "pytest", "-q", *TESTS],
}


def main() -> int:
    """Go through all stages, whatever became of the one before; return the exit status."""
    failed = []
    for name, words in STAGES.items():
        print(f"== {name}: python {' '.join(words)}", flush=True)
        if subprocess.run([sys.executable, *words], cwd=ROOT, check=False).returncode:
            failed.append(name)
    for name in failed:
        print(f"failed: {name}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
