"""`course.toml`: one reader, defaults where it is missing, one clear line where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from slopewise.errors import BuildError, CourseError
from slopewise.nbgrader.settings import modules_of
from slopewise.notebook.course import Course
from slopewise.notebook.course_settings import SETTINGS, CourseSettings, read_course_settings
from slopewise.sandbox import Modules
from tests.tiny import TINY, make_course, source_of


def read(root: Path, text: str) -> CourseSettings:
    (root / SETTINGS).write_text(text, encoding="utf-8")
    return read_course_settings(root)


def test_without_the_file_every_setting_has_its_default(tmp_path: Path) -> None:
    settings = read_course_settings(tmp_path)
    assert settings == CourseSettings()
    assert settings.lesson_points is None
    assert modules_of(tmp_path) == Modules()


def test_what_it_says_is_what_is_read(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        'title = "Statistics"\nlesson_points = 7.5\ndata = ["data/a.csv"]\n'
        '[modules]\nneeded = ["pandas"]\nlate = { fit = ["scipy.optimize"] }\n',
    )
    assert (settings.title, settings.lesson_points) == ("Statistics", 7.5)
    assert settings.data == ("data/a.csv",)
    modules = modules_of(tmp_path)
    assert modules.libraries == {"pandas", "scipy"}
    assert modules.are_mentioned("model.fit(x)")
    assert not modules.are_mentioned("model.predict(x)")
    assert Modules.from_text(modules.as_text()) == modules


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("title = 3", "course.toml: title is a text, not 3"),
        ("lesson_points = 0", "course.toml: lesson_points is a number of points above 0"),
        ("lesson_points = true", "course.toml: lesson_points is a number of points above 0"),
        ("lesson_points = nan", "course.toml: lesson_points is a number of points above 0"),
        ('data = ["../x"]', "course.toml: data is a list of files below the course's folder"),
        ('file_types = ["CSV"]', "course.toml: file_types is a list of endings"),
        ("[modules]\nneeded = ['os; x']", "course.toml: modules.needed is a list of modules"),
        ("[modules]\nneded = ['os']", "course.toml: there is no setting modules.neded; there are:"),
        ("points = 3", "course.toml: there is no setting points; there are: title,"),
        (
            "[modules]\nlate = { optim = 'torch' }",
            "course.toml: modules.late is words with lists, as in { optim = [",
        ),
        ("title = ", "course.toml: cannot be read ("),
    ],
)
def test_what_makes_no_sense_is_one_line(tmp_path: Path, text: str, line: str) -> None:
    with pytest.raises(CourseError) as caught:
        read(tmp_path, text)
    assert str(caught.value).startswith(line)
    assert "\n" not in str(caught.value)


def test_lessons_are_worth_what_the_course_says(tmp_path: Path) -> None:
    course = make_course(tmp_path, n01_tiny=TINY.replace("points=12", "points=2.5"))
    (tmp_path / SETTINGS).write_text("lesson_points = 10.5\n")
    assert Course(course.root).lesson("1").points == 10.5
    (tmp_path / SETTINGS).unlink()  # any sum
    (tmp_path / "other").mkdir()
    assert source_of(TINY, tmp_path / "other")


def test_the_build_names_the_points_it_misses(tmp_path: Path) -> None:
    from slopewise.build.source import make_source

    (lesson,) = make_course(tmp_path, n01_tiny=TINY).lessons
    (tmp_path / SETTINGS).write_text("lesson_points = 30\n")
    with pytest.raises(BuildError, match="the points add up to 20, not 30"):
        make_source(lesson)


def test_the_welcome_page_is_headed_as_the_course_is_called(tmp_path: Path) -> None:
    from slopewise.lab.desk import Desk
    from slopewise.lab.welcome import page

    read(tmp_path, 'title = "Statistics"\nwelcome = "On tables."\n')
    text = page(Desk.of_course(Course(tmp_path)), [])
    assert "\n# Welcome to Statistics\n\nOn tables. There are no lessons yet." in text
