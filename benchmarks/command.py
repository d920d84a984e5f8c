"""`nbgrader autograde` for each lesson of a course, measured."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.cluster import Cluster, dismiss_warm
from benchmarks.measure import Measured, measure
from slopewise.nbgrader.stopwatch import STAGES
from slopewise.notebook.course import Course

_TIMINGS = "timings.json"


def grade(course: Course, root: Path, grader: str) -> Measured:
    """Grade all lessons, with a warm process that nobody else uses.

    grader: "stock", "words", "drawn", or "dask-1" and "dask-2" for so many workers with a core
    each, which are there before the time is taken; `root` holds a course made for it.
    """
    runtime = Path(tempfile.mkdtemp(prefix="sb", dir="/tmp"))
    environment = {**os.environ, "SLOPEWISE_RUNTIME_DIR": str(runtime)}
    # As on anybody's machine: what has been compiled once is not compiled at each start.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    cluster = None
    if grader.startswith("dask-"):
        cluster = Cluster(int(grader.removeprefix("dask-")), runtime, environment)
    commands = []
    for lesson in course.lessons:
        command = [sys.executable, "-m", "nbgrader", "autograde", lesson.name]
        if grader != "stock":
            command.append(f"--SlopewiseGrading.timings={lesson.name}/{_TIMINGS}")
            command.append(f"--SlopewiseGrading.pictures={grader == 'drawn'}")
        if cluster is not None:
            command.append(f"--SlopewiseGrading.scheduler={cluster.address}")
        commands.append(command)

    def end() -> None:
        if cluster is not None:
            cluster.close()
        if grader != "stock":
            dismiss_warm(runtime)

    try:
        return measure(commands, root, environment, end)
    finally:
        if cluster is not None:  # also where a command has failed
            cluster.close()
        shutil.rmtree(runtime, ignore_errors=True)


def stages_of(root: Path) -> dict[str, float]:
    """Return the grading processes' CPU seconds by stage, of all lessons graded in `root`."""
    files = [json.loads(path.read_text()) for path in root.glob(f"*/{_TIMINGS}")]
    return {stage: sum(file[stage] for file in files) for stage in STAGES}
