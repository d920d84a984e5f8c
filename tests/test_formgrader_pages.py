"""What the Formgrader serves of a submission: nbgrader's own scripts run, and no others."""

from __future__ import annotations

import base64
import hashlib
import http.client
import os
import signal
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from email.message import Message

import nbformat
import pytest
from nbgrader.api import Gradebook

from slopewise.environment import put_tools_on_path
from slopewise.lab.formgrader_pages import policy_for
from tests.browser.lab_process import TOKEN, LabProcess, copy_course, start_lab
from tests.notebooks import REPOSITORY

LESSON = "01-manual-numpy"
TOKEN_HEADER = {"Authorization": f"token {TOKEN}"}

PAGE = """<!DOCTYPE html><html><head><script src="/formgrader/static/a.js"></script>
<script type="text/javascript">var base_url = "/formgrader";</script></head><body>
<span onclick="toggle_name(true);">x</span>
<div id="notebook" class="x"><p onclick="bad()">y</p><script>evil()</script></div>
<script>late()</script></body></html>"""


def digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def test_the_policy_names_nbgraders_scripts_and_no_learners() -> None:
    policy = policy_for(PAGE)
    allowed = ('var base_url = "/formgrader";', "toggle_name(true);")
    assert all(f"'sha256-{digest(one)}'" in policy for one in allowed)
    assert policy.count("sha256-") == len(allowed)
    scripts = next(one for one in policy.split("; ") if one.startswith("script-src"))
    assert "'unsafe-inline'" not in scripts
    assert "default-src 'none'" in policy


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LabProcess, str]]:
    """A Lab, and the Formgrader's address of a submission that holds what a learner must not."""
    folder = tmp_path_factory.mktemp("formgrader")
    root = copy_course(REPOSITORY, folder / "course")
    put_tools_on_path()
    with closing(Gradebook(f"sqlite:///{root}/gradebook.db", "slopewise")) as gradebook:
        gradebook.add_assignment(LESSON)
        gradebook.add_notebook(LESSON, LESSON)
        gradebook.add_student("ada")
        gradebook.add_submission(LESSON, "ada")
        submission = gradebook.find_submission_notebook(LESSON, LESSON, "ada").id
    graded = root / "autograded" / "ada" / LESSON
    graded.mkdir(parents=True)
    cells = [
        nbformat.v4.new_markdown_cell("[x](http:notes.html) <script>alert(1)</script> $x^2$"),
        nbformat.v4.new_markdown_cell("```scala\n" + "\\" * 200 + "\n```"),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), graded / f"{LESSON}.ipynb")
    (graded / "notes.html").write_text("<script>alert(1)</script>")  # by hand, or of long ago
    (graded / "chart.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    lab = start_lab(root, folder / "settings")
    yield lab, f"/formgrader/submissions/{submission}/"
    lab.stop()


def fetch(lab: LabProcess, path: str) -> tuple[Message, str]:
    with urllib.request.urlopen(lab.url(path), timeout=300) as answer:
        return answer.headers, answer.read().decode("utf-8", "replace")


@pytest.mark.slow
def test_the_server_answers_while_a_page_is_made(served: tuple[LabProcess, str]) -> None:
    lab, address = served
    fetch(lab, address)
    maker = lab.makes_pages()
    assert maker
    os.kill(maker, signal.SIGSTOP)
    asking = http.client.HTTPConnection("127.0.0.1", lab.port, timeout=300)
    try:
        asking.request("GET", urllib.parse.urlsplit(lab.url(address)).path, headers=TOKEN_HEADER)
        for _ in range(5):
            assert "started" in fetch(lab, "/api/status")[1]
        assert lab.makes_pages() == maker  # else it was given up, and the page made by another
    finally:
        os.kill(maker, signal.SIGCONT)
    with closing(asking):
        assert "<math" in asking.getresponse().read().decode()


@pytest.mark.slow
def test_a_real_server_sends_no_learners_script(served: tuple[LabProcess, str]) -> None:
    lab, address = served
    headers, page = fetch(lab, address)
    assert "<math" in page
    assert 'href="http:notes.html"' not in page
    assert "<script>alert(1)" not in page
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert f"'sha256-{digest('toggle_name(true);')}'" in policy
    assert f"'sha256-{digest('alert(1)')}'" not in policy
    headers, _ = fetch(lab, address + "notes.html")
    assert headers["Content-Disposition"] == "attachment"
    assert headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in headers["Content-Security-Policy"]
    headers, _ = fetch(lab, address + "chart.png")
    assert headers["Content-Type"] == "image/png"
    assert "sandbox" in headers["Content-Security-Policy"]


@pytest.mark.slow
def test_the_class_page_is_the_instructors_alone(served: tuple[LabProcess, str]) -> None:
    lab, _ = served
    headers, page = fetch(lab, "/slopewise/class")
    assert f">{LESSON}<" in page
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "'unsafe-inline'" not in policy
    assert "frame-ancestors 'self'" in policy
    assert headers["Cache-Control"] == "no-store"
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    # Signed in; from here on by the cookie, as another site's form would be.
    assert status(opener, lab.url("/slopewise/class")) == 200
    address = lab.url("/slopewise/class").partition("?")[0]
    assert status(opener, address, b"action=demo") == 403
    assert not (lab.root / "demo").exists()
    assert status(opener, lab.url("/slopewise/class"), b"action=other") == 400


def status(opener: urllib.request.OpenerDirector, url: str, data: bytes | None = None) -> int:
    try:
        with opener.open(url, data=data, timeout=300) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


@pytest.mark.slow
def test_the_class_pages_files_are_reports_and_feedback_without_an_origin(
    served: tuple[LabProcess, str],
) -> None:
    lab, _ = served
    for area, allowed in (("report", True), ("feedback", False)):
        (lab.root / area).mkdir()
        (lab.root / area / "page.html").write_text("<script>alert(1)</script>")
        (lab.root / area / "notes.svg").write_text("<svg/>")
        headers, _ = fetch(lab, f"/slopewise/class/files/{area}/page.html")
        policy = headers["Content-Security-Policy"]
        assert "sandbox" in policy
        assert ("allow-scripts" in policy) is allowed
        assert "allow-same-origin" not in policy
        headers, _ = fetch(lab, f"/slopewise/class/files/{area}/notes.svg")
        assert headers["Content-Type"] == "application/octet-stream"
        assert headers["Content-Disposition"].startswith("attachment")
    for path in ("report/../gradebook.db", "report/..%2Fgradebook.db", "source/x.ipynb"):
        opener = urllib.request.build_opener()
        assert status(opener, lab.url(f"/slopewise/class/files/{path}")) in (403, 404), path
