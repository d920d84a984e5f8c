"""When grading cannot go on: one clear line, nothing lost."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook, InvalidEntry, MissingEntry

from slopewise.errors import CourseError
from slopewise.nbgrader import converter
from slopewise.notebook import files
from tests.execution.classroom import RIGHT, Classroom, built_course
from tests.tiny import NAME

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_course(tmp_path_factory.mktemp("built"))


@pytest.fixture
def classroom(built: Path, tmp_path: Path) -> Classroom:
    found = Classroom(built, tmp_path / "course")
    for name in ("ada", "ben"):
        found.submit(name, {**RIGHT, "which": f'which = "b"  # {name}'})
    return found


def trouble(classroom: Classroom) -> str:
    """What grading ends with; its only line of error."""
    with pytest.raises(CourseError) as told:
        classroom.autograde()
    errors = [line for line in classroom.lines if line.startswith("ERROR")]
    assert len(errors) == 1
    assert "\n" not in errors[0]
    assert errors[0].removeprefix("ERROR: ") in str(told.value)
    return errors[0]


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("cores = 0", "SlopewiseGrading.cores must be a whole number from 1, not 0"),
        ("cores = 'many'", "cores"),
        ("cell_seconds = -5", "SlopewiseGrading.cell_seconds must be"),
        ("cell_seconds = 0.5", "cell_seconds"),
        ("limits = {'memory': 0}", "SlopewiseGrading.limits: limit 'memory' must be between"),
        ("limits = {'memery': 1}", "there is no limit called 'memery'"),
        ("limits = 7", "limits"),
        ("scheduler = 'here'", "SlopewiseGrading.scheduler must be an address"),
        ("unboxed = 'perhaps'", "unboxed"),
        ("coers = 2", "there is no setting SlopewiseGrading.coers"),
    ],
)
def test_a_setting_without_sense(built: Path, tmp_path: Path, setting: str, words: str) -> None:
    classroom = Classroom(built, tmp_path / "course", f"c.SlopewiseGrading.{setting}")
    classroom.submit("ada", RIGHT)
    assert words in trouble(classroom)
    assert not (classroom.root / "autograded").exists()


def test_outputs_that_were_handed_in_are_never_believed(built: Path, tmp_path: Path) -> None:
    classroom = Classroom(built, tmp_path / "course", "c.Execute.enabled = False")
    classroom.submit("ada", RIGHT)
    assert "--no-execute would take a learner's word" in trouble(classroom)
    assert not (classroom.root / "autograded").exists()


def test_a_learner_whom_another_grader_has_just_entered_is_graded(
    classroom: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock = converter.CarefulFiles.init_assignment
    refused: list[str] = []

    def entered_twice(self: Any, assignment: str, student: str) -> None:
        if student == "ben" and not refused:
            refused.append(student)
            raise InvalidEntry("UNIQUE constraint failed: student.id")
        stock(self, assignment, student)

    monkeypatch.setattr(converter.CarefulFiles, "init_assignment", entered_twice)
    classroom.autograde()
    assert refused == ["ben"]
    assert classroom.scores() == {"ada": 20, "ben": 20}


def test_what_the_database_refused_and_was_done_again_is_no_traceback(
    classroom: Classroom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with classroom.course().gradebook() as book:
        book.add_student("ben")
    stock = Gradebook.find_student
    missed: list[str] = []

    def not_yet(self: Any, student: str) -> Any:
        if student == "ben" and not missed:
            missed.append(student)
            raise MissingEntry(student)
        return stock(self, student)

    monkeypatch.setattr(Gradebook, "find_student", not_yet)
    classroom.autograde()
    assert missed == ["ben"]
    assert classroom.scores() == {"ada": 20, "ben": 20}
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []


def test_a_kernel_that_died_is_in_the_log(classroom: Classroom) -> None:
    classroom.submit("ada", {**RIGHT, "half": "import os; os._exit(1)"})
    said = classroom.autograde()
    [line] = [line for line in said if line.startswith("WARNING: ada")]
    assert "The kernel stopped here" in line


def test_a_scheduler_that_is_not_there(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("slopewise.execution.pools._CONNECT_SECONDS", 1)
    setting = "c.SlopewiseGrading.scheduler = 'tcp://127.0.0.1:1'"
    classroom = Classroom(built, tmp_path / "course", setting)
    classroom.submit("ada", RIGHT)
    assert "no Dask scheduler answers at tcp://127.0.0.1:1" in trouble(classroom)


def test_a_locked_gradebook(classroom: Classroom) -> None:
    other = sqlite3.connect(classroom.root / "gradebook.db", isolation_level=None)
    other.execute("begin exclusive")
    try:
        line = trouble(classroom)
    finally:
        other.close()
    assert "locked" in line
    assert not classroom.path("ada").parent.exists()
    classroom.autograde()
    assert classroom.scores() == {"ada": 20, "ben": 20}


def test_a_gradebook_of_another_nbgrader(classroom: Classroom) -> None:
    with sqlite3.connect(classroom.root / "gradebook.db") as book:
        book.execute("alter table grade drop column extra_credit")
    book.close()
    assert "nbgrader db upgrade" in trouble(classroom)


def test_a_gradebook_that_is_none(classroom: Classroom) -> None:
    (classroom.root / "gradebook.db").write_text("a letter to the class " * 100)
    assert "the gradebook cannot be used" in trouble(classroom)


def test_a_full_disk(classroom: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    stock = files.write_whole

    def full(path: Path, text: bytes) -> None:
        if "ben" in str(path):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        stock(path, text)

    monkeypatch.setattr(converter, "write_whole", full)
    assert "the disk is full" in trouble(classroom)
    monkeypatch.undo()
    assert classroom.scores() == {"ada": 20}
    assert not classroom.path("ben").parent.exists()
    said = classroom.autograde()
    assert "graded 1, 1 of them from kept results, graded before 1" in said[-1]
    assert classroom.scores() == {"ada": 20, "ben": 20}


def test_no_box(classroom: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    from slopewise.errors import BoxError

    def nothing(*_: object, **__: object) -> None:
        raise BoxError("bubblewrap is not installed: run 'apt-get install bubblewrap'")

    monkeypatch.setattr("slopewise.execution.running.Session", nothing)
    assert "apt-get install bubblewrap" in trouble(classroom)
    assert not classroom.path("ada").parent.exists()


def test_the_command_says_it_in_one_line_and_fails(classroom: Classroom) -> None:
    with (classroom.root / "nbgrader_config.py").open("a") as file:
        file.write("c.SlopewiseGrading.cores = 0\n")
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", NAME],
        cwd=classroom.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "SlopewiseGrading.cores" in done.stderr


def test_a_run_that_is_stopped_says_so_and_goes_on_later(classroom: Classroom) -> None:
    for number in range(20):
        classroom.submit(f"s{number}", {**RIGHT, "which": f'which = "b"  # {number}'})
    # A run in the background of a shell would not be heard: there Ctrl-C is for the one in front.
    heard = "signal.signal(signal.SIGINT, signal.default_int_handler)"
    command = f"import runpy, signal; {heard}; runpy.run_module('nbgrader', run_name='__main__')"
    process = subprocess.Popen(
        [sys.executable, "-c", command, "autograde", NAME],
        cwd=classroom.root,
        stderr=subprocess.PIPE,
        text=True,
    )
    while process.poll() is None and not (classroom.root / "autograded").exists():
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode != 0
    assert said.count("what was graded before is kept") == 1
    assert "Traceback" not in said
    assert said.splitlines()[-1] == "slopewise: stopped"
    assert set(classroom.scores().values()) <= {20}
    classroom.autograde()
    assert len(classroom.scores()) == 22
    assert set(classroom.scores().values()) == {20}


def test_the_formgrader_s_way(classroom: Classroom) -> None:
    script = (
        "from nbgrader.apps import NbGraderAPI\n"
        "from traitlets.config.loader import PyFileConfigLoader\n"
        "config = PyFileConfigLoader('nbgrader_config.py', path='.').load_config()\n"
        "api = NbGraderAPI(config=config)\n"
        f"for student in ('ada', 'ben', 'ada'):\n"
        f"    print(api.autograde('{NAME}', student))\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-W", "ignore::DeprecationWarning", "-c", script],
        cwd=classroom.root, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.count("'success': True") == 3
    assert classroom.scores() == {"ada": 20, "ben": 20}
