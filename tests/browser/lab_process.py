"""A JupyterLab of a test's own: started as `make lab` does, on a copy of the course."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from slopewise.notebook.course import Course

COPIED = ("notebooks", "source", "release", "solutions", "answers")
TOKEN = "only-for-this-test"
_PATIENCE = 180.0  # a first start reads a lot from the disk


@dataclass(frozen=True)
class LabProcess:
    """A Lab that runs.

    Attributes:
        root: the copy of the course that it serves.
        port: where it listens, on the loopback interface.
        process: the server.
        log: what it wrote.
    """

    root: Path
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def url(self, path: str = "/lab") -> str:
        """Return an address of the Lab, with its token."""
        return f"http://127.0.0.1:{self.port}{path}?token={TOKEN}"

    def answers(self) -> bool:
        """Whether the server answers a request, however slow the machine is."""
        return _answers(self.port, _PATIENCE)

    def runs(self, module: str) -> int:
        """Return the process of a module that the server has started and that still runs, or 0."""
        return next((one for one, words in self._started() if module in words), 0)

    def makes_pages(self) -> int:
        """Return the process in which the server has pages made, or 0 before there was any."""
        found = (one for one, words in self._started() if "multiprocessing.spawn" in str(words))
        return next(found, 0)

    def _started(self) -> Iterator[tuple[int, list[str]]]:
        """The processes that the server has started, and the words they were started with."""
        for path in Path(f"/proc/{self.process.pid}/task").glob("*/children"):
            for child in path.read_text().split():
                with contextlib.suppress(OSError):
                    yield int(child), Path(f"/proc/{child}/cmdline").read_text().split("\0")

    def stop(self) -> None:
        """End the server, and with it its kernels."""
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def copy_course(repository: Path, root: Path) -> Path:
    """Copy what a course consists of to `root` and return it."""
    for name in COPIED:
        shutil.copytree(repository / name, root / name)
    Course(repository).copy_settings(root)
    shutil.copy(repository / "jupytext.toml", root)
    return root


def own_settings(folder: Path) -> dict[str, str]:
    """Return an environment in which nothing of the person's own Jupyter is seen or changed."""
    names = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    for name in names.values():
        (folder / name).mkdir(parents=True, exist_ok=True)
    kept = {key: value for key, value in os.environ.items() if not key.startswith("JUPYTER")}
    return {**kept, **{key: str(folder / name) for key, name in names.items()}}


def free_port() -> int:
    """Return a port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def launch(
    root: Path,
    settings: Path,
    *arguments: str,
    path: str | None = None,
    read_only: Path | None = None,
) -> tuple[subprocess.Popen[bytes], Path]:
    """Run `slopewise lab` for the course in `root` from a folder outside it; return its log, too.

    path: where programs are looked for, if not where they usually are.
    read_only: a folder that the Lab finds mounted read-only, which holds for any user.
    """
    mounted = ["bwrap", "--die-with-parent", "--dev-bind", "/", "/"]
    command = [
        *([*mounted, "--ro-bind", str(read_only), str(read_only)] if read_only else []),
        *(sys.executable, "-m", "slopewise", "--course", str(root), "lab"),
        *("--ServerApp.ip=127.0.0.1", f"--IdentityProvider.token={TOKEN}", *arguments),
    ]
    environment = own_settings(settings)
    if path is not None:
        environment = {**environment, "PATH": path}
        environment.pop("BROWSER", None)
    log = settings / "lab.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, cwd=settings, env=environment, stdout=file, stderr=subprocess.STDOUT
        )
    return process, log


def start_lab(root: Path, settings: Path, *, read_only: Path | None = None) -> LabProcess:
    """Launch Lab without a browser on a free port and wait until it answers."""
    port = free_port()
    process, log = launch(
        root, settings, "--no-browser", f"--ServerApp.port={port}", read_only=read_only
    )
    lab = LabProcess(root, port, process, log)
    deadline = time.monotonic() + _PATIENCE
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            lab.stop()
            raise AssertionError(f"Lab does not answer; it wrote:\n{log.read_text()[-3000:]}")
        time.sleep(0.2)
    return lab


def wait_until_said(process: subprocess.Popen[bytes], log: Path, text: str) -> str:
    """Wait until the process has written `text`, end it, and return all that it wrote."""
    deadline = time.monotonic() + _PATIENCE
    while text not in (written := log.read_text()):
        if process.poll() is not None or time.monotonic() > deadline:
            break
        time.sleep(0.2)
    process.terminate()
    process.wait()
    assert text in written, written[-3000:]
    return written


def _answers(port: int, patience: float = 5.0) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        connection.request("GET", f"/api/status?token={TOKEN}")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def nbgrader(lab: LabProcess, *words: str) -> str:
    """Run an nbgrader command as the instructor does in a terminal; return what it wrote."""
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *words],
        cwd=lab.root,
        env=own_settings(lab.log.parent),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"nbgrader {' '.join(words)}:\n{done.stderr[-3000:]}"
    return done.stderr
