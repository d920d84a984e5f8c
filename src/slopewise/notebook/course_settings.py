"""The one reader of `course.toml`: what belongs to a course, and not to its grader.

.. code-block:: toml

    title = "Introductory statistics"
    welcome = "Two lessons on real tables. Take them in order."
    lesson_points = 10                  # what each lesson is worth; left out, any sum
    file_types = [".csv", ".txt"]       # of data files, which lie in notebooks/NN-name/
    data = ["data/heights.csv"]         # files that every lesson gets
    drawing = ["figures."]              # a cell with such a text only draws
    alterations = true                  # the build makes mistakes of its own, and knows them then

    [modules]                           # imported once, and not again for each notebook
    needed = ["pandas"]                 # without these no lesson runs
    welcome = ["scipy.stats"]           # may be missing
    late = { optim = ["torch._dynamo"] }    # imported when a cell mentions the word

Every line may be missing, and so may the file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from slopewise.errors import CourseError

SETTINGS = "course.toml"
FILE_TYPES = (".csv", ".tsv", ".txt", ".json", ".png", ".jpg", ".npz", ".parquet", ".xlsx", ".zip")
MOST_POINTS = 10_000.0
_MODULE = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")


@dataclass(frozen=True)
class CourseModules:
    """What the lessons of a course import.

    Attributes:
        needed: names of modules without which no lesson runs.
        welcome: names of modules that may be missing.
        late: names of modules that take long and that few notebooks need, by a word that stands in
            the cells of those that do.
    """

    needed: tuple[str, ...] = ()
    welcome: tuple[str, ...] = ()
    late: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class CourseSettings:
    """What `course.toml` says.

    Attributes:
        title: the course's name, as its pages show it.
        welcome: a sentence or two for the welcome page; "" for none.
        lesson_points: what each lesson is worth; None where lessons may be worth anything.
        file_types: endings that a data file may have, in small letters, with the dot.
        data: paths, below the course's folder, of files that lie beside every lesson.
        drawing: texts by which a cell is known that only draws, and so decides nothing.
        alterations: whether a build asks its questions of altered solutions, too; takes minutes.
        modules: what its lessons import.
    """

    title: str = "the course"
    welcome: str = ""
    lesson_points: float | None = None
    file_types: tuple[str, ...] = FILE_TYPES
    data: tuple[str, ...] = ()
    drawing: tuple[str, ...] = ()
    alterations: bool = False
    modules: CourseModules = field(default_factory=CourseModules)


def read_course_settings(root: Path) -> CourseSettings:
    """Return what the `course.toml` in that folder says; the defaults where there is none.

    Raises:
        CourseError: it is no TOML, or a line of it is unknown or makes no sense; names the line.
    """
    try:
        content = tomllib.loads((root / SETTINGS).read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return CourseSettings()
    except (OSError, ValueError) as error:
        raise CourseError(f"{SETTINGS}: cannot be read ({' '.join(str(error).split())})") from None
    modules = content.pop("modules", {})
    if not isinstance(modules, dict):
        raise CourseError(f"{SETTINGS}: modules is a table, written as [modules]")
    read: dict[str, Any] = _read(content, _READERS, "")
    return CourseSettings(**read, modules=CourseModules(**_read(modules, _MODULES, "modules.")))


def _read(
    content: Mapping[str, Any], readers: Mapping[str, Callable[[Any], Any]], prefix: str
) -> dict[str, Any]:
    found = {}
    for name, value in content.items():
        if name not in readers:
            raise CourseError(
                f"{SETTINGS}: there is no setting {prefix}{name}; there are: "
                + ", ".join(f"{prefix}{one}" for one in readers)
                + ("" if prefix else ", and the table [modules]")
            )
        try:
            found[name] = readers[name](value)
        except ValueError as error:
            raise CourseError(f"{SETTINGS}: {prefix}{name} is {error}, not {value!r}") from None
    return found


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or not value.replace("\n", "").isprintable():
        raise ValueError("a text")
    return " ".join(value.split())


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise ValueError("a list of texts")
    return tuple(value)


def _points(value: Any) -> float:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0 < value <= MOST_POINTS:
        raise ValueError("a number of points above 0, as in 20")
    return float(value)


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def _file_types(value: Any) -> tuple[str, ...]:
    types = _texts(value)
    if not all(re.fullmatch(r"(\.[a-z0-9]+)+", one) for one in types) or ".ipynb" in types:
        raise ValueError(
            'a list of endings in small letters, as in [".csv"], .ipynb not among them'
        )
    return types


def _paths(value: Any) -> tuple[str, ...]:
    paths = _texts(value)
    for path in paths:
        parts = PurePosixPath(path).parts
        if path.startswith("/") or "\\" in path or ".." in parts or not parts:
            raise ValueError("a list of files below the course's folder, with / between the parts")
    return paths


def _modules(value: Any) -> tuple[str, ...]:
    names = _texts(value)
    if not all(_MODULE.fullmatch(name) for name in names):
        raise ValueError('a list of modules\' names, as in ["pandas"]')
    return names


def _late(value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise ValueError('words with modules, as in { optim = ["torch._dynamo"] }')
    try:
        return {str(word): _modules(names) for word, names in value.items()}
    except ValueError:
        raise ValueError('words with lists, as in { optim = ["torch._dynamo"] }') from None


_READERS: dict[str, Callable[[Any], Any]] = {
    "title": _text,
    "welcome": _text,
    "lesson_points": _points,
    "file_types": _file_types,
    "data": _paths,
    "drawing": _texts,
    "alterations": _yes_or_no,
}
_MODULES: dict[str, Callable[[Any], Any]] = {
    "needed": _modules,
    "welcome": _modules,
    "late": _late,
}
