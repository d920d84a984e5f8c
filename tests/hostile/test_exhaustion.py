"""Exhaustion, of the box and of the grader that reads what comes out of it."""

from __future__ import annotations

import subprocess
import sys

from tests.hostile import exhaustion
from tests.hostile.checks import AttackTests

# In a process of its own: the most memory that a process ever had does not go down again.
_GRADER = """
from pathlib import Path
from slopewise.execution import Job, run
from slopewise.sandbox import Limits, client
from tests.hostile.exhaustion import ENDLESS

def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024

limits = Limits(output=4 << 20, interrupt_grace=1)
run(Job(cells=("1",), limits=limits))
before = peak()
outcome = run(Job(cells=(ENDLESS, "6 * 7"), limits=limits, cell_seconds=6))
print(peak() - before, outcome.cells[-1].outputs)
client.disown()
"""


class TestExhaustion(AttackTests):
    attacks = exhaustion.ATTACKS


def test_an_endless_message_takes_no_memory_of_the_grader() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _GRADER], capture_output=True, text=True, check=True
    )
    grown, _, _ = done.stdout.partition(" ")
    assert int(grown) < 150, done.stdout
