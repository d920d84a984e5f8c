"""What stands below a graded cell: what the learner's code showed, made safe, and the verdict.

Both are nbformat's outputs. They are not validated one by one: the whole notebook is, at the end.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Sequence
from typing import Any

import nbformat

from slopewise.scoring.judge import Verdict
from slopewise.scoring.observations import MIME_TYPE
from slopewise.scoring.rendering import as_html, as_text

_IMAGES = ("image/png", "image/jpeg")


def cleaned(outputs: Iterable[Any]) -> list[Any]:
    """Leave text and bitmap pictures of what a learner's code displayed, and observations.

    HTML, SVG, JavaScript, LaTeX and widgets can carry script; their plain text stands in. It
    comes before verdicts are written, so that nothing a learner displays can pass for one.
    """
    return [clean for output in outputs if (clean := _clean(output))]


def exception_line(outputs: Iterable[Any]) -> str:
    """Return the exception that a cell ended with, as `NameError: …` in a line; "" where none."""
    for output in outputs:
        if output.get("output_type") == "error":
            line = " ".join(f"{output['ename']}: {output['evalue']}".split())
            return line if len(line) <= 200 else f"{line[:199]}…"
    return ""


def named_pictures(cells: Iterable[Any]) -> dict[str, str]:
    """The pictures in the course's own outputs that its figures gave a name, in base64, by it."""
    found: dict[str, str] = {}
    for cell in cells:
        for output in cell.get("outputs", ()):
            about = (output.get("metadata") or {}).get("image/png") or {}
            encoded = (output.get("data") or {}).get("image/png")
            if about.get("name") and isinstance(encoded, str):
                found[str(about["name"])] = encoded
    return found


def with_verdict(outputs: Iterable[Any], verdict: Verdict, count: int | None) -> list[Any]:
    """The explanation, the points as nbgrader reads them, then what the learner's code printed.

    Args:
        outputs: the check cell's, cleaned.
        verdict: what the check is worth, and why.
        count: the cell's place among those that ran.
    """
    explanation = _output(
        "display_data",
        data={"text/html": as_html(verdict), "text/plain": as_text(verdict)},
        metadata={},
    )
    points = _output(
        "execute_result",
        data={"text/plain": str(verdict.points)},
        metadata={},
        execution_count=count,
    )
    rest = [_shortened(one) for one in outputs if MIME_TYPE not in (one.get("data") or {})]
    # A second result would be read as the points by whoever takes the last one.
    kept = [output for output in rest if output.output_type != "execute_result"]
    return [explanation, points, *kept]


def with_what_stopped(outputs: Sequence[Any], reason: str) -> list[Any]:
    """Return the outputs of a check of asserts that did not come to its end: last an error.

    To nbgrader a cell without an error is one that has passed.
    """
    error = _output("error", ename="NotRun", evalue=reason, traceback=[f"NotRun: {reason}"])
    return [*(one for one in outputs if one.output_type != "execute_result"), error]


def _clean(output: Any) -> Any:
    if output.output_type not in ("display_data", "execute_result"):
        return output
    data: dict[str, Any] = {}
    for kind, value in output.data.items():
        if kind == MIME_TYPE or (kind == "text/plain" and isinstance(value, str)):
            data[kind] = value
        elif kind in _IMAGES and isinstance(value, str) and _is_base64(value):
            data[kind] = "".join(value.split())
    if not data:
        return None
    metadata = {}
    for kind in _IMAGES:
        extra = output.metadata.get(kind)
        if kind in data and isinstance(extra, dict) and isinstance(extra.get("alt"), str):
            metadata[kind] = {"alt": _plain(extra["alt"])}
    extra = {}
    if output.output_type == "execute_result":
        extra["execution_count"] = output.execution_count
    return _output(output.output_type, data=data, metadata=metadata, **extra)


def _is_base64(value: str) -> bool:
    try:
        base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def _plain(text: str) -> str:
    """Text without the characters that mean something in HTML."""
    return "".join(character for character in text if character not in "<>\"'&")[:1000]


def _shortened(output: Any) -> Any:
    """An error without its traceback, which would show lines of the hidden region."""
    if output.output_type != "error":
        return output
    line = f"{output.ename}: {output.evalue}"
    return _output("error", ename=output.ename, evalue=output.evalue, traceback=[line])


def _output(kind: str, **parts: Any) -> Any:
    return nbformat.from_dict({"output_type": kind, **parts})
