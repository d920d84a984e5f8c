"""Which HTML of a learner's text is shown to others: an allow-list, and nothing that acts."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

import nh3

_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p",
    "pre", "s", "samp", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "code": {"class"},
    "div": {"class"},
    "img": {"alt", "src", "title"},
    "ol": {"start"},
    "pre": {"class"},
    "span": {"class"},
    "td": {"style"},
    "th": {"style"},
}
# The classes with which code is coloured. Others, and ids, mean something to the page's own script.
_COLOURS = re.compile(r"highlight|[a-z][a-z0-9]{0,2}")
_BITMAP = re.compile(r"data:image/(?:png|jpeg|gif);base64,[A-Za-z0-9+/=]+")
_ALIGNMENT = re.compile(r"\s*text-align\s*:\s*(left|right|center)\s*;?\s*")
_NOTHING = re.compile(r"[\s\x00-\x20\u200b\ufeff]+")
# A bracket that begins none of the tags above, nor a comment.
_NO_TAG = re.compile(rf"<(?!/?(?:{'|'.join(sorted(_TAGS))})[\s/>]|!--)", re.IGNORECASE)

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>]*>")
_VOID = ("br", "hr", "img")
_DEEPEST = 60


def clean_markup(markup: str) -> str:
    """Return HTML in which only text, tables, links to the web and bitmaps are left.

    A tag that is not allowed is shown as the text it is, and so is what stands in it: `<vector>`
    in a learner's sentence is a word of it. Comments are left out. Pictures are those that stand
    in the text itself: another would tell its owner who looks at it, and when.

    Raises:
        ValueError: it is nested more deeply than pages are made for.
    """
    # The cleaner drops what it does not know, text and all; so all that is text is made so before.
    cleaned = nh3.clean(
        _NO_TAG.sub("&lt;", markup),
        tags=_TAGS,
        clean_content_tags=set(),
        attributes=_ATTRIBUTES,
        attribute_filter=_allowed,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel="noopener noreferrer",
    )
    depth = 0
    for closing, name in _TAG.findall(cleaned):
        depth += 0 if name in _VOID else -1 if closing else 1
        if depth > _DEEPEST:
            raise ValueError("nested too deeply")
    return cleaned


def leads_to_the_web(address: str) -> bool:
    """Whether a link leads where its text says: to a host of the web, or to somebody's mail.

    Any other would lead to a file beside the page, `http:notes.html` among them: browsers read it
    as one. A file beside the page is another thing that a learner handed in.
    """
    # What browsers leave out of an address before they read it, and escapes, hide nothing here.
    plain = _NOTHING.sub("", html.unescape(address))
    if "\\" in plain:
        return False
    try:
        parts = urlsplit(plain)
        host = parts.hostname
    except ValueError:
        return False
    scheme = parts.scheme.lower()
    if scheme == "mailto":
        return "@" in parts.path and not parts.netloc
    rest = plain[len(scheme) :]
    return scheme in ("http", "https") and bool(host) and rest.startswith("://")


def _allowed(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute as it is shown; None where it is left out."""
    plain = _NOTHING.sub("", html.unescape(value))
    if name == "href":
        return value if leads_to_the_web(value) else None
    if name == "src":
        return plain if _BITMAP.fullmatch(plain) else None
    if name == "class":
        return value if _COLOURS.fullmatch(plain) else None
    if name == "style":
        side = _ALIGNMENT.fullmatch(value)
        return f"text-align:{side[1]}" if side else None
    return value
