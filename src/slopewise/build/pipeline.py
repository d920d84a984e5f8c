"""Build lessons: only what changed, all or nothing, the same bytes every time."""

from __future__ import annotations

import logging
import multiprocessing
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slopewise.build.keeping import keep_equal
from slopewise.build.manifest import (
    MANIFEST,
    Entry,
    hash_bytes,
    hash_inputs,
    read_manifest,
    write_manifest,
)
from slopewise.errors import BuildError
from slopewise.notebook.course import CONFIGURATION, LESSON_NAME, Course, Lesson
from slopewise.notebook.files import write_whole
from slopewise.probe.keys import SUFFIX as TUTOR_SUFFIX
from slopewise.scoring.altered import altered_path
from slopewise.scoring.known_answers import known_answers_path

FOLDERS = ("source", "release", "solutions")
TUTOR_FOLDERS = ("source", "release")
"""nbgrader ships what lies beside the instructor's notebook, so the tutor's file is there, too."""

CELL_TIMEOUT = 120
"""Seconds that one cell of a solution may take while it is built."""


@dataclass(frozen=True)
class BuildReport:
    """What a build did.

    Attributes:
        built: names of the lessons that were built.
        fresh: names of the lessons that were up to date.
        removed: generated notebooks that belonged to no lesson any more.
    """

    built: tuple[str, ...]
    fresh: tuple[str, ...]
    removed: tuple[str, ...]


def build(
    course: Course,
    names: Iterable[str] = (),
    *,
    force: bool = False,
    progress: Callable[[str], None] = lambda line: None,
) -> BuildReport:
    """Build the named lessons (all where none is named) that are not up to date.

    Args:
        course: whose lessons.
        names: lessons' names or numbers.
        force: build them even where they are up to date.
        progress: called with one line for each lesson.

    Raises:
        BuildError: a lesson cannot be built. Lessons that could be built are in place then, and
            no file of the one that could not is touched.
    """
    lessons = [course.lesson(name) for name in names] or list(course.lessons)
    entries = read_manifest(course.root)
    stale = [
        lesson
        for lesson in lessons
        if force or _problem(lesson, entries.get(lesson.name)) is not None
    ]
    fresh = tuple(lesson.name for lesson in lessons if lesson not in stale)
    for name in fresh:
        progress(f"{name}: up to date")
    failures = _build_all(course, stale, entries, progress)
    removed = _remove_orphans(course, entries)
    for path in removed:
        progress(f"{path}: removed, no lesson of that name")
    for problem in _strays(course):
        progress(problem)
    if failures:
        raise BuildError("\n".join(failures))
    return BuildReport(tuple(lesson.name for lesson in stale), fresh, removed)


def check(course: Course) -> list[str]:
    """Return one line for every generated file that is stale or was edited by hand."""
    entries = read_manifest(course.root)
    problems = check_lessons(course, course.lessons)
    known = _known(entries)
    problems.extend(
        f"{path}: belongs to no lesson in notebooks/; "
        + ("run `slopewise build`" if path in known else "no build made it: move or delete it")
        for path in _orphans(course)
    )
    problems.extend(_strays(course))
    return problems


def check_lessons(course: Course, lessons: Iterable[Lesson]) -> list[str]:
    """Return one line for each of these lessons that is stale or was edited by hand."""
    entries = read_manifest(course.root)
    found = [_problem(lesson, entries.get(lesson.name)) for lesson in lessons]
    return [problem for problem in found if problem is not None]


def _problem(lesson: Lesson, entry: Entry | None) -> str | None:
    """Say what is not up to date about a lesson; None where nothing is."""
    paths = [lesson.path_in(folder) for folder in FOLDERS]
    paths += [lesson.tutor_path(folder) for folder in TUTOR_FOLDERS]
    paths += [
        lesson.path_in(folder).parent / name for folder in FOLDERS for name in lesson.data_files()
    ]
    if lesson.answers_path.is_file():
        paths.append(known_answers_path(lesson))
    if lesson.settings.alterations:
        paths.append(altered_path(known_answers_path(lesson)))
    for path in paths:
        relative = path.relative_to(lesson.root).as_posix()
        if entry is None or not path.is_file():
            return f"{relative}: not built yet; run `slopewise build`"
        if hash_bytes(path.read_bytes()) != entry.outputs.get(relative):
            return (
                f"{relative}: was edited by hand; carry the change to "
                f"{_origin(lesson, path)} and run `slopewise build`"
            )
    if entry is not None and entry.inputs != hash_inputs(lesson):
        relative = lesson.path_in(FOLDERS[0]).relative_to(lesson.root).as_posix()
        return (
            f"{relative}: is stale: notebooks/{lesson.name}.py, its answers, the settings or the "
            "tools changed since; run `slopewise build`"
        )
    return None


