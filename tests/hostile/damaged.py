"""The damaged: files that are no notebooks, names that are no names, clocks that do not tell."""

from __future__ import annotations

import json
import os
import shutil
from typing import Any

from slopewise.notebook.findings import Kind
from slopewise.scoring import State
from tests.hostile.attack import Attack, Make
from tests.hostile.lesson import NAME, Submission

_HONEST = {"half": State.WRONG, "slope": State.NOT_ATTEMPTED, "which": State.RIGHT}
_STOPPED = {"half": State.NOT_RUN, "slope": State.NOT_RUN, "which": State.NOT_RUN}


def _raw(content: bytes) -> Make:
    def make(submission: Submission) -> None:
        submission.raw = content

    return make


def _encoded(encoding: str) -> Make:
    def make(submission: Submission) -> None:
        submission.markdown("Grüße, 你好")
        text = json.dumps(submission.notebook, ensure_ascii=False)
        submission.raw = text.encode(encoding, "replace")

    return make


def _nbformat(major: object, minor: object = 0) -> Make:
    def make(submission: Submission) -> None:
        submission.notebook.update(nbformat=major, nbformat_minor=minor)

    return make


def _nbformat_3(submission: Submission) -> None:
    # As an old notebook program writes it; the cells' ids, and so the exercises, are gone.
    cells = [
        {
            "cell_type": "code", "input": cell["source"], "language": "python",
            "metadata": cell["metadata"], "outputs": [], "collapsed": False,
        }
        for cell in submission.cells
        if cell["cell_type"] == "code"
    ]  # fmt: skip
    submission.notebook = {
        "nbformat": 3, "nbformat_minor": 0, "metadata": {"name": "old"},
        "worksheets": [{"cells": cells, "metadata": {}}],
    }  # fmt: skip


def _large(submission: Submission) -> None:
    submission.raw = b""
    submission.write()
    os.truncate(submission.path, 100 * 2**20)
    submission.with_notebook = False


def _deep(submission: Submission) -> None:
    submission.notebook["metadata"]["deep"] = "DEEP"
    deep = "[" * 5000 + "]" * 5000
    submission.raw = json.dumps(submission.notebook).replace('"DEEP"', deep).encode()


def _deeper(submission: Submission) -> None:
    submission.notebook["metadata"]["deep"] = "DEEP"
    deep = '{"a":' * 200_000 + "1" + "}" * 200_000
    submission.raw = json.dumps(submission.notebook).replace('"DEEP"', deep).encode()


def _kind(kind: str) -> Make:
    def make(submission: Submission) -> None:
        submission.with_notebook = False
        if kind == "folder":
            submission.path.mkdir()
            (submission.path / "inside.ipynb").write_text("{}")
        elif kind == "pipe":
            os.mkfifo(submission.path)
        elif kind == "unreadable":
            submission.with_notebook = True

    return make


def _missing(submission: Submission) -> None:
    submission.with_notebook = False
    submission.file("readme.txt", "I have lost my notebook")


def _other_name(submission: Submission) -> None:
    submission.with_notebook = False
    submission.file("01-box-final(2).ipynb", json.dumps(submission.notebook))


def _folder_link(submission: Submission) -> None:
    shutil.rmtree(submission.folder)
    submission.folder.symlink_to(submission.course / "submitted" / "aa-full" / NAME)
    submission.with_notebook = False


def _both_names(submission: Submission) -> None:
    submission.file("02-more.ipynb", json.dumps(submission.notebook))
    submission.file("\n.ipynb", "{}")


NAMES = (
    b"two\nlines.txt", b"-rf", b"--force.txt", b"..  ", b"...", b" ", b"\t", b"\x1b[2Jsteers.txt",
    b"caf\xe9.txt", b"\xff\xfe", b"*", b"?[a]", b"$(reboot)", b"`reboot`", b"a;b", b"'", b'"',
    b"a\\b", b"..\\..\\x", b"%2e%2e%2f", b"con.txt", b"x" * 255, "​.txt".encode(),
    "‮txt.exe".encode(), b"{student_id}", b"{nbgrader_step}.txt", b"__init__.py",
)  # fmt: skip


def _names(submission: Submission) -> None:
    folder = os.fsencode(submission.folder)
    for name in NAMES:
        with open(os.path.join(folder, name), "wb") as file:  # noqa: PTH123, PTH118  # bytes
            file.write(b"x")
    os.mkdir(os.path.join(folder, b"d\xe9p\n"))  # noqa: PTH102, PTH118
    submission.code("import os\nprint(len(os.listdir()))")


def _tree(submission: Submission) -> None:
    deep = submission.folder
    for _ in range(60):
        deep = deep / "down"
        deep.mkdir()
        (deep / "x.txt").write_text("x")
    for number in range(700):
        submission.file(f"many/{number}.txt", "x")


def _heavy(submission: Submission) -> None:
    submission.file("data.bin", b"")
    os.truncate(submission.folder / "data.bin", 2**31)
    submission.code("import os\nprint(os.listdir())")


def _special_files(submission: Submission) -> None:
    os.mkfifo(submission.folder / "data.csv")
    submission.code("import os\nprint(os.listdir())")


def _timestamp(content: bytes) -> Make:
    def make(submission: Submission) -> None:
        submission.file("timestamp.txt", content)

    return make


def _timestamp_pipe(submission: Submission) -> None:
    os.mkfifo(submission.folder / "timestamp.txt")


