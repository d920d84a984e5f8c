"""What grading leaves in an autograded notebook, for whoever reads it later.

The record stands in the notebook's metadata under `slopewise`; nbgrader keeps the notebook, so
there is no second place where it could differ.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import nbformat

from slopewise.notebook.findings import Finding, Kind
from slopewise.scoring import ProbeVerdict, State, Verdict

_KEY = "slopewise"


def write_findings(notebook: Any, findings: tuple[Finding, ...]) -> None:
    """Add findings to the notebook's record."""
    record = notebook.metadata.setdefault(_KEY, nbformat.from_dict({}))
    known = list(record.get("findings", []))
    record["findings"] = known + [nbformat.from_dict(asdict(finding)) for finding in findings]


def write_verdicts(notebook: Any, verdicts: tuple[Verdict, ...]) -> None:
    """Put the verdicts into the notebook's record."""
    record = notebook.metadata.setdefault(_KEY, nbformat.from_dict({}))
    record["verdicts"] = [nbformat.from_dict(asdict(verdict)) for verdict in verdicts]


def read_findings(notebook: Any) -> tuple[Finding, ...]:
    """Return the findings of an autograded notebook."""
    found = notebook.metadata.get(_KEY, {}).get("findings", [])
    return tuple(Finding(Kind(item["kind"]), item["cell"], item["text"]) for item in found)


def read_verdicts(notebook: Any) -> tuple[Verdict, ...]:
    """Return the verdicts of an autograded notebook, in the order of its checks."""
    return tuple(
        Verdict(
            item["exercise"],
            State(item["state"]),
            item["points"],
            item["maximum"],
            item["message"],
            tuple(ProbeVerdict(**probe) for probe in item["probes"]),
            item["misconception"],
        )
        for item in notebook.metadata.get(_KEY, {}).get("verdicts", [])
    )
