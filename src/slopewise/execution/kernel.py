"""One kernel from start to end, and messages to and from it with as little work as possible.

jupyter_client's manager starts and kills it, through our provisioner. Its messages are exchanged
on plain sockets: nbclient takes 0.15 CPU seconds a notebook for them, this a quarter of it, and
here the size of a message has an end; see `wire`.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import os
import select
import shutil
import tempfile
import uuid
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import zmq
import zmq.asyncio
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from traitlets.config import Config

from slopewise import sandbox
from slopewise.errors import KernelError
from slopewise.execution.job import File, Job
from slopewise.execution.wire import Channel, Received
from slopewise.sandbox.settings import TERSE

_DELIMITER = b"<IDS|MSG>"
_START_SECONDS = 120.0


class Message(msgspec.Struct, frozen=True):
    """A message of a kernel, as it was sent.

    Attributes:
        channel: `shell` or `iopub`.
        kind: its type.
        parent: the id of the request that it answers.
        content: anything that JSON can say.
        size: the content's size in bytes.
    """

    channel: str
    kind: str
    parent: str
    content: Any
    size: int


class _Header(msgspec.Struct):
    msg_type: str = ""
    msg_id: str = ""


class _Manager(AsyncKernelManager):
    """A manager that has no channel of its own: nothing here bounds what would come from it."""

    def _connect_control_socket(self) -> None:
        """Connect none; its kernels are interrupted and ended by their provisioner."""


@lru_cache(maxsize=1)
def _specifications() -> KernelSpecManager:
    """Knows our kernel only: looking through every folder of Jupyter's imports IPython, too."""
    return KernelSpecManager(
        kernel_dirs=[str(sandbox.kernelspec_folder() / "kernels")], ensure_native_kernel=False
    )


