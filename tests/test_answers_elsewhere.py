"""Which cell answers an exercise: the one that works, wherever it stands; no text is lost."""

from __future__ import annotations

import copy
import json
from typing import Any

import nbformat
import pytest

from slopewise.build.source import CHECK_LINE
from slopewise.notebook.definitions import definitions
from slopewise.notebook.findings import Kind
from slopewise.notebook.restoring import put_in_order
from tests.tiny import TINY, released, source_of

RIGHT = "def half(x):\n    return x / 2"
WRONG = "def half(x):\n    return x"
BROKEN = "def half(x)\n    return x / 2"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return source_of(TINY, tmp_path_factory.mktemp("course"))


@pytest.fixture
def sent(source: Any) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(nbformat.writes(released(source)))
    named(data, "which")["source"] = 'which = "b"'
    return data


def named(notebook: Any, name: str) -> Any:
    return next(cell for cell in notebook["cells"] if cell.get("id") == name)


def own(text: str, kind: str = "code") -> dict[str, Any]:
    return {"cell_type": kind, "metadata": {}, "source": text, "id": "mine"}


def insert(notebook: Any, behind: str, *cells: dict[str, Any]) -> None:
    at = notebook["cells"].index(named(notebook, behind)) + 1
    notebook["cells"][at:at] = cells


def again(notebook: Any, name: str, text: str | None = None) -> dict[str, Any]:
    """A copy of a cell, as Jupyter makes one: with the grader's metadata and another id."""
    cell: dict[str, Any] = copy.deepcopy(named(notebook, name))
    cell["id"] = "copied"
    if text is not None:
        cell["source"] = text
    return cell


def seen_by(notebook: Any, check: str) -> str:
    """The last definition of half that a check meets: "right", "wrong" or "stub"."""
    state = ""
    for cell in notebook["cells"]:
        if cell["id"] == check:
            return state
        if cell["cell_type"] == "code" and "def half" in cell["source"]:
            if definitions(cell["source"]).fault is not None:
                continue
            state = "stub" if "NotImplemented" in cell["source"] else "wrong"
            state = "right" if "/ 2" in cell["source"] else state
    raise AssertionError("no such check")


def texts(notebook: Any) -> str:
    return "\n".join(cell["source"] for cell in notebook["cells"])


def graded(sent: Any, source: Any, *kinds: Kind) -> Any:
    ordered, findings = put_in_order(sent, source)
    nbformat.validate(ordered)
    assert [finding.kind for finding in findings] == list(kinds)
    for check in ("half-check", "which-check"):
        assert sum(cell["id"] == check for cell in ordered["cells"]) == 1
    for cell in sent["cells"]:
        lines = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        # The line that a folded check begins with in a release is the build's, not the learner's.
        lines = lines.removeprefix(CHECK_LINE.format(cell["id"].removesuffix("-check")))
        if cell["cell_type"] == "code":
            assert lines.strip() in texts(ordered) or "half(2)" in lines
    return ordered


def test_a_check_copied_above_its_exercise(sent: Any, source: Any) -> None:
    named(sent, "half")["source"] = RIGHT
    at = sent["cells"].index(named(sent, "half"))
    sent["cells"].insert(at, copy.deepcopy(named(sent, "half-check")))
    ordered = graded(sent, source, Kind.CHECK_DUPLICATED)
    assert seen_by(ordered, "half-check") == "right"


def test_a_check_dragged_above_its_exercise(sent: Any, source: Any) -> None:
    named(sent, "half")["source"] = RIGHT
    check = named(sent, "half-check")
    sent["cells"].remove(check)
    sent["cells"].insert(1, check)
    ordered = graded(sent, source, Kind.CHECK_MOVED)
    assert seen_by(ordered, "half-check") == "right"


def test_a_check_copied_to_the_end_still_asks_behind_the_answer(sent: Any, source: Any) -> None:
    named(sent, "half")["source"] = RIGHT
    sent["cells"].append(again(sent, "half-check"))
    ordered = graded(sent, source, Kind.CHECK_DUPLICATED)
    assert seen_by(ordered, "half-check") == "right"


def test_a_second_try_with_a_check_of_its_own_counts(sent: Any, source: Any) -> None:
    named(sent, "half")["source"] = WRONG
    sent["cells"] += [own(RIGHT), again(sent, "half-check")]
    ordered = graded(sent, source, Kind.ANSWER_ELSEWHERE, Kind.CHECK_DUPLICATED, Kind.CHECK_MOVED)
    assert seen_by(ordered, "half-check") == "right"


