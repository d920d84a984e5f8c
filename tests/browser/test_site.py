"""The documentation as a reader has it: nothing shuts anybody out, code is copied by a click."""

from __future__ import annotations

import http.server
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.accessibility import barriers_of_files
from tests.docs.test_site import build
from tests.notebooks import REPOSITORY

PAGES = ("index.html", "jupyterhub.html", "course/01-manual-numpy.html")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    ignored = shutil.ignore_patterns("_build", "course")
    shutil.copytree(REPOSITORY / "docs", folder / "docs", ignore=ignored)
    build(folder / "docs", folder / "html")
    return folder / "html"


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    """Browsers copy only for pages that come from somewhere safe, such as this machine."""
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_nothing_shuts_anybody_out(site: Path, browser: Browser) -> None:
    assert barriers_of_files(browser, *(site / page for page in PAGES)) == {}


def test_no_page_scrolls_sideways(site: Path, browser: Browser) -> None:
    page = browser.new_page()
    for name in PAGES:
        page.goto((site / name).as_uri())
        for width in (420, 800, 1100, 1300):  # phone; no sidebar; sidebar and little room; all
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{name} at {width}"
    page.close()


def test_the_matrix_shuts_nobody_out(tmp_path: Path, browser: Browser) -> None:
    """A new course's, with the mutants of its solution."""
    slopewise = [sys.executable, "-m", "slopewise"]
    subprocess.run([*slopewise, "new", "course"], cwd=tmp_path, check=True)
    for words in (["build"], ["matrix", "--mutants"]):
        subprocess.run([*slopewise, *words], cwd=tmp_path / "course", check=True)
    matrix = tmp_path / "course" / "matrix" / "matrix.html"
    assert barriers_of_files(browser, matrix) == {}
    page = browser.new_page(viewport={"width": 420, "height": 900})
    page.goto(matrix.as_uri())
    expect(page.locator("h2", has_text="Mutants")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 420
    page.close()


def test_commands_are_copied_without_their_prompts(address: str, browser: Browser) -> None:
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/jupyterhub.html")
    block = page.locator(".highlight-console", has_text="install -d -m 755 /srv/nbgrader")
    block.hover()
    block.get_by_role("button", name="Copy").click()
    expect(block.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[0] == "install -d -m 755 /srv/nbgrader"
    assert copied[-1] == "cp -r docs/examples/learners /srv/nbgrader/learners"
    context.close()


def test_what_shuts_people_out_is_found(tmp_path: Path, browser: Browser) -> None:
    page = tmp_path / "page.html"
    page.write_text('<title>T</title><main><h1>T</h1><img src="a.png"></main>')
    found = barriers_of_files(browser, page)
    for scheme in ("light", "dark"):
        rules = {line.partition(":")[0] for line in found[f"page.html, {scheme}"]}
        assert rules >= {"html-has-lang", "image-alt"}
