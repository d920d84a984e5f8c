"""A course's own rule for late submissions."""

from __future__ import annotations

from nbgrader.plugins import BasePlugin


class OneAndAHalf(BasePlugin):  # type: ignore[misc]  # nbgrader is untyped
    """Whoever is late loses a point and a half, however late."""

    def late_submission_penalty(self, student: str, score: float, seconds: float) -> float:
        """Return the points to take off; called by nbgrader for each late notebook."""
        return 1.5
