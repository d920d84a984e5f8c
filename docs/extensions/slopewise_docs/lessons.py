"""The lessons as pages: prose and figures open, solutions and checks folded.

Every source comes from the released notebook, which holds no hidden question; of the executed
solution only the solution cells' code and the outputs are taken, and of those not the
observations.
"""

from __future__ import annotations

import base64
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from slopewise.notebook.cell_kinds import CellKind, cell_kind
from slopewise.notebook.course import Course, Lesson
from slopewise.notebook.files import write_whole
from slopewise.notebook.regions import SOLUTION, without_marks
from slopewise.scoring.observations import MIME_TYPE
from slopewise_docs.links import Repository

_SLIDER = "application/vnd.jupyter.widget-view+json"
_SLIDER_NOTE = "There are sliders here. Open the lesson in JupyterLab to move them."


def write_pages(
    course: Course, folder: Path, *, solutions: bool, repository: Repository | None = None
) -> None:
    """Write a page for each lesson, its pictures, the lesson to download, and the list of all.

    Args:
        course: whose lessons.
        folder: where; what else is in it is removed.
        solutions: whether the pages hold the solutions, folded.
        repository: where the lessons are edited and Binder finds them, if that is known.
    """
    pages = {"index.md": _list_page(course, repository).encode()}
    for lesson in course.lessons:
        pages |= lesson_page(lesson, solutions=solutions, repository=repository)
    for path in folder.glob("*"):
        if path.is_dir() and not any(name.startswith(f"{path.name}/") for name in pages):
            shutil.rmtree(path)
        elif path.is_file() and path.name not in pages:
            path.unlink()
    for name, content in pages.items():
        path = folder / name
        # Sphinx reads again what has a new date.
        if not path.is_file() or path.read_bytes() != content:
            write_whole(path, content)


def _list_page(course: Course, repository: Repository | None) -> str:
    start = f" Or [start them on Binder]({repository.launch()})." if repository else ""
    rows = [
        f"| {lesson.name[:2]} | [{lesson.title}]({lesson.name}.md) "
        f"| {lesson.aim[:1].upper()}{lesson.aim[1:]} | {lesson.minutes}\u00a0min "
        f"| {len(lesson.exercises) + len(lesson.by_hand)} | {lesson.points:g} |"
        for lesson in course.lessons
    ]
    names = "\n".join(lesson.name for lesson in course.lessons)
    return "\n".join(
        [
            "# The course to read",
            "",
            "These pages are made from the executed solutions. To predict, run and be told what",
            f"is wrong, open the lessons in JupyterLab: `make lab`.{start}",
            "Solutions are folded. Try first.",
            "",
            "| | lesson | aim | time | exercises | points |",
            "|---|---|---|---|---|---|",
            *rows,
            "",
            "```{toctree}\n:hidden:\n",
            f"{names}\n```",
            "",
        ]
    )


def lesson_page(
    lesson: Lesson, *, solutions: bool, repository: Repository | None = None
) -> dict[str, bytes]:
    """Return a lesson's page, pictures and archive, by their paths below the folder of pages."""
    released = nbformat.read(lesson.path_in("release"), as_version=4)
    solved = {
        cell.id: cell for cell in nbformat.read(lesson.path_in("solutions"), as_version=4).cells
    }
    archive = f"{lesson.name}/{lesson.name}.zip"
    page = _Page(lesson, _ways(lesson, archive, repository), solutions=solutions)
    for cell in released.cells:
        page.add(cell, solved[cell.id])
    return {f"{lesson.name}.md": page.text.encode(), **page.pictures, archive: _archive(lesson)}


def _ways(lesson: Lesson, archive: str, repository: Repository | None) -> str:
    """The line that leads from a lesson's page to the lesson."""
    ways = [f"[Download the lesson]({archive})"]
    if repository is not None:
        released = f"release/{lesson.name}/{lesson.name}.ipynb"
        ways.append(f"[Open it on Binder]({repository.launch(released)})")
        ways.append(f"[Edit its text]({repository.edit(f'notebooks/{lesson.name}.py')})")
    return "\n".join([":::{container} ways", " · ".join(ways), ":::"])


def _archive(lesson: Lesson) -> bytes:
    """What a learner gets, packed; the same bytes for the same lesson."""
    folder = lesson.path_in("release").parent
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and ".ipynb_checkpoints" not in path.parts:
                name = f"{lesson.name}/{path.relative_to(folder).as_posix()}"
                archive.writestr(zipfile.ZipInfo(name), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


class _Page:
    def __init__(self, lesson: Lesson, ways: str, *, solutions: bool) -> None:
        self._lesson = lesson
        self._below_the_title = ways
        self._solutions = solutions
        self._parts: list[str] = []
        self.pictures: dict[str, bytes] = {}

    @property
    def text(self) -> str:
        """The page in MyST's Markdown."""
        return "\n\n".join(self._parts) + "\n"

    def add(self, cell: Any, solved: Any) -> None:
        """Add a cell as it is released, and what the solution's cell shows."""
        if cell.cell_type != "code":
            title, _, rest = cell.source.partition("\n")
            if title.startswith("# ") and not self._parts:
                self._parts += [title, self._below_the_title, rest.lstrip("\n")]
            else:
                self._parts.append(cell.source)
            return
        kind = cell_kind(cell)
        outputs = list(self._outputs(solved.outputs))
        code = _code(cell.source)
        if kind is CellKind.CHECK:
            self._fold(f"The visible check of `{cell.id.removesuffix('-check')}`", [code, *outputs])
        elif kind in (CellKind.ANSWER, CellKind.BY_HAND):
            self._parts += [code]
            solution = _code(without_marks(solved.source, SOLUTION))
            if self._solutions:
                self._fold(f"A solution of `{cell.id}`", [solution])
            self._parts += outputs
        else:
            self._parts += [code, *outputs]

    def _fold(self, title: str, parts: list[str]) -> None:
        self._parts.append("\n\n".join([f"::::{{fold}} {title}", *parts, "::::"]))

    def _outputs(self, outputs: list[Any]) -> Iterator[str]:
        for output in outputs:
            if output.output_type == "stream":
                yield _printed(output.text)
                continue
            data = output.get("data", {})
            if MIME_TYPE in data:
                continue
            if _SLIDER in data:
                yield f":::{{note}}\n{_SLIDER_NOTE}\n:::"
            elif "image/png" in data:
                yield self._picture(output)
            elif "text/plain" in data:
                yield _printed(data["text/plain"])

    def _picture(self, output: Any) -> str:
        name = f"{self._lesson.name}/figure-{len(self.pictures) + 1}.png"
        self.pictures[name] = base64.b64decode(output.data["image/png"])
        about = output.metadata.get("image/png", {})
        text = " ".join(str(about.get("alt", "")).split())
        options = [f":alt: {text}"] if text else []
        if isinstance(about.get("width"), int):
            options.append(f":width: {about['width']}px")
        return "\n".join([f"```{{image}} {name}", *options, "```"])


def _code(source: str) -> str:
    return _fenced("{code-block} python", source)


def _printed(text: str) -> str:
    return _fenced("{code-block} text\n:class: printed", text.rstrip("\n"))


def _fenced(head: str, text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    # The blank line keeps a first line that begins with a colon from being an option.
    return f"{fence}{head}\n\n{text}\n{fence}"
