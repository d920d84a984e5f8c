"""What Sphinx does not bring: the lessons as pages, folds, formulas without a script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from slopewise.notebook.course import Course
from slopewise_docs.fold import Fold
from slopewise_docs.formulas import leave_block, leave_inline, visit_block, visit_inline
from slopewise_docs.lessons import write_pages
from slopewise_docs.links import Repository, lead_to_the_repository


def setup(app: Sphinx) -> dict[str, Any]:
    """Called by Sphinx."""
    app.add_config_value("slopewise_course", "", "env", [str])  # "": the folder above this one
    app.add_config_value("slopewise_solutions", True, "env", [bool, str])
    app.add_config_value("slopewise_repository", "", "env", [str])  # "owner/name" on GitHub
    app.add_directive("fold", Fold)
    app.add_html_math_renderer("mathml", (visit_inline, leave_inline), (visit_block, leave_block))
    app.connect("builder-inited", _write_pages)
    app.connect("html-page-context", lead_to_the_repository)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _write_pages(app: Sphinx) -> None:
    solutions = app.config.slopewise_solutions in (True, "1", "yes", "true")
    course = Course.find(Path(app.config.slopewise_course or Path(app.srcdir).parent))
    name = app.config.slopewise_repository
    write_pages(
        course,
        Path(app.srcdir) / "course",
        solutions=solutions,
        repository=Repository(name) if name else None,
    )
