"""nbgrader's `generate_feedback`, its pages made in parallel, each once, and kept while they hold.

nbgrader's configuration names the exporter that makes its pages. Ours is told of all of them when
nbgrader makes it: it takes off nbgrader's list what needs no new page, and makes the others ahead
of the moment at which nbgrader asks for them, one by one.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException
from traitlets import Bool, Int, default

from slopewise import __version__
from slopewise.errors import CourseError
from slopewise.nbgrader.course_files import source_notebook
from slopewise.nbgrader.deadlines.penalties import LatePolicy, renew
from slopewise.nbgrader.gradebook import plain_errors
from slopewise.nbgrader.pages.grades import NotebookGrades, read_grades
from slopewise.nbgrader.pages.processes import Failure, PageProcesses
from slopewise.nbgrader.pages.rendering import FeedbackPages, Task
from slopewise.nbgrader.progress import QuietLog, tell_progress
from slopewise.nbgrader.upstream import destination_folder
from slopewise.notebook.cell_kinds import CellKind, cell_kind
from slopewise.notebook.regions import SOLUTION, as_released, without_marks
from slopewise.scoring import rendering

_MARK = "<!-- made from {} -->\n"
_ANSWERED = (CellKind.ANSWER, CellKind.BY_HAND)
_MOST_BYTES = 32_000_000
_HEADING = re.compile(r"#\s+(.*)")


class FeedbackExporter(Exporter):  # type: ignore[misc]  # nbconvert is untyped
    """Makes feedback pages; nbgrader's configuration names it for `generate_feedback`."""

    answers_after_deadline = Bool(
        False,
        help="Whether pages hold the course's own answers, folded, once the lesson is due for"
        " everybody, extensions included.",
    ).tag(config=True)
    page_seconds = Int(
        10, help="CPU seconds that one page may take; one that takes more is written plain."
    ).tag(config=True)
    page_processes = Int(
        None, allow_none=True, help="How many pages are made at once; None means one a core."
    ).tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def __init__(self, config: Any = None, **settings: Any) -> None:
        super().__init__(config=config, **settings)
        self._lesson: _Lesson | None = None
        if isinstance(self.parent, GenerateFeedback):
            try:
                self._lesson = _Lesson(self, self.parent)
            except CourseError as error:
                raise NbGraderException(str(error)) from None

    def from_filename(
        self, filename: str, resources: Any = None, **settings: Any
    ) -> tuple[str, Any]:
        """Return the page of a graded notebook; called by nbgrader for each."""
        if self._lesson is None:
            raise CourseError(
                f"{filename}: feedback pages are made by `nbgrader generate_feedback`"
            )
        return self._lesson.page(filename), {**resources, "output_extension": self.file_extension}


