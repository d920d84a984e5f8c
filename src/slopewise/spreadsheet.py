"""Text for a cell of a CSV file, such that no spreadsheet runs it."""

from __future__ import annotations

# Excel takes these for the beginning of a formula, the wide ones where it speaks Chinese or
# Japanese; a text that begins with a blank or a line end is looked at behind it.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_ENDS_FIELDS = ("\t", "\r", "\n")


def defused(text: str) -> str:
    """Return a text as a cell may hold it: what a spreadsheet would run begins with an apostrophe.

    Learners choose texts, their names among them, and instructors open the file in Excel.
    """
    plain = text.replace("\0", "\ufffd")
    runs = plain.lstrip().startswith(_FORMULA) or plain.startswith(_ENDS_FIELDS)
    return f"'{plain}" if runs else plain
