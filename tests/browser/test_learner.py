"""A learner's way through a lesson, from the welcome page to the feedback, in a real browser."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator

import nbformat
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from slopewise.lab.desk import learners_path
from slopewise.notebook.course import Course, Lesson
from slopewise.sample import answered
from tests.browser.accessibility import barriers, barriers_of_files
from tests.browser.lab_process import LabProcess, copy_course, nbgrader, start_lab
from tests.browser.screen import Screen
from tests.notebooks import REPOSITORY

FIRST = "01-manual-numpy"
FORWARD_CHECK = "Check of `forward`"
SLIDERS = ("03-w-squared", "05-learning-rate")


def solved(lesson: Lesson) -> nbformat.NotebookNode:
    return answered(lesson, {exercise.name for exercise in lesson.exercises})


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabProcess]:
    folder = tmp_path_factory.mktemp("learner")
    course = Course(copy_course(REPOSITORY, folder / "course"))
    # Two lessons in which the learner has got as far as the sliders.
    for name in SLIDERS:
        path = learners_path(course.lesson(name))
        path.parent.mkdir(parents=True)
        nbformat.write(solved(course.lesson(name)), path)
    started = start_lab(course.root, folder / "settings")
    yield started
    started.stop()


def test_the_welcome_page_names_every_lesson_and_nothing_is_in_its_way(
    lab: LabProcess, screen: Screen
) -> None:
    screen.open_lab(lab)
    for lesson in Course(lab.root).lessons:
        expect(screen.welcome.get_by_role("link", name=lesson.title)).to_be_visible()
        expect(screen.welcome).to_contain_text(f"About {lesson.minutes} minutes")
    expect(screen.dialog).to_have_count(0)
    expect(screen.page.locator(".Toastify__toast")).to_have_count(0)
    screen.photograph("welcome")


def test_the_first_lesson_opens_with_a_kernel_and_shows_figures(screen: Screen) -> None:
    screen.open_lesson("Gradient descent by hand")
    expect(screen.dialog).to_have_count(0)
    screen.run_all()
    figure = screen.notebook.locator(".jp-RenderedImage img").first
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_attribute("alt", re.compile("6 data points with a bar from each"))
    screen.photograph("figures")


def test_check_cells_can_be_neither_changed_nor_deleted(lab: LabProcess, screen: Screen) -> None:
    # What is written there is known beforehand: a cell out of sight has no text until it is drawn.
    notebook = nbformat.read(Course(lab.root).lesson(FIRST).path_in("release"), 4)
    written = next(cell.source for cell in notebook.cells if cell.id == "forward-check")
    source = screen.unfold(FORWARD_CHECK).locator(".cm-content")
    expect(source).to_have_text(written, use_inner_text=True)
    source.click()
    screen.page.keyboard.type("result = 1")
    screen.page.keyboard.press("Escape")
    screen.page.keyboard.type("dd")
    screen.photograph("locked")
    expect(screen.cell(FORWARD_CHECK).locator(".cm-content")).to_have_text(
        written, use_inner_text=True
    )


def test_a_wrong_answer_is_told_what_is_wrong(screen: Screen) -> None:
    type_over_the_stub(screen, "def forward(x, w)", "return w + x")
    screen.page.keyboard.press("Shift+Enter")
    screen.page.keyboard.press("Shift+Enter")
    screen.wait_until_idle()
    output = screen.cell(FORWARD_CHECK).locator(".jp-OutputArea")
    expect(output).to_contain_text("Your function adds w to each x.")


def test_validate_says_how_many_are_wrong_then_each_by_name(screen: Screen) -> None:
    screen.page.keyboard.press("Control+s")  # two saves at once, which wait for each other
    screen.page.keyboard.press("Control+s")
    results = screen.validate()
    expect(results.get_by_role("heading")).to_have_text("1 wrong, 6 not begun.")
    expect(results).to_contain_text("Your function adds w to each x.")
    expect(results.get_by_role("button", name="mse")).to_be_visible()
    expect(results).not_to_contain_text("Traceback")
    screen.photograph("validate-failure")
    results.get_by_role("button", name="gradient", exact=True).click()
    expect(screen.dialog).to_have_count(0)
    expect(screen.notebook.locator(".jp-Cell.jp-mod-active")).to_contain_text("def gradient")


def test_check_my_work_says_what_it_is_worth(screen: Screen) -> None:
    results = screen.check_my_work()
    heading = "0 of 20 points: 0 right, 1 wrong, 6 not begun."
    expect(results.get_by_role("heading")).to_have_text(heading)
    expect(results).to_contain_text("Your function adds w to each x.")
    screen.photograph("check-my-work")
    screen.close_dialog()


def test_validate_never_says_success(lab: LabProcess, screen: Screen) -> None:
    type_over_the_stub(screen, "def forward(x, w)", "return w * x", stub="return w + x")
    lesson = Course(lab.root).lesson(FIRST)
    sources = {cell.id: cell.source for cell in solved(lesson).cells}
    stubs = {cell.id: cell.source for cell in nbformat.read(lesson.path_in("release"), 4).cells}
    for exercise in lesson.exercises[1:]:
        screen.write(stubs[exercise.name].splitlines()[0], sources[exercise.name])
    screen.run_all()
    results = screen.validate()
    heading = "All 7 pass the visible checks – grading asks more."
    expect(results.get_by_role("heading")).to_have_text(heading)
    expect(results).not_to_contain_text("Success")
    expect(results).to_contain_text("whether it is right, grading tells")
    screen.photograph("validate-success")
    screen.close_dialog()
    screen.save()


def test_the_welcome_page_knows_what_was_done(screen: Screen) -> None:
    screen.tab("Welcome.md")
    expect(screen.welcome).to_contain_text("7 of 7 visible checks passed")
    expect(screen.welcome).not_to_contain_text("Hand in")  # nobody collects what they do alone


def test_work_is_checked_from_the_welcome_page(screen: Screen) -> None:
    screen.welcome.get_by_role("button", name="Check my work").first.click()
    expect(screen.dialog.get_by_role("heading")).to_have_text("20 of 20 points: 7 right.")
    screen.close_dialog()


def test_a_check_that_the_system_ends_is_told(lab: LabProcess, screen: Screen) -> None:
    screen.tab("Welcome.md")
    screen.welcome.get_by_role("button", name="Check my work").first.click()
    end = time.monotonic() + 60
    while not (process := lab.runs("slopewise.lab.work")):
        assert time.monotonic() < end, "no process checks"
        time.sleep(0.02)
    os.kill(process, signal.SIGKILL)
    expect(screen.dialog).to_contain_text("The checks could not be run: the system ended it")
    screen.close_dialog()


def test_the_lesson_is_handed_in_and_feedback_comes_back(lab: LabProcess, screen: Screen) -> None:
    nbgrader(lab, "generate_assignment", FIRST, "--force")
    nbgrader(lab, "release_assignment", FIRST)
    screen.menu("Nbgrader", "Assignment List")
    row = screen.page.locator("#fetched_assignments_list .list_item", has_text=FIRST).first
    row.get_by_role("button", name="Submit").click()
    handed_in = screen.page.locator("#submitted_assignments_list .list_item", has_text=FIRST).first
    expect(handed_in).to_be_visible()
    nbgrader(lab, "collect", FIRST)
    nbgrader(lab, "autograde", FIRST)
    nbgrader(lab, "generate_feedback", FIRST)
    nbgrader(lab, "release_feedback", FIRST)
    handed_in.get_by_role("button", name="Fetch Feedback").click()
    expect(screen.page.get_by_text("(view feedback)")).to_be_visible()
    screen.photograph("assignment-list")


def test_the_feedback_can_be_read_from_the_welcome_page(
    lab: LabProcess, screen: Screen, browser: Browser
) -> None:
    screen.tab("Welcome.md")
    expect(screen.welcome).to_contain_text("score 20 of 20")
    assert barriers(screen.page, ".jp-MarkdownViewer") == []
    screen.photograph("welcome-later")
    screen.welcome.get_by_role("link", name="read the feedback").click()
    feedback = screen.page.frame_locator(".jp-HTMLViewer:visible iframe")
    expect(feedback.locator("header")).to_contain_text("20 of 20 points")
    expect(feedback.locator("math").first).to_be_attached()
    screen.photograph("feedback")
    (page,) = (lab.root / "my-lessons" / FIRST / "feedback").rglob(f"{FIRST}.html")
    assert barriers_of_files(browser, page) == {}
    feedback.locator("math[display=block]").first.scroll_into_view_if_needed()
    screen.photograph("feedback-formula")


@pytest.mark.parametrize(
    ("title", "name"), [("smallest landscape", SLIDERS[0]), ("How far may", SLIDERS[1])]
)
def test_a_slider_changes_its_picture_by_keyboard_and_by_mouse(
    screen: Screen, title: str, name: str
) -> None:
    screen.tab("Welcome.md")
    screen.open_lesson(title)
    screen.run_all()
    box = (
        screen.notebook.locator(".widget-vbox")
        .filter(has=screen.page.locator(".noUi-handle"))
        .first
    )
    picture, handle = box.locator("img"), box.locator(".noUi-handle")
    handle.scroll_into_view_if_needed()
    expect(box.get_by_role("slider", name="learning rate")).to_be_visible()
    reading = box.locator(".widget-readout")
    # Out of view a cell is not drawn, and scrolling to it lays out anew what lies before it.
    expect(reading).to_have_text(re.compile(r"\d"), use_inner_text=True)
    before, start = picture.get_attribute("src"), reading.text_content()
    assert before is not None
    screen.until(lambda: reading.text_content() != start, lambda: handle.press("ArrowRight"))
    expect(picture).not_to_have_attribute("src", before)
    after_key, moved = picture.get_attribute("src"), reading.text_content()
    assert after_key is not None
    screen.until(lambda: reading.text_content() != moved, lambda: drag(screen, handle, 120))
    expect(picture).not_to_have_attribute("src", after_key)
    expect(picture).to_have_attribute("alt", re.compile(".+"))
    rate = float(reading.text_content() or "nan")
    expect(box.get_by_role("status")).to_contain_text(f"earning rate {rate:g}:")
    box.scroll_into_view_if_needed()
    screen.photograph(f"slider-{name}")


def test_the_kernel_can_be_restarted(screen: Screen) -> None:
    screen.restart_kernel()
    screen.run_all()
    first = screen.cell("from slopewise import").locator(".jp-InputPrompt")
    expect(first).to_have_text("[1]:")


LATE = """
const plain = window.fetch;
window.fetch = async (what, how) => {
  const asked = new Request(what, how);
  if (asked.method === "POST" && new URL(asked.url).pathname === "/api/sessions") {
    await new Promise((done) => setTimeout(done, 5000));
  }
  return plain(asked);
};
"""


def test_cells_wait_for_a_kernel_that_comes_late(lab: LabProcess, context: BrowserContext) -> None:
    """JupyterLab calls a kernel idle before there is one, and cells that run then do not run."""
    page = context.new_page()
    page.add_init_script(LATE)
    screen = Screen(page, screenshots=lab.root)
    screen.open_lab(lab)
    screen.open_lesson("smallest landscape")
    screen.tab("Welcome.md")
    screen.open_lesson("find the slope")
    screen.run_all()
    first = screen.cell("from slopewise import").locator(".jp-InputPrompt")
    expect(first).to_have_text("[1]:")
    page.close()


def drag(screen: Screen, handle: Locator, distance: float) -> None:
    place = handle.bounding_box()
    assert place is not None
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    screen.page.mouse.move(x, y)
    screen.page.mouse.down()
    screen.page.mouse.move(x + distance, y, steps=4)
    screen.page.mouse.up()


def type_over_the_stub(
    screen: Screen, text: str, line: str, stub: str = "raise NotImplementedError"
) -> None:
    """Replace one line of an exercise by typing, as a learner does."""
    screen.cell(text).locator(".cm-line", has_text=stub).click()
    screen.page.keyboard.press("End")
    screen.page.keyboard.press("Shift+Home")
    screen.page.keyboard.type(line)
