"""One notebook's process, as the grading side sees it: send a cell, hear what it does, end it."""

from __future__ import annotations

import contextlib
import json
import select
import signal
import socket
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from slopewise.errors import BoxError, KernelError
from slopewise.sandbox import channel, client
from slopewise.sandbox.channel import Frame
from slopewise.sandbox.clock import Clock
from slopewise.sandbox.limits import Limits
from slopewise.sandbox.modules import Modules
from slopewise.sandbox.settings import IDLE_SECONDS

_START_SECONDS = 120.0
_LOOK_SECONDS = 0.5
_PACKETS_AT_ONCE = 64  # after these whoever waits looks at the clock
_RECEIVE_BYTES = 2 * channel.PACKET_BYTES


@dataclass(frozen=True)
class End:
    """How a notebook's process ended.

    Attributes:
        code: its exit status; below 0 the signal that ended it.
        own: whether it was its own doing, or a limit's, or ours: whether the same notebook would
            end so again, as far as its supervisor can tell.
        reason: what its supervisor has to say; often nothing.
        lost: whether the supervisor itself is gone, which no notebook can bring about.
    """

    code: int
    own: bool
    reason: str = ""
    lost: bool = False


class Session:
    """A process that runs a notebook's cells, alone with its files, until it is closed.

    Args:
        limits: what it may use; twice `limits.output` is kept of one frame.
        unboxed: whether to do without a box.
        environment: what is added to its environment variables.
        files: what stands beside the notebook, by its path there.
        pictures: what its figures need not draw again, sealed; see `figures.ready`.
        hidden: absolute paths that are not shown in the box, wherever they lie.
        modules: what is imported before it starts.
        late: whether what of it comes late is there from the start, too.

    Raises:
        BoxError: this machine cannot build the box.
        KernelError: the process did not start; the line says why.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        unboxed: bool = False,
        environment: Mapping[str, str] | None = None,
        files: Iterable[tuple[str, bytes]] = (),
        pictures: Iterable[tuple[bytes, bytes]] = (),
        modules: Modules = Modules(),  # noqa: B008  # frozen
        late: bool = True,
        hidden: Iterable[str] = (),
    ) -> None:
        if not sys.platform.startswith("linux"):
            raise BoxError(
                f"boxed notebooks need Linux, and this is {sys.platform}:"
                " grade in a Linux machine, container or WSL"
            )
        self.end: End | None = None
        self.pid = 0
        self._signals = 0
        self._modules = modules
        self._connection = client.connect(IDLE_SECONDS, modules)
        self._collector = channel.Collector(2 * max(limits.output, 1024 * 1024))
        self._channel, far = channel.make_pair()
        self._channel.setblocking(False)
        packet = {
            "limits": limits.as_settings(),
            "unboxed": unboxed,
            "hidden": list(hidden),
            "environment": {**client.base_environment(), **(environment or {})},
        }
        try:
            with far:
                # A second time, if the warm process has died just as we asked it.
                answer = self._ask(packet, late, far)
                if not answer:
                    self._connection.close()
                    self._connection = client.connect(IDLE_SECONDS, modules)
                    answer = self._ask(packet, late, far)
            self._take_answer(answer)
            for name, content in files:
                self._send("file", 0, [name, content])
            for label, sealed in pictures:
                self._send("picture", 0, [label, sealed])
            self._send("begin", 0, None)
            self._await_ready()
        except BaseException:
            self.close()
            raise

    def run(self, cell: int, source: str) -> None:
        """Have a cell run; `cell` is a number of its own, from 1."""
        self._send("run", cell, source.encode("utf-8", "replace").decode("utf-8"))

    def receive(self, seconds: float) -> list[Frame]:
        """Return the frames that have come; waits so long for the first, or for the end."""
        if self.end is None and not self._poll(seconds):
            return []
        frames: list[Frame] = []
        for _ in range(_PACKETS_AT_ONCE):
            try:
                packet = self._channel.recv(_RECEIVE_BYTES)
            except OSError:  # there is nothing now
                break
            if not packet and self.end is not None:
                break
            frame = self._collector.take(packet)
            if frame is not None:
                frames.append(frame)
        return frames

    def interrupt(self) -> None:
        """Interrupt the cell that runs, and what it has started."""
        self._signals += 1
        self._order(signal.SIGINT)

    def settle(self) -> None:
        """Wait until every interrupt has been sent, so that none hits a cell that comes later."""
        clock = Clock()
        while self._signals > 0 and self.end is None and clock.seconds < _LOOK_SECONDS * 10:
            self._poll(_LOOK_SECONDS)

    def close(self) -> None:
        """Kill the process and all it has started; returns when they are dead."""
        self._channel.close()
        if self.pid and self.end is None:
            self._order(signal.SIGKILL)
            while self.end is None:
                select.select([self._connection], [], [])
                self._hear()
        self._connection.close()

    # -- starting ---------------------------------------------------------------------------

    def _ask(self, packet: Mapping[str, object], late: bool, far: socket.socket) -> bytes:
        """Ask the warm process for a fork; its supervisor's answer, empty if there is none."""
        try:
            if late:
                self._connection.send(b"all")
            socket.send_fds(self._connection, [json.dumps(packet).encode()], [far.fileno()])
            return self._connection.recv(65536)
        except OSError:
            return b""

    def _take_answer(self, packet: bytes) -> None:
        if not packet:
            raise KernelError(f"the warm process ended: {client.why_it_died(self._modules)}")
        answer = json.loads(packet)
        if answer["event"] == "failed":
            message = str(answer["message"])
            raise BoxError(message) if answer["box"] else KernelError(message)
        self.pid = int(answer["pid"])
        self._connection.setblocking(False)

    def _await_ready(self) -> None:
        clock = Clock()
        while clock.seconds < _START_SECONDS:
            ended = self.end
            for frame in self.receive(_LOOK_SECONDS):
                if frame.kind == "ready":
                    return
                if frame.kind == "failed":
                    words = " ".join(str(frame.content).split())
                    raise KernelError(f"the notebook's process could not begin: {words}")
            if ended is not None:
                raise KernelError("the notebook's process ended before its first cell")
        raise KernelError(f"the notebook's process was not ready within {_START_SECONDS:g} s")

    # -- the two connections ----------------------------------------------------------------

    def _send(self, kind: str, cell: int, content: Any) -> None:
        for packet in channel.packets(channel.pack(kind, cell, content)):
            while self.end is None:
                try:
                    self._channel.send(packet, socket.MSG_NOSIGNAL)
                    break
                except BlockingIOError:
                    self._poll(_LOOK_SECONDS, writing=True)
                except OSError:  # its end will be told by the supervisor
                    return

    def _poll(self, seconds: float, *, writing: bool = False) -> bool:
        """Wait for either connection, and hear the supervisor; whether there is something."""
        poller = select.poll()
        poller.register(self._channel, select.POLLOUT if writing else select.POLLIN)
        poller.register(self._connection, select.POLLIN)
        ready = dict(poller.poll(max(0, int(seconds * 1000))))
        if self._connection.fileno() in ready:
            self._hear()
        flags = ready.get(self._channel.fileno(), 0)
        silent = flags & select.POLLHUP and not flags & select.POLLIN
        # Nobody holds the other end: the process is ending, or has lost its way to us.
        if silent and self.end is None and not self._is_ending():
            self._order(signal.SIGKILL)
        return bool(ready)

    def _is_ending(self) -> bool:
        """Wait a moment for a process that closes its channel to say how it ended."""
        if select.select([self._connection], [], [], _LOOK_SECONDS)[0]:
            self._hear()
        return self.end is not None

    def _hear(self) -> None:
        """Take in what the supervisor says; its own end is a notebook's that nobody watches."""
        try:
            packet = self._connection.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            packet = b""
        if not packet:
            self.end = End(-signal.SIGKILL, own=False, lost=True)
            return
        message = json.loads(packet)
        if message["event"] == "signalled":
            self._signals -= 1
        elif message["event"] == "exited":
            self.end = End(int(message["code"]), bool(message["own"]), str(message["reason"]))

    def _order(self, signum: int) -> None:
        with contextlib.suppress(OSError):
            self._connection.send(json.dumps({"signal": int(signum)}).encode(), socket.MSG_NOSIGNAL)
