"""What has been handed in for an assignment: the one scanner of `submitted/`.

Autograding and the report both ask here, so that whatever lies in `submitted/` is either graded or
named with the reason why not. nbgrader's own search knows exact names only and skips the rest.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any

from slopewise.errors import SubmissionError
from slopewise.grading import read_own
from slopewise.notebook.findings import Finding, Kind
from slopewise.notebook.identification import (
    Likeness,
    Marks,
    is_nobodys,
    is_plainly,
    likeness,
    plain_stem,
    recognise,
)
from slopewise.notebook.identifiers import id_fault, shown
from slopewise.notebook.reading import read_notebook
from slopewise.notebook.submitted_files import BOOKKEEPING

_SUFFIX = ".ipynb"
_SUFFIXES = (_SUFFIX, f"{_SUFFIX}.txt", f"{_SUFFIX}.json")  # as some browsers save it
_MOST_READ = 20
"""Notebooks in one folder that are looked into."""
_DEEPEST = 3
_MOST_ENTRIES = 2000


@dataclass(frozen=True)
class Taken:
    """A file that stands for a notebook of the assignment.

    Attributes:
        name: the notebook's name in `source/`, without ending.
        path: the file.
        finding: why this file was taken; None where it is the one that everybody expects.
    """

    name: str
    path: Path
    finding: Finding | None = None


@dataclass(frozen=True)
class HandedIn:
    """What one learner has handed in for an assignment.

    Attributes:
        student: the learner's id, as the folder says it.
        folder: the submission's folder, or what lies where one is expected.
        taken: the files that can be graded.
        reason: why none can, in words that follow the folder's name; "" where some can.
    """

    student: str
    folder: Path
    taken: tuple[Taken, ...] = ()
    reason: str = ""

    @property
    def home(self) -> Path:
        """The folder that the notebook stands in, with the files beside it."""
        return self.taken[0].path.parent if self.taken else self.folder


def handed_in(coursedir: Any, assignment: str, students: str = "*") -> list[HandedIn]:
    """Return everything that was handed in for an assignment, by learner.

    Args:
        coursedir: nbgrader's.
        assignment: the lesson's name.
        students: a learner's id, or a pattern of ids.
    """
    scan = _Scan(coursedir, assignment)
    found = []
    for student, folder in scan.students():
        if student == students or fnmatchcase(student, students):
            one = scan.look(student, folder)
            if one is not None:
                found.append(one)
    return found + (scan.loose() if students == "*" else [])


def lessons_marks(coursedir: Any, assignment: str) -> dict[str, Marks]:
    """Return what every notebook of the course is known by, the assignment's own first."""
    own = Path(coursedir.format_path(coursedir.source_directory, ".", assignment))
    folders = [own, *(one for one in _folders(own.parent) if one != own)]
    found: dict[str, Marks] = {}
    for folder in folders:
        for path in sorted(folder.glob(f"*{_SUFFIX}")):
            if not is_nobodys(path.name) and path.is_file():
                found.setdefault(path.stem, _marks(path, path.stat().st_mtime_ns))
    return found


def another_lesson(submitted: Any, coursedir: Any, assignment: str, notebook: str) -> str:
    """Return the name of the lesson that a notebook really is; "" where it may be the one asked."""
    path = Path(coursedir.format_path(coursedir.source_directory, ".", assignment))
    path /= f"{notebook}{_SUFFIX}"
    if not path.is_file() or is_plainly(submitted, _marks(path, path.stat().st_mtime_ns)):
        return ""
    marks = lessons_marks(coursedir, assignment)
    best = recognise(submitted, marks.values(), notebook)
    if best in ("", notebook):
        return ""
    own, other = likeness(submitted, marks[notebook]), likeness(submitted, marks[best])
    # Versions of a lesson, or two lessons that share most cells, are left to the checks.
    return best if other.points > 2 * own.points else ""


