"""What takes a kernel long between two cells, done quicker.

A lesson has some forty cells, most of which take a millisecond or two. ipykernel takes five more
for each: it writes JSON by Python's own encoder, hands each request from thread to thread, waits
four times a cell for another thread to send outputs that do not exist, and looks up what
arguments its own functions take. Nothing that a client sees depends on any of it.
"""

from __future__ import annotations

import select
import threading
from collections.abc import Callable
from typing import Any

import msgspec
from ipykernel import ipkernel
from ipykernel.iostream import OutStream
from jupyter_client.session import json_packer
from traitlets.config import Config

_encode = msgspec.json.encode


def pack(message: Any) -> bytes:
    """Write a part of a message as JSON; what is out of the ordinary as Jupyter does it."""
    try:
        return _encode(message)
    except Exception:  # such as what only json_packer knows how to write
        return bytes(json_packer(message))


class QuickStream(OutStream):  # type: ignore[misc]  # its library has no types
    """A stream of the kernel that asks its thread to send something only if there is something."""

    def flush(self) -> None:
        """Return when what was written has been handed to the client's channel."""
        with self._buffer_lock:
            waits = self._flush_pending or self._subprocess_flush_pending or bool(self._buffers)
        if not waits and self._fid is not None:  # what programs have written, and nobody read yet
            waits = bool(select.select([self._fid], [], [], 0)[0])
        if waits or self.echo is not None or not self._is_master_process():
            super().flush()


class NoChannelThread:
    """Stands where ipykernel keeps the thread that hands requests on to subshells.

    There are no subshells here, and requests come straight to the main thread.
    """

    parent_thread = threading.main_thread()

    def __bool__(self) -> bool:
        """False is how ipykernel asks whether there is such a thread."""
        return False


def configure(config: Config) -> None:
    """Choose the above where ipykernel lets itself be told, and once where it does not."""
    config.Session.packer = f"{__name__}.pack"
    config.IPKernelApp.outstream_class = f"{__name__}.QuickStream"
    # A pause so that outputs come before the reply; clients wait for the end of outputs anyway.
    config.Kernel._execute_sleep = 0.0
    ipkernel._accepts_parameters = _remembering(ipkernel._accepts_parameters)


def _remembering(look_up: Callable[[Any, list[str]], Any]) -> Callable[[Any, list[str]], Any]:
    """Ask once for each function, not before each cell; another in its place is asked anew."""
    known: dict[Any, Any] = {}

    def accepts(method: Any, names: list[str]) -> Any:
        try:
            key = getattr(method, "__func__", method), *names
            if key not in known:
                known[key] = look_up(method, names)
            return known[key]
        except TypeError:  # a learner's own callable, which has no hash
            return look_up(method, names)

    return accepts
