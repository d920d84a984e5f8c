"""The kernel provisioner: jupyter_client's own way to decide how a kernel is started.

Chosen by the kernelspec in this package. Jupyter's kernel manager calls it; it asks the zygote
for a kernel and speaks with the kernel's warden over one socket.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase
from traitlets import Bool, Dict, Float, default

from slopewise.errors import BoxError, KernelError
from slopewise.sandbox import client, kernel_readiness, runtime
from slopewise.sandbox.limits import Limits
from slopewise.sandbox.settings import IDLE_SECONDS, TERSE
from slopewise.sandbox.supervisor import CHANNELS

_SIGNAL_TRIES = 1000
# What a client may say of a kernel by the environment; nothing else of it gets there.
_OFFERED = ("NBGRADER_EXECUTION", "NBGRADER_VALIDATING", "SLOPEWISE_PICTURES", TERSE)


class BoxProvisioner(KernelProvisionerBase):
    """Gives each kernel a warm fork in a box of its own, over Unix sockets."""

    limits = Dict(help="Limits of one kernel, by name; see slopewise.sandbox.Limits.").tag(
        config=True
    )
    unboxed = Bool(
        False, help="Accept the risk: run learners' code without a box, as the grading user."
    ).tag(config=True)
    idle_seconds = Float(
        IDLE_SECONDS, help="How long the warm process waits for the next kernel before it ends."
    ).tag(config=True)

    parent: Any
    _connection: socket.socket | None = None
    _folder: Path | None = None
    _exit_code: int | None = None
    _running = False
    _signalled = 0
    pid: int | None = None

    @default("limits")
    def _default_limits(self) -> dict[str, int]:
        return Limits().as_settings()

    @property
    def has_process(self) -> bool:
        """Whether there is a kernel; also true of one that has died and was not waited for."""
        return self._running

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Prepare the connection; nothing of ``kwargs["env"]`` reaches the kernel."""
        if not sys.platform.startswith("linux"):
            raise BoxError(
                f"boxed kernels need Linux, and this is {sys.platform}:"
                " grade in a Linux machine, container or WSL"
            )
        self._limits = Limits.from_settings(self.limits)
        kwargs.pop("extra_arguments", None)
        kwargs = await super().pre_launch(cmd=list(self.kernel_spec.argv), **kwargs)
        if self._folder is None:
            self._folder = runtime.new_kernel_folder()
        manager = self.parent
        manager.transport = "ipc"
        manager.ip = str(self._folder / "c")
        manager.connection_file = str(self._folder / "connection.json")
        for number, name in enumerate(CHANNELS, 1):
            setattr(manager, f"{name}_port", number)
        kernel_readiness.make_quick(manager)
        self.connection_info = manager.get_connection_info()
        return kwargs

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Ask the zygote for a kernel; returns when it is in its box.

        ``cwd`` is the folder whose files the kernel gets copies of. The sockets listen already,
        so a client that connects now is answered as soon as the kernel is there. ``optimizer``
        is False for a notebook that has none, which can then start sooner.
        """
        assert self._folder is not None
        cwd = kwargs.get("cwd")
        request = client.Request(
            key=self.parent.session.key.decode(),
            signature_scheme=self.parent.session.signature_scheme,
            folder=self._folder,
            limits=self._limits.as_settings(),
            unboxed=self.unboxed,
            environment=self._environment(kwargs.get("env") or {}),
            files=Path(cwd) if cwd else None,
            optimizer=kwargs.get("optimizer", True),
        )
        listeners = [self._listen(number) for number in range(1, len(CHANNELS) + 1)]
        self._exit_code = None
        try:
            # A second time, if the warm process has died just as we asked it.
            packet = await self._ask(request, listeners) or await self._ask(request, listeners)
            if not packet:
                raise KernelError(f"the warm process ended: {client.why_it_died()}")
            answer = json.loads(packet)
            client.check_answer(answer)
        except BaseException:
            await self.cleanup()
            raise
        finally:
            for listener in listeners:
                listener.close()
        self.pid = int(answer["pid"])
        self._running = True
        return self.connection_info

    async def _ask(self, request: client.Request, listeners: list[socket.socket]) -> bytes:
        """Ask the zygote for a kernel; its warden's first message, empty if there is none."""
        self._close()
        self._connection = connection = client.connect(self.idle_seconds)
        try:
            request.send(connection, listeners)
            connection.setblocking(False)
            return await asyncio.get_running_loop().sock_recv(connection, 65536)
        except OSError:
            return b""

    def _listen(self, number: int) -> socket.socket:
        path = Path(f"{self.parent.ip}-{number}")
        path.unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(str(path))
        listener.listen(16)
        return listener

    def _environment(self, offered: dict[str, str]) -> dict[str, str]:
        environment = client.kernel_environment()
        for name in _OFFERED:
            if name in offered:
                environment[name] = offered[name]
        return environment

    # -- the kernel's life ------------------------------------------------------------------

    def _note(self, packet: bytes) -> None:
        """Take in a message of the warden; an empty one is its death."""
        if not packet:
            self._exit_code = -signal.SIGKILL if self._exit_code is None else self._exit_code
            return
        message = json.loads(packet)
        if message["event"] == "signalled":
            self._signalled += 1
        elif message["event"] == "exited":
            self._exit_code = int(message["code"])
            if message["reason"]:
                # The kernel's code can write what it likes there: one line, nothing that steers.
                reason = " | ".join(str(message["reason"]).splitlines())
                words = "".join(one if one.isprintable() else "�" for one in reason)
                self.log.error("The kernel ended: %s", words)

    async def poll(self) -> int | None:
        """None while the kernel runs, else its exit code."""
        if not self._running:
            return 0
        if self._exit_code is None:
            assert self._connection is not None
            try:
                self._note(self._connection.recv(65536))
            except BlockingIOError:
                return None
            except OSError:
                self._note(b"")
        return self._exit_code

    async def wait(self) -> int | None:
        """Wait until the kernel and everything it has started are dead and reaped."""
        if not self._running:
            return 0
        assert self._connection is not None
        loop = asyncio.get_running_loop()
        while self._exit_code is None:
            try:
                packet = await loop.sock_recv(self._connection, 65536)
            except OSError:
                packet = b""
            self._note(packet)
        self._running = False
        self._close()
        return self._exit_code

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and what it has started in its process group.

        Returns when it is sent, so that it cannot hit a cell that is started afterwards.
        """
        wanted = self._signalled + 1
        self._order(signum)
        for _ in range(_SIGNAL_TRIES):
            if not self._running or await self.poll() is not None or self._signalled >= wanted:
                return
            await asyncio.sleep(0.001)

    def _order(self, signum: int) -> None:
        if self._connection is not None and self._exit_code is None:
            with contextlib.suppress(OSError):
                self._connection.send(json.dumps({"signal": int(signum)}).encode())

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel with all it has started; returns when they are gone."""
        if not self._running or self._exit_code is not None:
            return
        self._order(signal.SIGKILL)
        assert self._connection is not None
        loop = asyncio.get_running_loop()
        while self._exit_code is None:
            try:
                packet = await loop.sock_recv(self._connection, 65536)
            except OSError:
                packet = b""
            self._note(packet)

    async def terminate(self, restart: bool = False) -> None:
        """The same as :meth:`kill`: there is nothing in a box worth saving."""
        await self.kill(restart)

    async def shutdown_requested(self, restart: bool = False) -> None:
        """Kill at once instead of waiting for a kernel's politeness."""
        await self.kill(restart)

    async def cleanup(self, restart: bool = False) -> None:
        """Remove the kernel's folder; a kernel that still lives dies with its connection."""
        self._close()
        self._running = False
        if self._folder is not None and not restart:
            runtime.remove_kernel_folder(self._folder)
            self._folder = None

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    # -- the rest of the interface ----------------------------------------------------------

    async def get_provisioner_info(self) -> dict[str, Any]:
        """What jupyter_client may keep; a kernel cannot be taken over by another process."""
        info = await super().get_provisioner_info()
        info.update({"pid": self.pid})
        return info

    async def load_provisioner_info(self, provisioner_info: dict[str, Any]) -> None:
        """Take back what :meth:`get_provisioner_info` gave."""
        await super().load_provisioner_info(provisioner_info)
        self.pid = provisioner_info["pid"]

    def get_shutdown_wait_time(self, recommended: float = 5.0) -> float:
        """The recommended time; a kill takes milliseconds."""
        return recommended

    def resolve_path(self, path: str) -> str | None:
        """None: the kernel's files are its own."""
        return None
