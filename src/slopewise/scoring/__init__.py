"""Observation + reference + known answers → points and an explanation.

Knows nothing of kernels, files or nbgrader.
"""

from slopewise.scoring.judge import KnownAnswer, ProbeVerdict, State, Verdict, judge

__all__ = ["KnownAnswer", "ProbeVerdict", "State", "Verdict", "judge"]
