"""A course and its exchange, in the hands of a grading account, on a machine with learners."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError, ExchangeFactory
from traitlets.config import Config

from slopewise.environment import put_tools_on_path
from slopewise.nbgrader import configure
from slopewise.nbgrader.exchange import collect, fetch, permissions, release, submit
from slopewise.nbgrader.exchange import list as listing
from tests.exchange.accounts import GRADER, acting_as

# Looked up by name when it is used, by an account that need not reach our files.
LOADED = (collect, fetch, listing, release, submit)
COURSE, LESSON = "slopewise", "01-tiny"


@dataclass(frozen=True)
class Classroom:
    """The grader's course and the exchange.

    Attributes:
        top: holds all; every account may pass through it.
        root: the course's folder, the grader's own.
        exchange: the exchange's root.
    """

    top: Path
    root: Path
    exchange: Path

    @property
    def inbound(self) -> Path:
        return self.exchange / COURSE / "inbound"

    def config(self) -> Config:
        config = Config()
        configure(config, str(self.root / "nbgrader_config.py"))
        config.CourseDirectory.course_id = COURSE
        config.Exchange.root = str(self.exchange)
        return config

    def plugin(self, kind: str, **settings: Any) -> Any:
        """One of nbgrader's exchange plugins, as the configuration has them."""
        config = self.config()
        for name, value in settings.items():
            setattr(config[f"Exchange{kind}"], name, value)
        coursedir = CourseDirectory(config=config)
        coursedir.assignment_id = LESSON
        made = getattr(ExchangeFactory(config=config), kind)(
            coursedir=coursedir, authenticator=Authenticator(config=config), config=config
        )
        made.log = logging.getLogger("tests.exchange")
        return made

    def run(self, kind: str, student: str = "*", **settings: Any) -> tuple[bool, str]:
        """Use a plugin as the grader; return whether it ended well, and its log."""

        def use() -> str:
            lines: list[str] = []
            handler = logging.Handler()
            handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
            plugin = self.plugin(kind, **settings)
            plugin.coursedir.student_id = student
            plugin.log.addHandler(handler)
            plugin.log.setLevel(logging.INFO)
            try:
                plugin.start()
            except ExchangeError:
                return "bad\n" + "\n".join(lines)
            return "well\n" + "\n".join(lines)

        how, _, log = acting_as(GRADER, use).partition("\n")
        return how == "well", log

    def submitted(self, learner: str) -> Path:
        return self.root / "submitted" / learner / LESSON

    def hand_in(
        self, learner: str, fill: Callable[[Path], object], name: str | bytes = "", time: str = ""
    ) -> Path:
        """Put a folder into the inbound one, as the learner does who need not use nbgrader."""
        stamp = time or "2026-01-02 03:04:05.678901 UTC"
        usual = f"{learner}+{LESSON}+{stamp}+{os.urandom(4).hex()}"
        folder = self.inbound / os.fsdecode(name or usual)

        def put() -> None:
            folder.mkdir()
            fill(folder)

        acting_as(learner, put)
        return folder


@pytest.fixture(scope="session")
def gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradebook with one lesson; nbgrader takes seconds to make one."""
    put_tools_on_path()
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    with Gradebook(f"sqlite:///{path}", COURSE) as made:
        made.add_assignment(LESSON)
    return path


@pytest.fixture
def classroom(gradebook: Path) -> Iterator[Classroom]:
    top = Path(tempfile.mkdtemp(prefix="sw-exchange-", dir="/tmp"))
    try:
        top.chmod(0o755)
        room = Classroom(top, top / "course", top / "exchange")
        for folder in (room.root, room.exchange):
            folder.mkdir()
            shutil.chown(folder, GRADER)
        room.root.chmod(0o700)

        def begin() -> None:
            permissions.make(room.exchange, COURSE)
            (room.root / "solutions").mkdir()
            (room.root / "solutions" / "a.ipynb").write_text("SECRET")
            (room.root / ".pgpass").write_text("SECRET")

        shutil.copy(gradebook, room.root / "gradebook.db")
        shutil.chown(room.root / "gradebook.db", GRADER)
        acting_as(GRADER, begin)
        yield room
    finally:
        shutil.rmtree(top)
