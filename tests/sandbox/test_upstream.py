"""The private names of other packages are there, and mean what we rely on."""

from __future__ import annotations

import inspect

from IPython.core.interactiveshell import InteractiveShell
from matplotlib import rcsetup
from matplotlib_inline import backend_inline

from slopewise.sandbox import upstream
from slopewise.sandbox.shell import ZMQInteractiveShell


def test_a_shell_shows_its_tracebacks_by_the_method_that_ours_overrides() -> None:
    theirs = getattr(InteractiveShell, upstream.SHOW_TRACEBACK)
    assert list(inspect.signature(theirs).parameters) == ["self", "etype", "evalue", "stb"]
    assert f"self.{upstream.SHOW_TRACEBACK}(" in inspect.getsource(InteractiveShell.showtraceback)
    assert f"self.{upstream.SHOW_TRACEBACK}(" in inspect.getsource(InteractiveShell.showsyntaxerror)
    assert upstream.SHOW_TRACEBACK in vars(ZMQInteractiveShell)


def test_the_inline_backend_is_known_by_its_name() -> None:
    assert rcsetup.validate_backend(upstream.INLINE_BACKEND)
    assert upstream.INLINE_BACKEND.removeprefix("module://") == backend_inline.__name__
