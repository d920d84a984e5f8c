"""Remember what was built from what, so that only what changed is built again."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from slopewise.errors import BuildError
from slopewise.notebook.course import CONFIGURATION, Lesson
from slopewise.notebook.course_settings import SETTINGS
from slopewise.notebook.files import write_whole

MANIFEST = "build-manifest.json"
_PACKAGE = Path(__file__).resolve().parent.parent
TOOLS = (
    "build",
    "figures",
    "nbgrader/folding.py",
    "probe",
    "notebook/cell_kinds.py",
    "notebook/hidden_checks.py",
    "notebook/regions.py",
    "notebook/text.py",
    "scoring/altered.py",
    "scoring/comparison.py",
    "scoring/known_answers.py",
    "scoring/nodes.py",
    "scoring/observations.py",
    "scoring/tables.py",
)
"""What decides how generated files come out: when it changes, lessons are built again."""


@dataclass(frozen=True)
class Entry:
    """What one lesson was built from, and what came out.

    Attributes:
        inputs: hash of everything that decides the result.
        outputs: hash of each generated file, by its path below the course's root.
    """

    inputs: str
    outputs: dict[str, str]


def hash_bytes(data: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def hash_inputs(lesson: Lesson) -> str:
    """Return a hash of the lesson's text, the tools that build it, versions and settings."""
    digest = hashlib.sha256()
    for pin in locked_versions(lesson.root):
        digest.update(pin.encode() + b"\0")
    paths = [lesson.text_path, lesson.answers_path]
    paths += [lesson.root / CONFIGURATION, lesson.root / SETTINGS]
    for tool in TOOLS:
        path = _PACKAGE / tool
        paths.extend(sorted(path.glob("*.py")) if path.is_dir() else [path])
    for path in paths:
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    for name, data in lesson.data_files().items():
        digest.update(b"data\0" + name.encode() + b"\0" + hash_bytes(data).encode())
    return digest.hexdigest()


def locked_versions(root: Path) -> list[str]:
    """Return every pin of the locks at the course's root, such as `numpy==2.4.6`, sorted.

    What a build gives depends on the versions, not on which files of a release have a hash, in
    which order, or whether torch is its small or its full build.
    """
    found: set[str] = set()
    for path in root.glob("requirements*.lock"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if re.match(r"[A-Za-z0-9]", line):
                found.add(re.sub(r"(==[^\s;+]*)\+\S*", r"\1", line).removesuffix("\\").rstrip())
    return sorted(found)


def read_manifest(root: Path) -> dict[str, Entry]:
    """Return the entries by lesson; empty where nothing was built yet.

    Raises:
        BuildError: the manifest is damaged.
    """
    path = root / "notebooks" / MANIFEST
    if not path.is_file():
        return {}
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return {name: _entry(**entry) for name, entry in raw.items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise BuildError(
            f"notebooks/{MANIFEST}: is damaged; delete it and run `slopewise build`"
        ) from None


def _entry(inputs: str, outputs: dict[str, str]) -> Entry:
    if not all(isinstance(text, str) for text in (inputs, *outputs, *outputs.values())):
        raise TypeError
    return Entry(inputs, outputs)


def write_manifest(root: Path, entries: dict[str, Entry]) -> None:
    """Write the entries, all or nothing."""
    raw = {
        name: {"inputs": entry.inputs, "outputs": dict(sorted(entry.outputs.items()))}
        for name, entry in sorted(entries.items())
    }
    write_whole(root / "notebooks" / MANIFEST, (json.dumps(raw, indent=2) + "\n").encode())