class Kernel:
    """A running kernel, alone with a copy of the job's files, until it is closed.

    Args:
        job: whose files and limits it gets.

    Raises:
        BoxError: this machine cannot build the box.
        KernelError: the kernel did not start.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._folder: Path | None = None
        self._channels: dict[str, Channel] = {}
        self._session = uuid.uuid4().hex
        context: zmq.Context[zmq.Socket[bytes]] = zmq.Context.instance()
        config = Config()
        sandbox.configure(config, limits=job.limits, unboxed=job.unboxed)
        self._loop = asyncio.new_event_loop()
        self._manager = _Manager(
            kernel_name=sandbox.KERNEL_NAME,
            kernel_spec_manager=_specifications(),
            config=config,
            context=zmq.asyncio.Context(context),  # a shadow of it
        )
        # Of this only what the provisioner names gets to the kernel.
        environment = {**os.environ, "NBGRADER_EXECUTION": "autograde"}
        environment["SLOPEWISE_PICTURES"] = "drawn" if job.pictures else "words"
        environment[TERSE] = "1"  # two messages a cell that nobody here would read
        try:
            self._folder = _written(job.files)
            folder = str(self._folder) if self._folder else None
            optimizer = any("optim" in source for source in job.cells)
            start = self._manager.start_kernel(cwd=folder, env=environment, optimizer=optimizer)
            self._do(start)
            self._connect()
            self._wait_until_ready()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Kill the kernel and all it has started; returns when they are dead."""
        if self._loop.is_closed():
            return
        for channel in self._channels.values():
            channel.close()
        try:
            with contextlib.suppress(RuntimeError):  # "No kernel is running!"
                self._do(self._manager.shutdown_kernel(now=True))
            self._do(self._manager.cleanup_resources())
        finally:
            self._loop.close()
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)

    def is_alive(self) -> bool:
        """Whether the kernel's process still runs."""
        return bool(self._do(self._manager.is_alive()))

    def interrupt(self) -> None:
        """Interrupt the cell that runs; a cell that goes on is killed with its kernel."""
        self._do(self._manager.interrupt_kernel())

    def execute(self, source: str) -> str:
        """Ask the kernel to run a cell; the id of the request."""
        content = {
            "code": source,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": False,
        }
        return self._send("execute_request", content)

    def receive(self, seconds: float, keep: int = 1024 * 1024) -> list[Message]:
        """Return the messages that have come.

        Args:
            seconds: how long to wait for the first.
            keep: how large a message may be; of a larger one the content is not even read.
        """
        poller = select.poll()
        for channel in self._channels.values():
            if channel.waits_for:
                poller.register(channel, channel.waits_for)
        poller.poll(max(0, int(seconds * 1000)))
        return [
            self._read(name, received, keep)
            for name, channel in self._channels.items()
            for received in channel.receive()
        ]

    def listen_again(self) -> None:
        """Connect anew to the channel of outputs, which has ended or says nothing any more."""
        self._channels["iopub"].close()
        with contextlib.suppress(OSError):  # where nobody listens, the kernel is dead
            self._open("iopub")

    def _do(self, work: Any) -> Any:
        """Wait for what the manager does."""
        return self._loop.run_until_complete(work)

    # -- sockets ----------------------------------------------------------------------------

    def _connect(self) -> None:
        info: dict[str, Any] = dict(self._manager.get_connection_info())
        self._key = bytes(info["key"]) if isinstance(info["key"], bytes) else (
            str(info["key"]).encode())  # fmt: skip
        self._info = info
        try:
            for name in ("shell", "iopub"):
                self._open(name)
        except OSError as error:
            raise KernelError(f"the kernel does not listen ({error.strerror})") from None

    def _open(self, name: str) -> None:
        path = f"{self._info['ip']}-{self._info[f'{name}_port']}"
        largest = 2 * max(self._job.limits.output, 1024 * 1024)
        self._channels[name] = Channel(path, "SUB" if name == "iopub" else "DEALER", largest)

    def _wait_until_ready(self) -> None:
        """Wait for the kernel's answer, and for its greeting on the channel of outputs."""
        asked = self._send("kernel_info_request", {})
        answered = greeted = False
        waited = 0.0
        while not (answered and greeted):
            messages = self.receive(0.5)
            for message in messages:
                answered = answered or (message.channel == "shell" and message.parent == asked)
                greeted = greeted or message.channel == "iopub"
            if not messages:
                waited += 0.5
                if not self.is_alive():
                    raise KernelError("the kernel ended before its first cell")
                if waited > _START_SECONDS:
                    raise KernelError(f"the kernel did not answer within {_START_SECONDS:g} s")

    def _send(self, kind: str, content: dict[str, Any]) -> str:
        identity = uuid.uuid4().hex
        header = {
            "msg_id": identity,
            "session": self._session,
            "username": "grader",
            "date": "2000-01-01T00:00:00Z",
            "msg_type": kind,
            "version": "5.3",
        }
        parts = [msgspec.json.encode(part) for part in (header, {}, {}, content)]
        signature = hmac.new(self._key, digestmod=hashlib.sha256)
        for part in parts:
            signature.update(part)
        self._channels["shell"].send([_DELIMITER, signature.hexdigest().encode(), *parts])
        return identity

    def _read(self, channel: str, received: Received, keep: int) -> Message:
        """What a message says; one that is not as Jupyter's protocol has it says nothing.

        Its signature is not looked at: the sockets are in a folder that only we and the kernel
        can reach, and whoever runs in the kernel knows the key.
        """
        header, parent, content = _Header(), _Header(), None
        frames, size = received.frames, received.size
        try:
            start = frames.index(_DELIMITER) + 2
            header, parent = (
                msgspec.json.decode(frame, type=_Header) for frame in frames[start : start + 2]
            )
            if len(frames) > start + 3:  # else it was larger than anything that is kept
                size = len(frames[start + 3])
                if size <= keep:
                    content = msgspec.json.decode(frames[start + 3])
        except (ValueError, IndexError, RecursionError):
            pass  # msgspec's errors are ValueErrors
        return Message(channel, header.msg_type, parent.msg_id, content, size)


def _written(files: tuple[File, ...]) -> Path | None:
    """A private folder with these files, whose copies the kernel gets; None for no files."""
    if not files:
        return None
    folder = Path(tempfile.mkdtemp(prefix="slopewise-"))
    for file in files:
        path = folder / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    return folder
