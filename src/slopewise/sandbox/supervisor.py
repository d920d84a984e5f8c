"""The warden: one small supervisor for each kernel, forked from the zygote.

It builds the box, forks the kernel's process into it, passes on signals, and sees to it that
nothing of the kernel is left: not when the kernel ends, not when it is told to end it, and not
when the grading process dies, which it notices by the end of their connection.
"""

from __future__ import annotations

import contextlib
import json
import mmap
import os
import select
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from slopewise.errors import BoxError, KernelError, SlopewiseError
from slopewise.sandbox import bubblewrap, linux, process_memory, seccomp
from slopewise.sandbox.limits import MIB, Limits
from slopewise.sandbox.runtime import remove_kernel_folder
from slopewise.sandbox.workspace import close_all_but, copy_files

# Kernel's name of each socket, in the order in which the descriptors are sent.
CHANNELS = ("shell", "iopub", "stdin", "hb", "control")
# In the memory shared with the kernel: one byte busy, eight count cells, then why it ended.
_STATE_BYTES = 9
REASON_AT = 16
REASON_BYTES = 2048
# All namespaces of a box but those of users and processes, which are entered in other ways.
_SPACES = (
    linux.CLONE_NEWNS
    | linux.CLONE_NEWNET
    | linux.CLONE_NEWIPC
    | linux.CLONE_NEWUTS
    | linux.CLONE_NEWCGROUP
)
_BOX_SECONDS = 20.0
_REQUEST_SECONDS = 10.0
_LOOK_SECONDS = 0.5
_MOST_FILES = 20_000


@dataclass(frozen=True)
class Zygote:
    """What a warden needs to know of the process it was forked from."""

    size: linux.Size
    user_namespace: int | None
    """Descriptor of the user namespace made for boxes; None when bubblewrap makes one each."""
    slot: int
    """A number of this kernel's own, from which the learner's user is made."""
    core: int
    """The processor core that the kernel and all that it starts run on."""


@dataclass(frozen=True)
class Start:
    """Everything the kernel's process needs to become a kernel; it is in its box already."""

    channels: dict[str, int]
    key: str
    signature_scheme: str
    address: str
    """The prefix of the sockets' paths, as the client knows them."""
    work: str
    home: str
    temporary: str
    environment: dict[str, str]
    state: mmap.mmap
    """Shared with the warden: the kernel tells here whether it runs a cell."""


@dataclass(frozen=True)
class _Request:
    key: str
    signature_scheme: str
    folder: Path
    limits: Limits
    unboxed: bool
    environment: dict[str, str]
    channels: dict[str, int]
    files: int | None

    @classmethod
    def receive(cls, connection: socket.socket) -> _Request:
        connection.settimeout(_REQUEST_SECONDS)
        packet, descriptors, _, _ = socket.recv_fds(connection, 65536, len(CHANNELS) + 1)
        connection.settimeout(None)
        fields = json.loads(packet)
        return cls(
            key=fields["key"],
            signature_scheme=fields["signature_scheme"],
            folder=Path(fields["folder"]),
            limits=Limits.from_settings(fields["limits"]),
            unboxed=fields["unboxed"],
            environment=fields["environment"],
            channels=dict(zip(CHANNELS, descriptors, strict=False)),
            files=descriptors[len(CHANNELS)] if fields["files"] else None,
        )


