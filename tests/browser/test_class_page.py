"""An instructor's week by mouse: grade with a bar, stop, go on, return, report, export, extend."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from slopewise.lab.class_page.page import Places
from slopewise.lab.class_page.page import page as page_of
from slopewise.lab.class_page.work import Outcome, Work
from slopewise.report.model import NotGraded
from slopewise.report.standing import LessonStanding, Standing
from tests.browser.accessibility import barriers, barriers_of_files
from tests.browser.lab_process import LabProcess, start_lab
from tests.browser.screen import Screen
from tests.class_course import LESSON, RIGHT, WRONG, hand_in, make_class

LAST = "import time\ntime.sleep(50)\n"  # so long that somebody can stop it
CLASS = {"ada": RIGHT, "ben": WRONG, "cora": RIGHT, "zoe": LAST + RIGHT}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabProcess]:
    folder = tmp_path_factory.mktemp("class")
    root = folder / "course"
    make_class(root)
    hand_in(root, CLASS)
    (root / "submitted" / "dan" / LESSON).mkdir(parents=True)
    (root / "submitted" / "dan" / LESSON / "essay.pdf").write_bytes(b"%PDF")
    started = start_lab(root, folder / "settings")
    yield started
    started.stop()


@pytest.fixture(scope="module")
def class_page(lab: LabProcess, screen: Screen) -> Page:
    """The page, opened from JupyterLab's menu."""
    screen.open_lab(lab)
    with screen.page.expect_popup() as opened:
        screen.menu("Nbgrader", "Class")
    return opened.value


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()


def ended(page: Page, told: str) -> None:
    expect(page.locator("#status")).to_have_text(told)
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)


def figure(page: Page, name: str) -> str:
    return page.locator("article dl div").filter(has_text=name).locator("dd").first.inner_text()


def test_grading_is_watched_stopped_and_goes_on(
    lab: LabProcess, class_page: Page, screenshots: Path
) -> None:
    page = class_page
    assert (figure(page, "waiting"), figure(page, "not graded")) == ("4", "1")
    expect(page.get_by_text("dan: holds no notebook, only essay.pdf")).to_be_visible()
    press(page, "Collect and grade")
    expect(page.locator("progress[value='3']")).to_be_visible()
    running = lab.runs("slopewise")
    assert running
    page.reload()  # it does not end with the page
    expect(page.get_by_role("button", name="Collect and grade")).to_be_disabled()
    expect(page.locator("#told")).to_contain_text("cora: 12/20")
    assert lab.runs("slopewise") == running
    page.screenshot(path=screenshots / "class-page.png")
    press(page, "Stop")
    ended(page, "Stopped. What was done is kept; press the button again to go on.")
    assert not lab.runs("slopewise")
    assert not list(Path("/proc").glob(f"{running}/task"))
    expect(page.locator("article dl")).to_contain_text("3")
    assert (figure(page, "graded"), figure(page, "waiting")) == ("3", "1")
    assert not (lab.root / "autograded" / "zoe").exists()
    (lab.root / "submitted" / "zoe" / LESSON / f"{LESSON}.ipynb").write_bytes(
        (lab.root / "submitted" / "ada" / LESSON / f"{LESSON}.ipynb").read_bytes()
    )
    press(page, "Grade what changed")
    ended(page, "Not everything went well.")  # dan's essay
    expect(page.locator("#told")).to_contain_text("graded before 3, not graded 1")
    assert (figure(page, "graded"), figure(page, "waiting")) == ("4", "0")


def test_feedback_is_made_and_returned_and_the_report_leads_to_it(
    lab: LabProcess, class_page: Page, context: BrowserContext
) -> None:
    page = class_page
    press(page, "Make and release feedback")
    ended(page, "Done.")
    assert figure(page, "of them released") == "4"
    assert len(list((lab.root / "exchange/slopewise/feedback").glob("*.html"))) == 4
    press(page, "Make the report")
    ended(page, "Done.")
    with context.expect_page() as opened:
        page.get_by_role("link", name="Open the report").click()
    report = opened.value
    expect(report.get_by_role("heading", name="Class report")).to_be_visible()
    report.get_by_label("Only learners with").fill("ada")  # its script runs
    expect(report.locator("table.grades tbody tr:visible")).to_have_count(1)
    report.locator("table.grades tbody tr:visible td a").click()
    expect(report.locator("header")).to_contain_text("12 of 20 points")
    report.close()


