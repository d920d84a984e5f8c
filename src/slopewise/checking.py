"""A self-learner's grader: the full verdict on a notebook, without a gradebook."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slopewise import sandbox
from slopewise.errors import CourseError, SubmissionError
from slopewise.execution import Settings
from slopewise.execution.cells import OwnRunner
from slopewise.grading import AnswerKey, grade, read_key
from slopewise.notebook.course import LESSON_NAME, Course, Exercise, Lesson
from slopewise.notebook.files import LEFT_BEHIND, File
from slopewise.notebook.findings import Finding
from slopewise.notebook.identification import Marks, is_nobodys, recognise
from slopewise.notebook.reading import read_notebook
from slopewise.notebook.submitted_files import collect, files_of_run, own_files
from slopewise.scoring import Verdict
from slopewise.scoring.known_answers import known_answers_path

LINGER_SECONDS = 180.0
"""How long the warm process waits for the learner's next try."""


@dataclass(frozen=True)
class Checked:
    """What a notebook is worth, and why.

    Attributes:
        path: the notebook.
        lesson: the lesson's name.
        verdicts: one for each exercise, in order.
        findings: what had to be put right before it was run.
        stopped: why not all cells were run; "" where they were.
        seconds: how long running and judging took.
        unboxed: why it was run without a box; "" where there was one, or the configuration does
            without.
        by_hand: what a person grades, and nobody has here.
    """

    path: Path
    lesson: str
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    stopped: str
    seconds: float
    unboxed: str = ""
    by_hand: tuple[Exercise, ...] = ()

    @property
    def points(self) -> float:
        """What was earned."""
        return round(sum(verdict.points for verdict in self.verdicts), 2)

    @property
    def maximum(self) -> float:
        """What could be earned."""
        return sum(verdict.maximum for verdict in self.verdicts)


def find_notebooks(paths: Iterable[Path]) -> list[Path]:
    """Return the notebooks among the paths.

    A folder stands for those directly in it; one without any, for those in lessons' folders
    (`NN-name`) in it, as `my-lessons` has them.

    Raises:
        SubmissionError: a path does not exist, or a folder holds no notebook.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = _directly_in(path) or [
                one
                for folder in sorted(path.iterdir())
                if LESSON_NAME.fullmatch(folder.name) and folder.is_dir()
                for one in _directly_in(folder)
            ]
            if not inside:
                raise SubmissionError(f"{path}: holds no notebook (.ipynb)")
            found.extend(inside)
        elif path.exists():
            found.append(path)
        else:
            raise SubmissionError(f"{path}: there is no such file")
    return found


def _directly_in(folder: Path) -> list[Path]:
    return sorted(
        one
        for one in folder.iterdir()
        if one.suffix.casefold() == ".ipynb" and one.is_file() and not is_nobodys(one.name)
    )


def is_own_work(path: Path, settings: Settings) -> bool:
    """Whether a notebook is the own work of whoever asks, as far as its place tells.

    Another account's file is not, and one that lies where learners' work lies is not.
    """
    real = path.resolve()
    if hasattr(os, "geteuid") and real.stat().st_uid != os.geteuid():
        return False
    return not any(real.is_relative_to(folder) for folder in settings.others_work)


def _own_notebooks(lesson: Lesson) -> list[Path]:
    return [lesson.path_in(folder).resolve() for folder in ("source", "solutions")]


class Checker:
    """Checks notebooks against the lessons of a course; reads each lesson once.

    Args:
        course: a built course.
        settings: how notebooks are run, as the course's configuration says.

    Raises:
        CourseError: no lesson is built.
    """

    def __init__(self, course: Course, settings: Settings) -> None:
        self._settings = settings
        self._keys: dict[Lesson, AnswerKey] = {
            lesson: read_key(
                lesson.path_in("source"), lesson.path_in("solutions"), known_answers_path(lesson)
            )
            for lesson in course.lessons
            if lesson.path_in("source").is_file() and lesson.path_in("solutions").is_file()
        }
        if not self._keys:
            raise CourseError(f"{course.root}: no lesson is built; run `slopewise build`")
        self._marks = [Marks.of(lesson.name, key.source) for lesson, key in self._keys.items()]

    def check(self, path: Path) -> Checked:
        """Run a notebook and judge every exercise in it.

        Raises:
            SubmissionError: it cannot be read, or is none of the lessons.
        """
        start = time.monotonic()
        submitted = read_notebook(path)
        lesson = self._lesson(path, submitted)
        if hasattr(os, "fork"):
            from slopewise.sandbox.client import linger

            linger(sandbox.IDLE_SECONDS, LINGER_SECONDS, self._settings.modules)
        runner = OwnRunner(is_own_work(path, self._settings))
        files, left_out = self._files(path, lesson)
        done = grade(self._keys[lesson], submitted, runner, self._settings, files, left_out)
        order = [exercise.name for exercise in lesson.exercises]
        verdicts = sorted(done.verdicts, key=lambda verdict: order.index(verdict.exercise))
        seconds = time.monotonic() - start
        return Checked(
            path,
            lesson.name,
            tuple(verdicts),
            # The course's own notebooks hold the questions; nothing is out of order about that.
            () if path.resolve() in _own_notebooks(lesson) else done.record.findings,
            done.stopped,
            seconds,
            runner.unboxed,
            lesson.by_hand,
        )

    def _files(self, path: Path, lesson: Lesson) -> tuple[list[File], tuple[Finding, ...]]:
        """What the notebook is run with, as in grading, and what is left out of its folder.

        What lies in any other folder than its lesson's has nothing to do with it.
        """
        own = own_files(lesson.path_in("source").parent, LEFT_BEHIND, ())
        folder = path.absolute().parent
        if folder.name != lesson.name:
            return files_of_run((), own), ()
        taken = collect(
            folder,
            LEFT_BEHIND,
            frozenset(file.name for file in own),
            notebooks=frozenset([path.name]),
            libraries=self._settings.modules.libraries,
        )
        return files_of_run(taken.files, own), taken.findings

    def _lesson(self, path: Path, submitted: Any) -> Lesson:
        """Find out which lesson a notebook is: by the cells it has, whatever its name is."""
        name = recognise(submitted, self._marks, path.stem)
        for lesson in self._keys:
            if lesson.name == name:
                return lesson
        names = ", ".join(lesson.name for lesson in self._keys)
        raise SubmissionError(
            f"{path.name}: is none of the lessons ({names}), or its checks are all gone; "
            "begin again from the released notebook"
        )
