"""pyproject.toml, requirements.lock and environment.yml agree, and name no machine."""

from __future__ import annotations

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version
from tools.newest import moved, versions, wanted

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


@cache
def lock() -> dict[str, Version]:
    lines = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line) for line in lines if line.strip() and not line.startswith("#")]
    found: dict[str, Version] = {}
    for pin in pins:
        (exact,) = pin.specifier
        assert exact.operator == "==", str(pin)
        assert pin.url is None, str(pin)
        found[canonicalize_name(pin.name)] = Version(exact.version)
    assert len(found) == len(pins)
    return found


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


# Their names that are not public are used: a newer one may be without them.
BOUNDED = {"nbgrader", "ipykernel", "ipython", "jupyter_client", "nbval", "nbconvert", "nbclient"}


@pytest.mark.parametrize("name", sorted(BOUNDED))
def test_a_package_whose_private_names_are_used_has_an_upper_bound(name: str) -> None:
    (requirement,) = {str(one) for one in requirements() if one.name == name}
    assert any(one.operator in ("<", "==") for one in Requirement(requirement).specifier)


@cache
def conda() -> dict[str, Any]:
    found = yaml.safe_load((REPOSITORY / "environment.yml").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_conda_takes_the_package_with_the_lock_as_constraint() -> None:
    (pip,) = [one["pip"] for one in conda()["dependencies"] if isinstance(one, dict)]
    lines = [line.split(None, 1) for line in pip]
    assert ["--constraint", "requirements.lock"] in lines
    (own,) = [words[1] for words in lines if words[0] in ("--editable", "-e")]
    folder, _, extras = own.partition("[")
    assert folder == "."
    named = {extra.strip() for extra in extras.rstrip("]").split(",") if extra}
    assert named <= set(project()["optional-dependencies"])
    assert len(lines) == 2, "what is installed stands in pyproject.toml"


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
