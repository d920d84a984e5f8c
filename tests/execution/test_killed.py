"""Being killed is nobody's fault, and nor is it that nobody could look: real processes, killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from slopewise.errors import CourseError
from slopewise.execution import Job, run
from slopewise.execution.running import KilledError
from slopewise.sandbox.clock import Clock
from slopewise.sandbox.linux import start_time
from slopewise.sandbox.process_memory import descendants
from tests.execution.classroom import RIGHT, Classroom, built_course
from tests.private import supervisors, wait_until

KILLS = 50
CELLS = ("n = 0", *["import time; time.sleep(0.02); n += 1; print(n)"] * 10, "n == 10")


@contextmanager
def killing(runtime: Path, choose: Callable[[int], list[int]], delay: float) -> Iterator[list[int]]:
    """Kill some of the processes of the next notebook that is seen, so long after it was seen."""
    killed: list[int] = []
    done = threading.Event()

    def kill() -> None:
        while not done.is_set():
            for supervisor in supervisors(runtime):
                time.sleep(delay)
                for pid in choose(supervisor):
                    if start_time(pid) is not None:
                        killed.append(pid)
                        os.kill(pid, signal.SIGKILL)
                return
            time.sleep(0.002)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield killed
    finally:
        done.set()
        thread.join()


@pytest.mark.slow
def test_random_kills_change_nothing(runtime_folder: Path) -> None:
    undisturbed = run(Job(CELLS))
    assert undisturbed.cells[-1].outputs[0]["data"]["text/plain"] == "True"
    moments = random.Random(20261126)
    hits = 0
    for number in range(KILLS):
        pick = moments.random()

        def choose(supervisor: int, pick: float = pick) -> list[int]:
            found = [supervisor, *sorted(descendants(supervisor))]
            return [found[int(pick * len(found))]]

        with killing(runtime_folder, choose, moments.uniform(0, 0.5)) as killed:
            assert run(Job(CELLS)) == undisturbed, f"kill {number}"
        hits += bool(killed)
        wait_until(lambda: not supervisors(runtime_folder), "the end of the supervisors")
    assert hits > KILLS // 2


def test_what_kills_itself_does_so_again_and_is_told() -> None:
    done = run(Job(("print('before')", "import os; os.kill(os.getpid(), 9)", "1")))
    assert done.cells[0].outputs[0]["text"] == "before\n"
    assert done.cells[2].count is None
    assert not done.repeatable


def test_what_is_killed_twice_is_not_graded_and_graded_next_time(
    tmp_path: Path, runtime_folder: Path
) -> None:
    classroom = Classroom(built_course(tmp_path / "built"), tmp_path / "course")
    classroom.submit("zoe", RIGHT)
    classroom.autograde()
    slow = {**RIGHT, "half": "import time; time.sleep(1)\n" + RIGHT["half"]}
    classroom.submit("ada", slow)
    stop = threading.Event()

    def kill() -> None:
        while not stop.is_set():
            for supervisor in supervisors(runtime_folder):
                os.kill(supervisor, signal.SIGKILL)
            time.sleep(0.05)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        with pytest.raises(CourseError):
            classroom.autograde()
    finally:
        stop.set()
        thread.join()
    assert classroom.scores() == {"zoe": 20}
    assert any("ada" in line and "not graded" in line for line in classroom.lines)
    assert not classroom.path("ada").exists()
    classroom.autograde()
    assert classroom.scores() == {"ada": 20, "zoe": 20}


def test_a_notebook_whose_supervisor_is_killed_twice_was_not_run(runtime_folder: Path) -> None:
    stop = threading.Event()

    def kill() -> None:
        while not stop.is_set():
            for supervisor in supervisors(runtime_folder):
                if len(descendants(supervisor)) > 2:
                    time.sleep(0.3)
                    os.kill(supervisor, signal.SIGKILL)
            time.sleep(0.01)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        with pytest.raises(KilledError, match="not graded"):
            run(Job(("import time; time.sleep(60)",)))
    finally:
        stop.set()
        thread.join()


_STOPPED = """
    from slopewise.execution import Job, run
    from slopewise.sandbox import client
    run(Job(("1",)))
    print("ready", flush=True)
    cell = "import time; time.sleep(1); print('done')"
    outcome = run(Job((cell,) * 2, cell_seconds=3, notebook_seconds=4))
    print(outcome.stopped, [cell.outputs[-1].get("text") for cell in outcome.cells], flush=True)
    client.disown()
"""


def test_a_grader_that_was_stopped_takes_no_time_from_a_notebook() -> None:
    code = textwrap.dedent(_STOPPED)
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True
    ) as grader:
        assert grader.stdout is not None
        assert grader.stdout.readline() == "ready\n"
        time.sleep(0.3)
        grader.send_signal(signal.SIGSTOP)
        time.sleep(6)
        grader.send_signal(signal.SIGCONT)
        assert grader.stdout.read() == " ['done\\n', 'done\\n']\n"


def test_a_clock_counts_what_its_watcher_lived_through(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("slopewise.sandbox.clock.time.monotonic", lambda: now[0])
    clock = Clock()
    for _ in range(10):
        now[0] += 0.5
        assert clock.seconds == now[0] - 100
    now[0] += 3600
    assert clock.seconds == 6.0
