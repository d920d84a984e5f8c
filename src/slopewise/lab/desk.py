"""Where a learner works: the folder that holds their lessons and the welcome page.

In `slopewise lab` that is `my-lessons/` in the course's folder, with every lesson of the course. On
a class's server it is the learner's home folder, with the lessons that the class's instructor has
released; the course's own folder is out of reach there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from slopewise.errors import CourseError
from slopewise.notebook.course import Course, Lesson
from slopewise.notebook.released import ReleasedLesson, read_released

LEARNERS_FOLDER = "my-lessons"
PAGE = "Welcome.md"


def learners_path(lesson: Lesson) -> Path:
    """Return where the learner's copy of a lesson lies in `slopewise lab`."""
    return Desk.of_course(Course(lesson.root)).copy_of(lesson.name)


@dataclass(frozen=True)
class Desk:
    """Where one learner works.

    Attributes:
        folder: holds `NN-name/NN-name.ipynb` for each lesson the learner has, and the page.
        below: the folder's path below the server's root, with `/` at its end; "" for the root.
        title: the course's, as the page shows it.
        welcome: a sentence or two of the course's; "" for none.
        course: whose lessons they are; None on a class's server.
    """

    folder: Path
    below: str
    title: str
    welcome: str = ""
    course: Course | None = None

    @classmethod
    def of_course(cls, course: Course) -> Desk:
        """Return the desk of `slopewise lab`.

        Raises:
            CourseError: the course's settings make no sense.
        """
        settings = course.settings
        folder = course.root / LEARNERS_FOLDER
        return cls(folder, f"{LEARNERS_FOLDER}/", settings.title, settings.welcome, course)

    @property
    def page_path(self) -> str:
        """The page's path below the server's root."""
        return f"{self.below}{PAGE}"

    def copy_of(self, lesson: str) -> Path:
        """Return where the learner's copy of a lesson lies, or will lie."""
        return self.folder / lesson / f"{lesson}.ipynb"

    def lessons(self, released: Path | None) -> Iterator[ReleasedLesson]:
        """Return the lessons to be shown, in order; what cannot be read is left out.

        Args:
            released: where the class's released lessons lie; None where there is no class.

        Raises:
            CourseError: the course has no lessons.
        """
        for path in self._notebooks(released):
            try:
                yield read_released(path)
            except CourseError:
                continue

    def _notebooks(self, released: Path | None) -> Iterator[Path]:
        if self.course is not None:
            for lesson in self.course.lessons:
                if self.copy_of(lesson.name).is_file():
                    yield lesson.path_in("release")
        elif released is not None:
            yield from released_notebooks(released)


def released_notebooks(folder: Path) -> list[Path]:
    """Return the lessons' notebooks in a class's folder of released lessons, in order."""
    try:
        found = [one / f"{one.name}.ipynb" for one in sorted(folder.iterdir())]
        return [path for path in found if path.is_file()]
    except OSError:  # nothing was released yet, or it cannot be looked at
        return []
