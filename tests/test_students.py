"""Who can be entered in the gradebook, through nbgrader's own doors; and what its pages escape."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook, InvalidEntry, Student

from slopewise.environment import put_tools_on_path
from slopewise.lab.extension import escape_formgraders_pages
from slopewise.nbgrader.learners.students import guard_students
from slopewise.nbgrader.plain_log import PlainFormatter
from tests.formgrader import formgrader_in
from tests.notebooks import REPOSITORY

IMAGE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def gradebook(tmp_path: Path) -> Gradebook:
    put_tools_on_path()
    guard_students()
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}", "slopewise") as opened:
        yield opened


@pytest.mark.parametrize("student", [IMAGE, "a\nb", "\x1b[2Jada", "a[b]c", "", "=1+1", ".."])
def test_an_id_that_could_mean_something_is_refused_by_every_door(
    gradebook: Gradebook, student: str
) -> None:
    for enter in (gradebook.add_student, gradebook.update_or_create_student):
        with pytest.raises(InvalidEntry, match="give the learner another") as refused:
            enter(student, first_name="Ada")
        assert str(refused.value).isprintable()
    assert gradebook.students == []
    gradebook.add_student("ada")  # and the gradebook goes on
    assert [one.id for one in gradebook.students] == ["ada"]


@pytest.mark.parametrize("field", ["first_name", "last_name", "email", "lms_user_id"])
def test_a_name_with_markup_is_refused_and_the_old_one_kept(
    gradebook: Gradebook, field: str
) -> None:
    gradebook.add_student("ada", **{field: "Núñez, O'Brien"})
    with pytest.raises(InvalidEntry, match="enter it without"):
        gradebook.update_or_create_student("ada", **{field: IMAGE})
    gradebook.db.rollback()
    assert getattr(gradebook.find_student("ada"), field) == "Núñez, O'Brien"


def test_nbgraders_commands_refuse_in_one_line(tmp_path: Path) -> None:
    shutil.copy(REPOSITORY / "nbgrader_config.py", tmp_path)
    (tmp_path / "students.csv").write_text(f'id,first_name\nada,Ada\n"{IMAGE}",Eve\n')
    for words in (["add", IMAGE], ["import", "students.csv"]):
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", "db", "student", *words, "--log-level=ERROR"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
        assert done.returncode != 0
        assert "Traceback" not in done.stderr
        assert "holds “<”; " in done.stderr.splitlines()[-1]
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}", "slopewise") as gradebook:
        assert all("<" not in one.id for one in gradebook.students)


def test_what_an_older_edition_let_in_can_still_be_read(gradebook: Gradebook) -> None:
    gradebook.db.execute(Student.__table__.insert().values(id=IMAGE, first_name=IMAGE))
    gradebook.db.commit()
    assert gradebook.find_student(IMAGE).first_name == IMAGE


def test_the_formgraders_pages_escape(tmp_path: Path) -> None:
    application = formgrader_in(tmp_path)
    page = application.settings["nbgrader_jinja2_env"].get_template(
        "manage_students_notebook_submissions.tpl"
    )
    names = {"student_id": IMAGE, "assignment_id": '";alert(1)//', "base_url": ""}
    assert IMAGE in page.render(names), "nbgrader escapes by itself now"
    escape_formgraders_pages(application.settings)
    page = application.settings["nbgrader_jinja2_env"].get_template(
        "manage_students_notebook_submissions.tpl"
    )
    shown = page.render(names)
    assert IMAGE not in shown
    assert '";alert(1)' not in shown
    assert '<script src="/formgrader/static/js/utils.js"></script>' in shown  # its own stays


def test_nbgraders_own_lines_show_escapes_and_do_not_send_them(tmp_path: Path) -> None:
    shutil.copy(REPOSITORY / "nbgrader_config.py", tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "db", "student", "remove", "\x1b[2J\x07ada"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "No such student: '\\x1b[2J\\x07ada'" in done.stderr
    assert "\x1b" not in done.stderr


def test_a_traceback_in_the_log_is_shown_plainly() -> None:
    formatter = PlainFormatter(fmt="%(message)s", color=False)
    try:
        raise ValueError("\x1b]0;title\x07")
    except ValueError:
        record = logging.LogRecord("", 40, "", 1, "of %s", ("\x9b2J\nmore",), sys.exc_info())
    text = formatter.format(record)
    assert text.startswith("of \\x9b2J\n    more")
    assert "ValueError: \\x1b]0;title\\x07" in text
    assert all(line.isprintable() for line in text.splitlines())
