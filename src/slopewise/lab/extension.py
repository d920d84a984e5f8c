"""Slopewise's server extension: the welcome and class pages, work beside the server, plain words.

Loaded after nbgrader's extensions (Jupyter loads them by name), in place of the one for Validate;
`jupyter_server_config.json` beside this file says so.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, DictLoader
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from nbgrader.server_extensions.formgrader.base import (
    BaseApiHandler,
    check_notebook_dir,
    check_xsrf,
)
from tornado import web
from tornado.routing import PathMatches, Rule

from slopewise.errors import SlopewiseError
from slopewise.lab.desk import Desk
from slopewise.lab.formgrader_buttons import AUTOGRADE, FEEDBACK
from slopewise.lab.formgrader_pages import SubmissionPageHandler, SubmittedFileHandler
from slopewise.lab.handing import PlainAssignmentList, desk_of, handing
from slopewise.lab.welcome import write_page
from slopewise.nbgrader.pages.formgrader import FormgraderExporter
from slopewise.nbgrader.upstream import with_link


class CheckHandler(JupyterHandler):
    """Runs a notebook's checks beside the server, which goes on answering meanwhile."""

    @web.authenticated
    async def post(self) -> None:
        """Answer with what the dialog shows; called by Validate and by Check my work."""
        asked = self.get_json_body() or {}
        root = Path(self.settings["server_root_dir"]).expanduser().resolve()
        path = (root / str(asked.get("path", ""))).resolve()
        if not path.is_relative_to(root):
            raise web.HTTPError(403, "the notebook is not below the server's folder")
        desk: Desk | None = self.settings["slopewise_desk"]
        course = desk.course if desk is not None else None
        whole = [str(course.root)] if asked.get("full") and course is not None else []
        found, complaint = await _beside("slopewise.lab.work", str(path), *whole)
        self.finish(json.dumps({"error": complaint} if found is None else found))


class ButtonHandler(BaseApiHandler):  # type: ignore[misc]  # nbgrader is untyped
    """Does what a button of the Formgrader asks for beside the server, which goes on answering."""

    def initialize(self, button: str) -> None:
        """Take which button it is; called by tornado."""
        self._button = button

    @web.authenticated
    @check_xsrf  # type: ignore[untyped-decorator]
    @check_notebook_dir  # type: ignore[untyped-decorator]
    async def post(self, *names: str) -> None:
        """Answer as nbgrader's own handler does; called by the Formgrader's button."""
        found, complaint = await _beside("slopewise.lab.formgrader_buttons", self._button, *names)
        if found is None:
            found = {"success": False, "log": complaint, "error": complaint}
        self.finish(json.dumps(found))