class _Scan:
    def __init__(self, coursedir: Any, assignment: str) -> None:
        self.coursedir = coursedir
        self.assignment = assignment
        own = Path(coursedir.format_path(coursedir.source_directory, ".", assignment))
        names = sorted(one.stem for one in own.glob(f"*{_SUFFIX}") if not is_nobodys(one.name))
        self.wanted = [one for one in names if fnmatchcase(one, coursedir.notebook_id)]

    def students(self) -> Iterator[tuple[str, Path]]:
        """Every folder that stands for a learner, by id; not patterns: an id may hold brackets."""
        parts = Path(self.coursedir.directory_structure).parts
        at = next((at for at, part in enumerate(parts) if "{student_id}" in part), None)
        if at is None:
            return
        before, _, after = (re.escape(one) for one in parts[at].partition("{student_id}"))
        for name in _names(self._base(parts[:at])):
            match = re.fullmatch(f"{before}(.+){after}", name, re.DOTALL)
            if match and not is_nobodys(name):
                folder = self.coursedir.format_path(
                    self.coursedir.submitted_directory, match[1], self.assignment
                )
                yield match[1], Path(folder)

    def _base(self, parts: Sequence[str]) -> Path:
        step = self.coursedir.submitted_directory
        made = [one.format(nbgrader_step=step, assignment_id=self.assignment) for one in parts]
        return Path(self.coursedir.root).joinpath(*made)

    def look(self, student: str, folder: Path) -> HandedIn | None:
        """What a learner has handed in; None where there is nothing of the assignment."""
        mode = _mode(folder)
        if mode is None:
            return self._beside(student, folder)
        one = HandedIn(student, folder)
        fault = id_fault(student)
        if fault is not None:
            return replace(one, reason=f"its folder's name cannot be a learner's id: it {fault}")
        if stat.S_ISLNK(mode):
            return replace(one, reason="is a link, not a folder")
        if not stat.S_ISDIR(mode):
            return replace(one, reason="is a file, where a folder with the notebook is expected")
        return self._choose(one)

    def loose(self) -> list[HandedIn]:
        """This assignment's notebooks that lie in no learner's folder."""
        parts = Path(self.coursedir.directory_structure).parts
        at = next((at for at, part in enumerate(parts) if "{student_id}" in part), 0)
        base = self._base(parts[:at])
        return [
            HandedIn(shown(path.name), path, (), "lies in no learner's folder")
            for path in self._notebooks(base)
            if _is_file(path) and self._read([path])[0].lesson in self.wanted
        ]

    def _beside(self, student: str, folder: Path) -> HandedIn | None:
        """What lies in a learner's folder, and not in the assignment's inside it."""
        if folder.name != self.assignment or not _is_folder(folder.parent):
            return None
        for name in _names(folder.parent):
            path = folder.parent / name
            if is_nobodys(name):
                continue
            if _is_folder(path) and plain_stem(name) == self.assignment.casefold():
                reason = f"its folder is not called {self.assignment}; rename it"
                return HandedIn(student, path, (), reason)
            if not (_is_notebook(name) and _is_file(path)):
                continue
            if self._read([path])[0].lesson in self.wanted:
                reason = f"lies beside the folder {self.assignment}, not in it; move it there"
                return HandedIn(student, path, (), reason)
        return None

    def _choose(self, one: HandedIn) -> HandedIn:
        files = self._notebooks(one.folder)
        if not self.wanted:  # nbgrader says that the assignment is not there
            reason = "" if files else f"is of no lesson: source/ has no {self.assignment}"
            return replace(one, taken=tuple(Taken(p.stem, p) for p in files), reason=reason)
        exact = {name: one.folder / f"{name}{_SUFFIX}" for name in self.wanted}
        there = {name: path for name, path in exact.items() if path in files}
        rest = [path for path in files if path not in there.values()]
        if len(there) == len(self.wanted) and (not rest or len(self.wanted) > 1):
            return replace(one, taken=tuple(Taken(*item) for item in there.items()))
        taken = []
        looks = self._read([*there.values(), *rest])
        for name in self.wanted:
            found = self._best(name, looks, there.get(name))
            found = found or self._nested(name, one.folder, files)
            if found is not None:
                taken.append(found)
        if taken:
            return replace(one, taken=tuple(taken))
        return replace(one, reason=self._nothing(one.folder, looks))

    def _best(self, name: str, looks: Sequence[_Look], exact: Path | None) -> Taken | None:
        """The notebook that stands for one of the assignment's, and why."""
        fits = [one for one in looks if one.lesson == name]
        if fits:
            best = max(fits, key=lambda one: (one.like.answers, one.path == exact, one.version))
            others = [one for one in fits if one is not best]
            if others:
                words = ", ".join(f"{shown(one.path.name)} ({one.like.answers})" for one in fits)
                text = (
                    f"Several notebooks are {name} (with so many answers): {words}; "
                    f"{shown(best.path.name)} was taken, {_because(best, others, exact)}."
                )
                return Taken(name, best.path, Finding(Kind.OTHER_NAME, "", text))
            if best.path == exact:
                return Taken(name, best.path)
            name_ = shown(best.path.name)
            text = f"{name_} was taken as {name}{_SUFFIX}: its cells are that lesson's."
            return Taken(name, best.path, Finding(Kind.OTHER_NAME, "", text))
        if exact is not None:
            return Taken(name, exact)
        named = [one for one in looks if plain_stem(one.path.stem) == name.casefold()]
        others = [one for one in looks if one.lesson and one.lesson not in self.wanted]
        left = named or (others if len(self.wanted) == 1 and len(others) == 1 else [])
        if not left:
            return None
        best = max(left, key=lambda one: one.version)
        text = f"{shown(best.path.name)} was taken as {name}{_SUFFIX}."
        return Taken(name, best.path, Finding(Kind.OTHER_NAME, "", text))

    def _nested(self, name: str, folder: Path, files: Sequence[Path]) -> Taken | None:
        """The only notebook further down that is one of the assignment's."""
        deep = [path for path in self._deep(folder) if path not in files]
        fits = [one for one in self._read(deep) if one.lesson == name]
        if len(fits) != 1:
            return None
        where = shown(fits[0].path.relative_to(folder).as_posix())
        text = f"The notebook lay in a folder of its own, {where}; it was taken from there."
        return Taken(name, fits[0].path, Finding(Kind.OTHER_NAME, "", text))

    def _nothing(self, folder: Path, looks: Sequence[_Look]) -> str:
        """Why nothing in a folder can be graded."""
        deep = [one for one in self._read(self._deep(folder)) if one.lesson in self.wanted]
        if len(deep) > 1:
            names = ", ".join(shown(one.path.relative_to(folder).as_posix()) for one in deep[:3])
            return f"holds several notebooks of this lesson in folders ({names}); move one up"
        if looks:
            names = ", ".join(shown(one.path.name) for one in looks[:3])
            return f"holds no notebook of this lesson ({names} is none of the course's)"
        names_ = [name for name in _names(folder) if not is_nobodys(name)]
        names_ = [name for name in names_ if name not in BOOKKEEPING]
        if not names_:
            return "is empty"
        return f"holds no notebook, only {', '.join(map(shown, names_[:3]))}"

    def _notebooks(self, folder: Path) -> list[Path]:
        return [
            folder / name
            for name in _names(folder)
            if _is_notebook(name) and not self._is_ignored(name)
        ]

    def _deep(self, folder: Path) -> list[Path]:
        """Notebooks in folders of a submission; never through a link."""
        found: list[Path] = []
        pending = [(folder, 0)]
        seen = 0
        while pending:
            here, depth = pending.pop()
            for name in _names(here):
                seen += 1
                if seen > _MOST_ENTRIES or len(found) >= _MOST_READ:
                    return found
                path = here / name
                if self._is_ignored(name):
                    continue
                if _is_folder(path) and depth < _DEEPEST:
                    pending.append((path, depth + 1))
                elif here != folder and _is_notebook(name) and _is_file(path):
                    found.append(path)
        return found

    def _is_ignored(self, name: str) -> bool:
        return is_nobodys(name) or any(fnmatchcase(name, one) for one in self.coursedir.ignore)

    def _read(self, paths: Sequence[Path]) -> list[_Look]:
        marks = lessons_marks(self.coursedir, self.assignment)
        looks = []
        for path in paths[:_MOST_READ]:
            lesson, like = "", Likeness()
            try:
                if _is_file(path):
                    notebook = read_notebook(path)
                    lesson = recognise(notebook, marks.values(), path.stem)
                    if lesson:
                        like = likeness(notebook, marks[lesson])
            except SubmissionError:
                pass  # who grades it says why
            looks.append(_Look(path, lesson, like))
        return looks


