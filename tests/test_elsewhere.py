"""Where there is no Linux below: what a learner relies on asks for nothing that only Linux has."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tools.learner import STAGES, TESTS

from tests.notebooks import REPOSITORY

_START = """
import sys
from tests.elsewhere import leave_linux
leave_linux()
"""


def without_linux(code: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run code in a Python that lacks what Windows' Python lacks, in the repository."""
    return subprocess.run(
        [sys.executable, "-c", _START + code, *words],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_is_taken_away_is_missed() -> None:
    done = without_linux("import slopewise.sandbox.supervisor")
    assert done.returncode == 1
    assert "fcntl" in done.stderr.splitlines()[-1]


def test_commands_of_a_learner_and_the_labs_server_start_without_linux() -> None:
    done = without_linux(
        "import slopewise.lab.extension, slopewise.commands.lab, slopewise.figures\n"
        "import slopewise.commands.checking\n"
        "from slopewise.cli import main\n"
        "main(['build', '--check'])\n"
    )
    assert done.returncode == 0, done.stderr
    assert "up to date" in done.stdout


@pytest.mark.parametrize("path", TESTS)
def test_the_learners_tests_are_there(path: str) -> None:
    assert (REPOSITORY / path).exists()


def test_the_learners_way_runs_what_the_workflow_promises() -> None:
    words = [word for stage in STAGES.values() for word in stage]
    assert "--check" in words
    assert "--nbval" in words
    assert "tests/test_tutor.py" in words
    workflow = (REPOSITORY / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8")
    assert "python -m tools.learner" in workflow
