"""How the page says what it is given: text that HTML can hold, times and points in few letters."""

from __future__ import annotations

import re
from datetime import datetime

from markupsafe import Markup, escape

_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def clean(text: str) -> str:
    """Return a text without what HTML and UTF-8 cannot hold."""
    return _CONTROLS.sub("\ufffd", text)


def ticks(text: str) -> Markup:
    """Return a message as HTML, escaped, with its `code` as code."""
    parts = clean(text).split("`")
    if len(parts) % 2 == 0:  # a backtick without a second one is a letter like any other
        return escape(clean(text))
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )


def duration(seconds: float, units: int = 2) -> str:
    """Return a time in its largest units, such as `2 d 3 h`."""
    minutes = max(1, round(seconds / 60))
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(days, "d"), (hours, "h"), (minutes, "min")]
    shown = [f"{count} {unit}" for count, unit in parts if count]
    return " ".join(shown[:units])


def points(value: float) -> str:
    """Return points with two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def moment(when: datetime) -> str:
    """Return a time such as `3 March, 14:05`."""
    return f"{when.day} {when:%B, %H:%M}"
