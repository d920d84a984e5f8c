"""An instructor's round in a real browser: release, collect, grade, comment, return, edit."""

from __future__ import annotations

import difflib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import nbformat
import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, expect

from slopewise.notebook.course import Course
from slopewise.sample import answered
from tests.browser.accessibility import barriers_of_files
from tests.browser.lab_process import LabProcess, copy_course, start_lab
from tests.browser.screen import Screen
from tests.notebooks import REPOSITORY
from tests.private import wait_until

LESSON = "01-manual-numpy"
LEARNERS = {"ada": 7, "ben": 0, "cora": 4}  # how many of the exercises each has solved
COMMENT = "Well spotted. Now try it with $w = 3$."


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabProcess]:
    folder = tmp_path_factory.mktemp("instructor")
    started = start_lab(copy_course(REPOSITORY, folder / "course"), folder / "settings")
    yield started
    started.stop()


def formgrader(screen: Screen) -> FrameLocator:
    return screen.page.frame_locator("#formgrader iframe")


def row(screen: Screen, text: str) -> Locator:
    return formgrader(screen).locator("tbody tr", has_text=text)


def press(screen: Screen, line: str, action: str) -> None:
    """Press a button of a line of the Formgrader's table and read what it says."""
    row(screen, line).locator(f"td.{action} a").click()
    read_success(screen)


def read_success(screen: Screen) -> None:
    """Read that it went well, and close what says so."""
    modal = formgrader(screen).locator(".modal.in")
    expect(modal).to_contain_text(re.compile("success", re.IGNORECASE))
    modal.get_by_role("button", name="Close").last.click()
    expect(formgrader(screen).locator(".modal-backdrop")).to_have_count(0)


def hand_in(lab: LabProcess) -> None:
    """Put into the exchange what three learners submit."""
    lesson = Course(lab.root).lesson(LESSON)
    inbound = lab.root / "exchange" / "slopewise" / "inbound"
    stamp = f"{datetime(2026, 1, 15, 12, 0, tzinfo=UTC):%Y-%m-%d %H:%M:%S.%f} UTC"
    names = [exercise.name for exercise in lesson.exercises]
    for learner, count in LEARNERS.items():
        folder = inbound / f"{learner}+{LESSON}+{stamp}"
        folder.mkdir()
        nbformat.write(answered(lesson, set(names[:count])), folder / f"{LESSON}.ipynb")
        (folder / "timestamp.txt").write_text(stamp)
        (folder / "submission_secret.txt").write_text(f"known to {learner} only")


def test_formgrader_opens_without_complaint(lab: LabProcess, screen: Screen) -> None:
    screen.open_lab(lab)
    screen.menu("Nbgrader", "Formgrader")
    expect(row(screen, LESSON)).to_be_visible()
    expect(formgrader(screen).locator(".alert")).to_have_count(0)


def test_an_assignment_is_generated_and_previewed(screen: Screen) -> None:
    press(screen, LESSON, "assign")
    row(screen, LESSON).locator("td.preview a").click()
    files = screen.page.locator("#filebrowser .jp-DirListing-item", has_text=f"{LESSON}.ipynb")
    expect(files).to_be_visible()


def test_an_assignment_is_released_and_collected(lab: LabProcess, screen: Screen) -> None:
    press(screen, LESSON, "release")
    hand_in(lab)
    press(screen, LESSON, "collect")
    expect(row(screen, LESSON).locator("td.num-submissions")).to_have_text("3")
    screen.photograph("formgrader")


def test_submissions_are_autograded_while_the_server_answers_others(
    lab: LabProcess, screen: Screen
) -> None:
    row(screen, LESSON).locator("td.num-submissions a").click()
    for learner in LEARNERS:
        row(screen, learner).locator("td.autograde a").click()
        wait_until(
            lambda: lab.runs("slopewise.lab.formgrader_buttons") > 0, "the process that grades"
        )
        grading = lab.runs("slopewise.lab.formgrader_buttons")
        assert grading
        # It stands still meanwhile: however quick it is, the server answers while it is there.
        os.kill(grading, signal.SIGSTOP)
        try:
            assert lab.answers()
            assert lab.runs("slopewise.lab.formgrader_buttons") == grading
        finally:
            os.kill(grading, signal.SIGCONT)
        read_success(screen)
    expect(row(screen, "ada").locator("td.score")).to_contain_text("20")
    expect(row(screen, "ben").locator("td.score")).to_have_text(re.compile(r"^\s*0 /"))
    screen.photograph("formgrader-submissions")


