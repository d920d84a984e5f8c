"""What all of our exchange plugins begin with: an exchange that nobody could have replaced."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.exchange.default import Exchange

from slopewise.nbgrader.exchange.permissions import faults, make, replaceable, set_right


class GradersExchange(Exchange):  # type: ignore[misc]  # nbgrader is untyped
    """A grader's side: folders are looked at, and set right where that is ours to do."""

    coursedir: Any
    makes_folders = False
    """Whether missing folders are made, as releasing does."""

    def ensure_root(self) -> None:
        """Set the exchange right or fail; called by nbgrader before anything else."""
        root, course = Path(self.root), self.coursedir.course_id
        shared = bool(self.coursedir.groupshared)
        if not course:
            self.fail("No course id specified. Re-run with --course flag.")
        try:
            if self.makes_folders:
                make(root, course, shared=shared)
            found = faults(root, course, shared=shared)
        except OSError as error:
            self.fail(f"{error.filename}: cannot be made or read ({error.strerror})")
        left = set_right(found)
        for fault in found:
            if fault not in left:
                self.log.warning("%s: mode set to %o", fault.path, fault.mode)
        if left:
            self.fail(left[0].text)

    def start(self) -> None:
        """Do the work; called by nbgrader's commands."""
        if self.coursedir.groupshared:
            self.ensure_root()  # which nbgrader then leaves out
        super().start()


class LearnersExchange(Exchange):  # type: ignore[misc]
    """A learner's side: nothing but `inbound` has to be open to all."""

    def ensure_root(self) -> None:
        """Fail where others could have put their own exchange here; called by nbgrader."""
        root = Path(self.root)
        if not root.is_dir():
            self.fail(f"{root}: the exchange folder is not there; ask your instructor")
        try:
            left = set_right(replaceable(root))
        except OSError as error:
            self.fail(f"{error.filename}: cannot be read ({error.strerror})")
        if left:
            self.fail(f"{left[0].text} (ask your instructor: `slopewise doctor` says it, too)")
