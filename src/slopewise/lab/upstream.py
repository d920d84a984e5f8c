"""Every name of nbgrader's and JupyterLab's servers and pages that is not their public face.

`tests/test_upstream.py` holds each against the installed release.
"""

from __future__ import annotations

from slopewise.upstream import Name, Text

_BASE = ("nbgrader.server_extensions.formgrader.base",)
_PAGES = ("nbgrader.server_extensions.formgrader.handlers",)
_LIST = ("nbgrader.server_extensions.assignment_list.handlers",)
_API = "nbgrader/server_extensions/formgrader/apihandlers.py"
_BUTTON = "a button's address, answered beside the server instead"
_SERVER = "lab/extension.py"
_KEPT = "nbgrader/server_extensions/formgrader/base.py"
_PLACED = "where the Formgrader keeps what ours takes the place of"
_ANSWERS = "an error of the Assignment List becomes a sentence"
_LAB = "lab/labextensions/slopewise-lab/static/remoteEntry.js"
_SCRIPTS = "nbgrader/labextension/static/*.js"
_LISTED = "nbgrader's list has no place for a button of ours"
_DRAWN = "JupyterLab has no place for what a picture or a page lacks"
_SLIDERS = "ipywidgets leaves a slider's handle without a name"

NAMES: tuple[Name | Text, ...] = (
    Name("BaseApiHandler", _BASE, _SERVER, _BUTTON),
    Name("check_xsrf", _BASE, _SERVER, _BUTTON),
    Name("check_notebook_dir", _BASE, _SERVER, _BUTTON),
    Name(
        "SubmissionHandler.get",
        _PAGES,
        "lab/formgrader_pages.py",
        "the page is made while the server goes on",
        ("submission_id",),
    ),
    Name("SubmissionHandler.exporter", _PAGES, "lab/formgrader_pages.py", "what makes the page"),
    Name(
        "SubmissionFilesHandler",
        _PAGES,
        "lab/formgrader_pages.py",
        "files beside a page run nothing",
    ),
    Name("AssignmentList.list_assignments", _LIST, "lab/handing.py", _ANSWERS, ("course_id",)),
    Name(
        "AssignmentList.list_submitted_assignments",
        _LIST,
        "lab/handing.py",
        "it says nowhere what was late",
        ("course_id",),
    ),
    Name(
        "AssignmentList.submit_assignment",
        _LIST,
        "lab/handing.py",
        _ANSWERS,
        ("course_id", "assignment_id"),
    ),
    Text("nbgrader_exporter", "nbgrader", _KEPT, _SERVER, _PLACED),
    Text("nbgrader_jinja2_env", "nbgrader", _KEPT, _SERVER, _PLACED),
    Text(
        "assignment_list_manager",
        "nbgrader",
        "nbgrader/server_extensions/assignment_list/handlers.py",
        _SERVER,
        "where the Assignment List keeps what ours takes the place of",
    ),
    Text("/submission/([^/]+)/([^/]+)/autograde", "nbgrader", _API, _SERVER, _BUTTON),
    Text("/assignment/([^/]+)/generate_feedback", "nbgrader", _API, _SERVER, _BUTTON),
    Text("/assignment/([^/]+)/([^/]+)/generate_feedback", "nbgrader", _API, _SERVER, _BUTTON),
    Text(
        "formgrader/submissions/([^/]+)",
        "nbgrader",
        "nbgrader/server_extensions/formgrader/handlers.py",
        _SERVER,
        "a page's address, where only its own scripts may run",
    ),
    Text(
        "default_router.rules",
        "tornado",
        "tornado/web.py",
        _SERVER,
        "the first rule that fits answers, and rules can only be added behind",
    ),
    Text("fetched_assignments_list", "nbgrader", _SCRIPTS, _LAB, _LISTED),
    Text("nested_list_item", "nbgrader", _SCRIPTS, _LAB, _LISTED),
    Text("jp-mainmenu-nbgrader", "nbgrader", _SCRIPTS, _LAB, "nbgrader makes its menu by itself"),
    Text("jp-RenderedImage", "jupyterlab", "jupyterlab/static/*.js", _LAB, _DRAWN),
    Text("jp-MarkdownViewer", "jupyterlab", "jupyterlab/static/*.js", _LAB, _DRAWN),
    Text(
        "_JUPYTERLAB",
        "jupyterlab",
        "jupyterlab/static/*.js",
        _LAB,
        "an extension that is built brings it along; ours is one file, not built",
    ),
    Text("noUi-handle", "jupyterlab_widgets", "static/*.js", _LAB, _SLIDERS),
    Text("widget-label", "jupyterlab_widgets", "static/*.js", _LAB, _SLIDERS),
)
