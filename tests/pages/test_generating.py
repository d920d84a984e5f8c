"""nbgrader's own command makes the pages, each once, and again only when something has changed."""

from __future__ import annotations

import datetime
import logging
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbgrader.api import Gradebook

from slopewise.environment import put_tools_on_path
from slopewise.nbgrader.pages import feedback
from slopewise.nbgrader.runs import NbgraderCourse
from slopewise.scoring import State, Verdict, rendering
from slopewise.scoring.record import Record, write_record

NAME = "only"
LEARNERS = ("ada", "ben", "cora")
CONFIGURATION = """\
from slopewise.nbgrader import configure
c = get_config()
c.FeedbackExporter.answers_after_deadline = True
c.FeedbackExporter.page_seconds = 2
configure(c, __file__)
"""


def notebook(answer: str, *, hidden: bool) -> Any:
    secret = "### BEGIN HIDDEN TESTS\nsecret = 1\n### END HIDDEN TESTS\n" if hidden else ""
    both = {"locked": False, "schema_version": 3, "task": False}
    answering = {"grade": False, "solution": True, "grade_id": "half", **both}
    checking = {"grade": True, "solution": False, "grade_id": "half-check", "points": 2, **both}
    return nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# The only lesson", id="title"),
            nbformat.v4.new_code_cell(answer, id="half", metadata={"nbgrader": answering}),
            nbformat.v4.new_code_cell(
                f"{secret}assert half", id="half-check", metadata={"nbgrader": checking}
            ),
        ]
    )


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course in which three learners were graded, by hand."""
    put_tools_on_path()
    (tmp_path / "nbgrader_config.py").write_text(CONFIGURATION)
    source = tmp_path / "source" / NAME / f"{NAME}.ipynb"
    source.parent.mkdir(parents=True)
    solution = "### BEGIN SOLUTION\nhalf = 'ours'\n### END SOLUTION"
    nbformat.write(notebook(solution, hidden=True), source)
    with closing(Gradebook(f"sqlite:///{tmp_path}/gradebook.db")) as gradebook:
        gradebook.add_assignment(NAME)
        gradebook.add_notebook(NAME, NAME)
        gradebook.add_grade_cell("half-check", NAME, NAME, max_score=2, cell_type="code")
        gradebook.add_solution_cell("half", NAME, NAME)
        for learner in LEARNERS:
            graded = notebook("half = 'theirs'", hidden=True)
            verdict = Verdict("half", State.WRONG, 0.0, 2.0, "It is `None`.")
            write_record(graded, Record((verdict,)))
            path = tmp_path / "autograded" / learner / NAME / f"{NAME}.ipynb"
            path.parent.mkdir(parents=True)
            nbformat.write(graded, path)
            gradebook.add_student(learner)
            gradebook.add_submission(NAME, learner)
    return tmp_path


def page_of(course: Path, learner: str) -> Path:
    return course / "feedback" / learner / NAME / f"{NAME}.html"


def times(course: Path) -> list[int]:
    return [page_of(course, learner).stat().st_mtime_ns for learner in LEARNERS]


def test_pages_are_kept_while_they_hold(course: Path) -> None:
    nbgrader = NbgraderCourse(course)
    nbgrader.feedback(NAME)
    first = times(course)
    nbgrader.feedback(NAME)
    assert times(course) == first
    with closing(nbgrader.gradebook()) as gradebook:
        comment = gradebook.find_comment("half", NAME, NAME, "ben")
        comment.manual_comment = "Look *again*."
        grade = gradebook.find_grade("half-check", NAME, NAME, "cora")
        grade.manual_score = 1.5
        gradebook.db.commit()
    nbgrader.feedback(NAME)
    second = times(course)
    assert [one == other for one, other in zip(first, second, strict=True)] == [True, False, False]
    assert "<em>again</em>" in page_of(course, "ben").read_text()
    assert "1.5 of 2 points" in page_of(course, "cora").read_text()
    text = page_of(course, "ada").read_text()
    page_of(course, "ada").write_text(text[:-200])  # cut short by a full disk
    shutil.rmtree(page_of(course, "ben").parent)
    nbgrader.feedback(NAME)
    assert page_of(course, "ada").read_text() == text
    assert page_of(course, "ben").exists()


def test_it_says_how_many_pages_and_nothing_of_files(
    course: Path, caplog: pytest.LogCaptureFixture
) -> None:
    log = logging.getLogger("tests.feedback")
    log.addHandler(caplog.handler)  # what is quiet does not hand its lines on
    caplog.set_level(logging.INFO, "tests.feedback")
    nbgrader = NbgraderCourse(course, log)
    nbgrader.feedback(NAME)
    page_of(course, "ada").write_text("cut short")
    nbgrader.feedback(NAME)
    log.removeHandler(caplog.handler)
    assert [(one.levelname, one.getMessage()) for one in caplog.records] == [
        ("INFO", f"{NAME}: 3 feedback pages made"),
        ("INFO", "2 feedback pages are as they were"),
        ("INFO", f"{NAME}: 1 feedback page made"),
    ]


def test_the_courses_answer_is_shown_when_the_last_of_the_class_is_due(course: Path) -> None:
    nbgrader = NbgraderCourse(course)

    def shown() -> bool:
        nbgrader.feedback(NAME)
        pages = [BeautifulSoup(page_of(course, one).read_text(), "html.parser") for one in LEARNERS]
        texts = {"".join(fold.text for fold in page.select(".solution")) for page in pages}
        (text,) = texts
        assert "SOLUTION" not in text
        return "half = 'ours'" in text

    assert not shown()  # nobody has said when it is due
    day = datetime.timedelta(days=1)
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    with closing(nbgrader.gradebook()) as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate=now - 2 * day)
        gradebook.update_or_create_submission(NAME, "cora", extension=3 * day)
    assert not shown()
    with closing(nbgrader.gradebook()) as gradebook:
        gradebook.update_or_create_submission(NAME, "cora", extension=day)
    assert shown()


ENDLESS = """
import sys
from pathlib import Path
from slopewise.nbgrader.pages import highlighting
from slopewise.nbgrader.pages import feedback
from slopewise.nbgrader.runs import NbgraderCourse

highlight = highlighting.highlight

def without_end(code, *rest):
    while "endless" in code:
        pass
    return highlight(code, *rest)

highlighting.highlight = without_end
NbgraderCourse(Path(sys.argv[1])).feedback(sys.argv[2])
"""


def test_a_notebook_beyond_every_budget_has_a_plain_page_and_the_others_theirs(
    course: Path,
) -> None:
    path = course / "autograded" / "ben" / NAME / f"{NAME}.ipynb"
    path.write_text(path.read_text().replace("theirs", "endless"))
    # In a program of one thread, whose pages are made by copies of it, as on the command line.
    subprocess.run([sys.executable, "-c", ENDLESS, str(course), NAME], check=True)
    assert "shown as plain text" in page_of(course, "ben").read_text()
    assert "half = &#39;endless&#39;" in page_of(course, "ben").read_text().replace(
        "&#x27;", "&#39;"
    )
    assert "plain text" not in page_of(course, "cora").read_text()
    for learner in LEARNERS:
        assert "secret" not in page_of(course, learner).read_text()


def test_another_wording_of_verdicts_makes_all_pages_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = shutil.copytree(Path(rendering.__file__).parent, tmp_path / "scoring")
    monkeypatch.setattr(rendering, "__file__", str(words / "rendering.py"))
    before = feedback._version.__wrapped__()
    (words / "questions.py").write_text("")
    assert feedback._version.__wrapped__() != before
