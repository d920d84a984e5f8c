"""Every name of another package that this part uses and that is not its public interface.

`tests/sandbox/test_upstream.py` looks that each is there and means what we rely on; an upgrade that
renames one fails there, and here is where to mend it.
"""

from __future__ import annotations

# The name under which matplotlib knows the backend; `MPLBACKEND` in a kernel's environment.
INLINE_BACKEND = "module://matplotlib_inline.backend_inline"

# IPython.core.interactiveshell.InteractiveShell._showtraceback(etype, evalue, stb): "Subclasses may
# override this method to put the traceback on a different place", yet its name begins with `_`.
SHOW_TRACEBACK = "_showtraceback"
