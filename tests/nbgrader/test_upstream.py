"""The private names of nbgrader and nbconvert that we use: each is there, and nowhere else is one.

Where this fails after an upgrade, `slopewise/nbgrader/upstream.py` says what the name is used for.
"""

from __future__ import annotations

import ast
import glob
import inspect
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

import slopewise
from slopewise.nbgrader import upstream

PACKAGE = Path(slopewise.__file__).parent
PARTS = ("nbgrader", "lab", "exports", "report", "build")


def found(name: upstream.Name) -> Any:
    module, _, attribute = name.path.partition(":")
    return attrgetter(attribute)(import_module(module))


@pytest.mark.parametrize("name", upstream.NAMES, ids=lambda name: name.path)
def test_a_name_is_there_and_takes_what_it_is_given(name: upstream.Name) -> None:
    assert name.why
    thing = found(name)
    if name.parameters:
        parameters = inspect.signature(thing).parameters
        assert set(name.parameters) <= set(parameters), f"{name.path}{inspect.signature(thing)}"


def test_modules_open_read_and_find_by_these_very_names() -> None:
    for module in upstream.OPENS_GRADEBOOK:
        assert import_module(module).Gradebook is Gradebook
    for module in upstream.FINDS_FILES:
        assert callable(import_module(module).glob.glob)
        assert import_module(module).glob.escape("[") == glob.escape("[")


def test_a_converter_knows_its_folders_and_can_become_ours(tmp_path: Path) -> None:
    config = Config()
    config.CourseDirectory.root = str(tmp_path)
    config.CourseDirectory.assignment_id = "one"
    converter = Autograde(coursedir=CourseDirectory(config=config), config=config)
    assert upstream.source_folder(converter, "one", "ada") == str(tmp_path / "submitted/ada/one")
    assert upstream.destination_folder(converter, "one", "ada").endswith("autograded/ada/one")

    class Ours(Autograde):  # type: ignore[misc]
        pass

    upstream.turn_into(converter, Ours)
    assert type(converter) is Ours


def names_of_ours() -> set[str]:
    """Every private name that our own code defines, or gives to an object."""
    names: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                names.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                names.add(node.attr)
    return names


def test_no_other_module_uses_a_private_name_of_somebody_elses() -> None:
    ours = names_of_ours()
    for part in PARTS:
        for path in (PACKAGE / part).rglob("*.py"):
            if path.name == "upstream.py":
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Attribute):
                    continue
                private = node.attr.startswith("_") and not node.attr.startswith("__")
                assert not private or node.attr in ours, f"{path}:{node.lineno}: {node.attr}"
                swap = node.attr == "__class__" and isinstance(node.ctx, ast.Store)
                assert not swap, f"{path}:{node.lineno}: use upstream.turn_into"
