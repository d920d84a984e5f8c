"""What stands in a hidden check: the names that it makes or takes, and asserts of its own."""

from __future__ import annotations

import ast
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


def first_assert(source: str) -> str:
    """Return the first line of the first assert that a source runs itself; "" where none does.

    One inside a function may belong to what a learner's function is handed.

    Raises:
        SyntaxError: it is not Python.
    """
    pending: list[ast.AST] = [ast.parse(source)]
    while pending:
        node = pending.pop(0)
        if isinstance(node, ast.Assert):
            return source.splitlines()[node.lineno - 1].strip()
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            pending = [*ast.iter_child_nodes(node), *pending]
    return ""


def _looked_up(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        at_top = table.get_type() == "module"
        if symbol.is_referenced() and (at_top or symbol.is_global()):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _looked_up(child)
