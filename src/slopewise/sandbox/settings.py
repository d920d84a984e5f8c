"""How boxed kernels are chosen: the one function for a configuration, and what it needs.

Imported by configurations, so it imports neither jupyter_client nor anything heavier.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from slopewise.errors import KernelError
from slopewise.sandbox.limits import Limits

KERNEL_NAME = "slopewise-box"
IDLE_SECONDS = 300.0
LINGER_SECONDS = 60.0
"""How long the warm process waits for the next grader, such as that of the next lesson."""
TERSE = "SLOPEWISE_TERSE"
"""Set for a kernel whose client does not want to hear what it knows: that its own cell begins."""


def kernelspec_folder() -> Path:
    """The folder that ``JUPYTER_PATH`` has to name for our kernelspec to be found.

    It is a part of this package: nothing is installed anywhere, and a Lab that was not told of it
    does not show the kernel in its launcher.
    """
    return Path(__file__).resolve().parent / "share"


def offer_kernelspec() -> None:
    """Let this process, and those it starts, find our kernelspec. Calling it twice is no harm."""
    folder = str(kernelspec_folder())
    paths = [path for path in os.environ.get("JUPYTER_PATH", "").split(os.pathsep) if path]
    if folder not in paths:
        os.environ["JUPYTER_PATH"] = os.pathsep.join([*paths, folder])


def configure(
    config: Any,
    *,
    limits: Limits | Mapping[str, object] | None = None,
    unboxed: bool = False,
    idle_seconds: float = IDLE_SECONDS,
    start_now: bool = False,
) -> None:
    """Choose our kernels in a traitlets configuration (the ``c`` of ``nbgrader_config.py``).

    ``limits`` are those of one kernel, whole or by name; None means the defaults. ``unboxed``
    accepts the risk of running learners' code without a box. ``idle_seconds`` is how long the
    warm process waits for work while its graders live. ``start_now`` starts it at once, while the
    grader is still importing.

    Works for ``nbgrader autograde``, ``nbgrader validate`` and the Formgrader. Raises
    :class:`KernelError` with one line that names a setting that makes no sense.
    """
    if limits is None:
        limits = Limits()
    elif not isinstance(limits, Limits):
        limits = Limits.from_settings(limits)
    if not isinstance(unboxed, bool):
        raise KernelError(f"'unboxed' must be True or False, not {unboxed!r}")
    if (
        isinstance(idle_seconds, bool)
        or not isinstance(idle_seconds, int | float)
        or not 0 < idle_seconds < float("inf")
    ):
        raise KernelError(f"'idle_seconds' must be a number above 0, not {idle_seconds!r}")
    offer_kernelspec()
    config.Execute.kernel_name = KERNEL_NAME
    config.BoxProvisioner.limits = limits.as_settings()
    config.BoxProvisioner.unboxed = unboxed
    config.BoxProvisioner.idle_seconds = float(idle_seconds)
    if start_now and sys.platform.startswith("linux"):
        warm(idle_seconds)


def warm(idle_seconds: float = IDLE_SECONDS) -> None:
    """Start the warm process in the background if it does not run; returns at once.

    It imports for some seconds; a kernel that is asked for in the meantime waits for it. It ends
    soon after this process has, whichever way that ends; not at once, for most who grade one
    lesson grade another.
    """
    from slopewise.sandbox import client

    client.linger(idle_seconds, LINGER_SECONDS)
