"""The class page: how the class stands, what a button begins, what of it is shown."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import os
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from nbgrader.api import Gradebook
from nbgrader.utils import notebook_hash

from slopewise.cli import main
from slopewise.lab.class_page.page import POLICY, Places, fragment, page
from slopewise.lab.class_page.work import ClassWork, Outcome, Work, _running
from slopewise.lab.extension import add_the_class_page
from slopewise.notebook.course import Course
from slopewise.report.standing import LessonStanding, Standing, standing
from tests.formgrader import formgrader_in
from tests.notebooks import REPOSITORY
from tests.test_report import EVIL, LESSON, SECOND, made, make_course

__all__ = ["made"]
PLACES = Places("/slopewise/class", "/formgrader", "/lab", "/files/report.html", "", "demo")


@pytest.fixture
def root(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))  # its rule for lateness is one of the tests'
    return Path(shutil.copytree(made, tmp_path / "class"))


def lesson(root: Path, name: str) -> LessonStanding:
    (found,) = [one for one in standing(Course(root)).lessons if one.name == name]
    return found


def shown(found: Standing, work: Work | None = None, *, busy: bool = False) -> BeautifulSoup:
    field = '<input type="hidden" name="_xsrf" value="x">'
    return BeautifulSoup(page(found, work, PLACES, field, busy=busy), "html.parser")


# ---------------------------------------------------------------- how the class stands


def test_what_is_done_and_what_waits_is_counted(root: Path) -> None:
    first, second = lesson(root, LESSON), lesson(root, SECOND)
    assert (first.handed_in, first.graded, first.pages) == (5, 5, 0)
    assert (second.handed_in, second.graded) == (1, 0)
    assert second.not_graded[0].learner == "ivy"
    assert "is empty" in second.not_graded[0].reason
    assert second.waiting == ()
    assert first.released is None
    assert first.returned is None, "there is no exchange"


def test_what_lies_in_the_exchange_waits_to_be_collected(root: Path) -> None:
    folder = root / "exchange" / "slopewise"
    for name in ("inbound", "outbound", "feedback"):
        (folder / name).mkdir(parents=True)
    (folder / "outbound" / LESSON).mkdir()
    for learner in ("ada", "hal"):
        (folder / "inbound" / f"{learner}+{LESSON}+2026-03-01 10:00:00 UTC").mkdir()
    collected = root / "submitted" / "ada" / LESSON
    collected.mkdir(parents=True)
    (collected / "timestamp.txt").write_text("2040-01-01 00:00:00 UTC")
    found = lesson(root, LESSON)
    assert found.arrived == ("hal",), "of ada's what was collected is not older"
    assert found.released is True
    assert lesson(root, SECOND).released is False


def test_a_feedback_page_that_was_written_anew_is_not_released_any_more(root: Path) -> None:
    page_of_ada = root / "feedback" / "ada" / LESSON / f"{LESSON}.html"
    page_of_ada.parent.mkdir(parents=True)
    page_of_ada.write_text("as it is")
    (page_of_ada.parent / "submission_secret.txt").write_text("known to ada only")
    exchange = root / "exchange" / "slopewise" / "feedback"
    exchange.mkdir(parents=True)
    name = notebook_hash(secret="known to ada only", notebook_id=LESSON)
    assert (lesson(root, LESSON).pages, lesson(root, LESSON).returned) == (1, 0)
    (exchange / f"{name}.html").write_text("as it is")
    assert lesson(root, LESSON).returned == 1
    now = (exchange / f"{name}.html").stat().st_mtime_ns
    os.utime(page_of_ada, ns=(now + 10**9, now + 10**9))
    assert lesson(root, LESSON).returned == 0


def test_an_answer_that_nobody_has_read_waits_for_a_person(root: Path) -> None:
    with closing(Gradebook(f"sqlite:///{root / 'gradebook.db'}", "slopewise")) as gradebook:
        gradebook.find_grade("b-check", LESSON, LESSON, "ada").auto_score = None
        gradebook.db.commit()
    assert lesson(root, LESSON).by_hand == ("ada",)


def spoil_rule(root: Path) -> None:
    with (root / "nbgrader_config.py").open("a") as file:
        file.write('c.AssignLatePenalties.plugin_class = "no.such.Rule"\n')


def spoil_zone(root: Path) -> None:
    with (root / "nbgrader_config.py").open("a") as file:
        file.write('c.Exchange.timezone = "Nowhere/City"\n')


@pytest.mark.parametrize(
    ("spoil", "line"),
    [
        (lambda root: (root / "gradebook.db").unlink(), "there is no gradebook yet"),
        (lambda root: (root / "gradebook.db").write_text("no"), "is not a gradebook"),
        (spoil_rule, "the rule for late submissions cannot be used"),
        (spoil_zone, "there is no time zone 'Nowhere/City'"),
    ],
)
def test_what_is_wrong_is_a_line_on_the_page_and_the_lessons_stay(
    root: Path, spoil: object, line: str
) -> None:
    assert callable(spoil)
    spoil(root)
    found = standing(Course(root))
    (trouble,) = found.troubles
    assert line in trouble
    assert [one.name for one in found.lessons] == [LESSON, SECOND]
    assert line in shown(found).find(class_="trouble").get_text()  # type: ignore[union-attr]


def test_a_gradebook_that_is_locked_is_a_line(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("slopewise.report.gradebook._LOCK_SECONDS", 0.1)
    with closing(sqlite3.connect(root / "gradebook.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        (trouble,) = standing(Course(root)).troubles
    assert "somebody is writing to the gradebook" in trouble


def test_a_course_that_nobody_has_graded_in_says_what_comes_first(tmp_path: Path) -> None:
    make_course(tmp_path)
    found = shown(standing(Course(tmp_path)))
    assert "Nothing is released through an exchange yet" in found.get_text()
    assert "not in the gradebook: Generate it in the Formgrader" in found.get_text()


# ---------------------------------------------------------------- what is shown


def test_the_browser_runs_what_is_in_the_page_and_nothing_else(root: Path) -> None:
    found = shown(standing(Course(root)), Work("report", EVIL))
    for kind in ("script", "style"):
        (element,) = found.find_all(kind)
        digest = base64.b64encode(hashlib.sha256(element.encode_contents()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in POLICY
    assert not found.find_all(style=True)
    assert EVIL in found.get_text()
    assert all(form.find("input", {"name": "_xsrf"}) for form in found.find_all("form"))


def test_while_something_runs_only_stop_can_be_pressed(root: Path) -> None:
    work = Work("grade", f"Collect and grade: {LESSON}")
    for line in ('{"step": "grade"}', '{"done": 3, "total": 20}'):
        work.hear(line)
    found = shown(standing(Course(root)), work)
    open_ = [one.get_text() for one in found.find_all("button") if not one.has_attr("disabled")]
    assert open_ == ["Stop"]
    assert found.find(id="status").get_text() == "Grading: 3 of 20"  # type: ignore[union-attr]
    bar = found.find("progress")
    assert bar is not None
    assert (bar["value"], bar["max"]) == ("3", "20")
    assert found.find("meta", {"http-equiv": "refresh"}), "without a script it is loaded anew"
    work.outcome = Outcome.DONE
    again = shown(standing(Course(root)), work)
    assert not [one for one in again.find_all("button") if one.has_attr("disabled")]
    assert not again.find("meta", {"http-equiv": "refresh"})


def test_what_a_command_says_is_told_once_and_as_text() -> None:
    work = Work("grade", "Grade")
    for line in (
        json.dumps({"text": f"ada: {EVIL}\x1b[2J", "level": "warning"}),
        json.dumps({"text": f"ada: {EVIL}\x1b[2J", "level": "warning"}),
        json.dumps({"text": "Not graded: ada", "level": "error", "again": True}),
        json.dumps({"text": "run `nbgrader x`", "level": "error"}),
        '{"total": "many"}',
        "5",
        "no JSON at all",
        "",
    ):
        work.hear(line)
    assert [level for level, _ in work.findings] == ["warning", "error"]
    assert list(work.lines) == ['{"total": "many"}', "5", "no JSON at all"]
    text = fragment(work)
    assert EVIL not in text
    assert "\x1b" not in text
    assert "<code>nbgrader x</code>" in text
    assert fragment(None).strip() == ""


@pytest.mark.parametrize(
    "template",
    ["manage_assignments", "manage_submissions", "gradebook_assignments", "manage_students"],
)
def test_the_formgraders_pages_lead_to_it(template: str, tmp_path: Path) -> None:
    application = formgrader_in(tmp_path)
    add_the_class_page(application, "/")
    templates = application.settings["nbgrader_jinja2_env"]
    text = templates.get_template(f"{template}.tpl").render(base_url="/base")
    assert text.count('<a href="/base/slopewise/class">Class</a>') == 1


# ---------------------------------------------------------------- what a button begins


def test_a_button_runs_one_command_and_a_second_press_begins_nothing(root: Path) -> None:
    async def press() -> tuple[bool, bool, Work]:
        work = ClassWork(root)
        first = Work("report", "Make the report")
        begun = work.start(first, ("report",))
        again = work.start(Work("report", "Make the report"), ("report",))
        await work.wait()
        return begun, again, first

    begun, again, work = asyncio.run(press())
    assert (begun, again) == (True, False)
    assert work.outcome is Outcome.DONE
    assert (root / "report" / "report.html").is_file()
    assert any("report.html" in line for line in work.lines)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("extend", "--days=3", "--", "nobody", LESSON), "nobody: is nobody of this class"),
        (("week", "--json", "--only=grade", "--", "--help"), "--help: no such lesson"),
        (("week", "--json", "--only=release", "--", LESSON), ""),
    ],
)
def test_what_a_command_complains_of_is_a_finding(
    root: Path, words: tuple[str, ...], line: str
) -> None:
    shutil.copytree(REPOSITORY / "notebooks", root / "notebooks")

    async def press() -> Work:
        work = ClassWork(root)
        said = Work(words[0], "It")
        work.start(said, words)
        await work.wait()
        return said

    work = asyncio.run(press())
    if line:
        assert work.outcome is Outcome.FAILED
        assert line in work.findings[0][1]
        assert len(work.findings) == 1
    else:  # without an exchange nothing is released, and that is said
        assert work.outcome is Outcome.DONE
        assert "the pages in feedback/ are yours to send" in work.findings[0][1]


def test_a_course_that_is_gone_is_a_line(root: Path) -> None:
    shutil.rmtree(root)

    async def press() -> Work:
        work = ClassWork(root)
        said = Work("report", "Make the report")
        work.start(said, ("report",))
        await work.wait()
        return said

    work = asyncio.run(press())
    assert work.outcome is Outcome.FAILED
    assert "nothing can be started there" in work.findings[0][1]
    with pytest.raises(Exception, match="the course's folder is not there any more"):
        standing(Course(root))


def test_what_is_stopped_before_it_has_begun_is_stopped(root: Path) -> None:
    async def press() -> Work:
        work = ClassWork(root)
        said = Work("report", "Make the report")
        work.start(said, ("report",))
        work.stop()
        await work.wait()
        return said

    work = asyncio.run(press())
    assert work.outcome is Outcome.STOPPED
    assert not work.findings


def test_what_does_not_end_when_asked_is_killed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("slopewise.lab.class_page.work._PATIENCE", 0.5)

    async def press() -> tuple[Work, int]:
        work = ClassWork(root)
        said = Work("report", "Make the report")
        work.start(said, ("report",))
        while not _running:
            await asyncio.sleep(0.01)
        (process,) = _running
        os.kill(process, signal.SIGSTOP)  # it hears nothing any more
        work.stop()
        await work.wait()
        return said, process

    work, process = asyncio.run(press())
    assert work.outcome is Outcome.STOPPED
    assert not Path(f"/proc/{process}").exists()
    assert not (root / "report").exists()


# ---------------------------------------------------------------- the commands behind them


def test_a_week_says_its_steps_as_json(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--course", str(root), "week", LESSON, "--json"]
    assert main([*words, "--only", "report", "--only", "feedback"]) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["step"] for one in events if "step" in one] == ["feedback", "report"]
    counts = [(one["done"], one["total"]) for one in events if "total" in one]
    assert counts[-1] == (5, 5)
    assert any("report.html" in one.get("text", "") for one in events)


def test_a_second_week_of_a_lesson_is_kept_out(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import fcntl

    (root / "grading").mkdir()
    with (root / "grading" / f"{LESSON}.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert main(["--course", str(root), "week", LESSON, "--only", "report"]) == 1
        assert "is worked on already" in capsys.readouterr().err
        assert not (root / "report").exists()
    assert main(["--course", str(root), "week", LESSON, "--only", "report"]) == 0


def test_an_extension_until_a_time(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--course", str(root), "extend", "hal", LESSON, "--until"]
    assert main([*words, "2026-03-05T12:00"]) == 0
    assert "hal, 01-first: due 2026-03-05 12:00 UTC" in capsys.readouterr().out
    for until, line in (
        ("2026-03-01", "is before the class's own due date, 2026-03-02 12:00:00 UTC"),
        ("soon", "'soon' is no time"),
    ):
        assert main([*words, until]) == 1
        assert line in capsys.readouterr().err
