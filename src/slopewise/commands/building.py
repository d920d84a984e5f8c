"""`slopewise build`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from slopewise import build as builder
from slopewise.notebook.course import Course


def build_command(course: Course, names: Sequence[str], *, check: bool, force: bool) -> int:
    """Build, or with `check` only say what is not up to date; return the exit status."""
    if check:
        return _check(course)
    builder.build(course, names, force=force, progress=lambda line: print(line, flush=True))
    return 0


def _check(course: Course) -> int:
    problems = builder.check(course)
    for problem in problems:
        print(f"slopewise: {problem}", file=sys.stderr)
    if not problems:
        print("source/, release/ and solutions/ are up to date")
    return 1 if problems else 0
