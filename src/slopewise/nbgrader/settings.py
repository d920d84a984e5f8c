"""Slopewise's settings in nbgrader's configuration: `c.SlopewiseGrading.… = …`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from traitlets import Bool, Dict, Int, TraitError, Unicode
from traitlets.config import Configurable
from traitlets.config.loader import PyFileConfigLoader

from slopewise.errors import CourseError, KernelError
from slopewise.execution import Settings
from slopewise.nbgrader.secrets import others_work, secret_places
from slopewise.notebook.course import CONFIGURATION
from slopewise.notebook.course_settings import read_course_settings
from slopewise.sandbox import Limits, Modules

_USUAL = Settings()


class SlopewiseGrading(Configurable):
    """How submissions are run."""

    limits = Dict(
        help="What one notebook may use, by name, such as {'memory': 2 * 2**30, 'processes': 64};"
        " see slopewise.sandbox.Limits for all. What is not named keeps its default."
    ).tag(config=True)
    unboxed = Bool(
        _USUAL.unboxed, help="Accept the risk of running learners' code without a box, as you."
    ).tag(config=True)
    pictures = Bool(
        _USUAL.pictures,
        help="Whether the lessons' figures are drawn while grading, for feedback pages that show"
        " them; it takes about a sixth more time. False: they are told in words.",
    ).tag(config=True)
    cores = Int(
        _USUAL.cores, allow_none=True, help="How many notebooks run at once; None means one a core."
    ).tag(config=True)
    cell_seconds = Int(
        _USUAL.cell_seconds, help="How long one cell may take before it is interrupted."
    ).tag(config=True)
    notebook_seconds = Int(_USUAL.notebook_seconds, help="How long one notebook may take.").tag(
        config=True
    )
    scheduler = Unicode(
        _USUAL.scheduler,
        help="Address of a Dask scheduler that runs the notebooks, tcp://host:8786.",
    ).tag(config=True)
    results = Unicode(
        "grading/results",
        help="Folder where results are kept, so that nothing is run twice; below the course's"
        " folder unless it begins with /. Empty: none are kept.",
    ).tag(config=True)
    results_days = Int(
        _USUAL.results_days,
        help="Kept results that were of no use for so many days are removed after grading.",
    ).tag(config=True)
    results_megabytes = Int(
        _USUAL.results_megabytes,
        help="How much room kept results may take; those unused longest go first.",
    ).tag(config=True)
    timings = Unicode(
        "",
        help="File into which a run writes the grading process's CPU seconds by stage, as JSON;"
        " below the course's folder unless it begins with /. Empty: none.",
    ).tag(config=True)


def load_config(root: Path) -> Any:
    """Return what a course's `nbgrader_config.py` says.

    Raises:
        CourseError: it cannot be read.
    """
    try:
        return PyFileConfigLoader(CONFIGURATION, path=str(root)).load_config()
    except Exception as error:
        text = " ".join(str(error).split())
        raise CourseError(f"{root / CONFIGURATION}: cannot be read ({text})") from None


def modules_of(root: Path) -> Modules:
    """Return what the lessons of the course in that folder import.

    Raises:
        CourseError: as :func:`read_course_settings` does.
    """
    said = read_course_settings(root).modules
    return Modules(said.needed, said.welcome, tuple(said.late.items()))


def course_settings(root: Path) -> Settings:
    """Return the settings of the course in that folder, for whoever grades without nbgrader.

    Raises:
        CourseError: as :func:`load_config` and :func:`read_settings` do.
    """
    return read_settings(load_config(root), root)


def read_settings(config: Any, root: Path) -> Settings:
    """Return the settings of a configuration; called when a grading run begins.

    Raises:
        CourseError: a setting does not exist or makes no sense; the line names it.
    """
    known = SlopewiseGrading.class_trait_names(config=True)
    for name in config.get("SlopewiseGrading", {}):
        if name not in known:
            raise CourseError(
                f"there is no setting SlopewiseGrading.{name}; there are: "
                + ", ".join(sorted(known))
            )
    if config.get("Execute", {}).get("enabled", True) is False:
        raise CourseError(
            "--no-execute would take a learner's word for what their code does; leave it out: "
            "what was run before is not run again"
        )
    try:
        given = SlopewiseGrading(config=config)
        limits = Limits.from_settings(given.limits)
    except TraitError as error:
        raise CourseError(f"SlopewiseGrading: {' '.join(str(error).split())}") from None
    except KernelError as error:
        raise CourseError(f"SlopewiseGrading.limits: {error}") from None
    results = root / given.results if given.results else None
    return Settings(
        limits=limits,
        unboxed=given.unboxed,
        pictures=given.pictures,
        modules=modules_of(root),
        cores=given.cores,
        cell_seconds=given.cell_seconds,
        notebook_seconds=given.notebook_seconds,
        scheduler=given.scheduler.strip(),
        results=results,
        hidden=secret_places(config, root, results),
        others_work=others_work(config, root),
        results_days=given.results_days,
        results_megabytes=given.results_megabytes,
        timings=root / given.timings if given.timings else None,
    )