@dataclass(frozen=True)
class _Look:
    """A notebook, which lesson it is ("" for none), and how much of that it has."""

    path: Path
    lesson: str
    like: Likeness

    @property
    def version(self) -> tuple[int, str]:
        """The number that downloading or copying gave it; the later is the larger."""
        numbers = re.findall(r"\d+", self.path.stem[len(self.lesson) :]) if self.lesson else []
        return (int(numbers[-1][:6]) if numbers else 0, self.path.name)


def _because(best: _Look, others: Sequence[_Look], exact: Path | None) -> str:
    if all(one.like.answers < best.like.answers for one in others):
        return "as it holds the most answers"
    return "as it has the lesson's name" if best.path == exact else "as it is the latest"


def _names(folder: Path) -> list[str]:
    """The names in a folder, of any bytes; none where it cannot be read."""
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208  # Path would stumble over no name
    except OSError:
        return []


def _folders(folder: Path) -> list[Path]:
    return [folder / name for name in _names(folder) if _is_folder(folder / name)]


def _mode(path: Path) -> int | None:
    try:
        return path.lstat().st_mode
    except (OSError, ValueError):
        return None


def _is_folder(path: Path) -> bool:
    mode = _mode(path)
    return mode is not None and stat.S_ISDIR(mode)


def _is_file(path: Path) -> bool:
    mode = _mode(path)
    return mode is not None and stat.S_ISREG(mode)


@lru_cache(maxsize=256)
def _marks(path: Path, modified: int) -> Marks:
    return Marks.of(path.stem, read_own(path))


def _is_notebook(name: str) -> bool:
    return name.casefold().endswith(_SUFFIXES)
