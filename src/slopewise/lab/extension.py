"""Slopewise's server extension: the welcome page's freshness, Validate, and plain words.

Loaded after nbgrader's extensions (Jupyter loads them by name), in place of the one for Validate;
`jupyter_server_config.json` beside this file says so.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from nbgrader.server_extensions.validate_assignment.handlers import NbGraderVersionHandler
from tornado import web

from slopewise.course import Course
from slopewise.errors import SlopewiseError
from slopewise.lab.handing import PlainAssignmentList, handing
from slopewise.lab.welcome import write_page


class ValidateHandler(JupyterHandler):
    """Runs the validator beside the server, which goes on answering meanwhile."""

    @web.authenticated
    async def post(self) -> None:
        """Answer with nbgrader's findings; called by the Validate buttons."""
        named = self.get_argument("path", None)  # the toolbar's way; the list's is a JSON body
        if named is None:
            named = str((self.get_json_body() or {}).get("path", ""))
        root = Path(self.settings["server_root_dir"]).expanduser().resolve()
        path = (root / named).resolve()
        if not path.is_relative_to(root):
            raise web.HTTPError(403, "the notebook is not below the server's folder")
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "slopewise.lab.validation",
            str(path),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            output, errors = await process.communicate()
        finally:
            if process.returncode is None:  # the server stops, or nobody waits any more
                process.kill()
        self.finish(json.dumps(_answer(output.decode(), errors.decode("utf-8", "replace"))))


def _answer(output: str, errors: str) -> dict[str, Any]:
    """What the dialog expects: the last line printed, or why there is none."""
    try:
        return {"success": True, "value": json.loads(output.strip().splitlines()[-1])}
    except (IndexError, ValueError):
        lines = errors.strip().splitlines()
        return {"success": False, "value": lines[-1] if lines else "The validator said nothing."}


class WelcomeHandler(JupyterHandler):
    """Writes the welcome page anew."""

    @web.authenticated
    def get(self) -> None:
        """Answer with nothing once the page is written; called when its tab is looked at."""
        try:
            write_page(self.settings["slopewise_course"], handing(self.settings["server_root_dir"]))
        except (OSError, SlopewiseError) as error:
            raise web.HTTPError(500, f"the welcome page cannot be written: {error}") from None
        self.set_status(204)
        self.finish()


def _load_jupyter_server_extension(server: Any) -> None:
    """Called by Jupyter when the server starts."""
    application = server.web_app
    application.settings["slopewise_course"] = Course.find(Path(server.root_dir))
    manager = PlainAssignmentList(parent=server)
    manager.root_dir = server.root_dir
    application.settings["assignment_list_manager"] = manager
    base = application.settings["base_url"]
    application.add_handlers(
        ".*$",
        [
            (url_path_join(base, "slopewise/welcome"), WelcomeHandler),
            (url_path_join(base, "assignments/validate"), ValidateHandler),
            (url_path_join(base, "nbgrader_version"), NbGraderVersionHandler),
        ],
    )
