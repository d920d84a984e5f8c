"""What a verdict tells its author of the cell that was graded, beside of what it answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from slopewise.notebook.findings import Finding, Kind
from slopewise.scoring.judge import State, Verdict

_RAN = (State.PARTLY_RIGHT, State.WRONG, State.RAISED, State.NOT_ATTEMPTED)


def explained(verdict: Verdict, findings: Iterable[Finding]) -> Verdict:
    """Return a verdict whose message says what kept the answer from being met.

    Args:
        verdict: what the judge found.
        findings: what was out of order in the submission; those on the verdict's exercise count.

    Points, state and probes stay as they are: only the first thing to be read changes.
    """
    if verdict.state not in _RAN:
        return verdict
    mine = [finding for finding in findings if finding.cell == verdict.exercise]
    for finding in mine:
        # Every name that the cell would have defined is missing then: that is no cause.
        if finding.kind is Kind.NOT_COMPILED:
            message = f"{finding.text} So nothing in that cell was run."
            return replace(verdict, message=message, misconception="")
    for finding in mine:
        if finding.kind is Kind.ANSWER_ELSEWHERE:
            return replace(verdict, message=f"{verdict.message} {finding.text}")
    return verdict
