"""Building lessons: the same bytes every time, only what changed, one line for what is wrong."""

from __future__ import annotations

import ast
import copy
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

import slopewise
from slopewise.build import FOLDERS, build, check
from slopewise.build.leaks import check_release
from slopewise.build.manifest import TOOLS, hash_bytes, read_manifest, write_manifest
from slopewise.build.source import make_source
from slopewise.cli import main
from slopewise.errors import BuildError, CourseError
from slopewise.notebook.course import Course, Lesson
from slopewise.scoring.observations import MIME_TYPE
from tests.tiny import HALF, HALF_CHECK, HEAD, NAME, TINY, WHICH, make_course, released, source_of

PACKAGE = Path(slopewise.__file__).parent
OTHER = "02-other"
MANIFEST = "notebooks/build-manifest.json"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of two lessons, built by the command line."""
    root = make_course(tmp_path_factory.mktemp("built"), n01_tiny=TINY, n02_other=TINY).root
    assert main(["--course", str(root), "build"]) == 0
    return root


@pytest.fixture
def course(built: Path, tmp_path: Path) -> Course:
    """A copy of the built course, somewhere else, that a test may change."""
    shutil.copytree(built, tmp_path / "copy")
    return Course.find(tmp_path / "copy")


def state(root: Path) -> dict[str, tuple[int, bytes]]:
    """Every file of a course, with its bytes and the time it was last written."""
    return {
        path.relative_to(root).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def generated(name: str) -> list[str]:
    return [f"{folder}/{name}/{name}.ipynb" for folder in FOLDERS] + tutors(name)


def tutors(name: str) -> list[str]:
    return [f"{folder}/{name}/{name}.tutor.json" for folder in ("source", "release")]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(course: Course, *words: str) -> int:
    return main(["--course", str(course.root), "build", *words])


# What is built


def test_three_notebooks_are_made_of_each_lesson(built: Path) -> None:
    made = {name for name in state(built) if name.endswith(".ipynb")}
    assert made == {*generated(NAME), *generated(OTHER)} - {*tutors(NAME), *tutors(OTHER)}
    for name in made:
        nbformat.validate(nbformat.read(built / name, as_version=4))


def test_the_release_holds_stubs_and_no_questions(built: Path) -> None:
    notebook = nbformat.read(built / "release" / NAME / f"{NAME}.ipynb", as_version=4)
    cells = {cell.id: cell for cell in notebook.cells}
    assert "raise NotImplementedError" in cells["half"].source
    assert "return x / 2" not in cells["half"].source
    first, second = cells["half-check"].source.splitlines()[:2]
    assert first.startswith("# Check of `half`: run this cell.")
    assert second.startswith("assert half(2) == 1")
    assert cells["half-check"].metadata.nbgrader.points == 12
    assert not any(cell.get("outputs") for cell in notebook.cells)
    assert MIME_TYPE not in nbformat.writes(notebook)


def test_the_solution_holds_the_reference_outputs(built: Path) -> None:
    notebook = nbformat.read(built / "solutions" / NAME / f"{NAME}.ipynb", as_version=4)
    (check_cell,) = [cell for cell in notebook.cells if cell.id == "half-check"]
    (output,) = check_cell.outputs
    assert output.data[MIME_TYPE] == {
        "version": 1,
        "probes": [
            {"name": "three", "value": {"kind": "float", "value": 1.5}},
            {"name": "more", "value": {"kind": "float", "value": 12345.6}},
        ],
    }


def test_the_course_holds_nothing_else_afterwards(built: Path) -> None:
    rest = {name for name in state(built) if not name.endswith(".ipynb")}
    texts = {f"notebooks/{NAME}.py", f"notebooks/{OTHER}.py"}
    own = {"nbgrader_config.py", "course.toml", MANIFEST}
    altered = {f"answers/{name}.altered.json" for name in (NAME, OTHER)}  # as course.toml asks
    assert rest == {*texts, *own, *altered, *tutors(NAME), *tutors(OTHER)}


# Building again


def test_a_second_build_touches_nothing(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    before = state(course.root)
    assert run(course) == 0
    assert state(course.root) == before
    assert capsys.readouterr().out.splitlines() == [
        f"{NAME}: up to date",
        f"{OTHER}: up to date",
    ]
    report = build(course)
    assert (report.built, report.fresh, report.removed) == ((), (NAME, OTHER), ())


def test_a_forced_build_elsewhere_makes_the_same_bytes(course: Course) -> None:
    before = state(course.root)
    report = build(course, ["1"], force=True)
    assert (report.built, report.fresh) == ((NAME,), ())
    assert state(course.root) == before


# These have words for what is decided elsewhere, or compare what two machines have built.
DECIDE_NOTHING = {
    f"scoring/{name}.py"
    for name in ("cell_outputs", "change_words", "clauses", "enumeration", "printed")
}


def scoring_used_by(path: Path) -> set[str]:
    """The modules of `scoring` that a module imports, by their path in the package."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("slopewise.scoring."):
            found.add(str(node.module).removeprefix("slopewise.").replace(".", "/") + ".py")
    return found - DECIDE_NOTHING


