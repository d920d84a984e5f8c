"""Grade a hostile class with the real pipeline, and look what is left behind."""

from __future__ import annotations

import hashlib
import logging
import os
import stat
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from slopewise.errors import CourseError
from slopewise.nbgrader.runs import NbgraderCourse
from slopewise.sandbox import runtime
from slopewise.sandbox.linux import start_time
from slopewise.sandbox.process_memory import descendants
from tests.hostile.attack import Attack
from tests.hostile.lesson import HONEST, NAME, RIGHT, Submission, copy_course

# In the order in which nbgrader grades: before, among and after the attackers.
BYSTANDERS = {
    "aa-full": (RIGHT, 20.0),
    "mm-half": ({"half": RIGHT["half"]}, 8.0),
    "zz-full": ({**RIGHT, "half": "def half(x):\n    return x / 2"}, 20.0),
}
_GENERATED = ("autograded", "feedback", "grading", "gradebook.db")


@dataclass(frozen=True)
class Graded:
    """A class after grading.

    Attributes:
        root: the course's folder.
        scores: by learner, as the gradebook has them.
        notebooks: the graded notebooks by learner.
        log: every line that the instructor could read, from INFO on.
        trouble: what grading ended with, or "".
        survivors: processes of the box that are still alive.
        left: files that were not there before and are nobody's.
        changed: files of the course that are not as they were.
    """

    root: Path
    scores: dict[str, float]
    notebooks: dict[str, Any]
    log: tuple[str, ...]
    trouble: str
    survivors: tuple[str, ...]
    left: tuple[str, ...]
    changed: tuple[str, ...]


class _Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname}: {record.getMessage()}")


def grade(attacks: Sequence[Attack], built: Path, root: Path) -> Graded:
    """Hand in a class of attackers and bystanders, and grade it."""
    copy_course(built, root)
    for student, (answers, _) in BYSTANDERS.items():
        Submission(root, student, answers).write()
    for attack in attacks:
        attack.hand_in(Submission(root, attack.name, dict(attack.answers)))
    log = logging.Logger("hostile", logging.INFO)
    handler = _Lines()
    log.addHandler(handler)
    course = NbgraderCourse(root, log)
    course.generate(NAME)
    handler.lines.clear()
    before, places = _fingerprints(root), _places()
    trouble = ""
    with _watch() as seen:
        try:
            course.autograde(NAME)
        except CourseError as error:
            trouble = str(error)
    return Graded(
        root=root,
        scores={score.student: score.score for score in course.scores()},
        notebooks={
            path.parent.parent.name: nbformat.read(path, as_version=4)
            for path in root.glob(f"autograded/*/{NAME}/{NAME}.ipynb")
        },
        log=tuple(handler.lines),
        trouble=trouble,
        survivors=_survivors(seen),
        left=tuple(sorted(_places() - places)),
        changed=tuple(sorted(_differences(before, _fingerprints(root)))),
    )


def grade_alone(attack: Attack, built: Path, root: Path) -> Graded:
    """Grade one attacker's class; for attacks whose effect on the grader itself is measured."""
    return grade([attack], built, root)


def _fingerprints(root: Path) -> dict[str, str]:
    """What every file of the course is, but those that grading writes."""
    found = {}
    for folder, folders, names in os.walk(root):
        if Path(folder) == root:
            folders[:] = [name for name in folders if name not in _GENERATED]
        for name in [*folders, *names]:
            path = Path(folder, name)
            status = path.lstat()
            key = os.fsencode(path.relative_to(root)).decode("utf-8", "backslashreplace")
            if key in _GENERATED:
                continue
            content = ""
            if stat.S_ISREG(status.st_mode) and status.st_size < 2**24:
                content = hashlib.sha256(path.read_bytes()).hexdigest()
            found[key] = f"{status.st_mode} {status.st_size} {content}"
    return found


def _differences(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {key for key in {*before, *after} if before.get(key) != after.get(key)}


def _places() -> set[str]:
    """Everything in the folders where kernels and their files live while they run."""
    private = {str(path) for path in runtime.runtime_folder().iterdir()}
    temporary = {str(path) for path in Path(tempfile.gettempdir()).iterdir()}
    # Others use this folder too; what a box left there would be one of its users'.
    shared = {str(path) for path in Path("/dev/shm").iterdir() if path.lstat().st_uid >= 2**30}
    lasting = {path for path in private if path.endswith((".socket", ".log", "/lock"))}
    return (private - lasting) | temporary | shared


@contextmanager
def _watch() -> Iterator[set[tuple[int, int]]]:
    """Note every process that the warm process starts, directly or through others."""
    seen: set[tuple[int, int]] = set()
    done = threading.Event()

    def look() -> None:
        while not done.wait(0.1):
            _note(seen)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        done.set()
        thread.join()
        _note(seen)


def _note(seen: set[tuple[int, int]]) -> None:
    for warm in _warm_processes():
        for pid in descendants(warm):
            start = start_time(pid)
            if start is not None:
                seen.add((pid, start))


def _survivors(seen: set[tuple[int, int]]) -> tuple[str, ...]:
    """Those that are still there; a supervisor tells of an end before its own."""
    end = time.monotonic() + 5
    while True:
        alive = [_name(pid) for pid, start in seen if start_time(pid) == start]
        if not alive or time.monotonic() > end:
            return tuple(alive)
        time.sleep(0.05)


def _name(pid: int) -> str:
    try:
        return f"{pid} " + Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return str(pid)


def _warm_processes() -> list[int]:
    """The warm processes of this test session: those whose socket is in its runtime folder."""
    folder = os.fsencode(runtime.runtime_folder())
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"slopewise.sandbox.fork_server" in words and any(
            one.startswith(folder) for one in words
        ):
            pid = int(path.parent.name)
            # A kernel is a fork and has the same command line; its parent is another of them.
            found.append(pid)
    return [pid for pid in found if _parent(pid) not in found]


def _parent(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0
    return int(text.rpartition(")")[2].split()[1])


__all__ = ["BYSTANDERS", "HONEST", "Graded", "grade", "grade_alone"]
