"""A channel of a kernel's: a ZeroMQ connection over a Unix socket, read within a bound.

ZeroMQ's own sockets bound the size of a frame and the number of messages, but not the number of
a message's frames: whoever runs in a kernel could fill the grader's memory with one message that
never ends. Here a message has a bound; what is beyond it is read and forgotten, and the next
message is whole again. The protocol is ZMTP 3.0 without security (rfc.zeromq.org/spec/23), the
connecting side of it, for the two kinds of sockets that a kernel's client has.
"""

from __future__ import annotations

import contextlib
import select
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_SIGNATURE = b"\xff" + bytes(8) + b"\x7f"
_GREETING = _SIGNATURE + b"\x03\x00" + b"NULL".ljust(20, b"\0") + bytes(32)
_READY = b"\x05READY"
_MORE, _LONG, _COMMAND = 1, 2, 4
_FRAME_COST = 64  # of a frame with nothing in it
_CHUNK = 256 * 1024
_CHUNKS_AT_ONCE = 8  # after these whoever waits looks at the clock


@dataclass(frozen=True)
class Received:
    """A message as it came.

    Attributes:
        frames: its frames, without those that were beyond the bound.
        size: the bytes of all its frames.
    """

    frames: tuple[bytes, ...]
    size: int


class Channel:
    """The client's end of one channel.

    Args:
        path: of the Unix socket where the kernel listens.
        kind: `SUB` hears all that is published, `DEALER` asks and is answered.
        largest: bytes of a message that are kept.

    Nothing here waits for the kernel: what it does not take yet is sent later, by `receive`.

    Raises:
        OSError: nobody listens there.
    """

    def __init__(self, path: str, kind: Literal["SUB", "DEALER"], largest: int) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._socket.connect(path)
            self._socket.setblocking(False)
        except BaseException:
            self._socket.close()
            raise
        self._largest = largest
        self._incoming = bytearray()
        self._greeted = False
        self._to_skip = 0
        self._ends = False
        self._frames: list[bytes] = []
        self._size = self._cost = 0
        ready = _READY + _property(b"Socket-Type", kind.encode())
        self._outgoing = bytearray(_GREETING + bytes([_COMMAND, len(ready)]) + ready)
        # Messages wait until the kernel is ready: before, they would be taken for commands.
        self._waiting = bytearray()
        self._ready = False
        self.is_open = True
        if kind == "SUB":
            self.send([b"\x01"])  # asks for every topic
        self._flush()

    def fileno(self) -> int:
        """The socket's descriptor, for a poller."""
        return self._socket.fileno()

    @property
    def waits_for(self) -> int:
        """The events that a poller has to wait for; 0 when the connection has ended."""
        if not self.is_open:
            return 0
        return select.POLLIN | (select.POLLOUT if self._outgoing else 0)

    def close(self) -> None:
        """End the connection."""
        self.is_open = False
        self._socket.close()

    def send(self, frames: list[bytes]) -> None:
        """Send a message, now or when the kernel takes it."""
        queue = self._outgoing if self._ready else self._waiting
        for place, frame in enumerate(frames):
            more = _MORE if place < len(frames) - 1 else 0
            if len(frame) < 256:
                queue += bytes([more, len(frame)])
            else:
                queue += bytes([more | _LONG]) + len(frame).to_bytes(8, "big")
            queue += frame
        self._flush()

    def receive(self) -> list[Received]:
        """Return every message that is complete by now; does not wait."""
        self._flush()
        found: list[Received] = []
        for _ in range(_CHUNKS_AT_ONCE):
            try:
                chunk = self._socket.recv(_CHUNK) if self.is_open else b""
            except (BlockingIOError, InterruptedError):
                break
            except OSError:
                chunk = b""
            if not chunk:
                self.close()
                break
            self._incoming += chunk
            found += self._parsed()
        return found

    def _flush(self) -> None:
        with contextlib.suppress(BlockingIOError, InterruptedError):
            while self._outgoing and self.is_open:
                try:
                    sent = self._socket.send(self._outgoing)
                except (BrokenPipeError, ConnectionError):
                    self._outgoing.clear()  # what it said before can still be read
                    return
                del self._outgoing[:sent]

    def _parsed(self) -> Iterator[Received]:
        at = 0
        if not self._greeted:
            if len(self._incoming) < len(_GREETING):
                return
            if self._incoming[0] != 0xFF or not self._incoming[9] & 1:
                self.close()
                return
            self._greeted = True
            at = len(_GREETING)
        while True:
            if self._to_skip:
                step = min(self._to_skip, len(self._incoming) - at)
                self._to_skip -= step
                at += step
                if self._to_skip:
                    break
            if self._ends:
                yield Received(tuple(self._frames), self._size)
                self._frames.clear()
                self._size = self._cost = 0
                self._ends = False
            head = self._head(at)
            if head is None:
                break
            flags, size, start = head
            kept = self._cost + size + _FRAME_COST <= self._largest
            if kept and start + size > len(self._incoming):
                break
            frame = bytes(self._incoming[start : start + size]) if kept else b""
            at = start
            self._to_skip = size
            if flags & _COMMAND:
                if frame.startswith(_READY):
                    self._begin()
                continue
            if kept:
                self._frames.append(frame)
            self._size += size
            self._cost += size + _FRAME_COST
            self._ends = not flags & _MORE
        del self._incoming[:at]

    def _begin(self) -> None:
        """The kernel is ready: send what has waited for it."""
        self._ready = True
        self._outgoing += self._waiting
        self._waiting.clear()
        self._flush()

    def _head(self, at: int) -> tuple[int, int, int] | None:
        """Flags, size and place of the frame that begins there; None where its head is cut."""
        if at >= len(self._incoming):
            return None
        flags = self._incoming[at]
        length = 8 if flags & _LONG else 1
        start = at + 1 + length
        if start > len(self._incoming):
            return None
        return flags, int.from_bytes(self._incoming[at + 1 : start], "big"), start


def _property(name: bytes, value: bytes) -> bytes:
    return bytes([len(name)]) + name + len(value).to_bytes(4, "big") + value
