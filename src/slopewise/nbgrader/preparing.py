"""Put submissions in order and say what running them takes, each once, often ahead of its turn."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slopewise.execution import Job, Settings
from slopewise.nbgrader.exchange.receipt import collection_findings
from slopewise.nbgrader.record import write_findings
from slopewise.nbgrader.running import is_readable, sources
from slopewise.nbgrader.stopwatch import Stopwatch
from slopewise.nbgrader.submitted_files import Submitted, collect, is_for_a_run, own_files
from slopewise.nbgrader.timestamps import course_clock, read_timestamp


@dataclass(frozen=True)
class Submission:
    """What one learner submitted for one assignment, by the names nbgrader knows it by.

    Attributes:
        assignment: the lesson's name.
        student: the learner's id.
        folder: where it is, in `submitted/`.
        notebooks: the paths of its notebooks.
    """

    assignment: str
    student: str
    folder: Path
    notebooks: tuple[str, ...]


@dataclass(frozen=True)
class Prepared:
    """A notebook in order.

    Attributes:
        notebook: what will be run and graded.
        resources: what nbgrader hands from one step to the next.
        job: what running it takes; None where there is nothing of a learner's to run.
    """

    notebook: Any
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
        self._exporter = type(converter.exporter)(parent=converter, config=converter.config)
        self._exporter._preprocessors = []
        for one in converter.sanitize_preprocessors:
            self._exporter.register_preprocessor(one)
        self._files: dict[tuple[str, str], Submitted] = {}
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
        self._files.pop((submission.assignment, submission.student), None)

    def job(self, notebook: Any, assignment: str, student: str) -> Job:
        """What running a notebook takes; the same whenever it is asked."""
        files = {file.name: file for file in self.files(assignment, student).files}
        files |= {file.name: file for file in self._own_files(assignment)}
        return Job(
            cells=sources(notebook),
            files=tuple(files[name] for name in sorted(files) if is_for_a_run(name)),
            limits=self._settings.limits,
            cell_seconds=self._settings.cell_seconds,
            notebook_seconds=self._settings.notebook_seconds,
            unboxed=self._settings.unboxed,
            pictures=self._settings.pictures,
        )

    def files(self, assignment: str, student: str) -> Submitted:
        """What was taken of a submission's other files."""
        names = (assignment, student)
        if names not in self._files:
            own = frozenset(file.name for file in self._own_files(assignment))
            folder = self._coursedir.format_path(
                self._coursedir.submitted_directory, student, assignment
            )
            self._files[names] = collect(Path(folder), self._coursedir.ignore, own)
        return self._files[names]

    def _own_files(self, assignment: str) -> tuple[Any, ...]:
        source = self._coursedir.format_path(self._coursedir.source_directory, ".", assignment)
        excluded = self._converter.exclude_overwriting.get(assignment, [])
        return own_files(Path(source), self._coursedir.ignore, excluded)

    def _in_order(self, submission: Submission, path: str) -> Prepared:
        resources = self._converter.init_single_notebook_resources(path)
        notebook, resources = self._exporter.node_from_filename(path, resources)
        findings = self.files(submission.assignment, submission.student).findings
        findings += collection_findings(submission.folder)
        stamp = read_timestamp(submission.folder, self._clock)
        if stamp.finding is not None:
            findings += (stamp.finding,)
        write_findings(notebook, findings)
        for finding in findings:
            self._converter.log.warning("%s: %s", submission.student, finding.text)
        job = None
        if is_readable(notebook):
            job = self.job(notebook, submission.assignment, submission.student)
        return Prepared(notebook, resources, job)
