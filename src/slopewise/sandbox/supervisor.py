"""The supervisor of one notebook's process, forked from the warm process.

It builds the box, forks the notebook's process into it, passes on signals, and sees to it that
nothing of the notebook is left: not when its process ends, not when it is told to end it, and not
when the grading process dies, which it notices by the end of their connection. It says how the
process ended, and whether that was its own doing.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import resource
import select
import signal
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from slopewise.errors import BoxError, KernelError, SlopewiseError
from slopewise.sandbox import linux, process_memory, runtime
from slopewise.sandbox.box import bubblewrap, seccomp
from slopewise.sandbox.limits import MIB, Limits
from slopewise.sandbox.start import Start
from slopewise.sandbox.workspace import close_all_but

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
_HIGHEST = 65_536  # a table of so many descriptors takes half a megabyte
_ROOM = 16
# How a process ends that has crashed, or met a limit: nobody else sends these.
_OWN = {
    signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGABRT, signal.SIGTRAP,
    signal.SIGSYS, signal.SIGXCPU, signal.SIGXFSZ, signal.SIGPIPE,
}  # fmt: skip


@dataclass(frozen=True)
class Origin:
    """What a supervisor needs to know of the warm process it was forked from."""

    size: linux.Size
    user_namespace: int | None
    """Descriptor of the user namespace made for boxes; None when bubblewrap makes one each."""
    slot: int
    """A number of this notebook's own, from which the learner's user is made."""
    core: int
    """The processor core that the notebook and all that it starts run on."""


@dataclass(frozen=True)
class _Request:
    limits: Limits
    unboxed: bool
    hidden: tuple[str, ...]
    environment: dict[str, str]
    channel: int

    @classmethod
    def receive(cls, connection: socket.socket) -> _Request:
        connection.settimeout(_REQUEST_SECONDS)
        packet, descriptors, _, _ = socket.recv_fds(connection, 65536, 1)
        connection.settimeout(None)
        fields = json.loads(packet)
        return cls(
            limits=Limits.from_settings(fields["limits"]),
            unboxed=fields["unboxed"],
            hidden=tuple(fields["hidden"]),
            environment=fields["environment"],
            channel=descriptors[0],
        )


class Supervisor:
    """Supervises one notebook's process from its request to its end."""

    def __init__(self, connection: socket.socket, origin: Origin) -> None:
        self._connection = connection
        self._origin = origin
        self._process = 0
        self._process_fd = -1
        self._box: subprocess.Popen[bytes] | None = None
        self._box_fd = -1
        self._folder: Path | None = None  # without a box: where it works
        self._at_start = 0
        self._reason = ""

    def run(self) -> Start:
        """Do everything. Returns only in the notebook's process; the supervisor itself exits."""
        try:
            request = _Request.receive(self._connection)
            start = self._launch(request)
        except Exception as error:
            self._fail(error)
        if start is None:
            self._end(request.limits, told=self._watch(request.limits))
        return start

    # -- starting ---------------------------------------------------------------------------

    def _launch(self, request: _Request) -> Start | None:
        boxed = not request.unboxed
        uid: int | None = None
        if boxed:
            if self._origin.user_namespace is not None:
                uid = bubblewrap.INSIDE_UID + self._origin.slot
            self._build_box(request, bubblewrap.INSIDE_UID if uid is None else uid)
        else:
            self._folder = runtime.new_run_folder()
        if boxed and uid is not None:
            # Processes forked from here on are born in the box's process namespace.
            linux.setns(self._box_fd, linux.CLONE_NEWPID)
        else:
            linux.adopt_orphans()
        ready, told = os.pipe()
        self._process = self._fork_through() if boxed and uid is None else os.fork()
        if self._process == 0:
            return self._enter(request, uid, told)
        self._process_fd = os.pidfd_open(self._process)
        os.close(told)
        os.close(request.channel)
        with os.fdopen(ready, "rb") as stream:
            answer = stream.read()
        if answer != b"entered":
            raise KernelError(f"the notebook's process could not be prepared:"
                              f" {answer.decode() or 'it died'}")  # fmt: skip
        self._at_start = len(process_memory.descendants(os.getpid()))
        self._tell(event="started", pid=self._process)
        return None

    def _fork_through(self) -> int:
        """As an ordinary user: fork a process that is in the box already.

        Without power outside, a process may enter the box only with all namespaces at once, and
        only its children are in the process namespace. The one between ends, and its child
        becomes ours. Returns the child's number as we see it, and 0 in the child.
        """
        read, write = os.pipe()
        between = os.fork()
        if between == 0:
            try:
                linux.setns(self._box_fd, linux.CLONE_NEWUSER | linux.CLONE_NEWPID | _SPACES)
                process = os.fork()
            except OSError as error:
                os.write(write, str(error).encode())
                os._exit(1)
            if process == 0:
                return 0
            os.write(write, str(process).encode())
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
        policy = bubblewrap.standard_policy(
            request.limits, self._origin.user_namespace, request.hidden
        )
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
            # Of this machine, now, or of one process that was killed: not of what it can do.
            raise KernelError("the box was not built in time; is the machine overloaded?")
        echo = self._box.stdout.read(1)
        if echo != b".":
            complaint = self._box.stderr.read().decode(errors="replace")
            # It says why it fails; where it says nothing, it did not.
            raise BoxError(bubblewrap.explain(complaint)) if complaint.strip() else _ended()
        with os.fdopen(info_read, "rb") as stream:
            # Other processes may hold the writing end: read to the closing brace, not the end.
            text = b""
            while b"}" not in text:
                more = stream.read1(4096)
                if not more:
                    raise _ended()
                text += more
        self._box_fd = os.pidfd_open(json.loads(text)["child-pid"])

    def _enter(self, request: _Request, uid: int | None, told: int) -> Start:
        """In the notebook's process: enter the box and give up all power."""
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
            assert self._folder is not None
            home, temporary = self._folder / "home", self._folder / "tmp"
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
        os.sched_setaffinity(0, {self._origin.core})
        os.chdir(work)
        if uid is not None:
            for folder in (home, work):
                os.chown(folder, uid, uid)
        outputs, errors = os.pipe(), os.pipe()
        null = os.open("/dev/null", os.O_RDWR)
        for descriptor, file in enumerate((null, outputs[1], errors[1])):
            os.dup2(file, descriptor)
        close_all_but([request.channel, *outputs, *errors, null, told])
        high = _out_of_reach([request.channel, outputs[0], errors[0], null, outputs[1], errors[1]])
        Path("/proc/self/oom_score_adj").write_text("1000")
        linux.set_limits(request.limits, self._origin.size, processes=not request.unboxed)
        if not request.unboxed:
            linux.drop_privileges(uid, uid)
            seccomp.forbid()
        return Start(
            channel=high[0],
            readers=(high[1], high[2]),
            descriptors=(high[3], high[4], high[5]),
            home=str(home),
            temporary=str(temporary),
            environment=request.environment,
        )

    # -- watching ---------------------------------------------------------------------------

    def _watch(self, limits: Limits) -> bool:
        """Wait until the process has ended or must; whether somebody here wanted it to."""
        poller = select.poll()
        poller.register(self._connection, select.POLLIN)
        poller.register(self._process_fd, select.POLLIN)
        if self._box_fd >= 0:
            poller.register(self._box_fd, select.POLLIN)
        while True:
            ready = {descriptor for descriptor, _ in poller.poll(_LOOK_SECONDS * 1000)}
            if not ready and self._takes_too_much(limits.memory):
                return True
            if self._process_fd in ready or self._box_fd in ready:
                return False
            if self._connection.fileno() in ready and not self._obey():
                return True

    def _takes_too_much(self, memory: int) -> bool:
        """Whether the notebook's processes take more memory together than one of them may."""
        ours = process_memory.descendants(os.getpid())
        taken = process_memory.socket_buffers(ours)
        if len(ours) > self._at_start:  # else its own limit binds the only one
            taken += process_memory.memory(ours, self._origin.size.resident)
        if taken < memory:
            return False
        self._reason = f"its processes took more than {memory // MIB} MB of memory together"
        return True

    def _obey(self) -> bool:
        """Do what the grader says; False when the process is to be killed."""
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
            os.killpg(self._process, signum)
        self._tell(event="signalled")
        return True

    # -- ending -----------------------------------------------------------------------------

    def _kill(self) -> tuple[int, float]:
        """Kill and reap the process and all it has started; its exit code and CPU seconds."""
        code, seconds = 0, 0.0
        if self._box_fd >= 0:
            with contextlib.suppress(ProcessLookupError):
                # The first process of the box: with it the whole process namespace goes.
                signal.pidfd_send_signal(self._box_fd, signal.SIGKILL)
        if self._process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process, signal.SIGKILL)
            _, status, usage = os.wait4(self._process, 0)
            code, seconds = os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime
            self._process = 0
        if self._box is not None:
            if self._box_fd < 0:
                self._box.kill()
            self._box.wait()
        _kill_children()
        if self._folder is not None:
            runtime.remove_run_folder(self._folder)
        return code, seconds

    def _end(self, limits: Limits, *, told: bool) -> NoReturn:
        code, seconds = self._kill()
        own = told or code >= 0 or -code in _OWN
        if not told and code < 0 and seconds >= limits.cpu_seconds:
            own = True
            self._reason = f"it used more than {limits.cpu_seconds} s of the processor"
        self._tell(event="exited", code=code, own=own, reason=self._reason)
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

    def _tell(self, **message: Any) -> None:
        """Send a message to the grader, if there still is one."""
        with contextlib.suppress(OSError):
            self._connection.send(json.dumps(message).encode(), socket.MSG_NOSIGNAL)


def _ended() -> KernelError:
    return KernelError("the box was ended from outside while it was built")


def _out_of_reach(descriptors: list[int]) -> list[int]:
    """Move descriptors above every number that the process may open when its limits are set."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    top = _HIGHEST if hard == resource.RLIM_INFINITY else min(hard, _HIGHEST)
    if soft != resource.RLIM_INFINITY and soft < top:
        resource.setrlimit(resource.RLIMIT_NOFILE, (top, hard))
    moved = []
    for descriptor in descriptors:
        moved.append(fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, top - _ROOM))
        os.close(descriptor)
    return moved


def _kill_children() -> None:
    """Without a box: kill what the process has left, which has become ours (a subreaper's)."""
    while True:
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(child), signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return
