"""The grading process's side of the warm process: find it, or start it, or let it go.

Everything here uses the standard library only, so that the warm process can be started before
the grading process has imported anything.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import site
import socket
import subprocess
import sys
import threading
from pathlib import Path

from slopewise.errors import KernelError
from slopewise.sandbox import runtime
from slopewise.sandbox.modules import Modules, own_sources

# Settings of the machine that a notebook's output may depend on. Everything else of the grading
# process's environment stays there.
_PASSED_ON = ("LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "TZ")

# An owner's connection tells the warm process that this process still lives.
_owner: socket.socket | None = None
_owner_of: tuple[int, Path] | None = None
_guard = threading.Lock()


def base_environment() -> dict[str, str]:
    """The environment variables of the warm process and of every notebook's."""
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment.setdefault("LANG", "C.UTF-8")
    environment.update(_import_settings())
    environment.update(
        PATH=f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
        HOME="/home/learner",
        USER="learner",
        LOGNAME="learner",
        SHELL="/bin/sh",
        OMP_NUM_THREADS="1",
        MPLBACKEND="module://matplotlib_inline.backend_inline",
        MALLOC_ARENA_MAX="2",
    )
    return environment


def _import_settings() -> dict[str, str]:
    """Where else than in its own folders this user's Python finds modules."""
    found = {}
    paths = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    if paths:
        found["PYTHONPATH"] = os.pathsep.join(str(Path(path).absolute()) for path in paths)
    if site.ENABLE_USER_SITE:
        found["PYTHONUSERBASE"] = site.getuserbase()
    else:
        found["PYTHONNOUSERSITE"] = "1"
    return found


def environment_key() -> str:
    """A name for everything a warm process has in it: after an upgrade a new one is started."""
    digest = hashlib.sha256()
    folders = [Path(folder) for folder in (*site.getsitepackages(), site.getusersitepackages())]
    for text in (sys.executable, sys.version, sys.prefix, json.dumps(base_environment())):
        digest.update(text.encode() + b"\0")
    for path in (*folders, *own_sources()):
        with contextlib.suppress(OSError):
            digest.update(f"{path}\0{path.stat().st_mtime_ns}\0".encode())
    return digest.hexdigest()[:12]


def cache_folder() -> Path:
    """Where the warm process keeps matplotlib's list of fonts between runs."""
    base = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    return Path(base) / "slopewise"


def connect(idle_seconds: float, modules: Modules) -> socket.socket:
    """A connection to the warm process with these modules, which is started if there is none.

    Returns at once, also when the warm process is still importing: what is sent waits for it.
    """
    path = _path(modules)
    with runtime.lock():
        connection = _connected(path)
        if connection is None:
            runtime.sweep()
            _start(path, idle_seconds, modules)
            connection = _connected(path)
        if connection is None:
            raise KernelError(f"the warm process ended: {why_it_died(modules)}")
        _own(path)
    return connection


def _connected(path: Path) -> socket.socket | None:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        connection.connect(str(path))
    except OSError:
        connection.close()
        return None
    return connection


def _start(path: Path, idle_seconds: float, modules: Modules) -> None:
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(str(path))
        path.chmod(0o600)
        listener.listen(128)
        environment = base_environment()
        fonts = cache_folder()
        with contextlib.suppress(OSError):
            fonts.mkdir(parents=True, exist_ok=True)
            environment["MPLCONFIGDIR"] = str(fonts)
        environment["SLOPEWISE_RUNTIME_DIR"] = str(path.parent)
        command = [sys.executable, "-m", "slopewise.sandbox.fork_server"]
        command += ["--listener", str(listener.fileno()), "--path", str(path)]
        command += ["--idle", str(idle_seconds), "--modules", modules.as_text()]
        with path.with_suffix(".log").open("wb") as log:
            # It detaches itself, so this ends at once.
            subprocess.run(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                pass_fds=[listener.fileno()],
                check=False,
            )


def _own(path: Path) -> None:
    """Tell the warm process, once for each process of ours, that we may ask it again."""
    global _owner, _owner_of
    with _guard:
        ours = (os.getpid(), path)
        if _owner is not None:
            if _owner_of == ours and _alive(_owner):
                return
            _owner.close()
        _owner = _connected(path)
        _owner_of = ours
        if _owner is not None:
            with contextlib.suppress(OSError):
                _owner.send(b"own")


def _alive(connection: socket.socket) -> bool:
    try:
        return connection.recv(1, socket.MSG_DONTWAIT) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


def disown() -> None:
    """Tell the warm process that this process needs it no more; it then ends when it is idle."""
    global _owner
    with _guard:
        if _owner is not None:
            _owner.close()
            _owner = None


def linger(idle_seconds: float, seconds: float, modules: Modules) -> None:
    """Ask the warm process to wait that long for further work when this process has ended.

    Called by commands that people run again and again, each a process of its own. Starts the
    warm process if there is none.
    """
    with connect(idle_seconds, modules) as connection:
        _say_how_long(connection, seconds)


def dismiss() -> None:
    """Let every warm process of this environment end as soon as it is idle."""
    disown()
    for path in runtime.runtime_folder().glob(f"z{environment_key()}*.socket"):
        connection = _connected(path)
        if connection is not None:
            with connection:
                _say_how_long(connection, 0.0)


def _say_how_long(connection: socket.socket, seconds: float) -> None:
    with contextlib.suppress(OSError):
        connection.send(f"linger {seconds:g}".encode())


def _path(modules: Modules) -> Path:
    own = hashlib.sha256(modules.as_text().encode()).hexdigest()[:6]
    return runtime.runtime_folder() / f"z{environment_key()}{own}.socket"


def why_it_died(modules: Modules) -> str:
    """The last line that the warm process with these modules has said, for an error message."""
    path = _path(modules).with_suffix(".log")
    with contextlib.suppress(OSError):
        lines = path.read_text(errors="replace").strip().splitlines()
        if lines:
            return lines[-1]
    return "it left no message"
