"""A warm process for one test session, which others on the machine neither see nor end."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from slopewise.kernels import client


@contextmanager
def private_runtime() -> Iterator[Path]:
    """Use a runtime folder of our own, short enough for sockets."""
    folder = Path(tempfile.mkdtemp(prefix="sx", dir="/tmp"))
    patch = pytest.MonkeyPatch()
    patch.setenv("SLOPEWISE_RUNTIME_DIR", str(folder))
    patch.setenv("JUPYTER_PATH", os.environ.get("JUPYTER_PATH", ""))
    try:
        yield folder
    finally:
        client.disown()
        patch.undo()
        shutil.rmtree(folder, ignore_errors=True)
