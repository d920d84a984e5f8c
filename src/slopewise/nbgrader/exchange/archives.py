"""nbgrader's `zip_collect`: archives that learners packed, and platforms packed once more."""

from __future__ import annotations

import os
import shutil
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.apps import ZipCollectApp
from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin

from slopewise.nbgrader import upstream
from slopewise.nbgrader.exchange.platform_names import Learner, owner_of, student_of
from slopewise.nbgrader.exchange.receipt import NAME, TIMESTAMP
from slopewise.nbgrader.upstream import turn_into
from slopewise.notebook.identification import is_nobodys
from slopewise.notebook.identifiers import id_fault, name_fault, shown
from slopewise.notebook.untrusted_archives import ArchiveBounds, Unpacker, is_archive, stem

_MOST_NAMED = 20
_LARGEST_CLASS = 4 * 2**30


class ZipCollect(ZipCollectApp):  # type: ignore[misc]  # nbgrader is untyped
    """The command, but it ends with the list of what was not collected, and exit status 1.

    nbgrader asks nobody which class to use for it: our plugins turn it into this one.
    """

    troubles: list[str]
    collected: int = 0

    def _transfer_files(self, collected_data: dict[str, Any]) -> None:
        """Put files into `submitted/`; called by nbgrader once it knows whose they are."""
        self.collected = sum(len(one["src_files"]) for one in collected_data.values())
        super()._transfer_files(collected_data)

    def process_extracted_files(self) -> None:
        """Collect what was extracted; called by nbgrader as the last step."""
        super().process_extracted_files()
        if not self.troubles and not self.collected:
            archive = upstream.collect_path(self, self.archive_directory)
            self.fail(f"0 files were collected: put the platform's archive into {archive}")
        if not self.troubles:
            return
        self.log.warning("Not collected, %s in all:", len(self.troubles))
        for line in self.troubles[:_MOST_NAMED]:
            self.log.warning("  %s", line)
        if len(self.troubles) > _MOST_NAMED:
            self.log.warning("  … and %s more", len(self.troubles) - _MOST_NAMED)
        self.fail(f"{len(self.troubles)} were not collected; all else was; see the lines above")


def _troubles_of(app: Any) -> list[str]:
    """Where to say what is not collected."""
    if not isinstance(app, ZipCollectApp):
        return []
    if not isinstance(app, ZipCollect):
        turn_into(app, ZipCollect)
        app.troubles = []
    found: list[str] = app.troubles
    return found


class Collector(FileNameCollectorPlugin):  # type: ignore[misc]
    """Says whose a file is, by its name; nobody whose id or name breaks the rule."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._troubles = _troubles_of(self.parent)

    def collect(self, submitted_file: str) -> dict[str, Any] | None:
        """Return what a file's name says; called by nbgrader for every extracted file."""
        name = Path(submitted_file).name
        if any(is_nobodys(part) for part in self._parts(submitted_file)):
            return None
        if self.named_regexp:
            found: dict[str, Any] | None = super().collect(submitted_file)
            if not found:
                return None
        else:
            found = self._by_platform(submitted_file)
        reason = _fault(found) if found else "its name does not say whose it is"
        if reason is None:
            return found
        self._troubles.append(f"{shown(name)}: {reason}")
        return None

    def _parts(self, path: str) -> tuple[str, ...]:
        """A file's path below the folder that everything was extracted to."""
        app = self.parent
        root = Path(upstream.collect_path(app, app.extracted_directory))
        whole = Path(path)
        return whole.relative_to(root).parts if whole.is_relative_to(root) else (whole.name,)

    def _by_platform(self, path: str) -> dict[str, Any] | None:
        """Say whose a file is by Canvas's and Moodle's naming."""
        parts = self._parts(path)
        owner = owner_of(parts)
        if owner is None:
            return None
        folder = Path(path).parents[0 if len(parts) == 1 else len(parts) - 2]
        student = student_of(owner, self._learners, self._numbers(folder))
        return {"student_id": student, "file_id": owner.file}

    @cached_property
    def _learners(self) -> list[Learner]:
        """The gradebook's learners."""
        coursedir = self.parent.coursedir
        with Gradebook(coursedir.db_url, coursedir.course_id) as book:
            return [
                Learner(
                    str(one.id),
                    frozenset(
                        f"{first or ''} {second or ''}".strip().casefold()
                        for first, second in (
                            (one.first_name, one.last_name),
                            (one.last_name, one.first_name),
                        )
                    ),
                    str(one.lms_user_id or ""),
                )
                for one in book.students
            ]

    @lru_cache(maxsize=8)  # noqa: B019  # a command's plugin lives as long as the command
    def _numbers(self, folder: Path) -> dict[str, int]:
        """How many people of an archive have each name."""
        people: dict[str, set[str]] = {}
        for here, folders, files in os.walk(folder):
            for name in (*folders, *files):
                owner = owner_of((name, "x"))
                if owner is not None:
                    people.setdefault(owner.name, set()).add(owner.number)
            if Path(here) != folder:
                folders.clear()
        return {name: len(numbers) for name, numbers in people.items()}


def _fault(found: dict[str, Any]) -> str | None:
    student, file = str(found.get("student_id") or ""), str(found.get("file_id") or "")
    if reason := id_fault(student):
        return f"the learner's id “{shown(student)}” {reason}"
    if not file.isprintable() or {"", ".", ".."} & set(file.split("/")):
        return f"“{shown(file)}” is no name for a file"
    for name in ("first_name", "last_name", "email"):
        if reason := name_fault(str(found.get(name) or "")):
            return f"the learner's {name.replace('_', ' ')} {reason}"
    return None


class Extractor(ExtractorPlugin):  # type: ignore[misc]
    """Unpacks what was downloaded, as far as it is an honest archive's content."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._troubles = _troubles_of(self.parent)

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Unpack and copy everything; called by nbgrader once.

        Args:
            archive_path: the folder of what was downloaded.
            extracted_path: an empty folder.
        """
        source = Path(archive_path)
        half = shutil.disk_usage(extracted_path).free // 2
        bounds = ArchiveBounds(total=min(_LARGEST_CLASS, half))
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
        self._troubles += [f"{one.name} {one.reason}" for one in unpacker.left_out]

    def _take(self, source: Path, name: str, unpacker: Unpacker, bounds: ArchiveBounds) -> None:
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
