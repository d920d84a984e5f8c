"""The environment that Slopewise's commands run in."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from types import TracebackType

from slopewise.errors import SlopewiseError
from slopewise.notebook.identifiers import visible


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


def print_anything() -> None:
    """Let a character that the console does not know come out as `?`, not as an error.

    Consoles and pipes that are not UTF-8: Windows' own, a `C` locale, PYTHONIOENCODING.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="replace")


def report_plainly() -> None:
    """Let what a person can act on end a program with one line, whoever's program it is.

    nbgrader's commands show a traceback for whatever is raised below them.
    """
    if getattr(sys.excepthook, "plain", False):
        return
    stock = sys.excepthook

    def report(
        kind: type[BaseException], error: BaseException, traceback: TracebackType | None
    ) -> None:
        if isinstance(error, SlopewiseError):
            print(f"slopewise: {visible(str(error))}", file=sys.stderr)
        elif issubclass(kind, KeyboardInterrupt):  # whoever pressed Ctrl-C knows where
            print("slopewise: stopped", file=sys.stderr)
        else:
            stock(kind, error, traceback)

    report.plain = True  # type: ignore[attr-defined]
    sys.excepthook = report
