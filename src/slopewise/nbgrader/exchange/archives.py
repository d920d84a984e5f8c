"""nbgrader's `zip_collect`: archives that learners packed, and platforms packed once more."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from nbgrader.apps import ZipCollectApp
from nbgrader.plugins import ExtractorPlugin

from slopewise.nbgrader.exchange.receipt import NAME, TIMESTAMP
from slopewise.nbgrader.upstream import turn_into
from slopewise.notebook.untrusted_archives import Bounds, Unpacker, is_archive, stem

_MOST_NAMED = 20
_LARGEST_CLASS = 4 * 2**30


class Extractor(ExtractorPlugin):  # type: ignore[misc]  # nbgrader is untyped
    """Unpacks what was downloaded; what is left out is named, and the exit status is 1."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Unpack and copy everything; called by nbgrader once.

        Args:
            archive_path: the folder of what was downloaded.
            extracted_path: an empty folder.
        """
        source = Path(archive_path)
        half = shutil.disk_usage(extracted_path).free // 2
        bounds = Bounds(total=min(_LARGEST_CLASS, half))
        # When it came is for the platform to say: no file in an archive does.
        unpacker = Unpacker(Path(extracted_path), frozenset({TIMESTAMP, NAME}))
        names = sorted(
            str(Path(here, name).relative_to(source))
            for here, _, files in os.walk(source)
            for name in files
        )
        if not names:
            self.log.warning("No files found in directory: %s", source)
        for name in names:
            self._take(source, name, unpacker, bounds)
        lines = [f"{one.name} {one.reason}" for one in unpacker.left_out]
        if lines:
            self.log.warning("Left out, %s in all:", len(lines))
        for line in lines[:_MOST_NAMED]:
            self.log.warning("  %s", line)
        if len(lines) > _MOST_NAMED:
            self.log.warning("  … and %s more", len(lines) - _MOST_NAMED)
        if lines:
            _fail_at_the_end(self.parent, f"{len(lines)} files were left out; see the lines above")

    def _take(self, source: Path, name: str, unpacker: Unpacker, bounds: Bounds) -> None:
        try:
            descriptor = os.open(source / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            unpacker.note(name, "is a symbolic link or cannot be read")
            return
        with os.fdopen(descriptor, "rb") as file:
            if not Path(source, name).is_file():
                unpacker.note(name, "is not a plain file")
            elif is_archive(name):
                self.log.info("Extracting from: %s", name)
                unpacker.unpack(file, name, f"{stem(name)}/", bounds)
            elif os.fstat(descriptor).st_size > bounds.largest:
                unpacker.note(name, f"is larger than {bounds.largest >> 20} MB")
            else:
                unpacker.add(name, file.read(bounds.largest))


class _Failing(ZipCollectApp):  # type: ignore[misc]
    """Collects what there is, then ends with an exit status that says that it was not all."""

    failure = ""

    def process_extracted_files(self) -> None:
        """Collect what was extracted; called by nbgrader."""
        super().process_extracted_files()
        self.fail(self.failure)


def _fail_at_the_end(app: Any, failure: str) -> None:
    """Let a command collect on and fail then: nbgrader asks nobody after an extractor."""
    if isinstance(app, ZipCollectApp):
        turn_into(app, _Failing, failure=failure)
