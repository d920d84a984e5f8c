"""A channel against ZeroMQ's own sockets, and against whoever speaks on the wire as they like."""

from __future__ import annotations

import os
import select
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import zmq
from hypothesis import given, settings
from hypothesis import strategies as st

from slopewise.execution.wire import Channel, Received

LARGEST = 100_000
GREETING = b"\xff" + bytes(8) + b"\x7f\x03\x00NULL" + bytes(48)
READY = b"\x04\x06\x05READY"


@pytest.fixture
def path() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="sw", dir="/tmp"))
    yield str(folder / "socket")
    shutil.rmtree(folder)


def receive(channel: Channel, count: int = 1) -> list[Received]:
    """What comes until there are so many messages, or the other side has ended."""
    found: list[Received] = []
    for _ in range(2000):
        found += channel.receive()
        if len(found) >= count or not channel.is_open:
            break
        poller = select.poll()
        poller.register(channel, channel.waits_for)
        poller.poll(10)
    return found


@pytest.mark.parametrize("size", [0, 1, 255, 256, 70_000])
def test_asks_a_router_and_is_answered(path: str, size: int) -> None:
    with zmq.Context() as context, context.socket(zmq.ROUTER) as router:
        router.linger = 0
        router.bind(f"ipc://{path}")
        channel = Channel(path, "DEALER", LARGEST)
        channel.send([b"question", b"x" * size, b""])
        receive(channel, 0)
        while not router.poll(10):
            channel.receive()
        name, *frames = router.recv_multipart()
        assert frames == [b"question", b"x" * size, b""]
        router.send_multipart([name, b"answer", b"y" * size])
        assert receive(channel) == [Received((b"answer", b"y" * size), 6 + size)]
        channel.close()


def test_hears_a_publisher_and_outlives_what_is_too_large(path: str) -> None:
    with zmq.Context() as context, context.socket(zmq.XPUB) as publisher:
        publisher.linger = 0
        publisher.bind(f"ipc://{path}")
        channel = Channel(path, "SUB", LARGEST)
        while not publisher.poll(10):
            channel.receive()
        assert publisher.recv() == b"\x01"
        publisher.send_multipart([b"topic", b"small"])
        publisher.send_multipart([b"topic", b"x" * 10 * LARGEST, b"after"])
        publisher.send_multipart([b"x"] * 10_000)
        publisher.send_multipart([b"topic", b"whole again"])
        small, large, many, last = receive(channel, 4)
        assert small.frames == (b"topic", b"small")
        assert large == Received((b"topic",), 10 * LARGEST + 10)
        assert len(many.frames) < 2000
        assert many.size == 10_000
        assert last.frames == (b"topic", b"whole again")
        channel.close()


class Liar:
    """A listener that says what it is told to."""

    def __init__(self, path: str) -> None:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path)
            listener.listen()
            self.channel = Channel(path, "SUB", LARGEST)
            self.end, _ = listener.accept()

    def close(self) -> None:
        self.end.close()
        self.channel.close()


@pytest.fixture
def liar(path: str) -> Iterator[Liar]:
    made = Liar(path)
    yield made
    made.close()


def test_a_message_without_end_is_forgotten_while_it_comes(liar: Liar) -> None:
    liar.end.sendall(GREETING + READY)
    frame = b"\x03" + (50_000).to_bytes(8, "big") + bytes(50_000)
    for _ in range(200):
        liar.end.sendall(frame)
        assert receive(liar.channel, 0) == []
    for _ in range(200):
        liar.channel.receive()
    assert len(liar.channel._incoming) + sum(map(len, liar.channel._frames)) <= LARGEST
    liar.end.sendall(b"\x00\x03end" + b"\x00\x05whole")
    assert [one.frames[-1] for one in receive(liar.channel, 2)][-1] == b"whole"


def test_a_frame_of_impossible_size_is_waited_for_without_memory(liar: Liar) -> None:
    liar.end.sendall(GREETING + READY + b"\x02" + b"\xff" * 8)
    for _ in range(100):
        liar.end.sendall(bytes(100_000))
        assert receive(liar.channel, 0) == []
    assert len(liar.channel._incoming) <= LARGEST


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\n" * 10, bytes(64), GREETING[:20]])
def test_who_greets_otherwise_is_not_listened_to(liar: Liar, said: bytes) -> None:
    liar.end.sendall(said)
    liar.end.close()
    assert receive(liar.channel) == []
    assert not liar.channel.is_open
    assert liar.channel.waits_for == 0
    liar.channel.send([b"nobody hears this"])


def test_one_who_does_not_read_is_not_waited_for(liar: Liar) -> None:
    liar.end.sendall(GREETING + READY)
    receive(liar.channel, 0)
    liar.channel.send([os.urandom(4_000_000)])
    assert liar.channel.waits_for & select.POLLOUT
    assert receive(liar.channel, 0) == []


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.binary(max_size=300), min_size=1, max_size=4), max_size=6), st.data())
def test_messages_arrive_however_they_are_cut(
    messages: list[list[bytes]], data: st.DataObject
) -> None:
    folder = Path(tempfile.mkdtemp(prefix="sw", dir="/tmp"))
    liar = Liar(str(folder / "socket"))
    try:
        wire = bytearray(GREETING + READY)
        for frames in messages:
            for place, frame in enumerate(frames):
                flags = (place < len(frames) - 1) | (2 if len(frame) > 255 else 0)
                length = len(frame).to_bytes(8 if len(frame) > 255 else 1, "big")
                wire += bytes([flags]) + length + frame
        found: list[Received] = []
        while wire:
            cut = data.draw(st.integers(1, len(wire)))
            liar.end.sendall(wire[:cut])
            del wire[:cut]
            found += liar.channel.receive()
        found += receive(liar.channel, len(messages) - len(found)) if messages else []
        assert [list(one.frames) for one in found] == messages
    finally:
        liar.close()
        shutil.rmtree(folder)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=2000))
def test_nothing_that_is_said_raises(noise: bytes) -> None:
    folder = Path(tempfile.mkdtemp(prefix="sw", dir="/tmp"))
    liar = Liar(str(folder / "socket"))
    try:
        liar.end.sendall(GREETING + noise)
        liar.channel.receive()
    finally:
        liar.close()
        shutil.rmtree(folder)


def test_nobody_listens(path: str) -> None:
    with pytest.raises(OSError, match="No such file"):
        Channel(path, "SUB", LARGEST)
