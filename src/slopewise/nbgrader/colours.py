"""The colours of learners' code, and of what it printed, in pages."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from jinja2 import pass_context
from nbconvert.filters import Highlight2HTML, ansi2html

from slopewise.nbgrader.budgets import page_of

# As nbconvert reads them: up to a letter or a bracket, whatever stands between. A match never
# runs into the next sequence, because that begins with a bracket; so this takes linear time.
_SEQUENCE = re.compile("\x1b\\[([^@-~\n]*)[@-~]")
_LONGEST = 40  # "1;4;38;2;255;255;255;48;2;255;255;255", which says everything at once, has 37


@pass_context
def ansi_to_html(context: Any, text: str) -> str:
    """Return an output's text as HTML, coloured as far as that is cheap; a filter of templates.

    nbconvert's own filter takes the square of a sequence's length and of their number. Sequences
    too long to be honest, and all those of an output that has too many, are left out.
    """
    number = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal number
        if len(match[1]) > _LONGEST:
            return ""
        number += 1
        return match[0]

    shortened = _SEQUENCE.sub(keep, text)
    if not page_of(context).takes_colours(number):
        shortened = _SEQUENCE.sub("", shortened)
    return str(ansi2html(shortened))


@pass_context
def code_to_html(
    context: Any, source: str, language: str | None = None, metadata: Any = None
) -> str:
    """Return a cell's code as HTML, coloured unless it is too long; a filter of templates.

    It is read as IPython's Python, whatever language a notebook says it is in.
    """
    if page_of(context).takes_code(source):
        return str(Highlight2HTML()(source, language, metadata))
    return f'<div class="highlight"><pre>{escape(source)}</pre></div>'
