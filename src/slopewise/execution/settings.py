"""The settings of a grading run, checked once, where they are made."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from slopewise.errors import CourseError
from slopewise.sandbox import Limits, Modules


@dataclass(frozen=True)
class Settings:
    """How notebooks are run. Made from the configuration; a value without sense raises CourseError.

    Attributes:
        limits: what one kernel may use.
        unboxed: accept the risk of running learners' code without a box.
        pictures: whether the course's own figures are drawn while grading, or told in words.
        modules: what a course's lessons import, imported once.
        cores: how many notebooks are run at once on this machine; None means one a core.
        cell_seconds: how long one cell may take.
        notebook_seconds: how long one notebook may take.
        scheduler: a Dask scheduler's address, `tcp://host:8786`; "" means this machine.
        results: the folder where results are kept; None means that none are.
        results_days: results that were of no use for so long are removed after grading.
        results_megabytes: how much room results may take; the oldest beyond it are removed.
        timings: the file that is told where the time went; None means that none is.
        hidden: folders and files that no notebook may see, absolute, wherever they lie.
        others_work: the folders in which learners' work lies.
    """

    limits: Limits = field(default_factory=Limits)
    unboxed: bool = False
    pictures: bool = False
    modules: Modules = field(default_factory=Modules)
    cores: int | None = None
    cell_seconds: int = 60
    notebook_seconds: int = 900
    scheduler: str = ""
    results: Path | None = None
    results_days: int = 120
    results_megabytes: int = 2000
    timings: Path | None = None
    hidden: tuple[str, ...] = ()
    others_work: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        _at_least_one("cell_seconds", self.cell_seconds)
        _at_least_one("notebook_seconds", self.notebook_seconds)
        _at_least_one("results_days", self.results_days)
        _at_least_one("results_megabytes", self.results_megabytes)
        if self.cores is not None:
            _at_least_one("cores", self.cores)
        if self.notebook_seconds < self.cell_seconds:
            raise CourseError(
                f"SlopewiseGrading.notebook_seconds ({self.notebook_seconds}) is less than "
                f"cell_seconds ({self.cell_seconds}); make it larger"
            )
        if self.scheduler and "://" not in self.scheduler:
            raise CourseError(
                f"SlopewiseGrading.scheduler must be an address such as tcp://host:8786, "
                f"not {self.scheduler!r}"
            )

    @property
    def width(self) -> int:
        """How many notebooks run at once on this machine."""
        if self.cores is not None:
            return self.cores
        if hasattr(os, "sched_getaffinity"):
            return len(os.sched_getaffinity(0))
        return os.cpu_count() or 1


def _at_least_one(name: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise CourseError(f"SlopewiseGrading.{name} must be a whole number from 1, not {value!r}")