class _Lesson:
    """The pages of one lesson.

    Args:
        exporter: for its settings.
        converter: nbgrader's; what needs no new page is taken off its list.
    """

    def __init__(self, exporter: FeedbackExporter, converter: Any) -> None:
        self._converter = converter
        self._log = converter.log
        coursedir = converter.coursedir
        assignment = coursedir.assignment_id
        with (
            plain_errors(coursedir.db_url),
            closing(Gradebook(coursedir.db_url, coursedir.course_id)) as gradebook,
        ):
            # Pages tell what lateness costs now.
            renew(gradebook, converter.config, coursedir, self._log, assignment)
            self._grades = read_grades(gradebook, assignment)
        self._rule = LatePolicy(converter.config).words
        closed = self._grades.closed
        now = datetime.now(UTC).replace(tzinfo=None)  # nbgrader keeps naive UTC
        self._shows = exporter.answers_after_deadline and closed is not None and closed < now
        self._exporter = exporter
        self._tasks: list[Task] = []
        self._numbers: dict[str, int] = {}
        self._keys: dict[str, str] = {}
        self._pages: PageProcesses | None = None
        self._made = 0
        self._take_off_what_is_kept()
        # nbgrader's five lines for each page tell of files; that a page is new is no finding.
        converter.log = QuietLog(self._log)
        converter.log.silenced = {
            f"Removing existing assignment: {self._target(path)}" for path in self._numbers
        }

    def page(self, path: str) -> str:
        """Return a page, with the mark of what it was made from at its end."""
        if self._pages is None:
            alone = threading.active_count() == 1 and sys.platform == "linux"
            self._pages = PageProcesses(
                self._renderer,
                self._tasks,
                count=self._exporter.page_processes,
                seconds=self._exporter.page_seconds,
                fork=alone,
            )
        number = self._numbers[path]
        page = self._pages.page(number)
        if isinstance(page, str) and len(page) > _MOST_BYTES:
            page = Failure(f"it has more than {_MOST_BYTES // 10**6} MB")
        if isinstance(page, Failure):
            self._log.warning("%s: its page is written plain (%s)", path, page.reason)
            page = self._renderer.plain(self._tasks[number])
        tell_progress(self._log, number + 1, len(self._tasks))
        if number + 1 == len(self._tasks):
            self._pages.close()
            made = f"{len(self._tasks)} feedback page{'' if len(self._tasks) == 1 else 's'} made"
            self._log.info("%s: %s", self._names(path)[1], made)
        return page + _MARK.format(self._keys[path])

    def _take_off_what_is_kept(self) -> None:
        converter = self._converter
        excluded = str(converter.coursedir.student_id_exclude or "").split(",")
        kept = 0
        for folder in sorted(converter.assignments):
            paths = sorted(converter.assignments[folder])
            tasks = {path: self._task(path) for path in paths}
            student = self._names(paths[0])[0]
            target = self._target(paths[0])
            if student not in excluded and all(self._is_current(target, one) for one in paths):
                del converter.assignments[folder]
                kept += 1
                continue
            for path in paths:
                self._numbers[path] = len(self._tasks)
                self._tasks.append(tasks[path])
        if kept:
            self._log.info("%d feedback pages are as they were", kept)
        converter.force = True  # what is left is to be made, whether or not there is an older one
        if self._tasks:
            self._renderer = self._make_renderer(*self._names(self._tasks[0].path)[1:])

    def _target(self, path: str) -> Path:
        """Where the page of a graded notebook goes."""
        student, assignment, _ = self._names(path)
        return Path(os.path.normpath(destination_folder(self._converter, assignment, student)))

    def _task(self, path: str) -> Task:
        student, _, notebook = self._names(path)
        grades = self._grades.notebooks.get((student, notebook))
        task = Task(str(Path(path).resolve()), grades or NotebookGrades(), grades is not None)
        digest = hashlib.sha256(f"{_version()}{self._shows}{self._rule}".encode())
        digest.update(Path(path).read_bytes())
        known = (sorted(task.grades.cells.items()), sorted(task.grades.comments.items()))
        unanswered = sorted(task.grades.unanswered)
        digest.update(repr((known, unanswered, task.grades.penalty, task.recorded)).encode())
        for other in sorted(Path(path).parent.rglob("*")):
            if other.suffix != ".ipynb":  # copied beside the page, as they are
                state = other.lstat()
                digest.update(repr((other, state.st_size, state.st_mtime_ns)).encode())
        self._keys[path] = digest.hexdigest()
        return task

    def _is_current(self, target: Path, path: str) -> bool:
        mark = _MARK.format(self._keys[path]).encode()
        try:
            with (target / f"{Path(path).stem}.html").open("rb") as file:
                file.seek(-len(mark), os.SEEK_END)
                return file.read() == mark
        except OSError:
            return False

    def _names(self, path: str) -> tuple[str, str, str]:
        """A graded notebook's learner, assignment and name, as nbgrader reads them."""
        names = self._converter.init_single_notebook_resources(path)["nbgrader"]
        return names["student"], names["assignment"], names["notebook"]

    def _make_renderer(self, assignment: str, notebook: str) -> FeedbackPages:
        try:
            cells = source_notebook(self._converter.coursedir, assignment, notebook).cells
        except CourseError:  # graded all the same, with what the gradebook knows
            return FeedbackPages(notebook, rule=self._rule)
        answers = {}
        if self._shows:
            answers = {
                cell.metadata.nbgrader.grade_id: without_marks(cell.source, SOLUTION)
                for cell in cells
                if cell.cell_type == "code" and cell_kind(cell) in _ANSWERED
            }
        given = frozenset((cell.cell_type, as_released(cell.source)) for cell in cells)
        headings = (_HEADING.match(cell.source) for cell in cells if cell.cell_type == "markdown")
        title = next((match[1].strip() for match in headings if match), notebook)
        return FeedbackPages(title, given, answers, self._rule)


@cache
def _version() -> str:
    """A name for how pages are made, so that none is kept from another version."""
    digest = hashlib.sha256(__version__.encode())
    # Verdicts are told on the page in the words that they have now.
    for folder in (Path(__file__).parent, Path(rendering.__file__).parent):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".html", ".css"):
                digest.update(path.read_bytes())
    return digest.hexdigest()
