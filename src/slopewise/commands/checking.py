"""`slopewise check`."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from slopewise.checking import Checked, Checker, find_notebooks
from slopewise.errors import SubmissionError
from slopewise.nbgrader.settings import course_settings
from slopewise.notebook.course import Course
from slopewise.notebook.identifiers import visible
from slopewise.scoring import State, Verdict

_MARKS = {
    State.RIGHT: "✓",
    State.PARTLY_RIGHT: "~",
    State.NOT_ATTEMPTED: "·",
}


def check_command(course: Course, paths: Sequence[Path], *, as_json: bool) -> int:
    """Judge notebooks and print the verdicts; return 0 only where every one has full marks."""
    checker = Checker(course, course_settings(course.root))
    full = True
    reports: list[dict[str, Any]] = []
    for path in find_notebooks(paths):
        try:
            checked = checker.check(path)
        except SubmissionError as error:
            full = False
            reports.append({"path": str(path), "error": str(error)})
            if not as_json:
                print(f"slopewise: {visible(str(error))}", file=sys.stderr)
            continue
        full = full and checked.points >= checked.maximum
        reports.append(_as_data(checked))
        if not as_json:
            print(visible(_as_text(checked)), flush=True)
    if as_json:
        # Where the pipe is not UTF-8, escapes: a program must get every character.
        plain = "utf" not in (sys.stdout.encoding or "").lower()
        print(json.dumps(reports, indent=2, ensure_ascii=plain))
    return 0 if full else 1


def _as_data(checked: Checked) -> dict[str, Any]:
    return {
        "path": str(checked.path),
        "lesson": checked.lesson,
        "points": checked.points,
        "maximum": checked.maximum,
        "seconds": round(checked.seconds, 2),
        "stopped": checked.stopped,
        "unboxed": checked.unboxed,
        "exercises": [asdict(verdict) for verdict in checked.verdicts],
        "by_hand": [asdict(exercise) for exercise in checked.by_hand],
        "findings": [asdict(finding) for finding in checked.findings],
    }


def _as_text(checked: Checked) -> str:
    head = f"{checked.path.name}: {checked.points:g} of {checked.maximum:g} points"
    lines = [f"{head}  ({checked.lesson}, {checked.seconds:.1f} s)"]
    if checked.unboxed:
        lines.append(f"  Run without a box, as your own work: {checked.unboxed}")
    if checked.stopped:
        lines.append(f"  {checked.stopped}")
    lines += [f"  {finding.text}" for finding in checked.findings]
    names = [verdict.exercise for verdict in checked.verdicts]
    width = max(map(len, [*names, *(one.name for one in checked.by_hand)]), default=0)
    for verdict in checked.verdicts:
        lines.extend(_verdict_lines(verdict, width))
    for one in checked.by_hand:
        score = f"–/{one.points:g}"
        lines.append(f"  … {one.name.ljust(width)}  {score:>8}  A person grades this.")
    return "\n".join(lines)


def _verdict_lines(verdict: Verdict, width: int) -> list[str]:
    mark = _MARKS.get(verdict.state, "✗")
    score = f"{verdict.points:g}/{verdict.maximum:g}"
    head = f"  {mark} {verdict.exercise.ljust(width)}  {score:>8}  "
    if verdict.state is State.RIGHT:
        return [head.rstrip()]
    return textwrap.wrap(
        verdict.message, width=100, initial_indent=head, subsequent_indent=" " * len(head)
    )
