"""Everything that is handed in is graded, or named with the reason why not."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from nbgrader.coursedir import CourseDirectory

from slopewise.cli import main
from slopewise.errors import CourseError
from slopewise.nbgrader.runs import NbgraderCourse
from slopewise.nbgrader.submissions.handed_in import HandedIn, another_lesson, handed_in
from slopewise.notebook.findings import Kind
from slopewise.scoring.record import read_verdicts
from tests.execution.classroom import RIGHT, Classroom, built_course
from tests.tiny import NAME

OTHER = "02-other"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_course(tmp_path_factory.mktemp("built"))


@pytest.fixture
def classroom(built: Path, tmp_path: Path) -> Classroom:
    return Classroom(built, tmp_path / "course")


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    """The course's folder, with a second lesson's instructor copy beside the first's."""
    root = tmp_path / "two"
    shutil.copytree(built, root)
    other = json.loads((root / "source" / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8"))
    folder = root / "source" / OTHER
    folder.mkdir()
    text = json.dumps(other).replace("half", "third").replace("which", "what")
    (folder / f"{OTHER}.ipynb").write_text(text, encoding="utf-8")
    return root


def released(root: Path, *answers: str) -> Any:
    path = root / "release" / NAME / f"{NAME}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["id"] in answers:
            cell["source"] = RIGHT[cell["id"]]
    return notebook


def put(root: Path, place: str, *answers: str, notebook: Any = None) -> Path:
    """Write a notebook below `submitted/`."""
    path = root / "submitted" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook or released(root, *answers)), encoding="utf-8")
    return path


def found(root: Path, students: str = "*") -> dict[str, HandedIn]:
    coursedir = CourseDirectory(config=NbgraderCourse(root).config)
    return {one.student: one for one in handed_in(coursedir, NAME, students)}


def taken(root: Path, student: str = "amina") -> tuple[str, str]:
    """The name of the file that was taken, below the submission's folder, and why."""
    one = found(root)[student]
    assert one.reason == ""
    (file,) = one.taken
    assert file.name == NAME
    why = file.finding.text if file.finding is not None else ""
    return file.path.relative_to(one.folder).as_posix(), why


def reason(root: Path, student: str = "amina") -> str:
    one = found(root)[student]
    assert one.taken == ()
    assert one.reason
    assert one.reason.isprintable()
    return one.reason


def test_a_notebook_of_the_expected_name_is_taken_without_a_word(root: Path) -> None:
    put(root, f"amina/{NAME}/{NAME}.ipynb")
    assert taken(root) == (f"{NAME}.ipynb", "")


@pytest.mark.parametrize(
    "name",
    [
        f"{NAME} (1).ipynb", f"{NAME}-1.ipynb", f"{NAME}-Copy1.ipynb", f"{NAME.upper()}.ipynb",
        f"{NAME}.IPYNB", f"{NAME}.ipynb.txt", f"{NAME} (1).ipynb.json",
        "homework.ipynb", "amina's [last] try.ipynb", "Ü.ipynb",
    ],
)  # fmt: skip
def test_another_name_is_taken_and_told(name: str, root: Path) -> None:
    put(root, f"amina/{NAME}/{name}")
    path, why = taken(root)
    assert path == name
    assert why == f"{name} was taken as {NAME}.ipynb: its cells are that lesson's."


def test_a_name_that_is_no_text_is_taken(root: Path) -> None:
    path = put(root, f"amina/{NAME}/x.ipynb", "half")
    path.rename(os.fsdecode(os.fsencode(path.parent) + b"/\xff\n.ipynb"))
    assert "was taken" in taken(root)[1]
    assert taken(root)[1].isprintable()


def test_a_stripped_notebook_of_another_name_is_taken(root: Path) -> None:
    notebook = released(root, "half")
    for cell in notebook["cells"]:
        del cell["id"]
        cell["metadata"] = {}
    put(root, f"amina/{NAME}/Untitled.ipynb", notebook=notebook)
    assert taken(root)[0] == "Untitled.ipynb"


def test_of_several_the_one_with_the_most_answers_is_taken_and_told(root: Path) -> None:
    put(root, f"amina/{NAME}/{NAME}.ipynb")
    put(root, f"amina/{NAME}/{NAME}-Copy1.ipynb", "half", "which")
    put(root, f"amina/{NAME}/{NAME}-Copy2.ipynb", "half")
    path, why = taken(root)
    assert path == f"{NAME}-Copy1.ipynb"
    assert "as it holds the most answers" in why
    assert f"{NAME}-Copy2.ipynb (1)" in why


def test_of_several_with_as_many_answers_the_expected_name_is_taken(root: Path) -> None:
    put(root, f"amina/{NAME}/{NAME}.ipynb", "half")
    put(root, f"amina/{NAME}/{NAME} (1).ipynb", "half")
    path, why = taken(root)
    assert path == f"{NAME}.ipynb"
    assert "as it has the lesson's name" in why


