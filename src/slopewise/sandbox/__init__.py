"""Kernels that start warm and cannot reach anything: zygote, box and provisioner.

What the rest of the project uses is named here, and importing it is cheap:

- :func:`configure` in an nbgrader configuration chooses boxed kernels;
- :func:`check` tells ``slopewise doctor`` whether this machine can build the box;
- :func:`warm` starts the warm process early, in the background;
- :class:`Limits` is what one kernel may use.
"""

from slopewise.sandbox.doctor import Finding, check
from slopewise.sandbox.limits import Limits
from slopewise.sandbox.settings import (
    IDLE_SECONDS,
    KERNEL_NAME,
    configure,
    kernelspec_folder,
    offer_kernelspec,
    warm,
)

__all__ = [
    "IDLE_SECONDS",
    "KERNEL_NAME",
    "Finding",
    "Limits",
    "check",
    "configure",
    "kernelspec_folder",
    "offer_kernelspec",
    "warm",
]
