"""Put submissions in order and say what running them takes, each once, often ahead of its turn."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from slopewise.canary import Canary
from slopewise.errors import OtherLessonError, SubmissionError
from slopewise.execution import File, Job, Settings
from slopewise.grading import AnswerKey, Ordered, in_order, job_for, without_answers
from slopewise.nbgrader.canaries import canary_of
from slopewise.nbgrader.course_files import answer_key
from slopewise.nbgrader.deadlines.timestamps import course_clock, read_timestamp
from slopewise.nbgrader.exchange.receipt import collection_findings
from slopewise.nbgrader.recording import make_steps
from slopewise.nbgrader.stopwatch import Stopwatch
from slopewise.nbgrader.submissions.handed_in import HandedIn, Taken
from slopewise.nbgrader.submissions.reading import read_submitted
from slopewise.nbgrader.unanswered import Unanswered, mark_unanswered, unanswered
from slopewise.notebook.findings import NOTHING_TO_RUN, Kind
from slopewise.notebook.submitted_files import (
    Submitted,
    collect,
    files_of_run,
    own_files,
)


@dataclass(frozen=True)
class Submission:
    """What one learner submitted for one assignment, by the names nbgrader knows it by.

    Attributes:
        assignment: the lesson's name.
        handed_in: whose it is, where it lies in `submitted/`, and which files can be graded.
    """

    assignment: str
    handed_in: HandedIn

    @property
    def student(self) -> str:
        """The learner's id."""
        return self.handed_in.student

    @property
    def folder(self) -> Path:
        """Where it is, in `submitted/`."""
        return self.handed_in.folder

    @cached_property
    def notebooks(self) -> tuple[str, ...]:
        """Where its notebooks would be if each had the name that everybody expects."""
        return tuple(str(self.folder / f"{taken.name}.ipynb") for taken in self.handed_in.taken)

    def taken(self, path: str) -> Taken:
        """The file that stands for one of `notebooks`."""
        return self.handed_in.taken[self.notebooks.index(path)]


def gradable(assignment: str, found: Sequence[HandedIn]) -> list[Submission]:
    """Return what can be graded of what was handed in."""
    return [Submission(assignment, one) for one in found if one.taken]


@dataclass(frozen=True)
class Prepared:
    """A notebook in order.

    Attributes:
        key: what it is graded by.
        ordered: what will be run and graded.
        resources: what nbgrader hands from one step to the next.
        job: what running it takes; None where there is nothing of a learner's to run.
    """

    key: AnswerKey
    ordered: Ordered
    resources: Any
    job: Job | None


