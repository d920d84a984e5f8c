"""The welcome page: the lessons, how long they take, and how far this learner is.

What a lesson is comes from what was released; how far somebody is, from the notebook as saved, from
what was handed in, and from the feedback that came back. Nothing here runs code.
"""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from slopewise.errors import CourseError, TimeError
from slopewise.lab.desk import PAGE, Desk, released_notebooks
from slopewise.nbgrader.pages.results import read_open, read_total
from slopewise.notebook.deadlines import lateness, read_due
from slopewise.notebook.files import write_whole
from slopewise.notebook.released import ReleasedLesson
from slopewise.notebook.times import Clock, in_utc
from slopewise.probe.cells import PASSED

_TIME = "%d %B %Y, %H:%M"
_OURS = "<!-- Slopewise writes this page anew whenever it is looked at. -->"


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
class LessonProgress:
    """How far a learner is with one lesson.

    Attributes:
        there: whether the learner has the lesson's notebook.
        passed: names of the exercises whose visible checks passed when the notebook was saved.
        released: whether the lesson can be handed in, to a class's instructor.
        due: when the lesson is due; None if nobody has said.
        submitted: when the lesson was last handed in; None if never.
        score: points and their maximum from the newest feedback; None if none was fetched.
        feedback: the newest feedback page, relative to the learner's folder; None if none.
        open: points of it that a person has yet to give.
    """

    there: bool = True
    passed: tuple[str, ...] = ()
    released: bool = False
    due: datetime | None = None
    submitted: datetime | None = None
    score: tuple[float, float] | None = None
    feedback: str | None = None
    open: float = 0.0


def progress(lesson: ReleasedLesson, copy: Path, handing: Handing) -> LessonProgress:
    """Return how far a learner is with a lesson; what cannot be read counts as not done.

    Args:
        lesson: which.
        copy: the learner's notebook.
        handing: where their work goes to.
    """
    score, waiting, feedback = _returned(copy.parent / "feedback", lesson)
    released = handing.released / lesson.name if handing.released else None
    return LessonProgress(
        copy.is_file(),
        _passed(copy, lesson),
        released is not None and (released / f"{lesson.name}.ipynb").is_file(),
        read_due(released) if released else None,
        _submitted(handing, lesson),
        score,
        feedback,
        waiting,
    )


def write_page(desk: Desk, handing: Handing) -> Path:
    """Write the welcome page anew and return its path.

    Raises:
        OSError: the learner's folder cannot be written.
        CourseError: a file of that name is there that is not ours, or the course has no lessons.
    """
    path = desk.folder / PAGE
    if desk.course is None and not _is_ours(path):  # the home folder is the learner's
        raise CourseError(
            f"{path.name}: is a file of yours, so there is no welcome page; rename it"
        )
    lessons = desk.lessons(handing.released)
    told = [(one, progress(one, desk.copy_of(one.name), handing)) for one in lessons]
    write_whole(path, page(desk, told, handing).encode())
    return path


