"""`slopewise again` and `slopewise solution`."""

from __future__ import annotations

from datetime import datetime

from slopewise.lab.again import solution, start_again
from slopewise.notebook.course import Course


def again_command(course: Course, name: str) -> int:
    """Begin a lesson from the start; say where the learner's copy is kept."""
    lesson = course.lesson(name)
    kept = start_again(course, lesson, datetime.now().astimezone())
    print(f"{lesson.name}: as it was released")
    if kept:
        print(f"your copy is kept: {kept}")
    return 0


def solution_command(course: Course, name: str, exercise: str) -> int:
    """Print an exercise's solution, where the course shows it."""
    print(solution(course, course.lesson(name), exercise))
    return 0
