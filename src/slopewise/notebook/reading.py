"""Read a notebook that nobody trusts."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import nbformat

from slopewise.errors import SubmissionError
from slopewise.notebook.findings import short

MAXIMUM_BYTES = 64 * 2**20
"""A larger file is not read: no honest submission of a lesson comes near."""

_MAXIMUM_VALUES = 2_000_000
"""Parsed, a list of three bytes takes 64 and a dict up to 232. The lessons' notebooks hold 5000."""

_MAXIMUM_DEPTH = 100


def read_notebook(path: Path) -> Any:
    """Return a notebook's JSON as plain data in nbformat 4, whatever else is wrong with it.

    Raises:
        SubmissionError: the file is empty, too large, not JSON in a Unicode encoding, or not a
            notebook; the message says which, in one line.
    """
    name = path.name
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe or a device would never end
            raise SubmissionError(f"{name}: is not a file; submit the notebook itself")
        if status.st_size > MAXIMUM_BYTES:
            raise SubmissionError(
                f"{name}: is larger than {MAXIMUM_BYTES // 2**20} MB; clear its outputs and submit "
                "it again"
            )
        raw = path.read_bytes()
    except OSError as error:
        raise SubmissionError(f"{name}: cannot be read ({error.strerror})") from None
    if not raw.strip():
        raise SubmissionError(f"{name}: is empty; save the notebook and submit it again")
    # Each value but the first of a list or dict has a comma before it; in texts they count, too.
    if sum(map(raw.count, (b",", b"[", b"{"))) > _MAXIMUM_VALUES:
        raise SubmissionError(
            f"{name}: holds more values than any notebook of a lesson; clear its outputs and "
            "submit it again"
        )
    try:
        data = json.loads(raw)
    except UnicodeDecodeError:
        raise SubmissionError(f"{name}: is not in UTF-8; save it in JupyterLab again") from None
    except (ValueError, RecursionError):
        raise SubmissionError(
            f"{name}: is damaged, or not a notebook (it does not hold JSON)"
        ) from None
    if not isinstance(data, dict) or not isinstance(data.get("nbformat"), int):
        raise SubmissionError(f"{name}: is not a notebook (no nbformat)")
    if _is_deep(data):
        raise SubmissionError(f"{name}: is damaged (nested deeper than any notebook)")
    if data["nbformat"] < 4:
        try:
            data = nbformat.convert(nbformat.from_dict(data), 4)
        except Exception:
            raise SubmissionError(
                f"{name}: is in nbformat {short(data['nbformat'])} and cannot be converted; "
                "open and save it in JupyterLab"
            ) from None
    if data["nbformat"] > 4 or not isinstance(data.get("cells"), list):
        raise SubmissionError(f"{name}: is not a notebook of nbformat 4; save it in JupyterLab")
    return data


def _is_deep(data: Any) -> bool:
    """Whether data is nested so deeply that copying it would exhaust the stack."""
    level = [data]
    for _ in range(_MAXIMUM_DEPTH):
        inner: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                inner.extend(value.values())
            elif isinstance(value, list):
                inner.extend(value)
        level = inner
    return bool(level)
