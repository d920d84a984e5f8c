"""Handing in, in plain words: whether the exchange works, and what to do where it does not."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from nbgrader.apps import NbGrader
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeFactory
from nbgrader.server_extensions.assignment_list.handlers import AssignmentList

from slopewise.errors import CourseError, TimeError
from slopewise.lab.desk import Desk
from slopewise.lab.welcome import Handing
from slopewise.nbgrader.deadlines.timestamps import course_clock
from slopewise.nbgrader.exchange.permissions import INBOUND
from slopewise.notebook.course import Course
from slopewise.notebook.deadlines import lateness, read_due
from slopewise.notebook.times import Clock


def _configuration(folder: str) -> Any:
    app = NbGrader()
    app.config_file_paths.append(folder)
    app.load_config_file()
    return app.config


def desk_of(folder: str) -> Desk | None:
    """Return where the person works whose server serves a folder.

    Args:
        folder: the folder the server serves.

    Returns:
        The course's desk where the folder is a course; where it is in none, and nbgrader is set up
        with Slopewise's exchange, that of a learner on a class's server; otherwise None.
    """
    root = Path(folder).expanduser().resolve()
    try:
        course = Course.find(root)
        return Desk.of_course(course) if course.root == root else None
    except CourseError:
        pass
    config = _configuration(folder)
    title = config.get("CourseDirectory", {}).get("course_id", "")
    exchange = str(config.get("ExchangeFactory", {}).get("list", ""))
    return Desk(root, "", title) if title and exchange.startswith("slopewise.") else None


def handing(folder: str) -> Handing:
    """Return where the learner's work goes, as nbgrader's configuration has it.

    Args:
        folder: the folder the server serves.
    """
    config = _configuration(folder)
    lister = ExchangeFactory(config=config).List(
        coursedir=CourseDirectory(config=config), config=config
    )
    course = lister.coursedir.course_id
    root = Path(lister.root)
    wrong = trouble(root, course)
    try:
        clock = course_clock(config)
    except CourseError as error:
        clock, wrong = Clock(), f"{error}."
    return Handing(
        Path(lister.cache) / course,
        root / course / "outbound",
        wrong,
        clock,
    )


def trouble(exchange: Path, course: str) -> str | None:
    """Return what is wrong with the exchange folder, in one sentence, or None."""
    if not exchange.is_dir():
        return (
            f"The exchange folder {exchange} does not exist. Your work is safe where it is; ask "
            "your instructor to make the folder, or to name another in nbgrader_config.py."
        )
    # Learners need to write to `inbound` alone, which is made when a lesson is released.
    inbound = exchange / course / INBOUND
    written = inbound if os.path.lexists(inbound) else exchange
    if written is exchange and hasattr(os, "geteuid") and exchange.stat().st_uid != os.geteuid():
        return None
    if not os.access(written, os.W_OK | os.X_OK):
        return (
            f"The exchange folder {written} cannot be written to. Your work is safe where it is; "
            "ask your instructor, whom `slopewise doctor` tells what to do."
        )
    return None


class PlainAssignmentList(AssignmentList):  # type: ignore[misc]  # nbgrader is untyped
    """nbgrader's Assignment List, where an error is a sentence instead of a traceback."""

    def list_assignments(self, course_id: str | None = None) -> dict[str, Any]:
        """Return the released and the submitted assignments; called by the list's page."""
        wrong = handing(self.root_dir).trouble
        if wrong:
            return {"success": False, "value": wrong}
        answer: dict[str, Any] = super().list_assignments(course_id)
        return answer

    def list_submitted_assignments(self, course_id: str | None = None) -> dict[str, Any]:
        """Return what was handed in, and say beside the time whether it was late."""
        answer: dict[str, Any] = super().list_submitted_assignments(course_id)
        known = handing(self.root_dir)
        if not answer["success"] or known.released is None:
            return answer
        for assignment in answer["value"]:
            due = read_due(known.released / assignment["assignment_id"])
            for submission in assignment["submissions"]:
                try:
                    late = lateness(known.clock.read(submission["timestamp"]), due)
                except TimeError:
                    continue
                if late:
                    submission["timestamp"] += f" – {late} after it was due"
        return answer

    def submit_assignment(self, course_id: str, assignment_id: str) -> dict[str, Any]:
        """Hand in one assignment; called by its Submit button."""
        wrong = handing(self.root_dir).trouble
        if wrong:
            return {"success": False, "value": wrong}
        return _plain(super().submit_assignment(course_id, assignment_id))


def _plain(answer: dict[str, Any]) -> dict[str, Any]:
    """The last line of a traceback, without the exception's name."""
    if answer["success"]:
        return answer
    last = str(answer["value"]).strip().splitlines()[-1]
    return {"success": False, "value": last.partition(": ")[2] or last}
