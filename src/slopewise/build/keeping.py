"""Keep what another machine has built from the same inputs, where it says the same.

Processors differ in the last digits and in a picture's pixels. What decides a lesson's files is
the same on both machines, so whichever built them first is as right as the other: building again
elsewhere changes no byte.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from slopewise.build.manifest import Entry, hash_bytes
from slopewise.probe.keys import SUFFIX as TUTOR_SUFFIX
from slopewise.scoring.printed import Agreement, data_agreement

PICTURES = frozenset({"image/png", "image/jpeg"})
"""Not compared, as nbval does not; a picture's text stands beside it and is."""


def keep_equal(
    root: Path, files: dict[str, bytes], inputs: str, earlier: Entry | None
) -> dict[str, bytes]:
    """Return the files to write: a stored one where it agrees with the fresh one.

    Args:
        root: the course's folder.
        files: what was built just now, by its path below `root`.
        inputs: hash of everything that decided it.
        earlier: what the manifest says of the stored files. None, or other inputs: all that was
            built is taken. A file edited by hand since is replaced, too.
    """
    if earlier is None or earlier.inputs != inputs:
        return files
    return {
        relative: _stored(root / relative, fresh, earlier.outputs.get(relative)) or fresh
        for relative, fresh in files.items()
    }


def _stored(path: Path, fresh: bytes, digest: str | None) -> bytes | None:
    """The stored file, where it is as it was built and says the same as the fresh one."""
    if not path.is_file():
        return None
    stored = path.read_bytes()
    if hash_bytes(stored) != digest:
        return None
    if stored == fresh or path.suffix not in (".ipynb", ".json"):
        return None  # nothing to compare: the fresh one it is
    agreed = data_agreement(_read(path, fresh), _read(path, stored), skip=PICTURES)
    return None if agreed is Agreement.BEYOND else stored


def _read(path: Path, data: bytes) -> Any:
    read = json.loads(data)
    if path.name.endswith(TUTOR_SUFFIX):
        # Its keys are hashes of rounded numbers: near a border another processor has another hash,
        # which opens as well. What can be compared is how many there are.
        for part in read["tutor"].values():
            part["entries"] = len(part["entries"])
    return read
