"""What a release says of itself: one version everywhere, and files for maintainers that hold."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

import slopewise
from tests.notebooks import REPOSITORY

HOOKS = REPOSITORY / ".pre-commit-config.yaml"
FORMS = sorted((REPOSITORY / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
WORKFLOWS = sorted((REPOSITORY / ".github" / "workflows").glob("*.yml"))


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_the_newest_entry_of_the_changelog_is_this_version() -> None:
    text = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+)", text, re.MULTILINE)
    assert newest is not None
    assert newest[1] == slopewise.__version__


def test_the_citation_and_the_labs_extension_name_this_version() -> None:
    assert load(REPOSITORY / "CITATION.cff")["version"] == slopewise.__version__
    package = "src/slopewise/lab/labextensions/slopewise-lab/package.json"
    assert load(REPOSITORY / package)["version"] == slopewise.__version__


def test_nobody_else_says_a_version() -> None:
    text = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    assert 'dynamic = ["version"]' in text
    assert not re.search(r"^version\s*=", text, re.MULTILINE)


def test_hooks_are_programs_of_the_environment_and_what_make_test_runs() -> None:
    (local,) = load(HOOKS)["repos"]
    entries = [hook["entry"] for hook in local["hooks"]]
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    for entry in entries:
        program, *words = entry.split()
        assert (REPOSITORY / program).exists(), entry
        wanted = " ".join(word for word in words if word != "--force-exclude")
        assert f"$(BIN)/{Path(program).name} {wanted}".strip() in makefile, entry


@pytest.mark.parametrize("path", FORMS, ids=lambda path: str(path.name))
def test_a_form_asks_something(path: Path) -> None:
    form = load(path)
    if path.name == "config.yml":
        return
    assert form["name"]
    assert form["description"]
    asked = [one for one in form["body"] if one["type"] != "markdown"]
    assert len({one["id"] for one in asked}) == len(asked) > 0
    assert all(one["attributes"]["label"] for one in asked)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: str(path.name))
def test_a_workflow_calls_only_what_the_repository_has(path: Path) -> None:
    for job in load(path)["jobs"].values():
        assert job["timeout-minutes"] <= 90
        for step in job["steps"]:
            command = step.get("run", "")
            for named in re.findall(r"(?:tools|\.ci)/[\w./-]+", command):
                assert (REPOSITORY / named).exists(), command
            for module in re.findall(r"-m (tools\.\w+)", command):
                assert (REPOSITORY / f"{module.replace('.', '/')}.py").exists(), command
            for target in re.findall(r"make ([\w-]+)", command):
                assert f"\n{target}:" in (REPOSITORY / "Makefile").read_text(encoding="utf-8")
