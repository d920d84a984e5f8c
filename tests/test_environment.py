"""pyproject.toml, the locks and environment.yml agree, and name no machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version
from tools.newest import moved, versions, wanted

from slopewise.build.manifest import locked_versions
from tests.notebooks import REPOSITORY

_MOST_BYTES = 5_000_000
_HOSTS = re.compile(
    rb"https?://(?:[\w.-]+@)?(?:pypi\.|[\w.-]*pythonhosted|[\w.-]+/simple\b|download\.pytorch|"
    rb"localhost:\d+/simple|\d+\.\d+\.\d+\.\d+(?::\d+)?/(?:simple|pypi))|index-url *= *http"
)
# Homes and work folders of whoever wrote something; a document's own examples are not among them.
_PATHS = re.compile(rb"(?<![\w.])/(?:Users|work|mnt)/\w+|(?<!\w)[A-Z]:\\\\Users")


@cache
def project() -> dict[str, Any]:
    data = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    found: dict[str, Any] = data["project"]
    return found


LOCKS = ("requirements.lock", "requirements-torch.lock", "requirements-cuda.lock")
CPU = "requirements-torch-cpu.lock"


def entries(*names: str) -> list[tuple[Requirement, list[str]]]:
    """Every pin of the locks with its hashes."""
    found = []
    for name in names or LOCKS:
        text = (REPOSITORY / name).read_text(encoding="utf-8").replace("\\\n", " ")
        for line in text.splitlines():
            if line.strip() and not line.startswith("#"):
                pin, *hashes = line.split(" --hash=")
                found.append((Requirement(pin), [one.strip() for one in hashes]))
    return found


@cache
def lock() -> dict[str, Version]:
    """The locked version of each package in the Python at hand."""
    found: dict[str, Version] = {}
    for pin, _ in entries():
        (exact,) = pin.specifier
        assert exact.operator == "==", str(pin)
        assert pin.url is None, str(pin)
        if pin.marker is None or pin.marker.evaluate():
            assert canonicalize_name(pin.name) not in found, str(pin)
            found[canonicalize_name(pin.name)] = Version(exact.version)
    return found


def test_every_locked_release_has_hashes() -> None:
    for pin, hashes in entries(*LOCKS, CPU):
        assert hashes, str(pin)
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), str(pin)


def test_torch_and_what_its_full_build_needs_have_locks_of_their_own() -> None:
    names = {pin.name for pin, _ in entries()}
    main = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    assert "torch" in names
    assert not re.search(r"^(torch|triton|nvidia-|cuda-)", main, re.MULTILINE)


def test_the_small_build_of_torch_is_the_same_release() -> None:
    ((pin, _),) = entries(CPU)
    ((full, hashes),) = entries("requirements-torch.lock")
    assert str(pin) == f"{full}+cpu"
    assert len(hashes) > 1


def test_locks_are_a_lessons_inputs_by_their_versions(tmp_path: Path) -> None:
    (tmp_path / "requirements.lock").write_text(
        "# Written\nnumpy==2.4.6 ; python_full_version < '3.12' \\\n    --hash=sha256:00\n"
        "tqdm==4.70\n"
    )
    for name, build in (("a", ""), ("b", "+cpu")):
        (tmp_path / f"requirements-{name}.lock").write_text(
            f"torch==2.13.0{build} \\\n    --hash=sha256:{name}\n"
        )
    assert locked_versions(tmp_path) == [
        "numpy==2.4.6 ; python_full_version < '3.12'",
        "torch==2.13.0",
        "tqdm==4.70",
    ]
    assert len(locked_versions(REPOSITORY)) > 150


# Their names that are not public are used: a newer one may be without them.
BOUNDED = {"nbgrader", "ipykernel", "ipython", "nbval", "nbconvert", "nbclient"}


@pytest.mark.parametrize("name", sorted(BOUNDED))
def test_a_package_whose_private_names_are_used_has_an_upper_bound(name: str) -> None:
    (requirement,) = {str(one) for one in requirements() if one.name == name}
    assert any(one.operator in ("<", "==") for one in Requirement(requirement).specifier)


def requirements() -> list[Requirement]:
    """What the package and its extras name, but the package itself."""
    lists = [project()["dependencies"], *project()["optional-dependencies"].values()]
    named = [Requirement(text) for texts in lists for text in texts]
    return [one for one in named if one.name != project()["name"]]


@pytest.mark.parametrize("requirement", requirements(), ids=str)
def test_every_direct_dependency_is_in_the_lock(requirement: Requirement) -> None:
    name = canonicalize_name(requirement.name)
    assert name in lock(), "run `make lock`"
    assert requirement.specifier.contains(lock()[name], prereleases=True), str(lock()[name])


def test_the_development_extra_names_only_extras_that_exist() -> None:
    own = [Requirement(text) for text in project()["optional-dependencies"]["dev"]]
    wanted = {extra for one in own if one.name == project()["name"] for extra in one.extras}
    assert wanted <= set(project()["optional-dependencies"])


def test_printed_digits_and_quick_starts_are_pinned() -> None:
    assert lock()["torch"] == Version("2.13.0")
    assert lock()["jsonschema"] < Version("4.25")


@cache
def conda() -> dict[str, Any]:
    found = yaml.safe_load((REPOSITORY / "environment.yml").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_conda_takes_the_locks() -> None:
    (pip,) = [one["pip"] for one in conda()["dependencies"] if isinstance(one, dict)]
    assert pip == [f"--requirement {name}" for name in LOCKS]


def test_conda_takes_a_python_that_the_package_allows() -> None:
    (python,) = [
        one for one in conda()["dependencies"] if isinstance(one, str) and one.startswith("python")
    ]
    version = python.partition("=")[2].strip("=")
    assert SpecifierSet(project()["requires-python"]).contains(f"{version}.99")


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True
    ).stdout
    paths = [REPOSITORY / name.decode() for name in listed.split(b"\0") if name]
    return [path for path in paths if path.is_file()]


def test_no_tracked_file_names_a_registry_or_a_machine() -> None:
    paths = tracked()
    assert len(paths) > 100
    found = []
    for path in paths:
        data = path.read_bytes()
        if b"\0" in data[:4096] or len(data) > _MOST_BYTES or path == Path(__file__).resolve():
            continue
        for match in (*_HOSTS.finditer(data), *_PATHS.finditer(data)):
            line = data.count(b"\n", 0, match.start()) + 1
            found.append(f"{path.relative_to(REPOSITORY)}:{line}: {match[0].decode()}")
    assert found == []


def test_the_newest_releases_are_tried_without_upper_bounds() -> None:
    named = wanted(project())
    assert "nbgrader>=0.9.5" in named
    assert "psycopg[binary]>=3.2" in named
    assert {"torch==2.13.0", "jsonschema<4.25"} <= set(named)
    assert [one for one in named if "<" in one] == ["jsonschema<4.25"]


def test_what_moved_is_told() -> None:
    locked = versions(["Jinja2==3.1.6 \\", "    --hash=sha256:00", "torch==2.13.0+cpu", "# x==1"])
    assert locked == {"jinja2": "3.1.6", "torch": "2.13.0"}
    assert moved(locked, {"jinja2": "3.2", "torch": "2.13.0", "new": "1"}) == [
        "jinja2: 3.1.6 -> 3.2",
        "new: not locked -> 1",
    ]


_IMPORTS_EVERYTHING = """
import importlib, pkgutil, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("torch", "matplotlib", "mpl_toolkits", "pandas"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Blocked())
import slopewise
for module in pkgutil.walk_packages(slopewise.__path__, "slopewise."):
    if module.name != "slopewise.__main__" and not module.name.startswith("slopewise.figures"):
        importlib.import_module(module.name)
        print(module.name)
