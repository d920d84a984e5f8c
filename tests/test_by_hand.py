"""Answers that a person grades, from the text lesson to feedback, report and exports."""

from __future__ import annotations

import copy
import csv
import json
import shutil
from contextlib import closing
from pathlib import Path

import nbformat
import pytest

from slopewise import build
from slopewise.cli import main
from slopewise.errors import BuildError
from slopewise.nbgrader.pages.results import read_open, read_total
from slopewise.notebook.course import Course
from slopewise.notebook.findings import Kind
from slopewise.notebook.released import read_released
from slopewise.scoring.record import record_of
from tests.execution.classroom import Classroom
from tests.tiny import HALF, HALF_CHECK, HEAD, NAME, make_course, source_of

ANSWER = "# Because two halves make up the whole, and neither of them is nothing.\n"
QUESTION = f"""
# %% [markdown]
# **Question `why` (5 points).** Why is the half smaller?

# %% [markdown] manual="why" points=5
{ANSWER}"""
DRAW = """
# %% manual="draw" points=3
### BEGIN SOLUTION
drawn = [half(number) for number in three]
### END SOLUTION
"""
LESSON = HEAD + HALF + HALF_CHECK + QUESTION + DRAW
TASK = """
# %% [markdown] task="sketch" points=3
# Sketch on paper what `half` does.
#
# ### BEGIN MARK SCHEME
# A straight line through the origin.
# ### END MARK SCHEME
"""
RIGHT = "def half(x):\n    return x / 2"
MINE = "Since it is **cut** in two."


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Classroom:
    built = tmp_path_factory.mktemp("by-hand") / "built"
    built.mkdir()
    build.build(make_course(built, n01_tiny=LESSON))
    room = Classroom(built, built.parent / "course")
    room.submit("ada", {"half": RIGHT, "why": MINE, "draw": "drawn = half(3)"})
    room.submit("bob", {"half": RIGHT, "draw": "drawn = 0"})
    folder = room.submit("cleo", {"half": RIGHT, "why": MINE, "draw": "drawn = 1"})
    path = folder / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.id != "draw"]
    nbformat.write(notebook, path)
    room.autograde()
    return room


def test_a_release_holds_the_question_and_not_the_answer(room: Classroom) -> None:
    released = (room.root / "release" / NAME / f"{NAME}.ipynb").read_text()
    assert "Why is the half smaller?" in released
    assert "YOUR ANSWER HERE" in released
    assert "neither of them is nothing" not in released
    cells = {cell.id: cell for cell in nbformat.reads(released, as_version=4).cells}
    assert cells["why"].cell_type == "markdown"
    assert cells["why"].metadata.nbgrader["points"] == 5
    solved = (room.root / "solutions" / NAME / f"{NAME}.ipynb").read_text()
    assert "neither of them is nothing" in solved


def test_what_a_learner_wrote_waits_and_what_was_left_has_no_points(room: Classroom) -> None:
    with closing(room.course().gradebook()) as gradebook:
        found = {
            (student, cell): gradebook.find_grade(cell, NAME, NAME, student)
            for student in ("ada", "bob", "cleo")
            for cell in ("half-check", "why", "draw")
        }
        scores = {key: (one.auto_score, one.needs_manual_grade) for key, one in found.items()}
    assert {key[0]: one for key, one in scores.items() if key[1] == "half-check"} == dict.fromkeys(
        ("ada", "bob", "cleo"), (12.0, False)
    )
    assert scores["ada", "why"] == scores["ada", "draw"] == (None, True)
    assert scores["bob", "why"] == (0.0, False)  # as it was released
    assert scores["cleo", "draw"] == (0.0, False)  # gone
    assert [one.kind for one in room.findings("cleo")] == [Kind.ANSWER_MISSING]
    record = record_of(room.notebook("ada"))
    assert (record.by_hand, record.asserted) == (("why", "draw"), ())
    cells = {cell.id: cell for cell in room.notebook("ada").cells}
    assert (cells["why"].cell_type, cells["why"].source) == ("markdown", MINE)


