"""The report on real gradebooks and notebooks as grading leaves them; no kernel is needed."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup, Tag
from nbgrader.api import Gradebook, Student
from sqlalchemy import insert

from slopewise.cli import main
from slopewise.environment import put_tools_on_path
from slopewise.nbgrader.exchange.attempts import Attempt
from slopewise.notebook.findings import Finding, Kind
from slopewise.report import gradebook as reading
from slopewise.report.attempts import lesson_attempts
from slopewise.report.model import ClassRecord, LessonRecord
from slopewise.report.statistics import discrimination, reliability
from slopewise.scoring import ProbeVerdict, State, Verdict
from slopewise.scoring.record import Record, write_record
from tests.notebooks import REPOSITORY

LESSON, SECOND = "01-first", "02-second"
EVIL = "<script>alert(1)</script>"
DUE = datetime(2026, 3, 2, 12)


@dataclass(frozen=True)
class Given:
    """What a learner has for the exercises `a` (2 points) and `b` (4), and how late, in hours."""

    learner: str
    a: float
    b: float
    late: float = 0.0


CLASS = (
    Given("ada", 2, 4),
    Given("ben", 2, 4, late=27),
    Given("cyd-o", 2, 4),
    Given("dee", 0, 2),
    Given("<b>gus", 0, 0),
)


def verdict(exercise: str, points: float, maximum: float, learner: str) -> Verdict:
    """What grading finds: half the points are a known mistake, none a learner's own exception."""
    right = (ProbeVerdict("three_points", True), ProbeVerdict("one_point", True))
    if points == maximum:
        return Verdict(exercise, State.RIGHT, points, maximum, "Every question right.", right)
    explanation = f"your code raised ValueError: {EVIL} by {learner}"
    wrong = ProbeVerdict("one_point", False, explanation)
    if points:
        message = "Too large: `np.dot` has summed."
        return Verdict(
            *(exercise, State.PARTLY_RIGHT, points, maximum, message),
            *((right[0], wrong), "sum for mean"),
        )
    if exercise == "a":
        probes = (ProbeVerdict("three_points", False, "there is no answer yet"),)
        return Verdict(exercise, State.NOT_ATTEMPTED, 0.0, maximum, "Not attempted yet.", probes)
    return Verdict(exercise, State.RAISED, 0.0, maximum, explanation, (wrong,))


def make_course(root: Path) -> None:
    """A course of two lessons; the first is graded, of the second one submission waits."""
    put_tools_on_path()
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    with (root / "nbgrader_config.py").open("a") as file:
        file.write('c.AssignLatePenalties.plugin_class = "tests.late.OneAndAHalf"\n')
    for name in (LESSON, SECOND):
        (root / "source" / name).mkdir(parents=True)
        source = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_markdown_cell(f"# The title of {name}\n\nProse.")]
        )
        for exercise in ("b", "a"):
            cell = nbformat.v4.new_code_cell()
            cell.metadata["nbgrader"] = {"grade": True, "grade_id": f"{exercise}-check"}
            source.cells.append(cell)
        nbformat.write(source, root / "source" / name / f"{name}.ipynb")


def make_gradebook(root: Path) -> None:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "slopewise") as gradebook:
        for name in (LESSON, SECOND):
            gradebook.add_assignment(name, duedate=DUE)
            gradebook.add_notebook(name, name)
            for exercise, points in (("a", 2), ("b", 4)):
                gradebook.add_grade_cell(
                    f"{exercise}-check", name, name, max_score=points, cell_type="code"
                )
        for given in CLASS:
            # As entered before there was a rule for ids: what is there already is still shown.
            gradebook.db.execute(insert(Student).values(id=given.learner))
            grade(gradebook, root, given)
        gradebook.add_student("hal", first_name="Hal", last_name="Núñez")
        gradebook.add_student("ivy", first_name="Ivy", last_name="Núñez")
    (root / "submitted" / "ivy" / SECOND).mkdir(parents=True)


