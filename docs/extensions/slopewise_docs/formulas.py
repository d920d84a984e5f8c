"""Formulas as MathML, made by the same function as those of the feedback pages."""

from __future__ import annotations

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from slopewise.nbgrader.pages.formulas import formula


def visit_inline(translator: HTML5Translator, node: nodes.Element) -> None:
    """Write a formula in the text."""
    translator.body.append(formula(node.astext()))
    raise nodes.SkipNode


def visit_block(translator: HTML5Translator, node: nodes.Element) -> None:
    """Write a formula on a line of its own."""
    translator.body.append(f'<div class="math">{formula(node.astext(), block=True)}</div>\n')
    raise nodes.SkipNode


def leave_inline(translator: HTML5Translator, node: nodes.Element) -> None:
    """Nothing: the visit has skipped it."""


leave_block = leave_inline
