"""Who may write where in the exchange, tried by learners with accounts of their own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from slopewise.commands.doctor import _exchange
from slopewise.nbgrader.exchange.permissions import faults, make, set_right
from slopewise.notebook.course import Course
from tests.exchange.accounts import GRADER, acting_as, needs_accounts
from tests.exchange.conftest import COURSE, LESSON, Classroom
from tests.exchange.test_collect import NOTEBOOK, honest
from tests.notebooks import REPOSITORY

pytestmark = needs_accounts


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o7777


def release(classroom: Classroom) -> tuple[bool, str]:
    def lay_out() -> None:
        folder = classroom.root / "release" / LESSON
        folder.mkdir(parents=True)
        (folder / NOTEBOOK).write_text("{}")

    acting_as(GRADER, lay_out)
    return classroom.run("ReleaseAssignment")


def test_a_learner_can_replace_nothing_and_see_nothing_of_others(classroom: Classroom) -> None:
    course, mine = classroom.exchange / COURSE, classroom.hand_in("daemon", honest)
    attempts = [
        lambda: course.rename(course.with_name("away")),
        lambda: (course / "outbound").rename(course / "away"),
        lambda: classroom.inbound.rename(course / "away"),
        lambda: (classroom.exchange / "other").mkdir(),
        lambda: (course / "outbound" / "02-fake").mkdir(),
        lambda: (course / "feedback" / "x.html").touch(),
        lambda: list(classroom.inbound.iterdir()),
        lambda: list((course / "feedback").iterdir()),
        lambda: mine.rename(classroom.inbound / "taken"),
        mine.rmdir,
        lambda: (mine / NOTEBOOK).write_text("changed"),
    ]
    for attempt in attempts:
        with pytest.raises(PermissionError):
            acting_as("games", attempt)


def test_an_exchange_open_to_all_is_set_right_before_it_is_used(classroom: Classroom) -> None:
    """As earlier editions' documentation had it, and as nbgrader itself sets it."""
    course = classroom.exchange / COURSE
    classroom.exchange.chmod(0o777)
    classroom.inbound.chmod(0o2733)
    away = course.with_name("away")
    acting_as("games", lambda: course.rename(away))  # the attack, while it works
    acting_as("games", lambda: away.rename(course))
    classroom.hand_in("daemon", honest)
    well, log = classroom.run("Collect")
    assert well, log
    assert f"{classroom.exchange}: mode set to 755" in log
    assert mode(classroom.exchange) == 0o755
    assert mode(classroom.inbound) == 0o3733


def test_a_folder_that_a_learner_put_in_its_place_is_refused(classroom: Classroom) -> None:
    classroom.exchange.chmod(0o777)

    def replace() -> None:
        course = classroom.exchange / COURSE
        course.rename(course.with_name("away"))
        for name in ("inbound", "outbound", "feedback"):
            (course / name).mkdir(parents=True)
            (course / name).chmod(0o777)

    acting_as("games", replace)
    for kind in ("Collect", "ReleaseFeedback"):
        well, log = classroom.run(kind)
        assert not well
        assert f"{classroom.exchange / COURSE}: belongs to account games, not to bin" in log
    well, log = release(classroom)
    assert not well
    assert "belongs to account games" in log


def test_folders_above_and_links_are_looked_at_too(classroom: Classroom) -> None:
    classroom.top.chmod(0o777)
    well, log = classroom.run("Collect")
    assert not well
    assert f"chmod o-w {classroom.top}" in log
    classroom.top.chmod(0o755)
    classroom.inbound.rename(classroom.top / "elsewhere")
    classroom.inbound.symlink_to(classroom.top / "elsewhere")
    well, log = classroom.run("Collect")
    assert not well
    assert "inbound: is no folder" in log


def test_releasing_makes_the_folders_as_they_should_be(classroom: Classroom) -> None:
    shutil.rmtree(classroom.exchange / COURSE)
    well, log = release(classroom)
    assert well, log
    names = {"outbound": 0o755, "inbound": 0o3733, "feedback": 0o711}
    found = {name: mode(classroom.exchange / COURSE / name) for name in names}
    assert found == names
    assert acting_as(GRADER, lambda: faults(classroom.exchange, COURSE)) == "[]"


