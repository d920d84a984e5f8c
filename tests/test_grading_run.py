"""`nbgrader autograde` through the real pipeline: scores, kept results, interruptions."""

from __future__ import annotations

import base64
import gc
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from slopewise.errors import CourseError
from slopewise.execution import Job, Settings, run
from slopewise.figures.ready import seal
from slopewise.grading import job_for
from slopewise.nbgrader.settings import modules_of
from slopewise.notebook.course import Course
from slopewise.scoring.record import read_verdicts
from tests.execution.classroom import RIGHT, WRONG, Classroom, built_course
from tests.notebooks import REPOSITORY, own_lessons
from tests.tiny import NAME

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_course(tmp_path_factory.mktemp("built"))


@pytest.fixture
def classroom(built: Path, tmp_path: Path) -> Classroom:
    return Classroom(built, tmp_path / "course")


def rows(root: Path) -> list[tuple[object, ...]]:
    """Everything that the gradebook holds of grading, without ids and times."""
    with sqlite3.connect(root / "gradebook.db") as book:
        grades = book.execute(
            "select s.student_id, c.name, g.auto_score, g.manual_score, g.needs_manual_grade,"
            " g.extra_credit from grade g join submitted_notebook n on g.notebook_id = n.id"
            " join submitted_assignment s on n.assignment_id = s.id"
            " join base_cell c on c.id = g.cell_id order by 1, 2"
        ).fetchall()
        comments = book.execute(
            "select s.student_id, c.name, m.auto_comment, m.manual_comment from comment m"
            " join submitted_notebook n on m.notebook_id = n.id"
            " join submitted_assignment s on n.assignment_id = s.id"
            " join base_cell c on c.id = m.cell_id order by 1, 2"
        ).fetchall()
        submissions = book.execute(
            "select student_id, timestamp, extension from submitted_assignment order by 1"
        ).fetchall()
        courses = book.execute("select id from course order by 1").fetchall()
    book.close()
    return [*grades, *comments, *submissions, *courses]


def test_right_full_wrong_none_blank_none(classroom: Classroom) -> None:
    classroom.submit("ada", RIGHT)
    classroom.submit("ben", {})
    classroom.submit("cora", WRONG)
    said = classroom.autograde()
    assert classroom.scores() == {"ada": 20, "ben": 0, "cora": 8}
    assert "INFO: ada: 20/20" in said
    assert said[-1].startswith(f"INFO: {NAME}: handed in 3: graded 3, in ")
    notebook = classroom.notebook("ada")
    counts = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]
    assert counts == [1, 2, 3, 4, 5]


def test_a_server_that_grades_again_and_again_frees_what_it_needs_no_more(
    classroom: Classroom,
) -> None:
    classroom.submit("ada", RIGHT)
    before = gc.get_freeze_count()
    classroom.autograde()
    assert gc.get_freeze_count() == before


