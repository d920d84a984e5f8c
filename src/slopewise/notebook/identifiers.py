"""The one rule for what a learner may be called, and how a stranger's text is shown.

A learner's id becomes a folder, a line in a log, a cell in a table, a part of an address and text
in pages, nbgrader's own among them, which do not all escape. So an id cannot hold what could mean
anything there: it is made of letters and digits of any script and ` . _ - @ +`, begins with a
letter, a digit or `_`, and is a file's name. Whoever lets an id in asks :func:`id_fault` first;
whoever shows a text that was not let in, a refused id among them, shows it with :func:`shown`.
"""

from __future__ import annotations

import os
import unicodedata

LONGEST_ID = 128
"""Bytes in UTF-8: what the gradebook's column holds, and a file's name leaves room for more."""
LONGEST_NAME = 200
"""Characters of a person's name or address."""

_MARKS = frozenset(" ._-@+")
_JOINERS = frozenset("\u200c\u200d")  # Persian and Indian names are written with them
_CUT = "…"
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def id_fault(text: str) -> str | None:
    """Return why a text cannot be a learner's id, in words that follow "it"; None if it can."""
    if not text:
        return "is empty"
    if len(text.encode("utf-8", "surrogateescape")) > LONGEST_ID:
        return f"is longer than {LONGEST_ID} bytes"
    for character in text:
        if character not in _MARKS and unicodedata.category(character)[0] not in "LMN":
            return f"holds {_named(character)}"
    if not (text[0] == "_" or unicodedata.category(text[0])[0] in "LN"):
        return f"begins with {_named(text[0])}"
    if text.endswith((" ", ".")) or "  " in text:
        return "ends with a blank or a dot, or has two blanks together"
    if not unicodedata.is_normalized("NFC", text):
        return "is not in Unicode's composed form (NFC), so another could look the same"
    return None


def name_fault(text: str) -> str | None:
    """Return why a text cannot be a person's name or address; None if it can."""
    if len(text) > LONGEST_NAME:
        return f"is longer than {LONGEST_NAME} characters"
    for character in text:
        if character in "<>" or (character not in _JOINERS and not character.isprintable()):
            return f"holds {_named(character)}"
    return None


def shown(text: str | bytes, longest: int = 80) -> str:
    """Return any text so that a terminal or a log shows it and does nothing else.

    Args:
        text: whatever came; bytes of a file's name as the system gave them.
        longest: how many characters to show; at least 8.
    """
    if isinstance(text, bytes):
        text = os.fsdecode(text)
    # A name may be as long as somebody likes; what is cut need not be looked at.
    plain = "".join(map(_visible, text[: longest + 1]))
    return plain if len(plain) <= longest else plain[: longest - 1] + _CUT


def visible(text: str) -> str:
    """Return a text of several lines so that a terminal shows it and does nothing else."""
    return "".join(one if one in "\n\t" else _visible(one) for one in text)


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    if character in _SHORT:
        return _SHORT[character]
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _named(character: str) -> str:
    if character.isprintable():
        return f"“{character}”"
    if "\ud800" <= character <= "\udfff":
        return "bytes that are no text"
    return {
        "\n": "a line end",
        "\r": "a line end",
        "\x1b": "an escape character",
    }.get(character, f"the character U+{ord(character):04X}")
