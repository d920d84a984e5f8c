"""A lesson's own solution goes first; where it does not get full marks, nobody is graded."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from slopewise.canary import Canary
from slopewise.cli import main
from slopewise.errors import CourseError
from slopewise.execution import CellOutcome, Outcome, Settings
from slopewise.grading import AnswerKey, read_key
from tests.execution.classroom import RIGHT, Classroom, built_course
from tests.tiny import NAME

NOTEBOOK = f"{NAME}/{NAME}.ipynb"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_course(tmp_path_factory.mktemp("built"))


@pytest.fixture
def key(built: Path) -> AnswerKey:
    known = built / "answers" / f"{NAME}.json"
    return read_key(built / "source" / NOTEBOOK, built / "solutions" / NOTEBOOK, known)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def outcome(key: AnswerKey, *, error: str = "", stopped: str = "") -> Outcome:
    """What cells that show nothing, or raise in the first of them, leave."""
    raised = {"output_type": "error", "ename": "ModuleNotFoundError", "evalue": error}
    count = sum(cell.cell_type == "code" for cell in key.source.cells)
    first = CellOutcome(1, ({**raised, "traceback": []},) if error else ())
    return Outcome((first, *(CellOutcome() for _ in range(count - 1))), stopped)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (
            lambda root: edit(root / "source" / NOTEBOOK, "return x / 2", "return x / 3"),
            "solutions/ was made from another source/",
        ),
        (
            lambda root: edit(root / "solutions" / NOTEBOOK, "12345.6", "12445.6"),
            "half differs from its reference",
        ),
    ],
    ids=["stale references", "other digits"],
)
def test_nobody_is_graded_and_the_cause_is_told(
    built: Path, tmp_path: Path, spoil: Callable[[Path], None], told: str
) -> None:
    classroom = Classroom(built, tmp_path / "course")
    spoil(classroom.root)
    classroom.submit("ada", RIGHT)
    with pytest.raises(CourseError, match="its own solution gets"):
        classroom.autograde()
    [line] = [line for line in classroom.lines if line.startswith("ERROR")]
    assert told in line
    assert "slopewise build" in line
    assert classroom.scores() == {}
    assert not (classroom.root / "autograded").exists()


def test_the_solution_is_run_once_for_all_runs(classroom_of_one: Classroom) -> None:
    classroom_of_one.autograde()
    assert classroom_of_one.scores() == {"ada": 20}
    assert len(classroom_of_one.results()) == 2
    files = {path: path.stat().st_ino for path in classroom_of_one.results()}  # none is replaced
    classroom_of_one.submit("ada", RIGHT, stamp="2026-01-16 12:00:00 UTC")
    classroom_of_one.autograde()
    assert {path: path.stat().st_ino for path in classroom_of_one.results()} == files


@pytest.fixture
def classroom_of_one(built: Path, tmp_path: Path) -> Classroom:
    classroom = Classroom(built, tmp_path / "course")
    classroom.submit("ada", RIGHT)
    return classroom


def test_a_module_that_the_box_does_not_show_is_named_with_its_place(
    key: AnswerKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere.py").touch()
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    canary = Canary(NAME, key, Settings())
    line = canary.trouble(outcome(key, error="No module named 'elsewhere'"))
    assert f"'elsewhere' lies in {tmp_path}, which the box does not show" in line
    line = canary.trouble(outcome(key, error="No module named 'nowhere_at_all'"), "tcp://w:1")
    assert "'nowhere_at_all' is not installed" in line
    assert "on tcp://w:1" in line


def test_a_solution_that_was_stopped_says_why(key: AnswerKey) -> None:
    line = Canary(NAME, key, Settings()).trouble(outcome(key, stopped="The memory was used up."))
    assert "The memory was used up." in line
    assert "limits" in line


def test_a_reference_that_is_missing_is_named(key: AnswerKey) -> None:
    less = AnswerKey(key.source, {}, {})
    line = Canary(NAME, less, Settings()).trouble(outcome(key))
    assert "holds no reference for half-check, which-check" in line


def test_the_doctor_tries_every_lesson(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    root = Classroom(built, tmp_path / "course").root
    edit(root / "source" / NOTEBOOK, "return x / 2", "return x / 3")
    assert main(["--course", str(root), "doctor"]) == 1
    lines = capsys.readouterr().out.splitlines()
    [row] = [at for at, line in enumerate(lines) if line.startswith(f"solution of {NAME}")]
    assert " NO " in lines[row]
    assert "nobody is graded" in " ".join(" ".join(lines[row : row + 8]).split())
    assert max(map(len, lines)) <= 100