def test_of_several_other_names_the_latest_is_taken(root: Path) -> None:
    for number in (9, 10, 2):
        put(root, f"amina/{NAME}/{NAME} ({number}).ipynb", "half")
    path, why = taken(root)
    assert path == f"{NAME} (10).ipynb"
    assert "as it is the latest" in why


def test_a_damaged_notebook_does_not_hide_a_whole_one(root: Path) -> None:
    put(root, f"amina/{NAME}/{NAME}.ipynb").write_text("{", encoding="utf-8")
    put(root, f"amina/{NAME}/{NAME}-1.ipynb", "half")
    assert taken(root)[0] == f"{NAME}-1.ipynb"


def test_a_damaged_notebook_is_taken_by_its_name(root: Path) -> None:
    put(root, f"amina/{NAME}/{NAME} (1).ipynb").write_text("{", encoding="utf-8")
    assert taken(root)[0] == f"{NAME} (1).ipynb"


def test_another_notebook_beside_it_is_no_finding(root: Path) -> None:
    put(root, f"amina/{NAME}/{NAME}.ipynb")
    helper = {"cell_type": "code", "id": "a", "metadata": {}, "source": "b = 1", "outputs": []}
    cells = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [helper]}
    put(root, f"amina/{NAME}/helpers.ipynb", notebook=cells)
    assert taken(root) == (f"{NAME}.ipynb", "")


def test_what_a_machine_leaves_is_nobody_s_work(root: Path) -> None:
    put(root, f"amina/{NAME}/{NAME}.ipynb", "half")
    put(root, f"amina/{NAME}/._{NAME}.ipynb", "half", "which")
    put(root, f"amina/{NAME}/.ipynb_checkpoints/{NAME}-checkpoint.ipynb", "half", "which")
    put(root, f"amina/{NAME}/__MACOSX/{NAME}.ipynb", "half", "which")
    put(root, f"ben/{NAME}/__MACOSX/._{NAME}.ipynb")
    put(root, f"__MACOSX/{NAME}/{NAME}.ipynb")
    assert taken(root) == (f"{NAME}.ipynb", "")
    assert reason(root, "ben") == "is empty"
    assert set(found(root)) == {"amina", "ben"}


def test_a_notebook_in_a_folder_of_its_own_is_taken_and_told(root: Path) -> None:
    put(root, f"amina/{NAME}/{NAME}/{NAME}.ipynb", "half")
    path, why = taken(root)
    assert path == f"{NAME}/{NAME}.ipynb"
    assert "lay in a folder of its own" in why
    put(root, f"amina/{NAME}/old/{NAME}.ipynb", "half")
    assert "holds several notebooks of this lesson in folders" in reason(root)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ((), "is empty"),
        (("timestamp.txt",), "is empty"),
        ((".DS_Store",), "is empty"),
        ((f"{NAME}.html",), f"holds no notebook, only {NAME}.html"),
        ((f"{NAME}.pdf", f"{NAME}.html"), f"holds no notebook, only {NAME}.html, {NAME}.pdf"),
        (("work.zip",), "holds no notebook, only work.zip"),
        (("01\n.pdf",), "holds no notebook, only 01\\n.pdf"),
        (("other.ipynb",), "holds no notebook of this lesson (other.ipynb is none"),
    ],
)
def test_what_cannot_be_graded_is_named(files: tuple[str, ...], words: str, root: Path) -> None:
    folder = root / "submitted/amina" / NAME
    folder.mkdir(parents=True)
    for name in files:
        (folder / name).write_text("{}", encoding="utf-8")
    assert reason(root).startswith(words)


def test_links_files_and_odd_learners_are_named(root: Path) -> None:
    put(root, f"[group 3]/{NAME}/{NAME}.ipynb", "half")
    put(root, f"a\nb/{NAME}/{NAME}.ipynb", "half")
    (root / "submitted/linked").mkdir()
    (root / "submitted/linked" / NAME).symlink_to(root / "submitted/[group 3]" / NAME)
    (root / "submitted/dangling").mkdir()
    (root / "submitted/dangling" / NAME).symlink_to("nowhere")
    (root / "submitted/file").mkdir()
    (root / "submitted/file" / NAME).write_text("{}", encoding="utf-8")
    assert "cannot be a learner's id: it holds" in reason(root, "[group 3]")
    assert "cannot be a learner's id" in reason(root, "a\nb")
    assert reason(root, "linked") == reason(root, "dangling") == "is a link, not a folder"
    assert reason(root, "file").startswith("is a file, where a folder")


def test_what_lies_beside_the_lesson_s_folder_is_named(root: Path) -> None:
    put(root, f"amina/{NAME}.ipynb", "half")
    put(root, f"ben/{NAME.upper()} (1)/{NAME}.ipynb", "half")
    put(root, f"{NAME}-cora.ipynb", "half")
    put(root, f"dan/{OTHER}/{NAME}.ipynb", "half")
    assert "lies beside the folder" in reason(root)
    assert "is not called" in reason(root, "ben")
    assert reason(root, f"{NAME}-cora.ipynb") == "lies in no learner's folder"
    assert "dan" not in found(root)


