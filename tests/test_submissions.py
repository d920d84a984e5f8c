"""Submissions of every kind of honesty and damage, read and put in order."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slopewise.errors import SubmissionError
from slopewise.notebook import reading
from slopewise.notebook.findings import Finding, Kind
from slopewise.notebook.reading import read_notebook
from slopewise.notebook.regions import HIDDEN, without_region
from slopewise.notebook.restoring import blank_notebook, put_in_order
from tests.tiny import TINY, released, source_of

CHECKS = ("half-check", "which-check")
ANSWER = "def half(x):\n    return 0.5 * x"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return source_of(TINY, tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def release(source: Any) -> Any:
    return released(source)


@pytest.fixture
def submission(release: Any) -> dict[str, Any]:
    """An honest submission, as plain data: one exercise answered, a cell of the learner's own."""
    notebook = copy.deepcopy(release)
    named(notebook, "half")["source"] = ANSWER
    notebook["cells"].insert(4, nbformat.v4.new_code_cell("half(3)", id="mine"))
    data: dict[str, Any] = json.loads(nbformat.writes(notebook))
    return data


def named(notebook: Any, name: str) -> Any:
    (cell,) = [cell for cell in notebook["cells"] if cell.get("id") == name]
    return cell


def place_of(notebook: Any, name: str) -> int:
    return [cell.get("id") for cell in notebook["cells"]].index(name)


def text_of(cell: Any) -> str:
    return "".join(cell["source"])


def kinds(findings: tuple[Finding, ...]) -> list[tuple[Kind, str]]:
    return [(finding.kind, finding.cell) for finding in findings]


def assert_in_order(ordered: Any, source: Any) -> None:
    """What holds for every notebook that is run, whatever was submitted."""
    nbformat.validate(ordered)
    nbformat.writes(ordered).encode("utf-8")
    originals = {cell["id"]: cell for cell in source["cells"]}
    graded = [
        cell for cell in ordered["cells"] if cell["metadata"].get("nbgrader", {}).get("grade")
    ]
    assert sorted(cell["id"] for cell in graded) == sorted(CHECKS)
    for cell in graded:
        assert cell == originals[cell["id"]]
    for cell in ordered["cells"]:
        assert set(cell["metadata"]) <= {"nbgrader"}
        assert not cell.get("outputs")
    ids = [cell["id"] for cell in ordered["cells"]]
    assert len(set(ids)) == len(ids)
    assert ordered["metadata"] == source["metadata"]


# Reading


