"""What a submission brings along: nothing of this machine gets in by way of it."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from slopewise.nbgrader.deadlines.timestamps import Stamp, read_timestamp
from slopewise.nbgrader.pages.results import read_total
from slopewise.notebook.findings import Kind
from slopewise.notebook.submitted_files import (
    MAXIMUM_BYTES,
    MAXIMUM_FILES,
    collect,
    own_files,
)
from slopewise.notebook.times import Clock
from tests.execution.classroom import RIGHT, Classroom, built_course
from tests.tiny import NAME

IGNORE = [".ipynb_checkpoints", "*.pyc", "__pycache__"]


def names(folder: Path, taken: frozenset[str] = frozenset()) -> list[str]:
    return [file.name for file in collect(folder, IGNORE, taken).files]


def told(folder: Path) -> list[str]:
    found = collect(folder, IGNORE).findings
    assert all(finding.kind is Kind.FILE for finding in found)
    assert all("\n" not in finding.text and len(finding.text) < 200 for finding in found)
    return [finding.text for finding in found]


def test_plain_files_are_taken_with_their_folders(tmp_path: Path) -> None:
    (tmp_path / "data/deep").mkdir(parents=True)
    (tmp_path / "data/deep/b.csv").write_bytes(b"2")
    (tmp_path / "a.txt").write_bytes(b"1")
    (tmp_path / "helper.py").write_bytes(b"3")
    (tmp_path / f"{NAME}.ipynb").write_bytes(b"{}")
    (tmp_path / "helpers.ipynb").write_bytes(b"4")
    found = collect(tmp_path, IGNORE, notebooks=frozenset([f"{NAME}.ipynb"]))
    assert [(file.name, file.content) for file in found.files] == [
        ("a.txt", b"1"),
        ("data/deep/b.csv", b"2"),
        ("helper.py", b"3"),
        ("helpers.ipynb", b"4"),
    ]
    assert found.findings == ()


def test_a_folder_without_two_above_it_is_read_like_any(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_bytes(b"1")
    monkeypatch.chdir(tmp_path)
    assert names(Path()) == ["a.txt"]
    assert collect(Path("/no-such-folder"), IGNORE).files == ()


def test_what_an_honest_machine_leaves_is_passed_over_in_silence(tmp_path: Path) -> None:
    for name in (".DS_Store", ".git/config", ".ipynb_checkpoints/x", "__pycache__/y", "z.pyc"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    assert names(tmp_path) == []
    assert told(tmp_path) == []


HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "link": (lambda at: (at / "x").symlink_to("/etc/shadow"), "is a symbolic link"),
    "dangling": (lambda at: (at / "x").symlink_to("nowhere"), "is a symbolic link"),
    "folder link": (lambda at: (at / "x").symlink_to("/etc"), "is a symbolic link"),
    "loop": (lambda at: (at / "x").symlink_to("x"), "is a symbolic link"),
    "fifo": (lambda at: os.mkfifo(at / "x"), "is neither a file nor a folder"),
    "newline": (lambda at: (at / "a\nb").write_text("x"), "no honest file"),
    "escape": (lambda at: (at / "a\x1b[2Jb").write_text("x"), "no honest file"),
    "bytes": (
        lambda at: Path(os.fsdecode(os.fsencode(at) + b"/\xff\xfe")).write_text("x"),
        "no honest file",
    ),
    "long": (lambda at: (at / ("x" * 250)).write_text("x"), "no honest file"),
    "numpy": (lambda at: (at / "numpy.py").write_text("x"), "stand in for a library"),
    "package": (lambda at: (at / "numpy").mkdir(), "stand in for a library"),
    "library": (lambda at: (at / "random.cpython-311.so").write_text("x"), "stand in for"),
    "site": (lambda at: (at / "sitecustomize.py").write_text("x"), "stand in for a library"),
    "startup": (lambda at: (at / ".ipython").mkdir(), "how programs start"),
    "rc": (lambda at: (at / "matplotlibrc").write_text("x"), "how programs start"),
    "deep": (lambda at: (at / "/".join("d" * 20)).mkdir(parents=True), "too many folders"),
    "large": (
        lambda at: (at / "x").write_bytes(bytes(MAXIMUM_BYTES + 1)),
        "makes the submission larger",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_anything_else_is_left_out_and_told(tmp_path: Path, name: str) -> None:
    make, reason = HOSTILE[name]
    (tmp_path / "honest.txt").write_text("y")
    make(tmp_path)
    assert names(tmp_path) == ["honest.txt"]
    (text,) = told(tmp_path)
    assert reason in text


def test_a_socket_is_left_out(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(tmp_path)
        try:
            listener.bind("s")
        finally:
            os.chdir(here)
        assert "neither a file nor a folder" in told(tmp_path)[0]


def test_many_files_are_not_all_taken(tmp_path: Path) -> None:
    for number in range(MAXIMUM_FILES + 5):
        (tmp_path / f"{number}").write_text("x")
    assert len(names(tmp_path)) == MAXIMUM_FILES
    assert len(told(tmp_path)) == 5


def test_the_instructor_s_files_stand_in_for_a_learner_s(tmp_path: Path) -> None:
    source, submitted = tmp_path / "source", tmp_path / "submitted"
    for folder in (source, submitted):
        (folder / "data").mkdir(parents=True)
        (folder / "data/a.csv").write_text(folder.name)
        (folder / "tool.py").write_text(folder.name)
    own = own_files(source, IGNORE, ["tool.py"])
    assert [(file.name, file.content) for file in own] == [("data/a.csv", b"source")]
    assert names(submitted, frozenset(file.name for file in own)) == ["tool.py"]
    shutil.rmtree(submitted / "data")
    (submitted / "data").write_text("a file where a folder belongs")
    assert names(submitted, frozenset(file.name for file in own)) == ["tool.py"]


@pytest.mark.parametrize(
    "content",
    [b"", b"nonsense", b"\xff\xfe", b"9" * 10000, b"0000-00-00", b"99999999999999999999 12:00"],
)
def test_a_damaged_timestamp_is_said_to_be(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "timestamp.txt").write_bytes(content)
    stamp = read_timestamp(tmp_path, Clock())
    assert stamp.when is None
    assert stamp.finding is not None
    assert "not known whether it was in time" in stamp.finding.text
    assert "\n" not in stamp.finding.text


def test_a_timestamp_is_a_plain_file_or_nothing(tmp_path: Path) -> None:
    assert read_timestamp(tmp_path, Clock()) == Stamp(None)
    (tmp_path / "timestamp.txt").write_text("2026-01-15 12:00:00 UTC\n")
    assert str(read_timestamp(tmp_path, Clock()).when) == "2026-01-15 12:00:00+00:00"
    (tmp_path / "timestamp.txt").unlink()
    (tmp_path / "timestamp.txt").symlink_to("/etc/hostname")
    stamp = read_timestamp(tmp_path, Clock())
    assert stamp.when is None
    assert stamp.finding is not None
    assert "damaged" in stamp.finding.text


# -- through the real pipeline --------------------------------------------------------------


@pytest.fixture(scope="module")
def classroom(tmp_path_factory: pytest.TempPathFactory) -> Classroom:
    built = built_course(tmp_path_factory.mktemp("built"))
    return Classroom(built, tmp_path_factory.mktemp("course"))


@pytest.mark.slow
def test_a_hostile_folder_costs_nobody_anything(classroom: Classroom) -> None:
    secret = classroom.root / "secret.txt"
    secret.write_text("secret")
    solution = classroom.root / "solutions" / NAME / f"{NAME}.ipynb"
    look = (
        "import os\n"
        "print(sorted(os.listdir('.')))\n"
        "for name in os.listdir('.'):\n"
        "    print(open(name).read() if os.path.isfile(name) else '')\n"
    )

    folder = classroom.submit("links", {"half": look + RIGHT["half"], "which": RIGHT["which"]})
    (folder / "secret").symlink_to(secret)
    (folder / "solution.txt").symlink_to(solution)
    (folder / "note.txt").write_text("mine")
    os.mkfifo(folder / "fifo")

    folder = classroom.submit("thief", {})
    (folder / f"{NAME}.ipynb").unlink()
    (folder / f"{NAME}.ipynb").symlink_to(solution)

    folder = classroom.submit("pipe", RIGHT)
    (folder / f"{NAME}.ipynb").unlink()
    os.mkfifo(folder / f"{NAME}.ipynb")

    folder = classroom.submit("folder", RIGHT)
    (folder / f"{NAME}.ipynb").unlink()
    (folder / f"{NAME}.ipynb").mkdir()

    folder = classroom.submit("names", RIGHT)
    (folder / "a\nb.ipynb").write_text("{}")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.ipynb")).write_text("{}")
    (folder / "numpy.py").write_text("raise SystemExit")

    folder = classroom.submit("stamp", RIGHT, stamp="the day after tomorrow")
    folder = classroom.submit("pipestamp", RIGHT, stamp=None)
    os.mkfifo(folder / "timestamp.txt")
    folder = classroom.submit("zoe", RIGHT)
    (folder / "notes.html").write_text("<script>alert(1)</script>")

    classroom.autograde()
    assert classroom.scores() == {
        "folder": 0, "links": 20, "names": 20, "pipe": 0, "pipestamp": 20, "stamp": 20,
        "thief": 0, "zoe": 20,
    }  # fmt: skip
    for student in ("folder", "pipe", "thief"):
        assert [one.kind for one in classroom.findings(student)] == [Kind.UNREADABLE]
    for student, count in (("links", 3), ("names", 3), ("stamp", 1), ("pipestamp", 1)):
        found = classroom.findings(student)
        assert [one.kind for one in found] == [Kind.FILE] * count
    assert classroom.findings("zoe") == ()
    copied = classroom.path("links").parent
    assert sorted(path.name for path in copied.iterdir()) == [
        f"{NAME}.ipynb", f"{NAME}.tutor.json", "note.txt", "timestamp.txt",
    ]  # fmt: skip
    written = classroom.path("links").read_text()
    assert "['note.txt']" in written
    assert "secret" not in written.replace("'secret'", "")
    said = "\n".join(classroom.lines)
    assert "WARNING: Out of order: thief: unreadable" in said
    kept = classroom.path("zoe").parent
    assert (kept / "notes.html.txt").is_file()
    assert not (kept / "notes.html").exists()
    classroom.course().feedback(NAME)
    pages = classroom.root.glob(f"feedback/*/{NAME}/{NAME}.html")
    assert {path.parts[-3]: read_total(path.read_text()) for path in pages} == {
        name: (score, 20) for name, score in classroom.scores().items()
    }
