"""The whole way from a learner's hand to the gradebook, with nbgrader's own commands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from slopewise.nbgrader.exchange import permissions
from tests.exchange.accounts import acting_as, needs_accounts
from tests.execution.classroom import RIGHT, Classroom, built_course
from tests.tiny import NAME

pytestmark = needs_accounts


@pytest.fixture
def top() -> Iterator[Path]:
    """A folder that every account may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="sw-way-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_what_came_late_is_late_and_what_was_left_out_is_told(top: Path) -> None:
    exchange = top / "exchange"
    classroom = Classroom(
        built_course(top / "built"),
        top / "course",
        f"c.Exchange.root = {str(exchange)!r}",
        "c.ExchangeCollect.check_owner = True",
        'c.LateSubmissionPlugin.penalty_method = "zero"',
    )
    (top / "built").chmod(0o700)
    classroom.root.chmod(0o700)
    due = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=1)
    with Gradebook(f"sqlite:///{classroom.root}/gradebook.db", "slopewise") as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate=due)
    permissions.make(exchange, "slopewise")
    notebook = (classroom.submit("games", RIGHT) / f"{NAME}.ipynb").read_text()
    shutil.rmtree(classroom.root / "submitted")
    inbound = exchange / "slopewise" / "inbound"

    def hand_in(name: str, stamp: datetime) -> None:
        folder = inbound / f"{name}+{NAME}+{stamp:%Y-%m-%d %H:%M:%S.%f} UTC+random"
        folder.mkdir()
        (folder / f"{NAME}.ipynb").write_text(notebook)
        (folder / "timestamp.txt").write_text(f"{stamp} UTC")
        (folder / "pass.txt").symlink_to(classroom.root / "gradebook.db")
        for path in (folder / f"{NAME}.ipynb", folder):
            os.utime(path, (stamp.timestamp(), stamp.timestamp()))

    acting_as("games", lambda: hand_in("games", due - timedelta(days=1)))
    acting_as("daemon", lambda: hand_in("games", due + timedelta(days=3)))
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "collect", NAME],
        cwd=classroom.root,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "belongs to account daemon, not to games" in done.stderr
    classroom.autograde()
    with Gradebook(f"sqlite:///{classroom.root}/gradebook.db", "slopewise") as gradebook:
        submission = gradebook.find_submission(NAME, "games")
        assert (submission.score, submission.late_submission_penalty) == (20.0, 20.0)
        assert 86_000 < submission.total_seconds_late < 2 * 86_400
    texts = [finding.text for finding in classroom.findings("games")]
    assert texts[0] == "The submitted “pass.txt” is a symbolic link; it was not collected."
    assert texts[1].startswith(f"It says it was handed in at {due - timedelta(days=1):%Y-%m-%d}")
    assert texts[1].endswith("UTC, which counts.")
    assert not (classroom.root / "autograded" / "games" / NAME / "pass.txt").exists()
