"""Every name of nbgrader's and nbconvert's that is used here and is not their public face.

Nothing else in this part reaches into them. `tests/test_upstream.py` holds each name against the
installed release, so that an upgrade which moves one fails there, by its name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slopewise.upstream import Name, Text

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

_MISTUNE = "nbconvert.filters.markdown_mistune"
_BASE = ("nbgrader.converters.base",)
_EXCHANGE = ("nbgrader.exchange.default",)
_UTILS = ("nbgrader.utils",)
_ZIP = ("nbgrader.apps.zipcollectapp",)
_HERE = "nbgrader/upstream.py"
_CONVERTER = "nbgrader/converter.py"
_CORRECTIONS = "nbgrader/corrections.py"
_ARCHIVES = "nbgrader/exchange/archives.py"
_MARKDOWN = "nbgrader/pages/markdown.py"
_IDS = ("assignment_id", "student_id")
_STEP = "no setting names the converter, so its own steps are called one by one"
_ZONES = "no setting says how a due date's zone is shown; today's distance from UTC is"
_SAME = "has to be computed exactly as nbgrader does"
_RENDERS = "the part of nbconvert's Markdown that is drawn otherwise"

NAMES: tuple[Name | Text, ...] = (
    Name(
        "BaseConverter._format_source",
        _BASE,
        _HERE,
        "where submissions are: with whatever a subclass and the settings make of it",
        (*_IDS, "escape"),
    ),
    Name("BaseConverter._format_dest", _BASE, _HERE, "where one is graded, likewise", _IDS),
    Name(
        "BaseConverter.convert_notebooks",
        _BASE,
        _CONVERTER,
        "the loop over submissions: ours stands in its place",
    ),
    Name(
        "BaseConverter.init_notebooks",
        _BASE,
        _CONVERTER,
        "its search by exact names: ours stands in its place, and is put there before it begins",
    ),
    Name("BaseConverter.init_destination", _BASE, _CONVERTER, _STEP, _IDS),
    Name("BaseConverter.init_assignment", _BASE, _CONVERTER, _STEP, _IDS),
    Name(
        "BaseConverter.init_single_notebook_resources",
        _BASE,
        "nbgrader/submissions/preparing.py",
        _STEP,
        ("notebook_filename",),
    ),
    Name("BaseConverter.run_pre_convert_hook", _BASE, _CONVERTER, _STEP),
    Name("BaseConverter.run_post_convert_hook", _BASE, _CONVERTER, _STEP),
    Name("BaseConverter.set_permissions", _BASE, _CONVERTER, _STEP, _IDS),
    Name(
        "TemplateExporter._template_paths",
        ("nbconvert.exporters.templateexporter",),
        _HERE,
        "a folder of ours comes before nbconvert's own; the setting would put it in their place",
    ),
    Name(
        "ZipCollectApp._format_collect_path",
        _ZIP,
        _HERE,
        "where archives are put and extracted to; the settings hold patterns only",
        ("collect_step",),
    ),
    Name(
        "ZipCollectApp._transfer_files",
        _ZIP,
        _ARCHIVES,
        "no setting or plugin is told how many files were collected",
        ("collected_data",),
    ),
    Name(
        "ZipCollectApp.process_extracted_files",
        _ZIP,
        _ARCHIVES,
        "the command's last step, after which it says what was not collected",
    ),
    Name(
        "Gradebook",
        OPENS_GRADEBOOK,
        "nbgrader/gradebook.py",
        "one engine a run instead of nine a notebook; no setting does",
    ),
    Name(
        "parse_utc",
        (*READS_TIMES, PAGES),
        _CORRECTIONS,
        "no setting says how times are read",
        ("ts",),
    ),
    Name("as_timezone", (PAGES,), _CORRECTIONS, _ZONES, ("ts", "timezone")),
    Name("to_numeric_tz", SHOWS_TIMES, _CORRECTIONS, _ZONES, ("timezone",)),
    Name(
        "capture_log",
        (PAGES, *_UTILS),
        _CORRECTIONS,
        "a button's dialog has no setting for what it shows",
        ("app",),
    ),
    Name(
        "glob",
        FINDS_FILES,
        _CORRECTIONS,
        "brackets in the course's own path are taken for a pattern",
    ),
    Name(
        "DbStudentImportApp.start",
        (IMPORTS_STUDENTS,),
        _CORRECTIONS,
        "the command has no setting for how a table is read",
    ),
    Name(
        "CourseDirectory.get_existing_timestamp",
        ("nbgrader.coursedir",),
        "nbgrader/deadlines/timestamps.py",
        "no setting says what becomes of a time that cannot be read",
    ),
    Name("Exchange.ensure_root", _EXCHANGE, "nbgrader/exchange/guarded.py", "says what to do"),
    Name(
        "Exchange.do_copy",
        _EXCHANGE,
        "nbgrader/exchange/submit.py",
        "no setting says which of a learner's files go along",
        ("src", "dest"),
    ),
    Name(
        "ExchangeList.parse_assignments",
        _EXCHANGE,
        "nbgrader/exchange/list.py",
        "no setting says whose submissions are shown",
    ),
    Name("compute_checksum", _UTILS, "nbgrader/unanswered.py", _SAME, ("cell",)),
    Name("determine_grade", _UTILS, "nbgrader/recording.py", _SAME, ("cell",)),
    Name("notebook_hash", _UTILS, "nbgrader/exchange/release.py", _SAME, ("path", "unique_key")),
    Name("rmtree", _UTILS, _CONVERTER, "removes what nbgrader has made read-only", ("path",)),
    Name("IPythonRenderer.block_math", (_MISTUNE,), _MARKDOWN, _RENDERS, ("body",)),
    Name("IPythonRenderer.inline_math", (_MISTUNE,), _MARKDOWN, _RENDERS, ("body",)),
    Name("IPythonRenderer.latex_environment", (_MISTUNE,), _MARKDOWN, _RENDERS, ("name", "body")),
    Name("MarkdownWithMath", (_MISTUNE,), _MARKDOWN, _RENDERS, ("renderer",)),
    Text(
        "Removing existing",
        "nbgrader",
        "nbgrader/converters/base.py",
        "nbgrader/plain_log.py",
        "a line of the log that says nothing to whoever pressed a button",
    ),
    Text(
        "No submitted file: ",
        "nbgrader",
        "nbgrader/converters/autograde.py",
        _CONVERTER,
        "a line of the log that is untrue where a notebook has another name",
    ),
    Text(
        SIDE[1],
        "nbgrader",
        f"nbgrader/server_extensions/formgrader/templates/{SIDE[0]}",
        _HERE,
        "where the links at the side begin, in the Formgrader's pages",
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
