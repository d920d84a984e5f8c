"""Formulas as MathML in the pages that nbgrader makes.

nbconvert leaves formulas to MathJax, which its pages load from the network. Browsers draw MathML
by themselves, screen readers read it, and it needs no script. What a learner wrote between two
dollar signs is treated like the rest of their text: as something to be shown, never as markup.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, tostring

from jinja2 import pass_context
from latex2mathml.converter import convert_to_element
from markupsafe import Markup
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from traitlets import default

from slopewise.nbgrader.budgets import page_of
from slopewise.nbgrader.markup import clean_markup

_TEMPLATES = Path(__file__).resolve().parent / "templates" / "without-network"
_LAYOUT = frozenset(
    (
        *("accent", "accentunder", "columnalign", "depth", "display", "displaystyle", "fence"),
        *("form", "height", "largeop", "linethickness", "lspace", "mathvariant", "maxsize"),
        *("minsize", "movablelimits", "rspace", "scriptlevel", "separator", "stretchy"),
        *("symmetric", "width", "xmlns"),
    )
)
# Characters that no text needs stand for the formulas while the text around them is cleaned.
_OPEN, _CLOSE = "\ue000", "\ue001"
_PLACE = re.compile(f"{_OPEN}(\\d+){_CLOSE}")

_LONGEST = 2_000  # of a formula; the lessons' have 100 characters, and long ones take the square


class OfflineExporter(HTMLExporter):  # type: ignore[misc]  # nbconvert is untyped
    """Makes pages that load nothing from the network: feedback, and those of the Formgrader."""

    @default("template_paths")
    def _template_paths_default(self) -> list[str]:
        return [str(_TEMPLATES), *self._template_paths()]


@pass_context
def markdown_to_html(context: Any, source: str) -> str:
    """Return Markdown as HTML without scripts, its formulas as MathML; a filter of templates.

    What is HTML already, which only Slopewise's own cells can be, is no Markdown. A text that
    would take too long is shown as it is.
    """
    if isinstance(source, Markup):
        return clean_markup(source)
    if not page_of(context).takes_text(source):
        return _as_it_is(source)
    attachments = context.get("cell", {}).get("attachments", {})
    renderer = _Renderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    text = source.replace(_OPEN, "").replace(_CLOSE, "")
    try:
        rendered = clean_markup(MarkdownWithMath(renderer=renderer).render(text))
    except Exception:  # a picture that is missing, quotes in quotes without end: there is a page
        return _as_it_is(source)
    return _PLACE.sub(lambda match: renderer.formulas[int(match[1])], rendered)


def _as_it_is(source: str) -> str:
    return f"<pre>{html.escape(source)}</pre>"


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


class _Renderer(IPythonRenderer):  # type: ignore[misc]  # nbconvert is untyped
    """Keeps the formulas aside and leaves a mark in place of each."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.formulas: list[str] = []

    def _keep(self, latex: str, *, block: bool) -> str:
        self.formulas.append(formula(latex, block=block))
        return f"{_OPEN}{len(self.formulas) - 1}{_CLOSE}"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """A picture; its words stand in an attribute, where a formula would break out of it."""
        return str(super().image(_PLACE.sub("", text), url, title))

    def block_math(self, body: str) -> str:
        """A formula on a line of its own."""
        return self._keep(body, block=True)

    def inline_math(self, body: str) -> str:
        """A formula in the text."""
        return self._keep(body, block=False)

    def latex_environment(self, name: str, body: str) -> str:
        """An environment such as `align`."""
        return self._keep(f"\\begin{{{name}}}{body}\\end{{{name}}}", block=True)
