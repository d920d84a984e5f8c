"""Whether an answer went without a module, where writing it by hand is part of the contract."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from slopewise.errors import UsedModuleError


def without_module(
    module: str, function: Callable[..., Any], *arguments: object, **named: object
) -> Any:
    """Return `function(*arguments, **named)`, where it ran nothing of a module on the way.

    Every function of the module counts, and of those inside it, under whatever name the learner has
    imported it. What is written in C cannot be seen.

    Args:
        module: the module's full name, such as `torch.optim`.
        function: the learner's.
        *arguments: what it is called with.
        **named: what it is called with by name.

    Raises:
        UsedModuleError: something of the module was about to run. What the function itself raises
            comes through.
    """
    used = ""

    def look(frame: FrameType, event: str, argument: object) -> None:
        nonlocal used
        name = str(frame.f_globals.get("__name__", ""))
        if event == "call" and (name == module or name.startswith(f"{module}.")):
            used = name
            raise UsedModuleError(f"this is to be written without {module}")

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        answer = function(*arguments, **named)
    finally:
        sys.setprofile(before)
    if used:  # and the answer has swallowed what was raised
        raise UsedModuleError(f"this is to be written without {module}")
    return answer
