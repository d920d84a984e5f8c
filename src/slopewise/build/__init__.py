"""From text notebooks to `source`, `release` and `solutions`.

Knows nothing of grading.
"""

from slopewise.build.pipeline import FOLDERS, BuildReport, build, check, check_lessons

__all__ = ["FOLDERS", "BuildReport", "build", "check", "check_lessons"]