@pytest.mark.parametrize("behind", ["half", "half-check", "which-check"])
@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        (RIGHT, None, "right"),
        (None, RIGHT, "right"),
        (WRONG, RIGHT, "right"),
        (RIGHT, BROKEN, "right"),
        (BROKEN, RIGHT, "right"),
        (None, None, "stub"),
    ],
)
def test_of_an_exercise_that_stands_twice_the_later_one_that_works_counts(
    first: str | None, second: str | None, state: str, behind: str, sent: Any, source: Any
) -> None:
    copied = again(sent, "half", second)
    if first is not None:
        named(sent, "half")["source"] = first
    insert(sent, behind, copied)
    ordered, findings = put_in_order(sent, source)
    assert Kind.EXERCISE_DUPLICATED in {finding.kind for finding in findings}
    assert seen_by(ordered, "half-check") == state
    assert sum(cell["id"] == "half" for cell in ordered["cells"]) == 1
    for text in (first, second):
        assert text is None or text in texts(ordered)


@pytest.mark.parametrize("behind", ["half-check", "which-check"])
def test_an_answer_below_the_check_is_graded(behind: str, sent: Any, source: Any) -> None:
    insert(sent, behind, own(RIGHT))
    ordered = graded(
        sent, source, *[Kind.ANSWER_ELSEWHERE, Kind.CHECK_MOVED][: 1 + (behind != "half-check")]
    )
    assert seen_by(ordered, "half-check") == "right"
    assert "raise NotImplementedError" in texts(ordered)


def test_an_answer_above_the_stub_is_graded(sent: Any, source: Any) -> None:
    at = sent["cells"].index(named(sent, "half"))
    sent["cells"].insert(at, own(RIGHT))
    ordered = graded(sent, source, Kind.ANSWER_ELSEWHERE)
    assert seen_by(ordered, "half-check") == "right"
    assert "raise NotImplementedError" in texts(ordered)


def test_an_answer_in_the_check_s_cell_is_graded(sent: Any, source: Any) -> None:
    check = named(sent, "half-check")
    check["source"] = RIGHT + "\n\n" + "".join(check["source"])
    ordered = graded(sent, source, Kind.CHECK_EDITED, Kind.ANSWER_ELSEWHERE)
    assert seen_by(ordered, "half-check") == "right"


def test_an_answer_in_another_exercise_s_cell_is_graded(sent: Any, source: Any) -> None:
    named(sent, "which")["source"] = RIGHT + '\nwhich = "b"'
    ordered = graded(sent, source, Kind.ANSWER_ELSEWHERE)
    assert seen_by(ordered, "half-check") == "right"
    assert named(ordered, "which")["source"].endswith('which = "b"')


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_an_answer_in_a_cell_of_another_kind_is_graded(kind: str, sent: Any, source: Any) -> None:
    insert(sent, "half", own(RIGHT, kind))
    ordered = graded(sent, source, Kind.ANSWER_ELSEWHERE)
    assert seen_by(ordered, "half-check") == "right"


def test_an_answer_in_place_of_a_deleted_exercise_is_no_finding(sent: Any, source: Any) -> None:
    at = sent["cells"].index(named(sent, "half"))
    sent["cells"][at] = own(RIGHT)
    ordered = graded(sent, source)
    assert seen_by(ordered, "half-check") == "right"
    assert named(ordered, "half")["source"] == RIGHT


def test_a_letter_put_elsewhere_is_graded(sent: Any, source: Any) -> None:
    which = named(sent, "which")
    which["source"] = "which = None\nraise NotImplementedError()"
    sent["cells"].append(own('which = "b"'))
    ordered = graded(sent, source, Kind.ANSWER_ELSEWHERE)
    ids = [cell["id"] for cell in ordered["cells"]]
    assert named(ordered, "which")["source"] == 'which = "b"'
    assert ids.index("which") < ids.index("which-check")


def test_an_experiment_below_the_check_is_told_and_not_graded(sent: Any, source: Any) -> None:
    named(sent, "half")["source"] = RIGHT
    insert(sent, "half-check", own(WRONG))
    ordered, findings = put_in_order(sent, source)
    assert seen_by(ordered, "half-check") == "right"
    (finding,) = findings
    assert finding.kind is Kind.ANSWER_ELSEWHERE
    assert "half is defined again in cell" in finding.text