def write(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


WHOLE = '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty; save the notebook"),
        (b" \n\t\r\n", "is empty"),
        (b"not a notebook", "does not hold JSON"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\0", "does not hold JSON|is not in UTF-8"),
        (b"\0" * 100, "does not hold JSON"),
        (WHOLE[:-1], "does not hold JSON"),
        (WHOLE + "}", "does not hold JSON"),
        (WHOLE.replace('"metadata"', '"Über"').encode("latin-1"), "not in UTF-8"),
        ("[" * 100_000 + "]" * 100_000, "does not hold JSON"),
        ('{"nbformat": ' + "9" * 5000 + "}", "does not hold JSON"),
        ("[]", "no nbformat"),
        ("3", "no nbformat"),
        ('"text"', "no nbformat"),
        ("null", "no nbformat"),
        ("{}", "no nbformat"),
        ('{"nbformat": "4", "cells": []}', "no nbformat"),
        ('{"nbformat": 4.0, "cells": []}', "no nbformat"),
        ('{"nbformat": null, "cells": []}', "no nbformat"),
        ('{"nbformat": 4}', "not a notebook of nbformat 4"),
        ('{"nbformat": 4, "cells": {}}', "not a notebook of nbformat 4"),
        ('{"nbformat": 4, "cells": null}', "not a notebook of nbformat 4"),
        ('{"nbformat": 5, "cells": []}', "not a notebook of nbformat 4"),
        ('{"nbformat": 3}', "is in nbformat 3 and cannot be converted"),
        ('{"nbformat": 3, "worksheets": [3]}', "is in nbformat 3 and cannot be converted"),
        ('{"nbformat": 0, "cells": []}', "is in nbformat 0 and cannot be converted"),
        ('{"nbformat": -' + "9" * 4000 + "}", "cannot be converted"),
        (
            '{"nbformat": 4, "cells": [], "metadata": ' + "[" * 400 + "]" * 400 + "}",
            "nested deeper than any notebook",
        ),
        (
            '{"nbformat": 3, "worksheets": ' + '{"a":' * 400 + "0" + "}" * 400 + "}",
            "nested deeper than any notebook",
        ),
    ],
)
def test_a_damaged_file_is_refused_in_one_line(
    data: bytes | str, words: str, tmp_path: Path
) -> None:
    path = write(tmp_path / "01-tiny.ipynb", data)
    with pytest.raises(SubmissionError, match=words) as caught:
        read_notebook(path)
    message = str(caught.value)
    assert message.startswith("01-tiny.ipynb: ")
    assert "\n" not in message
    assert len(message) < 300
    assert str(tmp_path) not in message


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dangling.ipynb").symlink_to(tmp_path / "nothing")
    (tmp_path / "loop.ipynb").symlink_to(tmp_path / "loop.ipynb")
    (tmp_path / "folder.ipynb").mkdir()
    os.mkfifo(tmp_path / "pipe.ipynb")
    (tmp_path / "device.ipynb").symlink_to("/dev/zero")
    for name in ("missing", "dangling", "loop", "folder", "pipe", "device"):
        with pytest.raises(SubmissionError, match=rf"^{name}.ipynb: ") as caught:
            read_notebook(tmp_path / f"{name}.ipynb")
        assert "\n" not in str(caught.value)


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "01-tiny.ipynb", WHOLE)
    monkeypatch.setattr(reading, "MAXIMUM_BYTES", len(WHOLE))
    assert read_notebook(path)["cells"] == []
    monkeypatch.setattr(reading, "MAXIMUM_BYTES", len(WHOLE) - 1)
    with pytest.raises(SubmissionError, match=r"is larger than .* clear its outputs"):
        read_notebook(path)


def test_a_small_file_that_would_fill_the_memory_is_not_parsed(tmp_path: Path) -> None:
    values = "[]," * 1_000_000
    data = WHOLE.replace('"metadata": {}', f'"metadata": {{"a": [{values}0]}}')
    with pytest.raises(SubmissionError, match=r"holds more values than .* clear its outputs"):
        read_notebook(write(tmp_path / "01-tiny.ipynb", data))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_any_unicode_encoding_is_read(encoding: str, tmp_path: Path) -> None:
    path = write(tmp_path / "n.ipynb", WHOLE.replace("{}", '{"a": "Über"}').encode(encoding))
    assert read_notebook(path)["metadata"] == {"a": "Über"}


def test_nothing_but_nbformat_and_cells_is_asked_of_a_file(tmp_path: Path) -> None:
    data = {"nbformat": 4, "cells": [None, 3, {"cell_type": "code"}], "metadata": []}
    assert read_notebook(write(tmp_path / "n.ipynb", json.dumps(data))) == data


def test_a_notebook_of_nbformat_3_is_converted_and_put_in_order(
    tmp_path: Path, submission: Any, source: Any
) -> None:
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [{"metadata": {}, "cells": []}],
    }
    for cell in submission["cells"]:
        field = "input" if cell["cell_type"] == "code" else "source"
        made = {"cell_type": cell["cell_type"], field: cell["source"], "metadata": cell["metadata"]}
        if cell["cell_type"] == "code":
            made |= {"language": "python", "outputs": [], "collapsed": False}
        old["worksheets"][0]["cells"].append(made)  # type: ignore[index]
    path = write(tmp_path / "n.ipynb", json.dumps(old))
    ordered, findings = put_in_order(read_notebook(path), source)
    assert_in_order(ordered, source)
    assert not findings
    assert named(ordered, "half")["source"] == ANSWER


