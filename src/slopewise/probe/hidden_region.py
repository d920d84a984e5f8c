"""Run the hidden part of a check under names of its own.

A hidden check needs names for its inputs, and a learner may call a helper the same. So it runs in
a namespace that no learner's code can meet: it finds what the learner has defined, and what it
defines itself the learner's functions never see.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from slopewise.probe import process_state

FILE_NAME = "<hidden check>"
_learners: list[dict[str, Any]] = []


def run(source: str) -> None:
    """Run a hidden region that stands in the calling cell.

    Args:
        source: the region's lines.

    Whatever the region raises is raised here.
    """
    learner = sys._getframe(1).f_globals
    namespace = {name: value for name, value in learner.items() if not hasattr(builtins, name)}
    namespace["__builtins__"] = builtins
    # A check that hands names to the learner's functions puts them where those look.
    namespace["globals"] = lambda: learner
    code = compile(source, FILE_NAME, "exec", dont_inherit=True)
    with process_state.standard(), _in(learner):
        exec(code, namespace)


def learners_names(namespace: dict[str, Any]) -> dict[str, Any]:
    """The learner's own namespace: that of the notebook while a hidden region runs."""
    return _learners[-1] if _learners else namespace


def lend(**names: object) -> AbstractContextManager[None]:
    """Put names where the learner's functions look, for a `with` block of a hidden check.

    A learner's function may call an earlier exercise's; what is lent in its place answers only
    what a check asks. Afterwards the learner's own names are back.
    """
    return _lent(learners_names(sys._getframe(1).f_globals), names)


@contextmanager
def _lent(namespace: dict[str, Any], names: dict[str, object]) -> Iterator[None]:
    kept = {name: namespace[name] for name in names if name in namespace}
    namespace.update(names)
    try:
        yield
    finally:
        for name in names:
            namespace.pop(name, None)
        namespace.update(kept)


@contextmanager
def _in(learner: dict[str, Any]) -> Iterator[None]:
    _learners.append(learner)
    try:
        yield
    finally:
        _learners.pop()
