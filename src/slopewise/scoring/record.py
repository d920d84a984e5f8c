"""What grading leaves in a graded notebook: one schema, one writer, one reader.

The record stands in the notebook's metadata under `slopewise`; nbgrader keeps the notebook, so
there is no second place where it could differ. A notebook that nbgrader alone has graded keeps the
learner's own metadata, so that a record of any shape has to be expected: what does not fit the
schema is no record.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import nbformat

from slopewise.notebook.findings import Finding
from slopewise.scoring.judge import Verdict

KEY = "slopewise"


class Record(msgspec.Struct, frozen=True):
    """What was found out about one submitted notebook.

    Attributes:
        verdicts: one for each check, in order; None where the notebook was not judged.
        findings: what was out of order in the submission.
        by_hand: the ids of cells that a person gives points for.
        asserted: the ids of checks that ask nothing: their own asserts decided, inside the
            learner's process.
    """

    verdicts: tuple[Verdict, ...] | None = None
    findings: tuple[Finding, ...] = ()
    by_hand: tuple[str, ...] = ()
    asserted: tuple[str, ...] = ()

    @property
    def points(self) -> float:
        """What was earned."""
        return round(sum(verdict.points for verdict in self.verdicts or ()), 2)

    @property
    def maximum(self) -> float:
        """What could be earned."""
        return sum(verdict.maximum for verdict in self.verdicts or ())


class _Metadata(msgspec.Struct):
    slopewise: msgspec.Raw = msgspec.Raw(b"{}")


class _Notebook(msgspec.Struct):
    """A notebook's file; cells and outputs are passed over, whatever their size."""

    metadata: _Metadata


_FILE = msgspec.json.Decoder(_Notebook)
_RECORD = msgspec.json.Decoder(Record)


def record_of(notebook: Any) -> Record:
    """Return the record in a notebook; an empty one where there is none, or a damaged one."""
    try:
        return msgspec.convert(notebook.metadata.get(KEY, {}), Record)
    except (msgspec.ValidationError, RecursionError):
        return Record()


def write_record(notebook: Any, record: Record) -> None:
    """Put a record into a notebook's metadata, in the place of any other."""
    notebook.metadata[KEY] = nbformat.from_dict(msgspec.to_builtins(record))


def read_record(path: Path) -> Record:
    """Return the record of a notebook's file; an empty one where there is none to read."""
    try:
        return _RECORD.decode(_FILE.decode(path.read_bytes()).metadata.slopewise)
    except (OSError, ValueError, RecursionError):
        return Record()


def read_verdicts(notebook: Any) -> tuple[Verdict, ...]:
    """Return the verdicts in a notebook, in the order of its checks."""
    return record_of(notebook).verdicts or ()
