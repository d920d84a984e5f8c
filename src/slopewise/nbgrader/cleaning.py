"""Keep script out of the browsers of those who look at learners' outputs."""

from __future__ import annotations

import base64
import binascii
from typing import Any

import nbformat
from nbgrader.preprocessors import NbGraderPreprocessor

from slopewise.scoring.observations import MIME_TYPE

_IMAGES = ("image/png", "image/jpeg")


class CleanOutputs(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader is untyped
    """Leaves text and bitmap pictures of what a learner's code displayed, and observations.

    HTML, SVG, JavaScript, LaTeX and widgets can carry script; their plain text stands in. It
    comes before the verdicts are written, so that nothing a learner displays can pass for one.
    """

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Clean the outputs of one cell; called by nbgrader after the run."""
        if cell.cell_type == "code":
            cell.outputs = [clean for output in cell.outputs if (clean := _clean(output))]
        return cell, resources


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
    # Not new_output: it validates each by itself, and the whole notebook is validated at the end.
    kind = output.output_type
    return nbformat.from_dict({"output_type": kind, "data": data, "metadata": metadata, **extra})


def _is_base64(value: str) -> bool:
    try:
        base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def _plain(text: str) -> str:
    """Text without the characters that mean something in HTML."""
    return "".join(character for character in text if character not in "<>\"'&")[:1000]