def _origin(lesson: Lesson, path: Path) -> str:
    """Return where the content of a generated file is edited."""
    if path.suffix not in (".json", ".ipynb"):
        return f"notebooks/{lesson.name}/"
    folder = "answers" if path.suffix == ".json" else "notebooks"
    return f"{folder}/{lesson.name}.py"


def _orphans(course: Course) -> list[str]:
    names = {lesson.name for lesson in course.lessons}
    made = [(folder, ".ipynb") for folder in FOLDERS]
    made += [(folder, TUTOR_SUFFIX) for folder in TUTOR_FOLDERS]
    return [
        path.relative_to(course.root).as_posix()
        for folder, suffix in made
        for path in sorted((course.root / folder).glob(f"*/*{suffix}"))
        if path.parent.name not in names or path.name != path.parent.name + suffix
    ]


def _strays(course: Course) -> list[str]:
    """Return one line for everything that somebody wrote for a lesson, and that no lesson has."""
    names = {lesson.name for lesson in course.lessons}
    found = []
    for path in sorted((course.root / "notebooks").glob("*")):
        if path.suffix == ".ipynb":
            found.append((path, "is no lesson; make a text of it, `jupytext --to py:percent`"))
        elif path.is_dir() and path.name not in names and LESSON_NAME.fullmatch(path.name):
            found.append((path, "holds the data of no lesson; rename or delete it"))
    for path in sorted((course.root / "answers").glob("*.py")):
        if path.stem not in names:
            found.append((path, "holds the answers to no lesson; rename or delete it"))
    return [f"{path.relative_to(course.root).as_posix()}: {problem}" for path, problem in found]


def _known(entries: dict[str, Entry]) -> set[str]:
    return {path for entry in entries.values() for path in entry.outputs}


def _remove_orphans(course: Course, entries: dict[str, Entry]) -> tuple[str, ...]:
    """Remove what the build itself once wrote; a notebook it does not know is left alone."""
    known = _known(entries)
    removed = []
    for relative in _orphans(course):
        if relative in known:
            path = course.root / relative
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
            removed.append(relative)
    names = {lesson.name for lesson in course.lessons}
    if set(entries) - names:
        write_manifest(course.root, {name: entries[name] for name in entries if name in names})
    return tuple(removed)


def _build_all(
    course: Course,
    lessons: list[Lesson],
    entries: dict[str, Entry],
    progress: Callable[[str], None],
) -> list[str]:
    if not lessons:
        return []
    failures = []
    # Processes, because nbgrader's converters change the working directory while they run; spawned,
    # because a process that has loaded ZeroMQ must not be forked.
    context = multiprocessing.get_context("spawn")
    workers = min(os.cpu_count() or 1, len(lessons))
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        running = {}
        for lesson in lessons:
            # Hashed before the build reads it: an edit made meanwhile leaves the lesson stale.
            inputs = hash_inputs(lesson)
            running[pool.submit(_build_lesson, course.root, lesson.name)] = (lesson, inputs)
        for future in as_completed(running):
            lesson, inputs = running[future]
            try:
                files, seconds = future.result()
            except BuildError as error:
                failures.append(str(error))
                progress(f"{lesson.name}: failed")
                continue
            files = keep_equal(course.root, files, inputs, entries.get(lesson.name))
            for relative, data in files.items():
                write_whole(course.root / relative, data)
            earlier = entries.get(lesson.name)
            for relative in (set(earlier.outputs) if earlier else set()) - set(files):
                (course.root / relative).unlink(missing_ok=True)  # of data that is no more
            entries[lesson.name] = Entry(
                inputs, {relative: hash_bytes(data) for relative, data in files.items()}
            )
            write_manifest(course.root, entries)
            progress(f"{lesson.name}: {', '.join(FOLDERS)} built in {seconds:.0f} s")
    return sorted(failures)


def _build_lesson(root: Path, name: str) -> tuple[dict[str, bytes], float]:
    """Build one lesson in a scratch course; return its files and the seconds it took."""
    import nbformat

    from slopewise.build.corpus import observe_answers
    from slopewise.build.hints import check_hints
    from slopewise.build.leaks import check_release
    from slopewise.build.solution import check_solution
    from slopewise.build.source import make_source

    start = time.monotonic()
    lesson = Lesson(name, root)
    source = make_source(lesson)
    check_hints(lesson, source)
    with tempfile.TemporaryDirectory(prefix="slopewise-build-") as folder:
        scratch = Lesson(name, Path(folder).resolve())
        write_whole(scratch.path_in("source"), _serialise(source))
        for data_name, data in lesson.data_files().items():
            write_whole(scratch.path_in("source").parent / data_name, data)
        _run_nbgrader(root, scratch)
        release = nbformat.read(scratch.path_in("release"), as_version=4)
        solution = nbformat.read(scratch.path_in("solutions"), as_version=4)
    if {len(source.cells)} != {len(release.cells), len(solution.cells)}:
        raise BuildError(
            f"{lesson.text_name}: has {len(source.cells)} cells, and nbgrader made "
            f"{len(release.cells)} of them; take the preprocessor that does so out of "
            f"{CONFIGURATION}"
        )
    _settle(solution)
    check_solution(lesson, solution)
    check_release(lesson, source, release, solution)
    notebooks = {"source": source, "release": release, "solutions": solution}
    files = {
        lesson.path_in(folder).relative_to(root).as_posix(): _serialise(notebook)
        for folder, notebook in notebooks.items()
    }
    for folder in FOLDERS:
        for data_name, data in lesson.data_files().items():
            place = lesson.path_in(folder).parent / data_name
            files[place.relative_to(root).as_posix()] = data
    corpus = observe_answers(lesson, source)
    if corpus.known is not None:
        files[known_answers_path(lesson).relative_to(root).as_posix()] = corpus.known
    if corpus.altered is not None:
        path = altered_path(known_answers_path(lesson))
        files[path.relative_to(root).as_posix()] = corpus.altered
    for folder in TUTOR_FOLDERS:
        files[lesson.tutor_path(folder).relative_to(root).as_posix()] = corpus.tutor
    return files, time.monotonic() - start


