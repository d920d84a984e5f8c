"""What we use of other packages without its being public: each is there, and none is unlisted.

One test for each name, so that an upgrade which renames one fails in one place; the failure says
which package, which name, which line of ours needs it and what for.
"""

from __future__ import annotations

import ast
import glob
import inspect
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from functools import cache
from importlib import import_module
from importlib.metadata import files, packages_distributions, version
from importlib.util import find_spec, module_from_spec
from operator import attrgetter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import slopewise
import slopewise.upstream
from slopewise.lab import upstream as of_lab
from slopewise.nbgrader import upstream as of_nbgrader
from slopewise.sandbox import upstream as of_sandbox
from slopewise.upstream import Name, Text
from tests.notebooks import REPOSITORY
from tests.test_environment import project

PACKAGE = Path(slopewise.__file__).parent
LISTS = (slopewise.upstream, of_sandbox, of_nbgrader, of_lab)
LISTED = [(module, entry) for module in LISTS for entry in module.NAMES]


def installed(entry: Name | Text) -> str:
    """The package that a name is of, and its version."""
    if isinstance(entry, Name) and entry.package in sys.stdlib_module_names:
        return f"Python {sys.version.split()[0]}"
    (package,) = distributions(entry)
    return f"{package} {version(package)}"


def distributions(entry: Name | Text) -> set[str]:
    """The package that a name is of, as pyproject.toml has it; none of Python's own."""
    found = (
        [entry.package]
        if isinstance(entry, Text)
        else packages_distributions().get(entry.package, [])
    )
    return set(found)


def lines(path: Path, needle: str) -> list[int]:
    """Where a file of ours uses a name: as code, where it is code."""
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    if path.suffix == ".py":
        found = set()
        for node in ast.walk(ast.parse(text)):
            named = (
                [node.attr] if isinstance(node, ast.Attribute)
                else [node.id] if isinstance(node, ast.Name)
                else [node.name] if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef
                                               | ast.ClassDef | ast.alias)
                else [node.value] if isinstance(node, ast.Constant)
                else []
            )  # fmt: skip
            whole = needle.rpartition(".")[2].lstrip("/")
            for one in map(str, named):
                if one == whole or (not needle.isidentifier() and needle in one):
                    found.add(getattr(node, "lineno", 0))
        return sorted(found)
    return [number for number, line in enumerate(text.splitlines(), 1) if needle in line]


def complaint(module: Any, entry: Name | Text, what: str) -> str:
    """What to tell whoever upgrades: whose name, who of ours needs it, what for, what to do."""
    where = lines(PACKAGE / entry.used, entry.needle)
    own = Path(module.__file__).relative_to(REPOSITORY)
    return (
        f"{installed(entry)}: {what}.\n"
        f"Needed by src/slopewise/{entry.used}, line {', '.join(map(str, where))}: {entry.why}.\n"
        f"See what stands in its place there now, mend that and {own}; until then keep the "
        "package below this version in pyproject.toml."
    )


@cache
def as_installed(module: str) -> ModuleType:
    """A module as it is before ours takes the place of names in it, as other tests have it do."""
    spec = find_spec(module)
    if spec is None or spec.loader is None or not module.startswith("nbgrader."):
        return import_module(module)
    found = module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def places(entry: Name) -> Iterator[tuple[str, Any]]:
    """Each place where a name has to be, in words, and what is there, or None."""
    for module in entry.modules:
        try:
            yield module, attrgetter(entry.name)(as_installed(module))
        except (ImportError, AttributeError):
            yield module, None


