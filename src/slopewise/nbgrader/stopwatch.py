"""Where a grading run's CPU time goes, stage by stage.

The main thread's own time is counted for the stage it is in; what other threads of this process
take, which exchange messages with notebooks, belongs to running. Notebooks' own time is not here:
they are other processes.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from pathlib import Path

from slopewise.notebook.files import write_whole

STAGES = ("start", "sanitise", "execute", "verdict", "record")


class Stopwatch:
    """Counts from the start of the process; what is in no stage is recording.

    Attributes:
        seconds: CPU seconds of each stage so far.
    """

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(STAGES, 0.0)
        self.seconds["start"] = time.process_time()
        self._begin = time.process_time()
        self._main = self._last = time.thread_time()
        self._stage = "record"

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what is done within for this stage; stages may be nested, each is for itself."""
        outer = self._switch(name)
        try:
            yield
        finally:
            self._switch(outer)

    def _switch(self, name: str) -> str:
        now = time.thread_time()
        self.seconds[self._stage] += now - self._last
        self._last = now
        before, self._stage = self._stage, name
        return before

    def write(self, path: Path) -> None:
        """Write the seconds by stage as JSON."""
        self._switch(self._stage)
        others = time.process_time() - self._begin - (time.thread_time() - self._main)
        seconds = {**self.seconds, "execute": self.seconds["execute"] + max(0.0, others)}
        write_whole(path, json.dumps(seconds, indent=1).encode() + b"\n")
