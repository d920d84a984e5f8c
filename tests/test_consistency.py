"""A lesson that was changed after it was graded never yields points that it does not have."""

from __future__ import annotations

import csv
import json
from contextlib import closing
from pathlib import Path

import pytest

from slopewise import build
from slopewise.cli import main
from slopewise.errors import CourseError
from slopewise.notebook.course import Course
from tests.execution.classroom import RIGHT, WRONG, Classroom, built_course
from tests.test_times import command
from tests.tiny import HALF, HALF_CHECK, HEAD, NAME, TINY

pytestmark = pytest.mark.slow

THIRD = HALF.replace("half", "third").replace("x / 2", "x / 3")
THIRD_CHECK = (
    HALF_CHECK.replace("half", "third").replace("points=12", "points=5").replace("== 1", "!= 2")
)
CHANGED = HEAD + HALF + HALF_CHECK.replace("points=12", "points=15") + THIRD + THIRD_CHECK
"""The lesson without its second exercise, but another, and with more points for the first."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_course(tmp_path_factory.mktemp("built"))


def test_a_lesson_that_was_never_entered_is_one_line_and_not_one_a_learner(
    built: Path, tmp_path: Path
) -> None:
    classroom = Classroom(built, tmp_path / "course")
    classroom.submit("ada", RIGHT)
    (classroom.root / "gradebook.db").unlink()
    with pytest.raises(CourseError, match=f"{NAME}: is not in the gradebook; run `nbgrader gen"):
        classroom.autograde()
    assert not list((classroom.root / "autograded").rglob("*.ipynb"))


def test_a_lesson_changed_after_grading_is_graded_anew_or_not_at_all(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    classroom = Classroom(built, tmp_path / "course")
    root = classroom.root
    for name, answers in {"ada": RIGHT, "ben": RIGHT, "cora": WRONG}.items():
        classroom.submit(name, answers)
    classroom.autograde()
    with closing(classroom.course().gradebook()) as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate="2026-02-02 22:00 UTC")
        gradebook.grant_extension(NAME, "cora", days=2)
        gradebook.find_grade("half-check", NAME, NAME, "cora").manual_score = 3.0
        gradebook.find_comment("half", NAME, NAME, "cora").manual_comment = "Nearly."
        gradebook.find_grade("which-check", NAME, NAME, "cora").manual_score = 8.0
        gradebook.db.commit()

    text = root / "notebooks" / f"{NAME}.py"
    assert text.read_text() == TINY
    text.write_text(CHANGED)
    build.build(Course.find(root))
    told = (
        "01-tiny: the lesson was changed after it was entered in the gradebook (third is new, "
        "which is gone, half is worth 15 points, not 12); run `slopewise update 01-tiny`"
    )
    with pytest.raises(CourseError, match="run `slopewise update 01-tiny`"):
        classroom.autograde()
    for words in (("autograde", NAME, "--force"), ("generate_assignment", NAME)):
        done = command(root, *words)
        assert done.returncode != 0
        assert told in done.stderr
        assert "Traceback" not in done.stderr
    assert classroom.scores() == {"ada": 20, "ben": 20, "cora": 11}

    monkeypatch.chdir(root)
    assert main(["update", "1"]) == 0
    assert "grading 3 submissions again" in capsys.readouterr().out
    assert classroom.scores() == {"ada": 15, "ben": 15, "cora": 3}
    with closing(classroom.course().gradebook()) as gradebook:
        assert gradebook.find_assignment(NAME).max_score == 20
        assert str(gradebook.find_assignment(NAME).duedate) == "2026-02-02 22:00:00"
        assert gradebook.find_submission(NAME, "cora").extension.days == 2
        assert gradebook.find_comment("half", NAME, NAME, "cora").manual_comment == "Nearly."
    assert "graded before 3" in "\n".join(classroom.autograde())
    assert command(root, "generate_assignment", NAME).returncode == 0

    classroom.submit("dora", {"half": RIGHT["half"], "third": "def third(x):\n    return x / 3"})
    classroom.autograde()
    assert classroom.scores()["dora"] == 20
    assert command(root, "export", "--to=grades.csv").returncode == 0
    with (root / "grades.csv").open() as file:
        points = [(float(row["score"]), float(row["max_score"])) for row in csv.DictReader(file)]
    assert all(score <= maximum == 20 for score, maximum in points)

    # By the steps of a week, which the class page's button asks for; and back to what it was.
    text.write_text(TINY)
    build.build(Course.find(root))
    capsys.readouterr()
    assert main(["week", "1", "--json", "--only", "grade"]) == 1
    assert "was changed after it was entered" in capsys.readouterr().out
    assert main(["week", "1", "--json", "--only", "grade", "--only", "update"]) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["step"] for one in events if "step" in one] == ["update", "grade"]
    assert [one for one in events if "total" in one][-1] == {"done": 4, "total": 4}
    assert any("third is gone" in one.get("text", "") for one in events)
    assert classroom.scores() == {"ada": 20, "ben": 20, "cora": 11, "dora": 12}
