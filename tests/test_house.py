"""CONTRIBUTING's table of the house, held against the imports; no room too large or too full."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

import slopewise
from tests.notebooks import REPOSITORY

PACKAGE = Path(slopewise.__file__).parent
_ROW = re.compile(r"\| `(?P<part>\w+)` \| [^|]+ \| (?P<may>[^|]+) \|")
_LARGEST = 400  # lines
_MOST = 20  # modules side by side


def house() -> dict[str, set[str]]:
    text = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text[text.index("## The house") :]
    return {row["part"]: set(re.findall(r"`(\w+)`", row["may"])) for row in _ROW.finditer(table)}


def modules() -> dict[Path, str]:
    """Every module, and the part that it is in; `__init__` and `__main__` are the front door."""
    found = {path: path.relative_to(PACKAGE).parts[0] for path in PACKAGE.rglob("*.py")}
    return {
        path: part.removesuffix(".py") for path, part in found.items() if not part.startswith("__")
    }


def imported(path: Path) -> set[str]:
    """The parts that a module imports, anywhere in it."""
    parts: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        parts |= {name.split(".")[1] for name in names if name.startswith("slopewise.")}
    return parts


def test_every_part_is_in_the_table() -> None:
    assert set(modules().values()) == set(house())


@pytest.mark.parametrize("part", sorted(house()))
def test_a_part_imports_what_the_table_says(part: str) -> None:
    parts = house()
    for path, own in modules().items():
        if own == part:
            others = (imported(path) & set(parts)) - {part}
            assert others <= parts[part], f"{path}: imports {sorted(others - parts[part])}"


def test_arrows_go_downward() -> None:
    above: set[str] = set()
    for part, may in house().items():
        assert may <= above, f"{part} imports {sorted(may - above)}, which come below it"
        above.add(part)


def test_no_module_is_too_large_to_read() -> None:
    for path in modules():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= _LARGEST, f"{path}: {lines} lines; make two of it"


def test_no_room_holds_too_much_to_tell_apart() -> None:
    rooms = Counter(path.parent for path in modules() if path.name != "__init__.py")
    for room, count in rooms.items():
        assert count <= _MOST, f"{room}: {count} modules; group some of them"