def _is_ours(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.readline().strip() == _OURS
    except FileNotFoundError:
        return True


def page(
    desk: Desk,
    told: Sequence[tuple[ReleasedLesson, LessonProgress]],
    handing: Handing | None = None,
) -> str:
    """Return the page in Markdown, as JupyterLab shows it."""
    handing = handing or Handing()
    in_class = bool(handing.released and released_notebooks(handing.released))
    minutes = sum(lesson.minutes for lesson, _ in told)
    parts = [
        f"{_OURS}\n\n# Welcome to {desk.title}",
        " ".join(filter(None, (desk.welcome, _extent(len(told), minutes)))),
    ]
    if desk.course is None and not told:
        parts[-1] = "No lesson is released yet: this page shows it as soon as your instructor does."
    if handing.trouble:
        parts.append(f"> **Handing in is not possible at the moment.** {handing.trouble}")
    if told:
        parts += _next_steps(told, in_class)
    parts += [_lesson(desk, lesson, done, handing) for lesson, done in told]
    parts += [_HOW, _HOW_TO_HAND_IN if in_class else "", _HOW_ELSE]
    if any(done.due for _, done in told):
        parts.append(_EXTENSION)
    if desk.course is not None:
        parts += [_TEACH, _button("slopewise:class", "Class")]
    return "\n\n".join(filter(None, parts)) + "\n"


def _next_steps(told: Sequence[tuple[ReleasedLesson, LessonProgress]], in_class: bool) -> list[str]:
    """Where to go on, past what is hard at the moment; and what waits to be handed in."""
    steps = []
    unfinished = [(lesson, done) for lesson, done in told if _missing(lesson, done)]
    if unfinished:
        lesson, done = unfinished[0]
        begun = "Go on" if any(other.passed for _, other in told) else "Begin"
        where = f"lesson {_place(lesson)}, exercise `{_missing(lesson, done)[0]}`"
        line = f"**{begun} here:** {_link(where, lesson, done)}"
        after = unfinished[1:]
        if after and done.passed:
            further = _link(f"lesson {_place(after[0][0])}", *after[0])
            line += f". If that is stuck, {further} does not wait for it."
        steps.append(line)
    ready = [
        _place(lesson)
        for lesson, done in told
        if done.released and done.submitted is None and not _missing(lesson, done)
    ]
    if ready:
        which = f"lesson {ready[0]} passes" if len(ready) == 1 else f"lessons {_and(ready)} pass"
        steps.append(
            f"**Hand in:** {which} all visible checks. Menu *Nbgrader*, *Assignment List*, "
            "*Submit*; nothing else waits for that."
        )
    if not unfinished and not ready:
        steps.append(
            "**All lessons are done and handed in.**" if in_class else "**All lessons are done.**"
        )
    return steps


def _missing(lesson: ReleasedLesson, done: LessonProgress) -> list[str]:
    return [one.name for one in lesson.exercises if one.name not in done.passed]


def _and(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _link(text: str, lesson: ReleasedLesson, done: LessonProgress) -> str:
    return f"[{text}]({lesson.name}/{lesson.name}.ipynb)" if done.there else text


def _lesson(desk: Desk, lesson: ReleasedLesson, done: LessonProgress, handing: Handing) -> str:
    count, words = len(lesson.exercises), len(lesson.by_hand)
    passed = len(done.passed)
    state = [f"{passed} of {count} visible checks passed"]
    if words:
        state.append(f"{words} more {'is' if words == 1 else 'are'} read by your teacher")
    state += filter(None, [_handed_in(done)])
    if done.score:
        waiting = f" so far, {done.open:g} still to be given by your teacher" if done.open else ""
        state.append(f"**score {done.score[0]:g} of {done.score[1]:g}**{waiting}")
        state.append(f"[read the feedback]({done.feedback})")
    bar = f'<progress value="{passed}" max="{count}" aria-label="{state[0]}"></progress>'
    extent = [f"{count + words} exercises", f"{lesson.points:g} points"]
    if lesson.minutes:
        extent.insert(0, f"About {lesson.minutes} minutes")
    path = f"{desk.below}{lesson.name}/{lesson.name}.ipynb"
    if done.there:
        button = _button("slopewise:check", "Check my work", path=path)
    else:
        course = handing.released.parent.name if handing.released else ""
        button = _button(
            "slopewise:fetch", "Fetch it", path=path, lesson=lesson.name, course=course
        )
    return "\n\n".join(
        [
            f"## {_link(f'{_place(lesson)} · {lesson.title}', lesson, done)}",
            lesson.aim[:1].upper() + lesson.aim[1:],
            " · ".join(extent),
            f"{bar} {' · '.join(state)}",
            button,
        ]
    )


def _button(command: str, label: str, **arguments: str) -> str:
    """A button that our extension listens to; JupyterLab's own kind asks each time if it may."""
    asked = html.escape(json.dumps({"command": command, **arguments}))
    return f'<button type="button" class="jp-mod-styled" value="{asked}">{label}</button>'


def _handed_in(done: LessonProgress) -> str:
    if done.submitted is not None:
        late = lateness(done.submitted, done.due)
        told = f", **{late} after it was due**" if late else ""
        return f"handed in {_time(done.submitted)}{told}"
    if not done.released:
        return ""
    return f"due {_time(done.due)}" if done.due else "not handed in"


def _time(when: datetime) -> str:
    """A time that the page's script shows in the reader's own zone; without it, in UTC."""
    utc = in_utc(when)
    return f'<time title="{utc:%Y-%m-%dT%H:%M:%SZ}">{utc:{_TIME}} UTC</time>'


_HOW = """## How a lesson goes

1. **Predict**, then run the cell: `Shift` + `Enter` runs it and goes on to the next.
2. Write each exercise in its cell. The cell below it checks your work and tells what is wrong.
3. Press **Check my work** above the notebook, or here. It saves, runs everything once more from the
   start, as grading does, and tells what is wrong."""

_HOW_TO_HAND_IN = """4. **Hand in**: menu *Nbgrader*, *Assignment List*, *Submit*. You may hand in
   again; the last one counts.
5. When grading is done, *Fetch Feedback* in the same list brings your score and what to look at."""

_HOW_ELSE = """`Alt` + `W` brings you back here, and so does the menu *Help*. A check counts as
passed here when the notebook was saved after its cell ran. If a notebook behaves strangely, choose
*Restart Kernel and Run All Cells* in the menu *Run*."""

_EXTENSION = """Due dates are the class's. More time that you were given counts, though it is not
shown here: only you and your instructor are to know of it."""

_TEACH = """**You teach this course?** Menu *Nbgrader*: *Class* collects, grades, returns and
reports; *Formgrader* shows each submission."""


def _place(lesson: ReleasedLesson) -> str:
    return lesson.name[:2].lstrip("0") if lesson.name[:2].isdigit() else f"`{lesson.name}`"


def _extent(count: int, minutes: int) -> str:
    hours = round(minutes / 60)
    long = f"{hours} hours" if hours > 1 else f"{minutes} minutes"
    if count and not minutes:
        return ""
    if count == 1:
        return f"There is one lesson, which takes about {long}."
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    number = words[count] if count < len(words) else str(count)
    if not count:
        return "There are no lessons yet."
    return f"The {number} lessons take about {long} all together. Take them in order."


def _passed(path: Path, lesson: ReleasedLesson) -> tuple[str, ...]:
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
    return PASSED in printed and not failed


def _submitted(handing: Handing, lesson: ReleasedLesson) -> datetime | None:
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


def _returned(
    folder: Path, lesson: ReleasedLesson
) -> tuple[tuple[float, float] | None, float, str | None]:
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