def grade(gradebook: Gradebook, root: Path, given: Given) -> None:
    submitted = DUE + timedelta(hours=given.late or -1)
    gradebook.add_submission(LESSON, given.learner, timestamp=submitted)
    verdicts = []
    for exercise, score, points in (("a", given.a, 2.0), ("b", given.b, 4.0)):
        row = gradebook.find_grade(f"{exercise}-check", LESSON, LESSON, given.learner)
        row.auto_score, row.needs_manual_grade = score, False
        verdicts.append(verdict(exercise, score, points, given.learner))
    gradebook.db.commit()
    notebook = nbformat.v4.new_notebook()
    text = f"The check's points said {EVIL} instead of 2; restored."
    changed = (Finding(Kind.POINTS_CHANGED, "a-check", text),) if given.learner == "dee" else ()
    write_record(notebook, Record(tuple(verdicts), changed))
    folder = root / "autograded" / given.learner / LESSON
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{LESSON}.ipynb")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("class")
    make_course(root)
    make_gradebook(root)
    return root


@pytest.fixture
def graded(made: Path, tmp_path: Path) -> Path:
    """A copy of the class, to be spoilt."""
    return Path(shutil.copytree(made, tmp_path / "class"))


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A course that nobody has graded in."""
    make_course(tmp_path)
    return tmp_path


def report(root: Path, *arguments: str) -> int:
    return main(["--course", str(root), "report", *arguments])


def page(root: Path) -> BeautifulSoup:
    return BeautifulSoup((root / "report" / "report.html").read_text("utf-8"), "html.parser")


def rows(root: Path, name: str) -> list[dict[str, str]]:
    text = (root / "report" / name).read_bytes().decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def text(tag: Tag | BeautifulSoup | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


def line_of(capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that a failure prints."""
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert "Traceback" not in printed.err
    return printed.err


# ---------------------------------------------------------------- what is shown


def test_the_numbers_are_those_worked_out_by_hand(graded: Path) -> None:
    assert report(graded) == 0
    lesson, second = rows(graded, "lessons.csv")
    # Points that count: 6, 6 − 1.5, 6, 2, 0.
    assert (lesson["graded"], lesson["not_submitted"]) == ("5", "2")
    assert (lesson["mean"], lesson["median"]) == ("3.7", "4.5")
    assert (lesson["lower_quartile"], lesson["upper_quartile"]) == ("2", "6")
    assert (second["graded"], second["not_graded_yet"], second["not_submitted"]) == ("0", "1", "6")
    b, a = rows(graded, "exercises.csv")[:2]
    assert (b["exercise"], a["exercise"]) == ("b", "a")  # as in the instructor's copy
    assert (a["success"], b["success"]) == ("0.6", "0.7")
    # a: 2 2 2 0 0, b: 4 4 4 2 0; r = 7.2 / sqrt(4.8 · 12.8)
    assert a["discrimination"] == b["discrimination"] == "0.918559"
    assert (a["not_attempted"], b["raised"], b["partly_right"]) == ("2", "1", "1")
    (held,) = rows(graded, "misconceptions.csv")
    assert (held["misconception"], held["learner"], held["exercise"]) == (
        "sum for mean",
        "dee",
        "b",
    )
    questions = {(row["exercise"], row["question"]): row for row in rows(graded, "questions.csv")}
    # What raises everywhere says nothing of one question.
    assert questions["b", "one point"]["failed"] == "1"
    assert questions["b", "one point"]["attempts"] == "4"
    assert questions["a", "three points"]["attempts"] == "3"  # a stub is not an attempt
    late = {row["learner"]: row for row in rows(graded, "scores.csv") if row["lesson"] == LESSON}
    assert late["ben"]["seconds_late"] == "97200"
    assert (late["ben"]["penalty"], late["ben"]["counted"]) == ("1.5", "4.5")
    assert late["hal"]["state"] == "not submitted"


