"""What collecting notes down beside a submission: when it was received, and what was wrong."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from slopewise.errors import SubmissionError
from slopewise.notebook.files import File
from slopewise.notebook.findings import Finding, Kind
from slopewise.notebook.identifiers import shown
from slopewise.notebook.times import write_time
from slopewise.notebook.untrusted_files import LeftOut, folder_below, read_file

NAME = "collected.json"
TIMESTAMP = "timestamp.txt"

_LARGEST = 2**20
_MOST = 50


class _Note(msgspec.Struct, frozen=True):
    """The file's content: the doubt about the time, and what was left out."""

    doubt: str | None
    left_out: list[tuple[str, str]]


@dataclass(frozen=True)
class Receipt:
    """What the collector says of a submission; a learner's own files of these names are dropped.

    Attributes:
        received: when the exchange's file system says it was last changed, to the second, in UTC.
        doubt: what the submission says of the time, where that is another; None where it is not.
        left_out: what was not taken.
    """

    received: datetime
    doubt: str | None
    left_out: tuple[LeftOut, ...]

    def files(self) -> tuple[File, ...]:
        """The files to put beside the submission."""
        stamp = write_time(self.received)
        files = (File(TIMESTAMP, stamp.encode()),)
        if not (self.doubt or self.left_out):
            return files
        note = _Note(
            self.doubt and f"{self.doubt}; the exchange received it at {stamp[:16]} UTC",
            [(one.name, one.reason) for one in self.left_out[:_MOST]],
        )
        text = json.dumps(msgspec.to_builtins(note), indent=1, ensure_ascii=False)
        return (*files, File(NAME, text.encode()))


def collection_findings(folder: Path) -> tuple[Finding, ...]:
    """Return what collecting found out of order in a submission, for the instructor.

    Args:
        folder: the submission's, in `submitted/`.
    """
    try:
        with folder_below(folder.parent, [folder.name]) as descriptor:
            note = msgspec.json.decode(read_file(descriptor, NAME, _LARGEST), type=_Note)
    except (OSError, SubmissionError, msgspec.MsgspecError, UnicodeDecodeError):
        return ()  # put there by hand, or nothing was out of order
    texts = [
        f"The submitted “{shown(name)}” {shown(reason)}; it was not collected."
        for name, reason in note.left_out[:_MOST]
    ]
    if note.doubt:
        doubt = shown(note.doubt, 200)
        texts.append(f"{doubt[0].upper()}{doubt[1:]}, which counts.")
    return tuple(Finding(Kind.FILE, "", text) for text in texts)
