"""What running a notebook takes and gives: plain frozen data, the same on any machine.

Only what can decide a result is in a :class:`Job`: the code cells, the files beside them, the
limits. Its key names the result for good, so prose may change and nothing is run again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from slopewise.execution.packages import packages
from slopewise.notebook.files import File
from slopewise.sandbox import Limits, Modules

_FORMAT = b"slopewise result 1"


@dataclass(frozen=True)
class Job:
    """One notebook to be run, with everything that decides what comes out.

    Attributes:
        cells: the sources of the code cells in order; a blank one is not run, but keeps its place.
        files: what stands beside the notebook, by name.
        limits: what the kernel may use; `limits.output` is kept while its output is read.
        cell_seconds: how long one cell may take.
        notebook_seconds: how long all cells together may take.
        unboxed: whether to run without a box.
        pictures: whether the course's own figures are drawn, or only told in words.
        ready: pictures of the course's own that are drawn already, sealed; they save time and
            change no result, so they are no part of its name.
        modules: what is imported before the cells run.
        hidden: folders and files that are not shown in the box, absolute, wherever they lie; no
            result depends on what a notebook cannot see, so they are no part of its name.
        environment: the packages that the cells meet; see `execution.packages`.
    """

    cells: tuple[str, ...]
    files: tuple[File, ...] = ()
    limits: Limits = field(default_factory=Limits)
    cell_seconds: int = 60
    notebook_seconds: int = 900
    unboxed: bool = False
    pictures: bool = False
    ready: tuple[tuple[bytes, bytes], ...] = field(default=(), repr=False, compare=False)
    modules: Modules = field(default_factory=Modules)
    hidden: tuple[str, ...] = ()
    environment: str = field(default_factory=lambda: packages())

    @cached_property
    def key(self) -> str:
        """The name of the result: a hash of all that decides it."""
        digest = hashlib.sha256(_FORMAT)
        parts = [self.environment.encode(), str(len(self.cells)).encode()]
        parts += [cell.encode("utf-8", "surrogatepass") for cell in self.cells]
        for file in self.files:
            parts += [file.name.encode("utf-8", "surrogateescape"), file.content]
        parts += [repr((one.name, getattr(self.limits, one.name))).encode()
                  for one in fields(self.limits)]  # fmt: skip
        others = (
            self.cell_seconds,
            self.notebook_seconds,
            self.unboxed,
            self.pictures,
            self.modules,
        )
        parts.append(repr(others).encode())
        for part in parts:
            # The length keeps two parts from passing for one.
            digest.update(len(part).to_bytes(8, "little"))
            digest.update(part)
        return digest.hexdigest()


@dataclass(frozen=True)
class CellOutcome:
    """What one code cell did.

    Attributes:
        count: its place among the cells that ran, from 1; None where it did not run.
        outputs: as nbformat stores them, in plain data.
    """

    count: int | None = None
    outputs: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What a notebook did.

    Attributes:
        cells: one for each of the job's.
        stopped: why not all cells were run, in one sentence; "" where they were.
        repeatable: whether the same job would do the same again, as far as anybody can tell: no
            time limit was met, no memory was missing, and the kernel lived to the end.
    """

    cells: tuple[CellOutcome, ...]
    stopped: str = ""
    repeatable: bool = True
