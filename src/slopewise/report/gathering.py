"""Join the gradebook, the autograded notebooks and the course into one record of the class."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory

from slopewise.errors import CourseError
from slopewise.nbgrader.deadlines.penalties import LatePolicy, seconds_late
from slopewise.nbgrader.exchange.attempts import attempts
from slopewise.nbgrader.learners.sections import read_sections
from slopewise.nbgrader.runs import NbgraderCourse
from slopewise.nbgrader.submissions.handed_in import handed_in
from slopewise.notebook.cell_kinds import GRADED, CellKind, cell_kind
from slopewise.notebook.course import Course, Lesson
from slopewise.notebook.course_settings import CourseSettings
from slopewise.report.gradebook import AssignmentRow, CellRow, Rows, SubmissionRow, read_gradebook
from slopewise.report.model import (
    Answer,
    ClassRecord,
    ExerciseRecord,
    Learner,
    LessonRecord,
    NotGraded,
    Submission,
    Unjudged,
)
from slopewise.scoring.record import Record, read_record


def gather(course: Course) -> ClassRecord:
    """Read the class of a course; nothing is written, and no learner's code is run.

    Raises:
        CourseError: the gradebook is missing, locked, foreign, or holds nothing to report on.
    """
    config = NbgraderCourse(course.root).config
    coursedir = CourseDirectory(config=config)
    rows = read_gradebook(coursedir.db_url)
    if not rows.assignments:
        raise CourseError("the gradebook holds no lesson; generate and autograde one first")
    if not rows.students:
        raise CourseError("the gradebook holds no learner; autograde a lesson first")
    there = {key for key, _, _ in rows.students}
    found = tuple(one for one in attempts(coursedir, config) if one.learner in there)
    return replace(_Gatherer(course, coursedir, rows, LatePolicy(config)).gather(), attempts=found)


class _Gatherer:
    def __init__(
        self, course: Course, coursedir: CourseDirectory, rows: Rows, policy: LatePolicy
    ) -> None:
        self.course = course
        self.policy = policy
        self.coursedir = coursedir
        self.rows = rows
        self.names = {row.key: row.name for row in rows.assignments}
        self.late = self._late()
        self.cells = {row.key: self._cells(row) for row in rows.assignments}

    def gather(self) -> ClassRecord:
        submissions, waiting = [], []
        graded, known = set(), set()
        for lesson in self.rows.assignments:
            for row in self.rows.submissions:
                if row.assignment != lesson.key:
                    continue
                if row.submitted is not None:  # else an extension alone may have made the row
                    known.add((row.student, lesson.name))
                if self.rows.is_graded(row):
                    graded.add((row.student, lesson.name))
                    submissions.append(self._submission(lesson, row))
        for lesson in self.rows.assignments:
            for student, _, _ in self.rows.students:
                pair = (student, lesson.name)
                if pair not in graded and (pair in known or self._is_there(*pair)):
                    waiting.append(pair)
        lessons = tuple(map(self._lesson, self.rows.assignments))
        sections = read_sections(self.course.root)
        return ClassRecord(
            course=course_title(self.course, self.coursedir),
            learners=tuple(
                Learner(key, f"{first} {last}".strip(), sections.get(key, ""))
                for key, first, last in self.rows.students
            ),
            lessons=lessons,
            absent=self._absent(),
            submissions=tuple(submissions),
            waiting=tuple(waiting),
            salt="".join(sorted(self.names)),
            not_graded=tuple(
                NotGraded(one.student, lesson.name, one.reason)
                for lesson in lessons
                for one in handed_in(self.coursedir, lesson.name)
                if one.reason
            ),
        )

    def _absent(self) -> tuple[str, ...]:
        try:
            names = [lesson.name for lesson in self.course.lessons]
        except CourseError:  # a folder that is graded in need not be one that is written in
            names = [path.name for path in sorted((self.course.root / "source").glob("*/"))]
        return tuple(name for name in names if name not in self.names.values())

    def _cells(self, row: AssignmentRow) -> tuple[CellRow, ...]:
        """The lesson's graded cells in the order in which the instructor's copy has them."""
        cells = [cell for cell in self.rows.cells if cell.assignment == row.key]
        places: dict[tuple[str, str], int] = {}
        for notebook in sorted({cell.notebook for cell in cells}):
            for name in _graded_ids(self._path("source_directory", ".", row.name, notebook)):
                places.setdefault((notebook, name), len(places))
        end = len(places)
        return tuple(
            sorted(
                cells,
                key=lambda cell: (
                    places.get((cell.notebook, cell.name), end),
                    cell.notebook,
                    cell.name,
                ),
            )
        )

    def _lesson(self, row: AssignmentRow) -> LessonRecord:
        texts = {
            (notebook, name): text
            for notebook in {cell.notebook for cell in self.cells[row.key]}
            for name, text in _texts(self._path("source_directory", ".", row.name, notebook))
        }
        return LessonRecord(
            row.name,
            title_of(
                self.course.root, row.name, self._path("source_directory", ".", row.name, row.name)
            ),
            row.due,
            tuple(
                ExerciseRecord(
                    _exercise(cell, row.name),
                    float(cell.points),
                    texts.get((cell.notebook, cell.name.removesuffix("-check")), ""),
                )
                for cell in self.cells[row.key]
            ),
        )

    def _path(self, folder: str, student: str, assignment: str, notebook: str) -> Path:
        directory = getattr(self.coursedir, folder)
        return Path(self.coursedir.format_path(directory, student, assignment)) / (
            f"{notebook}.ipynb"
        )

    def _page(self, row: SubmissionRow, lesson: AssignmentRow, notebook: str) -> Path | None:
        try:
            path = self._path("feedback_directory", row.student, lesson.name, notebook)
            page = path.with_suffix(".html")
            return page if page.is_file() else None
        except (OSError, ValueError):  # an id that no folder can have
            return None

    def _is_there(self, student: str, assignment: str) -> bool:
        try:
            return self._path("submitted_directory", student, assignment, "").parent.is_dir()
        except (OSError, ValueError):  # an id that no folder can have
            return False

    def _submission(self, lesson: AssignmentRow, row: SubmissionRow) -> Submission:
        cells = self.cells[lesson.key]
        records: dict[str, Record] = {}
        for notebook in sorted({cell.notebook for cell in cells}):
            records[notebook] = read_record(
                self._path("autograded_directory", row.student, lesson.name, notebook)
            )
        verdicts = {
            (notebook, verdict.exercise): verdict
            for notebook, record in records.items()
            for verdict in record.verdicts or ()
        }
        late, counted = self.late.get(row.key, (0.0, 0.0))
        return Submission(
            learner=row.student,
            lesson=lesson.name,
            submitted=row.submitted,
            seconds_late=late,
            penalty=self._penalty(row, cells, counted),
            answers=tuple(
                Answer(
                    _exercise(cell, lesson.name),
                    float(self.rows.grades.get((row.key, cell.key)) or 0.0),
                    float(cell.points),
                    verdicts.get((cell.notebook, cell.name.removesuffix("-check"))),
                    self._unjudged(row, cell, records[cell.notebook]),
                )
                for cell in cells
            ),
            findings=tuple(one for record in records.values() for one in record.findings),
            recorded=any(record.verdicts is not None for record in records.values()),
            feedback=next(
                (page for notebook in records if (page := self._page(row, lesson, notebook))), None
            ),
        )

    def _unjudged(self, row: SubmissionRow, cell: CellRow, record: Record) -> Unjudged:
        """What is known of an answer without a verdict."""
        if self.rows.grades.get((row.key, cell.key)) is None:
            return Unjudged.OPEN
        if cell.name in record.by_hand:
            return Unjudged.BY_HAND
        return Unjudged.ASSERTED if cell.name in record.asserted else Unjudged.NO_RECORD

    def _late(self) -> dict[str, tuple[float, float]]:
        """How late each submission is, in seconds, and how much of that counts, by its key."""
        due = {row.key: row.due for row in self.rows.assignments}
        found = [
            (row.key, row.student, due[row.assignment], seconds)
            for row in self.rows.submissions
            if (seconds := seconds_late(row.submitted, due[row.assignment], row.extension))
        ]
        counted = self.policy.counted(
            (student, when, seconds) for _, student, when, seconds in found if when is not None
        )
        return {
            key: (seconds, counts)
            for (key, _, _, seconds), counts in zip(found, counted, strict=True)
        }

    def _penalty(self, row: SubmissionRow, cells: tuple[CellRow, ...], late: float) -> float:
        """What lateness costs now; the gradebook has what it cost when it was last looked at."""
        scores: dict[str, float] = {}
        for cell in cells:
            score = float(self.rows.grades.get((row.key, cell.key)) or 0.0)
            scores[cell.notebook] = scores.get(cell.notebook, 0.0) + score
        return sum(self.policy.penalty(row.student, score, late) for score in scores.values())


def course_title(course: Course, coursedir: CourseDirectory) -> str:
    """Return a course's name: its settings', else nbgrader's id of it, else its folder's.

    Raises:
        CourseError: its settings cannot be read.
    """
    title = course.settings.title
    if title != CourseSettings().title:
        return title
    return str(coursedir.course_id) or course.root.name


def title_of(root: Path, name: str, path: Path) -> str:
    """Return a lesson's title: its text's, else that of the instructor's copy, else its name.

    Args:
        root: the course's folder.
        name: the lesson's name.
        path: the instructor's copy.
    """
    try:
        return Lesson(name, root).title
    except CourseError:
        return _heading(path) or name


def _exercise(cell: CellRow, lesson: str) -> str:
    name = cell.name.removesuffix("-check")
    return name if cell.notebook == lesson else f"{cell.notebook}: {name}"


def _cells_of(path: Path) -> list[dict[str, Any]]:
    """The cells of an instructor's notebook; none where it is missing or damaged."""
    try:
        cells = json.loads(path.read_bytes())["cells"]
        return [cell for cell in cells if _is_cell(cell)]
    except (OSError, ValueError, LookupError, TypeError):
        return []


