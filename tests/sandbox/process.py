"""A running notebook's process for the tests."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from slopewise.nbgrader.settings import modules_of
from slopewise.sandbox import Limits
from slopewise.sandbox.session import Session
from tests.notebooks import REPOSITORY


@dataclass
class Result:
    """What one cell did."""

    text: str = ""
    """Everything printed, and the plain text of results."""
    error: str = ""
    """Name and message of the exception, or an empty text."""
    mime_types: list[str] = field(default_factory=list)


class Process:
    """A notebook's process, used as `execution` uses it."""

    def __init__(self, folder: Path | None = None, *, limits: Any = None, **settings: Any) -> None:
        files = []
        if folder is not None:
            found = [path for path in folder.rglob("*") if path.is_file()]
            files = [(str(path.relative_to(folder)), path.read_bytes()) for path in found]
        if not isinstance(limits, Limits):
            limits = Limits.from_settings(limits or {})
        settings.setdefault("modules", modules_of(REPOSITORY))
        self.session = Session(limits, files=files, **settings)
        self._cell = 0

    def run(self, code: str, timeout: float = 60) -> Result:
        """Run a cell; raises TimeoutError when it takes too long or the process ends."""
        self.start(code)
        result = Result()
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            frames = self.session.receive(0.5)
            for frame in frames:
                content = frame.content
                if frame.cell != self._cell:
                    continue
                if frame.kind == "end":
                    return result
                if frame.kind == "stream":
                    result.text += content["text"]
                elif frame.kind in ("execute_result", "display_data"):
                    result.mime_types += list(content["data"])
                    result.text += str(content["data"].get("text/plain", ""))
                elif frame.kind == "error":
                    result.error = f"{content['ename']}: {content['evalue']}"
            if not frames and self.session.end is not None:
                break
        raise TimeoutError(f"{self.session.end}; so far: {result}")

    def close(self) -> None:
        """End it."""
        self.session.close()

    def start(self, code: str) -> None:
        """Start a cell and do not wait for it."""
        self._cell += 1
        self.session.run(self._cell, code)

    def is_alive(self) -> bool:
        """Whether its supervisor has said nothing of its end."""
        self.session.receive(0)
        return self.session.end is None

    @property
    def pid(self) -> int:
        """The process, as seen from outside its box."""
        return self.session.pid


ProcessMaker = Callable[..., Process]
