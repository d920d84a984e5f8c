"""An exercise that nobody has begun is told as that, whatever its questions make of the stub."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from slopewise.cli import main
from slopewise.notebook.definitions import is_unwritten
from tests.tiny import make_course

HEAD = """\
# %% [markdown]
# # Begun
#
# *Aim: begin.*
#
# **About 5 minutes.**
"""

EXERCISE = """
# %% exercise="{name}"
{cell}

# %% check="{name}" points=5
### BEGIN HIDDEN TESTS
from slopewise import observe
{helper}
observe({questions})
### END HIDDEN TESTS
print("visible checks passed: {name}")
"""

CELLS = {
    "Entry": (
        "### BEGIN SOLUTION\nclass Entry:\n    x = 1\n### END SOLUTION",
        "",
        "x=lambda: Entry().x, y=lambda: Entry.x",
    ),
    "Corpus": (
        'class Corpus:\n    """Words."""\n    ### BEGIN SOLUTION\n    n = 2\n    ### END SOLUTION',
        "",
        "n=lambda: Corpus().n, m=lambda: Corpus.n",
    ),
    "share": (
        "share = None\n### BEGIN SOLUTION\nshare = 0.35\n### END SOLUTION",
        "",
        "number=lambda: share, twice=lambda: share and 2 * share",
    ),
    "later": (
        "async def later():\n    ### BEGIN SOLUTION\n    return 3\n    ### END SOLUTION",
        "import asyncio\nimport threading\n\n"
        "def run(make):\n    box = []\n"
        "    thread = threading.Thread(target=lambda: box.append(asyncio.run(make())))\n"
        "    thread.start()\n    thread.join()\n    return box[0]\n",
        "three=lambda: run(lambda: later()), again=lambda: run(lambda: later())",
    ),
}

ANSWERS = """
# %% wrong="later" name="not async"
'''It has to be async.'''

def later():
    return ""
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = HEAD + "".join(
        EXERCISE.format(name=name, cell=cell, helper=helper, questions=questions)
        for name, (cell, helper, questions) in CELLS.items()
    )
    root = make_course(tmp_path_factory.mktemp("begun"), n01_begun=text).root
    (root / "answers").mkdir(exist_ok=True)
    (root / "answers" / "01-begun.py").write_text(ANSWERS, encoding="utf-8")
    assert main(["--course", str(root), "build"]) == 0
    return root


def told(
    course: Path, notebook: Path, capsys: pytest.CaptureFixture[str]
) -> dict[str, tuple[str, str]]:
    """The state and the message of every exercise."""
    capsys.readouterr()
    main(["--course", str(course), "check", "--json", str(notebook)])
    (one,) = json.loads(capsys.readouterr().out)
    return {
        verdict["exercise"]: (verdict["state"], verdict["message"]) for verdict in one["exercises"]
    }


def test_what_was_left_as_it_was_released_is_not_attempted(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = told(course, course / "release" / "01-begun" / "01-begun.ipynb", capsys)
    message = "Not attempted yet: the cell still holds the stub."
    assert found == dict.fromkeys(CELLS, ("not attempted", message))


def test_an_answer_elsewhere_was_attempted_and_a_cell_that_is_gone_is_named(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "01-begun.ipynb"
    shutil.copy(course / "release" / "01-begun" / "01-begun.ipynb", path)
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["id"] != "Entry"]
    at = next(at for at, cell in enumerate(cells) if cell["id"] == "share")
    own: dict[str, object] = {
        "cell_type": "code",
        "id": "own",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }
    cells.insert(at + 1, {**own, "source": "share = 0.5"})
    path.write_text(json.dumps({**notebook, "cells": cells}), encoding="utf-8")
    found = told(course, path, capsys)
    assert found["share"][0] == "wrong"
    assert found["Entry"] == (
        "raised",
        "The cell of this exercise is gone, and no other cell defines `Entry`.",
    )


@pytest.mark.parametrize(
    ("source", "unwritten"),
    [
        ("raise NotImplementedError()", True),
        ("x = None\nraise NotImplementedError", True),
        ("def x():\n    'Says.'\n    raise NotImplementedError()", True),
        ("class x:\n    raise NotImplementedError()", True),
        ("x = 3\nraise NotImplementedError()", False),
        ("def x():\n    return 3\n    raise NotImplementedError()", False),
        ("def x(n):\n    if n < 0:\n        raise NotImplementedError()", False),
        ("def other():\n    raise NotImplementedError()", False),
        ("def x():\n    pass", False),
        ("x = None", False),
        ("def x(:\n    raise NotImplementedError()", False),
    ],
)
def test_what_still_raises_is_unwritten(source: str, *, unwritten: bool) -> None:
    assert is_unwritten(source, "x") == unwritten
