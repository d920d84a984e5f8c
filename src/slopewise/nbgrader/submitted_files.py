"""What a submission brings along besides its notebook, taken with care.

A submission's folder was filled by somebody who may wish for anything. Only plain files of
reasonable names and sizes are taken, and never through a link: nothing of this machine comes into
the box, or into `autograded/`, by way of a submission.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path

from slopewise.execution import File
from slopewise.notebook.findings import Finding, Kind
from slopewise.notebook.identification import is_nobodys
from slopewise.probe.keys import SUFFIX as TUTOR_SUFFIX

MAXIMUM_BYTES = 16 * 2**20
MAXIMUM_FILES = 500
_DEEPEST = 8
_LONGEST_NAME = 200

# nbgrader's and the collector's own, beside the notebook: of no use to a learner's code.
BOOKKEEPING = ("timestamp.txt", "submission_secret.txt", "collected.json")


def is_for_a_run(name: str) -> bool:
    """Whether code that is graded has any use for this file.

    Bookkeeping has none, nor has the tutor's file: where a grader asks, it is
    silent.
    """
    return name not in BOOKKEEPING and not name.endswith(TUTOR_SUFFIX)


# Programs read these when they start.
_HOOKS = {".ipython", ".jupyter", ".config", ".local", ".matplotlib", "matplotlibrc"}
# What the lessons import beside the standard library.
_LIBRARIES = {
    "IPython", "ipykernel", "ipywidgets", "matplotlib", "matplotlib_inline", "mpl_toolkits",
    "numpy", "sitecustomize", "slopewise", "torch", "traitlets", "usercustomize", "zmq",
}  # fmt: skip


@dataclass(frozen=True)
class Submitted:
    """The files of one submission.

    Attributes:
        files: what was taken, by name.
        findings: what was left out, and why, for the instructor.
    """

    files: tuple[File, ...]
    findings: tuple[Finding, ...]


class _Left(Exception):  # noqa: N818  # carries the reason why an entry is left out
    pass


def collect(
    folder: Path,
    ignore: Sequence[str],
    taken: frozenset[str] = frozenset(),
    *,
    notebooks: frozenset[str] = frozenset(),
) -> Submitted:
    """Return the files of a submission, other notebooks among them: a lesson may run these.

    Args:
        folder: the submission's.
        ignore: patterns of names that are none of a submission's business.
        taken: names of the instructor's own files, which stand in for the learner's.
        notebooks: names of the notebooks that are graded.
    """
    files: list[File] = []
    findings: list[Finding] = []
    room = MAXIMUM_BYTES
    for entry, name in _entries(folder, ignore, notebooks, findings):
        if name in taken or any(other.startswith(name + "/") for other in taken):
            continue
        if any(other in taken for other in _parents(name)):
            continue
        try:
            if len(files) >= MAXIMUM_FILES:
                raise _Left(f"comes after {MAXIMUM_FILES} other files")
            content = _read(entry, room)
        except _Left as reason:
            findings.append(_finding(name, str(reason)))
        else:
            room -= len(content)
            files.append(File(name, content))
    return Submitted(tuple(sorted(files, key=lambda file: file.name)), tuple(findings[:50]))


def own_files(folder: Path, ignore: Sequence[str], excluded: Sequence[str]) -> tuple[File, ...]:
    """Return the instructor's files of a lesson, which every submission is run with.

    Args:
        folder: the lesson's, in `source/`.
        ignore: patterns of names that are left out.
        excluded: names that a learner may submit a version of their own of.
    """
    found = []
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not _matches(name, ignore)]
        for file in names:
            path = Path(root, file)
            name = path.relative_to(folder).as_posix()
            if not _matches(file, (*ignore, "*.ipynb")) and name not in excluded:
                found.append(_own_file(path, name, path.stat().st_mtime_ns))
    return tuple(sorted(found, key=lambda file: file.name))


@lru_cache(maxsize=256)
def _own_file(path: Path, name: str, modified: int) -> File:
    return File(name, path.read_bytes())


def _entries(
    folder: Path, ignore: Sequence[str], notebooks: frozenset[str], findings: list[Finding]
) -> Iterator[tuple[Path, str]]:
    """Every file that may be taken, as path and name; tells of what may not."""
    pending = [(folder, "", 0)]
    seen = 0
    while pending:
        here, prefix, depth = pending.pop()
        try:
            names = sorted(os.listdir(here))  # noqa: PTH208  # Path would stumble over no name
        except OSError:
            findings.append(_finding(prefix.rstrip("/"), "cannot be read"))
            continue
        for name in names:
            seen += 1
            if seen > 20 * MAXIMUM_FILES:
                findings.append(_finding("the rest", "comes after thousands of other files"))
                return
            whole = prefix + name
            if whole in notebooks:
                continue
            if _matches(name, ignore) or (is_nobodys(name) and (prefix or name not in _HOOKS)):
                continue
            try:
                mode = (here / name).lstat().st_mode
                if whole in BOOKKEEPING and not stat.S_ISREG(mode):
                    continue  # told by whoever reads it
                if not _is_welcome(name, mode, top=not prefix):
                    continue
                if stat.S_ISDIR(mode):
                    if depth >= _DEEPEST:
                        raise _Left("is in too many folders")
                    pending.append((here / name, whole + "/", depth + 1))
                    continue
            except OSError:
                findings.append(_finding(whole, "cannot be read"))
            except _Left as reason:
                findings.append(_finding(whole, str(reason)))
            else:
                yield here / name, whole


def _is_welcome(name: str, mode: int, *, top: bool) -> bool:
    """Whether to take an entry; False leaves it out in silence, `_Left` with a finding."""
    if top and name in _HOOKS:
        raise _Left("would change how programs start")
    if stat.S_ISLNK(mode):
        raise _Left("is a symbolic link")
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise _Left("is neither a file nor a folder")
    if not name.isprintable() or len(os.fsencode(name)) > _LONGEST_NAME:
        raise _Left("has a name that no honest file has")
    stem = name.partition(".")[0]
    is_module = stat.S_ISDIR(mode) or name.rpartition(".")[2] in ("py", "pyc", "so")
    if top and is_module and (stem in _LIBRARIES or stem in sys.stdlib_module_names):
        raise _Left("would stand in for a library")
    return True


def _read(path: Path, room: int) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        raise _Left("cannot be read") from None
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise _Left("is not a plain file")
        if status.st_size > room:
            raise _Left(f"makes the submission larger than {MAXIMUM_BYTES // 2**20} MB")
        return file.read(room)


def _matches(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def _parents(name: str) -> Iterator[str]:
    parts = name.split("/")
    return ("/".join(parts[:count]) for count in range(1, len(parts)))


def _finding(name: str, reason: str) -> Finding:
    shown = repr(name.encode("utf-8", "backslashreplace").decode())
    if len(shown) > 80:
        shown = shown[:77] + "…'"
    return Finding(Kind.FILE, "", f"The submitted {shown} {reason}; it was left out.")
