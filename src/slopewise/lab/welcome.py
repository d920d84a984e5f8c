"""The welcome page: the lessons, how long they take, and how far this learner is.

What a lesson is comes from `slopewise.notebook.course`; how far somebody is, from the notebook
as saved, from what was handed in, and from the feedback that came back. Nothing here runs code.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from slopewise.errors import TimeError
from slopewise.nbgrader.pages.results import read_open, read_total
from slopewise.notebook.course import Course, Lesson
from slopewise.notebook.course_settings import CourseSettings
from slopewise.notebook.deadlines import lateness, read_due
from slopewise.notebook.files import write_whole
from slopewise.notebook.times import Clock

LEARNERS_FOLDER = "my-lessons"
PAGE = "Welcome.md"
_TIME = "%d %B %Y, %H:%M"
_PASSED = "visible checks passed"


@dataclass(frozen=True)
class Handing:
    """Where a learner's work goes and comes back from; None where it is not known.

    Attributes:
        cache: where nbgrader keeps copies of what this learner handed in, one folder each.
        released: where nbgrader releases assignments to, one folder each.
        trouble: why nothing can be handed in at the moment, in one sentence; None if all is well.
        clock: how the times in the cache are written.
    """

    cache: Path | None = None
    released: Path | None = None
    trouble: str | None = None
    clock: Clock = field(default_factory=Clock)


@dataclass(frozen=True)
class Progress:
    """How far a learner is with one lesson.

    Attributes:
        passed: names of the exercises whose visible checks passed when the notebook was saved.
        due: when the lesson is due; None if nobody has said.
        submitted: when the lesson was last handed in; None if never.
        score: points and their maximum from the newest feedback; None if none was fetched.
        feedback: the newest feedback page, relative to the learner's folder; None if none.
        open: points of it that a person has yet to give.
    """

    passed: tuple[str, ...] = ()
    due: datetime | None = None
    submitted: datetime | None = None
    score: tuple[float, float] | None = None
    feedback: str | None = None
    open: float = 0.0


def learners_path(lesson: Lesson) -> Path:
    """Return where the learner's copy of a lesson lies, as nbgrader's Assignment List has it."""
    return lesson.root / LEARNERS_FOLDER / lesson.name / f"{lesson.name}.ipynb"


def progress(lesson: Lesson, handing: Handing) -> Progress:
    """Return how far the learner is with `lesson`; what cannot be read counts as not done."""
    copy = learners_path(lesson)
    score, waiting, feedback = _returned(copy.parent / "feedback", lesson)
    due = read_due(handing.released / lesson.name) if handing.released else None
    submitted = _submitted(handing, lesson)
    return Progress(_passed(copy, lesson), due, submitted, score, feedback, waiting)


def write_page(course: Course, handing: Handing) -> Path:
    """Write the welcome page anew and return its path.

    Raises:
        OSError: the learner's folder cannot be written.
    """
    lessons = [lesson for lesson in course.lessons if learners_path(lesson).is_file()]
    told = [(lesson, progress(lesson, handing)) for lesson in lessons]
    path = course.root / LEARNERS_FOLDER / PAGE
    write_whole(path, page(told, handing.trouble, course.settings).encode())
    return path


def page(
    told: Sequence[tuple[Lesson, Progress]],
    trouble: str | None = None,
    settings: CourseSettings = CourseSettings(),  # noqa: B008  # frozen
) -> str:
    """Return the page in Markdown, as JupyterLab shows it."""
    minutes = sum(lesson.minutes for lesson, _ in told)
    parts = [
        f"# Welcome to {settings.title}",
        " ".join(filter(None, (settings.welcome, _extent(len(told), minutes)))),
    ]
    if trouble:
        parts.append(f"> **Handing in is not possible at the moment.** {trouble}")
    parts += [_next_step(told), *(_lesson(lesson, done) for lesson, done in told), _HOW]
    return "\n\n".join(filter(None, parts)) + "\n"


def _next_step(told: Sequence[tuple[Lesson, Progress]]) -> str:
    for lesson, done in told:
        missing = [one.name for one in lesson.exercises if one.name not in done.passed]
        if missing:
            begun = "Go on" if any(other.passed for _, other in told) else "Begin"
            where = f"lesson {_place(lesson)}, exercise `{missing[0]}`"
            return f"**{begun} here:** [{where}]({lesson.name}/{lesson.name}.ipynb)"
        if done.submitted is None:
            return (
                f"**Next:** lesson {_place(lesson)} passes all its visible checks. Hand it in: "
                "menu *Nbgrader*, *Assignment List*, *Submit*."
            )
    return "**All lessons are done and handed in.**"


def _lesson(lesson: Lesson, done: Progress) -> str:
    count, words = len(lesson.exercises), len(lesson.by_hand)
    passed = len(done.passed)
    state = [f"{passed} of {count} visible checks passed"]
    if words:
        state.append(f"{words} more {'is' if words == 1 else 'are'} read by your teacher")
    state.append(_handed_in(done))
    if done.score:
        waiting = f" so far, {done.open:g} still to be given by your teacher" if done.open else ""
        state.append(f"**score {done.score[0]:g} of {done.score[1]:g}**{waiting}")
        state.append(f"[read the feedback]({done.feedback})")
    extent = [f"About {lesson.minutes} minutes", f"{count + words} exercises"]
    extent.append(f"{lesson.points:g} points")
    bar = f'<progress value="{passed}" max="{count}" aria-label="{state[0]}"></progress>'
    return "\n\n".join(
        [
            f"## [{_place(lesson)} · {lesson.title}]({lesson.name}/{lesson.name}.ipynb)",
            lesson.aim[:1].upper() + lesson.aim[1:],
            " · ".join(extent),
            f"{bar} {' · '.join(state)}",
        ]
    )


def _handed_in(done: Progress) -> str:
    if done.submitted is None:
        return f"due {done.due:{_TIME}} UTC" if done.due else "not handed in"
    late = lateness(done.submitted, done.due)
    told = f", **{late} after it was due**" if late else ""
    return f"handed in {done.submitted:{_TIME}} UTC{told}"


_HOW = """## How a lesson goes

