"""How a name of another package is listed that is not its public interface.

Each part that needs such names has them in a module `upstream` of its own, as `NAMES`; those of
parts that are one module are here. `tests/test_upstream.py` holds each against the installed
release: an upgrade that moves one fails there, in one test, which says who needs it and what for.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Name:
    """A name in another package's Python code.

    Attributes:
        name: what it is called there; a method with its class.
        modules: where it is, by this name.
        used: our module that needs it, below the package.
        why: what nothing public could do in its place.
        parameters: those that are used, where it is called or stands in for another.
    """

    name: str
    modules: tuple[str, ...]
    used: str
    why: str
    parameters: tuple[str, ...] = ()

    @property
    def package(self) -> str:
        """The package that it is in."""
        return self.modules[0].partition(".")[0]

    @property
    def needle(self) -> str:
        """What to look for in our module."""
        return self.name.rpartition(".")[2]


@dataclass(frozen=True)
class Text:
    """Words in another package's files that ours look for, such as an element's name in a page.

    Attributes:
        name: the words.
        package: whose, as it is installed.
        files: where they are, a pattern for the end of a path.
        used: our file that looks for them, below the package.
        why: what nothing public could do in its place.
    """

    name: str
    package: str
    files: str
    used: str
    why: str

    @property
    def needle(self) -> str:
        """What to look for in our file."""
        return self.name


_COMPARES = "nbval has no setting for how outputs are compared"

NAMES: tuple[Name | Text, ...] = (
    Name("IPyNbFile", ("nbval.plugin",), "nbval_plugin.py", _COMPARES),
    Name("IPyNbFile.collect", ("nbval.plugin",), "nbval_plugin.py", _COMPARES),
    Name(
        "IPyNbCell.compare_outputs",
        ("nbval.plugin",),
        "nbval_plugin.py",
        _COMPARES,
        ("test", "ref", "skip_compare"),
    ),
    Text("self.skip_compare", "nbval", "nbval/plugin.py", "nbval_plugin.py", _COMPARES),
    Text("self.comparison_traceback", "nbval", "nbval/plugin.py", "nbval_plugin.py", _COMPARES),
    Name(
        "mutation_operators",
        ("mutmut.mutation.mutators",),
        "matrix/mutating.py",
        "mutmut itself mutates projects, not cells",
    ),
)
