"""What an instructor does in a week by command: extensions, exports, lateness, typing errors."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from traitlets import TraitError
from traitlets.config import Config

from slopewise.cli import main
from slopewise.errors import CourseError
from slopewise.nbgrader.deadlines.extensions import grant_extension
from slopewise.nbgrader.deadlines.lateness import DAY, LatePenalty, spend_late_days
from slopewise.nbgrader.deadlines.penalties import LatePolicy
from slopewise.nbgrader.learners.sections import write_sections
from slopewise.nbgrader.plain_log import without_chatter
from tests.test_report import DUE, LESSON, made, make_course, rows

__all__ = ["made"]
HOUR = 3600.0


@pytest.fixture
def gradebook(tmp_path: Path) -> Iterator[Any]:
    make_course(tmp_path)
    with closing(Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}", "tiny")) as opened:
        opened.add_assignment(LESSON, duedate=DUE)
        opened.add_assignment("02-second")
        opened.add_student("ada")
        yield opened


def rule(**settings: Any) -> LatePolicy:
    config = Config({"LatePenalty": settings})
    config.AssignLatePenalties.plugin_class = "slopewise.nbgrader.deadlines.lateness.LatePenalty"
    return LatePolicy(config)


def test_an_extension_counts_from_the_due_date_and_replaces_an_earlier_one(gradebook: Any) -> None:
    grant_extension(gradebook, LESSON, "ada", 7)
    assert grant_extension(gradebook, LESSON, "ada", 3) == DUE + timedelta(days=3)
    assert gradebook.find_submission(LESSON, "ada").extension == timedelta(days=3)
    assert grant_extension(gradebook, LESSON, "ada", 0) == DUE
    assert gradebook.find_submission(LESSON, "ada").extension is None


@pytest.mark.parametrize(
    ("lesson", "learner", "days", "line"),
    [
        (LESSON, "nobody", 3, "nobody: is nobody of this class"),
        ("02-second", "ada", 3, "02-second: has no due date"),
        ("03-third", "ada", 3, "03-third: is not in the gradebook"),
        (LESSON, "ada", -1, "an extension is from 0"),
        (LESSON, "ada", float("nan"), "an extension is from 0"),
    ],
)
def test_an_extension_that_makes_no_sense_is_a_line_and_changes_nothing(
    gradebook: Any, lesson: str, learner: str, days: float, line: str
) -> None:
    with pytest.raises(CourseError, match=line):
        grant_extension(gradebook, lesson, learner, days)
    assert not gradebook.assignment_submissions(LESSON)


def test_extend_export_and_report_by_command(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    root = tmp_path / "course"
    shutil.copytree(made, root)
    monkeypatch.chdir(root)
    (root / "submitted" / "ada" / LESSON).mkdir(parents=True, exist_ok=True)
    (root / "submitted" / "ada" / LESSON / "essay.pdf").write_bytes(b"%PDF")
    assert main(["extend", "ben", LESSON, "--days", "3"]) == 0
    assert "ben, 01-first: due 2026-03-05 12:00 UTC" in capsys.readouterr().out
    with closing(Gradebook(f"sqlite:///{root / 'gradebook.db'}", "tiny")) as gradebook:
        gradebook.add_student("zoe")
    assert main(["extend", "zoe", LESSON, "--days", "1.5"]) == 0
    write_sections(root, {"ada": "North"})
    for shape, name in (("canvas", "canvas.csv"), ("moodle", "m.csv"), ("csv", "grades.csv")):
        words = [] if shape != "moodle" else ["--to", name]
        assert main(["export", shape, *words]) == 0
        text = (root / name).read_text(encoding="utf-8")
        assert "ada" in text
    with (root / "canvas.csv").open(encoding="utf-8", newline="") as file:
        assert [one["Section"] for one in csv.DictReader(file) if one["SIS Login ID"] == "ada"] == [
            "North"
        ]
    (line,) = [one for one in (root / "m.csv").read_text().splitlines() if one.startswith("zoe")]
    assert line.endswith(",,"), "an extension is no submission"
    assert main(["report"]) == 0
    assert rows(root, "not-graded.csv")[0]["learner"] == "ada"
    assert "holds no notebook, only essay.pdf" in (root / "report" / "report.html").read_text()
    states = {one["learner"]: one["state"] for one in rows(root, "scores.csv")}
    assert states["zoe"] == "not submitted"
    assert main(["export", "canvas", "--to", str(root / "m.csv" / "below.csv")]) == 1
    (complaint,) = capsys.readouterr().err.splitlines()
    assert "cannot be written" in complaint


def test_percent_a_day_begins_with_each_day_after_the_grace() -> None:
    policy = rule(percent_a_day=10, grace_hours=1)
    assert policy.penalty("ada", 20, HOUR) == 0
    assert policy.penalty("ada", 20, HOUR + 1) == 2
    assert policy.penalty("ada", 20, DAY) == 2
    assert policy.penalty("ada", 20, DAY + 1) == 4
    assert policy.penalty("ada", 20, 30 * DAY) == 20
    assert policy.words == (
        "Lateness costs 10% of the points for each begun day; nothing within 1 hour."
    )


def test_without_a_setting_lateness_costs_nothing_and_nothing_is_said() -> None:
    assert rule().penalty("ada", 20, DAY) == 0
    assert rule().words == ""


def test_nbgraders_own_setting_goes_on_working() -> None:
    config = Config()
    config.AssignLatePenalties.plugin_class = LatePenalty
    config.LateSubmissionPlugin.penalty_method = "zero"
    assert LatePolicy(config).penalty("ada", 20, 1) == 20


@pytest.mark.parametrize(
    "settings", [{"percent_a_day": 101.0}, {"grace_hours": -1.0}, {"late_days": float("nan")}]
)
def test_a_rule_that_makes_no_sense_is_a_line(settings: dict[str, float]) -> None:
    with pytest.raises(TraitError, match="has to be from 0"):
        LatePenalty(**settings)
    with pytest.raises(CourseError, match="the rule for late submissions cannot be used"):
        rule(**settings)


def test_late_days_in_hand_are_spent_by_deadline() -> None:
    first, second, third = (datetime(2026, 3, day) for day in (2, 9, 16))
    late = [
        ("ada", third, DAY),
        ("ada", first, 1.5 * DAY),
        ("ben", second, 5 * DAY),
        ("ada", second, HOUR),
    ]
    assert spend_late_days(late, 3) == [DAY, 0.0, 2 * DAY, 0.0]
    assert spend_late_days(late, 3, grace_seconds=HOUR) == [0.0, 0.0, 2 * DAY, HOUR]
    assert spend_late_days(late, 0) == [seconds for _, _, seconds in late]
    assert spend_late_days([], 3) == []


def test_a_dialog_shows_no_debugging_and_no_removal_of_old_files() -> None:
    log = (
        "[INFO] Converting\n[DEBUG] Applying\n  its second line\n"
        "[WARNING] Removing existing assignment: x\n[ERROR] It failed\n  because\n"
    )
    assert without_chatter(log) == "[INFO] Converting\n[ERROR] It failed\n  because\n"


def test_the_bare_command_shows_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "COMMAND" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["repot"], "there is no 'repot'; did you mean report?"),
        (["build", "--chek"], "did you mean --check?"),
        (["export", "canvass"], "did you mean canvas?"),
    ],
)
def test_a_typing_error_gets_a_suggestion(
    words: list[str], meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert meant in line


def test_a_mistyped_lesson_gets_a_suggestion(course: Any) -> None:
    with pytest.raises(CourseError, match="did you mean 01-manual-numpy"):
        course.lesson("01-manual-numy")
