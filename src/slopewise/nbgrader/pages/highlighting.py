"""The colours of learners' code, and of what it printed, in pages."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import Any

from IPython.lib.lexers import IPython3Lexer
from jinja2 import pass_context
from nbconvert.filters import ansi2html
from pygments import highlight  # type: ignore[import-untyped]
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]

from slopewise.nbgrader.pages.budgets import Page, page_of

PYTHON = frozenset(("python", "python3", "py", "py3", "ipython", "ipython3"))
"""The names of the one language that is shown in colours."""

_LEXER = IPython3Lexer()
_FORMATTER = HtmlFormatter(cssclass="highlight hl-ipython3")
# As nbconvert reads them: up to a letter or a bracket, whatever stands between. A match never
# runs into the next sequence, because that begins with a bracket; so this takes linear time.
_SEQUENCE = re.compile("\x1b\\[([^@-~\n]*)[@-~]")
_KEPT = 4_000  # characters; lessons' answers have a tenth of them
_LONGEST = 40  # "1;4;38;2;255;255;255;48;2;255;255;255", which says everything at once, has 37


@pass_context
def ansi_to_html(context: Any, text: str) -> str:
    """Return an output's text as HTML with its colours; a filter of templates."""
    page = page_of(context)
    shown, left = page.cut(text)
    return coloured(shown, page) + (f"\n… {left:,} more characters are left out." if left else "")


def coloured(text: str, page: Page) -> str:
    """Return an output's text as HTML, coloured as far as that is cheap.

    nbconvert's own filter takes the square of a sequence's length and of their number. Sequences
    too long to be honest, and all those of an output that has too many, are left out.
    """
    if "\x1b" not in text:
        return escape(text, quote=False)
    number = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal number
        if len(match[1]) > _LONGEST:
            return ""
        number += 1
        return match[0]

    shortened = _SEQUENCE.sub(keep, text)
    if not page.takes_colours(number):
        shortened = _SEQUENCE.sub("", shortened)
    return str(ansi2html(shortened))


@pass_context
def code_to_html(
    context: Any, source: str, language: str | None = None, metadata: Any = None
) -> str:
    """Return a cell's code as HTML; a filter of templates.

    It is read as IPython's Python, whatever language a notebook says it is in.
    """
    return highlighted(source, page_of(context))


def highlighted(source: str, page: Page) -> str:
    """Return Python as HTML, coloured unless it is too long."""
    if page.takes_code(source):
        return _highlighted_once(source) if len(source) <= _KEPT else _highlighted(source)
    return f'<div class="highlight">{as_it_is(source, page)}</div>'


def as_it_is(text: str, page: Page) -> str:
    """Return text as HTML that shows it as it is, or as much of it as the page has room for."""
    shown, left = page.cut(text)
    note = f"\n… {left:,} more characters are left out." if left else ""
    return f"<pre>{escape(shown)}{note}</pre>"


def _highlighted(source: str) -> str:
    return str(highlight(source, _LEXER, _FORMATTER))


# A class writes many an answer in the same words.
_highlighted_once = lru_cache(maxsize=500)(_highlighted)