def test_a_comment_is_written_by_hand(lab: LabProcess, screen: Screen) -> None:
    frame = formgrader(screen)
    frame.get_by_role("link", name="Manual Grading").click()
    frame.locator("tbody").get_by_role("link", name=LESSON).click()
    expect(frame.get_by_text("Notebook ID")).to_be_visible()
    frame.locator("tbody").get_by_role("link", name=LESSON).click()
    frame.get_by_role("link", name=re.compile("Submission #")).first.click()
    box = frame.locator("textarea#forward-comment")
    # It has a placeholder once the page listens to it; the mark that says "saved" is always there.
    expect(box).to_have_attribute("placeholder", re.compile("."))
    box.scroll_into_view_if_needed()
    box.fill(COMMENT)
    with screen.page.expect_response(
        lambda response: "/api/comment/" in response.url and response.request.method == "PUT"
    ) as saved:
        box.blur()
    assert saved.value.ok
    expect(frame.locator("math").first).to_be_attached()
    scripts = frame.locator("script[src], link[href]").evaluate_all(
        "found => found.map(one => one.src || one.href)"
    )
    assert scripts
    assert [one for one in scripts if not one.startswith(lab.url("/").split("?")[0])] == []
    screen.photograph("formgrader-comment")


def test_feedback_is_made_and_returned(lab: LabProcess, screen: Screen) -> None:
    formgrader(screen).get_by_role("link", name="Manual Grading").first.click()
    formgrader(screen).get_by_role("link", name="Manage Assignments").first.click()
    press(screen, LESSON, "generate-feedback")
    press(screen, LESSON, "release-feedback")
    pages = [lab.root / "feedback" / learner / LESSON / f"{LESSON}.html" for learner in LEARNERS]
    texts = [page.read_text(encoding="utf-8") for page in pages]
    assert sum("Well spotted" in text for text in texts) == 1
    for text in texts:
        assert "<math" in text
        assert "observe(" not in text
        assert not re.search(r"<(script|link)[^>]*https?://", text)


def test_the_report_is_made_and_read_in_lab(
    lab: LabProcess, screen: Screen, browser: Browser
) -> None:
    report = lab.root / "report" / "report.html"
    screen.run_in_terminal("slopewise report", report.exists, lab.log.with_name("connected"))
    screen.open_file("report", "report.html")
    shown = screen.page.frame_locator(".jp-HTMLViewer:visible iframe")
    expect(shown.locator("h1")).to_be_visible()
    for learner in LEARNERS:
        expect(shown.get_by_text(learner).first).to_be_attached()
    expect(shown.locator("img, svg").first).to_be_visible()
    screen.photograph("report-in-lab")
    assert barriers_of_files(browser, report) == {}


def test_a_lesson_is_edited_as_a_notebook_and_nothing_else_changes(
    lab: LabProcess, screen: Screen
) -> None:
    path = lab.root / "notebooks" / f"{LESSON}.py"
    before = path.read_text(encoding="utf-8")
    notebooks = {name: lab.root / name / LESSON / f"{LESSON}.ipynb" for name in FOLDERS}
    cells = {name: sources(nbformat.read(file, 4)) for name, file in notebooks.items()}
    screen.open_text_notebook("notebooks", f"{LESSON}.py")
    markdown = screen.cell("Here are six measurements")
    markdown.dblclick()
    line = markdown.locator(".cm-line", has_text="Here are six measurements")
    line.click()
    screen.page.keyboard.press("End")
    screen.page.keyboard.type(" Look.")
    screen.page.keyboard.press("Shift+Enter")
    screen.photograph("lesson-as-notebook")
    screen.save()
    (gone, come) = changed(before, path.read_text(encoding="utf-8"))
    assert gone.startswith("-# Here are six measurements")
    assert come == f"+{gone[1:]} Look."
    command = [sys.executable, "-m", "slopewise", "--course", str(lab.root), "build", LESSON]
    subprocess.run(command, check=True, capture_output=True)
    for name, file in notebooks.items():
        difference = changed("\n".join(cells[name]), "\n".join(sources(nbformat.read(file, 4))))
        assert len(difference) == 2, difference


FOLDERS = ("source", "release", "solutions")


def sources(notebook: Any) -> list[str]:
    """Every cell's id, metadata and source."""
    return [f"{cell.id} {cell.metadata}\n{cell.source}" for cell in notebook.cells]


def changed(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]
