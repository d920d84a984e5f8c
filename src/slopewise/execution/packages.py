"""A name for the packages that a notebook's cells meet: with others it may do something else."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import site
import sys
import sysconfig
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from slopewise.sandbox.modules import own_sources

_CODE = (".py", ".so", ".pyd")
_SKIPPED = {"__pycache__", "node_modules"}
_PACKAGE = Path(__file__).resolve().parent.parent


@lru_cache(maxsize=1)
def packages() -> str:
    """A name for the packages of this Python and for the part of Slopewise that cells can see.

    An installed package counts by name and version; one that lies elsewhere (an editable install,
    a folder that a `.pth` file names) by what is in it. The same packages have the same name on
    every machine, wherever they lie.
    """
    digest = hashlib.sha256()
    for text in (sys.version, platform.machine(), *_texts(_places())):
        digest.update(text.encode("utf-8", "surrogateescape") + b"\0")
    for source in (*own_sources(), *sorted(Path(__file__).parent.glob("*.py"))):
        digest.update(source.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _places() -> list[Path]:
    """The folders where packages are installed."""
    found = [sysconfig.get_paths()[key] for key in ("purelib", "platlib")]
    found += site.getsitepackages()
    if site.ENABLE_USER_SITE:
        found.append(site.getusersitepackages())
    return [Path(place) for place in dict.fromkeys(found) if Path(place).is_dir()]


def _texts(places: list[Path]) -> Iterator[str]:
    linked: list[Path] = []
    projects: list[Path] = []
    for place in places:
        # The folder of an installed package's metadata is named by package and version.
        for folder in sorted(place.glob("*.dist-info")):
            yield folder.name
            projects += _editable(folder)
        for file in sorted(place.glob("*.pth")):
            for line in file.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
                if line.startswith(("import ", "import\t")):
                    yield line
                elif line.strip() and not line.startswith("#"):
                    linked.append((place / line.rstrip()).resolve())
    # Most editable projects are linked by a `.pth` file that names the folder of their sources.
    roots = linked + [
        root for root in projects if not any(path.is_relative_to(root) for path in linked)
    ]
    for root in dict.fromkeys(roots):
        if root.is_dir() and not any(root == place.resolve() for place in places):
            yield from _contents(root)


def _editable(metadata: Path) -> list[Path]:
    """The folder of a package that was installed as editable, by its standard metadata."""
    try:
        said = json.loads((metadata / "direct_url.json").read_text(encoding="utf-8"))
        if said["dir_info"]["editable"]:
            return [Path(unquote(urlsplit(said["url"]).path)).resolve()]
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return []


def _contents(root: Path) -> Iterator[str]:
    """Every file below a folder: code by its content, anything else by its size."""
    for folder, folders, names in os.walk(root):
        here = Path(folder)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and name not in _SKIPPED
            and here / name != _PACKAGE
            and not (here / name / "pyvenv.cfg").exists()
        )
        for name in sorted(names):
            path = here / name
            try:
                said = (
                    hashlib.sha256(path.read_bytes()).hexdigest()
                    if name.endswith(_CODE)
                    else str(path.stat().st_size)
                )
            except OSError:  # such as a link to nowhere
                continue
            yield f"{path.relative_to(root)} {said}"
