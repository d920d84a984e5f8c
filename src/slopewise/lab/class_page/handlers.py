"""What the class page's addresses answer; only a server with the Formgrader has them."""

from __future__ import annotations

import asyncio
import math
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import AuthenticatedFileHandler, JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web

from slopewise.errors import SlopewiseError
from slopewise.lab.class_page.page import POLICY, Places, fragment, page
from slopewise.lab.class_page.work import ClassWork, Outcome, Work
from slopewise.notebook.course import Course
from slopewise.notebook.identifiers import shown
from slopewise.report.files import PAGE as REPORT
from slopewise.report.standing import Standing, standing

ADDRESS = "slopewise/class"
_DEMO = "demo"
_SHAPES = {"canvas": "canvas.csv", "moodle": "moodle.csv", "csv": "grades.csv"}
_LESSON_STEPS = {
    "grade": ("Collect and grade", ("--only=collect", "--only=grade")),
    "regrade": ("Grade what changed", ("--only=grade",)),
    "update": ("Enter the changed lesson, grade again", ("--only=update", "--only=grade")),
    "feedback": ("Make and release feedback", ("--only=feedback", "--only=release")),
}


class _ClassHandler(JupyterHandler):
    @property
    def root(self) -> Path:
        """The folder of the course that the Formgrader shows."""
        return Path(self.settings["nbgrader_formgrader"].coursedir.root)

    @property
    def work(self) -> ClassWork:
        """What is done for that course."""
        known: dict[Path, ClassWork] = self.settings["slopewise_class_work"]
        return known.setdefault(self.root, ClassWork(self.root))

    @property
    def address(self) -> str:
        """The page's own."""
        return url_path_join(self.base_url, ADDRESS)

    @property
    def content_security_policy(self) -> str:
        """What the browser may do with the page."""
        return f"{super().content_security_policy}; {POLICY}"

    def set_default_headers(self) -> None:
        """Let nothing of it be kept; called by tornado."""
        super().set_default_headers()
        self.set_header("Cache-Control", "no-store")


class ClassPageHandler(_ClassHandler):
    """The page, and what its buttons ask for."""

    @web.authenticated
    async def get(self) -> None:
        """Answer with the page."""
        root = self.root
        try:
            # Beside the server's own work: a gradebook may be locked, a folder may be large.
            found = await asyncio.to_thread(standing, Course(root))
        except SlopewiseError as error:
            found = Standing(root.name, (), troubles=(str(error),))
        busy = self.get_query_argument("busy", "") != ""
        xsrf = self.xsrf_form_html()
        self.finish(page(found, self.work.last, self._places(root), xsrf, busy=busy))

    def _places(self, root: Path) -> Places:
        def report(folder: str) -> str:
            path = root / folder / "report" / REPORT
            below = path.relative_to(root).as_posix()
            return url_path_join(self.address, "files", below) if path.is_file() else ""

        return Places(
            page=self.address,
            formgrader=url_path_join(self.base_url, "formgrader"),
            lab=url_path_join(self.base_url, "lab"),
            report=report(""),
            demo=report(_DEMO),
            demo_folder=_DEMO,
        )

    @web.authenticated
    async def post(self) -> None:
        """Do what a button asks for, and lead back to the page, or answer with a file."""
        action = self.get_body_argument("action", "")
        lesson = self.get_body_argument("lesson", "")
        if action == "stop":
            self.work.stop()
            self._back("work")
        elif action in _LESSON_STEPS:
            label, steps = _LESSON_STEPS[action]
            words = ("week", "--json", *steps, "--", lesson)
            self._begin(Work(action, f"{label}: {shown(lesson)}"), words)
        elif action == "report":
            self._begin(Work(action, "Make the report"), ("report",))
        elif action == "demo":
            self._begin(Work(action, "Make the demo class"), ("demo", "--folder", _DEMO))
        elif action == "extend":
            await self._extend(lesson)
        elif action == "export":
            await self._export(self.get_body_argument("shape", ""))
        else:
            raise web.HTTPError(400, "the page has no such button")

    def _begin(self, work: Work, words: tuple[str, ...]) -> None:
        begun = self.work.start(work, words)
        self._back("work" if begun else "", busy=not begun)

    def _back(self, section: str, *, busy: bool = False) -> None:
        """Lead to the page, so that loading it anew asks for nothing twice."""
        query = "?busy=1" if busy else ""
        self.redirect(f"{self.address}{query}#{section}", status=303)

    async def _extend(self, lesson: str) -> None:
        given = {
            name: self.get_body_argument(name, "").strip() for name in ("learner", "days", "until")
        }
        work = Work("extend", "More time for one learner", {**given, "lesson": lesson})
        try:
            words = _how_long(given["days"], given["until"])
            if not (given["learner"] and lesson):
                raise ValueError("say whom, and for which lesson")
        except ValueError as error:
            self.work.refuse(work, f"{error}.")
            self._back("extension", busy=self.work.runs)
            return
        begun = self.work.start(work, ("extend", words, "--", given["learner"], lesson))
        if begun:
            await self.work.wait()
        self._back("extension", busy=not begun)

    async def _export(self, shape: str) -> None:
        if shape not in _SHAPES:
            raise web.HTTPError(400, "grades are exported for canvas, moodle or csv")
        work = Work("export", f"Grades for {shape}")
        with tempfile.TemporaryDirectory(prefix="slopewise-") as folder:
            path = Path(folder) / _SHAPES[shape]
            begun = self.work.start(work, ("export", shape, "--to", str(path)))
            if begun:
                await self.work.wait()
            if not begun or work.outcome is not Outcome.DONE:
                self._back("export", busy=not begun)
                return
            # The place where it was written for a moment tells nobody anything.
            told = [line.replace(str(path), path.name) for line in work.lines]
            work.lines.clear()
            work.lines.extend(told)
            self.set_header("Content-Type", "text/csv; charset=utf-8")
            self.set_header("Content-Disposition", f'attachment; filename="{path.name}"')
            self.finish(path.read_bytes())


