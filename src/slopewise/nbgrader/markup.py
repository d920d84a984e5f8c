"""Which HTML of a learner's text is shown to others: an allow-list, and nothing that acts."""

from __future__ import annotations

import html
import re

import bleach  # type: ignore[import-untyped]
from bleach.css_sanitizer import CSSSanitizer  # type: ignore[import-untyped]

_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1",
    "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre",
    "s", "samp", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "u", "ul",
}  # fmt: skip
_PLAIN = {"abbr": {"title"}, "ol": {"start"}, "td": {"style"}, "th": {"style"}}
# The classes with which code is coloured. Others, and ids, mean something to the page's own script.
_COLOURS = re.compile(r"highlight|[a-z][a-z0-9]{0,2}")
_BITMAP = re.compile(r"data:image/(?:png|jpeg|gif);base64,[A-Za-z0-9+/=]+")
_TARGETS = ("http:", "https:", "mailto:", "#")
_NOTHING = re.compile(r"[\s\x00-\x20\u200b\ufeff]+")


_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>]*>")
_VOID = ("br", "hr", "img")
_DEEPEST = 60


def clean_markup(markup: str) -> str:
    """Return HTML in which only text, tables, links to the web and bitmaps are left.

    What is not allowed is shown as the text it is. Pictures are those that stand in the text
    itself: another would tell its owner who looks at it, and when.

    Raises:
        ValueError: it is nested more deeply than pages are made for.
    """
    cleaned = str(
        bleach.clean(
            markup,
            tags=_TAGS,
            attributes=_is_allowed,
            protocols={"http", "https", "mailto", "data"},
            css_sanitizer=CSSSanitizer(allowed_css_properties=["text-align"]),
        )
    )
    depth = 0
    for closing, name in _TAG.findall(cleaned):
        depth += 0 if name in _VOID else -1 if closing else 1
        if depth > _DEEPEST:
            raise ValueError("nested too deeply")
    return cleaned


def _is_allowed(tag: str, name: str, value: str) -> bool:
    if name in _PLAIN.get(tag, ()):
        return True
    plain = _NOTHING.sub("", html.unescape(value))
    if tag == "a":
        return name == "title" or (name == "href" and plain.lower().startswith(_TARGETS))
    if tag == "img":
        return name in ("alt", "title") or (name == "src" and bool(_BITMAP.fullmatch(plain)))
    if name == "class" and tag in ("code", "div", "pre", "span"):
        return bool(_COLOURS.fullmatch(plain))
    return False