# Honest submissions


def test_an_honest_submission_is_taken_as_it_is(submission: Any, source: Any) -> None:
    before = copy.deepcopy(submission)
    ordered, findings = put_in_order(submission, source)
    assert not findings
    assert submission == before
    assert_in_order(ordered, source)
    assert [cell["cell_type"] for cell in ordered["cells"]] == [
        cell["cell_type"] for cell in submission["cells"]
    ]
    for cell, sent in zip(ordered["cells"], submission["cells"], strict=True):
        if cell["id"] not in CHECKS:
            assert cell["source"] == text_of(sent)
    assert [cell["id"] for cell in ordered["cells"] if cell["metadata"]] == [
        "half",
        "half-check",
        "which",
        "which-check",
    ]


def test_the_release_as_it_is_has_no_findings(release: Any, source: Any) -> None:
    assert put_in_order(release, source)[1] == ()


def test_the_instructors_copy_handed_in_is_told(source: Any) -> None:
    ordered, findings = put_in_order(source, source)
    assert kinds(findings) == [(Kind.CHECK_EDITED, name) for name in CHECKS]
    assert "never released" in findings[0].text
    assert_in_order(ordered, source)


def test_metadata_that_was_never_released_is_told(submission: Any, source: Any) -> None:
    named(submission, "half")["metadata"]["nbgrader"].update(grade=True, task=True)
    named(submission, "half-check")["metadata"]["nbgrader"]["schema_version"] = 99
    submission["metadata"]["slopewise"] = {"findings": []}
    ordered, findings = put_in_order(submission, source)
    assert kinds(findings) == [
        (Kind.METADATA, ""),
        (Kind.METADATA, "half"),
        (Kind.METADATA, "half-check"),
    ]
    assert_in_order(ordered, source)


def test_findings_are_no_more_than_can_be_read(submission: Any, source: Any) -> None:
    for _ in range(1000):
        cell = nbformat.v4.new_code_cell("")
        cell.metadata["tags"] = ["skip-execution"] * 3
        submission["cells"].append(json.loads(json.dumps(cell)))
    _, findings = put_in_order(submission, source)
    assert len(findings) < 100
    assert "more things were out of order" in findings[-1].text


def test_no_control_character_reaches_a_finding(submission: Any, source: Any) -> None:
    submission["metadata"]["kernelspec"] = {"name": "\x1b[2Jx\u2028y", "language": "r\x07"}
    named(submission, "half-check")["metadata"]["nbgrader"]["points"] = "\x1b[1A9"
    _, findings = put_in_order(submission, source)
    assert len(findings) == 2
    assert all(finding.text.isprintable() for finding in findings)


def test_the_instructors_copy_is_not_changed(submission: Any, source: Any) -> None:
    before = copy.deepcopy(source)
    ordered, _ = put_in_order(submission, source)
    for cell in ordered["cells"]:
        cell["source"] = "changed"
        cell["metadata"].clear()
    assert source == before


def test_what_an_editor_changes_by_itself_is_no_finding(submission: Any, source: Any) -> None:
    check = named(submission, "half-check")
    check["source"] = "\r\n" + text_of(check).replace("\n", "   \r\n") + "\n\n"
    check["metadata"]["collapsed"] = True
    check["execution_count"] = 17
    submission["metadata"]["kernelspec"] = {"name": "conda-env-course-py", "language": "python"}
    submission["metadata"]["widgets"] = {"state": {}}
    assert put_in_order(submission, source)[1] == ()


