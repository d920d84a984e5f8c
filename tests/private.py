"""A warm process for one test session, which others on the machine neither see nor end."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from slopewise.sandbox import client

_PATIENCE_SECONDS = 120.0


@contextlib.contextmanager
def private_runtime() -> Iterator[Path]:
    """Use a runtime folder of our own, short enough for sockets.

    There is one such fixture, for the whole session: of two, the one made last would decide
    where notebooks run, and a test would look for them in the other's folder.
    """
    folder = Path(tempfile.mkdtemp(prefix="sw", dir="/tmp"))
    patch = pytest.MonkeyPatch()
    patch.setenv("SLOPEWISE_RUNTIME_DIR", str(folder))
    try:
        yield folder
    finally:
        client.dismiss()
        end = time.monotonic() + 20
        while list(folder.glob("z*.socket")) and time.monotonic() < end:
            time.sleep(0.05)
        patch.undo()
        shutil.rmtree(folder, ignore_errors=True)


def warm_processes(runtime: Path) -> list[int]:
    """The warm processes whose socket is in a folder, with the forks that run notebooks."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if f"{runtime}/z".encode() in path.read_bytes():
                found.append(int(path.parent.name))
    return found


def supervisors(runtime: Path) -> list[int]:
    """The supervisors of notebooks that run: children of a warm process, of any of several."""
    warm = set(warm_processes(runtime))
    return [pid for pid in warm if _parent(pid) in warm and _parent(_parent(pid)) not in warm]


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def run_folders(runtime: Path) -> list[Path]:
    """The folders of notebooks that run without a box."""
    return list(runtime.glob("k*"))


def wait_until(condition: Callable[[], object], what: str) -> None:
    """Wait for something that other processes do; fail with its name if they never do."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, f"waited {_PATIENCE_SECONDS:g} s for {what}"
        time.sleep(0.05)