def _serialise(notebook: Any) -> bytes:
    import nbformat

    return (str(nbformat.writes(notebook)).rstrip("\n") + "\n").encode("utf-8")


class _LastError(logging.Handler):
    """Keeps the exception in the last traceback that nbgrader logged; it raises without a cause."""

    text = ""

    def emit(self, record: logging.LogRecord) -> None:
        raised = re.findall(r"^[\w.]+(?:Error|Exception): .*", record.getMessage(), re.MULTILINE)
        if "Traceback" in record.getMessage() and raised:
            self.text = raised[-1]


def _run_nbgrader(root: Path, scratch: Lesson) -> None:
    """Run nbgrader's own generate_assignment and generate_solution in the scratch course."""
    from nbgrader.api import Gradebook
    from nbgrader.converters import GenerateAssignment, GenerateSolution
    from nbgrader.converters.base import NbGraderException
    from nbgrader.coursedir import CourseDirectory

    from slopewise.build.source import one_line
    from slopewise.environment import put_tools_on_path
    from slopewise.nbgrader.gradebook_url import sqlite_url
    from slopewise.nbgrader.settings import load_config

    put_tools_on_path()
    config = load_config(root)
    if framing := sorted(key for key, path in config.IncludeHeaderFooter.items() if path):
        raise BuildError(
            f"{CONFIGURATION}: c.IncludeHeaderFooter.{framing[0]} adds cells to every notebook, "
            f"and a lesson has those of its text alone; take the line away, and write the cells "
            f"into notebooks/{scratch.name}.py"
        )
    config.CourseDirectory.root = str(scratch.root)
    config.CourseDirectory.db_url = sqlite_url(scratch.root / "build.db")
    config.CourseDirectory.assignment_id = scratch.name
    config.Execute.kernel_name = "python3"  # the authors' own code, in the environment as it is
    config.Execute.timeout = CELL_TIMEOUT
    config.Execute.record_timing = False
    if os.name == "posix":
        # Two kernels that start at once may pick one TCP port; sockets in our own folder never do.
        config.KernelManager.transport = "ipc"
        config.KernelManager.ip = str(scratch.root / "kernel")
    reason = _LastError()
    logger = logging.getLogger("slopewise.build")
    logger.handlers = [reason]
    logger.propagate = False
    try:
        for converter in (GenerateAssignment, GenerateSolution):
            converter(coursedir=CourseDirectory(config=config), config=config, log=logger).start()
        Gradebook(config.CourseDirectory.db_url).close()
    except Exception as error:  # nbgrader's own, or a step's that the course's configuration names
        said = reason.text or error
        if not isinstance(error, NbGraderException):
            said = f"{type(error).__name__}: {error}"
        raise BuildError(
            f"notebooks/{scratch.name}.py: nbgrader cannot convert it: {one_line(said)}"
        ) from None
    finally:
        shutil.rmtree(scratch.root / ".ipynb_checkpoints", ignore_errors=True)


def _settle(solution: Any) -> None:
    """Take out of an executed solution what differs from run to run.

    A kernel flushes its output when it likes, so that one print may come in two pieces; widgets
    have random ids, and a slider without its kernel shows nothing anyway.
    """
    solution.metadata.pop("widgets", None)
    for cell in solution.cells:
        if cell.cell_type != "code":
            continue
        if "nbval-skip" in cell.metadata.get("tags", []):
            cell.outputs = []
        joined: list[Any] = []
        for output in cell.outputs:
            last = joined[-1] if joined else None
            if output.output_type == "stream" and last and last.get("name") == output.name:
                last.text += output.text
            else:
                joined.append(output)
        cell.outputs = joined


__all__ = ["CELL_TIMEOUT", "FOLDERS", "MANIFEST", "BuildReport", "build", "check"]