class Preparer:
    """Prepares the submissions of one grading run.

    Args:
        converter: nbgrader's, for its configuration and its preprocessors.
        settings: how notebooks are run.
        watch: told how long it takes.
    """

    def __init__(self, converter: Any, settings: Settings, watch: Stopwatch) -> None:
        self._watch = watch
        self._converter = converter
        self._coursedir = converter.coursedir
        self._settings = settings
        self._clock = course_clock(converter.config)
        # nbgrader makes its preprocessors again for each notebook and pass; one set each will do.
        self._steps = make_steps(converter.sanitize_preprocessors, converter)
        self._libraries = settings.modules.libraries
        self._files: dict[Submission, Submitted] = {}
        self._released: dict[tuple[str, ...], Mapping[str, Unanswered]] = {}
        self._prepared: dict[str, Prepared | Exception] = {}

    def prepare(self, submission: Submission, path: str) -> Prepared:
        """Put a notebook in order; what went wrong ahead of its turn is raised again."""
        if path not in self._prepared:
            try:
                with self._watch.stage("sanitise"):
                    self._prepared[path] = self._in_order(submission, path)
            except Exception as error:
                self._prepared[path] = error
        found = self._prepared[path]
        if isinstance(found, Exception):
            raise found
        return found

    def jobs(self, submission: Submission) -> Iterator[Job]:
        """What is to be run of a submission; what cannot be prepared says so at its turn."""
        for path in submission.notebooks:
            with contextlib.suppress(Exception):
                prepared = self.prepare(submission, path)
                if prepared.job is not None:
                    yield prepared.job

    def forget(self, submission: Submission) -> None:
        """Let go of a submission that has been graded."""
        for path in submission.notebooks:
            self._prepared.pop(path, None)
        self._files.pop(submission, None)

    def files(self, submission: Submission) -> Submitted:
        """What was taken of a submission's other files."""
        if submission not in self._files:
            own = frozenset(file.name for file in self._own_files(submission.assignment))
            one = submission.handed_in
            graded = {taken.path.name for taken in one.taken}
            graded |= {f"{taken.name}.ipynb" for taken in one.taken}
            self._files[submission] = collect(
                one.home,
                self._coursedir.ignore,
                own,
                notebooks=frozenset(graded),
                libraries=self._libraries,
            )
        return self._files[submission]

    def copies(self, submission: Submission) -> list[File]:
        """The files that stand beside the graded notebook; nbgrader would grade notebooks."""
        files = self.files(submission).files
        return [file for file in files if not file.name.casefold().endswith(".ipynb")]

    def canaries(self, assignment: str) -> list[Canary]:
        """The lesson's own solutions, one for each of its notebooks.

        Raises:
            CourseError: a file of the course's is missing or damaged.
        """
        coursedir = self._coursedir
        folder = Path(coursedir.format_path(coursedir.source_directory, ".", assignment))
        wanted = coursedir.notebook_id
        return [
            canary_of(coursedir, assignment, path.stem, self._settings)
            for path in sorted(folder.glob("*.ipynb"))
            if wanted in ("*", path.stem)
        ]

    def _own_files(self, assignment: str) -> tuple[Any, ...]:
        source = self._coursedir.format_path(self._coursedir.source_directory, ".", assignment)
        excluded = self._converter.exclude_overwriting.get(assignment, [])
        return own_files(Path(source), self._coursedir.ignore, excluded)

    def _unanswered(self, key: AnswerKey, *names: str) -> Mapping[str, Unanswered]:
        if names not in self._released:
            self._released[names] = unanswered(key.source, self._converter.config)
        return self._released[names]

    def _in_order(self, submission: Submission, path: str) -> Prepared:
        """Read a notebook, put it in order, and let nbgrader's own steps look at it."""
        resources = self._converter.init_single_notebook_resources(path)
        names = resources["nbgrader"]
        resources["metadata"] = {"name": Path(path).stem, "path": str(submission.folder)}
        key = answer_key(self._coursedir, names["assignment"], names["notebook"])
        file = submission.taken(path)
        taken = self.files(submission)
        stamp = read_timestamp(submission.folder, self._clock)
        findings = taken.findings + collection_findings(submission.folder)
        if file.finding is not None:
            findings += (file.finding,)
        if stamp.finding is not None:
            findings += (stamp.finding,)
        try:
            raw = read_submitted(file.path, self._coursedir, names["assignment"], names["notebook"])
            ordered = in_order(key, raw, findings)
        except SubmissionError as error:
            self._converter.log.warning("Cannot grade %s: %s", submission.student, error)
            kind = Kind.OTHER_LESSON if isinstance(error, OtherLessonError) else Kind.UNREADABLE
            ordered = without_answers(key, str(error), findings, kind)
        for finding in ordered.findings:
            if finding.kind not in NOTHING_TO_RUN:
                place = ", ".join(filter(None, (names["notebook"], finding.cell)))
                self._converter.log.warning("%s, %s: %s", submission.student, place, finding.text)
        notebook = ordered.notebook
        mark_unanswered(notebook, self._unanswered(key, names["assignment"], names["notebook"]))
        for step in self._steps:
            notebook, resources = step(notebook, resources)
        ordered = replace(ordered, notebook=notebook)
        job = None
        if not ordered.nothing_to_run:
            files = files_of_run(taken.files, self._own_files(submission.assignment))
            job = job_for(notebook, self._settings, files, key.pictures)
        return Prepared(key, ordered, resources, job)