1. **Predict**, then run the cell: `Shift` + `Enter` runs it and goes on to the next.
2. Write each exercise in its cell. The cell below it checks your work and tells what is wrong.
3. **Save** (`Ctrl` + `S`), then press **Validate** above the notebook. It runs everything once
   more from the start, as grading will.
4. **Hand in**: menu *Nbgrader*, *Assignment List*, *Submit*. You may hand in again; the last one
   counts.
5. When grading is done, *Fetch Feedback* in the same list brings your score and what to look at.

`Alt` + `W` brings you back here, and so does the menu *Help*. A check counts as passed here when
the notebook was saved after its cell ran. If a notebook behaves strangely, choose *Restart Kernel
and Run All Cells* in the menu *Run*.

**You teach this course?** Menu *Nbgrader*, *Formgrader*."""


def _place(lesson: Lesson) -> str:
    return lesson.name[:2].lstrip("0")


def _extent(count: int, minutes: int) -> str:
    hours = round(minutes / 60)
    long = f"{hours} hours" if hours > 1 else f"{minutes} minutes"
    if count == 1:
        return f"There is one lesson, which takes about {long}."
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    number = words[count] if count < len(words) else str(count)
    if not count:
        return "There are no lessons yet."
    return f"The {number} lessons take about {long} all together. Take them in order."


def _passed(path: Path, lesson: Lesson) -> tuple[str, ...]:
    """Plain JSON: nbformat takes seconds to import, and a page must not wait for it."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        outputs = {
            cell["metadata"]["nbgrader"]["grade_id"]: cell.get("outputs", [])
            for cell in cells
            if "nbgrader" in cell.get("metadata", {})
        }
        return tuple(
            exercise.name
            for exercise in lesson.exercises
            if _says_passed(outputs.get(exercise.check_id, []))
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()


def _says_passed(outputs: list[dict[str, Any]]) -> bool:
    printed = "".join("".join(output.get("text", "")) for output in outputs)
    failed = any(output.get("output_type") == "error" for output in outputs)
    return _PASSED in printed and not failed


def _submitted(handing: Handing, lesson: Lesson) -> datetime | None:
    if handing.cache is None:
        return None
    found = []
    for folder in handing.cache.glob(f"*+{lesson.name}+*"):
        try:
            text = (folder / "timestamp.txt").read_text(encoding="utf-8")
            found.append(handing.clock.read(text))
        except (OSError, UnicodeDecodeError, TimeError):
            continue
    return max(found, default=None)


def _returned(folder: Path, lesson: Lesson) -> tuple[tuple[float, float] | None, float, str | None]:
    pages = sorted(folder.glob(f"*/{lesson.name}.html"))  # folders are named by time
    for path in reversed(pages):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        if total := read_total(text):
            link = path.relative_to(folder.parent.parent).as_posix().replace(" ", "%20")
            return total, read_open(text), link
    return None, 0.0, None
