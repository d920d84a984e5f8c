"""Which letter an answer to a question with letters stands for; one rule for checks and grading.

Runs in the learner's process, in the visible part of a check, and in the grader. Standard library
only.
"""

from __future__ import annotations

import re

_LETTER = re.compile(r"[\s\"'“”‘’()\[\]{}<>.:,;]*([A-Za-z])[\s\"'“”‘’()\[\]{}<>.:,;]*")


def letter_of(answer: object) -> str | None:
    """Return the small letter that an answer stands for, or None where it is no letter.

    A capital is the letter, and so is one in brackets or quotes, with spaces or a full stop, or
    alone in a list or tuple: `"C"`, `"(c)"`, `" c. "` and `["c"]` are all c.
    """
    if isinstance(answer, list | tuple) and len(answer) == 1:
        (answer,) = answer
    found = _LETTER.fullmatch(answer) if isinstance(answer, str) else None
    return None if found is None else found[1].lower()
