"""How much of what a learner wrote or printed a page shows formatted; the rest is plain text.

The parsers that a page needs take time with the square of what they are given: a cell of 60 kB
can hold nbconvert up for half a minute, and whoever opens the page with it. So what is given to
them is measured first, by counting alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

# The longest cell of the lessons has 1,500 characters, 200 of them marks, and 16 formulas.
_LONGEST = 50_000
_MOST_MARKS = 5_000  # any character that means something in Markdown
_MOST_TAGS = 500
_MOST_FORMULAS = 200
# A lesson has 16,000 characters of text.
_LONGEST_OF_PAGE = 100_000
_MOST_MARKS_OF_PAGE = 15_000
# A lesson has 30,000 characters of code, its longest cell 3,000 and its longest line 100. Python's
# lexer, too, takes the square of some texts, but of these hardly more than a second.
_LONGEST_CODE = 20_000
_LONGEST_LINE = 2_000
_LONGEST_CODE_OF_PAGE = 200_000
# A long traceback changes colour about 500 times.
_MOST_COLOURS = 5_000
_MOST_COLOURS_OF_PAGE = 20_000

# Of the text that was printed, a page shows a megabyte, and of one output 64,000 characters (the
# grader keeps 1,000 lines); when that is spent, the beginning of each. Pictures take 12 MB.
_LONGEST_SHOWN = 64_000
_SHOWN_OF_PAGE = 1_000_000
_BEGINNING = 200
_MOST_SHOWN = 20_000
_PICTURES_OF_PAGE = 12_000_000

_MARK = re.compile(r"[!-/:-@\[-`{-~]")
_FORMULA = re.compile(r"\$|\\begin|\\\\[(\[]")
RESOURCE = "slopewise_spent"
"""Under which name a page's account stands in nbconvert's resources."""


@dataclass
class Page:
    """What one page has formatted so far.

    Attributes:
        characters: of Markdown.
        marks: characters among them that mean something in Markdown.
        code: characters of code.
        colours: changes of colour in outputs.
        shown: characters of plain text.
        pieces: how many plain texts.
        pictures: characters of pictures.
        plain: whether nothing is formatted, whatever it is.
    """

    characters: int = 0
    marks: int = 0
    code: int = 0
    colours: int = 0
    shown: int = 0
    pieces: int = 0
    pictures: int = 0
    plain: bool = False

    def takes_text(self, source: str) -> bool:
        """Whether a cell's Markdown is to be formatted; if so, it counts."""
        if self.plain:
            return False
        if len(source) > _LONGEST or self.characters + len(source) > _LONGEST_OF_PAGE:
            return False
        marks = len(_MARK.findall(source))
        if marks > _MOST_MARKS or self.marks + marks > _MOST_MARKS_OF_PAGE:
            return False
        if source.count("<") > _MOST_TAGS or len(_FORMULA.findall(source)) > _MOST_FORMULAS:
            return False
        self.characters += len(source)
        self.marks += marks
        return True

    def takes_code(self, source: str) -> bool:
        """Whether a cell's code is to be coloured; if so, it counts."""
        if self.plain:
            return False
        if len(source) > _LONGEST_CODE or self.code + len(source) > _LONGEST_CODE_OF_PAGE:
            return False
        if max(map(len, source.splitlines()), default=0) > _LONGEST_LINE:
            return False
        self.code += len(source)
        return True

    def takes_colours(self, number: int) -> bool:
        """Whether an output is to be coloured; if so, it counts."""
        if self.plain or number > _MOST_COLOURS or self.colours + number > _MOST_COLOURS_OF_PAGE:
            return False
        self.colours += number
        return True

    def takes_picture(self, data: str) -> bool:
        """Whether a picture is to be shown; if so, it counts."""
        if self.pictures + len(data) > _PICTURES_OF_PAGE:
            return False
        self.pictures += len(data)
        return True

    def cut(self, text: str) -> tuple[str, int]:
        """Return as much of a plain text as is to be shown, and how many characters are left."""
        self.pieces += 1
        if self.pieces > _MOST_SHOWN:
            return "", len(text)
        room = max(_BEGINNING, min(_LONGEST_SHOWN, _SHOWN_OF_PAGE - self.shown))
        shown = text[:room]
        self.shown += len(shown)
        return shown, len(text) - len(shown)


def page_of(context: Any) -> Page:
    """Return the account of the page that a template's filter works on.

    It stands in the page's resources, of which nbconvert makes a copy for each page.
    """
    resources = context.get("resources")
    if not isinstance(resources, dict):
        return Page()
    page = resources.setdefault(RESOURCE, Page())
    return page if isinstance(page, Page) else Page()
