"""A verdict in words, for the notebook's cell and for a terminal.

The HTML uses only elements that nbconvert's own cleaning lets through (it has no paragraphs).
"""

from __future__ import annotations

import re
from html import escape

from slopewise.scoring.judge import ProbeVerdict, State, Verdict
from slopewise.scoring.questions import in_words

_CODE = re.compile(r"`([^`]+)`")
_STRONG = re.compile(r"(?<![\w*])\*\*(?![\s*])([^*\n]{1,200}?)(?<!\s)\*\*(?![\w*])")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?![\s*])([^*\n]{1,200}?)(?<!\s)\*(?![\w*])")
_MARKS = {True: "✓", False: "✗"}


def _headline(verdict: Verdict) -> str:
    return f"{verdict.exercise}: {verdict.points:g} of {verdict.maximum:g} points"


def _weight(probe: ProbeVerdict) -> str:
    return f" (counts {probe.weight} times)" if probe.weight > 1 else ""


def as_text(verdict: Verdict) -> str:
    """Return the verdict as lines of text."""
    lines = [_headline(verdict), verdict.message]
    names = in_words(probe.name for probe in verdict.probes)
    if verdict.state not in (State.RIGHT, State.NOT_ATTEMPTED):
        lines.extend(
            f"  {_MARKS[probe.right]} {names[probe.name]}{_weight(probe)}"
            + (f": {probe.explanation}" if probe.explanation else "")
            for probe in verdict.probes
        )
    return "\n".join(_printable(line) for line in lines)


def _printable(line: str) -> str:
    """A line without what would steer a terminal: messages may be of the learner's making."""
    return "".join(character if character.isprintable() else " " for character in line)


def as_html(verdict: Verdict) -> str:
    """Return the verdict as HTML; everything that comes from the learner is escaped."""
    headline = f"<strong>{escape(_headline(verdict))}</strong> ({escape(verdict.state)})"
    return f"<div>{headline}</div>{explanation_as_html(verdict)}"


def explanation_as_html(verdict: Verdict) -> str:
    """Return the message and the questions as HTML, without the name and the points."""
    parts = [f"<div>{prose(verdict.message)}</div>"]
    names = in_words(probe.name for probe in verdict.probes)
    if verdict.probes and verdict.state not in (State.RIGHT, State.NOT_ATTEMPTED):
        parts.append("<ul>")
        parts.extend(
            f"<li>{_MARKS[probe.right]} <em>{escape(names[probe.name])}</em>{_weight(probe)}"
            + (f": {prose(probe.explanation)}" if probe.explanation else "")
            + "</li>"
            for probe in verdict.probes
        )
        parts.append("</ul>")
    return "".join(parts)


def prose(text: str) -> str:
    """Return a message as HTML: code between backticks, emphasis between asterisks.

    Asterisks within code stay, and so does one that stands for a product.
    """
    parts = _CODE.split(escape(text))
    for place, part in enumerate(parts):
        if place % 2:
            parts[place] = f"<code>{part}</code>"
        else:
            parts[place] = _EMPHASIS.sub(r"<em>\1</em>", _STRONG.sub(r"<strong>\1</strong>", part))
    return "".join(parts)
