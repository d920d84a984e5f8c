"""By which means an answer was found, where that is part of the contract: autograd, no module."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from slopewise.errors import NotByAutogradError, UsedModuleError

# The functions behind forward mode (torch.func.jvp and jacfwd), which keeps no tensors for later.
# PyTorch shows them to every TorchFunctionMode under these names only.
_FORWARD_MODE = frozenset({"_make_dual", "_unpack_dual"})
_WATCHING_REFUSED = "saved tensor hooks"


def by_autograd(
    function: Callable[..., Any], *arguments: object, passes: int = 1, **named: object
) -> Any:
    """Return `function(*arguments, **named)`, where autograd found a slope on the way.

    Any public way counts: `backward()`, `torch.autograd.grad`, `torch.autograd.functional`,
    `torch.func`. A pass is seen where it reads what the computation of the loss had kept for it.
    `torch.func` lets nobody look on: there the function is called once more, without a witness.

    Args:
        function: the learner's.
        *arguments: what it is called with.
        **named: what it is called with by name.
        passes: how many passes through a graph there are to be, at least.

    Raises:
        NotByAutogradError: there were fewer. What the function itself raises comes through.
    """
    try:
        with _watched() as seen:
            answer = function(*arguments, **named)
    except RuntimeError as refusal:
        if _WATCHING_REFUSED not in str(refusal):
            raise
        return function(*arguments, **named)
    if len(seen) < passes:
        raise NotByAutogradError("no slope was found by autograd: no graph was walked back")
    return answer


def walked_back(function: Callable[..., Any], *arguments: object, **named: object) -> bool:
    """Whether autograd found a slope in the call, even where the function raised afterwards.

    Two mistakes may end in the same error; this tells whether the error came before or after the
    first backward pass. Arguments are as in `by_autograd`.

    Raises:
        NotImplementedError: the function did: it is not written yet, and nothing is to be told.
    """
    try:
        with _watched() as seen:
            function(*arguments, **named)
    except NotImplementedError:
        raise
    except Exception as error:
        return bool(seen) or _WATCHING_REFUSED in str(error)
    return bool(seen)


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


@contextmanager
def _watched() -> Iterator[list[str]]:
    """Collect a word for each time that autograd uses what it has recorded."""
    from torch.autograd.graph import saved_tensors_hooks
    from torch.overrides import TorchFunctionMode

    seen: list[str] = []

    class Witness(TorchFunctionMode):
        def __torch_function__(
            self, func: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            if getattr(func, "__name__", "") in _FORWARD_MODE:
                seen.append("forward mode")
            return func(*args, **(kwargs or {}))

    def keep(kept: Any) -> Any:
        return kept

    def give_back(kept: Any) -> Any:
        seen.append("backward")
        return kept

    with saved_tensors_hooks(keep, give_back), Witness():
        yield seen
