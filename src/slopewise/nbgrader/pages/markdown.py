"""A learner's Markdown, and the lessons', as HTML that neither acts nor loads anything."""

from __future__ import annotations

import html
import re
import secrets
from collections.abc import Mapping
from typing import Any

from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from slopewise.nbgrader.pages.budgets import Page, page_of
from slopewise.nbgrader.pages.formulas import formula
from slopewise.nbgrader.pages.highlighting import PYTHON, as_it_is, highlighted
from slopewise.nbgrader.pages.sanitizing import clean_markup


@pass_context
def markdown_to_html(context: Any, source: str) -> str:
    """Return Markdown as HTML without scripts, its formulas as MathML; a filter of templates."""
    return rendered(source, page_of(context), context.get("cell", {}).get("attachments", {}))


def rendered(
    source: str, page: Page, attachments: Mapping[str, Any] | None = None, *, below: int = 0
) -> str:
    """Return Markdown as HTML; a text that would take too long is shown as it is.

    Args:
        source: the text.
        page: what was spent on the page so far; the text counts.
        attachments: the cell's pictures, by name and then by MIME type.
        below: how many levels of headings the page itself has above the text's.
    """
    if not page.takes_text(source):
        return as_it_is(source, page)
    renderer = _Renderer(
        page, below, escape=False, attachments=attachments, exclude_anchor_links=True
    )
    try:
        cleaned = clean_markup(MarkdownWithMath(renderer=renderer).render(source))
    except Exception:  # a picture that is missing, quotes in quotes without end: there is a page
        return as_it_is(source, page)
    return renderer.with_formulas(cleaned)


class _Renderer(IPythonRenderer):  # type: ignore[misc]  # nbconvert is untyped
    """Keeps the formulas aside, and leaves a mark that nobody can guess in place of each.

    A mark that a learner could write, be it as an entity, would stand for a formula in an
    attribute, where it breaks the page, or a thousand times.
    """

    def __init__(self, page: Page, below: int, **options: Any) -> None:
        super().__init__(**options)
        self._page = page
        self._below = below
        self._formulas: list[str] = []
        self._token = secrets.token_hex(16)
        self._mark = re.compile(f"{self._token}-(\\d+)-")

    def with_formulas(self, text: str) -> str:
        """Put the formulas back."""
        return self._mark.sub(lambda match: self._formulas[int(match[1])], text)

    def _keep(self, latex: str, *, block: bool) -> str:
        self._formulas.append(formula(latex, block=block))
        return f"{self._token}-{len(self._formulas) - 1}-"

    def heading(self, text: str, level: int, **attributes: Any) -> str:
        """A heading, below the page's own."""
        return str(super().heading(text, min(level + self._below, 6), **attributes))

    def block_code(self, code: str, info: str | None = None) -> str:
        """A block of code: Python in colours, any other language plain.

        The lexers for the other five hundred languages take what time they like.
        """
        language = (info or "").split(maxsplit=1)[:1]
        if language and language[0].lower() in PYTHON:
            return highlighted(code, self._page)
        return f"<pre><code>{html.escape(code)}</code></pre>\n"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """A picture; its words stand in an attribute, where a formula would break out of it."""
        return str(super().image(self._mark.sub("", text), url, title))

    def block_math(self, body: str) -> str:
        """A formula on a line of its own."""
        return self._keep(body, block=True)

    def inline_math(self, body: str) -> str:
        """A formula in the text."""
        return self._keep(body, block=False)

    def latex_environment(self, name: str, body: str) -> str:
        """An environment such as `align`."""
        return self._keep(f"\\begin{{{name}}}{body}\\end{{{name}}}", block=True)
