"""Measure a command with everything that it starts, also what detaches itself."""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from slopewise.sandbox.process_memory import descendants

_PR_SET_CHILD_SUBREAPER = 36
_LOOK_SECONDS = 0.5


@dataclass(frozen=True)
class Measured:
    """What a command took.

    Attributes:
        wall: seconds from its start to its end.
        cpu: CPU seconds of it and of everything it started, to the last of them.
        memory: the largest sum of proportional set sizes that was seen, in bytes.
        faults: how many pages of memory were touched for the first time or copied. A core of a
            shared machine is now faster and now slower; this count is the same each time.
    """

    wall: float
    cpu: float
    memory: int
    faults: int


def mean(rounds: Sequence[Measured]) -> Measured:
    """The means of what several rounds took; of memory the largest."""
    return Measured(
        fmean(one.wall for one in rounds),
        fmean(one.cpu for one in rounds),
        max(one.memory for one in rounds),
        round(fmean(one.faults for one in rounds)),
    )


def measure(
    commands: Sequence[Sequence[str]],
    folder: Path,
    environment: Mapping[str, str],
    end: Callable[[], None],
) -> Measured:
    """Run commands one after the other and measure them; raises RuntimeError where one fails.

    Processes that detach themselves (the warm one does) become ours. `end` is called after the
    last command and lets them end; their CPU time is counted then, and the wall time is not.
    """
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    before, faults = _cpu(), _faults()
    peak = _Peak()
    start = time.monotonic()
    with peak:
        for command in commands:
            _run(command, folder, environment)
        wall = time.monotonic() - start
    end()
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            break
    return Measured(wall, _cpu() - before, peak.bytes, _faults() - faults)


def machine() -> str:
    """Return a line that describes this machine."""
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()} "
        f"{platform.machine()}, load {os.getloadavg()[0]:.1f} at the end"
    )


def _run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
    result = subprocess.run(
        command,
        cwd=folder,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if result.returncode != 0:
        tail = result.stdout.decode(errors="replace").strip().splitlines()[-3:]
        raise RuntimeError(f"{' '.join(command)}: {' / '.join(tail)}")


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _faults() -> int:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_minflt


class _Peak:
    """Looks twice a second at the memory of all our descendants."""

    def __init__(self) -> None:
        self.bytes = 0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> _Peak:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._end.wait(_LOOK_SECONDS):
            processes = descendants(os.getpid())
            total = sum(map(_memory, processes))
            # Pages that a fork shares would count twice, where it was made between two readings.
            if descendants(os.getpid()) == processes:
                self.bytes = max(self.bytes, total)


def _memory(process: int) -> int:
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