def test_check_says_what_a_person_grades(
    room: Classroom, capsys: pytest.CaptureFixture[str]
) -> None:
    path = room.root / "submitted" / "ada" / NAME / f"{NAME}.ipynb"
    assert main(["--course", str(room.root), "check", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{NAME}.ipynb: 12 of 12 points")
    assert lines[2:] == [
        "  … why        –/5  A person grades this.",
        "  … draw       –/3  A person grades this.",
    ]


def _export(room: Classroom, shape: str) -> list[list[str]]:
    path = room.root / f"{shape}.csv"
    assert main(["--course", str(room.root), "export", shape, "--to", str(path)]) == 0
    return list(csv.reader(path.read_text(encoding="utf-8").splitlines()))


def _table(room: Classroom, name: str) -> csv.DictReader[str]:
    text = (room.root / "report" / f"{name}.csv").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


def _page(room: Classroom, student: str) -> str:
    room.course().feedback(NAME)
    return (room.root / "feedback" / student / NAME / f"{NAME}.html").read_text()


def test_what_is_open_is_shown_as_open_until_a_person_has_graded_it(
    room: Classroom, capsys: pytest.CaptureFixture[str]
) -> None:
    page = _page(room, "ada")
    assert (read_total(page), read_open(page)) == ((12.0, 20.0), 8.0)
    assert "12 of 20 points so far" in page
    assert page.count("not looked at yet") == 2
    assert page.count("– of 3 points") + page.count("– of 5 points") == 4
    assert "no answer" in _page(room, "bob")
    canvas = _export(room, "canvas")
    assert [row[-1] for row in canvas[1:]] == ["20", "", "", ""]
    assert "3 grades left blank: points given by hand are still to be given" in (
        capsys.readouterr().out
    )
    assert [row[-1] for row in _export(room, "csv")[1:]] == ["open"] * 3
    assert main(["--course", str(room.root), "report"]) == 0
    assert "to be graded by hand: 4 answers in 3 submissions" in capsys.readouterr().out
    report = (room.root / "report" / "report.html").read_text()
    assert "4 answers wait for you" in report
    assert "Graded in part" in report
    rows = list(_table(room, "scores"))
    assert [(row["state"], row["open_points"]) for row in rows] == [
        ("graded in part", "8"),
        ("graded in part", "3"),
        ("graded in part", "5"),
    ]

    with closing(room.course().gradebook()) as gradebook:
        for student, cell, points in (("ada", "why", 4.5), ("ada", "draw", 3), ("bob", "draw", 1)):
            grade = gradebook.find_grade(cell, NAME, NAME, student)
            grade.manual_score, grade.needs_manual_grade = points, False
        comment = gradebook.find_comment("why", NAME, NAME, "ada")
        comment.manual_comment = "Well said; and *if* it is below 0?"
        gradebook.db.commit()
    page = _page(room, "ada")
    assert (read_total(page), read_open(page)) == ((19.5, 20.0), 0.0)
    assert "so far" not in page
    assert "Well said; and <em>if</em> it is below 0?" in page
    assert [row[-1] for row in _export(room, "canvas")[2:]] == ["19.5", "13", ""]
    assert main(["--course", str(room.root), "report"]) == 0
    states = {
        (row["learner"], row["exercise"]): (row["state"], row["points"])
        for row in _table(room, "answers")
    }
    assert states["ada", "why"] == ("graded by hand", "4.5")
    assert states["cleo", "why"] == ("to be graded by hand", "")
    assert states["ada", "half"] == ("right", "12")

    # Graded again, a person's points and words stay; nbgrader asks for another look, as ever.
    shutil.rmtree(room.root / "autograded" / "ada")
    room.autograde("ada")
    with closing(room.course().gradebook()) as gradebook:
        grade = gradebook.find_grade("why", NAME, NAME, "ada")
        assert (grade.score, grade.needs_manual_grade) == (4.5, True)
        assert gradebook.find_comment("why", NAME, NAME, "ada").comment.startswith("Well said")
    assert read_total(_page(room, "ada")) == (19.5, 20.0)


def test_an_answer_is_found_without_ids_and_metadata(room: Classroom) -> None:
    folder = room.submit("dora", {"half": RIGHT, "why": MINE})
    path = folder / f"{NAME}.ipynb"
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        del cell["id"]
    notebook["nbformat_minor"] = 4
    path.write_text(json.dumps(notebook))
    room.autograde("dora")
    cells = {cell.id: cell for cell in room.notebook("dora").cells}
    assert cells["why"].source == MINE
    assert "nbgrader" in cells["why"].metadata


def test_of_two_copies_the_later_counts_and_both_can_be_read(room: Classroom) -> None:
    folder = room.submit("emil", {"half": RIGHT, "why": MINE})
    path = folder / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    other = copy.deepcopy(next(cell for cell in notebook.cells if cell.id == "why"))
    other.id, other.source = "another", "On second thoughts, no."
    notebook.cells.append(other)
    nbformat.write(notebook, path)
    room.autograde("emil")
    graded = room.notebook("emil")
    (counted,) = [cell for cell in graded.cells if cell.id == "why"]
    assert counted.source == "On second thoughts, no."
    assert MINE in [cell.source for cell in graded.cells]
    assert [one.kind for one in room.findings("emil")] == [Kind.EXERCISE_DUPLICATED]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('manual="why" points=5', 'manual="why"'), "an answer that a person grades needs points"),
        (
            ('manual="why"', 'manual="why" exercise="why"'),
            "is two of exercise, check, manual",
        ),
        (('manual="why"', 'manual="the why"'), "is no name"),
        (('manual="why"', 'manual="half"'), "duplicate grade_id"),
        (('manual="why" points=5', 'task="why"'), "a task needs points above 0"),
        ((DRAW, '\n# %% task="draw" points=3\ndrawn = 0\n'), "a task is told in prose"),
        (
            (ANSWER, "# ### BEGIN MARK SCHEME\n# One point.\n# ### END MARK SCHEME\n"),
            "has a ### BEGIN MARK SCHEME but is not a task",
        ),
        ((ANSWER, ""), "holds no answer"),
    ],
)
def test_what_makes_no_sense_is_one_line(
    change: tuple[str, str], words: str, tmp_path: Path
) -> None:
    with pytest.raises(BuildError) as caught:
        source_of(LESSON.replace(*change), tmp_path)
    assert words in str(caught.value)


