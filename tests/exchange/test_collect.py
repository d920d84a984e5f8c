"""Collecting from learners who put into the exchange whatever they like, as accounts of theirs."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from nbgrader.coursedir import CourseDirectory

from slopewise.nbgrader.deadlines.timestamps import read_timestamp
from slopewise.nbgrader.exchange.attempts import attempts
from slopewise.nbgrader.exchange.receipt import collection_findings
from slopewise.notebook.times import Clock
from tests.exchange.accounts import GRADER, acting_as, needs_accounts
from tests.exchange.conftest import LESSON, Classroom

pytestmark = needs_accounts
NOTEBOOK = f"{LESSON}.ipynb"


def honest(folder: Path) -> None:
    (folder / NOTEBOOK).write_text(f"of {os.geteuid()}")
    (folder / "submission_secret.txt").write_text("0" * 64)
    (folder / "timestamp.txt").write_text("2026-01-02 03:04:05.678901 UTC")


def texts(root: Path) -> str:
    """Everything that was collected."""
    return "\n".join(path.read_text() for path in root.rglob("*") if path.is_file())


def test_links_lead_nowhere_and_are_named(classroom: Classroom) -> None:
    solutions, secret = classroom.root / "solutions", classroom.root / ".pgpass"

    def links(folder: Path) -> None:
        honest(folder)
        (folder / NOTEBOOK).unlink()
        (folder / NOTEBOOK).symlink_to(solutions / "a.ipynb")
        (folder / "pass.txt").symlink_to(secret)
        (folder / "all").symlink_to(solutions)
        (folder / "zero").symlink_to("/dev/zero")

    classroom.hand_in("daemon", links)
    classroom.hand_in("games", honest)
    well, log = classroom.run("Collect")
    assert well, log
    assert "SECRET" not in texts(classroom.root / "submitted")
    assert (classroom.submitted("games") / NOTEBOOK).is_file()
    assert "daemon: 01-tiny.ipynb is a symbolic link, and 3 more" in log
    findings = collection_findings(classroom.submitted("daemon"))
    assert len(findings) == 5  # four links, and the time
    assert "“01-tiny.ipynb” is a symbolic link; it was not collected." in findings[0].text


def fifo(folder: Path) -> None:
    folder.rmdir()
    os.mkfifo(folder)


def dangling(folder: Path) -> None:
    folder.rmdir()
    folder.symlink_to("nowhere")


def link_to_solutions(folder: Path) -> None:
    target = folder.parents[3] / "course" / "solutions"
    folder.rmdir()
    folder.symlink_to(target)


def plain_file(folder: Path) -> None:
    folder.rmdir()
    folder.write_text("no folder")


def bound_socket(folder: Path) -> None:
    folder.rmdir()
    os.chdir(folder.parent.parent)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(f"inbound/{folder.name}")


def closed(folder: Path) -> None:
    honest(folder)
    folder.chmod(0)


HOSTILE: dict[str, tuple[Callable[[Path], object], bytes]] = {
    "FIFO": (fifo, b""),
    "dangling link": (dangling, b""),
    "link to the solutions": (link_to_solutions, b""),
    "plain file": (plain_file, b""),
    "socket": (bound_socket, b""),
    "mode 000": (closed, b""),
    "another's name": (honest, b"games+01-tiny+2027-01-01 00:00:00.000000 UTC+x"),
    "name of nobody": (honest, b"ada+01-tiny+2026-01-01 00:00:00.000000 UTC+x"),
    "line end": (honest, b"dae\nmon+01-tiny+2026-01-01 00:00:00.000000 UTC+x"),
    "escape": (honest, b"\x1b[2J\x07daemon+01-tiny+2026-01-01 00:00:00.000000 UTC+x"),
    "markup": (honest, b"<img src=x onerror=alert(1)>+01-tiny+2026-01-01 00:00:00 UTC+x"),
    "brackets": (honest, b"a[b]c+01-tiny+2026-01-01 00:00:00 UTC+x"),
    "no text": (honest, b"\xff\xfe+01-tiny+2026-01-01 00:00:00 UTC+x"),
    "above": (honest, b"..+01-tiny+2026-01-01 00:00:00 UTC+x"),
}


def test_what_cannot_be_collected_is_named_and_the_class_is_collected(
    classroom: Classroom,
) -> None:
    """All at once: each is named, and none costs anybody else anything."""
    classroom.hand_in("games", honest)
    for fill, name in HOSTILE.values():
        classroom.hand_in("daemon", fill, name)
    well, log = classroom.run("Collect")
    assert not well  # which becomes the exit status
    assert f"Not collected, {len(HOSTILE)} in all:" in log
    assert "games: games+01-tiny+2027-01-01 00:00:00.000000 UTC+x belongs to account daemon" in log
    assert "dae\\nmon: " in log
    assert all(line.isprintable() for line in log.splitlines())
    assert [path.name for path in (classroom.root / "submitted").iterdir()] == ["games"]
    assert (classroom.submitted("games") / NOTEBOOK).read_text() == "of 5"


def test_an_unreadable_time_is_no_reason_and_an_earlier_whole_one_stands_in(
    classroom: Classroom,
) -> None:
    classroom.hand_in("daemon", honest, time="2026-99-99 that")
    classroom.hand_in("games", honest, time="2026-01-01 00:00:00 UTC")
    classroom.hand_in("games", closed, time="2026-01-03 00:00:00 UTC")
    well, log = classroom.run("Collect")
    assert not well
    assert "cannot be read" in log
    for learner in ("daemon", "games"):
        assert (classroom.submitted(learner) / NOTEBOOK).is_file()
    (finding,) = collection_findings(classroom.submitted("daemon"))
    assert "“2026-99-99 that”, which is no time; the exchange received it at" in finding.text


def test_the_file_system_says_when_it_was_received(classroom: Classroom) -> None:
    """A learner who was late backdates the name, the file and every time that an owner can set."""
    start = datetime.now(UTC).replace(microsecond=0)

    def backdated(folder: Path) -> None:
        honest(folder)
        for path in (*folder.iterdir(), folder):
            os.utime(path, (10**9, 10**9))

    def without(folder: Path) -> None:
        honest(folder)
        (folder / "timestamp.txt").unlink()

    def damaged(folder: Path) -> None:
        honest(folder)
        (folder / "timestamp.txt").write_text("9999999999999 PDT")

    for learner, fill in (("daemon", backdated), ("games", without), ("nobody", damaged)):
        classroom.hand_in(learner, fill)
    well, log = classroom.run("Collect")
    assert well, log
    for learner in ("daemon", "games", "nobody"):
        received = read_timestamp(classroom.submitted(learner), Clock()).when
        assert received is not None
        assert start <= received <= datetime.now(UTC)
        (finding,) = collection_findings(classroom.submitted(learner))
        assert "It says it was handed in at 2026-01-02 03:04 UTC; the exchange" in finding.text


def test_a_learner_cannot_write_the_collectors_note(classroom: Classroom) -> None:
    def forged(folder: Path) -> None:
        honest(folder)
        (folder / "collected.json").write_text('{"doubt": "forged", "left_out": []}')

    classroom.hand_in("daemon", forged, time=f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC")
    assert classroom.run("Collect")[0]
    assert collection_findings(classroom.submitted("daemon")) == ()
    assert "forged" not in texts(classroom.root / "submitted")


def test_sizes_and_numbers_are_bounded_and_the_notebook_is_taken(classroom: Classroom) -> None:
    def many(folder: Path) -> None:
        honest(folder)
        with (folder / "huge").open("wb") as file:
            file.truncate(2**40)
        for one in range(700):
            (folder / f"f{one}").touch()

    classroom.hand_in("daemon", many)
    well, log = classroom.run("Collect")
    assert well, log
    taken = [path for path in classroom.submitted("daemon").rglob("*") if path.is_file()]
    assert classroom.submitted("daemon") / NOTEBOOK in taken
    assert 400 < len(taken) <= 502
    assert sum(path.stat().st_size for path in taken) < 2**20


def test_update_takes_what_is_newer_and_loses_nothing_otherwise(classroom: Classroom) -> None:
    classroom.hand_in("daemon", honest)
    assert classroom.run("Collect")[0]
    first = (classroom.submitted("daemon") / "timestamp.txt").read_text()
    mark = classroom.submitted("daemon") / "mark"
    mark.touch()
    assert "use --update" in classroom.run("Collect")[1]
    assert "No newer submission" in classroom.run("Collect", update=True)[1]
    assert mark.exists()
    # As if the first had come a minute ago.
    earlier = datetime.fromisoformat(first[:19]) - timedelta(minutes=1)
    (classroom.submitted("daemon") / "timestamp.txt").write_text(f"{earlier} UTC")
    classroom.hand_in("daemon", lambda folder: (folder / NOTEBOOK).write_text("second"),
                      time="2026-02-02 00:00:00 UTC")  # fmt: skip
    assert "Updating submission" in classroom.run("Collect", update=True)[1]
    assert (classroom.submitted("daemon") / NOTEBOOK).read_text() == "second"
    assert sorted(path.name for path in classroom.submitted("daemon").parent.iterdir()) == [LESSON]


def test_nothing_is_put_through_a_link(classroom: Classroom) -> None:
    classroom.hand_in("daemon", honest)
    classroom.submitted("daemon").parent.parent.mkdir()
    classroom.submitted("daemon").parent.symlink_to(classroom.root / "solutions")
    well, log = classroom.run("Collect")
    assert not well
    assert "remove the symbolic link" in log
    assert [path.name for path in (classroom.root / "solutions").iterdir()] == ["a.ipynb"]


def test_one_learner_can_be_asked_for(classroom: Classroom) -> None:
    classroom.hand_in("daemon", honest)
    classroom.hand_in("games", honest)
    assert classroom.run("Collect", student="games")[0]
    assert [path.name for path in (classroom.root / "submitted").iterdir()] == ["games"]


def test_a_strangers_many_do_not_hide_a_learners_one(classroom: Classroom) -> None:
    classroom.hand_in("games", honest)

    def flood() -> None:
        for one in range(200):
            (classroom.inbound / f"games+{LESSON}+2099-01-01 00:00:00 UTC+{one}").mkdir()

    acting_as("daemon", flood)
    well, log = classroom.run("Collect")
    assert not well
    assert "Not collected, 200 in all:" in log
    assert "… and 180 more" in log
    assert (classroom.submitted("games") / NOTEBOOK).read_text() == "of 5"


def test_what_is_still_being_handed_in_waits_for_the_next_time(
    classroom: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = classroom.hand_in("games", honest)
    original = os.fstat

    def fstat(descriptor: int) -> os.stat_result:
        status = original(descriptor)
        if stat.S_ISREG(status.st_mode) and status.st_size == len("of 5"):
            os.utime(folder / NOTEBOOK)  # as if the learner's server were still writing
        return status

    folder.joinpath(NOTEBOOK).chmod(0o666)
    monkeypatch.setattr(os, "fstat", fstat)
    well, log = classroom.run("Collect")
    assert not well
    assert "was changed while it was read; collect again" in log
    assert not classroom.submitted("games").exists()
    monkeypatch.undo()
    assert classroom.run("Collect")[0]
    assert (classroom.submitted("games") / NOTEBOOK).is_file()


def test_attempts_are_those_of_their_own_accounts_whatever_a_name_says(
    classroom: Classroom,
) -> None:
    classroom.hand_in("daemon", honest)
    classroom.hand_in("daemon", honest, time="2020-01-01 00:00:00 UTC")
    classroom.hand_in("games", honest, name=f"daemon+{LESSON}+2026-01-02 03:04:05 UTC+forged")

    def read() -> str:
        config = classroom.config()
        found = attempts(CourseDirectory(config=config), config)
        return " ".join(f"{one.learner}:{one.lesson}:{one.received.year}" for one in found)

    year = datetime.now(UTC).year
    assert acting_as(GRADER, read) == " ".join([f"daemon:{LESSON}:{year}"] * 2)
