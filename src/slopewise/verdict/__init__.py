"""Observation + reference + known answers → points and an explanation.

Knows nothing of kernels, files or nbgrader.
"""

from slopewise.verdict.judge import KnownAnswer, ProbeVerdict, State, Verdict, judge

__all__ = ["KnownAnswer", "ProbeVerdict", "State", "Verdict", "judge"]
