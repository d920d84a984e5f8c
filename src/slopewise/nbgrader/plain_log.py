"""Log lines that a terminal shows and does not obey, whoever wrote them and whatever they quote."""

from __future__ import annotations

import copy
import logging

from tornado.log import LogFormatter

from slopewise.notebook.identifiers import visible


class PlainFormatter(LogFormatter):
    """nbgrader's own format; control characters in a message are shown as escapes.

    `configure` names it in `c.Application.logging_config`, so it holds for nbgrader's lines, too,
    which quote learners' names of files and folders as they are.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as text; called by the log's handler."""
        plain = copy.copy(record)
        plain.msg, plain.args = visible(record.getMessage()), None
        if record.exc_info:
            plain.exc_text = visible(self.formatException(record.exc_info))
        return super().format(plain)


def without_chatter(log: str) -> str:
    """Return what a button's dialog shows of nbgrader's log: no debugging, no word of old files.

    Args:
        log: lines that begin with their level in brackets; what does not begin so goes with the
            line above it.
    """
    kept, keeps = [], True
    for line in log.splitlines(keepends=True):
        if line.startswith("["):
            keeps = not line.startswith(("[DEBUG]", "[WARNING] Removing existing"))
        if keeps:
            kept.append(line)
    return "".join(kept)
