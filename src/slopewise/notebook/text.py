"""The one parser of text notebooks: lessons and known answers in the py:percent format.

.. code-block:: python

    # %% [markdown]
    # Prose, each line behind a `#`.

    # %% check="gradient" points=4
    the_code = "of a cell"

A line `# %%` begins a cell, whatever stands around it. Behind it may stand the cell's kind in
brackets and options, `key=value`, where a value is a string in single or double quotes, a number,
`true`, `false`, `null`, or a list of such. A header between two lines `# ---` is the editor's.

What is read here is what is built, found, judged and shown. JupyterLab opens the same files with
jupytext; the build refuses a lesson that the two would read differently.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from slopewise.errors import CourseError

_CELL = re.compile(r"\s*#\s*%%(?:\s+(?P<rest>.*))?")
_KIND = re.compile(r"\[(?P<kind>\w+)\]\s*")
_KINDS = {"markdown": "markdown", "md": "markdown", "raw": "raw"}
_OPTION = re.compile(
    r"""(?P<key>[\w-]+)=(?P<value>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\[[^\]]*\]|[^\s"'\[\]]+)(?:\s+|$)"""
)
_RULE = re.compile(r"#\s*---\s*")
_QUOTED = re.compile(r"""[rR]?(?P<quotes>\"{3}|'{3})\n?(?P<text>.*?)\n?(?P=quotes)""", re.DOTALL)
_METADATA = "nbgrader="
_WORDS = {"true": True, "false": False, "null": None}


@dataclass(frozen=True)
class TextCell:
    """A cell of a text notebook.

    Attributes:
        kind: `code`, `markdown` or `raw`.
        source: its text; of prose, without the `#` before each line.
        options: what stands behind its `# %%`, by name.
        line: the number of its first line, the `# %%`, from 1.
    """

    kind: str
    source: str
    options: Mapping[str, object] = field(default_factory=dict)
    line: int = 0


def read_text_notebook(path: Path, shown: str) -> tuple[TextCell, ...]:
    """Read a text notebook from a file.

    Args:
        path: the file.
        shown: what messages call it, such as `notebooks/01-manual-numpy.py`.

    Raises:
        CourseError: it cannot be read; names the file and, where it is one line's fault, the line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise CourseError(f"{shown}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise CourseError(f"{shown}: cannot be read ({error}); save it in UTF-8") from None
    if text.startswith("\ufeff"):  # with which JupyterLab would not know the header for one
        raise CourseError(f"{shown}:1: begins with a byte order mark; save it in UTF-8 without one")
    return parse_text_notebook(text, shown)


def parse_text_notebook(text: str, shown: str) -> tuple[TextCell, ...]:
    """Parse a text notebook; see :func:`read_text_notebook`."""
    lines = text.split("\n")
    header = _header_length(lines)
    starts = [at for at in range(header, len(lines)) if _CELL.fullmatch(lines[at])]
    for at in range(header, starts[0] if starts else len(lines)):
        if lines[at].strip():
            raise CourseError(
                f"{shown}:{at + 1}: stands before the first cell; begin one with a line `# %%`"
            )
    return tuple(
        _parse_cell(lines, start, end, shown) for start, end in pairwise([*starts, len(lines)])
    )


def _header_length(lines: list[str]) -> int:
    """How many lines the editor's header has, which stands between two rules."""
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if not lines or not _RULE.fullmatch(lines[first]):
        return 0
    for at in range(first + 1, len(lines)):
        if _RULE.fullmatch(lines[at]):
            return at + 1
        if not lines[at].startswith("#"):
            break
    return 0


def _parse_cell(lines: list[str], start: int, end: int, shown: str) -> TextCell:
    here = f"{shown}:{start + 1}"
    match = _CELL.fullmatch(lines[start])
    rest = (match["rest"] or "").strip() if match else ""
    kind = "code"
    if named := _KIND.match(rest):
        if named["kind"] not in _KINDS:
            raise CourseError(
                f"{here}: there is no kind of cell [{named['kind']}]; write [markdown]"
            )
        kind = _KINDS[named["kind"]]
        rest = rest[named.end() :]
    options = _parse_options(rest, here)
    source = "\n".join(lines[start + 1 : end])
    source = source.rstrip("\n") if kind == "code" else _prose(source)
    return TextCell(kind, source, options, start + 1)


def _prose(source: str) -> str:
    """The text of a cell that is not code: in a string of three quotes, or behind `#`."""
    if quoted := _QUOTED.fullmatch(source.strip()):
        return quoted["text"]
    lines = source.rstrip("\n").split("\n")
    return "\n".join(re.sub("^# ?", "", line) for line in lines)


def _parse_options(text: str, here: str) -> dict[str, object]:
    options: dict[str, object] = {}
    at = 0
    while at < len(text):
        match = _OPTION.match(text, at)
        if match is None and text[at:].startswith(_METADATA):
            raise CourseError(f"{here}: holds nbgrader's own metadata; {_options_for(text[at:])}")
        if match is None:
            raise CourseError(
                f"{here}: cannot read {text[at:].strip()!r}; a cell's options look like "
                'exercise="gradient" or points=4'
            )
        if match["key"] in options:
            raise CourseError(f"{here}: has the option {match['key']} twice; remove one")
        options[match["key"]] = _value(match, here)
        at = match.end()
    tags = options.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise CourseError(f'{here}: tags are a list of words, as in tags=["nbval-skip"]')
    return options


def _options_for(text: str) -> str:
    """Say with which options a cell says what nbgrader's metadata says there."""
    write = "write in its place "
    try:
        metadata, _ = json.JSONDecoder().raw_decode(text.removeprefix(_METADATA))
        name, points = str(metadata["grade_id"]), metadata.get("points", 1)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return f'{write}a cell\'s options, such as exercise="gradient"'
    named = ""
    if not name.isidentifier():  # nbgrader calls cells such as cell-938593c4a215c6cc
        name, named = "…", ", with a name as Python has them"
    if metadata.get("task"):
        return f'{write}task="{name}" points={points}{named}'
    if not metadata.get("grade"):
        return f'{write}exercise="{name}"{named}' if metadata.get("solution") else "take it away"
    if metadata.get("solution"):
        return f'{write}manual="{name}" points={points}{named}'
    return f'{write}check="…" points={points}, with the name of the exercise that it is about'


def _value(match: re.Match[str], here: str) -> object:
    text = match["value"]
    if text in _WORDS:
        return _WORDS[text]
    try:
        value: object = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        raise CourseError(
            f"{here}: {match['key']}={text} has no value that can be read; a name stands in quotes"
        ) from None
    return value