def test_what_decides_a_build_makes_lessons_stale_when_it_changes() -> None:
    used = set().union(*map(scoring_used_by, (PACKAGE / "build").glob("*.py")))
    assert used
    while used:
        assert used <= set(TOOLS)
        used = set().union(*(scoring_used_by(PACKAGE / name) for name in used)) - used


def built_elsewhere(course: Course, old: str, new: str) -> Path:
    """A solution as another machine would have built and recorded it, with another number."""
    path = course.root / "solutions" / NAME / f"{NAME}.ipynb"
    edit(path, old, new)
    entries = read_manifest(course.root)
    relative = path.relative_to(course.root).as_posix()
    entries[NAME].outputs[relative] = hash_bytes(path.read_bytes())
    write_manifest(course.root, entries)
    return path


def test_what_another_processor_built_stays_where_the_numbers_agree(course: Course) -> None:
    path = built_elsewhere(course, "12345.6", "12345.7")
    before = state(course.root)
    assert build(course, ["1"], force=True).built == (NAME,)
    assert state(course.root) == before
    # What went into it has changed: then all of it is what was built now.
    edit(course.root / "notebooks" / f"{NAME}.py", "halve numbers", "halve all numbers")
    assert build(course).built == (NAME,)
    assert "12345.6" in path.read_text(encoding="utf-8")
    assert check(course) == []


@pytest.mark.parametrize(("old", "new"), [("12345.6", "12445.6"), ("12345.6", "-12345.6")])
def test_what_says_something_else_is_built_anew(course: Course, old: str, new: str) -> None:
    before = state(course.root)
    path = built_elsewhere(course, old, new)
    build(course, ["1"], force=True)
    assert path.read_bytes() == before[path.relative_to(course.root).as_posix()][1]
    assert check(course) == []


def test_cell_ids_depend_on_place_and_kind_only(tmp_path: Path) -> None:
    ids = []
    for folder, text in (("a", TINY), ("b", TINY), ("c", TINY.replace("Which is", "What is"))):
        (tmp_path / folder).mkdir()
        ids.append([cell.id for cell in source_of(text, tmp_path / folder).cells])
    assert ids[0] == ids[1] == ids[2]
    assert ids[0][2:4] == ["half", "half-check"]
    assert len(set(ids[0])) == len(ids[0])


# What is not up to date


