"""A warm process for one test session, which others on the machine neither see nor end."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from slopewise.sandbox import client

_PATIENCE_SECONDS = 120.0


@contextmanager
def private_runtime() -> Iterator[Path]:
    """Use a runtime folder of our own, short enough for sockets.

    There is one such fixture, for the whole session: of two, the one made last would decide
    where kernels start, and a test would look for them in the other's folder.
    """
    folder = Path(tempfile.mkdtemp(prefix="sw", dir="/tmp"))
    patch = pytest.MonkeyPatch()
    patch.setenv("SLOPEWISE_RUNTIME_DIR", str(folder))
    patch.setenv("JUPYTER_PATH", os.environ.get("JUPYTER_PATH", ""))
    try:
        yield folder
    finally:
        client.dismiss()
        end = time.monotonic() + 20
        while list(folder.glob("z*.socket")) and time.monotonic() < end:
            time.sleep(0.05)
        patch.undo()
        shutil.rmtree(folder, ignore_errors=True)


def kernel_folders(runtime: Path) -> list[Path]:
    """The folders of this process's kernels; those of processes that were killed stay a while."""
    return list(runtime.glob(f"k{os.getpid()}-*"))


def wait_until(condition: Callable[[], object], what: str) -> None:
    """Wait for something that other processes do; fail with its name if they never do."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, f"waited {_PATIENCE_SECONDS:g} s for {what}"
        time.sleep(0.05)
