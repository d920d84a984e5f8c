"""A part of a page that the reader opens: the browser's own, so it needs no script."""

from __future__ import annotations

import html
import re

from docutils import nodes
from sphinx.util.docutils import SphinxDirective


class Fold(SphinxDirective):
    """`:::{fold} Title` … `:::`, closed at first."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Called by docutils."""
        title = re.sub("`(.+?)`", r"<code>\1</code>", html.escape(self.arguments[0]))
        start = f'<details class="fold"><summary>{title}</summary><div class="fold-content">'
        return [
            nodes.raw("", start, format="html"),
            *self.parse_content_to_nodes(),
            nodes.raw("", "</div></details>", format="html"),
        ]
