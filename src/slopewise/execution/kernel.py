"""One kernel from start to end, and messages to and from it with as little work as possible.

jupyter_client's manager starts and kills it, through our provisioner. Its messages are exchanged
on plain sockets: nbclient takes 0.15 CPU seconds a notebook for them, this a quarter of it, and
here the size of a message and the length of the queue have an end.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import os
import shutil
import tempfile
import uuid
from pathlib import Path
from typing import Any

import msgspec
import zmq
import zmq.asyncio
from jupyter_client.manager import AsyncKernelManager
from traitlets.config import Config

from slopewise import kernels
from slopewise.errors import KernelError
from slopewise.execution.job import File, Job

_DELIMITER = b"<IDS|MSG>"
_QUEUE = 500  # messages that wait on this side; more wait in the kernel, within its limits
_AT_ONCE = 100
_START_SECONDS = 60.0


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


class Kernel:
    """A running kernel, alone with a copy of the job's files, until it is closed.

    Args:
        job: whose files and limits it gets.

    Raises:
        BoxError: this machine cannot build the box.
        KernelError: the kernel did not start.
    """

    _shell: zmq.Socket[bytes]
    _iopub: zmq.Socket[bytes]

    def __init__(self, job: Job) -> None:
        self._job = job
        self._folder: Path | None = None
        self._sockets: list[zmq.Socket[bytes]] = []
        self._session = uuid.uuid4().hex
        self._poller = zmq.Poller()
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context.instance()
        config = Config()
        kernels.configure(config, limits=job.limits, unboxed=job.unboxed)
        self._loop = asyncio.new_event_loop()
        self._manager = AsyncKernelManager(
            kernel_name=kernels.KERNEL_NAME,
            config=config,
            context=zmq.asyncio.Context(self._context),  # a shadow of it
        )
        # Of this only what the provisioner names gets to the kernel.
        environment = {**os.environ, "NBGRADER_EXECUTION": "autograde"}
        try:
            self._folder = _written(job.files)
            folder = str(self._folder) if self._folder else None
            self._do(self._manager.start_kernel(cwd=folder, env=environment))
            self._connect()
            self._wait_until_ready()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Kill the kernel and all it has started; returns when they are dead."""
        if self._loop.is_closed():
            return
        for socket in self._sockets:
            socket.close(linger=0)
        self._sockets.clear()
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
        found: list[Message] = []
        for socket, _ in self._poller.poll(max(0, int(seconds * 1000))):
            while len(found) < _AT_ONCE:
                try:
                    frames = socket.recv_multipart(zmq.NOBLOCK)
                except zmq.ZMQError:
                    break
                found.append(self._read(socket, frames, keep))
        return found

    def listen_again(self) -> None:
        """Connect anew to the channel of outputs, which a message too large has ended."""
        self._poller.unregister(self._iopub)
        self._sockets.remove(self._iopub)
        self._iopub.close(linger=0)
        self._iopub = self._socket(zmq.SUB, "iopub_port")

    def _do(self, work: Any) -> Any:
        """Wait for what the manager does."""
        return self._loop.run_until_complete(work)

    # -- sockets ----------------------------------------------------------------------------

    def _connect(self) -> None:
        info: dict[str, Any] = dict(self._manager.get_connection_info())
        self._key = bytes(info["key"]) if isinstance(info["key"], bytes) else (
            str(info["key"]).encode())  # fmt: skip
        self._info = info
        self._shell = self._socket(zmq.DEALER, "shell_port")
        self._iopub = self._socket(zmq.SUB, "iopub_port")

    def _socket(self, kind: int, port: str) -> zmq.Socket[bytes]:
        socket = self._context.socket(kind)
        self._sockets.append(socket)
        if kind == zmq.SUB:
            socket.subscribe(b"")
        socket.linger = 0
        socket.rcvhwm = _QUEUE
        socket.maxmsgsize = 2 * max(self._job.limits.output, 1024 * 1024)
        socket.connect(f"ipc://{self._info['ip']}-{self._info[port]}")
        self._poller.register(socket, zmq.POLLIN)
        return socket

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
        self._shell.send_multipart([_DELIMITER, signature.hexdigest().encode(), *parts])
        return identity

    def _read(self, socket: zmq.Socket[bytes], frames: list[bytes], keep: int) -> Message:
        """What a message says; one that is not as Jupyter's protocol has it says nothing.

        Its signature is not looked at: the sockets are in a folder that only we and the kernel
        can reach, and whoever runs in the kernel knows the key.
        """
        header, parent, content, size = _Header(), _Header(), None, 0
        try:
            start = frames.index(_DELIMITER) + 2
            header, parent = (
                msgspec.json.decode(frame, type=_Header) for frame in frames[start : start + 2]
            )
            size = len(frames[start + 3])
            if size <= keep:
                content = msgspec.json.decode(frames[start + 3])
        except (ValueError, IndexError, RecursionError):
            pass  # msgspec's errors are ValueErrors
        return Message(
            channel="shell" if socket is self._shell else "iopub",
            kind=header.msg_type,
            parent=parent.msg_id,
            content=content,
            size=size,
        )


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
