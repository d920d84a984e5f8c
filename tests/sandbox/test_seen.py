"""What can be seen from inside the box: all that imports need, and nothing of the course's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

import slopewise
from slopewise.execution import Job, run
from slopewise.sandbox import Limits

_RUN = """
import json, sys
from slopewise.execution import Job, run
cells, hidden = json.loads(sys.argv[1])
outcome = run(Job(tuple(cells), hidden=tuple(hidden)))
print(json.dumps([[list(map(str, cell.outputs)) for cell in outcome.cells], outcome.stopped]))
"""


def _printed(python: str, cells: list[str], hidden: list[str], environment: dict[str, str]) -> str:
    """What cells print in a box, run by a Python in an environment of its own."""
    done = subprocess.run(
        [python, "-c", _RUN, json.dumps([cells, hidden])],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A Python whose packages all lie outside `sys.prefix`, and a runtime folder of its own."""
    folder = tmp_path_factory.mktemp("elsewhere")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    (site,) = (folder / "venv" / "lib").glob("*/site-packages")
    (folder / "shelf").mkdir()
    (folder / "shelf" / "from_pth.py").write_text("where = 'behind a .pth file'\n")
    (folder / "shelf" / "notes.txt").write_text("somebody's\n")
    lines = [
        sysconfig.get_path("purelib"),
        str(Path(slopewise.__file__).resolve().parent.parent),
        str(folder / "shelf"),
    ]
    (site / "ours.pth").write_text("\n".join(lines) + "\n")
    # An editable install of somebody else's, with a finder of its own.
    (folder / "theirs" / "edited").mkdir(parents=True)
    (folder / "theirs" / "edited" / "__init__.py").write_text("where = 'where it is edited'\n")
    (site / "_edited_finder.py").write_text(
        "import importlib.util, sys\n"
        "class Finder:\n"
        "    @staticmethod\n"
        "    def find_spec(name, path=None, target=None):\n"
        "        if name == 'edited':\n"
        f"            place = {str(folder / 'theirs' / 'edited' / '__init__.py')!r}\n"
        "            return importlib.util.spec_from_file_location(name, place,"
        " submodule_search_locations=[place.rpartition('/')[0]])\n"
        "sys.meta_path.append(Finder)\n"
    )
    (site / "edited.pth").write_text("import _edited_finder\n")
    information = site / "edited-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: edited\nVersion: 1.0\n")
    (information / "top_level.txt").write_text("edited\n")
    (information / "direct_url.json").write_text(
        json.dumps({"url": f"file://{folder / 'theirs'}", "dir_info": {"editable": True}})
    )
    (folder / "path").mkdir()
    (folder / "path" / "from_path.py").write_text("where = 'behind PYTHONPATH'\n")
    return {"python": str(folder / "venv" / "bin" / "python"), "folder": folder}


def test_a_python_whose_packages_lie_elsewhere_imports_them_in_the_box(
    elsewhere: dict[str, Any],
) -> None:
    folder = elsewhere["folder"]
    printed = _printed(
        elsewhere["python"],
        [
            "import torch, from_pth, edited, from_path\n"
            "print(from_pth.where, '/', edited.where, '/', from_path.where)",
            f"import os\nprint('notes', os.path.exists({str(folder / 'shelf' / 'notes.txt')!r}))",
        ],
        [],
        {"PYTHONPATH": str(folder / "path")},
    )
    assert "behind a .pth file / where it is edited / behind PYTHONPATH" in printed
    assert "notes False" in printed


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with secrets, and a package of the instructor's in it."""
    root = tmp_path / "course"
    for name in ("solutions", "submitted", "library/helpers"):
        (root / name).mkdir(parents=True)
    (root / "solutions" / "secret.txt").write_text("the solution\n")
    (root / "nbgrader_config.py").write_text("password = 1\n")
    (root / "library" / "helpers" / "__init__.py").write_text("word = 'lent'\n")
    return root


_LOOK = """
import os
found = []
for top, folders, names in os.walk({root!r}):
    found += [os.path.join(top, name) for name in names]
print('seen:', sorted(os.path.relpath(one, {root!r}) for one in found))
"""


def test_a_course_that_python_finds_modules_in_shows_nothing_but_these(course: Path) -> None:
    printed = _printed(
        sys.executable,
        [_LOOK.format(root=str(course)), "import helpers\nprint('word:', helpers.word)"],
        [str(course), str(course / "solutions"), str(course / "submitted")],
        {"PYTHONPATH": f"{course}:{course / 'library'}"},
    )
    assert "seen: ['library/helpers/__init__.py']" in printed
    assert "word: lent" in printed


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can put a course below /usr")
def test_a_course_below_usr_is_covered(course: Path) -> None:
    below = Path(f"/usr/local/share/slopewise-test-{os.getpid()}")
    below.mkdir()
    try:
        (below / "solutions").mkdir()
        (below / "solutions" / "secret.txt").write_text("the solution\n")
        look = _LOOK.format(root=str(below))
        seen, *_ = run(Job((look,))).cells
        assert "secret" in str(seen.outputs)  # as long as nobody says that it is a course
        seen, *_ = run(Job((look,), hidden=(str(below),))).cells
        assert "seen: []" in str(seen.outputs)
    finally:
        (below / "solutions" / "secret.txt").unlink()
        (below / "solutions").rmdir()
        below.rmdir()


def test_pages_cannot_be_given_to_a_pipe() -> None:
    cell = (
        "import ctypes, os\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "read, write = os.pipe()\n"
        "class Piece(ctypes.Structure):\n"
        "    _fields_ = [('base', ctypes.c_void_p), ('length', ctypes.c_size_t)]\n"
        "text = ctypes.create_string_buffer(4096)\n"
        "piece = Piece(ctypes.addressof(text), 4096)\n"
        "print(libc.vmsplice(write, ctypes.byref(piece), 1, 0), ctypes.get_errno())"
    )
    (done,) = run(Job((cell,))).cells
    assert "-1 1\\n" in str(done.outputs)


def test_sockets_keep_their_size_and_count_as_memory() -> None:
    cells = (
        "import socket\n"
        "one, other = socket.socketpair()\n"
        "try: one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_000_000)\n"
        "except PermissionError: print('refused')",
        "import os, time\n"
        "for _ in range(20):\n"
        "    if os.fork() == 0:\n"
        "        pairs = [socket.socketpair() for _ in range(100)]\n"
        "        time.sleep(60)\n"
        "        os._exit(0)\n"
        "time.sleep(20)\nprint('went on')",
    )
    outcome = run(Job(cells, limits=Limits(memory=512 * 2**20)))
    assert "refused" in str(outcome.cells[0].outputs)
    assert "went on" not in str(outcome.cells[1].outputs)
    assert outcome.stopped
