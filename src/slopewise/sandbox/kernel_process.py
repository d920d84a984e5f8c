"""In a kernel's own process: from a fork of the zygote to an IPython kernel like a fresh one.

:func:`rehearse` runs in the zygote before any fork, :func:`become_kernel` in the fork, when it is
in its box and has given up its power.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import logging
import os
import random
import signal
import sys
import tempfile
import traceback
import warnings
from types import SimpleNamespace
from typing import Any, NoReturn

import zmq
from ipykernel import debugger, ipkernel
from ipykernel.heartbeat import Heartbeat
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.profiledir import ProfileDir
from jupyter_client.session import Session
from traitlets.config import Config

from slopewise.probe import process_state
from slopewise.sandbox import kernel_tuning
from slopewise.sandbox.settings import TERSE
from slopewise.sandbox.supervisor import REASON_AT, REASON_BYTES, Start

_OUTPUTS_WAITING = 100_000  # messages; their memory is the kernel's own, and so limited


class BoxHeartbeat(Heartbeat):  # type: ignore[misc]  # its library has no types
    """A heartbeat on a socket that somebody else has already made."""

    descriptor: int

    def _try_bind_socket(self) -> None:
        self.socket.setsockopt(zmq.USE_FD, self.descriptor)
        self.socket.bind(f"ipc://{self.ip}-{self.port}")


class BoxKernel(IPythonKernel):  # type: ignore[misc]
    """An IPython kernel that tells its warden whether it runs a cell.

    A learner may falsify it, and gains nothing: it only decides whether a cell that does not
    react to an interrupt is killed before its client gives up on it.
    """

    # ipykernel would say yes to anything that stands in for the thread.
    _supports_kernel_subshells = False

    def __init__(self, **settings: Any) -> None:
        # No debugger, and no list of every module for it: touching each module in every fork
        # copies a third of the memory that a start copies at all.
        self._terse = TERSE in os.environ
        settings["debugpy_stream"] = None
        ipkernel.sys = SimpleNamespace(modules={})
        try:
            super().__init__(**settings)
        finally:
            ipkernel.sys = sys

    def _publish_execute_input(self, code: str, parent: Any, execution_count: int) -> None:
        """Tell clients what runs, unless the only one there is has said that it knows."""
        if not self._terse:
            super()._publish_execute_input(code, parent, execution_count)

    def _publish_status(self, status: str, channel: str, parent: Any = None) -> None:
        """Tell clients that a cell begins or has ended; the former only if somebody listens."""
        if status != "busy" or not self._terse:
            super()._publish_status(status, channel, parent)

    async def execute_request(self, stream: Any, ident: Any, parent: Any) -> None:
        """Run a cell."""
        state = self.parent.begun.state
        state[0] = 1
        state[1:9] = (int.from_bytes(state[1:9], "little") + 1).to_bytes(8, "little")
        try:
            await super().execute_request(stream, ident, parent)
        finally:
            state[0] = 0


class BoxApp(IPKernelApp):  # type: ignore[misc]
    """The kernel's application: sockets that exist already, no files, no parent to watch."""

    begun: Start
    modules: frozenset[str]  # a kernel's, from its start
    ours: tuple[str, ...]  # modules of our own machinery

    def init_connection_file(self) -> None:
        """Take the connection from the request instead of a file."""
        self.transport = "ipc"
        self.ip = self.begun.address
        for number, name in enumerate(self.begun.channels, 1):
            setattr(self, f"{name}_port", number)
        self.session.key = self.begun.key.encode()
        self.session.signature_scheme = self.begun.signature_scheme
        self._descriptors = dict(enumerate(self.begun.channels.values(), 1))

    def write_connection_file(self, **_: Any) -> None:
        """Write none: the client has the connection already."""

    def log_connection_info(self) -> None:
        """Only remember the ports; there is nobody to read the rest."""
        self._ports = {name: getattr(self, f"{name}_port") for name in self.begun.channels}

    def init_crash_handler(self) -> None:
        """Leave crashes alone."""

    def parse_command_line(self, argv: Any = None) -> None:
        """There is no command line."""

    def load_config_file(self, *_: Any, **__: Any) -> None:
        """There are no configuration files."""

    def init_pdb(self) -> None:
        """Nothing: :func:`rehearse` has done it."""

    def init_code(self) -> None:
        """Say which modules are there from the start; there is no code to run.

        IPython would look at the name of each, and so copy the 1300 pages they lie on.
        """
        self.shell.user_ns_hidden.update(self.shell.user_ns)
        self.shell._sys_modules_keys = self.modules
        process_state.remember()

    def _try_bind_socket(self, socket: Any, port: int) -> int:
        socket.setsockopt(zmq.USE_FD, self._descriptors[port])
        if socket.type == zmq.XPUB:  # beyond its mark it would drop outputs, and say nothing
            socket.sndhwm = _OUTPUTS_WAITING
        socket.bind(f"ipc://{self.ip}-{port}")
        return port

    def init_control(self, context: Any) -> None:
        """Make the channel of control, and no thread between the requests and the kernel."""
        super().init_control(context)
        self.shell_channel_thread = kernel_tuning.NoChannelThread()

    def init_heartbeat(self) -> None:
        """Start the heartbeat on its socket."""
        self.heartbeat = BoxHeartbeat(zmq.Context(), ("ipc", self.ip, self.hb_port))
        self.heartbeat.descriptor = self._descriptors[self.hb_port]
        self.heartbeat.start()


