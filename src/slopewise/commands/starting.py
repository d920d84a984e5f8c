"""`slopewise new`."""

from __future__ import annotations

import shlex
from pathlib import Path

from slopewise.starter import start_course


def new_command(folder: Path, title: str | None) -> int:
    """Start a course in a new folder; say what is in it and what comes next."""
    written = start_course(folder, title)
    print(f"{folder}: a course of one lesson ({', '.join(written)})")
    print("\nNext:")
    print(f"  cd {shlex.quote(str(folder))}")
    print("  slopewise build      # the learners' version, the solution, what grades")
    print("  slopewise matrix     # the known answers, graded")
    print("  slopewise lab        # the course in JupyterLab")
    print("\nREADME.md goes on from there.")
    return 0
