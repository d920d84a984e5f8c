"""Whether the gradebook still holds the lesson as it is, and how to make it so.

nbgrader enters a lesson's cells and points when the assignment is generated. Of a lesson that was
changed after it was graded, grades of exercises that are gone would count on, and new points would
stand beside old ones: 22 of 20. So nothing is graded while the two differ, and :func:`update`
brings the gradebook in line without losing what a person has entered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from nbformat import NotebookNode, from_dict
from nbgrader import api, utils
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import NbGraderPreprocessor

from slopewise.errors import CourseError
from slopewise.nbgrader.course_files import course_directory

_KINDS = {"graded": api.GradeCell, "answer": api.SolutionCell, "task": api.TaskCell}


@dataclass(frozen=True)
class Cells:
    """What nbgrader enters of a notebook.

    Attributes:
        points: of each graded cell, by its id; hand-graded tasks included.
        kinds: pairs of kind and id: "graded", "answer", "task" or "source".
    """

    points: dict[str, float]
    kinds: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Difference:
    """How a notebook differs from what the gradebook holds of it.

    Attributes:
        notebook: its name.
        removed: cells of the gradebook that the notebook has no more.
        added: cells that the gradebook has not yet.
        points: old and new points by the cell's id.
    """

    notebook: str
    removed: tuple[tuple[str, str], ...]
    added: tuple[tuple[str, str], ...]
    points: dict[str, tuple[float, float]]

    @property
    def text(self) -> str:
        """The difference in a line."""
        parts = [f"{_exercise(cell)} is new" for cell in _named(self.added)]
        parts += [f"{_exercise(cell)} is gone" for cell in _named(self.removed)]
        parts += [
            f"{_exercise(cell)} is worth {new:g} points, not {old:g}"
            for cell, (old, new) in sorted(self.points.items())
        ]
        return ", ".join(parts) or "cells of the text were added or removed"


def differences(gradebook: Any, coursedir: Any, assignment: str) -> tuple[Difference, ...]:
    """Compare a lesson in the gradebook with its notebooks in `source/`.

    Args:
        gradebook: nbgrader's, open.
        coursedir: the course's folders.
        assignment: the lesson's name; one that the gradebook does not hold differs in nothing.

    Raises:
        CourseError: a notebook of the lesson is missing or damaged.
    """
    try:
        entered = gradebook.find_assignment(assignment)
    except MissingEntry:
        return ()
    found = []
    for notebook in sorted(entered.notebooks, key=lambda one: str(one.name)):
        old = _in_gradebook(notebook)
        new = _in_source(coursedir, assignment, str(notebook.name))
        changed = {
            cell: (points, new.points[cell])
            for cell, points in old.points.items()
            if cell in new.points and points != new.points[cell]
        }
        if old.kinds != new.kinds or changed:
            removed, added = old.kinds - new.kinds, new.kinds - old.kinds
            found.append(
                Difference(
                    str(notebook.name), tuple(sorted(removed)), tuple(sorted(added)), changed
                )
            )
    return tuple(found)


def require_consistency(gradebook: Any, coursedir: Any, assignment: str) -> None:
    """Make sure that the gradebook holds a lesson as it is; called before anything is graded.

    Raises:
        CourseError: it does not; the line says what differs, and what to do.
    """
    try:
        gradebook.find_assignment(assignment)
    except MissingEntry:  # else every learner's submission would say so
        raise CourseError(
            f"{assignment}: is not in the gradebook; run `nbgrader generate_assignment "
            f"{assignment}`, or press Generate in the Formgrader"
        ) from None
    if found := differences(gradebook, coursedir, assignment):
        raise CourseError(
            f"{assignment}: the lesson was changed after it was entered in the gradebook "
            f"({'; '.join(one.text for one in found)}); run `slopewise update {assignment}`"
        )


def update(gradebook: Any, coursedir: Any, assignment: str) -> tuple[Difference, ...]:
    """Bring the gradebook in line with a lesson, in one transaction.

    Cells that are gone go with their grades and comments; new ones are entered for every learner
    who has handed in. What stays keeps the scores and comments that a person gave, but a score
    above the new points. Automatic scores are taken back: the lesson has to be graded again.

    Raises:
        CourseError: a notebook of the lesson is missing or damaged.
    """
    found = differences(gradebook, coursedir, assignment)
    for one in found:
        notebook = gradebook.find_notebook(one.notebook, assignment)
        _remove(gradebook.db, notebook, one)
        _enter(gradebook.db, notebook, one, _in_source(coursedir, assignment, one.notebook))
        for cell, (_, points) in one.points.items():
            for kind in (api.GradeCell, api.TaskCell):
                for row in _rows(gradebook.db, kind, notebook, cell):
                    row.max_score = points
        _take_back(gradebook.db, notebook)
    gradebook.db.commit()
    return found


class KeepGrades(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader is untyped
    """Stops `generate_assignment`, before it begins, where grades would not fit the lesson."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        coursedir = course_directory(self)
        converter = getattr(self.parent, "parent", None)
        if not isinstance(converter, GenerateAssignment) or not coursedir.assignment_id:
            return
        with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
            try:
                graded = gradebook.find_assignment(coursedir.assignment_id).submissions
                if graded:
                    require_consistency(gradebook, coursedir, coursedir.assignment_id)
            except MissingEntry:
                return
            except CourseError as error:
                converter.log.error("%s", error)
                raise NbGraderException(str(error)) from None

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Leave the notebook as it is."""
        return nb, resources


def _in_gradebook(notebook: Any) -> Cells:
    points = {
        str(cell.name): float(cell.max_score)
        for cell in (*notebook.grade_cells, *notebook.task_cells)
    }
    kinds = {
        *(("graded", str(cell.name)) for cell in notebook.grade_cells),
        *(("answer", str(cell.name)) for cell in notebook.solution_cells),
        *(("task", str(cell.name)) for cell in notebook.task_cells),
        *(("source", str(cell.name)) for cell in notebook.source_cells),
    }
    return Cells(points, frozenset(kinds))


def _in_source(coursedir: Any, assignment: str, notebook: str) -> Cells:
    step = coursedir.source_directory
    path = Path(coursedir.format_path(step, ".", assignment)) / f"{notebook}.ipynb"
    shown = f"{step}/{assignment}/{path.name}"
    try:
        cells = from_dict(msgspec.json.decode(path.read_bytes())["cells"])
        return _cells(cells)
    except OSError:
        raise CourseError(f"{shown}: is missing; run `slopewise build`") from None
    except (ValueError, LookupError, TypeError, AttributeError):
        raise CourseError(f"{shown}: is damaged; run `slopewise build --force`") from None


def _cells(cells: list[NotebookNode]) -> Cells:
    points: dict[str, float] = {}
    kinds: set[tuple[str, str]] = set()
    for cell in cells:
        grader = cell.metadata.get("nbgrader")
        if not grader:
            continue
        name = str(grader["grade_id"])
        graded, task, answer = utils.is_grade(cell), utils.is_task(cell), utils.is_solution(cell)
        if graded or task:
            points[name] = float(grader["points"])
        flags = (("graded", graded), ("answer", answer), ("task", task))
        kinds |= {(kind, name) for kind, is_one in flags if is_one}
        if graded or task or answer or utils.is_locked(cell):
            kinds.add(("source", name))
    return Cells(points, frozenset(kinds))


def _remove(db: Any, notebook: Any, difference: Difference) -> None:
    for kind, name in difference.removed:
        if kind == "source":
            for row in db.query(api.SourceCell).filter_by(notebook_id=notebook.id, name=name):
                db.delete(row)
            continue
        for row in _rows(db, _KINDS[kind], notebook, name):
            for record in (*(row.grades or ()), *(row.comments or ())):
                db.delete(record)
            db.flush()
            db.delete(row)
    db.flush()


def _enter(db: Any, notebook: Any, difference: Difference, cells: Cells) -> None:
    handed = list(notebook.submissions)
    for kind, name in difference.added:
        if kind == "source":
            db.add(api.SourceCell(name=name, notebook=notebook, cell_type="code"))
            continue
        worth = {} if kind == "answer" else {"max_score": cells.points[name], "cell_type": "code"}
        row = _KINDS[kind](name=name, notebook=notebook, **worth)
        db.add(row)
        db.flush()
        for one in handed:
            if kind != "answer":
                db.add(api.Grade(cell_id=row.id, notebook=one))
            if kind != "graded":
                db.add(api.Comment(cell_id=row.id, notebook=one))
    db.flush()


def _take_back(db: Any, notebook: Any) -> None:
    """Take back what grading recorded of a notebook, and what would exceed its points."""
    query = (
        db.query(api.Grade)
        .join(api.SubmittedNotebook, api.SubmittedNotebook.id == api.Grade.notebook_id)
        .filter(api.SubmittedNotebook.notebook_id == notebook.id)
    )
    for grade in query:
        grade.auto_score = None
        grade.needs_manual_grade = True
        if grade.manual_score is not None and grade.manual_score > grade.cell.max_score:
            grade.manual_score = None
    db.flush()


def _rows(db: Any, kind: Any, notebook: Any, name: str) -> list[Any]:
    return list(db.query(kind).filter(kind.notebook_id == notebook.id, kind.name == name))


def _named(cells: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """The cells that an instructor knows by their name: exercises, by their graded cells."""
    return (name for kind, name in cells if kind in ("graded", "task"))


def _exercise(cell: str) -> str:
    return cell.removesuffix("-check")
