"""A class on a JupyterHub: two learners and an instructor go through one lesson's round."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.screen import Screen
from tests.hub.classroom import ACCOUNTS, INSTRUCTOR, LESSON, PASSWORD, Classroom
from tests.hub.hub_process import Hub


def sign_in(hub: Hub, screen: Screen, name: str, then: str) -> None:
    screen.page.goto(hub.url(f"/hub/login?next={then}"))
    screen.page.locator("#username_input").fill(name)
    screen.page.locator("#password_input").fill(PASSWORD)
    screen.page.locator("#login_submit").click()


def fetch(screen: Screen) -> None:
    """Press the welcome page's button, and wait for the notebook's kernel."""
    screen.welcome.get_by_role("button", name="Fetch it").click()
    expect(screen.notebook.locator(".jp-Cell").first).to_be_visible()
    screen.wait_until_idle()


def submit(screen: Screen) -> None:
    screen.menu("Nbgrader", "Assignment List")
    row = screen.page.locator("#fetched_assignments_list .list_item", has_text=LESSON).first
    row.get_by_role("button", name="Submit").click()
    handed_in = screen.page.locator("#submitted_assignments_list .list_item", has_text=LESSON)
    expect(handed_in.first).to_be_visible()


def headline(dialog: Locator) -> Locator:
    return dialog.get_by_role("heading")


def test_a_learner_finds_the_released_lesson_and_its_deadline_at_home(
    hub: Hub, ada: Screen
) -> None:
    sign_in(hub, ada, "ada", "/hub/user-redirect/lab/tree/Welcome.md")
    expect(ada.welcome.locator("h1")).to_have_text(re.compile("Welcome to slopewise"))
    expect(ada.welcome).to_contain_text("1 · Tiny")
    expect(ada.welcome).to_contain_text("due 15 January 2031, 13:00 CET")  # noon, in UTC
    expect(ada.dialog).to_have_count(0)
    ada.photograph("hub-welcome")


def test_the_lesson_is_fetched_worked_on_and_checked(ada: Screen) -> None:
    fetch(ada)
    expect(headline(ada.validate())).to_have_text("2 not begun.")
    ada.close_dialog()
    ada.write("def half(x)", "def half(x):\n    return x / 2")
    ada.write("which = None", 'which = "b"')
    told = "All 2 pass the visible checks – grading asks more."
    expect(headline(ada.validate())).to_have_text(told)
    ada.photograph("hub-validate")
    ada.close_dialog()
    expect(headline(ada.check_my_work())).to_have_text(told)  # the course is not to be seen here
    ada.close_dialog()


def test_it_is_handed_in_and_the_page_says_so(classroom: Classroom, ada: Screen) -> None:
    submit(ada)
    ada.tab("Welcome.md")
    expect(ada.welcome).to_contain_text("handed in")
    (put_in,) = (classroom.exchange / "slopewise" / "inbound").iterdir()
    assert put_in.stat().st_uid == ACCOUNTS["ada"]


def test_another_learner_is_told_what_is_wrong_in_the_assignment_list_too(
    hub: Hub, ben: Screen
) -> None:
    sign_in(hub, ben, "ben", "/hub/user-redirect/lab/tree/Welcome.md")
    expect(ben.welcome).to_contain_text("due 15 January 2031, 12:00 UTC")
    fetch(ben)
    ben.write("def half(x)", "def half(x):\n    return x")
    ben.save()
    ben.menu("Nbgrader", "Assignment List")
    row = ben.page.locator("#fetched_assignments_list .list_item", has_text=LESSON).first
    button = ben.page.locator("#fetched_assignments_list").get_by_role("button", name="Validate")
    for _ in range(10):  # a list that is read once more meanwhile closes what was opened
        row.locator("a").first.click()
        try:
            expect(button).to_be_visible(timeout=5000)
            break
        except AssertionError:
            continue
    button.click()
    expect(headline(ben.dialog)).to_have_text("1 wrong, 1 not begun.")
    expect(ben.dialog).to_contain_text("half(2) returned 2, expected 1")
    expect(ben.dialog).not_to_contain_text("Traceback")
    ben.photograph("hub-validate-from-the-list")
    ben.close_dialog()
    submit(ben)


def test_what_is_others_is_closed_to_a_learner(hub: Hub, ben: Screen) -> None:
    for path in ("/services/slopewise/lab", "/services/slopewise/slopewise/class", "/user/ada/lab"):
        answer = ben.page.context.request.get(hub.url(path))
        assert answer.status == 403, path
    answer = ben.page.context.request.get(hub.url("/user/ben/slopewise/class"))
    assert answer.status == 404, "a learner's own server has no such page"


def row(screen: Screen, text: str) -> Locator:
    return screen.page.locator("tbody tr", has_text=text)


def press(screen: Screen, line: str, action: str) -> None:
    """Press a button of a line of the Formgrader's table, and read that it went well."""
    row(screen, line).locator(f"td.{action} a").click()
    modal = screen.page.locator(".modal.in")
    expect(modal).to_contain_text(re.compile("success", re.IGNORECASE))
    modal.get_by_role("button", name="Close").last.click()
    expect(screen.page.locator(".modal-backdrop")).to_have_count(0)


