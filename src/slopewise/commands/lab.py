"""`slopewise lab`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from slopewise.lab import lab_command_line, lab_environment, prepare
from slopewise.notebook.course import Course


def lab_command(course: Course, arguments: Sequence[str]) -> int:
    """Start JupyterLab in the course's root and stay until it ends."""
    trouble = prepare(course)
    if trouble:
        print(f"slopewise: {trouble} Nothing can be handed in.", file=sys.stderr)
    command = lab_command_line(course, *arguments)
    environment = lab_environment(course)
    # nbgrader finds nbgrader_config.py in the folder that Lab is started in.
    os.chdir(course.root)
    if os.name == "posix":
        os.execve(command[0], command, environment)
    return subprocess.call(command, env=environment)  # Windows cannot replace a process
