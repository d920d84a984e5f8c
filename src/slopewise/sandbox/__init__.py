"""Notebooks' processes that start warm and cannot reach anything: fork server, box and cell runner.

What the rest of the project uses is named here, and importing it is cheap:

- :func:`check` tells ``slopewise doctor`` whether this machine can build the box;
- :func:`warm` starts the warm process early, in the background;
- :class:`Limits` is what one notebook may use, :class:`Modules` what it finds imported;
- ``slopewise.sandbox.session`` has the running notebook itself, for `execution`.
"""

from slopewise.sandbox.box.doctor import Diagnosis, check
from slopewise.sandbox.limits import Limits
from slopewise.sandbox.modules import Modules
from slopewise.sandbox.settings import IDLE_SECONDS, warm

__all__ = ["IDLE_SECONDS", "Diagnosis", "Limits", "Modules", "check", "warm"]