class Warden:
    """Supervises one kernel from its request to its end."""

    def __init__(self, connection: socket.socket, zygote: Zygote) -> None:
        self._connection = connection
        self._zygote = zygote
        self._state = mmap.mmap(-1, mmap.PAGESIZE)
        self._kernel = 0
        self._kernel_fd = -1
        self._box: subprocess.Popen[bytes] | None = None
        self._box_fd = -1
        self._folder: Path | None = None
        self._hung: tuple[float, bytes] | None = None
        self._at_start = 0

    def run(self) -> Start:
        """Do everything. Returns only in the kernel's own process; the warden itself exits."""
        try:
            request = _Request.receive(self._connection)
            self._folder = request.folder
            start = self._launch(request)
        except Exception as error:
            self._fail(error)
        if start is None:
            self._end(self._watch(request.limits))
        return start

    # -- starting ---------------------------------------------------------------------------

    def _launch(self, request: _Request) -> Start | None:
        boxed = not request.unboxed
        uid: int | None = None
        if boxed:
            if self._zygote.user_namespace is not None:
                uid = bubblewrap.INSIDE_UID + self._zygote.slot
            self._build_box(request, bubblewrap.INSIDE_UID if uid is None else uid)
        if boxed and uid is not None:
            # Processes forked from here on are born in the box's process namespace.
            linux.setns(self._box_fd, linux.CLONE_NEWPID)
        else:
            linux.adopt_orphans()
        ready, told = os.pipe()
        self._kernel = self._fork_through() if boxed and uid is None else os.fork()
        if self._kernel == 0:
            return self._enter(request, uid, told)
        self._kernel_fd = os.pidfd_open(self._kernel)
        os.close(told)
        for descriptor in (*request.channels.values(), request.files):
            if descriptor is not None:
                os.close(descriptor)
        with os.fdopen(ready, "rb") as stream:
            answer = stream.read()
        if answer != b"entered":
            raise KernelError(f"the kernel could not be prepared: {answer.decode() or 'it died'}")
        self._at_start = len(process_memory.descendants(os.getpid()))
        self._tell(event="started", pid=self._kernel)
        return None

    def _fork_through(self) -> int:
        """As an ordinary user: fork a kernel's process that is in the box already.

        Without power outside, a process may enter the box only with all namespaces at once, and
        only its children are in the process namespace. The one between ends, and its child
        becomes ours. Returns the child's number as we see it, and 0 in the child.
        """
        read, write = os.pipe()
        between = os.fork()
        if between == 0:
            try:
                linux.setns(self._box_fd, linux.CLONE_NEWUSER | linux.CLONE_NEWPID | _SPACES)
                kernel = os.fork()
            except OSError as error:
                os.write(write, str(error).encode())
                os._exit(1)
            if kernel == 0:
                return 0
            os.write(write, str(kernel).encode())
            os._exit(0)
        os.close(write)
        os.waitpid(between, 0)
        answer = os.read(read, 256).decode()
        os.close(read)
        if not answer.isdecimal():
            raise BoxError(f"this machine lets no process enter a box: {answer}")
        return int(answer)

    def _build_box(self, request: _Request, uid: int) -> None:
        """Start bubblewrap around the stub and wait until the box is finished."""
        policy = bubblewrap.standard_policy(request.limits, self._zygote.user_namespace)
        info_read, info_write = os.pipe()
        files = []
        for place, content in bubblewrap.small_files(uid):
            descriptor = os.memfd_create(Path(place).name)
            os.write(descriptor, content)
            os.lseek(descriptor, 0, os.SEEK_SET)
            files.append((descriptor, place))
        passed = [descriptor for descriptor, _ in files] + [info_write]
        if policy.user_namespace is not None:
            passed.append(policy.user_namespace)
        self._box = subprocess.Popen(
            policy.command(files, info_write),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=passed,
            cwd="/",
            bufsize=0,
        )
        for descriptor in passed:
            if descriptor != policy.user_namespace:
                os.close(descriptor)
        assert self._box.stdin is not None
        assert self._box.stdout is not None
        assert self._box.stderr is not None
        with contextlib.suppress(BrokenPipeError):
            self._box.stdin.write(b".")
        if not select.select([self._box.stdout], [], [], _BOX_SECONDS)[0]:
            raise BoxError("bubblewrap did not build the box in time; the machine is overloaded")
        echo = self._box.stdout.read(1)
        if echo != b".":
            raise BoxError(bubblewrap.explain(self._box.stderr.read().decode(errors="replace")))
        with os.fdopen(info_read, "rb") as stream:
            # Other processes may hold the writing end: read to the closing brace, not the end.
            text = b""
            while b"}" not in text:
                text += stream.read1(4096)
        self._box_fd = os.pidfd_open(json.loads(text)["child-pid"])

    def _enter(self, request: _Request, uid: int | None, told: int) -> Start:
        """In the kernel's process: enter the box, take the files along, give up all power."""
        try:
            start = self._prepare(request, uid, told)
        except BaseException as error:
            os.write(told, f"{type(error).__name__}: {error}".encode())
            os._exit(1)
        os.write(told, b"entered")
        os.close(told)
        return start

    def _prepare(self, request: _Request, uid: int | None, told: int) -> Start:
        os.setsid()
        if request.unboxed:
            root = request.folder / "box"
            home, temporary = root / "home", root / "tmp"
            work = home / "work"
            temporary.mkdir(parents=True)
            work.mkdir(parents=True)
        else:
            if uid is not None:
                linux.setns(self._box_fd, linux.CLONE_NEWUSER | _SPACES)
            home, work, temporary = Path(bubblewrap.HOME), Path(bubblewrap.WORK), Path("/tmp")
            work.mkdir()
            for place in bubblewrap.IN_MEMORY:
                # An ordinary user's box is sealed before it is entered.
                with contextlib.suppress(PermissionError):
                    linux.limit_files(place, _MOST_FILES)
        # However many processes a learner's code starts, its neighbours' core is not theirs.
        os.sched_setaffinity(0, {self._zygote.core})
        os.chdir(work)
        if request.files is not None:
            copy_files(request.files, uid)
        if uid is not None:
            for folder in (home, work):
                os.chown(folder, uid, uid)
        null = os.open("/dev/null", os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(null, descriptor)
        close_all_but([*request.channels.values(), told])
        Path("/proc/self/oom_score_adj").write_text("1000")
        linux.set_limits(request.limits, self._zygote.size, processes=not request.unboxed)
        if not request.unboxed:
            linux.drop_privileges(uid, uid)
            seccomp.forbid()
        return Start(
            channels=request.channels,
            key=request.key,
            signature_scheme=request.signature_scheme,
            address=str(request.folder / "c"),
            work=str(work),
            home=str(home),
            temporary=str(temporary),
            environment=request.environment,
            state=self._state,
        )

    # -- watching ---------------------------------------------------------------------------

    def _watch(self, limits: Limits) -> int:
        """Wait until the kernel has ended or must; the exit code as subprocess gives it."""
        poller = select.poll()
        poller.register(self._connection, select.POLLIN)
        poller.register(self._kernel_fd, select.POLLIN)
        if self._box_fd >= 0:
            poller.register(self._box_fd, select.POLLIN)
        while True:
            timeout = _LOOK_SECONDS
            if self._hung is not None:
                timeout = min(timeout, max(0.0, self._hung[0] - time.monotonic()))
            ready = {descriptor for descriptor, _ in poller.poll(timeout * 1000)}
            if not ready and self._takes_too_much(limits.memory):
                return self._kill()
            if self._hung is not None and time.monotonic() >= self._hung[0]:
                if self._state[:_STATE_BYTES] == self._hung[1]:  # the very same cell still runs
                    return self._kill()
                self._hung = None
            if self._kernel_fd in ready or self._box_fd in ready:
                return self._kill()
            if self._connection.fileno() in ready and not self._obey(limits.interrupt_grace):
                return self._kill()

    def _takes_too_much(self, memory: int) -> bool:
        """Whether the kernel's processes take more memory together than one of them may."""
        ours = process_memory.descendants(os.getpid())
        if (
            len(ours) <= self._at_start
            or process_memory.memory(ours, self._zygote.size.resident) < memory
        ):
            return False
        reason = f"its processes took more than {memory // MIB} MB of memory together".encode()
        self._state[REASON_AT : REASON_AT + REASON_BYTES] = reason.ljust(REASON_BYTES, b"\0")
        return True

    def _obey(self, grace: int) -> bool:
        """Do what the provisioner says; False when the kernel is to be killed."""
        try:
            packet = self._connection.recv(4096)
        except OSError:
            packet = b""
        if not packet:  # the grading process is gone
            return False
        signum = int(json.loads(packet)["signal"])
        if signum == signal.SIGKILL:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._kernel, signum)
        self._tell(event="signalled")
        state = self._state[:_STATE_BYTES]
        if signum == signal.SIGINT and state[0] and self._hung is None:
            self._hung = (time.monotonic() + grace, state)
        return True

    # -- ending -----------------------------------------------------------------------------

    def _kill(self) -> int:
        """Kill and reap the kernel and everything it has started; its exit code."""
        code = 0
        if self._box_fd >= 0:
            with contextlib.suppress(ProcessLookupError):
                # The first process of the box: with it the whole process namespace goes.
                signal.pidfd_send_signal(self._box_fd, signal.SIGKILL)
        if self._kernel:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._kernel, signal.SIGKILL)
            code = os.waitstatus_to_exitcode(os.waitpid(self._kernel, 0)[1])
            self._kernel = 0
        if self._box is not None:
            if self._box_fd < 0:
                self._box.kill()
            self._box.wait()
        _kill_children()
        return code

    def _end(self, code: int) -> NoReturn:
        # Say it before anything else: whoever waits for it need not wait for our own end.
        reason = self._state[REASON_AT : REASON_AT + REASON_BYTES].rstrip(b"\0")
        text = reason.decode(errors="replace")
        if not self._tell(event="exited", code=code, reason=text) and self._folder is not None:
            remove_kernel_folder(self._folder)
        os._exit(0)

    def _fail(self, error: Exception) -> NoReturn:
        with contextlib.suppress(OSError):
            self._kill()
        boxed = isinstance(error, BoxError)
        line = (
            str(error) if isinstance(error, SlopewiseError) else f"{type(error).__name__}: {error}"
        )
        self._tell(event="failed", box=boxed, message=" ".join(line.split()))
        os._exit(1)

    def _tell(self, **message: Any) -> bool:
        """Send a message to the provisioner; False when it is gone."""
        try:
            self._connection.send(json.dumps(message).encode(), socket.MSG_NOSIGNAL)
        except OSError:
            return False
        return True


def _kill_children() -> None:
    """Without a box: kill what the kernel has left, which has become ours (a subreaper's)."""
    while True:
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(child), signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return
