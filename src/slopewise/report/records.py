"""Read what grading left in the autograded notebooks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from slopewise.nbgrader.record import read_findings, read_verdicts
from slopewise.notebook.findings import Finding
from slopewise.scoring import Verdict


@dataclass(frozen=True)
class Record:
    """The record of one autograded notebook; `verdicts` is None where there is none to read."""

    verdicts: tuple[Verdict, ...] | None
    findings: tuple[Finding, ...]


_NONE = Record(None, ())


def read_record(path: Path) -> Record:
    """Return the record of a notebook, empty where there is no notebook or no record in it.

    A notebook that nbgrader alone has graded keeps the learner's own metadata, so that a record
    of any shape has to be expected.
    """
    try:
        raw = json.loads(path.read_bytes())
        # The outputs stay unparsed: only the metadata is asked for, and it is plain data already.
        notebook = SimpleNamespace(metadata=raw["metadata"])
        if "verdicts" not in notebook.metadata.get("slopewise", {}):
            return _NONE
        verdicts, findings = read_verdicts(notebook), read_findings(notebook)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return _NONE
    if all(map(_is_well_formed, verdicts)) and all(
        isinstance(part, str) for one in findings for part in (one.cell, one.text)
    ):
        return Record(verdicts, findings)
    return _NONE


def _is_well_formed(verdict: Verdict) -> bool:
    texts: list[Any] = [verdict.exercise, verdict.message, verdict.misconception]
    for probe in verdict.probes:
        texts += [probe.name, probe.explanation]
        if not isinstance(probe.right, bool):
            return False
    return all(isinstance(text, str) for text in texts)