@pytest.mark.parametrize(
    ("module", "entry"), LISTED, ids=[f"{entry.used}:{entry.name}" for _, entry in LISTED]
)
def test_a_name_is_there_and_means_what_we_rely_on(module: Any, entry: Name | Text) -> None:
    assert entry.why
    assert lines(PACKAGE / entry.used, entry.needle), (
        f"{entry.used} does without {entry.name}, or is gone"
    )
    if isinstance(entry, Text):
        before = r"(?<![\w-])" if entry.name[0].isalnum() else ""
        word = re.compile(rf"{before}{re.escape(entry.name)}(?![\w-])")
        found = [one for one in files(entry.package) or () if fnmatch(str(one), f"*{entry.files}")]
        there = any(word.search(one.read_text("utf-8")) for one in found)
        assert there, complaint(module, entry, f"no “{entry.name}” in {entry.files}")
        return
    for where, thing in places(entry):
        assert thing is not None, complaint(module, entry, f"no `{entry.name}` in {where}")
        if entry.parameters:
            signature = inspect.signature(thing)
            assert set(entry.parameters) <= set(signature.parameters), complaint(
                module, entry, f"`{entry.name}` in {where} takes {signature}"
            )
    meaning = MEANINGS.get(entry.name)
    wrong = meaning() if meaning else None
    assert wrong is None, complaint(module, entry, f"`{entry.name}` {wrong}")


def _tracebacks() -> str | None:
    from IPython.core.interactiveshell import InteractiveShell as Shell

    for caller in (Shell.showtraceback, Shell.showsyntaxerror):
        if "self._showtraceback(" not in inspect.getsource(caller):
            return f"is not called by `{caller.__name__}`"
    return None


def _inline() -> str | None:
    from matplotlib import rcsetup
    from matplotlib_inline import backend_inline

    rcsetup.validate_backend(of_sandbox.INLINE_BACKEND)
    if of_sandbox.INLINE_BACKEND.removeprefix("module://") != backend_inline.__name__:
        return f"is of another backend than {of_sandbox.INLINE_BACKEND}"
    return None


def _is_gradebook() -> str | None:
    from nbgrader.api import Gradebook

    strange = [one for one in of_nbgrader.OPENS_GRADEBOOK
               if as_installed(one).Gradebook is not Gradebook]  # fmt: skip
    return f"is not that of nbgrader.api in {strange[0]}" if strange else None


def _is_glob() -> str | None:
    strange = [one for one in of_nbgrader.FINDS_FILES if as_installed(one).glob is not glob]
    return f"is not Python's own in {strange[0]}" if strange else None


def _folder(find: Callable[[Any, str, str], str], step: str) -> Callable[[], str | None]:
    def meaning() -> str | None:
        from nbgrader.converters import Autograde
        from nbgrader.coursedir import CourseDirectory
        from traitlets.config import Config

        config = Config()
        config.CourseDirectory.root = "/course"
        converter = Autograde(coursedir=CourseDirectory(config=config), config=config)
        found = find(converter, "one", "ada")
        return None if found == f"/course/{step}/ada/one" else f"says {found}"

    return meaning


def _called(path: str, method: str) -> Callable[[], str | None]:
    """That nbgrader itself calls a method in which ours stands in its place."""

    def meaning() -> str | None:
        module, _, kind = path.partition(":")
        source = inspect.getsource(getattr(import_module(module), kind))
        return None if f"self.{method}(" in source else f"is not called by {kind} any more"

    return meaning


_CONVERTER = "nbgrader.converters.base:BaseConverter"
_ZIP = "nbgrader.apps.zipcollectapp:ZipCollectApp"
_EXCHANGE = "nbgrader.exchange.default:Exchange"
MEANINGS: dict[str, Callable[[], str | None]] = {
    "InteractiveShell._showtraceback": _tracebacks,
    "configure_inline_support": _inline,
    "Gradebook": _is_gradebook,
    "glob": _is_glob,
    "BaseConverter._format_source": _folder(of_nbgrader.source_folder, "submitted"),
    "BaseConverter._format_dest": _folder(of_nbgrader.destination_folder, "autograded"),
    "BaseConverter.convert_notebooks": _called(_CONVERTER, "convert_notebooks"),
    "BaseConverter.init_notebooks": _called(_CONVERTER, "init_notebooks"),
    "ZipCollectApp._transfer_files": _called(_ZIP, "_transfer_files"),
    "ZipCollectApp.process_extracted_files": _called(_ZIP, "process_extracted_files"),
    "Exchange.ensure_root": _called(_EXCHANGE, "ensure_root"),
    "Exchange.do_copy": _called("nbgrader.exchange.default:ExchangeSubmit", "do_copy"),
    "ExchangeList.parse_assignments": _called(
        "nbgrader.exchange.default:ExchangeList", "parse_assignments"
    ),
    "CourseDirectory.get_existing_timestamp": lambda: (
        None
        if "coursedir.get_existing_timestamp("
        in inspect.getsource(import_module("nbgrader.converters.autograde"))
        else "is not called by Autograde any more"
    ),
}


