"""How long the warm process waits, and the one call that starts it early.

Imported by configurations, so it imports nothing heavier than the standard library.
"""

from __future__ import annotations

from slopewise.sandbox.modules import Modules

IDLE_SECONDS = 300.0
"""How long the warm process waits for the next notebook while its graders live."""
LINGER_SECONDS = 60.0
"""How long the warm process waits for the next grader, such as that of the next lesson."""


def warm(modules: Modules, idle_seconds: float = IDLE_SECONDS) -> None:
    """Start the warm process in the background if it does not run; returns at once.

    It imports for some seconds; a notebook that is to run in the meantime waits for it. It ends
    soon after this process has, whichever way that ends; not at once, for most who grade one
    lesson grade another.
    """
    from slopewise.sandbox import client

    client.linger(idle_seconds, LINGER_SECONDS, modules)