def test_the_instructor_collects_grades_and_returns_in_the_service(hub: Hub, iris: Screen) -> None:
    sign_in(hub, iris, INSTRUCTOR, "/services/slopewise/")
    expect(row(iris, LESSON)).to_be_visible()
    press(iris, LESSON, "collect")
    expect(row(iris, LESSON).locator("td.num-submissions")).to_have_text("2")
    row(iris, LESSON).locator("td.num-submissions a").click()
    for learner in ("ada", "ben"):
        press(iris, learner, "autograde")
    expect(row(iris, "ada").locator("td.score")).to_have_text(re.compile(r"^\s*20 /"))
    expect(row(iris, "ben").locator("td.score")).to_have_text(re.compile(r"^\s*0 /"))
    iris.photograph("hub-formgrader")
    iris.page.get_by_role("link", name="Manage Assignments").first.click()
    press(iris, LESSON, "generate-feedback")
    press(iris, LESSON, "release-feedback")


def test_the_class_page_stands_beside_the_formgrader(hub: Hub, iris: Screen) -> None:
    iris.page.goto(hub.url("/services/slopewise/formgrader"))
    iris.page.get_by_role("link", name="Class", exact=True).click()
    expect(iris.page.locator("article dl")).to_contain_text("2")
    iris.page.get_by_role("button", name="Make the report").click()
    expect(iris.page.locator("#status")).to_have_text("Done.")
    iris.photograph("hub-class-page")


def test_the_labs_menu_opens_the_formgrader_beside_it(hub: Hub, iris: Screen) -> None:
    iris.page.goto(hub.url("/services/slopewise/lab"))
    with iris.page.expect_popup() as opened:
        iris.menu("Nbgrader", "Formgrader")
    expect(opened.value.locator("tbody tr", has_text=LESSON)).to_be_visible()
    opened.value.close()


def test_the_feedback_is_fetched_and_read(ada: Screen) -> None:
    ada.menu("Nbgrader", "Assignment List")
    handed_in = ada.page.locator("#submitted_assignments_list .list_item", has_text=LESSON).first
    handed_in.get_by_role("button", name="Fetch Feedback").click()
    expect(ada.page.get_by_text("(view feedback)")).to_be_visible()
    ada.tab("Welcome.md")
    expect(ada.welcome).to_contain_text("score 20 of 20")
    ada.welcome.get_by_role("link", name="read the feedback").click()
    feedback = ada.page.frame_locator(".jp-HTMLViewer:visible iframe")
    expect(feedback.locator("header")).to_contain_text("20 of 20 points")
    ada.photograph("hub-feedback")