def _half_characters(submission: Submission) -> None:
    submission.code("text = '\ud800 half a character'\nprint(len(text))")
    submission.markdown("\udfff", id="\ud800")
    submission.notebook["metadata"]["\ud800"] = "\ud800"


def _odd_cells(submission: Submission) -> None:
    submission.cells[1:1] = [
        None, 3, "cell", [], {}, {"cell_type": "code"}, {"cell_type": "code", "source": 3},
        {"cell_type": [], "source": ""}, {"cell_type": "heading", "source": "x", "level": 99},
        {"cell_type": "code", "source": "pass", "metadata": [], "outputs": {}, "id": {}},
        {"cell_type": "code", "source": ["pa", "ss"], "metadata": {"nbgrader": []}, "id": None},
        {"cell_type": "markdown", "source": "x", "attachments": {"a": {"image/png": ["x"]}}},
        {"cell_type": "code", "source": "pass", "metadata": {"nbgrader": {"grade_id": []}}},
    ]  # fmt: skip


def _damage(name: str, aim: str, make: Make, **more: Any) -> Attack:
    return Attack(name, aim, make, states=more.pop("states", _HONEST), **more)


def _unreadable(name: str, aim: str, make: Make, reason: str) -> Attack:
    return Attack(
        name, aim, make, score=0.0, states=_STOPPED, findings=(Kind.UNREADABLE,), shown=(reason,),
        log=("Cannot grade",),
    )  # fmt: skip


ATTACKS = (
    _unreadable("not-json", "Not a notebook.", _raw(b"PK\x03\x04 a zip"), "damaged"),
    _unreadable("empty", "An empty file.", _raw(b""), "is empty"),
    _unreadable("nulls", "Zeros, as a full disk leaves them.", _raw(bytes(5000)), "damaged"),
    _unreadable("cut-short", "Half a notebook.", _raw(b'{"nbformat": 4, "cells": ['), "damaged"),
    _unreadable("other-json", "JSON, but not a notebook.", _raw(b"[1, 2]"), "no nbformat"),
    _unreadable("latin-1", "Another encoding.", _encoded("latin-1"), "UTF-8"),
    _damage("utf-16", "An encoding that JSON allows, and notebooks hardly ever have.",
            _encoded("utf-16")),
    _damage("nbformat-3", "A notebook of an older kind.", _nbformat_3, least=0.0),
    _unreadable("nbformat-5", "A notebook of a kind to come.", _nbformat(5), "nbformat 4"),
    _unreadable("nbformat-2-not", "Says nbformat 2, and is not.", _nbformat(2), "nbformat"),
    _unreadable("nbformat-minus", "An impossible nbformat.", _nbformat(-1), "nbformat"),
    _damage("nbformat-minor", "An impossible minor format.", _nbformat(4, "\x1b[2J99")),
    _unreadable("large", "A hundred megabytes.", _large, "larger than"),
    _unreadable("deep-metadata", "Metadata nested deeply.", _deep, "damaged"),
    _unreadable("deeper-metadata", "Metadata nested more deeply.", _deeper, "damaged"),
    _unreadable("folder", "A folder named like the notebook.", _kind("folder"), "not a"),
    _unreadable("pipe", "A pipe named like the notebook, where reading never ends.",
                _kind("pipe"), "not a"),
    _damage("two-notebooks", "Notebooks besides the one that is asked.", _both_names),
    _damage("names", "File names with line ends, dashes, dots, and bytes that are no text.",
            _names, findings=(Kind.FILE,), log=("steers",)),
    _damage("tree", "Sixty folders deep, seven hundred files wide.", _tree, findings=(Kind.FILE,)),
    _damage("heavy", "Two gigabytes of data, which take no room where they come from.", _heavy,
            findings=(Kind.FILE,), log=("larger than",), unseen=("['data.bin'",)),
    _damage("data-pipe", "A pipe instead of data.", _special_files, findings=(Kind.FILE,),
            log=("neither a file nor a folder",)),
    _damage("timestamp-nonsense", "A timestamp that is none.", _timestamp(b"yesterday\x1b[2J"),
            findings=(Kind.FILE,), log=("timestamp",)),
    _damage("timestamp-bytes", "A timestamp that is no text.", _timestamp(b"\xff\xfe\x00"),
            findings=(Kind.FILE,), log=("timestamp",)),
    _damage("timestamp-overflow", "A timestamp that no calendar has.",
            _timestamp(b"99999999999999999999-01-01 00:00:00 UTC"), findings=(Kind.FILE,),
            log=("timestamp",)),
    _damage("timestamp-long", "A timestamp of a megabyte.", _timestamp(b"2" * 2**20),
            findings=(Kind.FILE,), log=("timestamp",)),
    _damage("timestamp-pipe", "A timestamp that is a pipe.", _timestamp_pipe,
            findings=(Kind.FILE,), log=("timestamp",)),
    _damage("half-characters", "Half characters in sources, ids and metadata.", _half_characters),
    _damage("odd-cells", "Cells that are none.", _odd_cells, findings=(Kind.MALFORMED,),
            log=("is not a cell",)),
)  # fmt: skip

# Those who handed in nothing that is asked: there is no graded notebook, and the log says so.
WITHOUT = (
    Attack("missing", "No notebook at all.", _missing, score=0.0),
    Attack(
        "folder-is-anothers",
        "The whole submission is a link to somebody else's.",
        _folder_link,
        score=0.0,
    ),
)
