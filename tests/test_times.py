"""Times: the one reader, and everything that depends on when something was handed in."""

from __future__ import annotations

import csv
import subprocess
import sys
import zoneinfo
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import BasePlugin
from traitlets.config import Config

from slopewise.errors import CourseError, SlopewiseError, TimeError
from slopewise.nbgrader.deadlines.penalties import LatePolicy
from slopewise.nbgrader.deadlines.timestamps import read_timestamp
from slopewise.nbgrader.pages.results import read_total
from slopewise.nbgrader.upstream import PAGES, READS_TIMES, SHOWS_TIMES
from slopewise.notebook import times
from slopewise.notebook.course import Course
from slopewise.notebook.deadlines import read_due
from slopewise.notebook.times import Clock, write_time
from slopewise.report import gather
from tests.execution.classroom import RIGHT, Classroom, built_course
from tests.tiny import NAME


def read(text: str, zone: str = "UTC", layout: str = "", *, later: bool = False) -> str:
    return f"{Clock(zone, layout).read(text, later=later):%Y-%m-%d %H:%M:%S.%f}"[:19]


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-02-02 22:00", "2026-02-02 22:00:00"),
        ("2026-02-02 22:00:01.999 UTC\n", "2026-02-02 22:00:01"),
        ("2026-02-02T22:00:00Z", "2026-02-02 22:00:00"),
        ("2026-02-02 22:00 GMT", "2026-02-02 22:00:00"),
        ("2026-02-02 22:00 CET", "2026-02-02 21:00:00"),
        ("2026-07-02 22:00 CEST", "2026-07-02 20:00:00"),
        ("2026-07-02 22:00:00.000001 cest", "2026-07-02 20:00:00"),
        ("2026-02-02 22:00:00.123456 JST", "2026-02-02 13:00:00"),
        ("2026-02-02 22:00 EST", "2026-02-03 03:00:00"),
        ("2026-02-02 22:00 +0900", "2026-02-02 13:00:00"),
        ("2026-02-02 22:00+09:00", "2026-02-02 13:00:00"),
        ("2026-02-02 22:00 -03", "2026-02-03 01:00:00"),
        ("2026-02-02 22:00 \N{MINUS SIGN}03:30", "2026-02-03 01:30:00"),
        ("2026-02-02 22:00 UTC+2", "2026-02-02 20:00:00"),
        ("2026-02-02 22:00 Europe/Berlin", "2026-02-02 21:00:00"),
        ("2026-07-02 22:00 America/Los_Angeles", "2026-07-03 05:00:00"),
        ("2026-02-02", "2026-02-02 00:00:00"),
    ],
)
def test_a_time_is_read_with_its_zone(text: str, utc: str) -> None:
    assert read(text) == utc


@pytest.mark.parametrize(
    "text",
    [
        *("", "tomorrow", "22:00", "2026-13-02 22:00", "2026-02-30 22:00 UTC", "2026-02-02 25:00"),
        *("02/03/2026 22:00 UTC", "2026-02-02 22:00 XYZ", "2026-02-02 22:00 PM"),
        *("2026-02-02 22:00 Europe/Atlantis", "2026-02-02 22:00 ../../etc/passwd"),
        *("2026-02-02 22:00 +9900", "0001-01-01 00:00 +14:00", "9999-12-31 23:59 -14:00"),
        *("2026-02-02 22:00 UTC UTC", "2026-02-02 22:00 CST", "2026-02-02 22:00 IST", "9" * 5000),
    ],
)
def test_what_cannot_be_known_is_not_guessed(text: str) -> None:
    with pytest.raises(TimeError) as raised:
        Clock().read(text)
    assert len(str(raised.value).splitlines()) == 1
    assert len(str(raised.value)) < 250


def test_an_abbreviation_is_the_course_s_own() -> None:
    assert read("2026-02-02 22:00 CST", "Asia/Shanghai") == "2026-02-02 14:00:00"
    assert read("2026-02-02 22:00 CST", "America/Chicago") == "2026-02-03 04:00:00"
    assert read("2026-02-02 22:00 IST", "Asia/Kolkata") == "2026-02-02 16:30:00"
    assert read("2026-02-02 22:00", "Asia/Tokyo") == "2026-02-02 13:00:00"


def test_at_the_borders_of_summer_time() -> None:
    berlin = "Europe/Berlin"
    assert read("2026-10-25 02:30 CEST", berlin) == "2026-10-25 00:30:00"
    assert read("2026-10-25 02:30 CET", berlin) == "2026-10-25 01:30:00"
    assert read("2026-10-25 02:30", berlin) == "2026-10-25 00:30:00"
    assert read("2026-10-25 02:30", berlin, later=True) == "2026-10-25 01:30:00"
    assert read("2026-03-29 03:00", berlin) == "2026-03-29 01:00:00"
    with pytest.raises(TimeError, match="skipped when the clocks went forward"):
        read("2026-03-29 02:30", berlin)