def test_a_release_that_holds_the_answer_elsewhere_is_refused(tmp_path: Path) -> None:
    leak = f"\n# %% [markdown]\n{ANSWER}"
    course = make_course(tmp_path, n01_tiny=LESSON + leak)
    with pytest.raises(BuildError, match="holds the whole solution of exercise 'why'"):
        build.build(Course(course.root))


def test_a_task_is_left_open_and_its_scheme_is_not_released(tmp_path: Path) -> None:
    built = tmp_path / "built"
    built.mkdir()
    build.build(make_course(built, n01_tiny=LESSON.replace(DRAW, TASK)))
    lesson = Course(built).lesson(NAME)
    assert [(one.name, one.points) for one in lesson.by_hand] == [("why", 5), ("sketch", 3)]
    assert read_released(lesson.path_in("release")).by_hand == lesson.by_hand
    release = lesson.path_in("release").read_text(encoding="utf-8")
    assert "Sketch on paper" in release
    assert "straight line" not in release
    assert "straight line" in lesson.path_in("source").read_text(encoding="utf-8")
    room = Classroom(built, tmp_path / "course")
    room.submit("ada", {"half": RIGHT, "why": MINE})
    room.autograde()
    assert not room.findings("ada")
    graded = room.notebook("ada")
    assert set(record_of(graded).by_hand) == {"why", "sketch"}
    assert "straight line" in next(cell.source for cell in graded.cells if cell.id == "sketch")
    page = _page(room, "ada")
    assert "Sketch on paper" in page
    assert "straight line" not in page
