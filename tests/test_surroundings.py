"""The round of a week where folders, consoles and hand-ins are not as on the author's machine."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError, ExchangeFactory
from nbgrader.utils import notebook_hash
from traitlets.config import Config

from slopewise.cli import main
from slopewise.nbgrader import configure
from slopewise.nbgrader.corrections import literal_root
from slopewise.nbgrader.gradebook_url import sqlite_path
from slopewise.nbgrader.upstream import FINDS_FILES, IMPORTS_STUDENTS
from tests.execution.classroom import RIGHT, Classroom, built_course
from tests.tiny import NAME


@pytest.fixture(scope="module")
def classroom(tmp_path_factory: pytest.TempPathFactory) -> Classroom:
    built = built_course(tmp_path_factory.mktemp("built"))
    return Classroom(built, tmp_path_factory.mktemp("course") / "Kurs [2026] für * alle, 50%20? #1")


def exchange(classroom: Classroom, step: str) -> None:
    config = classroom.course().config.copy()
    config.CourseDirectory.assignment_id = NAME
    kind = getattr(ExchangeFactory(config=config), step)
    log = classroom.course().log
    kind(coursedir=CourseDirectory(config=config), config=config, log=log).start()


@pytest.mark.slow
def test_a_course_s_path_may_hold_any_character(classroom: Classroom) -> None:
    exchange(classroom, "ReleaseAssignment")
    assert (classroom.root / "exchange/slopewise/outbound" / NAME / f"{NAME}.ipynb").is_file()
    for name in ("amina", "ben", "cora"):
        folder = classroom.submit(name, RIGHT)
        if name != "ben":
            (folder / "submission_secret.txt").write_text(f"secret of {name}")
    classroom.autograde()
    assert classroom.scores() == {"amina": 20, "ben": 20, "cora": 20}
    assert (classroom.root / "gradebook.db").is_file()
    assert {path.name for path in classroom.root.parent.iterdir()} == {classroom.root.name}

    with pytest.raises(ExchangeError, match="no feedback of 01-tiny to release"):
        exchange(classroom, "ReleaseFeedback")
    classroom.course().feedback(NAME)
    classroom.lines.clear()
    exchange(classroom, "ReleaseFeedback")
    # Work that was put in by hand has no secret: the others get theirs, and the one is named.
    [told] = [line for line in classroom.lines if "WARNING" in line]
    assert told.endswith("send it by hand, from feedback/: ben")
    released = classroom.root / "exchange" / "slopewise" / "feedback"
    assert {path.name for path in released.iterdir()} == {
        f"{notebook_hash(secret=f'secret of {name}', notebook_id=NAME)}.html"
        for name in ("amina", "cora")
    }
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in released.iterdir())


def test_a_gradebook_that_the_course_names_stays_whatever_its_path_holds(tmp_path: Path) -> None:
    root = tmp_path / "what?"
    root.mkdir()
    config = Config()
    configure(config, str(root / "nbgrader_config.py"))
    assert sqlite_path(config.CourseDirectory.db_url) == root / "gradebook.db"
    config.CourseDirectory.db_url = "postgresql+psycopg:///?service=slopewise"
    configure(config, str(root / "nbgrader_config.py"))
    assert config.CourseDirectory.db_url == "postgresql+psycopg:///?service=slopewise"


def test_the_course_s_own_path_is_no_pattern() -> None:
    roots = ["/a/[b]", "/a", "/a/[b]/c*"]
    assert literal_root("/a/[b]/s/*/[x]", iter(roots)) == "/a/[[]b]/s/*/[x]"
    assert literal_root("/a/[b]/c*/d*", iter(roots)) == "/a/[[]b]/c[*]/d*"
    assert literal_root("/a/[bc]*", iter(roots)) == "/a/[bc]*"
    assert literal_root("s*/[x]", iter(roots)) == "s*/[x]"


def test_nbgrader_looks_for_files_where_we_think_it_does() -> None:
    import nbgrader

    assert nbgrader
    for name in FINDS_FILES:
        assert callable(sys.modules[name].glob.glob), name
    assert callable(sys.modules[IMPORTS_STUDENTS].DbStudentImportApp.start)


@pytest.mark.slow
def test_a_console_that_is_not_utf_8_shows_what_it_can(
    classroom: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(classroom.root / "submitted" / "zoe", ignore_errors=True)
    path = classroom.submit("zoe", {"half": "def half(x):\n    raise ValueError('♥')"})
    shown = {}
    for encoding, words in (("cp1252", []), ("ascii", ["--json"])):
        raw = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
        arguments = ["--course", str(classroom.root), "check", *words]
        assert main([*arguments, str(path / f"{NAME}.ipynb")]) == 1
        sys.stdout.flush()
        shown[encoding] = raw.getvalue().decode(encoding)
        monkeypatch.undo()
    assert "0 of 20 points" in shown["cp1252"]
    assert "?" in shown["cp1252"]
    # What programs read loses nothing.
    assert "♥" in str(json.loads(shown["ascii"]))
    shutil.rmtree(path)


@pytest.mark.slow
def test_nbgrader_s_own_commands_print_and_read_any_name(classroom: Classroom) -> None:
    table = classroom.root / "students.csv"
    table.write_bytes("id;first_name\r\nzo\u00eb ;Zo\u00eb\r\n;\r\n".encode("utf-16"))
    environment = {
        **os.environ,
        **{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        "PYTHONIOENCODING": "ascii",
    }

    def nbgrader(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "nbgrader", "db", "student", *words],
            cwd=classroom.root,
            env=environment,
            capture_output=True,
            encoding="ascii",
            check=False,
        )

    done = nbgrader("import", "students.csv")
    assert done.returncode == 0, done.stderr
    with closing(classroom.course().gradebook()) as gradebook:
        assert gradebook.find_student("zo\u00eb").first_name == "Zo\u00eb"
        gradebook.remove_student("zo\u00eb")
    table.write_bytes(b"name\r\nzoe\r\n")
    done = nbgrader("import", "students.csv")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "names no column id" in done.stderr