def rehearse() -> None:
    """In the zygote, after imports: do once what every kernel would otherwise do again.

    What a fork only reads it shares; each page that it writes to, it copies first.
    """
    if not BoxApp.initialized():
        _rehearse_once()
    app = BoxApp.instance()
    app.ours = tuple(name for name in sys.modules if name.startswith("slopewise.sandbox"))
    app.modules = frozenset(sys.modules) - set(app.ours)
    for module in list(sys.modules.values()):
        registry = getattr(module, "__dict__", {}).get("__warningregistry__")
        if registry:
            registry.clear()
    warnings.onceregistry.clear()  # type: ignore[attr-defined]


def _rehearse_once() -> None:
    debugger._is_debugpy_available = False
    config = Config()
    config.HistoryManager.hist_file = ":memory:"
    config.IPKernelApp.kernel_class = BoxKernel
    kernel_tuning.configure(config)
    app = BoxApp.instance(config=config)
    # Its handlers drop what is below this anyway, but only when it has been written.
    app.log.setLevel(logging.WARNING)
    IPKernelApp.init_pdb(app)
    # Which traits a class has is found out with its first object.
    Session(parent=app)
    _rehearse_shell(config)
    _rehearse_drawing()


def become_kernel(start: Start) -> NoReturn:
    """Turn this process into a kernel and serve until it is told to end."""
    try:
        _serve(start)
    except BaseException:
        # Nobody reads this process's stderr; the warden passes this on.
        text = traceback.format_exc().encode()[-REASON_BYTES:]
        start.state[REASON_AT : REASON_AT + len(text)] = text
        os._exit(1)
    # Not the interpreter's whole end, which takes a while and is nobody's to wait for.
    with contextlib.suppress(BaseException):
        atexit._run_exitfuncs()
    os._exit(0)


def _serve(start: Start) -> None:
    _be_fresh(start)
    BoxApp.begun = start
    app = BoxApp.instance()
    if start.environment.get("NBGRADER_EXECUTION") == "autograde":
        # IPython's own take 40 ms each; a wrong answer has half a dozen, and few are ever read.
        app.config.InteractiveShell.xmode = "Plain"
    app.initialize([])
    _join_matplotlib()
    for name in app.ours:  # out of the learner's sight
        sys.modules.pop(name, None)
    with contextlib.suppress(SystemExit):
        app.start()


def _be_fresh(start: Start) -> None:
    """Forget what the fork remembers of the zygote."""
    for signum in (signal.SIGINT, signal.SIGCHLD, signal.SIGTERM):
        signal.signal(signum, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(start.environment)
    os.environ.update(HOME=start.home, IPYTHONDIR=f"{start.temporary}/.ipython")
    if start.temporary != "/tmp":
        os.environ["TMPDIR"] = start.temporary
    tempfile.tempdir = None
    sys.argv[:] = ["ipykernel_launcher.py"]
    random.seed()
    _reseed()


def _reseed() -> None:
    import numpy as np
    import torch

    np.random.seed()
    torch.default_generator.seed()


def _join_matplotlib() -> None:
    """Tell matplotlib of the shell, which it would have found had it been imported just now."""
    from matplotlib import pyplot
    from matplotlib_inline import backend_inline

    backend_inline._enable_matplotlib_integration()  # type: ignore[no-untyped-call]
    pyplot.install_repl_displayhook()


def _rehearse_shell(config: Config) -> None:
    """Make a shell and throw it away: its patterns are compiled then, its classes complete."""
    main = sys.modules["__main__"]
    with tempfile.TemporaryDirectory() as folder:
        profile = ProfileDir.create_profile_dir(folder)
        shell = ZMQInteractiveShell(config=config, ipython_dir=folder, profile_dir=profile)
        shell.history_manager.end_session()
        atexit.unregister(shell.atexit_operations)
    sys.modules["__main__"] = main


def _rehearse_drawing() -> None:
    """Draw once, so that fonts are found and read, and the parser of formulas is built."""
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(2, 2))
    axes.plot([0, 1], [1, 0], label="a")
    axes.set_title("$w_0$")
    axes.legend()
    figure.savefig(io.BytesIO(), format="png")
    pyplot.close("all")