def test_grades_are_downloaded_and_time_is_given(class_page: Page) -> None:
    page = class_page
    with page.expect_download() as download:
        press(page, "Canvas")
    assert download.value.suggested_filename == "canvas.csv"
    rows = list(csv.reader(Path(download.value.path()).read_text(encoding="utf-8").splitlines()))
    assert {row[0]: row[5] for row in rows[2:]} == {
        "ada": "12", "ben": "0", "cora": "12", "zoe": "12"
    }  # fmt: skip
    expect(page.locator("#export .answer")).to_have_text("canvas.csv: 4 learners, 1 lesson")
    for learner, days, told in (
        ("nobody", "3", "nobody: is nobody of this class"),
        ("ada", "many", "“many” is no number of days."),
        ("ada", "3", "ada, 01-tiny: due 2031-01-18 12:00 UTC"),
    ):
        page.get_by_label("Learner", exact=True).fill(learner)
        page.get_by_label("Days", exact=True).fill(days)
        press(page, "Give more time")
        expect(page.locator("#extension .answer")).to_contain_text(told)


def test_the_demo_class_is_one_click_away(class_page: Page, context: BrowserContext) -> None:
    press(class_page, "Make the demo class")
    ended(class_page, "Done.")
    expect(class_page.locator("#work code")).to_have_text("slopewise --course demo lab")
    with context.expect_page() as opened:
        class_page.get_by_role("link", name="Open the report on the demo class").click()
    expect(opened.value.locator("table.grades")).to_contain_text("Amina Diallo")
    opened.value.close()


def test_the_welcome_page_and_the_formgrader_lead_to_the_page(
    lab: LabProcess, screen: Screen, class_page: Page
) -> None:
    class_page.close()
    with screen.page.expect_popup() as opened:
        screen.welcome.get_by_role("button", name="Class", exact=True).click()
    expect(opened.value.get_by_role("heading", name="Lessons")).to_be_visible()
    opened.value.close()
    screen.page.goto(lab.url("/formgrader/manage_assignments"))
    screen.page.get_by_role("link", name="Class", exact=True).click()
    expect(screen.page.get_by_role("heading", name="Lessons")).to_be_visible()


def test_nobody_is_shut_out_of_the_page(
    lab: LabProcess, browser: Browser, screenshots: Path
) -> None:
    for scheme, width in (("light", 1100), ("dark", 420)):
        context = browser.new_context(
            bypass_csp=True,
            color_scheme="dark" if scheme == "dark" else "light",
            viewport={"width": width, "height": 900},
        )
        page = context.new_page()
        page.goto(lab.url("/slopewise/class"))
        page.screenshot(path=screenshots / f"class-{scheme}-{width}.png", full_page=True)
        assert barriers(page) == [], scheme
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        context.close()


def test_nobody_is_shut_out_while_something_runs_or_is_wrong(
    browser: Browser, tmp_path: Path
) -> None:
    lesson = LessonStanding(
        LESSON, "Tiny", True, None, False, ("ada",), 3, 1, ("ben",), ("cora",),
        (NotGraded("dan", LESSON, "holds no notebook, only essay.pdf"),), ("zoe",), 1, 0,
    )  # fmt: skip
    trouble = "gradebook.db: there is no gradebook yet; run `nbgrader generate_assignment`"
    found = Standing("Halving", (lesson,), (("ada", "Ada A"),), troubles=(trouble,))
    work = Work("grade", f"Collect and grade: {LESSON}")
    for line in (
        '{"step": "grade"}',
        '{"done": 3, "total": 20}',
        '{"text": "ada: 12/20", "level": "info"}',
        '{"text": "ben: damaged", "level": "warning"}',
        '{"text": "dan: not graded", "level": "error"}',
    ):
        work.hear(line)
    refused = Work("extend", "More time", {"learner": "x"}, outcome=Outcome.FAILED)
    refused.find("error", "x: is nobody of this class")
    places = Places("/class", "/formgrader", "/lab", "/report.html", "/demo.html")
    paths = []
    for name, one in (("runs", work), ("refused", refused)):
        paths.append(tmp_path / f"{name}.html")
        field = '<input type="hidden" name="_xsrf" value="x">'
        paths[-1].write_text(page_of(found, one, places, field, busy=True), encoding="utf-8")
    assert barriers_of_files(browser, *paths) == {}
