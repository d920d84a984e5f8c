"""Run mutants: the checks of a lesson with one wrong answer in each exercise's place at a time."""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import nbformat

from slopewise.errors import CourseError
from slopewise.execution import File
from slopewise.grading import AnswerKey, Ordered, graded, job_for, read_key
from slopewise.matrix.mutants import (
    Mutant,
    MutantMatrix,
    MutantOutcome,
    MutantRow,
    read_explanations,
)
from slopewise.matrix.run import demand_built
from slopewise.nbgrader.settings import course_settings
from slopewise.notebook.course import Course, Lesson
from slopewise.scoring import State, Verdict
from slopewise.scoring.known_answers import Answer, in_packs, known_answers_path, put_into

CELL_SECONDS = 10
"""What a mutant that loops for ever costs; an honest check takes a tenth of a second."""


def run_mutants(
    course: Course,
    names: Iterable[str] = (),
    *,
    cell_seconds: int = CELL_SECONDS,
    progress: Callable[[str], None] = lambda line: None,
) -> MutantMatrix:
    """Judge every mutant of the named lessons (all where none is named).

    Raises:
        CourseError: a lesson is not built as it now is, its own solution does not earn full marks,
            the explanations cannot be read, mutmut is not installed, or this machine cannot fork.
    """
    if not hasattr(os, "fork"):
        raise CourseError("mutants: run them on Linux or macOS; this system cannot fork kernels")
    try:
        from slopewise.matrix.mutating import make_mutants
    except ImportError:
        raise CourseError(
            "mutants: mutmut makes them and is not installed; pip install 'slopewise[dev]'"
        ) from None
    lessons = [course.lesson(name) for name in names] or list(course.lessons)
    explanations = {one.key: one for one in read_explanations(course)}
    rows: list[MutantRow] = []
    demand_built(course, lessons)  # before the first takes its minutes
    for lesson in lessons:
        bench = _Bench(course, lesson, cell_seconds)
        mutants = make_mutants(lesson, bench.source)
        progress(f"{lesson.name}: judging {len(mutants)} mutants")
        verdicts = bench.judge(mutants)
        outcomes = [
            MutantOutcome(
                one,
                verdicts[one].state is not State.RIGHT,
                explanations[one.key].why if one.key in explanations else "",
            )
            for one in mutants
        ]
        rows += [
            MutantRow(
                lesson.name,
                exercise.name,
                tuple(one for one in outcomes if one.mutant.exercise == exercise.name),
            )
            for exercise in lesson.exercises
        ]
    used = {one.mutant.key for row in rows for one in row.survivors}
    ran = {lesson.name for lesson in lessons}
    stale = tuple(one for one in explanations.values() if one.lesson in ran and one.key not in used)
    return MutantMatrix(tuple(rows), stale)


class _Bench:
    """A lesson's notebook with room for other answers, and what its solution observes."""

    def __init__(self, course: Course, lesson: Lesson, cell_seconds: int) -> None:
        source, solution = lesson.path_in("source"), lesson.path_in("solutions")
        self._lesson = lesson
        settings = course_settings(course.root)
        limits = replace(settings.limits, interrupt_grace=2)
        self._settings = replace(settings, limits=limits, cell_seconds=cell_seconds, unboxed=True)
        self._files = [File(name, data) for name, data in lesson.data_files().items()]
        self.source: Any = nbformat.read(source, as_version=4)
        self.source.cells = [cell for cell in self.source.cells if _is_needed(cell)]
        references = read_key(source, solution, known_answers_path(lesson)).references
        # Without known answers: what a mutant is told does not matter here.
        self._key = AnswerKey(self.source, references, {})

    def judge(self, mutants: Sequence[Mutant]) -> dict[Answer, Verdict]:
        """Judge each mutant; those whose kernel stopped before their check, once more alone."""
        for name, verdict in self._run(()).items():
            if verdict.state is not State.RIGHT:
                raise CourseError(
                    f"{self._lesson.name}: the solution of {name} does not earn full marks "
                    f"({verdict.message}); run `slopewise build {self._lesson.name[:2]}`"
                )
        verdicts = self._run_packs(in_packs(mutants))
        lost = [one for one in mutants if verdicts[one].state is State.NOT_RUN]
        return verdicts | self._run_packs([(one,) for one in lost])

    def _run_packs(self, packs: Sequence[tuple[Answer, ...]]) -> dict[Answer, Verdict]:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            runs = list(pool.map(self._run, packs))
        return {
            one: verdicts[one.exercise]
            for pack, verdicts in zip(packs, runs, strict=True)
            for one in pack
        }

    def _run(self, pack: tuple[Answer, ...]) -> dict[str, Verdict]:
        """Run a notebook with these answers in it; the verdict on each exercise, by its name."""
        from slopewise.execution.running import run

        ordered = Ordered(put_into(self.source, pack), ())
        done = graded(
            self._key, ordered, run(job_for(ordered.notebook, self._settings, self._files))
        )
        return {verdict.exercise: verdict for verdict in done.verdicts}


def _is_needed(cell: Any) -> bool:
    """Whether the checks need a cell: exercises, checks, imports.

    The rest shows the learner's functions at work, and a mutant would loop there once more.
    """
    if cell.cell_type != "code":
        return False
    return "nbgrader" in cell.metadata or any(
        isinstance(statement, ast.Import | ast.ImportFrom)
        for statement in ast.parse(cell.source).body
    )