def test_a_converter_can_become_ours() -> None:
    from nbgrader.converters import Autograde

    class Ours(Autograde):  # type: ignore[misc]
        pass

    converter = Autograde()
    of_nbgrader.turn_into(converter, Ours)
    assert type(converter) is Ours


def test_packages_whose_private_names_are_used_have_an_upper_bound() -> None:
    wanted = [Requirement(text) for text in project()["dependencies"]]
    wanted += [Requirement(text) for texts in project()["optional-dependencies"].values()
               for text in texts]  # fmt: skip
    bounds: dict[str, set[str]] = {
        canonicalize_name(one.name): {part.operator for part in one.specifier} for one in wanted
    }
    brings: dict[str, str] = {"jupyterlab-widgets": "ipywidgets"}  # in step with it
    for _, entry in LISTED:
        for package in map(canonicalize_name, distributions(entry)):
            found = bounds[brings.get(package, package)]
            assert found & {"<", "=="}, f"{package} has no upper bound, but {entry.name} is used"


def test_every_name_stands_in_the_documentation() -> None:
    text = (REPOSITORY / "docs" / "dependencies.md").read_text(encoding="utf-8")
    for module, entry in LISTED:
        assert f"`{entry.name}`" in text, f"{module.__name__}: {entry.name}"


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


PUBLIC = {
    "_exit",  # of `os`
    "_getframe",  # of `sys`
    "_render_traceback_",  # IPython documents it, for errors that show themselves
}


def test_no_other_module_uses_a_private_name_of_somebody_elses() -> None:
    ours = names_of_ours() | PUBLIC
    listed = {(entry.used, entry.needle) for _, entry in LISTED}
    for path in PACKAGE.rglob("*.py"):
        if path.name == "upstream.py":
            continue
        own = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                for name in imported(node):
                    private = re.search(r"(^|\.)_(?!_)", name) and not name.startswith("slopewise.")
                    assert not private, f"{path}:{node.lineno}: imports {name}"
            if not isinstance(node, ast.Attribute):
                continue
            private = node.attr.startswith("_") and not node.attr.startswith("__")
            known = node.attr in ours or (own, node.attr) in listed
            assert not private or known, f"{path}:{node.lineno}: {node.attr}"
            swap = node.attr == "__class__" and isinstance(node.ctx, ast.Store)
            assert not swap, f"{path}:{node.lineno}: use upstream.turn_into"


def imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    """The full names that an import takes from other modules."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [f"{node.module}.{alias.name}" for alias in node.names]


def test_no_class_stands_in_for_a_private_method_that_is_not_listed() -> None:
    """A method of ours that nobody calls any more after an upgrade would go unnoticed."""
    listed = {(entry.used, entry.needle) for _, entry in LISTED}
    for found in pkgutil.walk_packages(slopewise.__path__, "slopewise."):
        if found.name.endswith("__main__"):
            continue
        try:
            module = import_module(found.name)
        except ImportError:  # what it misses is told by the test of that name
            continue
        for kind in vars(module).values():
            if not inspect.isclass(kind) or kind.__module__ != found.name:
                continue
            path = Path(inspect.getfile(kind)).relative_to(PACKAGE).as_posix()
            known = {"slopewise", *sys.stdlib_module_names}
            theirs = [
                base for base in kind.__mro__ if base.__module__.partition(".")[0] not in known
            ]
            for name, value in vars(kind).items():
                if name.startswith("__") or not name.startswith("_") or not callable(value):
                    continue
                stands = [base for base in theirs if callable(vars(base).get(name))]
                assert not stands or (path, name) in listed, f"{path}: {kind.__name__}.{name}"
