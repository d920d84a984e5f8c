"""Collecting: from the exchange into `submitted/`, with nothing on the way that a learner decides.

When something was handed in is what the exchange's file system says of the last change of anything
in it (`st_ctime`, which no owner can set): not the name's time, nor a file's inside.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.exchange.default import ExchangeCollect

from slopewise.errors import SlopewiseError, SubmissionError, TimeError
from slopewise.nbgrader.deadlines.timestamps import course_clock, read_timestamp
from slopewise.nbgrader.exchange.bounds import bounds, selection
from slopewise.nbgrader.exchange.guarded import GradersExchange
from slopewise.nbgrader.exchange.inbound import Arrival, Refused, arrivals, owner_fault
from slopewise.nbgrader.exchange.receipt import Receipt
from slopewise.notebook.identifiers import shown
from slopewise.notebook.times import for_gradebook
from slopewise.notebook.untrusted_files import (
    Tree,
    folder_below,
    read_tree,
    write_tree,
)

_MOST_TRIED = 20
_MOST_NAMED = 20
_PLAUSIBLE = timedelta(minutes=5)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class _Received:
    """A submission that was read.

    Attributes:
        arrival: its entry in the inbound folder.
        tree: what was in it.
        receipt: when it was received, and what was out of order.
    """

    arrival: Arrival
    tree: Tree
    receipt: Receipt


class Collect(GradersExchange, ExchangeCollect):  # type: ignore[misc]  # nbgrader is untyped
    """Collects what each learner handed in last; what cannot be is named at the end."""

    def init_src(self) -> None:
        """See what there is; called by nbgrader."""
        if not self.coursedir.course_id:
            self.fail("No course id specified. Re-run with --course flag.")
        self.inbound = Path(self.root, self.coursedir.course_id, "inbound")
        try:
            self._clock = course_clock(self.config)
        except SlopewiseError as error:
            self.fail(str(error))
        self._refused: list[Refused] = []
        self._by_learner: dict[str, list[Arrival]] = defaultdict(list)
        wanted = self.coursedir.student_id
        try:
            for one in arrivals(self.inbound, self.coursedir.assignment_id):
                if isinstance(one, Refused):
                    self._refused.append(one)
                # Before any is tried: else a stranger's thousand would hide the learner's own.
                elif self.check_owner and (reason := owner_fault(one)):
                    self._refused.append(Refused(one.student, shown(one.name), reason))
                elif wanted in ("", "*", one.student):
                    self._by_learner[one.student].append(one)
        except OSError as error:
            self.fail(f"{self.inbound}: cannot be read ({error.strerror}); release a lesson first")
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            try:
                self.duedate = gradebook.find_assignment(self.coursedir.assignment_id).duedate
            except MissingEntry:
                self.duedate = None

    def init_dest(self) -> None:
        """Nothing; called by nbgrader."""

    def copy_files(self) -> None:
        """Collect all there is; called by nbgrader.

        Raises:
            ExchangeError: something could not be collected; all else was.
        """
        course, lesson = self.coursedir.course_id, self.coursedir.assignment_id
        if not self._by_learner:
            self.log.warning("No submissions of '%s' for course '%s' to collect", lesson, course)
        else:
            self.log.info(
                "Processing %s submissions of '%s' for course '%s'",
                *(len(self._by_learner), lesson, course),
            )
        left_out: list[str] = []
        for student in sorted(self._by_learner):
            try:
                self._collect(student, left_out)
            except (SubmissionError, OSError) as error:
                reason = error.strerror if isinstance(error, OSError) else str(error)
                self._refused.append(Refused(student, "the submission", f"is left: {reason}"))
        self._name(left_out, "Files were left out of %s submissions:")
        if self._refused:
            self._name([str(one) for one in self._refused], "Not collected, %s in all:")
            self.fail(
                f"{lesson}: {len(self._refused)} in the exchange could not be collected; all else "
                "was; see the lines above"
            )

    def _name(self, lines: list[str], headline: str) -> None:
        if lines:
            self.log.warning(headline, len(lines))
        for line in lines[:_MOST_NAMED]:
            self.log.warning("  %s", line)
        if len(lines) > _MOST_NAMED:
            self.log.warning("  … and %s more", len(lines) - _MOST_NAMED)

    def _collect(self, student: str, left_out: list[str]) -> None:
        lesson = self.coursedir.assignment_id
        target = Path(
            self.coursedir.format_path(self.coursedir.submitted_directory, student, lesson)
        )
        exists = os.path.lexists(target)
        if exists and not (self.update or self.before_duedate):
            self.log.info(
                "Submission already exists, use --update to update: %s %s", student, lesson
            )
            return
        found = self._chosen(student)
        if found is None:
            return
        before = self._collected_before(target) if exists else None
        newer = before is None or found.receipt.received > before
        if exists and not (newer or (self.before_duedate and found.receipt.received != before)):
            self.log.info("No newer submission to collect: %s %s", student, lesson)
            return
        self.log.info(
            "%s submission: %s %s", "Updating" if exists else "Collecting", student, lesson
        )
        self._put(target, found)
        if found.tree.left_out:
            first = found.tree.left_out[0]
            more = len(found.tree.left_out) - 1
            rest = f", and {more} more" if more else ""
            left_out.append(f"{student}: {first.name or 'the folder'} {first.reason}{rest}")

    def _chosen(self, student: str) -> _Received | None:
        """The learner's latest, or latest in time, of those that can be read; told of the rest."""
        newest = None
        for number, arrival in enumerate(self._newest_first(self._by_learner[student])):
            if number >= _MOST_TRIED:
                self._refused.append(
                    Refused(student, "the rest", f"comes after {_MOST_TRIED} others that failed")
                )
                break
            received = self._read(arrival)
            if received is None:
                continue
            newest = newest or received
            if not self.before_duedate or self.duedate is None:
                return received
            if for_gradebook(received.receipt.received) <= self.duedate:
                return received
        return newest

    def _newest_first(self, found: list[Arrival]) -> list[Arrival]:
        """By the names' times: which of their own is the last is the learner's to say."""
        return sorted(
            found,
            key=lambda one: (self._claim(one) or _LONG_AGO, one.name),
            reverse=True,
        )

    def _read(self, arrival: Arrival) -> _Received | None:
        try:
            with folder_below(self.inbound, [arrival.name]) as descriptor:
                status = os.fstat(descriptor)
                if status.st_uid != arrival.owner:
                    raise SubmissionError(f"{shown(arrival.name)}: was replaced meanwhile")
                tree = read_tree(
                    descriptor,
                    bounds(self.coursedir),
                    selection(self.coursedir),
                    status.st_uid if self.check_owner else None,
                )
            if any(one.name.endswith(".ipynb") and one.changed for one in tree.left_out):
                raise SubmissionError(
                    f"{shown(arrival.name)}: was changed while it was read; collect again"
                )
        except SubmissionError as error:
            what, _, reason = str(error).rpartition(": ")
            self._refused.append(Refused(arrival.student, what, reason))
            return None
        return _Received(arrival, tree, self._receipt(arrival, tree))

    def _receipt(self, arrival: Arrival, tree: Tree) -> Receipt:
        received = datetime.fromtimestamp(tree.changed // 10**9, UTC)
        claimed = self._claim(arrival)
        doubt = None
        if claimed is None:
            doubt = f"it says it was handed in at “{shown(arrival.claimed, 40)}”, which is no time"
        elif abs(claimed - received) > _PLAUSIBLE:
            doubt = f"it says it was handed in at {claimed:%Y-%m-%d %H:%M} UTC"
        return Receipt(received, doubt, tree.left_out)

    def _claim(self, arrival: Arrival) -> datetime | None:
        """The time that a name says, in UTC; None where it is none."""
        try:
            return self._clock.read(arrival.claimed)
        except TimeError:
            return None

    def _collected_before(self, target: Path) -> datetime | None:
        """When what is in `submitted/` was received; None where that cannot be told."""
        return read_timestamp(target, self._clock).when

    def _put(self, target: Path, found: _Received) -> None:
        """Write a submission beside its place, then put it there."""
        if target.parent.is_symlink() or target.is_symlink():
            raise SubmissionError(f"{target} leads elsewhere; remove the symbolic link")
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=target.parent, prefix=".collecting-"))
        try:
            new, old = beside / "new", beside / "old"
            write_tree(new, (*found.tree.files, *found.receipt.files()))
            self._share(new)
            if target.exists():
                target.rename(old)
            new.rename(target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)

    def _share(self, folder: Path) -> None:
        """Let the instructors' group change what was collected, where the course says so."""
        if self.coursedir.groupshared:
            for path in _with_folders(folder):
                path.chmod(path.stat().st_mode | (0o2770 if path.is_dir() else 0o660))


def _with_folders(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.rglob("*")