def test_a_course_may_write_times_in_its_own_way() -> None:
    layout = "%d.%m.%Y %H:%M:%S %Z"
    assert read("03.02.2026 10:00:00 CET", "Europe/Berlin", layout) == "2026-02-03 09:00:00"
    assert read("03.02.2026 10:00:00", "Europe/Berlin", "%d.%m.%Y %H:%M:%S") == (
        "2026-02-03 09:00:00"
    )
    with pytest.raises(TimeError):
        read("03.02.2026 10:00:00 XYZ", "Europe/Berlin", layout)


def test_a_zone_that_does_not_exist_is_named() -> None:
    with pytest.raises(CourseError, match="no time zone 'Middle/Earth'"):
        Clock("Middle/Earth").read("2026-02-02 22:00")


def test_abbreviations_have_one_meaning() -> None:
    meanings: dict[str, set[timedelta | None]] = {}
    for name in zoneinfo.available_timezones():
        if "/" in name and not name.startswith("Etc/"):
            for month in (1, 7):
                found = datetime(2026, month, 15, tzinfo=zoneinfo.ZoneInfo(name))
                meanings.setdefault(found.tzname() or "", set()).add(found.utcoffset())
    known = {name: timedelta(hours=hours) for name, hours in times._HOURS.items()}
    for name in known.keys() & meanings:
        assert meanings[name] == {known[name]}, name
    assert not {"CST", "IST", "PST", "BST"} & set(known)


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_time_or_one_line(text: str) -> None:
    said = ""
    try:
        assert Clock("Europe/Berlin", "%d %m %Y %H:%M %Z").read(text).tzinfo is UTC
    except SlopewiseError as error:
        said = str(error)
    assert len(said.splitlines()) <= 1


@given(st.datetimes(min_value=datetime(1000, 1, 1)))
@settings(max_examples=100, deadline=None)
def test_what_is_written_is_read(when: datetime) -> None:
    assert Clock("Asia/Tokyo").read(write_time(when)) == when.replace(microsecond=0, tzinfo=UTC)


def test_a_time_that_has_not_come_is_no_time(tmp_path: Path) -> None:
    (tmp_path / "timestamp.txt").write_text("2026-02-02 22:00 UTC")
    now = datetime(2026, 2, 2, 21, 57, tzinfo=UTC)
    assert read_timestamp(tmp_path, Clock(), now).finding is None
    stamp = read_timestamp(tmp_path, Clock(), now - timedelta(hours=1))
    assert stamp.when is None
    assert stamp.finding is not None
    assert "a clock is wrong" in stamp.finding.text


def test_nbgrader_reads_times_where_we_think_it_does() -> None:
    import nbgrader

    assert nbgrader
    for name in (*READS_TIMES, PAGES):
        assert callable(sys.modules[name].parse_utc), name
    assert callable(sys.modules[PAGES].as_timezone)
    for name in SHOWS_TIMES:
        assert callable(sys.modules[name].to_numeric_tz), name
    import inspect

    from nbgrader.api import Gradebook

    for method in (Gradebook.update_or_create_assignment, Gradebook.update_or_create_submission):
        assert "utils.parse_utc(" in inspect.getsource(method)


# -- through the real pipeline --------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_course(tmp_path_factory.mktemp("built"))


ZERO = 'c.LateSubmissionPlugin.penalty_method = "zero"'


def command(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *words],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_zone_costs_nobody_points(built: Path, tmp_path: Path) -> None:
    classroom = Classroom(built, tmp_path / "course", ZERO, 'c.Exchange.timezone = "Asia/Tokyo"')
    # 22:00 in Tokyo is 13:00 UTC.
    due = command(classroom.root, "db", "assignment", "add", NAME, "--duedate=2026-02-02 22:00")
    assert due.returncode == 0, due.stderr
    stamps = {
        "early-jst": "2026-02-02 21:59:00.000000 JST",
        "early-number": "2026-02-02 21:59:00 +0900",
        "late-jst": "2026-02-02 22:01:00.000000 JST",
        "late-utc": "2026-02-02 13:01:00 UTC",
        "unknown": "2026-02-03 22:00:00 XYZ",
        "future": "9000-01-01 00:00:00 UTC",
    }
    for name, stamp in stamps.items():
        classroom.submit(name, RIGHT, stamp)
    classroom.autograde()
    course = classroom.course()
    gradebook = course.gradebook()
    late = {
        row.student.id
        for row in gradebook.assignment_submissions(NAME)
        if row.late_submission_penalty
    }
    gradebook.close()
    assert late == {"late-jst", "late-utc"}
    for name in ("unknown", "future"):
        assert any("timestamp.txt" in one.text for one in classroom.findings(name))
    assert not classroom.findings("early-jst")

    # A later hand-in of which no time is known is graded, and not late by the earlier one's time.
    classroom.submit("late-jst", {}, "2026-02-04 22:00:00 XYZ")
    assert "graded 1, graded before 5" in "\n".join(classroom.autograde())
    assert "graded before 6" in "\n".join(classroom.autograde())
    gradebook = course.gradebook()
    assert gradebook.find_submission(NAME, "late-jst").timestamp is None
    gradebook.close()


