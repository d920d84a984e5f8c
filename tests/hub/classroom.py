"""A course, an exchange and a class, each in the hands of an account of its own.

The accounts exist only for the processes that are started here: these see another `/etc/passwd`,
and folders above Python and the repository that every account may pass. Nothing of the machine
changes.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from slopewise.build import build
from slopewise.notebook.course import CONFIGURATION
from tests.notebooks import REPOSITORY
from tests.tiny import TINY, make_course

EXAMPLES = REPOSITORY / "docs" / "examples"
LESSON = "01-tiny"
GRADER = "grader-slopewise"
INSTRUCTOR = "iris"
ACCOUNTS = {GRADER: 61800, INSTRUCTOR: 61801, "ada": 61802, "ben": 61803}
PASSWORD = "only-for-this-test"
DUE = "2031-01-15 12:00:00 UTC"


class Classroom:
    """What an administrator sets up before a class begins, as docs/jupyterhub.md has it.

    Attributes:
        top: holds all; every account may pass through it.
    """

    def __init__(self) -> None:
        self.top = Path(tempfile.mkdtemp(prefix="sw-hub-", dir="/tmp"))
        self.top.chmod(0o755)
        self.course = self.top / "course"
        self.exchange = self.top / "exchange"
        self.learners = self.top / "learners"

    def home(self, account: str) -> Path:
        return self.top / "home" / account

    def prepare(self) -> None:
        """Make accounts, course, exchange and learners' settings; release the lesson."""
        self._make_accounts()
        self.course.mkdir()
        made = make_course(self.course, n01_tiny=TINY)
        (self.course / "course.toml").write_text('title = "Halving"\n')  # and no torch
        (self.course / CONFIGURATION).write_text(self._settings("nbgrader_config.py"))
        build(made)
        self._give(self.course, GRADER)
        self.course.chmod(0o700)
        self.exchange.mkdir(mode=0o755)
        self._give(self.exchange, GRADER)
        shutil.copytree(EXAMPLES / "learners", self.learners)
        (self.learners / CONFIGURATION).write_text(self._settings("learners/nbgrader_config.py"))
        self.nbgrader("db", "assignment", "add", LESSON, f"--duedate={DUE}")
        self.nbgrader("generate_assignment", LESSON)
        self.nbgrader("release_assignment", LESSON)

    def remove(self) -> None:
        """End what still runs as one of the accounts, and take the folders away."""
        for path in Path("/proc").glob("[0-9]*"):
            try:
                if path.stat().st_uid in ACCOUNTS.values():
                    os.kill(int(path.name), signal.SIGKILL)
            except OSError:
                continue
        shutil.rmtree(self.top, ignore_errors=True)

    def command(self, words: Sequence[str], account: str | None = None) -> list[str]:
        """The command that runs `words` where the accounts are, as one of them or as root."""
        command = ["bwrap", "--die-with-parent", "--dev-bind", "/", "/", "--cap-add", "ALL"]
        for file in ("passwd", "group"):
            command += ["--ro-bind", str(self.top / "etc" / file), f"/etc/{file}"]
        for closed, needed in _closed_folders().items():
            command += ["--perms", "0755", "--tmpfs", str(closed)]
            for path in needed:
                for folder in reversed(path.relative_to(closed).parents[:-1]):
                    command += ["--perms", "0755", "--dir", str(closed / folder)]
                command += ["--bind", str(path), str(path)]
        if account is not None:
            number = str(ACCOUNTS[account])
            become = ["--reuid", number, "--regid", number, "--clear-groups"]
            command += ["setpriv", *become, "env", f"HOME={self.home(account)}"]
        return [*command, *words]

    def environment(self) -> dict[str, str]:
        """An environment in which nothing of the person's own Jupyter is seen."""
        return {key: value for key, value in os.environ.items() if not key.startswith("JUPYTER")}

    def nbgrader(self, *words: str) -> None:
        """Run an nbgrader command as the grading account, in the course's folder."""
        done = subprocess.run(
            self.command([sys.executable, "-m", "nbgrader", *words], GRADER),
            cwd="/", env={**self.environment(), "JUPYTER_CONFIG_PATH": str(self.course)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"nbgrader {' '.join(words)}:\n{done.stderr[-3000:]}"

    def _make_accounts(self) -> None:
        (self.top / "etc").mkdir()
        for file in ("passwd", "group"):
            shutil.copy(f"/etc/{file}", self.top / "etc" / file)
        passwd, group = self.top / "etc" / "passwd", self.top / "etc" / "group"
        for account, number in ACCOUNTS.items():
            self.home(account).mkdir(parents=True, mode=0o700)
            self._give(self.home(account), account)
            with passwd.open("a") as lines:
                lines.write(f"{account}:x:{number}:{number}::{self.home(account)}:/bin/sh\n")
            with group.open("a") as lines:
                lines.write(f"{account}:x:{number}:\n")

    def _give(self, folder: Path, account: str) -> None:
        number = ACCOUNTS[account]
        for path in (folder, *folder.rglob("*")):
            os.chown(path, number, number, follow_symlinks=False)

    def _settings(self, name: str) -> str:
        """An example of the documentation, with this class's places in it."""
        text = (EXAMPLES / name).read_text(encoding="utf-8")
        text = text.replace("/srv/nbgrader/exchange", str(self.exchange))
        database = f"sqlite:///{self.course / 'gradebook.db'}"
        return text.replace("postgresql+psycopg:///?service=slopewise", database)


def _closed_folders() -> dict[Path, list[Path]]:
    """Folders that only root may pass, each with what is needed from below it."""
    needed = {Path(one).resolve() for one in (sys.base_prefix, sys.prefix, REPOSITORY)}
    closed: dict[Path, list[Path]] = {}
    for path in sorted(needed):
        for folder in reversed(path.parents):
            if not folder.stat().st_mode & 0o001:
                closed.setdefault(folder, []).append(path)
                break
    return closed
