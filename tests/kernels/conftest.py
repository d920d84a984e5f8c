"""Real kernels in real boxes, in a runtime folder of the test session's own."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from slopewise.kernels import client
from tests.kernels.kernel_helpers import Kernel, KernelMaker


@pytest.fixture(scope="session", autouse=True)
def runtime_folder() -> Iterator[Path]:
    """A runtime folder of our own, short enough for sockets."""
    folder = Path(tempfile.mkdtemp(prefix="sw", dir="/tmp"))
    patch = pytest.MonkeyPatch()
    patch.setenv("SLOPEWISE_RUNTIME_DIR", str(folder))
    patch.setenv("JUPYTER_PATH", os.environ.get("JUPYTER_PATH", ""))
    yield folder
    client.disown()
    end = time.monotonic() + 20
    while list(folder.glob("z*.socket")) and time.monotonic() < end:
        time.sleep(0.05)
    patch.undo()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def make_kernel() -> Iterator[KernelMaker]:
    """Make kernels that are shut down after the test."""
    made: list[Kernel] = []

    def make(folder: Path | None = None, **settings: Any) -> Kernel:
        kernel = Kernel(folder, **settings)
        made.append(kernel)
        return kernel

    yield make
    for kernel in made:
        kernel.close()


@pytest.fixture(scope="module")
def shared_kernel() -> Iterator[Kernel]:
    """One kernel for tests that leave it as it was."""
    kernel = Kernel(None)
    yield kernel
    kernel.close()
