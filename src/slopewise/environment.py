"""The environment that Slopewise's commands run in."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def put_tools_on_path() -> None:
    """Put this environment's programs first on PATH.

    nbgrader starts a bare `alembic`, and Jupyter a bare `jupyter-…`; both stand beside the
    interpreter, which is on PATH only where the environment is activated.
    """
    tools = str(Path(sys.executable).parent)
    folders = os.environ.get("PATH", "").split(os.pathsep)
    if folders[:1] != [tools]:
        rest = [folder for folder in folders if folder and folder != tools]
        os.environ["PATH"] = os.pathsep.join([tools, *rest])
