"""Handing in: what the collector would leave out, a learner is told of at once."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeSubmit

from slopewise.errors import SubmissionError
from slopewise.nbgrader.exchange.bounds import bounds, selection
from slopewise.nbgrader.exchange.guarded import LearnersExchange
from slopewise.notebook.identifiers import id_fault, shown
from slopewise.notebook.untrusted_files import folder_below, read_tree, write_tree


class Submit(LearnersExchange, ExchangeSubmit):  # type: ignore[misc]  # nbgrader is untyped
    """Puts a copy of the learner's folder into `inbound`."""

    inbound_path: str

    def init_dest(self) -> None:
        """See where it goes; called by nbgrader."""
        super().init_dest()
        student = self.assignment_filename.split(f"+{self.coursedir.assignment_id}+")[0]
        if reason := id_fault(student):
            self.fail(f"the id “{shown(student)}” {reason}; ask your instructor for another")

    def copy_files(self) -> None:
        """Put the submission there whole or not at all; called by nbgrader.

        It is written beside its place, under a name that is nobody's: a collector who comes by
        meanwhile sees either none of it or all.
        """
        inbound = self.inbound_path
        try:
            beside = Path(tempfile.mkdtemp(prefix=".handing-in-", dir=inbound))
        except OSError as error:
            self.fail(f"{inbound}: nothing can be put there ({error.strerror})")
        try:
            self.inbound_path = str(beside)
            super().copy_files()
            (beside / self.assignment_filename).rename(Path(inbound, self.assignment_filename))
        finally:
            self.inbound_path = inbound
            shutil.rmtree(beside, ignore_errors=True)

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy what the collector will take; called by nbgrader for the exchange and the cache.

        Raises:
            ExchangeError: a notebook cannot be handed in, or nothing can.
        """
        try:
            with folder_below(Path(src), []) as descriptor:
                tree = read_tree(descriptor, bounds(self.coursedir), selection(self.coursedir))
        except (SubmissionError, OSError) as error:
            self.fail(f"{src}: cannot be read ({error})")
        for one in tree.left_out:
            line = f"{one.name or 'the folder'} {one.reason}"
            if one.name.endswith(".ipynb"):
                self.fail(f"{line}; nothing was handed in: put a plain notebook there")
            self.log.warning("Not handed in: %s", line)
        if not tree.files:
            self.fail(f"{src}: holds nothing that can be handed in")
        write_tree(Path(dest), tree.files)
