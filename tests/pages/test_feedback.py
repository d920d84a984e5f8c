"""Feedback pages: what stands first, and that no learner's text makes one slow, large or false."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup

from slopewise.nbgrader.pages.grades import CellGrade, NotebookGrades
from slopewise.nbgrader.pages.rendering import TEMPLATES, FeedbackPages, Task
from slopewise.nbgrader.pages.results import read_total
from slopewise.scoring import State, Verdict
from slopewise.scoring.record import Record, write_record
from tests.appearance import contrast

HEADING = "<h3>An honest cell</h3>"
NOT_GRADED = NotebookGrades()


@pytest.fixture
def make_page(tmp_path: Path) -> Any:
    def make(
        *cells: Any,
        verdicts: tuple[Verdict, ...] = (),
        grades: NotebookGrades = NOT_GRADED,
        answers: dict[str, str] | None = None,
    ) -> str:
        notebook = nbformat.v4.new_notebook(cells=list(cells))
        write_record(notebook, Record(tuple(verdicts)))
        path = tmp_path / "box.ipynb"
        nbformat.write(notebook, path)
        return FeedbackPages("Box", answers=answers or {})(Task(str(path), grades))

    return make


def check(name: str, points: float) -> Any:
    grader = {"grade": True, "solution": False, "grade_id": f"{name}-check", "points": points}
    return nbformat.v4.new_code_cell(f"assert {name}", metadata={"nbgrader": grader})


def exercise(name: str, source: str = "x = 1") -> Any:
    grader = {"grade": False, "solution": True, "grade_id": name}
    return nbformat.v4.new_code_cell(source, metadata={"nbgrader": grader})


def markdown(source: str) -> Any:
    return nbformat.v4.new_markdown_cell(source)


def stream(text: str) -> Any:
    return nbformat.v4.new_output("stream", text=text)


def result(text: str) -> Any:
    return nbformat.v4.new_output("display_data", data={"text/plain": text})


def error(text: str) -> Any:
    return nbformat.v4.new_output("error", ename="E", evalue="x", traceback=["E: x", text])


@pytest.mark.parametrize(
    "source",
    [
        "\\begin{a}" * 7000,
        "<b><i>" * 10_000,
        "\\\\[" * 8000,
        "$x$ " * 8000,
        "|a|b|\n|-|-|\n" + "|a|b|\n" * 5000,
        "word " * 12_000,
    ],
    ids=lambda source: source[:9],
)
def test_a_text_that_is_too_much_to_parse_is_shown_as_it_is(source: str, make_page: Any) -> None:
    page = make_page(markdown(source), markdown("## An honest cell"))
    shown = [one.text for one in BeautifulSoup(page, "html.parser").find_all("pre")]
    assert source in shown
    assert HEADING in page


def test_many_texts_that_are_much_together_are_shown_as_they_are(make_page: Any) -> None:
    page = make_page(*(markdown("*x* " * 1000) for _ in range(50)))
    shown = [one.text for one in BeautifulSoup(page, "html.parser").find_all("pre")]
    assert "<em>x</em>" in page
    assert shown.count("*x* " * 1000) > 30


def test_a_long_honest_text_is_still_formatted(make_page: Any) -> None:
    page = make_page(markdown("Some *text* with $x^2$, and `code`.\n\n" * 100))
    assert page.count("<em>text</em>") == page.count("<math") == 100


def test_code_without_end_is_shown_without_colours(make_page: Any) -> None:
    cells = [nbformat.v4.new_code_cell(source) for source in ("(<" * 20_000, "x = 1")]
    page = make_page(*cells)
    assert f"<pre>{'(&lt;' * 20_000}</pre>" in page
    assert '<span class="n">x</span>' in page


@pytest.mark.parametrize("output", [stream, result, error])
@pytest.mark.parametrize("filling", ["1;", " 1;", "\u0661;", "1"])
def test_a_colour_without_end_is_left_out(output: Any, filling: str, make_page: Any) -> None:
    text = "\x1b[31mred\x1b[0m\x1b[" + filling * 5000 + "1mafter"
    page = make_page(nbformat.v4.new_code_cell(outputs=[output(text)]))
    assert '<span class="ansi-red-fg">red</span>after' in page
    assert filling * 50 not in page


def test_colours_that_change_without_end_are_left_out(make_page: Any) -> None:
    many = "\x1b[31mred\x1b[0m<" * 4_000
    page = make_page(nbformat.v4.new_code_cell(outputs=[stream(many), stream("\x1b[32mgreen")]))
    assert "red&lt;" * 4_000 in page
    assert '<span class="ansi-green-fg">green</span>' in page


def test_colours_that_are_many_together_are_left_out(make_page: Any) -> None:
    outputs = [stream("\x1b[31mred\x1b[0m" * 500) for _ in range(100)]
    page = make_page(nbformat.v4.new_code_cell(outputs=outputs))
    assert "ansi-red-fg" in page
    assert "red" * 500 in page
    assert page.count("ansi-red-fg") < 30_000


@pytest.mark.parametrize(
    "message",
    [
        "x\n\n# 20 of 20 points\n\n```\n",
        "A\n\n## full marks\n\n[click](http://evil.example/) | a\n",
        "$$\n\n$x$\n\n$$ https://evil.example/ ![a](b) ~~c~~ \\begin{a}b\\end{a}",
        "x\n\n    code\n\n> quote\n\n- item\n\n<b>b</b> &lt;b&gt;",
        "</li></ul><h1>20 of 20 points</h1>",
        "x" * 150_000,
    ],
)
def test_a_message_cannot_become_a_part_of_the_page(message: str, make_page: Any) -> None:
    verdicts = (
        Verdict("half", State.RAISED, 0.0, 2.0, f"It raised ValueError: {message}"),
        Verdict("more", State.WRONG, 0.0, 3.0, "Call `more` with 1."),
    )
    page = make_page(check("half", 2), check("more", 3), verdicts=verdicts)
    results = BeautifulSoup(page, "html.parser").find("ol", class_="results")
    assert results is not None
    assert {tag.name for tag in results.find_all(True)} <= {"li", "p", "a", "span", "code"}
    told = [one.text for one in results.find_all("p", class_="message")]
    assert told == [f"It raised ValueError: {message}", "Call more with 1."]


def test_the_list_on_top_names_and_links_every_exercise(make_page: Any) -> None:
    verdicts = (
        Verdict("half", State.RIGHT, 2.0, 2.0, "Every question answered right."),
        Verdict("more", State.PARTLY_RIGHT, 1.0, 3.0, "Is `a * b` *really* **b** * a?"),
    )
    grades = NotebookGrades(
        {"half-check": CellGrade(2.0, 2.0), "more-check": CellGrade(2.5, 3.0)},
        {"more": "Nearly. <script>x</script> See $x^2$"},
        penalty=1.0,
    )
    cells = [exercise("half"), check("half", 2), exercise("more"), check("more", 3)]
    text = make_page(*cells, verdicts=verdicts, grades=grades)
    page: Any = BeautifulSoup(text, "html.parser")
    results = page.select("ol.results li")
    assert [one.select_one("a").text for one in results] == ["half", "more"]
    for one in results:
        target = page.select_one(one.select_one("a")["href"])
        assert one.select_one("a").text in target.find("h3").text
    assert "2.5 of 3 points" in results[1].text  # the teacher's points, not the grader's
    message = results[1].select_one(".message")
    assert message.decode_contents() == (
        "Is <code>a * b</code> <em>really</em> <strong>b</strong> * a?"
    )
    comment = results[1].select_one(".comment")
    assert comment.find("math")
    assert not comment.find("script")
    assert "<script>x</script>" in comment.text
    assert "3.5 of 5 points" in page.find("header").text
    assert "1 taken off because it was late" in page.find("header").text
    assert read_total(text) == (3.5, 5.0)


def test_a_page_forbids_everything_that_acts_and_loads_nothing(make_page: Any) -> None:
    page: Any = BeautifulSoup(make_page(markdown("<script>x</script>")), "html.parser")
    policy = page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert not page.find_all(["script", "link", "iframe"])
    assert page.html["lang"] == "en"


def test_a_hidden_question_is_not_in_the_page(make_page: Any) -> None:
    source = "### BEGIN HIDDEN TESTS\nsecret = 1\n### END HIDDEN TESTS\nassert seen"
    cell = check("half", 2)
    cell.source = source
    page = make_page(cell)
    assert "secret" not in page
    assert "seen" in page


def test_the_courses_answers_are_folded_in_where_they_are_given(make_page: Any) -> None:
    page: Any = BeautifulSoup(
        make_page(exercise("half", "x = 2"), answers={"half": "x = 3"}), "html.parser"
    )
    fold = page.select_one("details.solution")
    assert "x = 3" in fold.text
    assert not fold.has_attr("open")
    assert not BeautifulSoup(make_page(exercise("half")), "html.parser").select("details.solution")


def test_a_page_has_a_bound_whatever_a_notebook_prints(make_page: Any) -> None:
    cells = [nbformat.v4.new_code_cell(outputs=[stream("<" * 64_000)]) for _ in range(200)]
    cells += [nbformat.v4.new_code_cell("<" * 64_000) for _ in range(200)]
    page = make_page(*cells)
    assert len(page) < 6_000_000
    assert "more characters are left out" in page


def test_a_notebook_that_was_damaged_since_is_told_as_that(tmp_path: Path) -> None:
    path = tmp_path / "box.ipynb"
    path.write_text("{")
    grades = NotebookGrades({"half-check": CellGrade(1.0, 2.0)})
    page = FeedbackPages("Box")(Task(str(path), grades))
    assert "cannot be read" in page
    assert read_total(page) == (1.0, 2.0)


def test_what_is_shown_has_contrast_in_both_themes() -> None:
    style = (TEMPLATES / "feedback.css").read_text()
    light, dark = (
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)[:2]
    )
    assert light.keys() == dark.keys()
    for theme in (light, dark):
        for name in theme.keys() - {"paper", "panel", "line"}:
            for ground in ("paper", "panel"):
                assert contrast(theme[name], theme[ground]) >= 4.5, (name, ground)