async def _beside(module: str, *arguments: str) -> tuple[Any, str]:
    """Run a module of ours as a process.

    Returns what it printed last, as JSON; None, and its last complaint, where it printed nothing.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *arguments),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        output, errors = await process.communicate()
    finally:
        if process.returncode is None:  # the server stops, or nobody waits any more
            process.kill()
    try:
        return json.loads(output.decode().strip().splitlines()[-1]), ""
    except (IndexError, ValueError):
        lines = errors.decode("utf-8", "replace").strip().splitlines()
        return None, lines[-1] if lines else _ending(process.returncode or 0)


def _ending(status: int) -> str:
    """How a process ended that said nothing, in a sentence for whoever pressed the button."""
    if status < 0:
        return "the system ended it, as it does where memory runs out; try again."
    return f"it ended with status {status} and said nothing; try again."


class WelcomeHandler(JupyterHandler):
    """Writes the welcome page anew."""

    @web.authenticated
    def get(self) -> None:
        """Answer with nothing once the page is written; called when its tab is looked at."""
        desk: Desk | None = self.settings["slopewise_desk"]
        if desk is None or not desk.folder.is_dir():
            raise web.HTTPError(404, "there are no lessons here")
        try:
            write_page(desk, handing(self.settings["server_root_dir"]))
        except (OSError, SlopewiseError) as error:
            raise web.HTTPError(500, f"the welcome page cannot be written: {error}") from None
        self.set_status(204)
        self.finish()


def escape_formgraders_pages(settings: dict[str, Any]) -> None:
    """Let the Formgrader's templates escape what they show: ids, and parts of their address.

    Args:
        settings: the server's, in which the Formgrader keeps its templates, if it is loaded.
    """
    if "nbgrader_jinja2_env" in settings:
        templates = settings["nbgrader_jinja2_env"]
        templates.autoescape = True
        if templates.cache is not None:
            templates.cache.clear()  # what was compiled before goes on as it was


def add_the_class_page(application: Any, base: str) -> None:
    """Add the class page, and let the Formgrader and JupyterLab lead to it.

    Args:
        application: the server's, with the Formgrader.
        base: the server's base URL.
    """
    if os.name != "posix":  # what reads strangers' files, and the box, need it: nothing is graded
        return
    # Not on a learner's server, which starts the sooner.
    from slopewise.lab.class_page.handlers import ADDRESS, class_handlers

    settings = application.settings
    templates = settings["nbgrader_jinja2_env"]
    name, changed = with_link(templates, f"{{{{ base_url }}}}/{ADDRESS}", "Class")
    templates.loader = ChoiceLoader([DictLoader({name: changed}), templates.loader])
    if templates.cache is not None:
        templates.cache.clear()
    settings["slopewise_class_work"] = {}
    settings.setdefault("page_config_data", {})["slopewiseClass"] = ADDRESS
    application.add_handlers(".*$", class_handlers(base))


def _load_jupyter_server_extension(server: Any) -> None:
    """Called by Jupyter when the server starts."""
    application = server.web_app
    try:
        desk = desk_of(server.root_dir)
    except SlopewiseError as error:
        desk = None
        server.log.warning("slopewise: no welcome page: %s", error)
    application.settings["slopewise_desk"] = desk
    if desk is not None and desk.folder.is_dir():
        page_config = application.settings.setdefault("page_config_data", {})
        page_config["slopewiseWelcome"] = desk.page_path
        if desk.course is None:  # `slopewise lab` has written it already
            try:
                write_page(desk, handing(server.root_dir))
            except (OSError, SlopewiseError) as error:
                server.log.warning("slopewise: no welcome page: %s", error)
    manager = PlainAssignmentList(parent=server)
    manager.root_dir = server.root_dir
    application.settings["assignment_list_manager"] = manager
    base = application.settings["base_url"]
    application.add_handlers(
        ".*$",
        [
            (url_path_join(base, "slopewise/welcome"), WelcomeHandler),
            (url_path_join(base, "slopewise/check"), CheckHandler),
        ],
    )
    if "nbgrader_exporter" in application.settings:  # else a learner's server, without Formgrader
        _improve_the_formgrader(application, base)


def _improve_the_formgrader(application: Any, base: str) -> None:
    config = application.settings["nbgrader_exporter"].config  # nbgrader's would load MathJax
    application.settings["nbgrader_exporter"] = FormgraderExporter(config=config)
    escape_formgraders_pages(application.settings)
    add_the_class_page(application, base)
    # The Formgrader has handlers at these addresses already; the first that matches answers.
    submission = "formgrader/submissions/([^/]+)"
    api = "formgrader/api"
    autograde, feedback = {"button": AUTOGRADE}, {"button": FEEDBACK}
    replaced: tuple[tuple[str, Any, dict[str, Any]], ...] = (
        (f"{api}/submission/([^/]+)/([^/]+)/autograde", ButtonHandler, autograde),
        (f"{api}/assignment/([^/]+)/generate_feedback", ButtonHandler, feedback),
        (f"{api}/assignment/([^/]+)/([^/]+)/generate_feedback", ButtonHandler, feedback),
        (f"{submission}/?", SubmissionPageHandler, {}),
        # All but a page, and the four ways on from it.
        (
            "formgrader/submissions/((?!components/)[^/]+/(?!(?:next|prev)(?:_incorrect)?/?$).+)",
            SubmittedFileHandler,
            {},
        ),
    )
    rules = [
        Rule(PathMatches(url_path_join(base, address)), kind, settings)
        for address, kind, settings in replaced
    ]
    application.default_router.rules[:0] = rules
