"""What the Formgrader serves of a submission, so that nothing a learner wrote runs in it.

nbgrader serves a submission's page, and the files beside it, from the origin that holds the
instructor's session: whatever ran there could do what the instructor can. What is shown is clean
already (`nbgrader.pages`); here the browser is told to run nothing all the same.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from html.parser import HTMLParser
from typing import Any

from nbgrader.server_extensions.formgrader.handlers import SubmissionFilesHandler, SubmissionHandler

from slopewise.nbgrader.pages.policy import digest

_ONE_AT_A_TIME = ThreadPoolExecutor(1, "pages")
"""Waits for pages, one after the other as the exporter makes them."""

_PICTURES = ("image/png", "image/jpeg", "image/gif")


class _Order:
    """Stands for an exporter: takes down what is asked of it."""

    def __init__(self) -> None:
        self.of: tuple[str, dict[str, Any]] | None = None

    def from_filename(
        self, filename: str, resources: dict[str, Any]
    ) -> tuple[bytes, dict[str, Any]]:
        self.of = (filename, resources)
        return b"", resources


class SubmissionPageHandler(SubmissionHandler):  # type: ignore[misc]  # nbgrader is untyped
    """nbgrader's page of a submission; only its own scripts run in it.

    It is made while the server goes on: what a learner wrote may take it all that a page may cost.
    """

    async def get(self, submission_id: str) -> None:
        """Answer with the page; called by tornado."""
        self._order = _Order()
        super().get(submission_id)
        if self._order.of is not None:
            exporter = self.settings["nbgrader_exporter"]
            make = partial(exporter.from_filename, *self._order.of)
            page, _ = await asyncio.get_running_loop().run_in_executor(_ONE_AT_A_TIME, make)
            self.write(page)

    @property
    def exporter(self) -> Any:
        """What nbgrader's `get` orders the page from."""
        return self._order

    def write(self, chunk: Any) -> None:
        """Write the page, and name its scripts to the browser; called by nbgrader's `get`."""
        if isinstance(chunk, str):
            policy = f"{self.content_security_policy}; {policy_for(chunk)}"
            self.set_header("Content-Security-Policy", policy)
        super().write(chunk)


class SubmittedFileHandler(SubmissionFilesHandler):  # type: ignore[misc]  # nbgrader is untyped
    """The files beside a submitted notebook: to be saved, not to be opened here; pictures show."""

    @property
    def content_security_policy(self) -> str:
        """Nothing is loaded, and the document, if it becomes one, is of no origin."""
        return f"{super().content_security_policy}; default-src 'none'; sandbox"

    def set_extra_headers(self, path: str) -> None:
        """Say that this is a file; called by tornado before it sends one."""
        super().set_extra_headers(path)
        if self.get_content_type() not in _PICTURES:
            self.set_header("Content-Type", "application/octet-stream")
            self.set_header("Content-Disposition", "attachment")


def policy_for(page: str) -> str:
    """Return the policy for a page of the Formgrader: scripts are those of nbgrader's template.

    They are told by their text, and looked for only before the notebook begins: what stands in the
    notebook is a learner's.
    """
    found = _OwnScripts()
    found.feed(page)
    hashes = sorted({f"'sha256-{digest(script)}'" for script in found.scripts})
    # Its buttons are handlers in attributes, which count as scripts only if that is said.
    sources = " ".join(["'self'", "'unsafe-hashes'", *hashes])
    return (
        f"default-src 'none'; script-src {sources}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; "
        "form-action 'self'"
    )


class _OwnScripts(HTMLParser):
    """Collects the scripts of a page up to its notebook."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[str] = []
        self._open = False
        self._done = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self._done = self._done or named.get("id") == "notebook"
        if self._done:
            return
        self._open = tag == "script" and "src" not in named
        self.scripts += [value for name, value in attrs if name.startswith("on") and value]

    def handle_data(self, data: str) -> None:
        if self._open and not self._done:
            self.scripts.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._open = False
