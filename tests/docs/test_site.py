"""The site that `make docs` builds: whole, offline, and without hidden questions."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import nbformat
import pytest
from bs4 import BeautifulSoup

from slopewise.notebook.course import Course
from slopewise.notebook.regions import HIDDEN, SOLUTION
from slopewise.scoring.observations import MIME_TYPE
from slopewise_docs.reference import reference
from tests.notebooks import NAMES, REPOSITORY

_CSS_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")
# What a browser fetches by itself; a link that somebody may follow is not among it.
_FETCHED = {
    "audio": "src", "embed": "src", "iframe": "src", "img": "src", "link": "href",
    "object": "data", "script": "src", "source": "src", "video": "src",
}  # fmt: skip


def build(source: Path, target: Path, *words: str) -> None:
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-n", *words]
    command += ["-D", f"slopewise_course={REPOSITORY}"]
    done = subprocess.run(
        [*command, str(source), str(target)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of docs/, so that a build beside this one is not disturbed."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(
        REPOSITORY / "docs", folder / "docs", ignore=shutil.ignore_patterns("_build", "course")
    )
    return folder / "docs"


@pytest.fixture(scope="module")
def site(documents: Path) -> Path:
    target = documents.parent / "html"
    build(documents, target)
    return target


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, BeautifulSoup]:
    return {
        path.relative_to(site).as_posix(): BeautifulSoup(path.read_text(), "html.parser")
        for path in site.rglob("*.html")
    }


def is_outside(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme not in ("", "data")


def test_every_document_and_lesson_has_a_page(
    pages: dict[str, BeautifulSoup], course: Course
) -> None:
    wanted = {f"{path.stem}.html" for path in (REPOSITORY / "docs").glob("*.md")}
    wanted |= {f"course/{lesson.name}.html" for lesson in course.lessons}
    assert wanted <= set(pages)


def test_the_pages_fetch_nothing_from_elsewhere(
    site: Path, pages: dict[str, BeautifulSoup]
) -> None:
    for name, page in pages.items():
        for tag, attribute in _FETCHED.items():
            for element in page.find_all(tag):
                assert not is_outside(str(element.get(attribute, ""))), f"{name}: {element}"
    for path in site.rglob("*.css"):
        for found in _CSS_ADDRESS.findall(path.read_text()):
            assert not is_outside("".join(found)), f"{path.name}: {found}"
    for path in site.rglob("*.js"):
        text = path.read_text()
        assert not re.search(r"(?:import|fetch)\(\s*['\"](?:https?:)?//", text), path.name


def test_every_link_within_the_site_leads_somewhere(
    site: Path, pages: dict[str, BeautifulSoup]
) -> None:
    for name, page in pages.items():
        for link in page.find_all("a", href=True):
            address = urlsplit(str(link["href"]))
            if address.scheme or address.netloc:
                continue
            target = (site / name).parent / unquote(address.path) if address.path else site / name
            assert target.exists(), f"{name}: {link['href']}"
            if address.fragment and target.suffix == ".html":
                other = pages[target.resolve().relative_to(site.resolve()).as_posix()]
                found = other.find(id=unquote(address.fragment))
                assert found or address.fragment in ("", "top"), f"{name}: {link['href']}"


def test_formulas_are_mathml(pages: dict[str, BeautifulSoup], course: Course) -> None:
    """One for each in the released lesson, and none left as text."""
    for lesson in course.lessons:
        page = pages[f"course/{lesson.name}.html"]
        notebook = nbformat.read(lesson.path_in("release"), as_version=4)
        prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
        prose = re.sub(r"`[^`]*`", "", prose)
        formulas = re.findall(r"\$\$.+?\$\$|\$.+?\$", prose, re.DOTALL)
        assert len(page.find_all("math")) == len(formulas)


def test_pictures_have_a_description(pages: dict[str, BeautifulSoup], course: Course) -> None:
    for lesson in course.lessons:
        pictures = pages[f"course/{lesson.name}.html"].select("article img")
        assert pictures or lesson.name not in NAMES
        for picture in pictures:
            assert len(str(picture.get("alt", ""))) > 40, picture


def test_solutions_and_checks_are_folded(pages: dict[str, BeautifulSoup], course: Course) -> None:
    for lesson in course.lessons:
        folds = pages[f"course/{lesson.name}.html"].select("details.fold")
        titles = [fold.summary.get_text() for fold in folds if fold.summary]
        for exercise in lesson.exercises:
            assert f"A solution of {exercise.name}" in titles
            assert f"The visible check of {exercise.name}" in titles
        assert not any(fold.has_attr("open") for fold in folds)


def lines_shown(site: Path) -> set[str]:
    """Every line of text of the lesson pages."""
    texts = [
        BeautifulSoup(path.read_text(), "html.parser").get_text()
        for path in (site / "course").glob("*.html")
    ]
    return {line.strip() for text in texts for line in text.splitlines()}


def hidden_lines(course: Course) -> set[str]:
    """Lines of hidden questions, but those that learners see elsewhere, too."""
    hidden: set[str] = set()
    shown: set[str] = set()
    for lesson in course.lessons:
        for folder, found in (("source", hidden), ("release", shown)):
            for cell in nbformat.read(lesson.path_in(folder), as_version=4).cells:
                _, mark, rest = cell.source.partition(HIDDEN.begin)
                text = rest.partition(HIDDEN.end)[0] if mark else ""
                lines = (cell.source if folder == "release" else text).splitlines()
                found |= {line.strip() for line in lines if len(line.strip()) > 15}
    return {line for line in hidden - shown if line.isascii()}


def test_no_hidden_question_is_in_the_site(site: Path, course: Course) -> None:
    hidden = hidden_lines(course)
    assert len(hidden) > 100
    shown = lines_shown(site)
    solutions = {
        line.strip()
        for lesson in course.lessons
        for cell in nbformat.read(lesson.path_in("source"), as_version=4).cells
        if SOLUTION.begin in cell.source
        for line in cell.source.splitlines()
    }
    assert any(line in shown for line in solutions)
    assert (hidden - solutions) & shown == set()
    for path in (site / "course").glob("*.html"):
        assert HIDDEN.begin not in path.read_text()
        assert MIME_TYPE not in path.read_text()


def test_solutions_can_be_left_out(documents: Path, course: Course) -> None:
    target = documents.parent / "without"
    build(documents, target, "-D", "slopewise_solutions=0", "-d", str(target / "trees"))
    text = (target / "course" / f"{course.lessons[0].name}.html").read_text()
    assert "A solution of" not in text
    assert "The visible check of" in text


def test_a_lesson_is_downloaded_as_learners_get_it(
    site: Path, pages: dict[str, BeautifulSoup], course: Course
) -> None:
    for lesson in course.lessons:
        page = pages[f"course/{lesson.name}.html"]
        (link,) = page.select(".ways a")  # no other: where the repository is nobody said
        with zipfile.ZipFile(site / "course" / str(link["href"])) as archive:
            assert lesson.name in str(archive.filename)
            packed = {name: archive.read(name) for name in archive.namelist()}
        folder = lesson.path_in("release").parent
        assert packed == {
            f"{lesson.name}/{path.name}": path.read_bytes() for path in folder.iterdir()
        }


def test_where_the_repository_is_known_pages_lead_there(documents: Path, course: Course) -> None:
    target = documents.parent / "linked"
    name = "-D", "slopewise_repository=somebody/slopewise"
    build(documents, target, *name, "-d", str(target / "trees"))
    lesson = course.lessons[0].name
    page = BeautifulSoup((target / "course" / f"{lesson}.html").read_text(), "html.parser")
    _, launch, edit = (str(link["href"]) for link in page.select(".ways a"))
    assert edit == f"https://github.com/somebody/slopewise/edit/main/notebooks/{lesson}.py"
    assert (REPOSITORY / "notebooks" / f"{lesson}.py").is_file()
    opened = parse_qs(urlsplit(launch).query)["urlpath"]
    assert opened == [f"lab/tree/release/{lesson}/{lesson}.ipynb"]
    teaching = BeautifulSoup((target / "teaching.html").read_text(), "html.parser")
    address = "https://github.com/somebody/slopewise/edit/main/docs/teaching.md"
    assert teaching.find("a", href=address) is not None
    assert page.find("a", href=re.compile("/edit/main/docs/course/")) is None


def test_the_front_page_has_a_door_for_everybody(pages: dict[str, BeautifulSoup]) -> None:
    doors = {
        door.h2.get_text("", strip=True): door
        for door in pages["index.html"].select(".door")
        if door.h2
    }
    leads = {
        name.rstrip("¶#"): {str(link["href"]) for link in door.select("p a")}
        for name, door in doors.items()
    }
    assert "course/index.html" in leads["You want to learn"]
    assert {"teaching.html", "grading.html", "jupyterhub.html"} <= leads["You teach"]
    assert {"add-a-lesson.html", "statistics.html", "converting.html"} <= leads["You write lessons"]


def test_the_reference_is_what_the_program_says() -> None:
    written = (REPOSITORY / "docs" / "reference.md").read_text(encoding="utf-8")
    assert written == reference(), "run `make docs` and commit docs/reference.md"


def test_the_reference_names_everything() -> None:
    text = reference()
    for words in ("`slopewise build`", "`slopewise doctor`", "`--anonymous`", "`make docs`"):
        assert words in text
    for words in ("`unboxed`", "`memory`", "`CanvasExportPlugin`", "`c.Autograde.exporter_class`"):
        assert words in text
    assert re.search(r"\| *\|", text) is None, "an option, setting or limit without a description"
