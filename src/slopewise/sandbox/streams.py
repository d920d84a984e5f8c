"""What a notebook's process prints: Python's streams, and whatever reaches descriptors 1 and 2.

Both become frames in the order in which they were written: before a frame is sent, what waits in
the pipes is. A thread reads the pipes, too, so that a program that writes much is not kept waiting.
"""

from __future__ import annotations

import codecs
import contextlib
import contextvars
import io
import os
import select
import signal
import threading
import time
import weakref
from collections.abc import Iterable
from typing import Any

from slopewise.sandbox import channel

_READ_BYTES = 32 * 1024
_READS_AT_MOST = 64  # at one drain: a program may never stop writing
_TEXT_AT_ONCE = 8192  # characters that wait to be sent together
_FRAME_TEXT = 32 * 1024
_WAIT_SECONDS = 0.05
LOST_CHANNEL = 86
"""Exit status of a notebook's process that has lost its way to the grader."""


class Reporter:
    """Sends what the current cell does; the rest of the process knows only this object of the way.

    What belongs to an earlier cell, such as the late print of a thread that it started, is sent
    to nobody: that cell has ended.
    """

    def __init__(self, way: channel.Channel) -> None:
        self._way = way
        self._forked = False
        self._cell = 0
        self._begun_in: contextvars.ContextVar[int] = contextvars.ContextVar("cell")
        self._earlier: weakref.WeakSet[threading.Thread] = weakref.WeakSet()
        self.streams: tuple[Stream, ...] = ()
        self.pipes: Pipes | None = None
        os.register_at_fork(before=self.flush, after_in_child=self._be_forked)

    @property
    def forked(self) -> bool:
        """Whether this process is one that a cell has forked."""
        return self._forked

    def begin(self, cell: int) -> None:
        """Begin a cell."""
        if self.pipes is not None:
            self.pipes.drain()  # no cell's, and so forgotten
        self._cell = cell
        self._begun_in.set(cell)

    def end(self) -> None:
        """End the cell: send what it has still said, and that it has ended."""
        self.flush()
        cell, self._cell = self._cell, 0  # from here on nobody's prints arrive
        self._earlier = weakref.WeakSet(threading.enumerate())
        self._earlier.discard(threading.main_thread())
        self._way.send(channel.pack("end", cell, None))

    def send(self, kind: str, content: Any) -> None:
        """Tell of the current cell; raises TypeError or ValueError where JSON has no word for it.

        Where the way to the grader is lost, the process ends here: nobody would hear of it.
        """
        if self._forked or self.is_late():
            return
        self.flush()
        self._tell(kind, content)

    def flush(self) -> None:
        """Send what was written and waits."""
        if self._forked:
            return
        self.flush_streams()
        if self.pipes is not None:
            self.pipes.drain()

    def flush_streams(self) -> None:
        """Send what Python's own streams hold."""
        for stream in self.streams:
            stream.flush()

    def print(self, name: str, text: str) -> None:
        """Send printed text."""
        for start in range(0, len(text), _FRAME_TEXT):
            part = {"name": name, "text": text[start : start + _FRAME_TEXT]}
            self._tell("stream", part)

    def is_late(self) -> bool:
        """Whether what is said now is an earlier cell's, or no cell's at all."""
        if not self._cell:
            return True
        begun = self._begun_in.get(None)
        if begun is not None:
            return begun != self._cell
        return threading.current_thread() in self._earlier

    def _tell(self, kind: str, content: Any) -> None:
        if not self._cell:
            return
        body = channel.pack(kind, self._cell, content)
        try:
            self._way.send(body)
        except channel.LostChannelError:
            os._exit(LOST_CHANNEL)

    def _be_forked(self) -> None:
        """In a process that a cell has forked: print to the descriptors, which are read."""
        self._forked = True
        self._way.close()


class Stream(io.TextIOBase):
    """Python's `sys.stdout` or `sys.stderr`; text is sent together where it comes in pieces.

    Args:
        name: `stdout` or `stderr`.
        descriptor: where the text goes in a process that was forked.
        reporter: where it goes here.
    """

    encoding = "UTF-8"
    errors = "replace"

    def __init__(self, name: str, descriptor: int, reporter: Reporter) -> None:
        self.name = f"<{name}>"
        self._name = name
        self._descriptor = descriptor
        self._reporter = reporter
        self._lock = threading.RLock()
        self._waiting: list[str] = []
        self._length = 0
        self._sent = 0.0

    def writable(self) -> bool:
        """True."""
        return True

    def isatty(self) -> bool:
        """False: nobody looks at it."""
        return False

    def fileno(self) -> int:
        """The descriptor, for programs that are started; what they write is read."""
        return self._descriptor

    def write(self, text: str) -> int:
        """Write text, of whatever length; what an earlier cell's thread writes is dropped."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if self._reporter.forked:
            with contextlib.suppress(OSError):
                os.write(self._descriptor, text.encode("utf-8", "replace"))
            return len(text)
        if self._reporter.is_late():
            return len(text)
        with self._lock:
            self._waiting.append(text)
            self._length += len(text)
            full = self._length > _TEXT_AT_ONCE or time.monotonic() > self._sent + _WAIT_SECONDS
        if full:
            self._reporter.flush()
        return len(text)

    def writelines(self, lines: Iterable[Any]) -> None:
        """Write each of the texts."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Send what waits."""
        with self._lock:
            if self._waiting:
                text = "".join(self._waiting)
                self._waiting.clear()
                self._length = 0
                self._sent = time.monotonic()
                self._reporter.print(self._name, text)

    def close(self) -> None:
        """Stay open: a cell that closes it would silence the next ones."""
        self.flush()


class Pipes:
    """The pipes behind descriptors 1 and 2.

    Args:
        readers: their reading ends, by stream's name.
        reporter: told what was read.
    """

    def __init__(self, readers: dict[str, int], reporter: Reporter) -> None:
        self._decoders = {
            descriptor: (name, codecs.getincrementaldecoder("utf-8")("replace"))
            for name, descriptor in readers.items()
        }
        self._reporter = reporter
        self._lock = threading.RLock()
        self.thread = threading.Thread(target=self._read_on, daemon=True, name="outputs")
        self.thread.start()

    def drain(self) -> None:
        """Pass on what is there by now."""
        for _ in range(_READS_AT_MOST):
            if not self._read(0):
                return

    def _read(self, seconds: float | None) -> bool:
        """Pass on what is there within so many seconds; whether there was anything."""
        try:
            # Waiting does not hold the lock: whoever drains must not wait for the thread.
            if not self._ready(seconds):
                return False
            with self._lock:
                ready = self._ready(0)
                for descriptor in ready:
                    data = os.read(descriptor, _READ_BYTES)
                    name, decoder = self._decoders[descriptor]
                    if not data:
                        del self._decoders[descriptor]
                        continue
                    text = decoder.decode(data)
                    if text:
                        self._reporter.flush_streams()  # it was written before
                        self._reporter.print(name, text)
                return bool(ready)
        except OSError:  # closed by a cell
            self._decoders.clear()
            return False

    def _ready(self, seconds: float | None) -> list[int]:
        """The descriptors with something to read."""
        poller = select.poll()  # select itself knows none above 1023
        for descriptor in self._decoders:
            poller.register(descriptor, select.POLLIN)
        events = poller.poll(None if seconds is None else seconds * 1000)
        if any(flags & select.POLLNVAL for _, flags in events):
            raise OSError("closed")
        return [descriptor for descriptor, _ in events]

    def _read_on(self) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))
        while self._decoders:
            self._read(None)
