"""What the buttons Validate and Check my work do, in a process of its own.

The server starts `python -m slopewise.lab.work NOTEBOOK [COURSE]` and goes on answering; the
process runs the notebook and prints, as JSON, what the dialog shows. With the course's folder it is
the full verdict of `slopewise check`, for a notebook that is one of the course's lessons; else, and
without one, what the visible checks say.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

from slopewise.checking import Checked, Checker
from slopewise.errors import CourseError, SlopewiseError, SubmissionError
from slopewise.execution import Settings
from slopewise.lab.answer import Answer, Exercise, Told, headline_of_verdict
from slopewise.lab.validation import validate
from slopewise.nbgrader.settings import course_settings, read_settings
from slopewise.notebook.course import Course
from slopewise.notebook.identifiers import visible
from slopewise.scoring import State

_TOLD = {
    State.RIGHT: Told.PASSED,
    State.PARTLY_RIGHT: Told.PARTLY_RIGHT,
    State.NOT_ATTEMPTED: Told.NOT_BEGUN,
    State.NOT_RUN: Told.NOT_RUN,
}


def check_work(path: Path, course: Course | None) -> Answer:
    """Say what a notebook is worth where the course can tell; else what its visible checks say.

    Args:
        path: the learner's notebook.
        course: whose full verdict is wanted; None where only the visible checks are.

    Raises:
        SubmissionError: the notebook cannot be read.
        KernelError: it cannot be run.
    """
    if course is None:
        return validate(path, _settings())
    settings = course_settings(course.root)
    try:
        return _verdict(Checker(course, settings).check(path))
    except CourseError as error:
        note = f"The full verdict is not to be had: {error}."
    except SubmissionError as error:
        note = f"Only the visible checks were asked: {error}."
    found = validate(path, settings)
    return replace(found, notes=(*found.notes, note))


def _settings() -> Settings:
    from nbgrader.apps import NbGrader

    app = NbGrader()
    app.load_config_file()
    root = app.config.get("CourseDirectory", {}).get("root", "")
    return read_settings(app.config, Path(root)) if root else Settings()


def _verdict(checked: Checked) -> Answer:
    exercises = tuple(
        Exercise(
            one.exercise,
            _TOLD.get(one.state, Told.WRONG),
            "" if one.state is State.RIGHT else one.message,
        )
        for one in checked.verdicts
    )
    notes = [checked.stopped] if checked.stopped else []
    if checked.unboxed:
        notes.append(f"It was run without a box, as your own work: {checked.unboxed}.")
    said = "\n".join(one.message for one in exercises)
    notes += [one.text for one in checked.findings if one.text.rstrip(".") not in said]
    if checked.by_hand:
        names = ", ".join(f"`{one.name}`" for one in checked.by_hand)
        notes.append(f"Read by your teacher, and not counted here: {names}.")
    headline = headline_of_verdict(exercises, checked.points, checked.maximum)
    return Answer(headline, exercises, tuple(notes))


def main() -> int:
    """Print as JSON what was found in the notebook named on the command line."""
    course = Course(Path(sys.argv[2])) if sys.argv[2:] else None
    try:
        found = check_work(Path(sys.argv[1]), course)
    except SlopewiseError as error:
        print(visible(str(error)), file=sys.stderr)
        return 1
    print(json.dumps(found.as_data()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
