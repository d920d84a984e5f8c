"""Readers of nbgrader's own that are wrong, replaced by ours under the same names.

nbgrader has no setting for either, and its own commands (`db assignment add`, `collect`, the
Formgrader) read by them. :func:`correct` is called wherever a course's configuration is read.

- ``parse_utc`` reads a time. nbgrader's takes a zone that it does not know for UTC, and `+0900`
  for 900 seconds.
"""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any

from slopewise.errors import TimeError
from slopewise.nbgrader.timestamps import course_clock
from slopewise.notebook.times import for_gradebook

TIMES = (
    "nbgrader.utils",
    "nbgrader.coursedir",
    "nbgrader.exchange.default.collect",
    "nbgrader.apps.zipcollectapp",
)
"""Modules of nbgrader in which `parse_utc` reads what somebody has to mend if it is wrong."""

PAGES = "nbgrader.apps.api"
"""Here it reads learners' files for the Formgrader; one that is damaged must not take the page."""


def correct(config: Any) -> None:
    """Let nbgrader read times and paths as this course does.

    Args:
        config: the course's configuration; looked into when a time is read, since lines may follow.
    """

    def parse_utc(when: Any) -> datetime | None:
        """Return a time as the gradebook has it.

        Raises:
            TimeError: it cannot be known.
        """
        if when is None:
            return None
        if isinstance(when, str):
            when = course_clock(config).read(when, later=True)
        return for_gradebook(when)

    def parse_known(when: Any) -> datetime | None:
        try:
            return parse_utc(when)
        except TimeError:
            return None

    _replace(TIMES, "parse_utc", parse_utc)
    _replace((PAGES,), "parse_utc", parse_known)


def _replace(modules: tuple[str, ...], name: str, ours: Any) -> None:
    """Replace a name where it is in use: `import nbgrader` imports all of these modules."""
    for module in modules:
        if module in sys.modules:
            setattr(sys.modules[module], name, ours)