def _how_long(days: str, until: str) -> str:
    """The option that says it; ValueError with a sentence where it makes no sense."""
    if bool(days) == bool(until):
        raise ValueError("say how many days, or until when")
    if until:
        return f"--until={until}"
    try:
        number = float(days.replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f"“{shown(days, 20)}” is no number of days")
    return f"--days={number:g}"


class WorkHandler(_ClassHandler):
    """What is shown of the work, alone, for the page's script."""

    @web.authenticated
    def get(self) -> None:
        """Answer with a part of the page."""
        self.finish(fragment(self.work.last))


class ClassFileHandler(AuthenticatedFileHandler):
    """The report and the feedback pages, as files of no origin: nothing in them acts as anybody.

    Of the report its own script runs, which it names by its digest; of a feedback page, none.
    """

    _runs_scripts = False

    @property
    def content_security_policy(self) -> str:
        """What the browser may do with the file."""
        may = " allow-scripts" if self._runs_scripts else ""
        scripts = "'unsafe-inline'" if self._runs_scripts else "'none'"
        return (
            f"{JupyterHandler.content_security_policy.fget(self)}; "  # type: ignore[attr-defined]
            f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; "
            f"img-src data:; sandbox allow-popups allow-downloads{may}"
        )

    @web.authenticated
    def get(self, area: str, path: str) -> Awaitable[None]:  # type: ignore[override]
        """Answer with a file of a folder such as `report` or `demo/feedback`.

        Where it is asked from does not matter, as it does for `/files/`: the report, which sends no
        address along, leads to feedback pages.
        """
        course = Path(self.settings["nbgrader_formgrader"].coursedir.root)
        self.root = str(course / area)
        self._runs_scripts = area.endswith("report")
        self.set_header("Content-Security-Policy", self.content_security_policy)
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        if not path.endswith(".html"):
            self.set_attachment_header(path.rpartition("/")[2])
        found: Callable[..., Awaitable[None]] = web.StaticFileHandler.get
        return found(self, path)

    def get_content_type(self) -> str:
        """Pages and tables are what they are; anything else is a file to keep."""
        kinds = {".html": "text/html; charset=utf-8", ".csv": "text/csv; charset=utf-8"}
        return kinds.get(Path(self.absolute_path or "").suffix, "application/octet-stream")


def class_handlers(base: str) -> list[tuple[Any, ...]]:
    """Return the page's addresses and what answers them.

    Args:
        base: the server's base URL.
    """
    return [
        (url_path_join(base, ADDRESS), ClassPageHandler),
        (url_path_join(base, ADDRESS, "work"), WorkHandler),
        (
            url_path_join(base, ADDRESS, "files", "((?:demo/)?(?:report|feedback))/(.+)"),
            ClassFileHandler,
            {"path": ""},
        ),
    ]
