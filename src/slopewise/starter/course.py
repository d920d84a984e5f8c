"""Write a new course from the templates beside this module.

A template is a :class:`string.Template`; `$$` stands for `$`. What is filled in:
`$title`, `$toml_title` (quoted), `$course_id` and `$folder`.
"""

from __future__ import annotations

import contextlib
import json
import re
import secrets
import shutil
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

from slopewise.errors import CourseError
from slopewise.notebook.course_settings import read_course_settings
from slopewise.notebook.files import write_whole

_TEMPLATES = files("slopewise.starter") / "files"
_SUFFIX = ".template"
_NO_ID = re.compile(r"[^A-Za-z0-9]+")


def start_course(folder: Path, title: str | None = None) -> tuple[str, ...]:
    """Write a course into a folder that is new or empty: all of it, or nothing.

    Args:
        folder: where to; made where it is missing.
        title: the course's name; taken from the folder's where None is given.

    Returns:
        The files that were written, by their path in the folder, sorted.

    Raises:
        CourseError: the folder holds something, is a file or cannot be written, or the title is no
            text on one line.
    """
    if not str(folder).isprintable():
        raise CourseError(f"{str(folder)!r}: is no name for a folder; choose one that can be shown")
    if title is not None and not (title.strip() and title.isprintable()):
        raise CourseError(f"--title {title!r}: is no title; write a few words on one line")
    try:
        whole = folder.resolve()
        values = _values(whole.name, title)
        made = [one for one in (whole, *whole.parents) if not one.exists()]
        if whole.exists() and any(whole.iterdir()):
            raise CourseError(f"{folder}: is not empty; name a new folder for the course")
        stage = whole / f".new-{secrets.token_hex(8)}"
        moved: list[Path] = []
        try:
            stage.mkdir(parents=True)
            written = _fill(stage, values)
            read_course_settings(stage)
            for path in sorted(stage.iterdir()):
                moved.append(path.rename(whole / path.name))
            stage.rmdir()
        except BaseException:
            for path in (stage, *moved):
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
            for path in made:
                with contextlib.suppress(OSError):
                    path.rmdir()
            raise
    except OSError as error:
        raise CourseError(f"{folder}: no course can be written there ({error.strerror})") from None
    return written


def _values(name: str, title: str | None) -> dict[str, str]:
    words = _NO_ID.sub(" ", name).strip()
    if title is None:
        title = " ".join(re.split(r"[\s_-]+", name)).strip() or "A course"
        title = title[0].upper() + title[1:]
    return {
        "title": title,
        "toml_title": json.dumps(title, ensure_ascii=False),  # a string of TOML, too
        "course_id": words.replace(" ", "-").lower() or "course",
        "folder": name,
    }


def _fill(stage: Path, values: dict[str, str]) -> tuple[str, ...]:
    written = []
    for parts, template in sorted(_templates(_TEMPLATES, ()), key=lambda one: one[0]):
        name = "/".join(parts).removesuffix(_SUFFIX)
        text = Template(template.read_text(encoding="utf-8")).substitute(values)
        write_whole(stage / name, text.encode())
        written.append(name)
    return tuple(written)


def _templates(
    folder: Traversable, above: tuple[str, ...]
) -> list[tuple[tuple[str, ...], Traversable]]:
    found: list[tuple[tuple[str, ...], Traversable]] = []
    for one in folder.iterdir():
        if one.is_dir():
            found += _templates(one, (*above, one.name))
        elif one.name.endswith(_SUFFIX):
            found.append(((*above, one.name), one))
    return found