def test_the_page_says_it_all_in_sections(graded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(graded) == 0
    assert "report.html" in capsys.readouterr().out
    soup = page(graded)
    assert text(soup.find("dl", class_="figures")).startswith("learners 7 lessons 2")
    assert [text(one.b) for one in soup.select(".look li")] == [
        "8 submissions are missing",
        "Possible tampering by 1 learner",
    ]
    sections = {str(one["id"]): text(one) for one in soup.select("main section[id]")}
    assert "The title of 01-first" in sections["scores"]
    assert "median 4.5 of 6" in sections["scores"]
    assert "0.92" in sections["exercises"]
    assert "Held by one learner each sum for mean 01 b : dee" in sections["misconceptions"]
    assert "one point" in sections["questions"]
    assert "2 of 7 Hal Núñez, Ivy Núñez" in sections["hand-ins"].replace(" ,", ",")
    assert "Ivy Núñez (ivy)" in sections["hand-ins"]  # waits for its grade
    assert "1 d 3 h" in sections["hand-ins"]
    assert "points changed" in sections["findings"]


def test_a_course_is_called_by_its_title_and_else_by_its_id(graded: Path) -> None:
    assert report(graded) == 0
    assert text(page(graded).select_one(".eyebrow")).startswith("slopewise")
    (graded / "course.toml").write_text('title = "Slopes & more"\n', encoding="utf-8")
    assert report(graded) == 0
    soup = page(graded)
    assert text(soup.select_one(".eyebrow")).startswith("Slopes & more")
    assert text(soup.title) == "Class report: Slopes & more"


def test_a_shared_misconception_is_shown_with_what_was_said(graded: Path) -> None:
    folder = graded / "autograded"
    notebook = f"{LESSON}/{LESSON}.ipynb"
    shutil.copy(folder / "dee" / notebook, folder / "ada" / notebook)
    assert report(graded) == 0
    soup = page(graded)
    first = soup.select_one("#misconceptions tbody tr")
    assert text(first).startswith("sum for mean 01 b Too large: np.dot has summed. 2 of 5 ada")
    assert soup.select_one("#misconceptions code") is not None
    assert text(soup.select_one(".look li")).startswith("“sum for mean” 2 of 5 learners hold it")


def test_manual_points_and_extensions_count(graded: Path) -> None:
    with Gradebook(f"sqlite:///{graded / 'gradebook.db'}", "slopewise") as gradebook:
        gradebook.grant_extension(LESSON, "ben", hours=30)
        row = gradebook.find_grade("b-check", LESSON, LESSON, "dee")
        row.manual_score, row.extra_credit = 3.0, 0.5
        gradebook.db.commit()
    assert report(graded) == 0
    found = {row["learner"]: row for row in rows(graded, "scores.csv") if row["lesson"] == LESSON}
    assert found["ben"]["seconds_late"] == "0"
    assert found["dee"]["score"] == "3.5"


def test_correlation_is_left_out_where_it_says_nothing() -> None:
    assert discrimination([1, 0, 1, 0], [1, 0, 1, 0]) is None
    assert discrimination([2, 2, 2, 2, 2], [1, 2, 3, 4, 5]) is None
    perfect = discrimination([1, 2, 3, 4, 5], [2, 4, 6, 8, 10])
    assert perfect is not None
    assert (perfect.value, perfect.interval) == (1.0, None)
    found = discrimination([2, 2, 2, 0, 0], [4, 4, 4, 2, 0])
    assert found is not None
    assert found.is_rough
    assert found.interval is not None
    # atanh(0.918559) ± 1.96 / sqrt(2)
    assert found.interval == pytest.approx((0.1914, 0.9948), abs=2e-4)


# ---------------------------------------------------------------- how it is shown


def test_the_page_needs_nothing_from_outside(graded: Path) -> None:
    assert report(graded) == 0
    raw = (graded / "report" / "report.html").read_text("utf-8")
    assert not re.search(r"https?:|//[a-z]|@import|url\(", raw)
    soup = BeautifulSoup(raw, "html.parser")
    assert not soup.find_all(["link", "img", "iframe", "object", "embed"])
    assert [script.attrs for script in soup.find_all("script")] == [{}]


def test_a_screen_reader_finds_its_way(graded: Path) -> None:
    assert report(graded) == 0
    soup = page(graded)
    assert soup.html is not None
    assert soup.html["lang"] == "en-GB"
    assert len(soup.find_all("h1")) == 1
    for landmark in ("header", "nav", "main", "footer"):
        assert len(soup.find_all(landmark)) == 1
    levels = [int(tag.name[1]) for tag in soup.find_all(re.compile(r"^h\d$"))]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [str(tag["id"]) for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for link in soup.find_all("a"):
        assert str(link["href"]).removeprefix("#") in ids
    for tag in soup.select("[aria-labelledby]"):
        assert tag["aria-labelledby"] in ids
    assert len(soup.find_all("table")) >= 5
    for table in soup.find_all("table"):
        assert text(table.find("caption"))
        assert all(cell.get("scope") for cell in table.find_all("th"))
    for picture in soup.find_all("svg"):
        named = picture.get("role") == "img" and picture.get("aria-label")
        assert named or picture.get("aria-hidden") == "true"
    for bar in soup.select(".stack"):
        assert re.fullmatch(r"(\d+ [a-z ]+(, )?)+", str(bar["aria-label"]))
    (scores,) = soup.select("svg.picture")
    assert "Lesson 01: 5 of 7 graded, scores from 0 to 6 of 6, median 4.5" in str(
        scores["aria-label"]
    )


def luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_text_has_contrast_in_light_and_dark(graded: Path) -> None:
    assert report(graded) == 0
    raw = (graded / "report" / "report.html").read_text("utf-8")
    blocks = re.findall(r":root \{(.*?)\}", raw, re.DOTALL)
    light, dark = (dict(re.findall(r"--([\w-]+): (#\w{6});", block)) for block in blocks[:2])
    for scheme in (light, dark):
        for paper in ("paper", "card"):
            for ink in ("ink", "quiet", "accent"):
                assert contrast(scheme[ink], scheme[paper]) >= 4.5, (ink, paper)
            for mark in ("dot", "wrong"):
                assert contrast(scheme[mark], scheme[paper]) >= 3, (mark, paper)
        for name in [name for name in scheme if name.endswith("-ink")]:
            assert contrast(scheme[name], scheme[name.removesuffix("-ink")]) >= 4.5, name
        for step in range(6):
            assert contrast(scheme["ink"], scheme[f"step-{step}"]) >= 4.5, step


def test_what_learners_write_is_text_and_never_code(graded: Path) -> None:
    assert report(graded) == 0
    raw = (graded / "report" / "report.html").read_text("utf-8")
    assert raw.count("<script") == 1  # ours
    assert "<b>gus" not in raw
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in raw
    assert "&lt;b&gt;gus" in raw


def test_control_characters_and_formulas_are_defused(graded: Path) -> None:
    path = graded / "autograded" / "dee" / LESSON / f"{LESSON}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nasty = "=HYPERLINK(1) \x00 \x1b[31m `open"
    notebook.metadata.slopewise.verdicts[1].message = nasty
    notebook.metadata.slopewise.verdicts[1].probes[1].explanation = nasty
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert report(graded) == 0
    raw = (graded / "report" / "report.html").read_bytes().decode("utf-8")
    assert not re.search("[\x00\x1b]", raw)
    (held,) = rows(graded, "misconceptions.csv")
    assert held["message"].startswith("'=HYPERLINK")


def test_the_same_class_gives_the_same_bytes(graded: Path) -> None:
    for arguments in ((), ("--anonymous",)):
        one, other = graded / "one", graded / "other"
        assert report(graded, "--output", str(one), *arguments) == 0
        assert report(graded, "--output", str(other), *arguments) == 0
        names = sorted(path.name for path in one.iterdir())
        assert len(names) == 10
        for name in names:
            assert (one / name).read_bytes() == (other / name).read_bytes()


def test_reading_changes_no_byte(graded: Path) -> None:
    database = graded / "gradebook.db"
    before = hashlib.sha256(database.read_bytes()).hexdigest()
    assert report(graded) == 0
    assert hashlib.sha256(database.read_bytes()).hexdigest() == before
    assert sorted(path.name for path in graded.glob("gradebook*")) == ["gradebook.db"]


# ---------------------------------------------------------------- names withheld


def test_anonymous_leaks_no_id_and_no_name(graded: Path) -> None:
    assert report(graded) == 0  # what an earlier report left is overwritten, too
    assert report(graded, "--anonymous") == 0
    for path in (graded / "report").iterdir():
        words = set(re.findall(r"[^\W_]+", path.read_text("utf-8").casefold()))
        names = {"ada", "ben", "cyd", "dee", "gus", "hal", "ivy", "núñez"}
        assert words & names == set(), path.name
    scores = rows(graded, "scores.csv")
    assert {row["learner"] for row in scores} == {f"learner {number}" for number in range(1, 8)}
    assert {row["name"] for row in scores} == {""}


def test_numbers_mean_the_same_learner_everywhere(graded: Path) -> None:
    assert report(graded, "--anonymous") == 0
    (held,) = rows(graded, "misconceptions.csv")
    (finding,) = rows(graded, "findings.csv")
    assert held["learner"] == finding["learner"]  # both are dee's
    (late,) = [row for row in rows(graded, "scores.csv") if row["seconds_late"] == "97200"]
    hand_ins = page(graded).find(id="hand-ins")
    assert late["learner"] in text(hand_ins if isinstance(hand_ins, Tag) else None)
    explanation = next(row for row in rows(graded, "answers.csv") if row["state"] == "raised")
    assert explanation["message"].endswith(f"by {explanation['learner']}")


# ---------------------------------------------------------------- bad input


def test_no_gradebook_is_a_line_and_none_is_made(
    bare: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(bare) == 1
    assert "there is no gradebook yet" in line_of(capsys)
    assert not list(bare.glob("gradebook*"))
    assert not (bare / "report").exists()


def test_an_empty_gradebook_is_a_line(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (bare / "gradebook.db").touch()
    assert report(bare) == 1
    assert "the gradebook is empty" in line_of(capsys)
    assert (bare / "gradebook.db").stat().st_size == 0
    (bare / "gradebook.db").unlink()
    with Gradebook(f"sqlite:///{bare / 'gradebook.db'}", "slopewise") as gradebook:
        assert report(bare) == 1
        assert "holds no lesson" in line_of(capsys)
        gradebook.add_assignment(LESSON)
        assert report(bare) == 1
        assert "holds no learner" in line_of(capsys)


def test_a_class_that_handed_nothing_in_has_a_page(bare: Path) -> None:
    with Gradebook(f"sqlite:///{bare / 'gradebook.db'}", "slopewise") as gradebook:
        gradebook.add_assignment(LESSON)
        gradebook.add_student("ada")
    assert report(bare) == 0
    assert "Nobody has handed anything in." in text(page(bare))
    assert "Not in the gradebook 02-second" in text(page(bare).find("footer"))


@pytest.mark.parametrize(
    ("spoil", "line"),
    [
        (b"this is no database at all, but long enough to look", "is not a gradebook"),
        ("CREATE TABLE holiday (day TEXT)", "not a gradebook of nbgrader's"),
    ],
)
def test_another_file_is_a_line(
    bare: Path, capsys: pytest.CaptureFixture[str], spoil: bytes | str, line: str
) -> None:
    if isinstance(spoil, bytes):
        (bare / "gradebook.db").write_bytes(spoil * 20)
    else:
        change(bare, spoil)
    assert report(bare) == 1
    assert line in line_of(capsys)


@pytest.mark.parametrize(
    ("spoil", "line"),
    [
        ("ALTER TABLE grade DROP COLUMN extra_credit", "no column grade.extra_credit"),
        ("DROP TABLE task_cells", "no table task_cells"),
        ("UPDATE alembic_version SET version_num = '167914646830'", "by another nbgrader"),
        ("UPDATE alembic_version SET version_num = 'ffffffffffff'", "by a newer nbgrader"),
    ],
)
def test_another_nbgraders_gradebook_is_a_line(
    graded: Path, capsys: pytest.CaptureFixture[str], spoil: str, line: str
) -> None:
    change(graded, spoil)
    before = (graded / "gradebook.db").read_bytes()
    assert report(graded) == 1
    assert line in line_of(capsys)
    assert (graded / "gradebook.db").read_bytes() == before


def change(root: Path, statement: str) -> None:
    connection = sqlite3.connect(root / "gradebook.db")
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_locked_gradebook_is_a_line(
    graded: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_LOCK_SECONDS", 0.1)
    writer = sqlite3.connect(graded / "gradebook.db", isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    try:
        assert report(graded) == 1
    finally:
        writer.close()
    assert "somebody is writing" in line_of(capsys)


@pytest.mark.parametrize(
    "spoil", ["absent", "empty", "not JSON", "no record", "foreign record", "wrong types"]
)
def test_a_submission_without_a_record_keeps_its_points(graded: Path, spoil: str) -> None:
    path = graded / "autograded" / "dee" / LESSON / f"{LESSON}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    if spoil == "absent":
        shutil.rmtree(path.parent)
    elif spoil in ("empty", "not JSON"):
        path.write_text("{" if spoil == "not JSON" else "")
    else:
        if spoil == "no record":
            del notebook.metadata["slopewise"]
        elif spoil == "foreign record":
            notebook.metadata["slopewise"] = {"verdicts": [{"exercise": "a"}]}
        else:
            notebook.metadata.slopewise.verdicts[0].probes[0].name = ["a", "list"]
        nbformat.write(notebook, path)
    assert report(graded) == 0
    assert rows(graded, "exercises.csv")[0]["no_record"] == "1"
    assert rows(graded, "exercises.csv")[0]["success"] == "0.7"
    assert "1 graded submission has no verdicts to read" in text(page(graded).find("footer"))


def test_an_output_that_is_a_file_is_a_line(
    graded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (graded / "taken").touch()
    assert report(graded, "--output", str(graded / "taken")) == 1
    assert "cannot be written there" in line_of(capsys)


# ---------------------------------------------------------------- parts, links, a script


def put_in_sections(root: Path) -> None:
    (root / "sections.csv").write_text("id,section\nada,A\nben,A\ndee,B\n", encoding="utf-8")


def test_sections_are_told_apart_and_reported_on_alone(
    graded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_in_sections(graded)
    assert report(graded) == 0
    (table,) = [one for one in page(graded).select("table") if "by section" in str(one.caption)]
    found = [[cell.text.strip() for cell in row.select("th, td")] for row in table.select("tr")]
    assert found[1:] == [
        ["A", "2", "5.2", "1.1", "5.2"],
        ["B", "1", "2.0", "–", "2.0"],
        ["in none", "4", "1.5", "3.0", "0.0"],
    ]
    assert report(graded, "--section", "A") == 0
    assert {row["learner"] for row in rows(graded, "scores.csv")} == {"ada", "ben"}
    capsys.readouterr()
    assert report(graded, "--section", "C") == 1
    assert "no learner is in a section C; there are A, B" in capsys.readouterr().err


def test_one_lesson_is_reported_on_alone(graded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(graded, "--lesson", "1") == 0
    assert {row["lesson"] for row in rows(graded, "lessons.csv")} == {LESSON}
    assert report(graded, "--lesson", "3") == 1
    assert "no lesson 3 is in the gradebook" in capsys.readouterr().err


def test_a_number_that_two_lessons_have_is_a_line(
    graded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Gradebook(f"sqlite:///{graded / 'gradebook.db'}", "slopewise") as gradebook:
        gradebook.add_assignment("01-third")
    assert report(graded, "--lesson", "1") == 1
    assert "1: could be any of 01-first, 01-third; name it in full" in line_of(capsys)
    assert report(graded, "--lesson", "01-third") == 0


def test_points_lead_to_feedback_and_names_withheld_do_not(graded: Path) -> None:
    there = graded / "feedback" / "ada" / LESSON / f"{LESSON}.html"
    there.parent.mkdir(parents=True)
    there.write_text("her page")
    assert report(graded) == 0
    (link,) = page(graded).select("table.grades a")
    assert (graded / "report" / str(link["href"])).resolve() == there.resolve()
    assert report(graded, "--anonymous") == 0
    assert page(graded).select("table.grades a") == []


def hand_in(root: Path, *names: str) -> None:
    for name in names:
        (root / "exchange" / "slopewise" / "inbound" / name).mkdir(parents=True)


def test_attempts_over_time_are_those_of_the_exchange(graded: Path) -> None:
    assert report(graded) == 0
    assert rows(graded, "attempts.csv") == []
    assert "When it was handed in" not in text(page(graded))
    hand_in(
        graded,
        "ada+01-first+2026-03-01 10:00:00 UTC+a1",
        "ada+01-first+2026-03-01 11:00:00 UTC+a2",
        "dee+01-first+2026-03-01 11:00:00 UTC+d1",
        "dee+02-second+2026-03-01 11:00:00 UTC+d2",
        "zoe+01-first+2026-03-01 11:00:00 UTC+z1",  # nobody of the class
        "no submission",
    )
    assert report(graded) == 0
    found = [(row["learner"], row["lesson"]) for row in rows(graded, "attempts.csv")]
    assert sorted(found) == [("ada", LESSON), ("ada", LESSON), ("dee", LESSON), ("dee", SECOND)]
    first, second = (
        [text(cell) for cell in row.select("td")[:5]]
        for row in page(graded).select("table:has(#attempts-caption) tbody tr")
    )
    # Dated by the file system, that is today: all of them long after it was due.
    assert first == ["3", "2", "2", "0", "3"]
    assert second == ["1", "1", "1", "0", "1"]
    assert report(graded, "--anonymous") == 0
    assert "ada" not in {row["learner"] for row in rows(graded, "attempts.csv")}
    assert len(rows(graded, "attempts.csv")) == 4
    assert report(graded, "--lesson", SECOND) == 0
    assert len(rows(graded, "attempts.csv")) == 1


def test_an_exchange_that_cannot_be_read_has_no_attempts(graded: Path) -> None:
    (graded / "exchange" / "slopewise").mkdir(parents=True)
    (graded / "exchange" / "slopewise" / "inbound").write_text("no folder")
    assert report(graded) == 0
    assert rows(graded, "attempts.csv") == []


@pytest.mark.parametrize(
    ("hours", "unit", "columns"),
    [
        ((0,), "10 minutes", 1),
        ((0, 1, 6.4), "10 minutes", 3),
        ((0, 30, 30.5), "1 hour", 2),
        ((0, 200), "6 hours", 2),
        ((0, 24 * 30, 24 * 30 + 23), "1 day", 2),
        ((0, 24 * 200), "1 week", 2),
        ((0, 24 * 7 * 100), "3 weeks", 2),
    ],
)
def test_columns_of_time_are_few_and_in_units_that_people_use(
    hours: tuple[float, ...], unit: str, columns: int
) -> None:
    found = tuple(Attempt("ada", LESSON, DUE + timedelta(hours=one)) for one in hours)
    lesson = LessonRecord(LESSON, "First", DUE + timedelta(hours=1), ())
    (only,) = lesson_attempts(ClassRecord("c", (), (lesson,), (), (), (), attempts=found))
    assert (only.unit, only.picture.count("<rect")) == (unit, columns)
    assert only.n_last == sum(one <= 1 for one in hours)
    assert only.n_last + (only.n_after or 0) == len(hours)


def test_an_exercise_leads_to_what_it_asks(graded: Path) -> None:
    path = graded / "source" / LESSON / f"{LESSON}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    task = "**Exercise.** Halve it.\n\n<details><summary>Hint</summary>\n\nDivide.\n\n</details>"
    answer = nbformat.v4.new_code_cell()
    answer.metadata["nbgrader"] = {"solution": True, "grade": False, "grade_id": "b"}
    notebook.cells[1:1] = [nbformat.v4.new_markdown_cell(task), answer]
    nbformat.write(notebook, path)
    assert report(graded) == 0
    soup = page(graded)
    (link,) = soup.select("table.items a")
    assert link.text == "b"
    (asked,) = soup.select(str(link["href"]))
    assert asked.strong is not None
    assert asked.strong.text == "Exercise."
    (hint,) = asked.select("details")
    assert text(hint) == "Hint Divide."


def test_only_our_script_may_run_and_the_page_needs_none(graded: Path) -> None:
    assert report(graded) == 0
    (script,) = page(graded).select("script")
    digest = base64.b64encode(hashlib.sha256(str(script.string).encode()).digest()).decode()
    (policy,) = page(graded).select("meta[http-equiv]")
    assert f"script-src 'sha256-{digest}'" in policy["content"]
    assert page(graded).select("table.grades tbody tr")


def test_reliability_is_cronbach_s() -> None:
    # Worked by hand: variances 2/3 and 2/3 of the parts, 8/3 of the sums, for perfect agreement.
    assert reliability([[0, 0], [1, 1], [1, 1], [2, 2], [1, 1]]) == pytest.approx(1.0)
    assert reliability([[0, 2], [1, 0], [2, 1], [0, 1], [2, 0]]) == pytest.approx(-3.5, abs=1.5)
    assert reliability([[1, 1]] * 5) is None
    assert reliability([[0, 1], [1, 0], [2, 2]]) is None
    assert reliability([[1], [2], [3], [4], [5]]) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("learner,section\nada,A\n", "its first line is not `id,section`"),
        ("id,section\nada,A,B\n", "line 2: has 3 columns, not 2"),
        ("", "its first line is not"),
    ],
)
def test_a_table_of_sections_that_is_none_is_one_line(
    graded: Path, text: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (graded / "sections.csv").write_text(text, encoding="utf-8")
    assert report(graded) == 1
    assert words in capsys.readouterr().err