@pytest.mark.slow
def test_the_formgrader_s_form_moves_no_deadline(built: Path, tmp_path: Path) -> None:
    setting = 'c.Exchange.timezone = "Europe/Berlin"'
    classroom = Classroom(built, tmp_path / "course", setting)
    config = classroom.course().config
    for due, shown in {
        "2026-01-15 21:00 UTC": "2026-01-15T22:00:00",
        "2026-07-15 20:00 UTC": "2026-07-15T22:00:00",
        "2026-03-29 00:30 UTC": "2026-03-29T01:30:00",
        "2026-03-29 01:30 UTC": "2026-03-29T03:30:00",
    }.items():
        with closing(classroom.course().gradebook()) as gradebook:
            before = gradebook.update_or_create_assignment(NAME, duedate=due).duedate
        form = NbGraderAPI(CourseDirectory(config=config), config=config).get_assignment(NAME)
        assert form["duedate_notimezone"] == shown
        saved = f"{form['duedate_notimezone']} {form['duedate_timezone']}"
        with closing(classroom.course().gradebook()) as gradebook:
            assert gradebook.update_or_create_assignment(NAME, duedate=saved).duedate == before


@pytest.mark.slow
def test_a_deadline_that_is_no_time_is_refused_in_a_line(built: Path, tmp_path: Path) -> None:
    classroom = Classroom(built, tmp_path / "course")
    for due in ("2026-02-02 22:00 XYZ", "soon"):
        done = command(classroom.root, "db", "assignment", "add", NAME, f"--duedate={due}")
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert done.stderr.strip().splitlines()[-1].startswith("slopewise: ")


@pytest.mark.slow
def test_a_deadline_moved_after_grading_moves_all_that_follows(built: Path, tmp_path: Path) -> None:
    classroom = Classroom(built, tmp_path / "course", ZERO)
    root = classroom.root
    add = ("db", "assignment", "add", NAME)
    assert command(root, *add, "--duedate=2026-02-02 22:00 UTC").returncode == 0
    for name in ("ada", "ben"):
        classroom.submit(name, RIGHT, "2026-02-03 22:00:00 UTC")
    outbound = root / "exchange" / "slopewise" / "outbound" / NAME
    outbound.mkdir(parents=True)
    classroom.autograde()
    classroom.course().feedback(NAME)
    assert read_due(outbound) == datetime(2026, 2, 2, 22, tzinfo=UTC)
    pages = {name: root / "feedback" / name / NAME / f"{NAME}.html" for name in ("ada", "ben")}
    assert read_total(pages["ada"].read_text()) == (0.0, 20.0)
    runs = set(classroom.results())

    # An extension for one, in nbgrader's own words, and nothing is run again.
    gradebook = classroom.course().gradebook()
    gradebook.grant_extension(NAME, "ada", days=3)
    gradebook.close()
    said = "\n".join(classroom.autograde())
    assert "graded before 2" in said
    assert "ada, 01-tiny: 0 points are taken off for lateness now, 20 before" in said
    assert not pages["ada"].exists()
    assert pages["ben"].exists()
    classroom.course().feedback(NAME)
    assert read_total(pages["ada"].read_text()) == (20.0, 20.0)

    # A new deadline for all; each reader sees it by itself.
    assert command(root, *add, "--duedate=2026-02-09 22:00 UTC").returncode == 0
    record = gather(Course.find(root))
    assert {one.learner: (one.penalty, one.score) for one in record.submissions} == {
        "ada": (0, 20),
        "ben": (0, 20),
    }
    assert command(root, "export", "--to=grades.csv").returncode == 0
    with (root / "grades.csv").open() as file:
        assert [row["score"] for row in csv.DictReader(file)] == ["20.0", "20.0"]
    assert read_due(outbound) == datetime(2026, 2, 9, 22, tzinfo=UTC)
    classroom.course().feedback(NAME)
    assert read_total(pages["ben"].read_text()) == (20.0, 20.0)

    # And back: lateness that is found later costs what it costs.
    assert command(root, *add, "--duedate=2026-02-01 22:00 UTC").returncode == 0
    classroom.course().feedback(NAME)
    assert read_total(pages["ben"].read_text()) == (0.0, 20.0)
    assert read_total(pages["ada"].read_text()) == (20.0, 20.0)
    assert set(classroom.results()) == runs


def test_a_rule_for_lateness_that_fails_is_named() -> None:
    class Broken(BasePlugin):  # type: ignore[misc]  # nbgrader is untyped
        def late_submission_penalty(self, *_: object) -> float:
            raise RuntimeError("no")

    policy = LatePolicy(Config({"AssignLatePenalties": {"plugin_class": Broken}}))
    assert policy.penalty("ada", 20, 0) == 0
    with pytest.raises(CourseError, match="Broken fails for 60 s of lateness"):
        policy.penalty("ada", 20, 60)
    for name in ("tests.late.Nobody", "nowhere.Nobody"):
        with pytest.raises(CourseError, match="cannot be used"):
            LatePolicy(Config({"AssignLatePenalties": {"plugin_class": name}}))
    with pytest.raises(CourseError, match="cannot be used"):
        LatePolicy(Config({"LateSubmissionPlugin": {"penalty_method": "harsh"}}))
