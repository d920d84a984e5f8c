"""`zip_collect` with archives as Canvas and Moodle make them."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from slopewise.nbgrader.exchange.platform_names import Learner, owner_of, student_of
from slopewise.nbgrader.runs import NbgraderCourse
from tests.execution.classroom import built_course
from tests.tiny import NAME

LEARNERS = [
    Learner("amina", frozenset({"amina ali", "ali amina"}), "1042"),
    Learner("bea", frozenset({"bea ng", "ng bea"})),
]


@pytest.mark.parametrize(
    ("path", "student", "file"),
    [
        ("aliamina_1042_998877_01-x.ipynb", "amina", "01-x.ipynb"),
        ("aliamina_LATE_1042_998877_01-x-1.ipynb", "amina", "01-x-1.ipynb"),
        ("bravobruno_LATE_1043_998878_01-x-1.ipynb", "bravobruno_1043", "01-x-1.ipynb"),
        ("de_la_cruz_7_8_a_b_9.csv", "de_la_cruz_7", "a_b_9.csv"),
        ("müllerjörg_5_6_x.ipynb", "müllerjörg_5", "x.ipynb"),
        ("anon_aB3x_77_x.ipynb", "anon_aB3x", "x.ipynb"),
        ("LATE_anon_aB3x_77_x.ipynb", "anon_aB3x", "x.ipynb"),
        ("submissions/aliamina_1042_9_work/01/x.ipynb", "amina", "01/x.ipynb"),
        ("m/Bea Ng_12345_assignsubmission_file_/x.ipynb", "bea", "x.ipynb"),
        ("m/Bea Ng_12345_assignsubmission_file/x.ipynb", "bea", "x.ipynb"),
        ("m/Bea Ng_12345_assignsubmission_file_/d/x.ipynb", "bea", "d/x.ipynb"),
        ("m/Carl-Otto Ö_6_assignsubmission_file_x.ipynb", "Carl-Otto Ö", "x.ipynb"),
        ("m/Two_1_assignsubmission_onlinetext_/onlinetext.html", "Two 1", "onlinetext.html"),
    ],
)
def test_whose_a_file_is(path: str, student: str, file: str) -> None:
    owner = owner_of(path.split("/"))
    assert owner is not None
    assert owner.file == file
    assert student_of(owner, LEARNERS, {"Two": 2}) == student


@pytest.mark.parametrize("path", ["x.ipynb", "01-x.ipynb", "a_b.ipynb", "a/b/x.ipynb"])
def test_a_name_that_says_nothing(path: str) -> None:
    assert owner_of(path.split("/")) is None


@pytest.mark.slow
def test_archives_as_downloaded(tmp_path: Path) -> None:
    root = built_course(tmp_path / "course")
    notebook = (root / "release" / NAME / f"{NAME}.ipynb").read_bytes()
    with closing(NbgraderCourse(root).gradebook()) as book:
        book.add_student("amina", lms_user_id="1042")
    folder = root / "downloaded" / NAME / "archive"
    folder.mkdir(parents=True)

    def collect() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "nbgrader", "zip_collect", NAME, "--force"],
            cwd=root, capture_output=True, text=True, check=False, env=os.environ,
        )  # fmt: skip

    nothing = collect()
    assert nothing.returncode == 1
    assert "0 files were collected" in nothing.stderr
    with zipfile.ZipFile(folder / "submissions.zip", "w") as archive:
        archive.writestr(f"aliamina_1042_998877_{NAME}.ipynb", notebook)
        archive.writestr(f"bravobruno_LATE_1043_998878_{NAME}-1.ipynb", notebook)
        archive.writestr(f"__MACOSX/._aliamina_1042_998877_{NAME}.ipynb", b"x")
    with zipfile.ZipFile(folder / "moodle.zip", "w") as archive:
        archive.writestr(f"Bea Ng_12_assignsubmission_file_/{NAME} (1).ipynb", notebook)
        archive.writestr("Bea Ng_12_assignsubmission_file_/data.csv", b"1")
    done = collect()
    assert done.returncode == 0, done.stderr
    found = {path.relative_to(root / "submitted").as_posix()
             for path in (root / "submitted").rglob("*") if path.is_file()}  # fmt: skip
    assert found == {
        f"amina/{NAME}/{NAME}.ipynb", f"bravobruno_1043/{NAME}/{NAME}-1.ipynb",
        f"Bea Ng/{NAME}/{NAME} (1).ipynb", f"Bea Ng/{NAME}/data.csv",
    }  # fmt: skip
