"""From a text notebook to nbgrader's instructor version, and everything that can be wrong in it."""

from __future__ import annotations

import ast
import hashlib
import re
from difflib import get_close_matches
from itertools import zip_longest
from typing import Any

import nbformat

from slopewise.build.hidden_names import bound_names, first_assert, unbound_names
from slopewise.errors import BuildError, CourseError
from slopewise.notebook.cell_kinds import CellKind, asks, cell_kind
from slopewise.notebook.course import Lesson
from slopewise.notebook.course_settings import MOST_POINTS
from slopewise.notebook.regions import (
    HIDDEN,
    SCHEME,
    SOLUTION,
    holds_mark,
    lines_inside,
    misplaced_mark,
)
from slopewise.notebook.text import TextCell

CHECK_LINE = "# Check of `{}`: run this cell. It is folded; open it to see what it asks."
"""The first line of a check cell, which is what shows of it while it is folded."""

_OPTIONS = ("exercise", "check", "manual", "task", "points", "tags")
_KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_GRADE_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,49}")  # with -check, nbformat takes up to 64


def make_source(lesson: Lesson) -> Any:
    """Return the lesson as nbgrader's instructor notebook (nbformat 4.5, no outputs).

    Deterministic: a cell's id is its grade_id, else a hash of the cell's place and kind.

    Raises:
        BuildError: the text notebook is not one that can be taught and graded; names the cell.
    """
    try:
        cells = lesson.cells
    except CourseError as error:
        raise BuildError(str(error)) from None
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["kernelspec"] = dict(_KERNELSPEC)
    notebook.metadata["language_info"] = {"name": "python"}
    for place, cell in enumerate(cells):
        notebook.cells.append(_make_cell(lesson, cell, place))
    _check_exercises(lesson, notebook)
    _check_editor_agrees(lesson)
    return notebook


def where(lesson: Lesson, place: int) -> str:
    """Return words that let a person find a cell: file and line, its number and its first line."""
    written = lesson.cells[place]  # as its author sees it, without what the build adds
    first = next((line for line in written.source.splitlines() if line.strip()), "(empty)")
    return f"{lesson.text_name}:{written.line}, cell {place + 1} ({first.strip()[:50]!r})"


def one_line(error: object) -> str:
    """Return a message on one line, shortened where it is long."""
    text = " ".join(str(error).split())
    return text if len(text) <= 200 else f"{text[:199]}…"


def _make_cell(lesson: Lesson, cell: TextCell, place: int) -> Any:
    here = where(lesson, place)
    options = dict(cell.options)
    tags: Any = options.pop("tags", [])
    exercise, check = options.pop("exercise", None), options.pop("check", None)
    manual, task = options.pop("manual", None), options.pop("task", None)
    points: Any = options.pop("points", None)
    if options:
        raise BuildError(f"{here}: {_unknown(min(options))}")
    roles = [one for one in (exercise, check, manual, task) if one is not None]
    if len(roles) > 1:
        raise BuildError(
            f"{here}: is two of exercise, check, manual and task at once; make two cells of it"
        )
    _check_markers(cell.source, here, exercise if exercise is not None else manual, check, task)
    if cell.kind == "markdown":
        made = nbformat.v4.new_markdown_cell(cell.source)
    elif cell.kind == "code":
        made = nbformat.v4.new_code_cell(cell.source)
        _check_syntax(cell.source, here)
    else:
        raise BuildError(f"{here}: is a {cell.kind} cell; a lesson has markdown and code only")
    if not roles:
        if points is not None:
            raise BuildError(
                f'{here}: has points but is no check; add check="name", or manual="name" where a '
                "person grades"
            )
        kind = f"{lesson.name}:{cell.kind}:{place}"
        made.id = hashlib.sha256(kind.encode()).hexdigest()[:8]
    else:
        (name,) = roles
        if not isinstance(name, str) or not _GRADE_ID.fullmatch(name):
            raise BuildError(f"{here}: {name!r} is no name for an exercise; use a Python name")
        if cell.kind != "code" and manual is None and task is None:
            raise BuildError(f"{here}: an exercise or check has to be a code cell")
        if cell.kind == "code" and task is not None:
            raise BuildError(f"{here}: a task is told in prose; begin it with # %% [markdown]")
        if exercise is None and not _is_points(points, lesson.settings.lesson_points):
            what = "a check" if check is not None else "a task"
            what = what if manual is None else "an answer that a person grades"
            raise BuildError(f"{here}: {what} needs points above 0, as in points=4")
        if manual is not None and not cell.source.strip():
            raise BuildError(f"{here}: holds no answer; write the one that you would give")
        if task is not None and not cell.source.strip():
            raise BuildError(f"{here}: holds no text; write what is to be done")
        if check is not None and not asks(cell.source):
            raise BuildError(
                f"{here}: a graded cell without an observation; call observe(...) once between "
                f"### {HIDDEN.begin} and ### {HIDDEN.end}"
            )
        if exercise is not None and SOLUTION.begin not in cell.source:
            raise BuildError(f"{here}: an exercise without ### {SOLUTION.begin}")
        made.id = name if check is None else f"{name}-check"
        if check is not None:
            made.source = f"{CHECK_LINE.format(name)}\n{made.source}"
        answer = exercise is not None or manual is not None
        made.metadata["nbgrader"] = _nbgrader_metadata(
            made.id, points, answer=answer, task=task is not None
        )
    if tags:
        made.metadata["tags"] = list(tags)
    return made


def _is_points(points: object, most: float | None) -> bool:
    number = isinstance(points, int | float) and not isinstance(points, bool)
    return number and 0 < float(str(points)) <= (most or MOST_POINTS)


