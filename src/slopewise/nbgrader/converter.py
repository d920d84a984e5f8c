"""nbgrader's autograding in our order of work: look ahead, record whole, go on after anything.

nbgrader's configuration can name an exporter and preprocessors, but not the converter that uses
them. So the exporter, when it is made by a converter that autogrades, turns that converter into a
:class:`Grading`: a subclass that keeps nbgrader's steps and data, and hands the submissions to a
:class:`Run`, which says in which order they happen.
"""

from __future__ import annotations

import contextlib
import errno
import warnings
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbgrader.api import InvalidEntry
from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.utils import rmtree
from sqlalchemy.exc import IntegrityError, SAWarning

from slopewise.canary import Canary
from slopewise.errors import BoxError, CourseError, KernelError, SlopewiseError
from slopewise.execution import Ahead, Job, Outcome, ResultStore, Settings, open_pool
from slopewise.grading import graded
from slopewise.nbgrader.autograded_files import is_whole, remove
from slopewise.nbgrader.consistency import require_consistency
from slopewise.nbgrader.deadlines.penalties import renew
from slopewise.nbgrader.deadlines.timestamps import (
    careful_timestamps,
    course_clock,
    is_replaced,
    read_timestamp,
)
from slopewise.nbgrader.gradebook import SharedGradebook, sharing
from slopewise.nbgrader.pages.copies import names_of_copies
from slopewise.nbgrader.progress import Progress, QuietLog
from slopewise.nbgrader.recording import Tally, make_steps, tally
from slopewise.nbgrader.settings import read_settings
from slopewise.nbgrader.stopwatch import Stopwatch
from slopewise.nbgrader.submissions.handed_in import HandedIn, handed_in
from slopewise.nbgrader.submissions.preparing import Preparer, Submission, gradable
from slopewise.nbgrader.upstream import destination_folder, search_by, source_folder, turn_into
from slopewise.notebook.files import File, write_whole
from slopewise.notebook.times import Clock
from slopewise.notebook.untrusted_files import write_tree


