"""Frames between a notebook's process and the grader, in packets over one socket pair.

A packet is sent whole or not at all, so an interrupt in the middle of a send, or two threads that
send at once, can cut one frame and no other. What a frame says is JSON; whoever runs in the
notebook's process can say anything, so the reading side keeps no more of a frame than it was told.
"""

from __future__ import annotations

import base64
import itertools
import json
import os
import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

PACKET_BYTES = 48 * 1024
_HEADER = struct.Struct("<IB")  # which frame, and whether this is its last packet
_LAST, _MORE = 1, 0
_PARTS_AT_ONCE = 8  # frames that may be cut into one another: as many as threads that send
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Frame:
    """One thing that was said.

    Attributes:
        kind: what it is.
        cell: the number of the cell it belongs to; 0 for none.
        content: anything JSON can say; None where it was too large, or no JSON.
        size: its bytes as they were sent.
    """

    kind: str
    cell: int
    content: Any
    size: int


def make_pair() -> tuple[socket.socket, socket.socket]:
    """Two ends of a channel; packets, in order, none lost."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def pack(kind: str, cell: int, content: Any) -> bytes:
    """A frame as it is sent. Raises TypeError or ValueError for what JSON cannot say."""
    try:
        return msgspec.json.encode((kind, cell, content))
    except Exception:  # half a character, a number of numpy's: rare, and never worth a cell
        return json.dumps((kind, cell, content), default=_plain, ensure_ascii=False).encode(
            "utf-8", "replace"
        )


def _plain(value: Any) -> Any:
    """What Jupyter's own encoder makes of a value that JSON has no word for."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "__index__"):
        return int(value)
    if hasattr(value, "__float__"):
        return float(value)
    raise TypeError(f"{type(value).__name__} cannot be shown as JSON")


def packets(body: bytes) -> Iterator[bytes]:
    """The packets of a frame."""
    number = next(_numbers) & 0xFFFFFFFF
    for start in range(0, len(body) or 1, PACKET_BYTES):
        last = _LAST if start + PACKET_BYTES >= len(body) else _MORE
        yield _HEADER.pack(number, last) + body[start : start + PACKET_BYTES]


class Collector:
    """Joins packets to frames, and keeps a bounded part of what never becomes one.

    Args:
        largest: bytes of a frame that are kept; of a larger one only kind and size are told.
    """

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._parts: dict[int, tuple[bytearray, int]] = {}

    def take(self, packet: bytes) -> Frame | None:
        """Take in a packet; the frame that it completes, if it does."""
        if len(packet) < _HEADER.size:
            return None
        number, last = _HEADER.unpack_from(packet)
        part = packet[_HEADER.size :]
        if last == _LAST and number not in self._parts:
            return _frame(part, len(part)) if len(part) <= self._largest else _lost(len(part))
        kept, size = self._parts.pop(number, (bytearray(), 0))
        size += len(part)
        if size <= self._largest:
            kept += part
        else:
            kept.clear()
        if last == _LAST:
            return _frame(bytes(kept), size) if size <= self._largest else _lost(size)
        self._parts[number] = (kept, size)
        while len(self._parts) > _PARTS_AT_ONCE or (
            len(self._parts) > 1
            and sum(len(one) for one, _ in self._parts.values()) > 2 * self._largest
        ):
            del self._parts[next(iter(self._parts))]
        return None


def _frame(body: bytes, size: int) -> Frame:
    try:
        kind, cell, content = msgspec.json.decode(body)
    except (ValueError, TypeError, RecursionError):  # msgspec's errors are ValueErrors
        return _lost(size)
    if not isinstance(kind, str) or not isinstance(cell, int):
        return _lost(size)
    return Frame(kind, cell, content, size)


def _lost(size: int) -> Frame:
    return Frame("lost", 0, None, size)


class LostChannelError(Exception):
    """The channel is no longer what it was: closed, or another file in its place."""


class Channel:
    """The end in a notebook's own process, by its bare descriptor.

    Its descriptor lies above every number that the process may still open, so closing all that
    one can open leaves it alone. Somebody may close it nevertheless; that is noticed.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        status = os.fstat(descriptor)
        self._identity = status.st_dev, status.st_ino
        self._collector = Collector(1 << 30)
        self._lock = threading.RLock()

    def send(self, body: bytes) -> None:
        """Send a frame that :func:`pack` made; waits for room. Raises LostChannelError."""
        self.check()
        with self._lock:
            for packet in packets(body):
                try:
                    os.write(self._descriptor, packet)
                except OSError as error:
                    raise LostChannelError from error

    def receive(self) -> Frame:
        """Wait for the next frame. Raises LostChannelError, also when the grader is gone."""
        while True:
            self.check()
            try:
                packet = os.read(self._descriptor, PACKET_BYTES + _HEADER.size)
            except OSError as error:
                raise LostChannelError from error
            if not packet:
                raise LostChannelError
            frame = self._collector.take(packet)
            if frame is not None:
                return frame

    def check(self) -> None:
        """Raise LostChannelError where the descriptor is another file's by now, or nobody's."""
        try:
            status = os.fstat(self._descriptor)
        except OSError as error:
            raise LostChannelError from error
        if (status.st_dev, status.st_ino) != self._identity:
            raise LostChannelError

    def close(self) -> None:
        """Close it, in a process that was forked from the notebook's."""
        try:
            self.check()
            os.close(self._descriptor)
        except (LostChannelError, OSError):
            pass
