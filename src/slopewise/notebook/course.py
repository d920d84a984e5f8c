"""Where the lessons and folders of a course are, and what each lesson says of itself.

A lesson's title, aim, minutes and points stand in its text notebook and nowhere else; whoever
shows them asks `Lesson`. Reading is plain text work, quick enough for any command's start.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from slopewise.errors import CourseError
from slopewise.notebook.course_settings import SETTINGS, CourseSettings, read_course_settings
from slopewise.notebook.text import TextCell, read_text_notebook
from slopewise.probe.keys import SUFFIX

CONFIGURATION = "nbgrader_config.py"
TITLE = r"^# (.+)$"
AIM = r"\*Aim: ((?:[^*]|\*(?=\w))+)\*"
MINUTES = r"\*\*About (\d+) minutes"
LESSON_NAME = re.compile(r"\d\d-[a-z0-9]+(?:-[a-z0-9]+)*")


def found_in(prose: Iterable[str], pattern: str) -> str | None:
    """Return what a pattern's group finds first in a lesson's prose, in one line."""
    for text in prose:
        match = re.search(pattern, text, re.MULTILINE)
        if match is not None:
            return " ".join(match[1].split())
    return None


@dataclass(frozen=True)
class Exercise:
    """An exercise of a lesson.

    Attributes:
        name: what the learner defines; also the id of the cell it is defined in.
        points: what it is worth.
    """

    name: str
    points: float

    @property
    def check_id(self) -> str:
        """The id of the exercise's graded check cell."""
        return f"{self.name}-check"


@dataclass(frozen=True)
class Lesson:
    """A lesson of a course, by name; knows its files in every folder.

    Attributes:
        name: such as `01-manual-numpy`.
        root: the course's folder.
    """

    name: str
    root: Path

    @property
    def text_path(self) -> Path:
        """The text notebook, the only place to edit."""
        return self.root / "notebooks" / f"{self.name}.py"

    @property
    def answers_path(self) -> Path:
        """The known answers to the lesson's exercises."""
        return self.root / "answers" / f"{self.name}.py"

    def path_in(self, folder: str) -> Path:
        """The lesson's notebook in `source`, `release` or `solutions`."""
        return self.root / folder / self.name / f"{self.name}.ipynb"

    @property
    def text_name(self) -> str:
        """What messages call the text notebook."""
        return f"notebooks/{self.name}.py"

    def tutor_path(self, folder: str) -> Path:
        """The file that the tutor reads, beside the lesson's notebook in `source` or `release`."""
        return self.path_in(folder).with_name(f"{self.name}{SUFFIX}")

    @cached_property
    def settings(self) -> CourseSettings:
        """What its course says of all lessons.

        Raises:
            CourseError: `course.toml` makes no sense.
        """
        return read_course_settings(self.root)

    @property
    def data_folder(self) -> Path:
        """Where the data files lie that only this lesson has; there need be none."""
        return self.root / "notebooks" / self.name

    def data_files(self) -> dict[str, bytes]:
        """Return the files that lie beside the notebook wherever it runs, by their path there.

        Raises:
            CourseError: one is missing, or is of a type that the course does not allow.
        """
        paths = {
            path.relative_to(self.data_folder).as_posix(): path
            for path in sorted(self.data_folder.rglob("*"))
            if path.is_file() and not any(part.startswith(".") for part in path.parts[-2:])
        }
        paths |= {Path(name).name: self.root / name for name in self.settings.data}
        types = self.settings.file_types
        for path in paths.values():
            shown = path.relative_to(self.root).as_posix()
            if path.is_dir():
                raise CourseError(f"{shown}: is a folder; course.toml names files as data")
            if not path.is_file():
                raise CourseError(f"{shown}: is missing; course.toml names it as data")
            if not path.name.lower().endswith(types):
                raise CourseError(
                    f"{shown}: is of no type that is allowed ({', '.join(types)}); take it away, "
                    "or name its type in course.toml, as file_types"
                )
        return {name: path.read_bytes() for name, path in paths.items()}

    @cached_property
    def cells(self) -> tuple[TextCell, ...]:
        """The cells of the text notebook.

        Raises:
            CourseError: it cannot be read; names the line where it is one line's fault.
        """
        return read_text_notebook(self.text_path, self.text_name)

    def _find(self, pattern: str, what: str) -> str:
        found = found_in((cell.source for cell in self.cells if cell.kind != "code"), pattern)
        if found is None:
            raise CourseError(f"{self.text_name}: has no {what}")
        return found

    @property
    def title(self) -> str:
        """The first heading."""
        return self._find(TITLE, "title (a first heading, `# # Title`)")

    @property
    def aim(self) -> str:
        """The sentence in italics that begins with `Aim:`."""
        return self._find(AIM, "aim (`*Aim: one sentence.*`)")

    @property
    def minutes(self) -> int:
        """About how long the lesson takes, in minutes."""
        return int(self._find(MINUTES, "duration (`**About 60 minutes.**`)"))

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises that have a check, in the order of their check cells."""
        return tuple(
            Exercise(str(cell.options["check"]), _points(cell.options.get("points")))
            for cell in self.cells
            if "check" in cell.options
        )

    @cached_property
    def by_hand(self) -> tuple[Exercise, ...]:
        """The questions and tasks that a person grades, in their order."""
        return tuple(
            Exercise(str(cell.options[role]), _points(cell.options.get("points")))
            for cell in self.cells
            for role in ("manual", "task")
            if role in cell.options
        )

    @property
    def points(self) -> float:
        """What the lesson is worth."""
        return sum(exercise.points for exercise in (*self.exercises, *self.by_hand))


def meant_by(word: str, lessons: Sequence[str]) -> str | None:
    """Return which lesson somebody means who says `01-manual-numpy`, `01` or `1`; None for none.

    Args:
        word: what was said.
        lessons: the names of those there are.

    Raises:
        CourseError: it could be several.
    """
    if word in lessons:
        return word
    found = [one for one in lessons if word in (one[:2], one[:2].lstrip("0"))]
    if len(found) > 1:
        raise CourseError(f"{word}: could be any of {', '.join(found)}; name it in full")
    return found[0] if found else None


def _points(value: object) -> float:
    """A check's points; 0 where they make no sense, which the build refuses."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0


