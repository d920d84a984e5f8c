"""Real kernels in real boxes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.kernel_helpers import Kernel, KernelMaker


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