def _is_cell(cell: Any) -> bool:
    if not isinstance(cell, dict) or not isinstance(cell.get("metadata"), dict):
        return False
    source, grader = cell.get("source"), cell["metadata"].get("nbgrader")
    lines = source if isinstance(source, list) else [source]
    return (
        isinstance(cell.get("cell_type"), str)
        and all(isinstance(line, str) for line in lines)
        and (grader is None or isinstance(grader, dict))
    )


def _graded_ids(path: Path) -> list[str]:
    return [_grade_id(cell) for cell in _cells_of(path) if cell_kind(cell) in GRADED]


def _texts(path: Path) -> list[tuple[str, str]]:
    """What the text before each answer's cell says, by the exercise's name."""
    found, last = [], ""
    for cell in _cells_of(path):
        kind = cell_kind(cell)
        if kind in (CellKind.ANSWER, CellKind.BY_HAND):
            found.append((_grade_id(cell), last))
        elif cell["cell_type"] == "markdown":
            last = _source(cell)
    return found


def _grade_id(cell: dict[str, Any]) -> str:
    return str(cell["metadata"]["nbgrader"].get("grade_id"))


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def _heading(path: Path) -> str:
    for cell in _cells_of(path):
        text = _source(cell)
        if cell["cell_type"] == "markdown" and text.startswith("# "):
            return text.splitlines()[0].removeprefix("# ").strip()
    return ""