def test_a_learner_hands_in_where_only_inbound_is_open(classroom: Classroom) -> None:
    """The whole way with nbgrader's own steps: release, submit, list, collect."""
    assert release(classroom)[0]
    home = classroom.top / "home"
    home.mkdir()
    shutil.chown(home, "daemon")

    def hand_in(break_it: bool) -> str:
        def act() -> str:
            work = home / "work"
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir()
            fetch = classroom.plugin("FetchAssignment", assignment_dir=str(work))
            fetch.start()
            (work / LESSON / "link").symlink_to("/etc/passwd")
            if break_it:
                (work / LESSON / NOTEBOOK).unlink()
                os.mkfifo(work / LESSON / NOTEBOOK)
            submit = classroom.plugin("Submit", assignment_dir=str(work), cache=str(home / "cache"))
            submit.coursedir.student_id = "*"
            submit.start()
            return "handed in"

        return acting_as("daemon", act)

    with pytest.raises(AssertionError, match="neither a file nor a folder; nothing was handed in"):
        hand_in(break_it=True)
    assert not list(classroom.inbound.iterdir())  # all or nothing
    assert hand_in(break_it=False) == "handed in"
    (handed_in,) = classroom.inbound.iterdir()
    assert handed_in.name.startswith(f"daemon+{LESSON}+")
    well, log = classroom.run("List", inbound=True)
    assert well, log
    assert f"{COURSE} daemon {LESSON}" in log
    well, log = classroom.run("Collect")
    assert well, log
    names = {path.name for path in classroom.submitted("daemon").iterdir()}
    assert names == {NOTEBOOK, "timestamp.txt", "submission_secret.txt"}
    assert {path.name for path in (home / "cache" / COURSE).iterdir()}


def test_a_learner_hands_nothing_to_an_exchange_that_anybody_may_have_made(
    classroom: Classroom,
) -> None:
    assert release(classroom)[0]
    classroom.exchange.chmod(0o777)
    with pytest.raises(AssertionError, match="mode 777 instead of 755"):
        acting_as("daemon", lambda: classroom.plugin("List").start())


def test_listing_what_learners_put_there_opens_none_of_it(classroom: Classroom) -> None:
    def trap(folder: Path) -> None:
        os.mkfifo(folder / NOTEBOOK)
        os.mkfifo(folder / "submission_secret.txt")

    classroom.hand_in("daemon", trap)
    classroom.hand_in("daemon", honest, b"dae\nmon+01-tiny+2026-01-01 00:00:00 UTC+x")
    classroom.hand_in("games", honest)
    well, log = classroom.run("List", inbound=True)
    assert well, log
    assert "slopewise games 01-tiny" in log
    assert "slopewise daemon 01-tiny" in log
    assert "Not listed: dae\\nmon" in log


def test_the_doctor_says_and_sets_it(classroom: Classroom) -> None:
    shutil.copy(REPOSITORY / "nbgrader_config.py", classroom.root)
    exchange = classroom.root / "exchange"
    assert _exchange(Course(classroom.root)).ok  # not made yet
    make(exchange, COURSE)
    exchange.chmod(0o777)
    found = _exchange(Course(classroom.root))
    assert (found.ok, found.advice) == (True, f"{exchange}: mode set to 755")
    assert faults(exchange, COURSE) == []
    shutil.chown(exchange / COURSE / "outbound", "games")
    found = _exchange(Course(classroom.root))
    assert not found.ok
    assert "belongs to account games" in found.advice


def test_what_another_account_has_to_do_is_left(classroom: Classroom) -> None:
    classroom.exchange.chmod(0o777)
    left = acting_as("daemon", lambda: len(set_right(faults(classroom.exchange, COURSE))))
    assert int(left) >= 1
    assert mode(classroom.exchange) == 0o777


def test_no_page_is_released_through_a_link(classroom: Classroom) -> None:
    def lay_out() -> None:
        for learner in ("daemon", "games"):
            folder = classroom.root / "feedback" / learner / LESSON
            folder.mkdir(parents=True)
            (folder / "submission_secret.txt").write_text(learner)
            page = folder / f"{LESSON}.html"
            if learner == "daemon":
                page.symlink_to(classroom.root / "solutions" / "a.ipynb")
            else:
                page.write_text("fine")

    acting_as(GRADER, lay_out)
    well, log = classroom.run("ReleaseFeedback")
    assert not well
    assert "feedback not released: daemon (01-tiny.html: is a symbolic link)" in log
    released = list((classroom.exchange / COURSE / "feedback").iterdir())
    assert [page.read_text() for page in released] == ["fine"]
    assert mode(released[0]) == 0o644
