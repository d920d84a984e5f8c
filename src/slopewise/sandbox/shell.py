"""The IPython shell that runs a notebook's cells: like a kernel's, but its outputs are frames.

Everything here is IPython's public interface, but for what `upstream` names.
"""

from __future__ import annotations

import asyncio
import builtins
import contextlib
import getpass
import selectors
import sys
import tempfile
from typing import Any, NoReturn

from IPython.core import page
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError, UsageError
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.profiledir import ProfileDir
from traitlets import Type
from traitlets.config import Config

from slopewise.sandbox import upstream
from slopewise.sandbox.streams import Reporter

# What ipykernel sets for programs that a cell starts; pagers would wait for somebody to turn.
ENVIRONMENT = {
    "TERM": "xterm-color",
    "CLICOLOR": "1",
    "FORCE_COLOR": "1",
    "CLICOLOR_FORCE": "1",
    "PAGER": "cat",
    "GIT_PAGER": "cat",
}

# Magics of a kernel's that are about its page: they say nothing, but end no cell either.
MAGICS = ("autosave", "clear", "connect_info", "less", "man", "more", "qtconsole", "subshell")


class Publisher(DisplayPublisher):  # type: ignore[misc]  # IPython's types are not looked at
    """Sends what a cell displays."""

    def publish(
        self,
        data: Any,
        metadata: Any = None,
        *,
        transient: Any = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        """Send one display, or the update of one."""
        if not isinstance(data, dict):
            raise TypeError(f"data must be a dict, got: {data!r}")
        if metadata is not None and not isinstance(metadata, dict):
            raise TypeError(f"metadata must be a dict, got: {metadata!r}")
        content = {"data": data, "metadata": metadata or {}, "transient": transient or {}}
        self.shell.report("update_display_data" if update else "display_data", content)

    def clear_output(self, wait: bool = False) -> None:
        """Take back what the cell has shown, at once or when it shows something again."""
        self.shell.report("clear_output", {"wait": bool(wait)})


class ResultHook(DisplayHook):  # type: ignore[misc]
    """Sends the value of a cell's last expression."""

    def start_displayhook(self) -> None:
        """Begin; there is nothing to prepare."""

    def write_output_prompt(self) -> None:
        """Write none: the number of the cell goes without saying."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Send the value in all its forms."""
        self.shell.report("execute_result", {"data": format_dict, "metadata": md_dict or {}})

    def finish_displayhook(self) -> None:
        """End; what was sent is on its way."""


class ZMQInteractiveShell(InteractiveShell):  # type: ignore[misc]
    """The shell; libraries ask for this name of a class to find out that they are in a notebook.

    It is made in the warm process and serves one notebook, in one fork.
    """

    displayhook_class = Type(ResultHook)
    display_pub_class = Type(Publisher)
    reporter: Reporter | None = None

    def report(self, kind: str, content: Any) -> None:
        """Send something that the current cell does."""
        if self.reporter is not None:
            self.reporter.send(kind, content)

    def init_hooks(self) -> None:
        """Have the pager's text go nowhere, as in a notebook that nobody looks at."""
        super().init_hooks()
        self.set_hook("show_in_pager", page.as_hook(lambda *_, **__: None), 99)

    def enable_matplotlib(self, gui: Any = None) -> Any:
        """Show figures inline, whatever window they are asked into: a learner's screen has it.

        `%matplotlib notebook`, `widget` or `qt` would else end its cell, and all behind it.
        """
        return super().enable_matplotlib(gui and "inline")

    def enable_gui(self, gui: Any = None) -> None:
        """Refuse windows; there is nobody to look at them."""
        if gui not in (None, "inline"):
            raise UsageError(f"there is no window system here for {gui!r}")

    def ask_exit(self) -> None:
        """Go on: `exit` ends no notebook that is to be graded."""

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        # As IPython's own comment invites to; see `upstream`.
        self.report(
            "error", {"traceback": list(stb), "ename": _name(etype), "evalue": _say(evalue)}
        )


def _name(kind: Any) -> str:
    return str(getattr(kind, "__name__", kind))


def _say(error: Any) -> str:
    try:
        return str(error)
    except Exception:  # a learner's own
        return "<it cannot be said>"


def make_shell() -> ZMQInteractiveShell:
    """The shell, made once in the warm process; a fork's part is :func:`move_in`."""
    config = Config()
    config.HistoryManager.hist_file = ":memory:"  # so it has no thread
    # IPython's own take 40 ms each; a wrong answer has half a dozen, and few are ever read.
    config.InteractiveShell.xmode = "Plain"
    config.IPKernelApp.here = "by its presence much code finds out that it is in a notebook"
    with tempfile.TemporaryDirectory() as folder:
        profile = ProfileDir.create_profile_dir(folder)
        shell: ZMQInteractiveShell = ZMQInteractiveShell.instance(
            config=config, ipython_dir=folder, profile_dir=profile
        )
    shell.user_ns_hidden.update(shell.user_ns)
    for name in MAGICS:
        shell.register_magic_function(_pass_by, magic_name=name)
    shell.extension_manager.load_extension("IPython.extensions.storemagic")  # as kernels do
    _show_figures_inline(shell)
    return shell


def _show_figures_inline(shell: ZMQInteractiveShell) -> None:
    """What matplotlib does where it is imported in a notebook; here it was imported before."""
    try:
        from IPython.core.pylabtools import activate_matplotlib
        from matplotlib import pyplot
        from matplotlib_inline.backend_inline import configure_inline_support
    except ImportError:  # another course's
        return
    activate_matplotlib(upstream.INLINE_BACKEND)
    configure_inline_support(shell, upstream.INLINE_BACKEND)  # type: ignore[no-untyped-call]
    pyplot.install_repl_displayhook()


def move_in(shell: ZMQInteractiveShell, reporter: Reporter, folder: str) -> None:
    """Make the shell this process's own.

    Args:
        shell: as the warm process made it.
        reporter: is told what cells do.
        folder: for IPython's own files.
    """
    shell.reporter = reporter
    shell.ipython_dir = folder
    shell.profile_dir = ProfileDir.create_profile_dir_by_name(folder)
    builtins.input = _refuse_input
    getpass.getpass = _refuse_input
    sys.excepthook = shell.excepthook
    sys.breakpointhook = _pass_by  # as in a notebook that no debugger is attached to


def _pass_by(*_: Any, **__: Any) -> None:
    """Do nothing: there is no screen and nobody at it."""


def _refuse_input(*_: Any, **__: Any) -> NoReturn:
    raise StdinNotImplementedError("there is nobody to answer input() while a notebook is graded")


class Loop:
    """The event loop in which cells run, as they do in a kernel: it is running during each."""

    def __init__(self) -> None:
        self._useless: list[asyncio.AbstractEventLoop] = []
        self._renew()

    def run(self, shell: ZMQInteractiveShell, source: str) -> None:
        """Run a cell; its errors are shown, and not raised."""
        if not self._works():
            self._useless.append(self._loop)  # its numbers are others' by now: it is not closed
            self._renew()
        asyncio.set_event_loop(self._loop)
        task = self._loop.create_task(_run_cell(shell, source))
        try:
            while not task.done() and self._works():
                with contextlib.suppress(RuntimeError):  # a cell has stopped the loop
                    self._loop.run_until_complete(task)
        except OSError:  # a cell that awaits has closed its descriptors
            shell.showtraceback()
        except KeyboardInterrupt:
            if task.done():  # it hit what comes after the cell
                shell.showtraceback()
            else:  # it hit the loop itself, which waits for what the cell awaits
                task.cancel()
                with contextlib.suppress(BaseException):
                    self._loop.run_until_complete(task)

    def _renew(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._loop = asyncio.SelectorEventLoop(self._selector)

    def _works(self) -> bool:
        """Whether its descriptors are still its own; a cell may have closed all it could."""
        try:
            self._selector.select(0)
        except (OSError, ValueError, RuntimeError):
            return False
        return not self._loop.is_closed()


async def _run_cell(shell: ZMQInteractiveShell, source: str) -> None:
    """Run a cell, then what is to happen after every cell, such as showing its figures."""
    failed = None
    try:
        cell = shell.transform_cell(source)
    except Exception:
        cell, failed = source, sys.exc_info()
    result = None
    try:
        result = await shell.run_cell_async(
            source, store_history=True, transformed_cell=cell, preprocessing_exc_tuple=failed
        )
    finally:
        shell.events.trigger("post_execute")
        shell.events.trigger("post_run_cell", result)
