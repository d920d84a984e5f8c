"""In a notebook's own process: from a fork of the warm one to a shell that runs cells.

:func:`rehearse` runs in the warm process before any fork, :func:`become_runner` in the fork, when
it is in its box and has given up its power.
"""

from __future__ import annotations

import atexit
import base64
import contextlib
import errno
import importlib
import io
import os
import random
import signal
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from slopewise.probe import process_state
from slopewise.sandbox import shell as shells
from slopewise.sandbox.channel import Channel, LostChannelError, pack
from slopewise.sandbox.start import Start
from slopewise.sandbox.streams import LOST_CHANNEL, Pipes, Reporter, Stream

_shell: shells.ZMQInteractiveShell | None = None
_ours: tuple[str, ...] = ()


def rehearse() -> None:
    """In the warm process, after imports: do once what every fork would otherwise do again.

    What a fork only reads it shares; each page that it writes to, it copies first.
    """
    global _shell, _ours
    if _shell is None:
        main = sys.modules["__main__"]
        _rehearse_drawing()
        _shell = shells.make_shell()
        sys.modules["__main__"] = main
    _ours = tuple(name for name in sys.modules if name.startswith("slopewise.sandbox"))
    for module in list(sys.modules.values()):
        registry = getattr(module, "__dict__", {}).get("__warningregistry__")
        if registry:
            registry.clear()
    warnings.onceregistry.clear()  # type: ignore[attr-defined]


def become_runner(start: Start) -> NoReturn:
    """Turn this process into a notebook's, and run cells until the grader wants no more."""
    channel = Channel(start.channel)
    try:
        runner = _Runner(start, channel)
    except BaseException:
        text = traceback.format_exc()[-2048:]
        with contextlib.suppress(BaseException):
            channel.send(pack("failed", 0, text))
        os._exit(1)
    try:
        runner.serve()
    except LostChannelError:
        os._exit(LOST_CHANNEL)
    except BaseException:
        os._exit(1)
    # Not the interpreter's whole end, which takes a while and is nobody's to wait for.
    with contextlib.suppress(BaseException):
        atexit._run_exitfuncs()
    os._exit(0)


class _Runner:
    """Runs what the grader sends, cell by cell."""

    def __init__(self, start: Start, channel: Channel) -> None:
        assert _shell is not None
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _be_fresh(start)
        self._shell = _shell
        sys.modules["__main__"] = _shell.user_module
        self._channel = channel
        self._null, *self._writers = start.descriptors
        self._reporter = reporter = Reporter(channel)
        self._streams = (Stream("stdout", 1, reporter), Stream("stderr", 2, reporter))
        reporter.streams = self._streams
        reporter.pipes = Pipes(
            dict(zip(("stdout", "stderr"), start.readers, strict=True)), reporter
        )
        sys.stdout, sys.stderr = self._streams
        sys.__stdout__, sys.__stderr__ = self._streams  # type: ignore[misc,assignment]
        shells.move_in(_shell, reporter, f"{start.temporary}/.ipython")
        self._loop = shells.Loop()
        process_state.remember()
        for name in _ours:  # out of the learner's sight
            sys.modules.pop(name, None)

    def serve(self) -> None:
        """Run until the grader closes the channel. Raises LostChannelError then."""
        while True:
            frame = self._channel.receive()
            if frame.kind == "file":
                self._write(*frame.content)
            elif frame.kind == "picture":
                _make_ready(*frame.content)
            elif frame.kind == "begin":
                self._channel.send(pack("ready", 0, None))
            elif frame.kind == "run":
                self._run(frame.cell, str(frame.content))

    def _run(self, number: int, source: str) -> None:
        self._put_back()
        self._reporter.begin(number)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            self._loop.run(self._shell, source)
        except BaseException as error:  # nothing that a cell does keeps the next one from running
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            content = {"ename": type(error).__name__, "evalue": "", "traceback": []}
            self._reporter.send("error", content)
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        with contextlib.suppress(BaseException):  # whatever stands there by now
            sys.stdout.flush()
            sys.stderr.flush()
        self._reporter.end()

    def _put_back(self) -> None:
        """Put back what a cell has broken: a stream that takes no text, a descriptor that is shut.

        A stream or descriptor that was only redirected stays so, as it does in any notebook.
        """
        for name, ours in zip(("stdout", "stderr"), self._streams, strict=True):
            stream: Any = getattr(sys, name, None)
            works = False
            with contextlib.suppress(Exception):
                works = callable(stream.write) and callable(stream.flush) and not stream.closed
            if not works:
                setattr(sys, name, ours)
        for descriptor, spare in enumerate((self._null, *self._writers)):
            try:
                os.fstat(descriptor)
            except OSError:
                with contextlib.suppress(OSError):
                    os.dup2(spare, descriptor)

    def _write(self, name: str, encoded: str) -> None:
        """Put a file beside the notebook; with the learner's rights, and nobody else's."""
        path = Path(name)
        try:
            if path.is_absolute() or ".." in path.parts:
                raise PermissionError(errno.EPERM, "its place is not beside the notebook")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(base64.b64decode(encoded))
        except OSError as error:
            self._channel.send(pack("failed", 0, f"{name}: {error.strerror}"))


def _make_ready(label: str, sealed: str) -> None:
    """Keep a picture that this notebook's figures need not draw again."""
    from slopewise.figures import ready

    ready.make_ready(base64.b64decode(label), base64.b64decode(sealed))


def _be_fresh(start: Start) -> None:
    """Forget what the fork remembers of the warm process."""
    for signum in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(signum, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(shells.ENVIRONMENT)
    os.environ.update(start.environment)
    os.environ.update(HOME=start.home, IPYTHONDIR=f"{start.temporary}/.ipython")
    if start.temporary != "/tmp":
        os.environ["TMPDIR"] = start.temporary
    tempfile.tempdir = None
    sys.argv[:] = ["notebook"]
    random.seed()
    for name, reseed in _SEEDED:
        if name in sys.modules:
            reseed(sys.modules[name])


# Generators that a fork has from the warm process; which modules there are is the course's matter.
_SEEDED: tuple[tuple[str, Callable[[Any], object]], ...] = (
    ("numpy", lambda numpy: numpy.random.seed()),
    ("torch", lambda torch: torch.default_generator.seed()),
)


def _rehearse_drawing() -> None:
    """Draw once, so that fonts are found and read, and the parser of formulas is built."""
    try:
        pyplot = importlib.import_module("matplotlib.pyplot")
    except ImportError:  # another course's
        return
    figure, axes = pyplot.subplots(figsize=(2, 2))
    axes.plot([0, 1], [1, 0], label="a")
    axes.set_title("$w_0$")
    axes.legend()
    figure.savefig(io.BytesIO(), format="png")
    pyplot.close("all")
