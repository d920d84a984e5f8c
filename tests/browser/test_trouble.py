"""What goes wrong on a first day, and where the person is told."""

from __future__ import annotations

import contextlib
import shutil
import socket
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from playwright.sync_api import BrowserContext, Request, Route, TimeoutError, expect

from tests.browser.lab_process import (
    LabProcess,
    copy_course,
    free_port,
    launch,
    nbgrader,
    start_lab,
    wait_until_said,
)
from tests.browser.screen import Screen
from tests.notebooks import REPOSITORY

LESSON = "01-manual-numpy"
# The heading's colour and the page's; the page may just be drawn anew, then there is none yet.
_COLOURS = """() => {
    const heading = document.querySelector(".jp-MarkdownViewer h1");
    const colour = heading && getComputedStyle(heading).color;
    return colour ? [colour, getComputedStyle(document.body).backgroundColor] : null;
}"""


@pytest.fixture(scope="module")
def taken() -> Iterator[socket.socket]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabProcess]:
    folder = tmp_path_factory.mktemp("trouble")
    started = start_lab(copy_course(REPOSITORY, folder / "course"), folder / "settings")
    yield started
    started.stop()


def test_a_late_submission_is_told_where_it_was_handed_in(lab: LabProcess, screen: Screen) -> None:
    nbgrader(lab, "generate_assignment", LESSON, "--force")
    with Gradebook(f"sqlite:///{lab.root / 'gradebook.db'}", "slopewise") as gradebook:
        gradebook.update_or_create_assignment(LESSON, duedate=datetime(2026, 1, 15, 12, 0))
    nbgrader(lab, "release_assignment", LESSON)
    screen.open_lab(lab)
    expect(screen.welcome).to_contain_text("due 15 January 2026, 12:00 UTC")
    screen.menu("Nbgrader", "Assignment List")
    row = screen.page.locator("#fetched_assignments_list .list_item", has_text=LESSON).first
    row.get_by_role("button", name="Submit").click()
    handed_in = screen.page.locator("#submitted_assignments_list .list_item", has_text=LESSON).first
    expect(handed_in).to_contain_text("days after it was due")
    screen.photograph("late")
    screen.tab("Welcome.md")
    expect(screen.welcome).to_contain_text("days after it was due")


def test_a_missing_exchange_is_told_on_the_welcome_page_and_in_the_list(
    lab: LabProcess, screen: Screen
) -> None:
    shutil.rmtree(lab.root / "exchange")
    screen.open_lab(lab)
    told = f"The exchange folder {lab.root / 'exchange'} does not exist."
    expect(screen.welcome).to_contain_text("Handing in is not possible at the moment.")
    expect(screen.welcome).to_contain_text(told)
    screen.menu("Nbgrader", "Assignment List")
    screen.page.locator("#refresh_assignments_list").click()
    expect(screen.page.locator("#jp-main-dock-panel")).to_contain_text(told)
    screen.photograph("exchange-missing")


def test_the_pages_are_readable_in_the_dark(screen: Screen) -> None:
    screen.tab("Welcome.md")
    screen.menu("Settings", "Theme", "JupyterLab Dark")
    expect(screen.page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
    colours = screen.page.wait_for_function(_COLOURS).json_value()
    screen.photograph("dark")
    assert contrast(*colours) > 4.5


def test_an_exchange_that_cannot_be_written_to_is_told_in_both_places(
    screen: Screen, tmp_path: Path
) -> None:
    course = copy_course(REPOSITORY, tmp_path / "course")
    exchange = course / "exchange"
    exchange.mkdir()
    told = f"The exchange folder {exchange} cannot be written to."
    lab = start_lab(course, tmp_path / "settings", read_only=exchange)
    try:
        screen.open_lab(lab)
        expect(screen.welcome).to_contain_text("Handing in is not possible at the moment.")
        expect(screen.welcome).to_contain_text(told)
        screen.menu("Nbgrader", "Assignment List")
        screen.page.locator("#refresh_assignments_list").click()
        expect(screen.page.locator("#jp-main-dock-panel")).to_contain_text(told)
        screen.photograph("exchange-read-only")
    finally:
        lab.stop()


def test_the_page_is_fresh_however_late_it_is_drawn(
    context: BrowserContext, tmp_path: Path
) -> None:
    """The tab has read the page, it is written anew, and only then does the tab draw it."""
    course = copy_course(REPOSITORY, tmp_path / "course")
    (course / "exchange").mkdir()
    lab = start_lab(course, tmp_path / "settings", read_only=course / "exchange")
    page = context.new_page()
    writing: list[Route] = []
    scripts: list[Route] = []
    read: list[Request] = []

    def welcome(route: Route) -> None:
        writing.append(route)

    def script(route: Route) -> None:
        if read:
            scripts.append(route)
        else:
            route.continue_()

    def finished(request: Request) -> None:
        if "Welcome.md?type=file" in request.url:
            read.append(request)

    try:
        page.route("**/slopewise/welcome?*", welcome)
        page.route("**/static/lab/*.js?*", script)
        page.on("requestfinished", finished)
        page.goto(lab.url("/"))
        while not scripts:
            page.wait_for_timeout(50)
        assert len(read) == 1
        # What the tab does while it cannot draw; to wait is right, too.
        with (
            contextlib.suppress(TimeoutError),
            page.expect_event(
                "requestfinished", lambda one: "Welcome.md?type=file" in one.url, timeout=3_000
            ),
        ):
            writing.pop().continue_()
        page.unroute("**/static/lab/*.js?*")
        for held in scripts:
            held.continue_()
        expect(page.locator(".jp-MarkdownViewer:visible")).to_contain_text(
            "Handing in is not possible at the moment."
        )
    finally:
        page.close()
        lab.stop()


def contrast(first: str, second: str) -> float:
    """The contrast of two CSS colours, as WCAG defines it."""

    def luminance(colour: str) -> float:
        parts = [float(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_a_taken_port_is_named_and_another_one_found(taken: socket.socket, tmp_path: Path) -> None:
    port = taken.getsockname()[1]
    course = copy_course(REPOSITORY, tmp_path / "course")
    started = launch(course, tmp_path / "settings", "--no-browser", f"--ServerApp.port={port}")
    written = wait_until_said(*started, "is running at")
    assert f"The port {port} is already in use, trying another port." in written


def test_without_a_browser_the_address_is_told(tmp_path: Path) -> None:
    course = copy_course(REPOSITORY, tmp_path / "course")
    port = f"--ServerApp.port={free_port()}"
    started = launch(course, tmp_path / "settings", port, path=str(Path(sys.executable).parent))
    written = wait_until_said(*started, "No web browser found")
    assert "/lab/tree/my-lessons/Welcome.md" in written
