"""The sample class is one: names, sections, somebody late, somebody with more time, a cheat."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import nbformat

from slopewise.build.source import make_source
from slopewise.notebook.course import Course
from slopewise.sample import (
    CHEATED,
    CLASS,
    EXTENDED,
    LATE,
    class_table,
    due_date,
    write_submissions,
)
from tests.notebooks import REPOSITORY
from tests.tiny import TINY, make_course, released


def test_everybody_has_a_name_a_mail_an_id_of_the_platform_and_a_section() -> None:
    rows = list(csv.DictReader(io.StringIO(class_table())))
    assert [row["id"] for row in rows] == list(CLASS)
    assert all(all(row.values()) for row in rows)
    assert len({row["lms_user_id"] for row in rows}) == len(rows)
    assert {row["section"] for row in rows} == {"A", "B"}


def test_one_is_late_one_has_more_time_and_one_cheats(tmp_path: Path) -> None:
    course = Course.find(REPOSITORY)
    write_submissions(course, tmp_path)
    late = set()
    for place, lesson in enumerate(course.lessons):
        for name in CLASS:
            stamp = tmp_path / "submitted" / name / lesson.name / "timestamp.txt"
            if stamp.exists():
                when = datetime.strptime(stamp.read_text().strip(), "%Y-%m-%d %H:%M:%S UTC")
                if when.replace(tzinfo=UTC) > due_date(course, lesson):
                    late.add((name, place))
    assert late == {LATE, EXTENDED[:2]}
    lesson = course.lessons[0]
    path = tmp_path / "submitted" / CHEATED / lesson.name / f"{lesson.name}.ipynb"
    handed_in = nbformat.read(path, as_version=4)
    released = nbformat.read(lesson.path_in("release"), as_version=4)
    checks = {cell.id: cell.source for cell in released.cells if cell.id.endswith("-check")}
    assert any(checks.get(cell.id, cell.source) != cell.source for cell in handed_in.cells)


def test_a_course_of_one_lesson_without_known_answers_has_a_class_too(tmp_path: Path) -> None:
    (tmp_path / "course").mkdir()
    course = make_course(tmp_path / "course", n01_tiny=TINY)
    (lesson,) = course.lessons
    source = make_source(lesson)
    for folder, notebook in (("source", source), ("release", released(source))):
        path = lesson.path_in(folder)
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
    assert write_submissions(course, tmp_path) > len(CLASS) / 2
