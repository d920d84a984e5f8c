"""The steps of an instructor's week, by the names that are typed."""

STEPS = ("collect", "update", "grade", "feedback", "release", "report")
"""In their order. Done only where they are asked for: `update`, which enters a lesson that was
changed after it was graded, and `release`, which hands the feedback back."""