def _unknown(option: str) -> str:
    near = get_close_matches(option, _OPTIONS, 1)
    advice = f"did you mean {near[0]}?" if near else f"remove it; there are {', '.join(_OPTIONS)}"
    return f"unknown cell option {option}; {advice}"


def _nbgrader_metadata(
    grade_id: str, points: float | None, *, answer: bool, task: bool
) -> dict[str, Any]:
    graded = points is not None
    metadata: dict[str, Any] = {
        "grade": graded and not task,  # as nbgrader's own Create Assignment has it
        "grade_id": grade_id,
        "locked": not answer,
        "schema_version": 3,
        "solution": answer,
        "task": task,
    }
    if graded:
        metadata["points"] = points
    return metadata


def _check_syntax(source: str, here: str) -> None:
    try:
        # A notebook's cell may await at its top level.
        compile(source, "cell", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except SyntaxError as error:
        lines = source.splitlines()
        if any(line.lstrip().startswith(("%", "!", "?")) for line in lines):
            raise BuildError(
                f"{here}: uses a magic or a shell command; a lesson is plain Python"
            ) from None
        raise BuildError(f"{here}: is not Python (line {error.lineno}: {error.msg})") from None
    except ValueError as error:
        raise BuildError(f"{here}: is not Python ({error})") from None


def _check_markers(source: str, here: str, answer: object, check: object, task: object) -> None:
    for region, belongs, name in (
        (SOLUTION, answer, "an exercise"),
        (HIDDEN, check, "a check"),
        (SCHEME, task, "a task"),
    ):
        if belongs is None and holds_mark(source, region):
            mark = next(mark for mark in region.marks if mark in source)
            raise BuildError(f"{here}: has a ### {mark} but is not {name}")
        if misplaced := misplaced_mark(source, region):
            raise BuildError(f"{here}: markers do not match: {misplaced}")


def _check_editor_agrees(lesson: Lesson) -> None:
    """Refuse a lesson that JupyterLab would show, and save, otherwise than it is read here.

    jupytext takes a comment such as `# copy the data` for a shell command, for instance.
    """
    import jupytext  # takes 0.1 s, and whoever grades only wants the names in here

    try:
        shown = jupytext.reads(lesson.text_path.read_text(encoding="utf-8"), fmt="py:percent").cells
    except Exception as error:
        raise BuildError(
            f"{lesson.text_name}: cannot be opened in JupyterLab ({one_line(error)})"
        ) from None
    for place, (cell, other) in enumerate(zip_longest(lesson.cells, shown)):
        if cell is None or other is None:
            last = lesson.cells[min(place, len(lesson.cells) - 1)]
            raise BuildError(
                f"{lesson.text_name}:{last.line}: JupyterLab reads {len(shown)} cells here where "
                f"the build reads {len(lesson.cells)}; is there a line `# %%` in a string?"
            )
        ours, theirs = cell.source.splitlines(), other.source.rstrip().splitlines()
        if cell.kind == other.cell_type and cell.source.rstrip() == other.source.rstrip():
            continue
        line = next(
            (at for at, pair in enumerate(zip(ours, theirs, strict=False)) if len(set(pair)) > 1), 0
        )
        text = ours[line].strip() if line < len(ours) else ""
        raise BuildError(
            f"{lesson.text_name}:{cell.line + 1 + line}, cell {place + 1}: JupyterLab would read "
            f"{text[:50]!r} otherwise, as a command or as another cell; write it otherwise"
        )


def _check_exercises(lesson: Lesson, notebook: Any) -> None:
    seen: dict[str, int] = {}
    answers: set[str] = set()
    by_hand: set[str] = set()
    total = 0.0
    for place, cell in enumerate(notebook.cells):
        metadata = cell.metadata.get("nbgrader")
        if metadata is None:
            continue
        here = where(lesson, place)
        grade_id = metadata["grade_id"]
        if grade_id in seen:
            raise BuildError(
                f"{here}: duplicate grade_id {grade_id!r}, first used in cell "
                f"{seen[grade_id] + 1}; give one of them another name"
            )
        seen[grade_id] = place
        total += metadata.get("points", 0)
        exercise = grade_id.removesuffix("-check")
        kind = cell_kind(cell)
        if kind in (CellKind.BY_HAND, CellKind.TASK):
            by_hand.add(grade_id)
        if kind is CellKind.CHECK and (exercise not in seen or exercise in by_hand):
            raise BuildError(f"{here}: checks {exercise!r}, but no exercise of that name is above")
        if kind is not CellKind.CHECK and cell.cell_type == "code":
            answers |= bound_names(cell.source)
        hidden = "\n".join(lines_inside(cell.source, HIDDEN))
        if line := first_assert(hidden):
            raise BuildError(
                f"{here}: the hidden check asserts ({line[:50]!r}); a hidden check asks and never "
                "says what is right: make a question of it, observe(name=lambda: …)"
            )
        for name in unbound_names(hidden) - answers:
            raise BuildError(
                f"{here}: the hidden check uses {name!r}, which it does not define; a learner may "
                "call anything so: define or import it between the markers"
            )
    for grade_id, place in seen.items():
        if grade_id in by_hand or grade_id.endswith("-check"):
            continue
        if f"{grade_id}-check" not in seen:
            here = where(lesson, place)
            raise BuildError(f"{here}: exercise {grade_id!r} has no check cell")
    wanted = lesson.settings.lesson_points
    if wanted is not None and total != wanted:
        raise BuildError(f"{lesson.text_name}: the points add up to {total:g}, not {wanted:g}")
    if not total:
        raise BuildError(f"{lesson.text_name}: has no check, so there is nothing to grade")
