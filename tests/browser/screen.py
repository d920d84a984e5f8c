"""JupyterLab as a person sees it: what to press, and what is then shown."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, TimeoutError, expect

from tests.browser.lab_process import LabProcess

# Resolves once twenty frames in a row have shown the notebook at one place and of one height.
_AT_REST = """
async (notebook) => {
  const scroller = notebook.querySelector(".jp-WindowedPanel-outer");
  let before = "";
  for (let same = 0; same < 20; ) {
    await new Promise(requestAnimationFrame);
    const now = `${scroller.scrollTop} ${scroller.scrollHeight}`;
    same = now === before ? same + 1 : 0;
    before = now;
  }
}
"""


class Screen:
    """One browser page with JupyterLab in it.

    Every wait is for something that is shown, never for time to pass.
    """

    def __init__(self, page: Page, screenshots: Path) -> None:
        self.page = page
        self._screenshots = screenshots

    def open_lab(self, lab: LabProcess) -> None:
        """Go where `slopewise lab` sends the browser."""
        self.page.goto(lab.url("/"))
        expect(self.page.locator("#jupyterlab-splash")).to_have_count(0)
        expect(self.welcome.locator("h1")).to_be_visible()

    def photograph(self, name: str) -> None:
        """Leave a picture of the page for people to look at."""
        self.page.screenshot(path=self._screenshots / f"{name}.png")

    @property
    def welcome(self) -> Locator:
        """The welcome page."""
        return self.page.locator(".jp-MarkdownViewer:visible")

    @property
    def notebook(self) -> Locator:
        """The notebook in front."""
        return self.page.locator(".jp-NotebookPanel:visible")

    @property
    def dialog(self) -> Locator:
        """The dialog that is open."""
        return self.page.locator(".jp-Dialog-content")

    def cell(self, text: str) -> Locator:
        """The first cell of the notebook in front whose source holds `text`, scrolled to.

        Of a folded cell only the first line is there.
        """
        found = self.notebook.locator(".jp-Cell").filter(
            has=self.page.locator(".jp-InputArea, .jp-InputPlaceholder", has_text=text)
        )
        found.first.scroll_into_view_if_needed()
        return found.first

    def unfold(self, text: str) -> Locator:
        """Open a folded cell by a click on the line that shows; return the cell."""
        line = self.cell(text).locator(".jp-InputPlaceholder")
        line.wait_for()
        self.until(lambda: line.count() == 0, lambda: line.click(timeout=5000))
        return self.cell(text)

    def menu(self, *words: str) -> None:
        """Choose an entry of the menu bar, such as `menu("Run", "Run All Cells")`."""
        self.page.locator(".lm-MenuBar-itemLabel", has_text=re.compile(f"^{words[0]}$")).click()
        for word in words[1:]:
            self.page.locator(".lm-Menu-item:visible").filter(
                has=self.page.locator(
                    ".lm-Menu-itemLabel", has_text=re.compile(f"^{re.escape(word)}$")
                )
            ).click()

    def tab(self, title: str) -> None:
        """Bring a tab of the main area to the front."""
        self.page.locator("#jp-main-dock-panel .lm-TabBar-tab", has_text=title).click()

    def open_lesson(self, title: str) -> None:
        """Click a lesson's heading on the welcome page and wait for its kernel."""
        self.welcome.get_by_role("link", name=re.compile(title)).click()
        expect(self.notebook.locator(".jp-Cell").first).to_be_visible()
        self.wait_until_idle()

    def wait_until_idle(self) -> None:
        """Wait until no cell waits or runs, the kernel says that it is idle, and nothing scrolls.

        Before a notebook has a kernel its indicator says idle, too, and the status bar says what
        the notebook before it had; cells that run then do not run. Debugging is offered only once
        the notebook's own kernel has said what it can do.
        """
        expect(self.notebook.get_by_role("button", name="Enable Debugger")).to_be_enabled()
        status = self.page.locator("#jp-main-statusbar")
        expect(status.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
        indicator = self.notebook.locator(".jp-Notebook-ExecutionIndicator")
        expect(indicator).to_have_attribute("data-status", "idle")
        expect(self.notebook.locator(".jp-InputPrompt", has_text="[*]")).to_have_count(0)
        self.notebook.evaluate(_AT_REST)

    def run_all(self) -> None:
        """Run all cells; a cell that fails ends it."""
        self.menu("Run", "Run All Cells")
        expect(
            self.notebook.locator(".jp-InputPrompt", has_text=re.compile(r"\[[\d*]+\]")).first
        ).to_be_visible()
        self.wait_until_idle()

    def until(self, taken: Callable[[], bool], gesture: Callable[[], object]) -> None:
        """Make a gesture, and again for as long as nothing comes of it.

        JupyterLab draws a cell when it comes into view, which moves the others, and goes on for a
        while after a command. A key or a click at such a moment may fall beside; a person presses
        again.
        """
        end = time.monotonic() + 180
        while not taken():
            assert time.monotonic() < end, f"nothing comes of it; the focus is at {self.focused()}"
            with contextlib.suppress(TimeoutError):
                gesture()
            patience = time.monotonic() + 5
            while not taken() and time.monotonic() < patience:
                time.sleep(0.1)

    def focused(self) -> str:
        """Return how the element begins that has the focus, as HTML."""
        return str(self.page.evaluate("document.activeElement.outerHTML.slice(0, 300)"))

    def write(self, text: str, code: str) -> None:
        """Replace the source of the cell that holds `text`."""
        self.cell(text).locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(code)

    def save(self) -> None:
        """Save what is in front.

        A file has no unsaved changes once the server has answered that it is written. The status
        bar says so, too, but only for two seconds, which a slow machine may miss.
        """
        self.page.keyboard.press("Control+s")
        expect(self.page.locator("#jp-main-dock-panel .lm-mod-current.jp-mod-dirty")).to_have_count(
            0
        )

    def validate(self) -> Locator:
        """Press Validate and return the dialog that comes."""
        return self._press("Validate")

    def check_my_work(self) -> Locator:
        """Press Check my work above the notebook and return the dialog that comes."""
        return self._press("Check my work")

    def _press(self, label: str) -> Locator:
        self.notebook.locator(".jp-NotebookPanel-toolbar").get_by_text(label, exact=True).click()
        expect(self.dialog).to_be_visible()
        return self.dialog

    def close_dialog(self) -> None:
        """Press Ok."""
        self.dialog.locator(".jp-mod-accept").click()
        expect(self.dialog).to_have_count(0)

    def restart_kernel(self) -> None:
        """Restart the kernel of the notebook in front, and wait until it is there again."""
        self.menu("Kernel", "Restart Kernel…")
        # Until the answer comes, what is shown as idle may be the kernel from before.
        with self.page.expect_response(re.compile(r"/api/kernels/[^/]+/restart")):
            self.dialog.locator(".jp-mod-accept").click()
        expect(self.dialog).to_have_count(0)
        self.wait_until_idle()

    def run_in_terminal(self, line: str, done: Callable[[], object], sign: Path) -> None:
        """Open a terminal, type a command there and wait until it is done.

        What is typed before the terminal is connected is lost, and nothing shows when it is: until
        the file `sign` is there, made by a command that may be typed any number of times.
        """
        self.menu("File", "New", "Terminal")
        terminal = self.page.locator(".jp-Terminal:visible .xterm-helper-textarea")
        terminal.wait_for(state="attached")
        for command, came, patience in ((f"touch {sign}", sign.exists, 5), (line, done, 180)):
            end = time.monotonic() + 180
            while not came() and time.monotonic() < end:
                terminal.focus()
                self.page.keyboard.type(command)
                self.page.keyboard.press("Enter")
                wait = time.monotonic() + patience
                while not came() and time.monotonic() < wait:
                    time.sleep(0.2)
            assert came(), f"nothing came of {command!r} in the terminal"

    def _open_folder(self, folder: str) -> Locator:
        """Go to a folder of the course; the file browser, which may just be following a tab."""
        files = self.page.locator("#filebrowser")
        inside = files.locator(".jp-BreadCrumbs-item", has_text=re.compile(f"^{folder}$"))
        for _ in range(18):
            try:
                files.locator(".jp-BreadCrumbs-home").click(timeout=5000)
                files.locator(".jp-DirListing-item").get_by_text(folder, exact=True).dblclick(
                    timeout=5000
                )
                expect(inside).to_be_visible(timeout=5000)
                return files
            except (AssertionError, TimeoutError):
                continue
        raise AssertionError(f"the file browser does not come to {folder}")

    def open_file(self, folder: str, name: str) -> None:
        """Open a file by the file browser."""
        files = self._open_folder(folder)
        files.get_by_text(name, exact=True).dblclick()

    def open_text_notebook(self, folder: str, name: str) -> None:
        """Open a text notebook as a notebook, through the file browser's context menu."""
        files = self._open_folder(folder)
        files.get_by_text(name, exact=True).click(button="right")
        self.page.locator(".lm-Menu-itemLabel", has_text="Open With").hover()
        self.page.locator(".lm-Menu-itemLabel", has_text="Jupytext Notebook").click()
        expect(self.notebook.locator(".jp-Cell").first).to_be_visible()
        self.wait_until_idle()
