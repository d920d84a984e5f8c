"""A browser, and pages of it; run by `make test-browser`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.screen import Screen
from tests.notebooks import REPOSITORY

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox",  # in a container there is no sandbox to be had, and we visit only ourselves
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_SLOW = 180_000  # milliseconds; a kernel's first import of torch takes its time
expect.set_options(timeout=_SLOW)


def _browser_path() -> str | None:
    named = os.environ.get("SLOPEWISE_BROWSER")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, _BROWSERS)), None)


def pytest_sessionstart() -> None:
    if _browser_path() is None:
        pytest.exit(
            "no browser: install Chromium (Debian: apt-get install chromium), or name the program "
            "in SLOPEWISE_BROWSER",
            returncode=1,
        )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = _browser_path()
    assert path is not None
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def screenshots() -> Path:
    folder = Path(os.environ.get("SLOPEWISE_SCREENSHOTS", REPOSITORY / "build" / "screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile for each file of tests."""
    made = browser.new_context(viewport={"width": 1360, "height": 900})
    made.set_default_timeout(_SLOW)
    yield made
    made.close()


@pytest.fixture(scope="module")
def page(context: BrowserContext) -> Page:
    """One page for a whole flow: its tests are the steps, in order."""
    return context.new_page()


@pytest.fixture(scope="module")
def screen(page: Page, screenshots: Path) -> Screen:
    return Screen(page, screenshots)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """How the page was when a step failed is worth more than the step's message."""
    report = yield
    screen = getattr(item, "funcargs", {}).get("screen")
    if report.when == "call" and report.failed and isinstance(screen, Screen):
        screen.photograph(f"failed-{item.name.partition('[')[0]}")
        report.sections.append(("Focus", screen.focused()))
    return report
