"""The names in a hidden check: those it makes itself, and those it may take from the learner."""

from __future__ import annotations

import builtins
import symtable
from collections.abc import Iterator


def bound_names(source: str) -> set[str]:
    """Return the names that a cell's source defines at its top level.

    Raises:
        SyntaxError: it is not Python.
    """
    return {
        symbol.get_name()
        for symbol in symtable.symtable(source, "cell", "exec").get_symbols()
        if symbol.is_assigned() or symbol.is_imported()
    }


def unbound_names(source: str) -> set[str]:
    """Return the names that a source looks up and defines nowhere itself.

    Python's own names are left out.

    Raises:
        SyntaxError: it is not Python.
    """
    top = symtable.symtable(source, "cell", "exec")
    return {name for name in _looked_up(top) if not hasattr(builtins, name)} - bound_names(source)


def _looked_up(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        at_top = table.get_type() == "module"
        if symbol.is_referenced() and (at_top or symbol.is_global()):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _looked_up(child)