class CarefulFiles(BaseConverter):  # type: ignore[misc]  # nbgrader is untyped
    """The step in which nbgrader copies a submission's files, with care; see `files`."""

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Copy what was taken of the submission's files; called by nbgrader's autograding."""
        target = Path(destination_folder(self, assignment_id, student_id))
        if target.parent.is_symlink() or target.is_symlink():
            raise NbGraderException(f"{target}: leads elsewhere; remove the symbolic link")
        files = self.run.preparer.copies(self.run.current)
        names = names_of_copies(file.name for file in files)
        write_tree(target, [File(names[file.name], file.content) for file in files])


class Grading(Autograde, CarefulFiles):  # type: ignore[misc]
    """Autogrades; made by :func:`adopt` only. What it does for each submission is in `Run`."""

    log: Any
    run: Run
    clock: Clock
    handed_in: list[HandedIn]

    def convert_notebooks(self) -> None:
        """Grade every submission that wants it; called by nbgrader's `start`."""
        log = self.log
        watch = Stopwatch()
        try:
            settings = read_settings(self.config, Path(self.coursedir.root))
            submissions = gradable(self.coursedir.assignment_id, self.handed_in)
            with contextlib.ExitStack() as stack:
                stack.enter_context(warnings.catch_warnings())
                # nbgrader's api makes these itself, for each submission that is new.
                warnings.filterwarnings("ignore", "Object of type <Submitted", SAWarning)
                self.clock = course_clock(self.config)
                stack.enter_context(careful_timestamps(self.coursedir, self.clock))
                store = ResultStore(settings.results, log.warning) if settings.results else None
                ahead = stack.enter_context(Ahead(open_pool(settings), store))
                progress = Progress(log, self.coursedir.assignment_id, len(self.handed_in))
                stack.enter_context(progress)
                self.log = QuietLog(log)
                self.run = Run(self, settings, ahead, progress, watch)
                stack.callback(self.run.end)
                self.run.grade(submissions)
                progress.left_out(self.handed_in, Path(self.coursedir.root))
                self.run.renew_penalties(log)
                if store is not None:
                    store.prune(settings.results_days, settings.results_megabytes * 10**6)
            if settings.timings:
                watch.write(settings.timings)
        except SlopewiseError as error:
            log.error("%s", error)
            raise NbGraderException(str(error)) from None
        except KeyboardInterrupt:
            log.error("Canceled; what was graded before is kept")
            raise
        finally:
            self.log = log
        progress.summarise()
        if progress.failed:
            student, reason = progress.failed[0]
            raise NbGraderException(
                f"{len(progress.failed)} of {len(self.handed_in)} submissions could not be graded; "
                f"the first, {student}: {reason}"
            )

    def init_notebooks(self) -> None:
        """Find what was handed in, or raise NbGraderException; called by nbgrader's `start`."""
        coursedir = self.coursedir
        self.handed_in = handed_in(coursedir, coursedir.assignment_id, coursedir.student_id)
        if not self.handed_in:
            where = source_folder(self, coursedir.assignment_id, coursedir.student_id)
            self.log.error("nothing was handed in: there is no folder %s", where)
            raise NbGraderException("nothing was handed in")

    def destination(self, submission: Submission) -> Path:
        """Where a submission is graded."""
        return Path(destination_folder(self, submission.assignment, submission.student))

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        """Whether to grade; a submission that was only half recorded is graded again."""
        target = Path(destination_folder(self, assignment_id, student_id))
        if self.run.is_half(self.run.current):
            self.log.warning("%s: does not say what the gradebook says; it is graded again", target)
            rmtree(str(target))
        elif self.run.is_replaced(self.run.current):
            one = self.coursedir.notebook_id != "*"
            remove(target, self.run.current.notebooks if one else None)
        return bool(super().init_destination(assignment_id, student_id))

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Enter the submission; one of which no time is known loses that of an earlier one."""
        # nbgrader misses a notebook of another name, which was found.
        self.log.silenced = {f"No submitted file: {path}" for path in self.run.current.notebooks}
        super().init_assignment(assignment_id, student_id)
        if read_timestamp(self.run.current.folder, self.clock).when is None:
            self.run.forget_timestamp()


class Run:
    """One grading run.

    Args:
        converter: nbgrader's, which this is a part of.
        settings: how notebooks are run.
        ahead: runs them.
        progress: told of everything.
        watch: told which stage the work is in.
    """

    def __init__(
        self,
        converter: Grading,
        settings: Settings,
        ahead: Ahead,
        progress: Progress,
        watch: Stopwatch,
    ) -> None:
        self._converter = converter
        self._watch = watch
        self._ahead = ahead
        self._progress = progress
        self.preparer = Preparer(converter, settings, watch)
        self._steps = make_steps(converter.autograde_preprocessors, converter)
        self._scores: dict[str, Any] = {}
        self._half: dict[Submission, bool] = {}
        self._begun = False
        self._kept = True
        self._points = Tally()
        self.current: Submission

    @cached_property
    def _gradebook(self) -> SharedGradebook:
        """Where scores go; opened while the first notebooks run already."""
        coursedir = self._converter.coursedir
        return SharedGradebook(coursedir.db_url, coursedir.course_id)

    def end(self) -> None:
        """Close the gradebook, if it was opened."""
        if "_gradebook" in vars(self):
            self._gradebook.end()

    def grade(self, submissions: list[Submission]) -> None:
        """Grade them in order, while those that come next are already run.

        Raises:
            SlopewiseError: what keeps every other from being graded, too.
        """
        assignments = sorted({one.assignment for one in submissions})
        canaries: list[Canary] = []
        if any(map(self._is_wanted, submissions)):
            canaries = [one for name in assignments for one in self.preparer.canaries(name)]
        for canary in canaries:
            self._ahead.begin_everywhere(canary.job)
        self._ahead.announce(self._coming(submissions))
        for assignment in assignments:
            require_consistency(self._gradebook, self._converter.coursedir, assignment)
        for canary in canaries:
            self._require_full_marks(canary)
        for submission in submissions:
            self.current = submission
            self._begun, self._kept, self._points = False, True, Tally()
            try:
                self._try(submission)
            except (BoxError, CourseError, KeyboardInterrupt):
                self._give_back(submission)
                raise
            except Exception as error:
                self._give_back(submission)
                _stop_if_full(error)
                self._converter.log.debug("%s", submission.folder, exc_info=True)
                self._progress.failure(submission.student, _in_a_line(error))
            finally:
                self.preparer.forget(submission)

    def _require_full_marks(self, canary: Canary) -> None:
        """Raise CourseError where a lesson's own solution does not get full marks, anywhere."""
        with self._watch.stage("execute"):
            try:
                outcomes = self._ahead.everywhere(canary.job)
            except BoxError:
                raise
            except KernelError as error:
                line = f"{canary.lesson}: its own solution could not be run, so nobody is graded"
                raise CourseError(f"{line}: {error}") from None
        for place, outcome in outcomes.items():
            if trouble := canary.trouble(outcome, place):
                raise CourseError(trouble)
            if doubt := canary.doubt(outcome):
                self._converter.log.warning("%s", doubt)

    def _try(self, submission: Submission) -> None:
        """Grade one; a second time where another grader has just entered the same learner."""
        try:
            self._grade_one(submission)
        except (IntegrityError, InvalidEntry):
            self._give_back(submission)
            self._begun, self._points = False, Tally()
            self._grade_one(submission)

    def _grade_one(self, submission: Submission) -> None:
        converter = self._converter
        names = (submission.assignment, submission.student)
        converter.notebooks = list(submission.notebooks)
        if not converter.init_destination(*names):
            self._progress.skipped(submission.student)
            return
        self._begun = True
        converter.run_pre_convert_hook()
        # What takes long comes before the gradebook is held.
        for job in self.preparer.jobs(submission):
            with self._watch.stage("execute"):
                self._ahead.wait(job)
        with sharing(self._gradebook):
            converter.init_assignment(*names)
            for path in converter.notebooks:
                self._grade_notebook(submission, path)
            converter.set_permissions(*names)
        converter.run_post_convert_hook()
        self._progress.graded(submission.student, kept=self._kept, score=str(self._points))

    def _grade_notebook(self, submission: Submission, path: str) -> None:
        """Read, put in order, run, judge, record and write one notebook."""
        prepared = self.preparer.prepare(submission, path)
        outcome = self._outcome(submission, prepared.job) if prepared.job is not None else None
        with self._watch.stage("verdict"):
            done = graded(prepared.key, prepared.ordered, outcome)
        notebook, resources = done.notebook, prepared.resources
        for step in self._steps:  # nbgrader's own, of which one records the scores
            notebook, resources = step(notebook, resources)
        nbformat.validate(notebook, relax_add_props=True)
        text = nbformat.v4.writes(notebook) + "\n"
        write_whole(self._converter.destination(submission) / Path(path).name, text.encode())
        self._points += tally(notebook)
        self._progress.found(submission.student, done.record.findings)
        for finding in done.record.findings[len(prepared.ordered.findings) :]:
            self._converter.log.warning(
                "%s, %s: %s", submission.student, finding.cell, finding.text
            )

    def _coming(self, submissions: list[Submission]) -> Iterator[Job]:
        """The jobs of all that will be graded; asked for one by one, as there is room."""
        for submission in submissions:
            if self._is_wanted(submission):
                yield from self.preparer.jobs(submission)

    def _is_wanted(self, submission: Submission) -> bool:
        """Whether it will be graded; a mistake would only cost time."""
        converter = self._converter
        if submission.student in _excluded(converter):
            return False
        target = converter.destination(submission)
        if converter.force or not target.exists() or self.is_half(submission):
            return True
        return is_replaced(target, submission.folder, converter.clock)

    def is_replaced(self, submission: Submission) -> bool:
        """Whether a submission was graded, and has since been handed in again."""
        target = self._converter.destination(submission)
        return target.exists() and not self._converter.force and self._is_wanted(submission)

    def renew_penalties(self, log: Any) -> None:
        """Bring the penalties of what was graded before up to date with deadlines and rules."""
        converter = self._converter
        coursedir = converter.coursedir
        with sharing(self._gradebook):
            renew(self._gradebook, converter.config, coursedir, log, coursedir.assignment_id)

    def forget_timestamp(self) -> None:
        """Record that nobody knows when the current submission was made."""
        names = (self.current.assignment, self.current.student)
        self._gradebook.find_submission(*names).timestamp = None
        self._gradebook.db.commit()

    def is_half(self, submission: Submission) -> bool:
        """Whether an earlier run was cut short while it recorded this submission."""
        converter = self._converter
        if submission not in self._half:
            target = converter.destination(submission)
            names = [Path(path).stem for path in submission.notebooks]
            if submission.assignment not in self._scores:
                scores = self._gradebook.auto_scores(submission.assignment)
                self._scores[submission.assignment] = scores
            self._half[submission] = (
                target.exists()
                and not converter.force
                and submission.student not in _excluded(converter)
                and not is_whole(
                    target, submission.student, names, self._scores[submission.assignment]
                )
            )
        return self._half[submission]

    def _outcome(self, submission: Submission, job: Job) -> Outcome:
        """What the cells of a notebook do, from a run that has usually ended."""
        with self._watch.stage("execute"):
            result = self._ahead.result(job)
        self._kept = self._kept and result.kept
        if result.outcome.stopped:
            self._converter.log.warning(
                "%s, %s: %s", submission.student, submission.assignment, result.outcome.stopped
            )
        return result.outcome

    def _give_back(self, submission: Submission) -> None:
        """Leave nothing half done in `autograded/`, and what was there before as it was."""
        if not self._begun:
            return
        one = self._converter.coursedir.notebook_id != "*"
        remove(self._converter.destination(submission), submission.notebooks if one else None)


def _excluded(converter: Any) -> list[str]:
    return str(converter.coursedir.student_id_exclude or "").split(",")


def _stop_if_full(error: Exception) -> None:
    """Raise CourseError where the next submission would fare no better."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        raise CourseError(
            f"the disk is full ({error.filename}); make room, and grade again: what was graded "
            "before is kept"
        ) from None


def _in_a_line(error: Exception) -> str:
    text = " ".join(str(error).split())[:500] or "no message"
    if isinstance(error, SlopewiseError | NbGraderException):
        return text
    return f"{type(error).__name__}: {text}"


class GradingExporter(NotebookExporter):  # type: ignore[misc]  # nbconvert is untyped
    """Brings :class:`Grading` in: the one class of a converter's that configuration can name."""

    def __init__(self, config: Any = None, **settings: Any) -> None:
        super().__init__(config=config, **settings)
        if self.parent is not None:
            adopt(self.parent)


def adopt(converter: Any) -> None:
    """Turn a converter that autogrades into a :class:`Grading`; leave any other alone."""
    if isinstance(converter, Autograde) and not isinstance(converter, Grading):
        turn_into(converter, Grading)


search_by(GradingExporter, adopt)
