"""Every name of nbgrader's and nbconvert's that is used here and is not their public face.

Nothing else in this part reaches into them. `tests/nbgrader/test_upstream.py` holds each name
against the installed release, so that an upgrade which moves one fails there, by its name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Name:
    """A name of another package's.

    Attributes:
        path: its module, a colon, and what it is called there.
        why: what nothing public could do in its place.
        parameters: those that are used, where it is called or stands in for another.
    """

    path: str
    why: str
    parameters: tuple[str, ...] = ()


READS_TIMES = (
    "nbgrader.utils",
    "nbgrader.coursedir",
    "nbgrader.exchange.default.collect",
    "nbgrader.apps.zipcollectapp",
)
"""Modules in which `parse_utc` reads what somebody has to mend if it is wrong."""

PAGES = "nbgrader.apps.api"
"""Here it reads learners' files for the Formgrader; one that is damaged must not take the page."""

SHOWS_TIMES = (PAGES, "nbgrader.server_extensions.formgrader.handlers")
"""Modules that show a time in the course's zone, with `to_numeric_tz`."""

FINDS_FILES = (
    "nbgrader.utils",
    "nbgrader.apps.api",
    "nbgrader.converters.base",
    "nbgrader.exchange.default.collect",
    "nbgrader.exchange.default.exchange",
    "nbgrader.exchange.default.fetch_feedback",
    "nbgrader.exchange.default.list",
    "nbgrader.exchange.default.release_feedback",
)
"""Modules that look for files with `glob.glob`."""

IMPORTS_STUDENTS = "nbgrader.apps.dbapp"
"""Where `nbgrader db student import` is."""

OPENS_GRADEBOOK = (
    "nbgrader.converters.autograde",
    "nbgrader.preprocessors.latesubmissions",
    "nbgrader.preprocessors.saveautogrades",
)
"""Modules that open the gradebook anew for each notebook while they grade."""

SIDE = ("base.tpl", '<ul class="nav nav-pills nav-stacked">')
"""The Formgrader's template of all its pages, and where in it the links at the side begin: no block
of it can be filled without taking away what the pages put there."""

_CONVERTER = "nbgrader.converters.base:BaseConverter"
_AUTOGRADE = "nbgrader.converters.autograde:Autograde"
_STEP = "no setting names the converter, so its own steps are called one by one"
_ZONES = "no setting says how a due date's zone is shown; today's distance from UTC is"

NAMES = (
    Name(
        f"{_CONVERTER}._format_source",
        "where submissions are: with whatever a subclass and the settings make of it",
        ("assignment_id", "student_id", "escape"),
    ),
    Name(
        f"{_CONVERTER}._format_dest",
        "where a submission is graded, likewise",
        ("assignment_id", "student_id"),
    ),
    Name(f"{_CONVERTER}.convert_notebooks", "the loop over submissions: ours stands in its place"),
    Name(f"{_CONVERTER}.init_destination", _STEP, ("assignment_id", "student_id")),
    Name(f"{_AUTOGRADE}.init_assignment", _STEP, ("assignment_id", "student_id")),
    Name(f"{_CONVERTER}.init_assignment", _STEP, ("assignment_id", "student_id")),
    Name(f"{_CONVERTER}.init_single_notebook_resources", _STEP, ("notebook_filename",)),
    Name(f"{_CONVERTER}.run_pre_convert_hook", _STEP),
    Name(f"{_CONVERTER}.run_post_convert_hook", _STEP),
    Name(f"{_CONVERTER}.set_permissions", _STEP, ("assignment_id", "student_id")),
    Name(
        "nbconvert.exporters.templateexporter:TemplateExporter._template_paths",
        "a folder of ours comes before nbconvert's own; the setting would put it in their place",
    ),
    Name(
        "nbgrader.apps.zipcollectapp:ZipCollectApp._format_collect_path",
        "where archives are put and extracted to; the settings hold patterns only",
        ("collect_step",),
    ),
    *(
        Name(f"{module}:Gradebook", "one engine a run instead of nine a notebook; no setting does")
        for module in OPENS_GRADEBOOK
    ),
    *(
        Name(f"{module}:parse_utc", "no setting says how times are read", ("ts",))
        for module in (*READS_TIMES, PAGES)
    ),
    Name(f"{PAGES}:as_timezone", _ZONES, ("ts", "timezone")),
    Name(f"{PAGES}:capture_log", "a button's dialog has no setting for what it shows", ("app",)),
    *(Name(f"{module}:to_numeric_tz", _ZONES, ("timezone",)) for module in SHOWS_TIMES),
    *(
        Name(f"{module}:glob", "brackets in the course's own path are taken for a pattern")
        for module in FINDS_FILES
    ),
    Name(
        f"{IMPORTS_STUDENTS}:DbStudentImportApp.start",
        "the command has no setting for how a table is read",
    ),
)


def source_folder(converter: Any, assignment: str, student: str, *, escape: bool = False) -> str:
    """Return where a submission is, by a converter; or, escaped, a pattern of such places."""
    return str(converter._format_source(assignment, student, escape=escape))


def destination_folder(converter: Any, assignment: str, student: str) -> str:
    """Return where a converter puts what it makes of a submission."""
    return str(converter._format_dest(assignment, student))


def stock_template_paths(exporter: Any) -> list[str]:
    """Return the folders in which nbconvert itself looks for an exporter's templates."""
    return [str(path) for path in exporter._template_paths()]


def turn_into(instance: Any, kind: type, **attributes: Any) -> None:
    """Make an object that nbgrader has made into one of a subclass of its own class.

    nbgrader's settings name neither converters nor what an application does at its end.

    Args:
        instance: what nbgrader has made.
        kind: what it becomes; where its class is somebody's own, that keeps what it adds.
        attributes: of the class that it becomes.
    """
    own = type(instance)
    if issubclass(kind, own) and not attributes:
        instance.__class__ = kind
    else:
        instance.__class__ = type(kind.__name__, (kind, own), attributes)


def search_by(exporter: type, adopt: Callable[[Any], None]) -> None:
    """Let a converter that exports by our exporter be adopted before it searches.

    nbgrader's `start` calls `init_notebooks` before it makes the exporter that brings us in, and
    stops where its own search by exact names finds nothing; nothing that can be configured comes
    earlier than the import of the exporter's module, which calls this.
    """
    from nbgrader.converters import Autograde
    from nbgrader.converters.base import BaseConverter

    def init_notebooks(converter: Any) -> None:
        if issubclass(converter.exporter_class, exporter):
            adopt(converter)
            converter.init_notebooks()
        else:
            BaseConverter.init_notebooks(converter)

    Autograde.init_notebooks = init_notebooks


def collect_path(app: Any, step: str) -> str:
    """Return the folder of a step of nbgrader's `zip_collect`, such as its archives'."""
    return str(app._format_collect_path(step))


def with_link(templates: Any, address: str, words: str) -> tuple[str, str]:
    """Return the name and source of the Formgrader's template, with one more link at the side.

    Args:
        templates: the Formgrader's jinja2 environment.
        address: where the link leads; may hold the template's own names.
        words: what it says.
    """
    name, place = SIDE
    source = templates.loader.get_source(templates, name)[0]
    link = f'<li role="presentation"><a href="{address}">{words}</a></li>'
    return name, source.replace(place, place + link, 1)
