"""Install the newest releases of everything, run the tests, and say what broke and what had moved.

    python tools/newest.py [--summary FILE]

Makes `.venv` anew. Upper bounds of pyproject.toml are lifted; jsonschema and what is pinned with
`==` stay, for reasons that docs/dependencies.md gives. Standard library only: it runs before
anything is installed. Exit status 0 only where every stage passed.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"
KEPT = ("jsonschema",)
STAGES = {
    "types": ["-m", "mypy"],
    "solutions": [
        "-m",
        "pytest",
        "-q",
        "-c",
        "tools/nbval.ini",
        "--rootdir",
        ".",
        "--nbval",
        "--nbval-current-env",
        "solutions",
    ],
    "tests": ["-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "--max-worker-restart", "0"],
}


def without_upper_bounds(requirement: str) -> str:
    """Return a requirement without upper bounds: `ipython>=8.30,<10` as `ipython>=8.30`."""
    if requirement.startswith(KEPT):
        return requirement
    return re.sub(r",?<=?[^,;\]]+", "", requirement)


def wanted(project: dict[str, object]) -> list[str]:
    """Return what pyproject.toml names, extras included, without the package itself."""
    extras = project["optional-dependencies"]
    assert isinstance(extras, dict)
    lists = [project["dependencies"], *extras.values()]
    named = [text for texts in lists for text in texts]
    return sorted(
        {without_upper_bounds(text) for text in named if not text.startswith("slopewise")}
    )


def versions(lines: list[str]) -> dict[str, str]:
    """Return the pinned version by normalised name of lines such as `Jinja2==3.1.6`."""
    pins = [re.match(r"([A-Za-z0-9._-]+)==([^\s;+]+)", line) for line in lines]
    return {re.sub(r"[-_.]+", "-", pin[1]).lower(): pin[2] for pin in pins if pin}


def moved(locked: dict[str, str], installed: dict[str, str]) -> list[str]:
    """Return one line for every package whose version is not the locked one."""
    return [
        f"{name}: {locked.get(name, 'not locked')} -> {version}"
        for name, version in sorted(installed.items())
        if locked.get(name) != version
    ]


def run(*words: str) -> int:
    """Run Python in the new environment, in the repository; return the exit status."""
    return subprocess.run([str(PYTHON), *words], cwd=ROOT, check=False).returncode


def main() -> int:
    """Install, test, report; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--summary", type=Path, help="where to add the report, in Markdown")
    chosen = parser.parse_args()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(ROOT / ".venv")], check=True)
    failed = []
    if run("-m", "pip", "install", "--quiet", *wanted(project)) or run(
        *("-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "-e", ".")
    ):
        failed.append("installation")
    else:
        (ROOT / ".venv" / ".installed").touch()
        failed.extend(stage for stage, words in STAGES.items() if run(*words))
    frozen = subprocess.run(
        [str(PYTHON), "-m", "pip", "freeze", "--exclude-editable"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    locked = [
        line
        for path in sorted(ROOT.glob("requirements*.lock"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    changes = moved(versions(locked), versions(frozen.stdout.splitlines()))
    outcome = f"failed: {', '.join(failed)}" if failed else "all stages passed"
    report = "\n".join(
        [f"# Newest releases: {outcome}", "", *(f"- {line}" for line in changes), ""]
    )
    print(report)
    if chosen.summary:
        with chosen.summary.open("a", encoding="utf-8") as file:
            file.write(report)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
