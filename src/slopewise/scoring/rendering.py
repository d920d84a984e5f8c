"""A verdict in words, for the notebook's cell and for a terminal.

The HTML uses only elements that nbconvert's own cleaning lets through (it has no paragraphs).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from slopewise.scoring.judge import State, Verdict, readable

_CODE = re.compile(r"`([^`]+)`")
_MARKS = {True: "✓", False: "✗"}


def _headline(verdict: Verdict) -> str:
    return f"{verdict.exercise}: {verdict.points:g} of {verdict.maximum:g} points"


def as_text(verdict: Verdict) -> str:
    """Return the verdict as lines of text."""
    lines = [_headline(verdict), verdict.message]
    if verdict.state not in (State.RIGHT, State.NOT_ATTEMPTED):
        lines.extend(
            f"  {_MARKS[probe.right]} {readable(probe.name)}"
            + (f": {probe.explanation}" if probe.explanation else "")
            for probe in verdict.probes
        )
    return "\n".join(_printable(line) for line in lines)


def _printable(line: str) -> str:
    """A line without what would steer a terminal: messages may be of the learner's making."""
    return "".join(character if character.isprintable() else " " for character in line)


def as_html(verdict: Verdict) -> str:
    """Return the verdict as HTML; everything that comes from the learner is escaped."""
    parts = [
        f"<div><strong>{escape(_headline(verdict))}</strong> ({escape(verdict.state)})</div>",
        f"<div>{_prose(verdict.message)}</div>",
    ]
    if verdict.probes and verdict.state not in (State.RIGHT, State.NOT_ATTEMPTED):
        parts.append("<ul>")
        parts.extend(
            f"<li>{_MARKS[probe.right]} <em>{escape(readable(probe.name))}</em>"
            + (f": {_prose(probe.explanation)}" if probe.explanation else "")
            + "</li>"
            for probe in verdict.probes
        )
        parts.append("</ul>")
    return "".join(parts)


def summary_as_html(verdicts: Sequence[Verdict]) -> str:
    """Return one line a verdict as HTML, to be read before anything else."""
    points = sum(verdict.points for verdict in verdicts)
    maximum = sum(verdict.maximum for verdict in verdicts)
    lines = "".join(
        f"<li>{_MARKS[verdict.state is State.RIGHT]} <strong>{escape(_headline(verdict))}</strong>"
        + ("" if verdict.state is State.RIGHT else f" ({escape(verdict.state)}). ")
        + ("" if verdict.state is State.RIGHT else _prose(verdict.message))
        + "</li>"
        for verdict in verdicts
    )
    return f"<div><strong>{round(points, 2):g} of {maximum:g} points</strong></div><ul>{lines}</ul>"


def _prose(text: str) -> str:
    """Text as HTML, with what stands between backticks as code."""
    return _CODE.sub(r"<code>\1</code>", escape(text))