def test_what_is_recorded_is_what_nbgrader_records(classroom: Classroom, tmp_path: Path) -> None:
    stock = tmp_path / "stock"
    classroom.submit("ada", RIGHT)
    classroom.submit("ben", {}, stamp=None)
    classroom.submit("cora", WRONG)
    shutil.copytree(classroom.root, stock)
    classroom.autograde()
    # The same preprocessors in nbgrader's own converter, which opens gradebooks as it does.
    script = (
        "import sys; from nbgrader.apps import AutogradeApp\n"
        "from slopewise.nbgrader import converter, gradebook\n"
        "import contextlib\n"
        "gradebook.sharing.__globals__['_USERS'] = ()\n"
        "@contextlib.contextmanager\n"
        "def stock(book): yield\n"
        "converter.sharing = stock\n"
        f"AutogradeApp.launch_instance(['{NAME}'])\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=stock, check=True, capture_output=True)
    assert rows(classroom.root) == rows(stock)


def test_what_was_graded_is_skipped_and_what_changed_is_run(classroom: Classroom) -> None:
    classroom.submit("ada", RIGHT)
    classroom.submit("ben", WRONG)
    classroom.autograde()
    assert "graded before 2" in classroom.autograde()[-1]
    shutil.rmtree(classroom.root / "autograded")
    assert "graded 2, 2 of them from kept results" in classroom.autograde()[-1]
    classroom.submit("ben", RIGHT, stamp="2026-01-16 12:00:00 UTC")
    said = classroom.autograde()
    assert "INFO: ben: 20/20 (kept result)" not in said or len(classroom.results()) == 3
    assert "graded before 1" in said[-1]
    assert classroom.scores() == {"ada": 20, "ben": 20}


def test_pictures_are_told_in_words_unless_they_are_asked_for(built: Path, tmp_path: Path) -> None:
    drawing = "from slopewise import figures\nfigures.paths({'w': [0, 1, 2]})\n"
    answer = {**RIGHT, "half": drawing + RIGHT["half"]}
    kinds = []
    for number, setting in enumerate(("", "c.SlopewiseGrading.pictures = True")):
        classroom = Classroom(built, tmp_path / str(number), setting)
        classroom.submit("ada", answer)
        classroom.autograde()
        assert classroom.scores() == {"ada": 20}
        [cell] = [cell for cell in classroom.notebook("ada").cells if cell.id == "half"]
        [output] = cell.outputs
        assert "w goes from 0 to 2" in output.data["text/plain"]
        kinds.append(set(output.data))
    assert kinds == [{"text/plain"}, {"text/plain", "image/png"}]


def test_a_picture_of_the_solution_is_not_drawn_again(built: Path, tmp_path: Path) -> None:
    """Another picture under the name of the solution's shows which of the two is taken."""
    classroom = Classroom(built, tmp_path / "course", "c.SlopewiseGrading.pictures = True")
    drawing = "from slopewise import figures\nfor last in (2, 3): figures.paths({'w': [1, last]})\n"
    answer = {**RIGHT, "half": drawing + RIGHT["half"]}
    classroom.submit("ada", answer)
    job = Job((drawing,), pictures=True, modules=modules_of(REPOSITORY))
    name = run(job).cells[0].outputs[0]["metadata"]["image/png"]["name"]
    path = classroom.root / "solutions" / NAME / f"{NAME}.ipynb"
    solution = nbformat.read(path, as_version=4)
    cell = next(cell for cell in solution.cells if cell.id == "half")
    data = {"image/png": base64.b64encode(b"the solution's").decode()}
    cell.outputs = [
        nbformat.v4.new_output("display_data", data, metadata={"image/png": {"name": name}})
    ]
    nbformat.write(solution, path)
    classroom.autograde()
    [cell] = [cell for cell in classroom.notebook("ada").cells if cell.id == "half"]
    first, second = (base64.b64decode(output.data["image/png"]) for output in cell.outputs)
    assert first == b"the solution's"
    assert second.startswith(b"\x89PNG")


def test_pictures_are_made_ready_where_they_are_drawn_and_damaged_ones_are_left_out() -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    pictures = (("a" * 64, "aGFs\nbG8="), ("b" * 64, "no base64!"))
    assert job_for(notebook, Settings(), (), pictures).ready == ()
    drawn = job_for(notebook, Settings(pictures=True), (), pictures)
    assert drawn.ready == (seal("a" * 64, b"hallo"),)


def test_the_course_s_solutions_have_pictures_with_names(course: Course) -> None:
    for lesson in own_lessons(course):
        solution = nbformat.read(lesson.path_in("solutions"), as_version=4)
        pictures = [
            output.metadata["image/png"]["name"]
            for cell in solution.cells
            for output in cell.get("outputs", ())
            if "image/png" in output.get("data", {})
        ]
        assert len(pictures) >= 3, lesson.name
        assert all(len(name) == 64 for name in pictures), lesson.name


def test_a_run_tells_where_its_time_went(built: Path, tmp_path: Path) -> None:
    setting = "c.SlopewiseGrading.timings = 'grading/timings.json'"
    classroom = Classroom(built, tmp_path / "course", setting)
    classroom.submit("ada", RIGHT)
    classroom.autograde()
    seconds = json.loads((classroom.root / "grading/timings.json").read_text())
    assert list(seconds) == ["start", "sanitise", "execute", "verdict", "record"]
    assert all(one > 0 for one in seconds.values())


def test_kept_results_give_the_same_notebooks(classroom: Classroom) -> None:
    classroom.submit("ada", RIGHT)
    classroom.submit("ben", {"half": "1 / 0"})
    classroom.autograde()
    before = [classroom.path(name).read_bytes() for name in ("ada", "ben")]
    shutil.rmtree(classroom.root / "autograded")
    classroom.autograde()
    assert [classroom.path(name).read_bytes() for name in ("ada", "ben")] == before


def test_ahead_or_not_gives_the_same_notebooks(built: Path, tmp_path: Path) -> None:
    both = [
        Classroom(built, tmp_path / "one", "c.SlopewiseGrading.cores = 1"),
        Classroom(built, tmp_path / "four", "c.SlopewiseGrading.cores = 4"),
    ]
    for classroom in both:
        for number in range(6):
            classroom.submit(f"s{number}", {**RIGHT, "half": f"half = lambda x: x / {number}"})
    both[0].autograde()
    for number in range(6):  # each by itself, as the Formgrader asks
        both[1].autograde(f"s{number}")
    for number in range(6):
        found = [classroom.path(f"s{number}").read_bytes() for classroom in both]
        assert found[0] == found[1]
    assert both[0].scores() == both[1].scores()


@pytest.mark.parametrize("damage", ["no file", "no record", "cut", "old scores", "old gradebook"])
def test_half_recorded_is_graded_again(classroom: Classroom, damage: str) -> None:
    for name in ("ada", "ben"):
        classroom.submit(name, RIGHT)
    classroom.autograde()
    path = classroom.path("ada")
    whole = path.read_bytes()
    if damage == "no file":
        path.unlink()
    elif damage == "no record":
        path.unlink()
        shutil.copy(classroom.root / "submitted" / "ada" / NAME / f"{NAME}.ipynb", path)
    elif damage == "cut":
        path.chmod(0o644)
        path.write_bytes(whole[:1000])
    else:
        book = classroom.course().gradebook()
        if damage == "old scores":
            book.find_grade("half-check", NAME, NAME, "ada").auto_score = 1.0
            book.db.commit()
        else:
            book.remove_submission(NAME, "ada")
        book.close()
    said = classroom.autograde()
    assert "does not say what the gradebook says" in "\n".join(said)
    assert "graded 1, 1 of them from kept results, graded before 1" in said[-1]
    assert classroom.scores() == {"ada": 20, "ben": 20}
    assert path.read_bytes() == whole


@pytest.mark.parametrize("moment", [0.2, 0.5, 1.0, 1.5, 2.0, 3.0])
def test_killed_at_any_moment_it_goes_on(built: Path, tmp_path: Path, moment: float) -> None:
    classroom = Classroom(built, tmp_path / "course")
    for number in range(12):
        classroom.submit(f"s{number:02}", {**RIGHT, "which": f'which = "b"  # {number}'})
    process = subprocess.Popen(
        [sys.executable, "-m", "nbgrader", "autograde", NAME],
        cwd=classroom.root,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None and not (classroom.root / "autograded").exists():
        time.sleep(0.02)
    time.sleep(moment / 4)
    if process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()
    for _, count in _grades_by_student(classroom.root):
        assert count == 2  # nobody has half
    kept = max(0, len(classroom.results()) - 1)  # one may be the lesson's own solution
    said = classroom.autograde()
    assert set(classroom.scores().values()) == {20}
    assert len(classroom.scores()) == 12
    assert len(classroom.results()) == 13
    assert not list(classroom.root.glob("autograded/**/.new-*"))
    runs = sum(line.endswith(": 20/20") for line in said)
    assert runs <= 12 - kept


def _grades_by_student(root: Path) -> list[tuple[str, int]]:
    with sqlite3.connect(root / "gradebook.db") as book:
        found = book.execute(
            "select s.student_id, count(g.auto_score) from submitted_assignment s"
            " join submitted_notebook n on n.assignment_id = s.id"
            " join grade g on g.notebook_id = n.id group by 1"
        ).fetchall()
    book.close()
    return found


def test_time_outs_are_run_again(built: Path, tmp_path: Path) -> None:
    classroom = Classroom(built, tmp_path / "course", "c.SlopewiseGrading.cell_seconds = 1")
    classroom.submit("ada", {**RIGHT, "half": "while True: pass"})
    classroom.autograde()
    assert classroom.scores() == {"ada": 8}
    assert len(classroom.results()) == 1  # of the lesson's own solution, which is in time
    (verdict, _) = read_verdicts(classroom.notebook("ada"))
    assert verdict.points == 0


def test_one_that_cannot_be_graded_stops_nobody(
    classroom: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    from slopewise.nbgrader.recording import RecordScores

    stock = RecordScores.preprocess

    def fails(self: RecordScores, nb: object, resources: dict[str, dict[str, str]]) -> object:
        if resources["nbgrader"]["student"] == "ben":
            raise ValueError("two\nlines")
        return stock(self, nb, resources)

    monkeypatch.setattr(RecordScores, "preprocess", fails)
    for name in ("ada", "ben", "cora"):
        classroom.submit(name, RIGHT)
    with pytest.raises(CourseError, match="1 of 3 submissions could not be graded"):
        classroom.autograde()
    assert classroom.scores() == {"ada": 20, "cora": 20}
    assert not classroom.path("ben").parent.exists()
    assert f"ERROR: ben, {NAME}: not graded: ValueError: two lines" in classroom.lines
    monkeypatch.undo()
    assert "graded 1, 1 of them from kept results, graded before 2" in classroom.autograde()[-1]
    assert classroom.scores() == {"ada": 20, "ben": 20, "cora": 20}


def test_manual_scores_stay(classroom: Classroom) -> None:
    classroom.submit("ada", WRONG)
    classroom.autograde()
    book = classroom.course().gradebook()
    book.find_grade("half-check", NAME, NAME, "ada").manual_score = 5.0
    book.db.commit()
    book.close()
    classroom.submit("ada", RIGHT, stamp="2026-02-15 12:00:00 UTC")
    classroom.autograde()
    assert classroom.scores() == {"ada": 13}
    book = classroom.course().gradebook()
    grade = book.find_grade("half-check", NAME, NAME, "ada")
    assert (grade.auto_score, grade.needs_manual_grade) == (12, True)
    book.close()
