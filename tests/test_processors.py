"""The tool that tries other processors: it runs what is stored, and tells what differs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from tools.processors import main

from slopewise.build import build
from slopewise.notebook.course import Course
from tests.tiny import HALF, HALF_CHECK, HEAD, NAME, WHICH, make_course

PRINTING = HEAD.replace("three =", 'print(f"a third is {1 / 3:.4f}")\nthree =')
ANSWERS = '''
# %% right="half" name="times a half"
"""Multiplies."""
def half(x):
    return 0.5 * x
'''


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_course(
        tmp_path_factory.mktemp("course"), n01_tiny=PRINTING + HALF + HALF_CHECK + WHICH
    ).root
    (root / "answers").mkdir(exist_ok=True)
    (root / "answers" / f"{NAME}.py").write_text(ANSWERS, encoding="utf-8")
    build(Course.find(root))
    return root


Said = tuple[int, str, str]


@pytest.fixture
def run(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Try a processor on a copy of the course whose files were altered: status, table, problems."""

    def run(processor: str = "native", **changes: tuple[str, str]) -> Said:
        root = tmp_path / "copy"
        shutil.copytree(built, root)
        paths = {
            "solution": root / "solutions" / NAME / f"{NAME}.ipynb",
            "answers": root / "answers" / f"{NAME}.py",
        }
        for which, (old, new) in changes.items():
            text = paths[which].read_text(encoding="utf-8")
            assert old in text
            paths[which].write_text(text.replace(old, new), encoding="utf-8")
        status = main(["--course", str(root), processor])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_the_machine_itself_prints_what_is_stored(run: Callable[..., Said]) -> None:
    status, out, err = run()
    assert (status, err) == (0, "")
    assert out.splitlines()[-1] == "| native | - | 3 | 0 | 0 | 0 | 3 | 0 | 0 | 0 | 1 of 1 |"


def test_a_digit_within_one_unit_is_counted_and_told(run: Callable[..., Said]) -> None:
    status, out, err = run(solution=("a third is 0.3333", "a third is 0.3334"))
    assert (status, err) == (0, "")
    assert "| native | - | 2 | 1 | 0 | 0 |" in out
    assert "code cell 1, line 1: 'a third is 0.3333' for 'a third is 0.3334'" in out


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("a third is 0.3333", "a third is 0.3335", "code cell 1, line 1: 'a third is 0.3333'"),
        ("a third is 0.3333", "one third is 0.3333", "code cell 1, line 1: 'a third"),
        ("12345.6", "12355.6", "probe more"),
    ],
)
def test_what_is_beyond_fails_and_is_named(
    run: Callable[..., Said], old: str, new: str, where: str
) -> None:
    status, _, err = run(solution=(old, new))
    assert status == 1
    assert all(line.startswith(f"slopewise: native: {NAME}, ") for line in err.splitlines())
    assert where in err


def test_a_right_answer_that_is_refused_fails_and_is_named(run: Callable[..., Said]) -> None:
    status, out, err = run(answers=("0.5 * x", "0.25 * x"))
    assert status == 1
    assert "| 0 of 1 |" in out
    assert f"{NAME}, half: the right answer 'times a half' is refused" in err


def test_a_processor_that_cannot_be_had_is_one_line(
    run: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    status, out, err = run("Haswell")
    assert (status, out) == (1, "")
    assert err.startswith("slopewise: qemu-x86_64: is missing; install it")
    assert len(err.splitlines()) == 1


emulated = pytest.mark.skipif(
    shutil.which("qemu-x86_64") is None, reason="runs where qemu-user is installed"
)


@emulated
@pytest.mark.slow
def test_what_this_machine_says_of_its_processor_stays_here(
    run: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")  # with which a Nehalem knows no instruction
    status, out, err = run("Nehalem", answers=("def half", "import numpy\n\n\ndef half"))
    assert (status, err) == (0, "")
    assert "| Nehalem |" in out


@emulated
def test_a_processor_nobody_knows_is_one_line(run: Callable[..., Said]) -> None:
    status, out, err = run("Haswel")
    assert (status, out) == (1, "")
    assert err.startswith("slopewise: Haswel: the run ended with ")
    assert len(err.splitlines()) == 1


def test_nothing_stored_is_taken_for_run(built: Path) -> None:
    """Each of the solution's code cells stands in the job."""
    from tools.processors import read_jobs

    (job,) = read_jobs(Course.find(built))
    solution: Any = nbformat.read(built / "solutions" / NAME / f"{NAME}.ipynb", as_version=4)
    cells = [cell.source for cell in solution.cells if cell.cell_type == "code"]
    assert job.as_json()["cells"] == cells
