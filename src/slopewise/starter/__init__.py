"""A new course: the smallest that builds, releases, checks and grades."""

from slopewise.starter.course import start_course

__all__ = ["start_course"]
