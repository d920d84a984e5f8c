"""Script in the pages that graders and learners open."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from nbconvert.exporters import HTMLExporter
from nbgrader.server_extensions.formgrader import handlers
from traitlets.config import Config

from slopewise.nbgrader.runs import NbgraderCourse
from tests.hostile import script
from tests.hostile.attack import Attack
from tests.hostile.checks import AttackTests
from tests.hostile.grading import BYSTANDERS, Graded
from tests.hostile.lesson import NAME

_ACTIVE = {
    "applet", "audio", "base", "button", "embed", "form", "frame", "iframe", "input", "link",
    "meta", "object", "script", "style", "svg", "textarea", "video", "xml",
}  # fmt: skip
_LINKS = ("href", "src", "action", "formaction", "data", "xlink:href", "poster", "srcset")
_SAFE = (
    "http:",
    "https:",
    "mailto:",
    "#",
    "data:image/png;",
    "data:image/jpeg;",
    "/",
    "formgrader",
)


class Acting(HTMLParser):
    """Everything in a page that acts or loads, each with what it says."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag if tag in ("script", "style") else ""
        if tag in _ACTIVE:
            self.found.add(f"{tag} {sorted((name, value or '') for name, value in attrs)}")
        for name, value in attrs:
            target = "".join((value or "").split()).lower()
            if name.startswith("on") or name == "srcdoc":
                self.found.add(f"{tag} {name}={value}")
            if name in _LINKS and (":" in target and not target.startswith(_SAFE)):
                self.found.add(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found.add(f"{self._inside}: {data.strip()}")


@pytest.fixture(scope="class")
def formgrader(graded: Graded) -> Any:
    """The exporter that the Formgrader makes, with the course's own settings."""
    config: Config = NbgraderCourse(graded.root).config.copy()
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    return HTMLExporter(config=config)


@pytest.fixture(scope="class")
def feedback(graded: Graded) -> Path:
    """The folder of the feedback pages, made by nbgrader's own step."""
    NbgraderCourse(graded.root).feedback(NAME)
    return graded.root / "feedback"


def formgrader_page(exporter: Any, graded: Graded, student: str) -> str:
    path = graded.root / "autograded" / student / NAME / f"{NAME}.ipynb"
    resources = {
        "assignment_id": NAME, "notebook_id": NAME, "submission_id": "s", "index": 0, "total": 1,
        "base_url": "/formgrader", "student": "s", "last_name": "", "first_name": "",
        "notebook_path": "x",
    }  # fmt: skip
    return str(exporter.from_filename(str(path), resources=resources)[0])


class TestScript(AttackTests):
    attacks = script.ATTACKS

    def test_nothing_acts_in_the_formgrader(
        self, graded: Graded, formgrader: Any, attack: Attack
    ) -> None:
        honest = Acting(formgrader_page(formgrader, graded, next(iter(BYSTANDERS))))
        page = Acting(formgrader_page(formgrader, graded, attack.name))
        # The grader's own fields are in both; whatever else acts is the learner's.
        assert page.found - honest.found == set()

    def test_nothing_acts_in_the_feedback(
        self, graded: Graded, feedback: Path, attack: Attack
    ) -> None:
        def page(student: str) -> str:
            return (feedback / student / NAME / f"{NAME}.html").read_text(encoding="utf-8")

        honest = Acting(page(next(iter(BYSTANDERS))))
        assert Acting(page(attack.name)).found - honest.found == set()
        assert "observe(" not in page(attack.name)

    def test_what_stock_pages_let_through_is_noticed(self, graded: Graded, formgrader: Any) -> None:
        config: Config = formgrader.config.copy()
        config.HTMLExporter.filters = {}
        honest = Acting(formgrader_page(formgrader, graded, next(iter(BYSTANDERS))))
        page = Acting(formgrader_page(HTMLExporter(config=config), graded, "text-cells"))
        found = page.found - honest.found
        assert any("script" in one for one in found)
        assert any("onerror" in one for one in found)
