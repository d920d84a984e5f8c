"""One kernel from start to end, and messages to and from it with as little work as possible.

jupyter_client's manager starts and kills it, through our provisioner. Its messages are exchanged
on plain sockets: nbclient takes 0.15 CPU seconds a notebook for them, this a quarter of it, and
here the size of a message and the length of the queue have an end.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import shutil
import tempfile
import uuid
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
import zmq
from jupyter_client.manager import KernelManager
from traitlets.config import Config

from slopewise import kernels
from slopewise.errors import KernelError
from slopewise.execution.job import File, Job

_DELIMITER = b"<IDS|MSG>"
_QUEUE = 64  # messages that wait on this side; more wait in the kernel, within its limits
_START_SECONDS = 60.0


class Message(msgspec.Struct, frozen=True):
    """A message of a kernel, as it was sent.

    Attributes:
        channel: `shell` or `iopub`.
        kind: its type.
        parent: the id of the request that it answers.
        content: anything that JSON can say.
        size: its size in bytes.
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
    """A running kernel, alone with a copy of the job's files. A context manager.

    Raises:
        BoxError: this machine cannot build the box.
        KernelError: the kernel did not start.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._folder: Path | None = None
        self._sockets: list[zmq.Socket[bytes]] = []
        self._session = uuid.uuid4().hex

    def __enter__(self) -> Self:
        config = Config()
        kernels.configure(config, limits=self._job.limits, unboxed=self._job.unboxed)
        self._manager = KernelManager(kernel_name=kernels.KERNEL_NAME, config=config)
        try:
            self._folder = _written(self._job.files)
            self._manager.start_kernel(cwd=str(self._folder) if self._folder else None)
            self._connect()
            self._wait_until_ready()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Kill the kernel and all it has started; returns when they are dead."""
        for socket in self._sockets:
            socket.close(linger=0)
        self._sockets.clear()
        with contextlib.suppress(RuntimeError):  # "No kernel is running!"
            if self._manager.has_kernel:
                self._manager.shutdown_kernel(now=True)
        self._manager.cleanup_resources()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def is_alive(self) -> bool:
        """Whether the kernel's process still runs."""
        return bool(self._manager.is_alive())

    def interrupt(self) -> None:
        """Interrupt the cell that runs; a cell that goes on is killed with its kernel."""
        self._manager.interrupt_kernel()

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

    def receive(self, seconds: float) -> list[Message]:
        """Return the messages that have come; waits for the first as long as is said."""
        found = []
        for socket, _ in self._poller.poll(max(0, int(seconds * 1000))):
            message = self._read(socket)
            if message is not None:
                found.append(message)
        return found

    # -- sockets ----------------------------------------------------------------------------

    def _connect(self) -> None:
        info: dict[str, Any] = dict(self._manager.get_connection_info())
        self._key = bytes(info["key"]) if isinstance(info["key"], bytes) else (
            str(info["key"]).encode())  # fmt: skip
        context: zmq.Context[zmq.Socket[bytes]] = zmq.Context.instance()
        self._shell = context.socket(zmq.DEALER)
        self._iopub = context.socket(zmq.SUB)
        self._iopub.subscribe(b"")
        self._poller = zmq.Poller()
        for socket, name in ((self._shell, "shell_port"), (self._iopub, "iopub_port")):
            self._sockets.append(socket)
            socket.linger = 0
            socket.rcvhwm = _QUEUE
            # A larger message ends its connection, which is then made again.
            socket.maxmsgsize = max(self._job.limits.output, 1024 * 1024)
            socket.connect(f"ipc://{info['ip']}-{info[name]}")
            self._poller.register(socket, zmq.POLLIN)

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

    def _read(self, socket: zmq.Socket[bytes]) -> Message | None:
        """The next message; None where it is none that Jupyter's protocol knows.

        Its signature is not looked at: the sockets are in a folder that only we and the kernel
        can reach, and whoever runs in the kernel knows the key.
        """
        try:
            frames = socket.recv_multipart(zmq.NOBLOCK)
        except zmq.ZMQError:
            return None
        try:
            start = frames.index(_DELIMITER) + 2
            header, parent = (
                msgspec.json.decode(frame, type=_Header) for frame in frames[start : start + 2]
            )
            content = msgspec.json.decode(frames[start + 3])
        except (ValueError, IndexError, RecursionError):
            # msgspec's errors are ValueErrors. XPUB greets with an empty topic and a welcome.
            header, parent, content = _Header(), _Header(), None
        return Message(
            channel="shell" if socket is self._shell else "iopub",
            kind=header.msg_type,
            parent=parent.msg_id,
            content=content,
            size=sum(map(len, frames)),
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