def test_check_is_content_with_what_was_built(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(course.root)
    assert run(course, "--check") == 0
    assert "up to date" in capsys.readouterr().out
    assert state(course.root) == before


def only_problem(course: Course, capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that `build --check` says, which changes nothing."""
    before = state(course.root)
    assert run(course, "--check") == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    assert [f"slopewise: {problem}" for problem in check(course)] == [line]
    assert state(course.root) == before
    return line


def test_check_names_a_stale_file(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    edit(course.root / "notebooks" / f"{OTHER}.py", "halve numbers", "halve all numbers")
    line = only_problem(course, capsys)
    assert line.startswith(f"slopewise: source/{OTHER}/{OTHER}.ipynb: is stale: notebooks/{OTHER}")


@pytest.mark.parametrize("folder", FOLDERS)
def test_check_names_a_file_edited_by_hand(
    folder: str, course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(course.root / folder / NAME / f"{NAME}.ipynb", "halve numbers", "halve all numbers")
    line = only_problem(course, capsys)
    assert line.startswith(f"slopewise: {folder}/{NAME}/{NAME}.ipynb: was edited by hand")
    assert f"notebooks/{NAME}.py" in line


@pytest.mark.parametrize("folder", FOLDERS)
def test_check_names_a_missing_file(
    folder: str, course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    (course.root / folder / NAME / f"{NAME}.ipynb").unlink()
    line = only_problem(course, capsys)
    assert line.startswith(f"slopewise: {folder}/{NAME}/{NAME}.ipynb: not built yet")


def test_check_names_a_lesson_never_built(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    (course.root / "notebooks" / "03-new.py").write_text(TINY)
    assert "source/03-new/03-new.ipynb: not built yet" in only_problem(course, capsys)


def test_what_belongs_to_no_lesson_any_more_is_removed(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    (course.root / "notebooks" / f"{OTHER}.py").unlink()
    problems = check(course)
    assert [problem.split(":")[0] for problem in problems] == generated(OTHER)
    assert all("run `slopewise build`" in problem for problem in problems)
    assert run(course) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        f"{path}: removed, no lesson of that name" for path in generated(OTHER)
    ]
    assert check(course) == []
    assert not (course.root / "release" / OTHER).exists()
    assert OTHER not in json.loads((course.root / MANIFEST).read_text())


def test_a_notebook_that_no_build_made_is_named_and_left_alone(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    stray = course.root / "source" / NAME / "notes.ipynb"
    stray.write_text("mine")
    line = only_problem(course, capsys)
    assert line.startswith(f"slopewise: source/{NAME}/notes.ipynb: belongs to no lesson")
    assert "slopewise build" not in line
    assert build(course).removed == ()
    assert stray.read_text() == "mine"


def test_what_was_written_for_no_lesson_is_named_and_left_alone(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    (course.root / "answers" / "01-tyni.py").write_text(TINY)
    (course.root / "notebooks" / "01-tyni").mkdir()
    (course.root / "notebooks" / "03-new.ipynb").write_text("{}")
    named = [
        "notebooks/01-tyni: holds the data of no lesson; rename or delete it",
        "notebooks/03-new.ipynb: is no lesson; make a text of it, `jupytext --to py:percent`",
        "answers/01-tyni.py: holds the answers to no lesson; rename or delete it",
    ]
    assert check(course) == named
    assert run(course) == 0
    assert capsys.readouterr().out.splitlines()[-3:] == named


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "{",
        "[]",
        "3",
        '{"01-tiny": []}',
        '{"01-tiny": {}}',
        '{"01-tiny": {"inputs": "", "outputs": []}}',
        '{"01-tiny": {"inputs": "", "outputs": "text"}}',
        '{"01-tiny": {"inputs": 3, "outputs": {}}}',
        '{"01-tiny": {"inputs": "", "outputs": {"a": 3}}}',
        '{"01-tiny": {"inputs": "", "outputs": {}, "more": 3}}',
        "[" * 100_000,
    ],
)
def test_a_damaged_manifest_is_said_in_one_line(
    damage: str, course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    (course.root / MANIFEST).write_text(damage)
    before = state(course.root)
    for words in ([], ["--check"]):
        assert run(course, *words) == 1
        (line,) = capsys.readouterr().err.splitlines()
        assert line == f"slopewise: {MANIFEST}: is damaged; delete it and run `slopewise build`"
    (course.root / MANIFEST).write_bytes(b"\xff\xfe\xfd")
    assert run(course, "--check") == 1
    assert "is damaged" in capsys.readouterr().err
    (course.root / MANIFEST).write_text(damage)
    assert {name: one for name, (_, one) in state(course.root).items()} == {
        name: one for name, (_, one) in before.items()
    }


@pytest.mark.parametrize("name", ["tiny", "1-tiny", "01-Tiny", "01_tiny", "01-", "01 tiny"])
def test_a_bad_file_name_is_said_in_one_line(
    name: str, course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    (course.root / "notebooks" / f"{name}.py").write_text(TINY)
    for words in ([], ["--check"]):
        assert run(course, *words) == 1
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith(f"slopewise: notebooks/{name}.py: ")


def test_a_lesson_nobody_wrote_is_said_in_one_line(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(course, "7") == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line == f"slopewise: 7: no such lesson; there are {NAME}, {OTHER}"


def test_a_folder_that_is_no_course_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--course", str(tmp_path), "build"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    root = tmp_path / "empty"
    root.mkdir()
    with pytest.raises(CourseError, match="holds no lesson"):
        assert make_course(root).lessons


# Bad input that shows only when the solution runs

FAILING = {
    "03-warns": (
        HALF.replace("def half", "import sys\n\nprint(file=sys.stderr)\n\n\ndef half"),
        "cell 3 ('import sys'): the solution writes to stderr: ''",
    ),
    "04-odd": (
        HALF.replace("return x / 2", "return x / 2 if x < 3 else [x, {1: len}]"),
        "cell 4 ('### BEGIN HIDDEN TESTS'): probe 'three' of the solution returns a "
        "builtin_function_or_method (no plain form); return plain data",
    ),
    "05-dies": (
        HALF.replace("return x / 2", "import os\n    os._exit(1)"),
        "nbgrader cannot convert it: nbclient.exceptions.DeadKernelError: Kernel died",
    ),
    "06-tells": (
        HALF + "\n# %% [markdown]\n# Half of 24691.2 is 12345.60.\n",
        "shows 12345.60, which a hidden check expects",
    ),
}


def test_lessons_that_fail_are_named_and_stop_no_other(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(course.root / "notebooks" / f"{NAME}.py", "halve numbers", "halve all numbers")
    edit(course.root / "notebooks" / f"{OTHER}.py", "return x / 2", "raise ValueError('one\\ntwo')")
    for name, (half, _) in FAILING.items():
        (course.root / "notebooks" / f"{name}.py").write_text(HEAD + half + HALF_CHECK + WHICH)
    before = state(course.root)
    entries = json.loads((course.root / MANIFEST).read_text())

    assert run(course) == 1

    captured = capsys.readouterr()
    lines = captured.err.removeprefix("slopewise: ").splitlines()
    expected = {OTHER: "cell 4 ('### BEGIN HIDDEN TESTS'): the solution raises ValueError: one two"}
    expected |= {name: words for name, (_, words) in FAILING.items()}
    assert len(lines) == len(expected)
    for name, words in expected.items():
        (line,) = [line for line in lines if name in line]
        assert line.startswith((f"notebooks/{name}.py", f"release/{name}/{name}.ipynb, cell"))
        assert words in line
    after = state(course.root)
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed == {*generated(NAME), MANIFEST} - {*tutors(NAME)}  # the same tutor as before
    now = json.loads((course.root / MANIFEST).read_text())
    assert set(now) == {NAME, OTHER}
    assert now[OTHER] == entries[OTHER]
    assert now[NAME] != entries[NAME]
    progress = captured.out.splitlines()
    assert sorted(line for line in progress if "failed" in line) == [
        f"{name}: failed" for name in sorted(expected)
    ]
    stale = check(course)
    assert len(stale) == len(expected)
    assert not any(NAME in problem for problem in stale)


# Bad input that shows when the text is read


def refused(text: str, root: Path) -> str:
    with pytest.raises(BuildError) as caught:
        source_of(text, root)
    line = str(caught.value)
    assert "\n" not in line
    assert line.startswith("notebooks/01-tiny.py")
    assert str(root) not in line
    return line


def swap(old: str, new: str) -> str:
    assert old in TINY
    return TINY.replace(old, new)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (HEAD + HALF + HALF + HALF_CHECK + WHICH, "cell 4 ('def half(x):')", "duplicate grade_id"),
        (HEAD + HALF + HALF_CHECK + HALF_CHECK, "cell 5", "duplicate grade_id 'half-check'"),
        (swap("observe(letter", "print(letter"), "cell 7", "without an observation"),
        (
            TINY.replace("### BEGIN HIDDEN TESTS\n", "").replace("### END HIDDEN TESTS\n", ""),
            "cell 4",
            "without an observation",
        ),
        (
            swap(
                "### BEGIN HIDDEN TESTS\nfrom slopewise import observe\n\nobserve(letter",
                "observe(letter",
            ).replace("=lambda: which)\n### END HIDDEN TESTS\n", "=lambda: which)\n"),
            "cell 7",
            "without an observation",
        ),
        (swap("    ### END SOLUTION\n", ""), "cell 3", "do not match: no ### END SOLUTION"),
        (swap("    ### BEGIN SOLUTION\n", ""), "cell 3", "### END SOLUTION out of turn"),
        (swap("### END HIDDEN TESTS\nassert half", "assert half"), "cell 4", "no ### END HIDDEN"),
        (
            swap("### BEGIN HIDDEN TESTS\nfrom slopewise import observe\n\nnumbers", "numbers"),
            "cell 4",
            "### END HIDDEN TESTS out of turn",
        ),
        (
            swap("    ### BEGIN SOLUTION\n", "    ### BEGIN SOLUTION\n    ### BEGIN SOLUTION\n"),
            "cell 3",
            "### BEGIN SOLUTION out of turn",
        ),
        (
            swap("    ### END SOLUTION\n", "    ### END SOLUTION\n    ### END SOLUTION\n"),
            "cell 3",
            "### END SOLUTION out of turn",
        ),
        (
            swap("    ### BEGIN SOLUTION\n", "    ### END SOLUTION ### BEGIN SOLUTION\n"),
            "cell 3",
            "### BEGIN SOLUTION out of turn",
        ),
        (
            swap("three = [", "### BEGIN SOLUTION\nthree = ["),
            "cell 2 ('import math')",
            "has a ### BEGIN SOLUTION but is not an exercise",
        ),
        (
            swap("# Which is larger", "# ### END HIDDEN TESTS\n# Which is larger"),
            "cell 5",
            "has a ### END HIDDEN TESTS but is not a check",
        ),
        (
            swap(
                "assert half(2) == 1", "### BEGIN SOLUTION\n### END SOLUTION\nassert half(2) == 1"
            ),
            "cell 4",
            "has a ### BEGIN SOLUTION but is not an exercise",
        ),
        (
            swap("### BEGIN SOLUTION", "### BEGIN HIDDEN TESTS"),
            "cell 3",
            "### END SOLUTION out of turn",
        ),
        (
            HEAD + '\n# %% exercise="half"\nhalf = 3\n' + HALF_CHECK + WHICH,
            "cell 3 ('half = 3')",
            "an exercise without ### BEGIN SOLUTION",
        ),
        (swap("points=8", "points=9"), "", "the points add up to 21, not 20"),
        (swap("points=8", "points=7.5"), "", "the points add up to 19.5, not 20"),
        (HEAD, "", "the points add up to 0, not 20"),
        ("", "", "the points add up to 0, not 20"),
        (HEAD + HALF + WHICH, "cell 3 ('def half(x):')", "exercise 'half' has no check cell"),
        (HEAD + HALF_CHECK + HALF + WHICH, "cell 3", "no exercise of that name is above"),
        (HEAD + HALF_CHECK + WHICH, "cell 3", "checks 'half', but no exercise of that name"),
        (swap("import math", "import math as"), "cell 2", "is not Python (line 1"),
        (swap("import math", "x = '\0'"), "cell 2", "is not Python"),
        (swap("import math", "# %matplotlib inline"), "cell 2", "otherwise, as a command"),
        (swap("import math", "# !pip install numpy"), "cell 2", "otherwise, as a command"),
        (swap("import math", "# copy the data"), "cell 2", "would read '# copy the data'"),
        (swap("import math", "%time 3"), "cell 2", "uses a magic or a shell command"),
        (swap("# %%\nimport", "# %% hidden=true\nimport"), "cell 2", "unknown cell option hidden"),
        (swap("exercise=", "exercize="), "cell 3", "exercize; did you mean exercise?"),
        (
            swap('exercise="half"', 'nbgrader={"grade": false, "grade_id": "h", "solution": true}'),
            ".py:",
            'metadata; write in its place exercise="h"',
        ),
        (
            swap('exercise="half"', 'nbgrader={"grade": false, "grade_id": "h", "locked": true}'),
            ".py:",
            "holds nbgrader's own metadata; take it away",
        ),
        (
            swap('exercise="half"', 'nbgrader={"grade_id": "cell-93", "points": 4, "task": true}'),
            ".py:",
            'write in its place task="…" points=4, with a name as Python has them',
        ),
        ("\ufeff" + TINY, ".py:1: ", "begins with a byte order mark"),
        (
            swap(
                "observe(letter=lambda: which)",
                'assert which == "b"\nobserve(letter=lambda: which)',
            ),
            "cell 7",
            "the hidden check asserts",
        ),
        (swap("# %%\nimport", "# %% Setup\nimport"), ".py:8: ", "cannot read 'Setup'"),
        (swap("# %%\nimport", "# %% points=3\nimport"), "cell 2", "has points but is no check"),
        (swap("# %%\nimport", '# %% tags="word"\nimport'), ".py:8: ", "tags are a list of words"),
        (swap("# %%\nimport", "# %% [raw]\nimport"), "cell 2", "is a raw cell"),
        (swap("points=8", ""), "cell 7", "a check needs points above 0"),
        (swap("points=8", "points=0"), "cell 7", "a check needs points above 0"),
        (swap("points=8", "points=-8"), "cell 7", "a check needs points above 0"),
        (swap("points=8", 'points="8"'), "cell 7", "a check needs points above 0"),
        (swap("points=8", "points=true"), "cell 7", "a check needs points above 0"),
        (swap("points=8", "points=NaN"), ".py:", "points=NaN has no value"),
        (swap('exercise="half"', 'exercise="half" check="half"'), "cell 3", "at once"),
        (swap('exercise="half"', 'exercise="the half"'), "cell 3", "'the half' is no name"),
        (swap('exercise="half"', 'exercise=""'), "cell 3", "'' is no name"),
        (swap('exercise="half"', "exercise=3"), "cell 3", "3 is no name"),
        (swap('exercise="half"', f'exercise="{"h" * 51}"'), "cell 3", "is no name"),
        (TINY + '\n# %% [markdown] task="draw" points=2\n', "cell 8", "holds no text"),
        (
            HEAD + '\n# %% [markdown] exercise="half"\n# ### BEGIN SOLUTION\n# ### END SOLUTION\n',
            "cell 3",
            "has to be a code cell",
        ),
    ],
)
def test_bad_input_gets_one_line_naming_file_and_cell(
    text: str, place: str, words: str, tmp_path: Path
) -> None:
    line = refused(text, tmp_path)
    assert words in line
    assert place in line
    assert bool(place) == bool(re.search(r"\.py:\d+(, cell|: )", line))


def test_cells_that_nbgrader_adds_are_refused_in_one_line(tmp_path: Path) -> None:
    course = make_course(tmp_path, n01_tiny=TINY)
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write('c.IncludeHeaderFooter.header = "source/header.ipynb"\n')
    with pytest.raises(BuildError) as caught:
        build(course)
    assert str(caught.value) == (
        "nbgrader_config.py: c.IncludeHeaderFooter.header adds cells to every notebook, and a "
        "lesson has those of its text alone; take the line away, and write the cells into "
        "notebooks/01-tiny.py"
    )


def test_a_preprocessor_that_adds_a_cell_is_refused_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "adding.py").write_text(
        "import nbformat\n"
        "from nbgrader.preprocessors import NbGraderPreprocessor\n\n\n"
        "class Adds(NbGraderPreprocessor):\n"
        "    def preprocess(self, nb, resources):\n"
        "        nb.cells.append(nbformat.v4.new_markdown_cell('more'))\n"
        "        return nb, resources\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))  # which a process of the build takes over
    folder = tmp_path / "course"
    folder.mkdir()
    course = make_course(folder, n01_tiny=TINY)
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write('c.GenerateAssignment.preprocessors.append("adding.Adds")\n')
    with pytest.raises(BuildError, match=r"tiny\.py: has 7 cells, and nbgrader made 8 of them"):
        build(course)
    edit(course.root / "nbgrader_config.py", "adding.Adds", "nowhere.Adds")
    with pytest.raises(BuildError, match="convert it: ModuleNotFoundError: No module named 'nowh"):
        build(course)


def test_a_probe_for_whose_reference_0_would_do_is_refused(tmp_path: Path) -> None:
    text = swap("observe(three=", "observe(tiny=lambda: half(1e-7), three=")
    with pytest.raises(BuildError, match="probe 'tiny' takes 0 for what the solution returns"):
        build(make_course(tmp_path, n01_tiny=text))


def test_a_text_that_is_not_unicode_is_named(tmp_path: Path) -> None:
    course = make_course(tmp_path, n01_tiny=TINY)
    (lesson,) = course.lessons
    lesson.text_path.write_bytes(TINY.replace("Tiny", "Größe").encode("latin-1"))
    with pytest.raises(BuildError, match=r"^notebooks/01-tiny\.py: cannot be read") as caught:
        make_source(lesson)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "code",
    [
        "x = 7\nx = (x\n     % 3)",
        'print("""\n! %\n? what\n""")',
        "x = 3  # %timeit is a magic",
        "import asyncio\n\nx = await asyncio.sleep(0, 3)",
    ],
)
def test_what_only_looks_like_a_magic_is_python(code: str, tmp_path: Path) -> None:
    notebook = source_of(swap("three = [", f"{code}\n\nthree = ["), tmp_path)
    assert code in notebook.cells[1].source


def test_names_and_tags_at_their_limits_are_taken(tmp_path: Path) -> None:
    longest = "h" * 50
    text = TINY.replace('"half"', f'"{longest}"').replace("# %%\n", '# %% tags=["nbval-skip"]\n', 1)
    notebook = source_of(text, tmp_path)
    nbformat.validate(notebook)
    assert notebook.cells[1].metadata.tags == ["nbval-skip"]
    assert notebook.cells[3].id == f"{longest}-check"


# What a release must not tell


@pytest.fixture(scope="module")
def trio(built: Path) -> tuple[Any, Any, Any]:
    source, release, solution = (
        nbformat.read(built / folder / NAME / f"{NAME}.ipynb", as_version=4) for folder in FOLDERS
    )
    return source, release, solution


def look(trio: tuple[Any, Any, Any], root: Path) -> None:
    check_release(Lesson(NAME, root), *trio)


def into_prose(line: str) -> Callable[[Any], None]:
    def change(notebook: Any) -> None:
        notebook.cells[0].source += f"\n\n{line}"

    return change


def output(notebook: Any) -> None:
    notebook.cells[1].outputs = [nbformat.v4.new_output("stream", name="stdout", text="1")]


def test_what_nbgrader_releases_tells_nothing(trio: tuple[Any, Any, Any], tmp_path: Path) -> None:
    look(trio, tmp_path)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (into_prose("return x / 2  # the half of it"), "whole solution of exercise 'half'"),
        (into_prose('which = "b"'), None),
        (into_prose("numbers = [3.0, 24691.2]"), "a line of a solution or a hidden check"),
        (into_prose("It is 12345.6."), "shows 12345.6, which a hidden check expects"),
        (into_prose("It is -12345.600."), "shows -12345.600"),
        (into_prose("It is 1.23456e4."), "shows 1.23456e4"),
        (into_prose("It is 1.5 or 12345 or 2.12345.6 or x12345.6."), None),
        (into_prose("### BEGIN SOLUTION"), "still holds 'BEGIN SOLUTION'"),
        (into_prose("### END SOLUTION"), "still holds 'END SOLUTION'"),
        (into_prose("### BEGIN HIDDEN TESTS"), "still holds 'BEGIN HIDDEN TESTS'"),
        (into_prose("### END HIDDEN TESTS"), "still holds 'END HIDDEN TESTS'"),
        (into_prose(MIME_TYPE), f"still holds '{MIME_TYPE}'"),
        (output, "holds outputs"),
    ],
)
def test_a_release_that_tells_is_refused(
    change: Callable[[Any], None], words: str | None, trio: tuple[Any, Any, Any], tmp_path: Path
) -> None:
    source, release, solution = copy.deepcopy(trio)
    change(release)
    if words is None:
        look((source, release, solution), tmp_path)
        return
    with pytest.raises(BuildError) as caught:
        look((source, release, solution), tmp_path)
    line = str(caught.value)
    assert words in line
    assert "\n" not in line
    assert line.startswith((f"release/{NAME}/{NAME}.ipynb, cell 1", f"release/{NAME}/{NAME}.ipynb"))


def test_a_whole_solution_in_a_cell_open_to_all_is_refused(tmp_path: Path) -> None:
    """Even where the author wrote it there; a single line of a longer solution may stand."""
    long = HALF.replace(
        "return x / 2  # the half of it", "result = x * 0.5\n    return result + 0.0"
    )
    seen = "\n# %%\ndef again(x):\n    result = x * 0.5\n    return result\n"
    shown = seen.replace("return result", "return result + 0.0")
    for folder, text in (("fine", seen), ("leak", shown)):
        (tmp_path / folder).mkdir()
        source = source_of(HEAD + long + HALF_CHECK + WHICH + text, tmp_path / folder)
        if text is seen:
            look((source, released(source), source), tmp_path)
            continue
        with pytest.raises(BuildError, match="cell 8: holds the whole solution of exercise 'half'"):
            look((source, released(source), source), tmp_path)


@pytest.mark.parametrize(
    ("check", "words"),
    [
        ("observe(three=half(3.0))", "the question three is no function; write three=lambda: …"),
        (
            "observe(three=lambda x: half(3.0))",
            "the question three is a function of arguments, and it is called with none; "
            "write three=lambda: …",
        ),
        (
            "async def later():\n    return half(3.0)\n\nobserve(three=lambda: later())",
            "probe 'three' of the solution returns a coroutine (not awaited); return plain data",
        ),
        (
            "observe(three=lambda: half(3.0))\n### END HIDDEN TESTS\n"
            "from slopewise import expect, tutor\n\n"
            'tutor("half", two=expect(lambda: half(2), 1.0), four=expect(lambda: half(4), 3.0))',
            "in “four”, the solution returns something else than expect(…) says",
        ),
    ],
)
def test_a_question_that_asks_nothing_or_expects_another_answer_is_named(
    check: str, words: str, tmp_path: Path
) -> None:
    old = HALF_CHECK.partition("numbers = ")[2].partition("assert")[0]
    new = check if "END HIDDEN" in check else f"{check}\n### END HIDDEN TESTS"
    course = make_course(tmp_path, n01_tiny=TINY.replace(f"numbers = {old}", f"{new}\n"))
    with pytest.raises(BuildError) as caught:
        build(course)
    assert words in str(caught.value)


def test_a_number_that_two_lessons_have_names_none(tmp_path: Path) -> None:
    course = make_course(tmp_path, n01_tiny=TINY, n01_other=TINY)
    with pytest.raises(CourseError, match="1: could be any of 01-other, 01-tiny"):
        course.lesson("1")
    assert course.lesson("01-tiny").name == "01-tiny"
