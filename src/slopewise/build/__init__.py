"""From text notebooks to `source`, `release` and `solutions`.

Knows nothing of grading.
"""

from slopewise.build.pipeline import BuildReport, build, check

__all__ = ["BuildReport", "build", "check"]
