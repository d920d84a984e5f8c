"""Where this Python's imports come from, so that the box can show all of it and nothing else.

Packages may lie outside `sys.prefix`: in a user's own folder, behind `PYTHONPATH` or a `.pth` file,
or where an editable install of somebody else's library has its sources.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import importlib.util
import json
import sys
from collections.abc import Iterator
from functools import lru_cache
from importlib.machinery import all_suffixes
from pathlib import Path

_PACKAGES = ("site-packages", "dist-packages")


@lru_cache(maxsize=1)
def import_paths() -> tuple[str, ...]:
    """Return what the box has to show for this process's imports, absolute, each once.

    A folder of installed packages is one path, an archive is one; of any other folder on
    `sys.path`, which may be somebody's home, only the modules and packages in it are named. The
    working directory is no place of this kind: what lies there is somebody's work.
    """
    found: list[str] = []
    for entry in map(Path, sys.path):
        if not entry.is_absolute():
            continue
        if entry.name in _PACKAGES or entry.is_file():
            found.append(str(entry))
        else:
            found += _modules(entry)
    found += _behind_finders()
    return tuple(dict.fromkeys(path for path in found if Path(path).exists()))


def _modules(folder: Path) -> list[str]:
    """The modules and packages directly in a folder."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return []
    return [str(entry) for entry in entries if _is_importable(entry)]


def _is_importable(path: Path) -> bool:
    if path.name.endswith((".dist-info", ".egg-info")):  # asked for versions and entry points
        return True
    if path.name.partition(".")[0].isidentifier():
        with contextlib.suppress(OSError):
            if path.is_dir():
                return "." not in path.name and any(map(_is_source, path.iterdir()))
            return _is_source(path)
    return False


def _is_source(path: Path) -> bool:
    return path.name.endswith(tuple(all_suffixes()))


def _behind_finders() -> Iterator[str]:
    """The sources of editable installs that no entry of `sys.path` leads to.

    Such an install brings a finder of its own; where a module lies, the import system says.
    """
    for distribution in importlib.metadata.distributions():
        if not _is_editable(distribution):
            continue
        for name in (distribution.read_text("top_level.txt") or "").split():
            spec = None
            with contextlib.suppress(Exception):  # a finder is somebody else's code
                spec = importlib.util.find_spec(name)
            if spec is None:
                continue
            if spec.submodule_search_locations is not None:
                yield from (str(Path(one).absolute()) for one in spec.submodule_search_locations)
            elif spec.has_location and spec.origin:
                yield str(Path(spec.origin).absolute())


def _is_editable(distribution: importlib.metadata.Distribution) -> bool:
    try:
        origin = json.loads(distribution.read_text("direct_url.json") or "{}")
        return bool(origin.get("dir_info", {}).get("editable"))
    except (ValueError, AttributeError):
        return False