def test_one_learner_is_found_by_an_id_or_a_pattern(root: Path) -> None:
    for student in ("amina", "amir", "ben"):
        put(root, f"{student}/{NAME}/{NAME}.ipynb")
    assert set(found(root, "ami*")) == {"amina", "amir"}
    assert set(found(root, "ben")) == {"ben"}


def test_another_lesson_is_called_that(root: Path) -> None:
    coursedir = CourseDirectory(config=NbgraderCourse(root).config)
    other = json.loads((root / "source" / OTHER / f"{OTHER}.ipynb").read_text(encoding="utf-8"))
    assert another_lesson(other, coursedir, NAME, NAME) == OTHER
    assert another_lesson(released(root), coursedir, NAME, NAME) == ""
    assert another_lesson({"cells": []}, coursedir, NAME, NAME) == ""
    put(root, f"amina/{NAME}/{OTHER}.ipynb", notebook=other)
    assert taken(root)[0] == f"{OTHER}.ipynb"


# -- through the real pipeline --------------------------------------------------------------


@pytest.mark.slow
def test_all_that_was_handed_in_is_accounted_for(
    classroom: Classroom, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    top = classroom.root
    shutil.copytree(root / "source" / OTHER, top / "source" / OTHER)
    classroom.submit("amina", RIGHT)
    folder = classroom.submit("ben", RIGHT)
    (folder / f"{NAME}.ipynb").rename(folder / f"{NAME} (1).ipynb")
    (folder / "data.csv").write_text("1", encoding="utf-8")
    put(top, f"cora/{NAME}/{NAME}/{NAME}.ipynb", "half", "which")
    put(top, f"dan/{NAME}/{NAME}.html")
    put(top, f"[group 3]/{NAME}/{NAME}.ipynb")
    other = json.loads((top / "source" / OTHER / f"{OTHER}.ipynb").read_text(encoding="utf-8"))
    put(top, f"eve/{NAME}/{NAME}.ipynb", notebook=other)
    folder = classroom.submit(
        "fay", {"half": "%run helpers.ipynb\ndef half(x):\n    return h(x)", "which": 'which = "b"'}
    )
    helper: dict[str, Any] = {
        "cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": None,
        "source": "def h(x):\n    return x / 2",
    }  # fmt: skip
    whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [helper]}
    (folder / "helpers.ipynb").write_text(json.dumps(whole), encoding="utf-8")

    with pytest.raises(CourseError, match="2 of 7 submissions could not be graded"):
        classroom.autograde()
    assert classroom.scores() == {"amina": 20, "ben": 20, "cora": 20, "eve": 0, "fay": 20}
    said = "\n".join(classroom.lines)
    assert f"{NAME}: handed in 7: graded 5, " in said
    assert ", not graded 2, " in said
    assert f"Not graded: dan: submitted/dan/{NAME} holds no notebook, only {NAME}.html" in said
    assert f"Not graded: [group 3]: submitted/[group 3]/{NAME} its folder's name cannot" in said
    assert [one.kind for one in classroom.findings("ben")] == [Kind.OTHER_NAME]
    assert classroom.findings("fay") == ()
    (finding,) = classroom.findings("eve")
    assert finding.kind is Kind.OTHER_LESSON
    verdicts = read_verdicts(classroom.notebook("eve"))
    assert all(f"is the lesson {OTHER}, handed in as {NAME}" in one.message for one in verdicts)
    assert "Skipping unknown notebook" not in said
    assert "No submitted file" not in said
    beside = {path.name for path in classroom.path("ben").parent.iterdir()}
    assert {f"{NAME}.ipynb", "data.csv", "timestamp.txt"} <= beside
    assert f"{NAME} (1).ipynb" not in beside
    assert not (classroom.path("fay").parent / "helpers.ipynb").exists()

    main(["--course", str(top), "report"])
    assert f"not graded: dan, {NAME}: holds no notebook, only" in capsys.readouterr().out
    with pytest.raises(CourseError, match="2 of 7"):
        classroom.autograde()
    assert "handed in 7: graded 0, graded before 5, not graded 2" in "\n".join(classroom.lines)


@pytest.mark.slow
def test_where_nothing_can_be_graded_each_is_named(classroom: Classroom) -> None:
    put(classroom.root, f"dan/{NAME}/{NAME}.html")
    with pytest.raises(CourseError, match="1 of 1 submissions could not be graded"):
        classroom.autograde("dan")
    assert any("Not graded: dan: " in line for line in classroom.lines)
    with pytest.raises(CourseError, match="nothing was handed in"):
        classroom.autograde("nobody")


def test_a_folder_for_no_lesson_is_named_with_the_reason(root: Path) -> None:
    (root / "submitted" / "ada" / "04-nix").mkdir(parents=True)
    coursedir = CourseDirectory(config=NbgraderCourse(root).config)
    (one,) = handed_in(coursedir, "04-nix")
    assert (one.taken, one.reason) == ((), "is of no lesson: source/ has no 04-nix")