def test_sources_may_be_lists_or_text_and_outputs_are_dropped(submission: Any, source: Any) -> None:
    mine = named(submission, "mine")
    mine["source"] = ["a = 1\n", "a"]
    mine["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "forged"}]
    mine["metadata"] = {"anything": [1]}
    ordered, findings = put_in_order(submission, source)
    assert not findings
    assert_in_order(ordered, source)
    assert "a = 1\na" in [cell["source"] for cell in ordered["cells"]]


def test_pictures_pasted_into_prose_are_kept(submission: Any, source: Any) -> None:
    prose = submission["cells"][0]
    prose["attachments"] = {"a.png": {"image/png": "aGk="}}
    ordered, _ = put_in_order(submission, source)
    assert ordered["cells"][0]["attachments"] == {"a.png": {"image/png": "aGk="}}
    oddities: list[Any] = [[], "a", {"a": 3}, {"a": {"b": 3}}, {"a": {"b": "\ud800"}}]
    for odd in oddities:
        prose["attachments"] = odd
        ordered, _ = put_in_order(submission, source)
        assert "attachments" not in ordered["cells"][0]
        assert_in_order(ordered, source)


def test_half_characters_are_replaced(submission: Any, source: Any) -> None:
    named(submission, "mine")["source"] = "print('\ud800')"
    ordered, _ = put_in_order(submission, source)
    assert_in_order(ordered, source)
    assert "print('?')" in [cell["source"] for cell in ordered["cells"]]


# Checks


def test_an_edited_check_is_restored(submission: Any, source: Any) -> None:
    named(submission, "half-check")["source"] = "assert True"
    ordered, findings = put_in_order(submission, source)
    assert kinds(findings) == [(Kind.CHECK_EDITED, "half-check")]
    assert_in_order(ordered, source)
    place = place_of(ordered, "half-check")
    assert place == place_of(submission, "half-check") + 1
    kept = ordered["cells"][place - 1]
    assert kept["cell_type"] == "markdown"
    assert "```python\nassert True\n```" in kept["source"]


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_a_retyped_check_is_restored(kind: str, submission: Any, source: Any) -> None:
    named(submission, "half-check")["cell_type"] = kind
    ordered, findings = put_in_order(submission, source)
    assert kinds(findings) == [(Kind.CHECK_RETYPED, "half-check")]
    assert_in_order(ordered, source)


def test_a_deleted_check_is_put_back_before_the_next_exercise(submission: Any, source: Any) -> None:
    submission["cells"].remove(named(submission, "half-check"))
    ordered, findings = put_in_order(submission, source)
    assert kinds(findings) == [(Kind.CHECK_MISSING, "half-check")]
    assert_in_order(ordered, source)
    ids = [cell["id"] for cell in ordered["cells"]]
    assert ids.index("half") < ids.index("half-check") == ids.index("which") - 1


def test_a_deleted_last_check_is_put_back_at_the_end(submission: Any, source: Any) -> None:
    submission["cells"].remove(named(submission, "which-check"))
    submission["cells"].append({"cell_type": "code", "source": "half(4)", "metadata": {}})
    ordered, findings = put_in_order(submission, source)
    assert kinds(findings) == [(Kind.CHECK_MISSING, "which-check")]
    assert ordered["cells"][-1]["id"] == "which-check"


def test_a_check_is_put_back_behind_its_exercise_where_exercises_changed_places(
    submission: Any, source: Any
) -> None:
    for name in CHECKS:
        submission["cells"].remove(named(submission, name))
    half, which = named(submission, "half"), named(submission, "which")
    at, other = place_of(submission, "half"), place_of(submission, "which")
    submission["cells"][at], submission["cells"][other] = which, half
    ordered, findings = put_in_order(submission, source)
    assert sorted(kinds(findings)) == [(Kind.CHECK_MISSING, name) for name in CHECKS]
    assert_in_order(ordered, source)
    ids = [cell["id"] for cell in ordered["cells"]]
    assert ids.index("half") < ids.index("half-check")
    assert ids.index("which") < ids.index("which-check")


def test_all_cells_deleted(submission: Any, source: Any) -> None:
    submission["cells"] = []
    ordered, findings = put_in_order(submission, source)
    assert kinds(findings) == [(Kind.CHECK_MISSING, name) for name in CHECKS]
    assert [cell["id"] for cell in ordered["cells"]] == list(CHECKS)


def test_of_equal_checks_one_is_run(submission: Any, source: Any) -> None:
    check = named(submission, "half-check")
    again = copy.deepcopy(check) | {"id": "copied"}
    submission["cells"].insert(place_of(submission, "half-check") + 1, again)
    submission["cells"].append(copy.deepcopy(check))
    ordered, findings = put_in_order(submission, source)
    assert kinds(findings) == [(Kind.CHECK_DUPLICATED, "half-check")] * 2
    assert_in_order(ordered, source)
    assert len(ordered["cells"]) == len(submission["cells"]) - 2


@pytest.mark.parametrize("points", [13, 0, -5, "12", [12], {"a": 1}, 1e308, float("nan"), "\ud800"])
def test_changed_points_are_restored(points: Any, submission: Any, source: Any) -> None:
    named(submission, "half-check")["metadata"]["nbgrader"]["points"] = points
    ordered, findings = put_in_order(submission, source)
    assert kinds(findings) == [(Kind.POINTS_CHANGED, "half-check")]
    findings[0].text.encode("utf-8")
    assert_in_order(ordered, source)


def test_a_check_without_the_graders_metadata_is_known_by_its_id(
    submission: Any, source: Any
) -> None:
    for name in (*CHECKS, "half", "which"):
        named(submission, name)["metadata"] = {}
    ordered, findings = put_in_order(submission, source)
    assert not findings
    assert_in_order(ordered, source)
    assert named(ordered, "half")["source"] == ANSWER


def test_an_edited_check_without_metadata_and_id_is_the_learners_own_cell(
    submission: Any, source: Any
) -> None:
    check = named(submission, "half-check")
    check["metadata"] = {}
    check["source"] = "print(half(3))"
    del check["id"]
    ordered, findings = put_in_order(submission, source)
    assert kinds(findings) == [(Kind.CHECK_MISSING, "half-check")]
    assert_in_order(ordered, source)
    assert len(ordered["cells"]) == len(submission["cells"]) + 1


@pytest.mark.parametrize("role", ["grade", "solution", "task"])
def test_a_graded_cell_that_was_never_released_is_the_learners_own(
    role: str, submission: Any, source: Any
) -> None:
    submission["cells"].append(
        {
            "cell_type": "code",
            "id": "new",
            "source": "100",
            "metadata": {"nbgrader": {"grade_id": "free\npoints", "points": 100, role: True}},
        }
    )
    ordered, findings = put_in_order(submission, source)
    assert kinds(findings) == [(Kind.UNKNOWN_CHECK, "free points")]
    assert_in_order(ordered, source)
    assert ordered["cells"][-1]["source"] == "100"


def test_a_check_cannot_pass_for_an_exercise(submission: Any, source: Any) -> None:
    """A cell's role is the instructor's, whatever its metadata says."""
    grader = named(submission, "half-check")["metadata"]["nbgrader"]
    grader |= {"grade": False, "solution": True, "locked": False}
    named(submission, "half")["metadata"]["nbgrader"] |= {"grade": True, "points": 50}
    ordered, _ = put_in_order(submission, source)
    assert_in_order(ordered, source)
    assert named(ordered, "half")["source"] == ANSWER
    assert named(ordered, "half")["metadata"] == named(source, "half")["metadata"]


# Exercises


def test_the_second_of_two_exercise_cells_runs_too(submission: Any, source: Any) -> None:
    again = copy.deepcopy(named(submission, "half")) | {"id": "copied", "source": "second = 2"}
    submission["cells"].insert(3, again)
    ordered, findings = put_in_order(submission, source)
    assert kinds(findings) == [(Kind.EXERCISE_DUPLICATED, "half")]
    assert_in_order(ordered, source)
    assert ordered["cells"][3]["source"] == "second = 2"
    assert ordered["cells"][3]["metadata"] == {}


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_a_retyped_exercise_runs(kind: str, submission: Any, source: Any) -> None:
    named(submission, "half")["cell_type"] = kind
    ordered, findings = put_in_order(submission, source)
    assert kinds(findings) == [(Kind.EXERCISE_RETYPED, "half")]
    assert_in_order(ordered, source)
    assert named(ordered, "half")["cell_type"] == "code"


def test_a_missing_exercise_costs_nothing_else(submission: Any, source: Any) -> None:
    submission["cells"].remove(named(submission, "half"))
    ordered, findings = put_in_order(submission, source)
    assert not findings
    assert_in_order(ordered, source)


# What would change how it runs


def test_tags_that_a_release_has_are_no_finding(submission: Any, source: Any) -> None:
    for name in ("half-check", "half", "mine"):
        named(submission, name)["metadata"]["tags"] = ["raises-exception"]
        named(submission, name)["metadata"]["jupyter"] = {"source_hidden": True}
    ordered, findings = put_in_order(submission, source)
    assert findings == ()
    for cell in ordered.cells:
        assert "raises-exception" not in cell.metadata.get("tags", [])


@pytest.mark.parametrize("tag", ["skip-execution"])
@pytest.mark.parametrize("name", ["half-check", "half", "mine"])
def test_tags_that_change_execution_are_ignored(
    tag: str, name: str, submission: Any, source: Any
) -> None:
    named(submission, name)["metadata"]["tags"] = ["mine", 3, [tag], tag]
    ordered, findings = put_in_order(submission, source)
    assert kinds(findings) == [(Kind.TAG, name)]
    assert tag in findings[0].text
    assert_in_order(ordered, source)


def test_other_tags_are_no_finding(submission: Any, source: Any) -> None:
    named(submission, "mine")["metadata"]["tags"] = ["nbval-skip", "parameters"]
    ordered, findings = put_in_order(submission, source)
    assert not findings
    assert_in_order(ordered, source)


def test_another_language_is_a_finding(submission: Any, source: Any) -> None:
    submission["metadata"]["kernelspec"] = {"name": "bash\ud800", "language": "bash"}
    ordered, findings = put_in_order(submission, source)
    assert kinds(findings) == [(Kind.KERNEL, "")]
    findings[0].text.encode("utf-8")
    assert_in_order(ordered, source)


@pytest.mark.parametrize(
    "metadata", [None, [], 3, {"kernelspec": []}, {"kernelspec": {"name": []}}]
)
def test_odd_notebook_metadata_is_ignored(metadata: Any, submission: Any, source: Any) -> None:
    submission["metadata"] = metadata
    ordered, findings = put_in_order(submission, source)
    assert not findings
    assert_in_order(ordered, source)


@pytest.mark.parametrize(
    "cell",
    [
        None,
        3,
        "code",
        [],
        {},
        {"cell_type": "code"},
        {"cell_type": "code", "source": None},
        {"cell_type": "code", "source": 3},
        {"cell_type": "code", "source": ["a", 3]},
        {"cell_type": "code", "source": {"a": "b"}},
        {"cell_type": None, "source": ""},
        {"cell_type": ["code"], "source": ""},
        {"cell_type": "heading", "source": ""},
    ],
)
def test_what_is_no_cell_is_left_out(cell: Any, submission: Any, source: Any) -> None:
    submission["cells"].insert(1, cell)
    ordered, findings = put_in_order(submission, source)
    assert kinds(findings) == [(Kind.MALFORMED, "")]
    assert findings[0].text.startswith("Cell 2 ")
    assert_in_order(ordered, source)
    assert len(ordered["cells"]) == len(submission["cells"]) - 1


ODD: list[Any] = [None, True, 3, 1.5, "text", "", [], ["half"], {}, {"half": 1}]


@pytest.mark.parametrize("odd", ODD)
def test_odd_metadata_never_stops_a_class(odd: Any, submission: Any, source: Any) -> None:
    check = named(submission, "half-check")
    for change in (
        {"metadata": odd},
        {"metadata": {"nbgrader": odd}},
        {"metadata": {"tags": odd}},
        {"metadata": {"nbgrader": {"grade_id": odd}}},
        {"metadata": {"nbgrader": {"grade_id": odd, "grade": True, "points": odd}}},
        {"metadata": {"nbgrader": {"grade_id": "half-check", "grade": odd, "points": 12}}},
        {"id": odd},
        {"id": odd, "metadata": {"nbgrader": {"grade_id": odd, "grade": True}}},
        {"outputs": odd, "execution_count": odd, "attachments": odd},
    ):
        sent = copy.deepcopy(submission)
        sent["cells"][place_of(submission, "half-check")] = copy.deepcopy(check) | change
        ordered, findings = put_in_order(sent, source)
        assert_in_order(ordered, source)
        assert {finding.cell for finding in findings} <= {"half-check", "", str(odd), "text"}


def test_cell_ids_are_ours(submission: Any, source: Any) -> None:
    for place, cell in enumerate(submission["cells"]):
        if cell["id"] not in (*CHECKS, "half", "which"):
            cell["id"] = f"cell-{place + 1}" if place else "half"
    ordered, _ = put_in_order(submission, source)
    assert_in_order(ordered, source)


# Any JSON at all

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.characters(categories=["Cs"])
)
names = st.sampled_from([*CHECKS, "half", "which", "mine", "cell-0", "cell-1", "cell-2"])
things = st.recursive(
    scalars | names,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=5,
)
grader = st.fixed_dictionaries(
    {},
    optional={
        "grade_id": names | things,
        "grade": st.booleans() | things,
        "solution": st.booleans() | things,
        "points": things,
    },
)
metadata = st.fixed_dictionaries(
    {}, optional={"nbgrader": grader | things, "tags": st.lists(things, max_size=2) | things}
)
cells = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw"]) | things,
        "source": st.text(max_size=8) | st.lists(st.text(max_size=3), max_size=2) | things,
        "metadata": metadata | things,
        "id": names | things,
        "attachments": things,
    },
)
sent_notebooks = st.fixed_dictionaries(
    {"cells": st.lists(cells | things, max_size=8)},
    optional={
        "metadata": st.fixed_dictionaries({}, optional={"kernelspec": things}) | things,
        "nbformat": things,
    },
)


@given(sent=sent_notebooks)
@settings(max_examples=300, deadline=None, database=None)
def test_whatever_was_sent_every_check_stands_once(sent: dict[str, Any], source: Any) -> None:
    before = copy.deepcopy(sent)
    ordered, findings = put_in_order(sent, source)
    assert repr(sent) == repr(before)
    assert_in_order(ordered, source)
    for finding in findings:
        assert isinstance(finding.kind, Kind)
        assert "\n" not in finding.text + finding.cell
        assert len(finding.text) < 300
        (finding.text + finding.cell).encode("utf-8")


# Small things


def test_a_blank_notebook_holds_the_checks_only(source: Any) -> None:
    blank = blank_notebook(source)
    assert_in_order(blank, source)
    assert [cell["id"] for cell in blank["cells"]] == list(CHECKS)


def test_a_released_source_is_what_nbgrader_releases(source: Any, release: Any) -> None:
    for name in CHECKS:
        shown = without_region(named(source, name)["source"], HIDDEN)
        assert shown.strip() == named(release, name)["source"].strip()
        assert "observe" not in shown
