"""What goes out: lessons, each together with its due date, and feedback."""

from __future__ import annotations

import contextlib
import re
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.exchange.default import (
    Exchange,
    ExchangeReleaseAssignment,
    ExchangeReleaseFeedback,
)
from nbgrader.utils import notebook_hash

from slopewise.errors import SubmissionError
from slopewise.nbgrader.exchange.guarded import GradersExchange
from slopewise.notebook.deadlines import read_due, write_due
from slopewise.notebook.files import write_whole
from slopewise.notebook.times import in_utc
from slopewise.notebook.untrusted_files import folder_below, read_file

_LARGEST_PAGE = 256 * 2**20


class ReleaseAssignment(GradersExchange, ExchangeReleaseAssignment):  # type: ignore[misc]
    """Makes the exchange's folders, and puts the gradebook's due date beside the notebook."""

    makes_folders = True

    def copy_files(self) -> None:
        """Release the files; called by nbgrader when it has found where they go."""
        super().copy_files()
        course = self.coursedir
        with Gradebook(course.db_url, course.course_id) as gradebook:
            try:
                due = gradebook.find_assignment(course.assignment_id).duedate
            except MissingEntry:
                due = None
        write_due(Path(self.dest_path), due)


class ReleaseFeedback(GradersExchange, ExchangeReleaseFeedback):  # type: ignore[misc]
    """Puts feedback pages where only their learner finds them; one fault stops nobody else's.

    A learner finds their page by the secret that nbgrader's `submit` made. Work that was put in by
    hand has none, and its page cannot be fetched: the learner is named.
    """

    def copy_files(self) -> None:
        """Release every page; called by nbgrader when it has found where they go."""
        course = self.coursedir
        excluded = set(str(course.student_id_exclude or "").split(","))
        pages = self._pages()
        if not pages:
            self.fail(
                f"no feedback of {course.assignment_id} to release; run `nbgrader "
                f"generate_feedback {course.assignment_id}` first"
            )
        released, by_hand, failed = 0, [], []
        for student, page in pages:
            if student in excluded:
                continue
            secret = _secret(page.parent)
            if secret is None:
                by_hand.append(student)
                continue
            try:
                target = _released_as(page, secret, Path(self.dest_path))
                write_whole(target, _content(page))
                target.chmod(0o644)  # the name is the secret
                released += 1
            except OSError as error:
                failed.append(f"{student} ({error.strerror})")
            except SubmissionError as error:
                failed.append(f"{student} ({error})")
        self.log.info("%s: %s feedback pages released", course.assignment_id, released)
        if by_hand:
            self.log.warning(
                "Not handed in through the exchange, so the page cannot be fetched there; send it "
                "by hand, from %s/: %s",
                course.feedback_directory,
                ", ".join(dict.fromkeys(by_hand)),
            )
        if failed:
            self.fail(f"feedback not released: {', '.join(failed)}")

    def _pages(self) -> list[tuple[str, Path]]:
        """Learners and their pages."""
        course = self.coursedir
        step = course.feedback_directory
        pattern = course.format_path(step, "(?P<student>[^/]+)", course.assignment_id, escape=True)
        below = Path(course.root) / step
        found = []
        for page in sorted(below.rglob("*.html")):
            match = re.fullmatch(pattern, str(page.parent))
            if match and fnmatchcase(match["student"], course.student_id or "*"):
                found.append((match["student"], page))
        return found


def is_released(page: Path, folder: Path) -> bool:
    """Whether a feedback page was handed back, and has not been written anew since.

    Args:
        page: the page, in `feedback/`.
        folder: the exchange's, of feedback.
    """
    secret = _secret(page.parent)
    if secret is None:
        return False
    try:
        released = _released_as(page, secret, folder).stat()
        return released.st_mtime_ns >= page.stat().st_mtime_ns
    except OSError:
        return False


def _released_as(page: Path, secret: str, folder: Path) -> Path:
    """Where only its learner finds a page."""
    return folder / f"{notebook_hash(secret=secret, notebook_id=page.stem)}.html"


def _content(path: Path) -> bytes:
    """A file's content; SubmissionError for a link, which could lead to a solution."""
    with folder_below(path.parent.parent, [path.parent.name]) as descriptor:
        return read_file(descriptor, path.name, _LARGEST_PAGE)


def _secret(folder: Path) -> str | None:
    try:
        text = _content(folder / "submission_secret.txt").decode()
    except (OSError, SubmissionError, UnicodeDecodeError):
        return None
    return text or None


def renew_due(config: Any, coursedir: Any, assignment: str, due: datetime | None) -> None:
    """Tell learners of a due date that has changed since the assignment was released.

    Args:
        config: of traitlets; names the exchange folder.
        coursedir: the course's folders.
        assignment: the lesson's name.
        due: in UTC, as the gradebook has it.
    """
    root = Exchange(coursedir=coursedir, config=config).root
    folder = Path(root) / coursedir.course_id / "outbound" / assignment
    wanted = None if due is None else in_utc(due).replace(microsecond=0)
    if folder.is_dir() and read_due(folder) != wanted:
        # Somebody who may read grades need not be the one who releases lessons.
        with contextlib.suppress(OSError):
            write_due(folder, due)
