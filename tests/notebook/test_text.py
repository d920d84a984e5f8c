"""The one parser of text notebooks: what it takes, what it refuses, and where."""

from __future__ import annotations

from pathlib import Path

import jupytext
import pytest

from slopewise.errors import CourseError
from slopewise.notebook.course import Course, Lesson
from slopewise.notebook.text import parse_text_notebook

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([*ROOT.glob("notebooks/*.py"), *ROOT.glob("answers/*.py")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_text_notebook_reads_as_in_jupyterlab(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    ours = parse_text_notebook(text, path.name)
    theirs = jupytext.reads(text, fmt="py:percent").cells
    assert [(cell.kind, cell.source) for cell in ours] == [
        (cell.cell_type, cell.source) for cell in theirs
    ]
    spacing = ("lines_to_next_cell", "lines_to_end_of_cell_marker")
    assert [dict(cell.options) for cell in ours] == [
        {key: value for key, value in cell.metadata.items() if key not in spacing}
        for cell in theirs
    ]


@pytest.mark.parametrize("option", ['check="x"', "check='x'"])
def test_single_quotes_are_found_like_double_ones(option: str, tmp_path: Path) -> None:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks/01-one.py").write_text(f"# %% {option} points=2.5\nassert x\n")
    [exercise] = Lesson("01-one", tmp_path).exercises
    assert (exercise.name, exercise.points) == ("x", 2.5)


def test_options_of_every_kind() -> None:
    [cell] = parse_text_notebook(
        """# %% a="it's" b='say "x"' n=-3 f=.5 flag=true gone=null tags=["p", 'q']\n1\n""", "x.py"
    )
    assert cell.options == {
        "a": "it's",
        "b": 'say "x"',
        "n": -3,
        "f": 0.5,
        "flag": True,
        "gone": None,
        "tags": ["p", "q"],
    }


def test_prose_behind_marks_or_in_quotes() -> None:
    text = '# %% [markdown]\n# One\n#\n# two\n\n# %% [md]\n"""\nThree\n"""\n\n# %% [raw]\n# four\n'
    cells = parse_text_notebook(text, "x.py")
    assert [(cell.kind, cell.source, cell.line) for cell in cells] == [
        ("markdown", "One\n\ntwo", 1),
        ("markdown", "Three", 6),
        ("raw", "four", 11),
    ]


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("# ---\n# a: 1\n# ---\n\nimport os\n# %%\n", 5, "before the first cell"),
        ("# %%\n1\n# %% check=x\n2\n", 3, "a name stands in quotes"),
        ("# %%\n1\n# %% check='x\n2\n", 3, "cannot read"),
        ("# %% Setup\n", 1, "cannot read 'Setup'"),
        ('# %% check="x" check="y"\n', 1, "twice"),
        ('# %% tags="word"\n', 1, "tags are a list"),
        ("# %% [prose]\n", 1, "no kind of cell [prose]"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, line: int, told: str) -> None:
    with pytest.raises(CourseError) as error:
        parse_text_notebook(text, "notebooks/x.py")
    assert str(error.value).startswith(f"notebooks/x.py:{line}: ")
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_nothing_is_no_cell() -> None:
    assert parse_text_notebook("", "x.py") == ()


def test_the_lessons_say_what_they_are() -> None:
    for lesson in Course(ROOT).lessons:
        assert lesson.title
        assert lesson.aim
        assert lesson.minutes
        assert lesson.points > 0
