"""Formulas as MathML: browsers draw it by themselves, screen readers read it, no script is needed.

What a learner wrote between two dollar signs is treated like the rest of their text: as something
to be shown, never as markup.
"""

from __future__ import annotations

import html
from xml.etree.ElementTree import Element, tostring

from latex2mathml.converter import convert_to_element

_LAYOUT = frozenset(
    (
        *("accent", "accentunder", "columnalign", "depth", "display", "displaystyle", "fence"),
        *("form", "height", "largeop", "linethickness", "lspace", "mathvariant", "maxsize"),
        *("minsize", "movablelimits", "rspace", "scriptlevel", "separator", "stretchy"),
        *("symmetric", "width", "xmlns"),
    )
)
_LONGEST = 2_000  # of a formula; the lessons' have 100 characters, and long ones take the square


def formula(latex: str, *, block: bool = False) -> str:
    """Return a formula as MathML; as the text it is where it is no formula that we can read."""
    if len(latex) > _LONGEST:
        return f"<code>{html.escape(latex)}</code>"
    try:
        tree = convert_to_element(latex, display="block" if block else "inline")
        for element in tree.iter():
            _tidy(element)
        return tostring(tree, encoding="unicode")
    except Exception:  # whatever a learner wrote, there is a page
        return f"<code>{html.escape(latex)}</code>"


def _tidy(element: Element) -> None:
    """Characters instead of their names, so that they can be escaped; no links, no handlers."""
    if element.text:
        text = html.unescape(element.text)
        element.text = text.replace("\\_", "_") if element.tag == "mtext" else text
    for name in set(element.attrib) - _LAYOUT:
        del element.attrib[name]