from slopewise.sandbox import cell_process
cell_process.rehearse()  # a warm process of a course that draws nothing
"""


def test_the_grader_needs_no_library_of_the_course() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _IMPORTS_EVERYTHING], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert {"slopewise.grading", "slopewise.sandbox.fork_server"} <= set(done.stdout.split())


# What nobody imports: programs, what is only bounded, what pytest and Sphinx find by themselves.
UNSEEN = {"ipykernel", "jsonschema", "jupyterlab", "editables", "furo", "hatchling", "mypy"} | {
    "myst-parser",
    "pytest-xdist",
    "ruff",
}
OURS = ("slopewise", "slopewise_docs", "tests", "tools", "benchmarks")


def imports() -> dict[str, str]:
    """The packages of others that anything here imports, by module, and where."""
    found: dict[str, str] = {}
    for root in ("src", "tests", "tools", "benchmarks", "docs/extensions"):
        for path in (REPOSITORY / root).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                modules = []
                if isinstance(node, ast.Import):
                    modules = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    modules = [str(node.module)]
                for module in modules:
                    found.setdefault(
                        module.partition(".")[0], f"{path}:{getattr(node, 'lineno', 0)}"
                    )
    return {
        name: where
        for name, where in found.items()
        if name not in (*OURS, *sys.stdlib_module_names)
    }


def asked_for() -> set[str]:
    """What pyproject.toml names, its extras included."""
    lists = [project()["dependencies"], *project()["optional-dependencies"].values()]
    named: set[str] = {
        canonicalize_name(Requirement(text).name) for texts in lists for text in texts
    }
    return named - {"slopewise"}


def test_what_is_imported_is_named_and_what_is_named_is_used() -> None:
    known = packages_distributions()
    used = set()
    for name, where in imports().items():
        if name == "jupyterlab_server":  # JupyterLab's own half, in one test
            continue
        brought = {canonicalize_name(one) for one in known.get(name, [name])}
        assert brought & asked_for(), f"{where}: imports {name}, which pyproject.toml does not name"
        used |= brought
    assert asked_for() - used == UNSEEN


def test_every_dependency_has_its_reason() -> None:
    text = (REPOSITORY / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    words = {canonicalize_name(one) for one in re.findall(r"[a-z0-9_.-]*[a-z0-9]", text)}
    assert asked_for() <= words, sorted(asked_for() - words)
