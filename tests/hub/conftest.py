"""A JupyterHub with its own proxy, and browsers of several people; run by `make test-hub`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import (  # noqa: F401  # fixtures and hooks
    browser,
    pytest_runtest_makereport,
    screenshots,
)
from tests.browser.conftest import pytest_sessionstart as _look_for_a_browser
from tests.browser.screen import Screen
from tests.hub.classroom import Classroom
from tests.hub.hub_process import PROXY, Hub

_SLOW = 180_000  # milliseconds


def pytest_sessionstart() -> None:
    _look_for_a_browser()
    if os.geteuid() != 0:
        pytest.exit("only root can act as several accounts: sudo make test-hub", returncode=1)
    if not PROXY.is_file():
        pytest.exit("the proxy is not installed: tools/node-packages.sh", returncode=1)


@pytest.fixture(scope="module")
def classroom() -> Iterator[Classroom]:
    made = Classroom()
    try:
        made.prepare()
        yield made
    finally:
        made.remove()


@pytest.fixture(scope="module")
def hub(classroom: Classroom) -> Iterator[Hub]:
    started = Hub(classroom)
    try:
        started.wait_until_it_answers()
        yield started
    finally:
        started.stop()


def _person(browser: Browser, folder: Path, zone: str) -> Iterator[Screen]:  # noqa: F811
    context = browser.new_context(viewport={"width": 1360, "height": 900}, timezone_id=zone)
    context.set_default_timeout(_SLOW)
    yield Screen(context.new_page(), folder)
    context.close()


@pytest.fixture(scope="module")
def ada(browser: Browser, screenshots: Path) -> Iterator[Screen]:  # noqa: F811
    """A learner's browser, in Berlin."""
    yield from _person(browser, screenshots, "Europe/Berlin")


@pytest.fixture(scope="module")
def ben(browser: Browser, screenshots: Path) -> Iterator[Screen]:  # noqa: F811
    yield from _person(browser, screenshots, "UTC")


@pytest.fixture(scope="module")
def iris(browser: Browser, screenshots: Path) -> Iterator[Screen]:  # noqa: F811
    """The instructor's browser."""
    yield from _person(browser, screenshots, "UTC")
