"""What takes a kernel long between two cells, done quicker.

A lesson has some forty cells, most of which take a millisecond or two. ipykernel takes five more
for each: it writes JSON by Python's own encoder, hands each request from thread to thread, waits
four times a cell for another thread to send outputs that do not exist, and looks up what
arguments its own functions take. Nothing that a client sees depends on any of it.
"""

from __future__ import annotations

import contextlib
import os
import select
import threading
from collections.abc import Callable
from typing import Any

import msgspec
import zmq
from ipykernel import ipkernel, kernelapp
from ipykernel.iostream import IOPubThread, OutStream
from jupyter_client.session import json_packer
from traitlets.config import Config
from zmq.eventloop.zmqstream import ZMQStream

_encode = msgspec.json.encode
_READ_BYTES = 65536
_READS_AT_MOST = 64  # at one flush: a program may never stop writing


def pack(message: Any) -> bytes:
    """Write a part of a message as JSON; what is out of the ordinary as Jupyter does it."""
    try:
        return _encode(message)
    except Exception:  # such as what only json_packer knows how to write
        return bytes(json_packer(message))


class QuickStream(OutStream):  # type: ignore[misc]  # its library has no types
    """A stream of the kernel that wakes its thread only if there is something to send.

    What programs write to the descriptor is read by a thread, and at a flush by whoever flushes:
    so it is there when the cell that started them ends.
    """

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        self._reading = threading.Lock()
        super().__init__(*arguments, **settings)

    def flush(self) -> None:
        """Return when what was written has been handed to the client's channel."""
        if not self._is_master_process() or self.echo is not None:
            super().flush()
            return
        for _ in range(_READS_AT_MOST):
            if not self._read_descriptor():
                break
        with self._buffer_lock:
            waits = self._flush_pending or self._subprocess_flush_pending or bool(self._buffers)
        if waits:
            super().flush()

    def _watch_pipe_fd(self) -> None:
        """Pass on what is written to the descriptor, while it is open; the thread's work."""
        with contextlib.suppress(OSError, ValueError):
            while self._should_watch:
                select.select([self._fid], [], [])
                if self._read_descriptor() == b"":
                    return

    def _read_descriptor(self) -> bytes | None:
        """Pass on what the descriptor has: None if there is nothing, empty if it has ended."""
        with self._reading, contextlib.suppress(OSError, ValueError):  # closed by a cell
            if self._fid is not None and select.select([self._fid], [], [], 0)[0]:
                data = os.read(self._fid, _READ_BYTES)
                self.write(data.decode(errors="replace"))
                return data
        return None


class LocalIOPubThread(IOPubThread):  # type: ignore[misc]
    """Takes what a learner's forked processes print from a socket of the box's own.

    ipykernel's is one of the network, which a box has not. And it is woken once for all messages
    that wait, not for each.
    """

    _woken = False

    def schedule(self, f: Callable[[], Any]) -> None:
        """Have the thread call a function; where it does not run, call it at once."""
        if not self.thread.is_alive():
            f()
            return
        self._events.append(f)
        if not self._woken:
            self._woken = True
            try:
                self._event_pipe.send(b"")
            except BaseException:  # such as an interrupt
                self._woken = False
                raise

    def _handle_event(self, msg: Any) -> None:
        # First: whoever comes later wakes us again, whoever came before is in the list.
        self._woken = False
        super()._handle_event(msg)

    def _setup_pipe_in(self) -> None:
        self._pipe_uuid = os.urandom(16)
        self._pipe_name = f"ipc://@prints-{os.urandom(8).hex()}"
        pipe = self.socket.context.socket(zmq.PULL)
        pipe.linger = 0
        pipe.bind(self._pipe_name)
        self._pipe_in = ZMQStream(pipe, self.io_loop)
        self._pipe_in.on_recv(self._handle_pipe_msg)

    def _setup_pipe_out(self) -> tuple[Any, Any]:
        context = zmq.Context()  # a fork has to have its own
        pipe = context.socket(zmq.PUSH)
        pipe.linger = 3000
        pipe.connect(self._pipe_name)
        return context, pipe


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
    kernelapp.IOPubThread = LocalIOPubThread
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
