"""What a submission brings along is never copied under a name that a browser runs."""

from __future__ import annotations

import mimetypes

import pytest

from slopewise.nbgrader.pages.copies import names_of_copies


@pytest.mark.parametrize(
    "name",
    [
        *("notes.html", "NOTES.HTM", "a.xhtml", "a.xht", "a.shtml", "a.svg", "a.svgz", "a.xml"),
        *("a.xsl", "a.js", "a.mjs", "a.mht", "a.mhtml", "a.hta", "a.swf", "a.wasm", "a.svg.gz"),
        *("a.csv.html", "a.html.", "a.htm ", "folder/index.html", "a.unheard-of", ".x.html"),
    ],
)
def test_what_a_browser_may_run_gets_another_name(name: str) -> None:
    assert names_of_copies([name]) == {name: f"{name}.txt"}
    assert mimetypes.guess_type(f"{name}.txt")[0] == "text/plain"


@pytest.mark.parametrize(
    "name", ["data.csv", "Photo.PNG", "helper.py", "README", "a/b.npz", "report.docx", "a.b.csv"]
)
def test_data_keep_their_names(name: str) -> None:
    assert names_of_copies([name]) == {name: name}


def test_no_file_takes_anothers_place() -> None:
    names = ["a.html", "a.html.txt", "A.HTML.txt.txt", "a.htm"]
    made = names_of_copies(names)
    assert len({name.casefold() for name in made.values()}) == len(names)
    assert made["a.html.txt"] == "a.html.txt"
