"""What a cell defines, read without running it."""

from __future__ import annotations

import ast
import re
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LONGEST = 200_000
"""Characters of a cell that are parsed; the lessons' longest cells hold some thousand."""

_TIMING = re.compile(r"\s*%%(?:time|timeit|capture|prun)\b[^\n]*\n")
_MAGIC = re.compile(r"^\s*[%!?]|\?\s*$|=\s*[%!]", re.MULTILINE)
_MEANT = re.compile(r"^(?:(?:async\s+)?(?:def|class)\s+(\w+)|(\w+)\s*=(?!=))", re.MULTILINE)
_TOP_LEVEL_AWAIT = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT

_LOOKALIKES = {
    "\u2018": "a curly quotation mark", "\u2019": "a curly quotation mark",
    "\u201c": "a curly quotation mark", "\u201d": "a curly quotation mark",
    "\u201e": "a low quotation mark", "\u201a": "a low quotation mark",
    "\u00ab": "an angle quotation mark", "\u00bb": "an angle quotation mark",
    "\u2032": "a prime", "\u2033": "a double prime", "\u00b4": "an accent",
    "\u2212": "a minus sign", "\u2013": "a dash", "\u2014": "a dash", "\u2010": "a hyphen",
    "\u00d7": "a multiplication sign", "\u00f7": "a division sign",
    "\u00a0": "a no-break space", "\u202f": "a narrow no-break space",
    "\u2007": "a figure space", "\u2009": "a thin space", "\u3000": "a wide space",
    "\u200b": "an invisible space", "\u200c": "an invisible character",
    "\u200d": "an invisible character", "\ufeff": "an invisible character",
    "\u00ad": "an invisible hyphen", "\u2026": "an ellipsis", "\uff08": "a wide bracket",
    "\uff09": "a wide bracket", "\uff1a": "a wide colon", "\uff0c": "a wide comma",
}  # fmt: skip
_PLAIN = {
    "'": "\u2018\u2019\u201a\u2032\u00b4", '"': "\u201c\u201d\u201e\u00ab\u00bb\u2033",
    "-": "\u2212\u2013\u2014\u2010", "*": "\u00d7", "/": "\u00f7", "...": "\u2026",
    "(": "\uff08", ")": "\uff09", ":": "\uff1a", ",": "\uff0c",
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """Why a cell does not compile.

    Attributes:
        line: the line in the cell, from 1.
        reason: what Python says, without a full stop; names a character that looks like another.
    """

    line: int
    reason: str


@dataclass(frozen=True)
class Definitions:
    """What running a cell to its end would define.

    Attributes:
        working: names that it gives a value, or a function with a body.
        stubs: names that it defines, but leaves as they were released: to be written.
        fault: why it does not compile; then it defines nothing.
        meant: what it would define, by the look of its lines, if it did compile.
    """

    working: frozenset[str] = frozenset()
    stubs: frozenset[str] = frozenset()
    fault: Fault | None = None
    meant: frozenset[str] = frozenset()


def definitions(source: str) -> Definitions:
    """Read what a code cell defines at its top level; the last definition of a name counts."""
    if len(source) > _LONGEST:
        return Definitions()
    parsed = _parsed(source)
    if isinstance(parsed, Fault):
        return Definitions(fault=parsed, meant=frozenset(map(_name_in, _MEANT.finditer(source))))
    last: dict[str, bool] = {}
    for name, works in _bound(parsed.body):
        last[name] = works
    return Definitions(
        frozenset(name for name, works in last.items() if works),
        frozenset(name for name, works in last.items() if not works),
    )


def is_unwritten(source: str, name: str) -> bool:
    """Whether a cell still raises in the place of what it was released to be filled with.

    Args:
        source: the cell's.
        name: what it is to define: a function or a class with the stub in it, or a name for which
            the stub stands in the cell itself.
    """
    if len(source) > _LONGEST or name in definitions(source).working:
        return False
    parsed = _parsed(source)
    if isinstance(parsed, Fault):
        return False
    bodies = [
        one.body
        for one in parsed.body
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and one.name == name
    ]
    return any(_raises(one) for body in (parsed.body, *bodies) for one in body)


def _name_in(match: re.Match[str]) -> str:
    return match[1] or match[2]


def _parsed(source: str) -> ast.Module | Fault:
    shown = source
    timing = _TIMING.match(source)
    if timing:
        source = "\n" + source[timing.end() :]
    fault = _attempt(source)
    if isinstance(fault, Fault) and _MAGIC.search(source):
        return _attempt(_without_magics(source), shown)
    return fault


def _attempt(source: str, shown: str | None = None) -> ast.Module | Fault:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # such as of an invalid escape in a text
        try:
            tree = ast.parse(source)
            # What the grammar allows and the compiler does not: a `return` outside a function.
            compile(tree, "cell", "exec", flags=_TOP_LEVEL_AWAIT, dont_inherit=True)
        except SyntaxError as error:
            return _fault(error, (shown or source).split("\n"))
        except (ValueError, RecursionError, MemoryError, OverflowError):
            return Fault(1, "Python cannot read it")
    return tree


def _without_magics(source: str) -> str:
    """The cell as IPython hands it to Python."""
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        text: str = TransformerManager().transform_cell(source)
    except (SyntaxError, ValueError, RecursionError):
        return source
    return text


def _fault(error: SyntaxError, lines: Sequence[str]) -> Fault:
    number = error.lineno or 1
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    reason = " ".join((error.msg or "invalid syntax").split())[:200]
    found = [(at + 1, char) for at, one in enumerate(lines) for char in one if char in _LOOKALIKES]
    near = [char for char in line if char in _LOOKALIKES]
    if near:
        return Fault(number, _named(near[0]))
    # Python names the line where it gave up; a quotation mark that never ends is further up.
    invalid = "invalid character" in reason or "invalid non-printable" in reason
    if found and (invalid or "unterminated" in reason or "never closed" in reason):
        return Fault(found[0][0], _named(found[0][1]))
    return Fault(number, reason)


def _named(char: str) -> str:
    plain = next((plain for plain, odd in _PLAIN.items() if char in odd), None)
    shown = f" {char}" if plain is not None else ""
    cure = f"type {plain} instead" if plain is not None else "type a plain space, or delete it"
    name = unicodedata.name(char, "")
    return f"it holds {_LOOKALIKES[char]}{shown} (U+{ord(char):04X} {name}); {cure}"


def _bound(body: Sequence[ast.stmt]) -> Iterator[tuple[str, bool]]:
    """Every name that statements bind, in order, and whether it then works."""
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield statement.name, not _is_stub(statement)
        elif isinstance(statement, ast.Assign):
            for target in statement.targets:
                yield from ((name, not _is_none(statement.value)) for name in _names(target))
        elif isinstance(statement, ast.AnnAssign):
            if statement.value is not None:
                yield from (
                    (one, not _is_none(statement.value)) for one in _names(statement.target)
                )
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            yield from (
                ((one.asname or one.name).partition(".")[0], True) for one in statement.names
            )
        elif isinstance(statement, ast.If | ast.For | ast.While | ast.With | ast.Try):
            for part in ("body", "handlers", "orelse", "finalbody"):
                for inner in getattr(statement, part, ()):
                    if isinstance(inner, ast.ExceptHandler):
                        yield from _bound(inner.body)
                    else:
                        yield from _bound([inner])


def _names(target: ast.expr) -> Iterator[str]:
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, ast.Tuple | ast.List):
        for element in target.elts:
            yield from _names(element)


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value in (None, ...)


def _is_stub(definition: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    """Whether a function or class is still to be written."""
    for statement in definition.body:
        if isinstance(statement, ast.Return):
            return False
        if _raises(statement):
            return True
    if isinstance(definition, ast.ClassDef):
        methods = [
            one
            for one in definition.body
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
        return bool(methods) and all(_is_stub(one) for one in methods)
    return all(_is_nothing(one) for one in definition.body)


def _is_nothing(statement: ast.stmt) -> bool:
    """Whether it is a docstring, `...` or `pass`."""
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )


def _raises(statement: ast.stmt) -> bool:
    if not isinstance(statement, ast.Raise) or statement.exc is None:
        return False
    raised = statement.exc
    if isinstance(raised, ast.Call):
        raised = raised.func
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
