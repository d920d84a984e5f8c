"""What a submission brings along besides its notebook, taken with care.

A submission's folder was filled by somebody who may wish for anything. Only plain files of
reasonable names and sizes are taken, and never through a link: nothing of this machine comes into
the box, or into `autograded/`, by way of a submission.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path

from slopewise.errors import SubmissionError
from slopewise.notebook.files import File
from slopewise.notebook.findings import Finding, Kind
from slopewise.notebook.identification import is_nobodys
from slopewise.notebook.untrusted_files import Bounds, folder_below, read_tree
from slopewise.probe.keys import SUFFIX as TUTOR_SUFFIX

MAXIMUM_BYTES = 16 * 2**20
MAXIMUM_FILES = 500
_DEEPEST = 8
_LONGEST_NAME = 200
_MOST_TOLD = 50

# nbgrader's and the collector's own, beside the notebook: of no use to a learner's code.
BOOKKEEPING = ("timestamp.txt", "submission_secret.txt", "collected.json")


def is_for_a_run(name: str) -> bool:
    """Whether code that is graded has any use for this file.

    Bookkeeping has none, nor has the tutor's file: where a grader asks, it is silent.
    """
    return name not in BOOKKEEPING and not name.endswith(TUTOR_SUFFIX)


def files_of_run(taken: Iterable[File], own: Iterable[File]) -> list[File]:
    """Return the files that a submission is run with.

    Args:
        taken: what the learner has beside the notebook.
        own: the instructor's, which stand in for the learner's of the same name.
    """
    files = {file.name: file for file in (*taken, *own)}
    return [file for name, file in files.items() if is_for_a_run(name)]


# Programs read these when they start.
_HOOKS = {".ipython", ".jupyter", ".config", ".local", ".matplotlib", "matplotlibrc"}
# What a notebook's process imports beside the standard library; what lessons import, a course says.
_LIBRARIES = frozenset({
    "IPython", "ipykernel", "ipywidgets", "matplotlib", "matplotlib_inline", "numpy",
    "sitecustomize", "slopewise", "traitlets", "usercustomize", "zmq",
})  # fmt: skip


@dataclass(frozen=True)
class Submitted:
    """The files of one submission.

    Attributes:
        files: what was taken, by name.
        findings: what was left out, and why, for the instructor.
    """

    files: tuple[File, ...]
    findings: tuple[Finding, ...]


def collect(
    folder: Path,
    ignore: Sequence[str],
    taken: frozenset[str] = frozenset(),
    *,
    notebooks: frozenset[str] = frozenset(),
    libraries: frozenset[str] = frozenset(),
) -> Submitted:
    """Return the files of a submission, other notebooks among them: a lesson may run these.

    Args:
        folder: the submission's.
        ignore: patterns of names that are none of a submission's business.
        taken: names of the instructor's own files, which stand in for the learner's.
        notebooks: names of the notebooks that are graded.
        libraries: names of what the lessons import, which no file may stand in for.
    """
    owns = frozenset(parent for name in taken for parent in _parents(name))

    def select(whole: str, is_folder: bool) -> str | None:
        name = whole.rpartition("/")[2]
        top = name == whole
        if whole in notebooks or _matches(name, ignore):
            return ""
        if is_nobodys(name) and not (top and name in _HOOKS):
            return ""
        if whole in taken or any(parent in taken for parent in _parents(whole)):
            return ""
        if not is_folder and whole in owns:
            return ""
        return _unwelcome(name, is_folder, libraries) if top else None

    bounds = Bounds(
        MAXIMUM_BYTES, MAXIMUM_BYTES, MAXIMUM_FILES, 20 * MAXIMUM_FILES, _DEEPEST, _LONGEST_NAME
    )
    parts = folder.absolute().parts
    trusted = max(1, len(parts) - 2)  # a learner may have made the folder, and the one above it
    try:
        with folder_below(Path(*parts[:trusted]), parts[trusted:]) as descriptor:
            tree = read_tree(descriptor, bounds, select)
    except (SubmissionError, OSError) as error:
        reason = str(error) if isinstance(error, SubmissionError) else "cannot be read"
        return Submitted((), (Finding(Kind.FILE, "", f"The submission's folder {reason}."),))
    return Submitted(
        tree.files,
        tuple(
            Finding(Kind.FILE, "", f"The submitted '{one.name}' {one.reason}; it was left out.")
            for one in tree.left_out
            if one.name not in BOOKKEEPING  # told by whoever reads it
        )[:_MOST_TOLD],
    )


def _unwelcome(
    name: str, is_folder: bool, libraries: frozenset[str]
) -> str | None:  # as a selection has it
    """Why an entry at the top is left out; None where it may come along."""
    if name in _HOOKS:
        return "would change how programs start"
    stem = name.partition(".")[0]
    is_module = is_folder or name.rpartition(".")[2] in ("py", "pyc", "so")
    if is_module and (stem in _LIBRARIES or stem in libraries or stem in sys.stdlib_module_names):
        return "would stand in for a library"
    return None


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


def _matches(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def _parents(name: str) -> Iterator[str]:
    parts = name.split("/")
    return ("/".join(parts[:count]) for count in range(1, len(parts)))
