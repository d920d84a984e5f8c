"""The Formgrader's own part of a server, without the server."""

from __future__ import annotations

import shutil
from pathlib import Path

from nbgrader.server_extensions.formgrader.formgrader import FormgradeExtension
from tornado.web import Application

from tests.notebooks import REPOSITORY


def formgrader_in(root: Path) -> Application:
    """Set the Formgrader up for a course with our settings in `root`; return what it is set in."""
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    formgrader = FormgradeExtension()
    formgrader.root_dir = str(root)
    formgrader.initialize([])
    application = Application()
    formgrader.init_tornado_settings(application)
    return application
