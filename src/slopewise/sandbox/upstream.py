"""Every name of another package that this part uses and that is not its public interface.

`tests/test_upstream.py` looks that each is there and means what we rely on; an upgrade that
renames one fails there.
"""

from __future__ import annotations

from slopewise.upstream import Name, Text

# The name under which matplotlib knows the backend; `MPLBACKEND` in a kernel's environment.
INLINE_BACKEND = "module://matplotlib_inline.backend_inline"

NAMES: tuple[Name | Text, ...] = (
    Name(
        "InteractiveShell._showtraceback",
        ("IPython.core.interactiveshell",),
        "sandbox/shell.py",
        "IPython's own comment invites subclasses to override it, yet it begins with `_`",
        ("etype", "evalue", "stb"),
    ),
    Name(
        "configure_inline_support",
        ("matplotlib_inline.backend_inline",),
        "sandbox/shell.py",
        "what `%matplotlib inline` does, without saying so",
        ("shell", "backend"),
    ),
    Name(
        "_run_exitfuncs",
        ("atexit",),
        "sandbox/cell_process.py",
        "a fork that ends by `os._exit` has to do what Python does at its end",
    ),
    Name(
        "ZMQInteractiveShell",
        ("ipykernel.zmqshell",),
        "sandbox/shell.py",
        "libraries tell a notebook by the name of its shell's class",
    ),
)