@dataclass(frozen=True)
class Course:
    """A course: a folder that holds `nbgrader_config.py` and the folders nbgrader knows.

    Attributes:
        root: that folder, absolute.
    """

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> Course:
        """Return the course that holds `start` (the working directory where None is given).

        Raises:
            CourseError: neither the folder nor any above it is a course.
        """
        here = (start or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            if (folder / CONFIGURATION).is_file() and (folder / "source").is_dir():
                return cls(folder)
            if (folder / CONFIGURATION).is_file() and (folder / "notebooks").is_dir():
                return cls(folder)
        raise CourseError(
            f"{here}: not a course, and in no course (no folder up from here holds "
            f"{CONFIGURATION} beside notebooks/ or source/); go to one, or name it with --course"
        )

    @property
    def settings(self) -> CourseSettings:
        """What `course.toml` says.

        Raises:
            CourseError: it makes no sense.
        """
        return read_course_settings(self.root)

    def copy_settings(self, folder: Path) -> None:
        """Copy what makes a folder a course of this kind: nbgrader's settings and the course's."""
        for name in (CONFIGURATION, SETTINGS):
            if (self.root / name).is_file():
                shutil.copy(self.root / name, folder / name)

    @property
    def has_texts(self) -> bool:
        """Whether it has a text notebook; a course made for nbgrader has none."""
        return any((self.root / "notebooks").glob("*.py"))

    def notebooks_in_source(self) -> tuple[Path, ...]:
        """The notebooks that submissions are graded by, whether built here or not, in order."""
        return tuple(sorted((self.root / "source").glob("*/*.ipynb")))

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """Every lesson that has a text notebook, in order.

        Raises:
            CourseError: there is none, or a name does not have the form `NN-name`.
        """
        paths = sorted((self.root / "notebooks").glob("*.py"))
        for path in paths:
            if not LESSON_NAME.fullmatch(path.stem):
                raise CourseError(
                    f"notebooks/{path.name}: a lesson's file is named NN-name.py, in lower case "
                    "(two digits, then words joined by -); rename it"
                )
        if not paths:
            line = f"{self.root / 'notebooks'}: holds no lesson (NN-name.py)"
            if self.notebooks_in_source():
                line += "; what was made for nbgrader is graded by nbgrader autograde"
            raise CourseError(line)
        return tuple(Lesson(path.stem, self.root) for path in paths)

    def lesson(self, name: str) -> Lesson:
        """Return the lesson of that name, or of that number (`1`, `01`).

        Raises:
            CourseError: there is none of that name.
        """
        names = [lesson.name for lesson in self.lessons]
        found = meant_by(name, names)
        if found is not None:
            return Lesson(found, self.root)
        near = get_close_matches(name, names, 1)
        meant = f"did you mean {near[0]}? There" if near else "there"
        raise CourseError(f"{name}: no such lesson; {meant} are {', '.join(names)}")

    def lesson_name(self, name: str) -> str:
        """Return a lesson's name; a course that is graded in need not hold its text.

        Raises:
            CourseError: there is none of that name.
        """
        if name not in ("", ".", "..") and (self.root / "source" / name).is_dir():
            return name
        return self.lesson(name).name