def test_fences_in_a_kept_text_do_not_end_it(sent: Any, source: Any) -> None:
    named(sent, "half")["source"] = RIGHT
    named(sent, "half-check")["source"] = 'print("```")\n````\n'
    ordered = graded(sent, source, Kind.CHECK_EDITED)
    (kept,) = [cell for cell in ordered["cells"] if "it was not run" in cell["source"]]
    assert kept["cell_type"] == "markdown"
    assert kept["source"].count("`````") == 2


def test_ids_and_metadata_stripped(sent: Any, source: Any) -> None:
    """What Colab makes of a notebook: cells are known by what they say."""
    named(sent, "half")["source"] = RIGHT
    for cell in sent["cells"]:
        del cell["id"]
        cell["metadata"] = {}
    insert_at = len(sent["cells"])
    sent["cells"].insert(insert_at, own(WRONG))
    ordered, _ = put_in_order(sent, source)
    assert seen_by(ordered, "half-check") == "right"
    assert named(ordered, "half")["source"] == RIGHT
    assert texts(ordered).count("assert half(2) == 1") == 1


# Cells that do not compile


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (BROKEN, 1, "expected ':'"),
        ("def half(x):\n\u00a0\u00a0\u00a0\u00a0return x / 2", 2, "a no-break space (U+00A0"),
        ("half = lambda x: print(\u2018a\u2019)", 1, "a curly quotation mark ‘ (U+2018"),
        ('def half(x):\n    return \u201ca"', 2, "a curly quotation mark “ (U+201C"),
        ("def half(x):\n    return (x / 2\n", 2, "was never closed"),
        ("def half(x):\nreturn x / 2", 2, "expected an indented block"),
        ("def half(x):\n    return x \u2212 1", 2, "type - instead"),
        ("x = 1\nreturn x", 2, "'return' outside function"),
        ("def half(x):\n\treturn x\n        return 2", 3, "inconsistent use of tabs"),
        ("half = 07", 1, "leading zeros"),
    ],
)
def test_a_cell_that_does_not_compile_is_told_with_its_line(
    text: str, line: int, words: str, sent: Any, source: Any
) -> None:
    named(sent, "half")["source"] = text
    ordered, findings = put_in_order(sent, source)
    (finding,) = findings
    assert (finding.kind, finding.cell) == (Kind.NOT_COMPILED, "half")
    assert f"line {line}: " in finding.text
    assert words in finding.text
    assert named(ordered, "half")["source"] == text


def test_an_answer_elsewhere_that_does_not_compile_is_told(sent: Any, source: Any) -> None:
    insert(sent, "half-check", own(BROKEN))
    _, (finding,) = put_in_order(sent, source)
    assert (finding.kind, finding.cell) == (Kind.NOT_COMPILED, "half")
    assert finding.text.startswith("Cell 5 does not compile: line 1: ")


@pytest.mark.parametrize(
    "text",
    [
        "%%time\n" + RIGHT,
        "%matplotlib inline\n" + RIGHT,
        "!ls\n" + RIGHT,
        RIGHT + "\nhalf?",
        RIGHT + "\nawait half(3)",
        "import re\nre.compile('\\d')\n" + RIGHT,
        "from helpers import half",
        "half = lambda x: x / 2",
        "if True:\n    def half(x):\n        return x / 2",
        "try:\n    half = max\nexcept NameError:\n    pass",
        "half, other = max, min",
    ],
)
def test_what_ipython_understands_works(text: str) -> None:
    found = definitions(text)
    assert found.fault is None
    assert "half" in found.working


@pytest.mark.parametrize(
    "text",
    [
        "def half(x):\n    'text'\n    raise NotImplementedError()",
        "def half(x):\n    y = 1\n    raise NotImplementedError",
        "def half(x):\n    pass",
        "def half(x):\n    ...",
        "def half(x):\n    '''text'''",
        "half = None",
        "half = ...",
        "class half:\n    def a(self):\n        raise NotImplementedError()",
        RIGHT + "\nhalf = None",
    ],
)
def test_what_is_still_to_be_written_is_a_stub(text: str) -> None:
    assert definitions(text).stubs == {"half"}


@pytest.mark.parametrize("text", ["(" * 5000, "-" * 50_000 + "1", "a" + "+a" * 50_000, "\0"])
def test_no_text_stops_the_reading_of_a_cell(text: str) -> None:
    definitions(text)
