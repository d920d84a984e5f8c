"""Tables of learners as spreadsheets write them."""

from __future__ import annotations

import codecs
from contextlib import closing
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from slopewise.environment import put_tools_on_path
from slopewise.errors import CourseError
from slopewise.nbgrader.learners.roster import enter_students, read_students

HEADER = "id,first_name,last_name"


def read(folder: Path, data: bytes | str) -> list[tuple[str, dict[str, str]]]:
    path = folder / "students.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return [(row.id, row.fields) for row in read_students(path)]


UMLAUT = [("jörg", {"first_name": "Jörg", "last_name": "Grün; Mai"})]


@pytest.mark.parametrize(
    "data",
    [
        f'{HEADER}\njörg,Jörg,"Grün; Mai"\n'.encode(),
        codecs.BOM_UTF8 + f'{HEADER}\r\njörg,Jörg,"Grün; Mai"\r\n'.encode(),
        f'{HEADER}\njörg,Jörg,"Grün; Mai"\n'.replace(",", ";").encode("cp1252"),
        f'{HEADER}\njörg,Jörg,"Grün; Mai"\n'.encode("latin-1"),
        f'{HEADER}\njörg,Jörg,"Grün; Mai"\n'.replace(",", "\t").encode("utf-16"),
        codecs.BOM_UTF16_BE + f'{HEADER}\njörg,Jörg,"Grün; Mai"'.encode("utf-16-be"),
        f"sep=;\r\n{HEADER}\r\n".replace(",", ";").encode() + 'jörg;Jörg;"Grün; Mai"'.encode(),
        f'\n{HEADER},group\n\njörg , Jörg,"Grün; Mai",\u00a0A\n,,\n  \n,,,,\n'.encode(),
        'ID,First Name,LAST_NAME\njo\u0308rg,Jo\u0308rg,"Grün; Mai"\n'.encode(),
        f'{HEADER}\njörg,Jörg,"Grün; Mai"\njörg ,Jörg,"Grün; Mai"\n'.encode(),
    ],
)
def test_a_spreadsheet_s_table_is_read(tmp_path: Path, data: bytes) -> None:
    assert read(tmp_path, data) == UMLAUT


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("", "is empty"),
        ("name\namina\n", "names no column id, but name"),
        ("id,id\namina,ben\n", "two columns id"),
        (f"{HEADER}\n,Amina,\n", "line 2: the id “” is empty"),
        (f"{HEADER}\n<b>,Amina,\n", "line 2: the id “<b>” holds “<”"),
        (f"{HEADER}\namina,<i>,\n", "line 2: first_name “<i>” holds “<”"),
        (f"{HEADER}\namina,Amina,Ali,x,y\n", "has 5 columns where the first line names 3"),
        (f'{HEADER}\namina,"Amina\n', "line 2"),
        (f"{HEADER}\namina,Amina,\n\nAmina,Amina,\n", "lines 2 and 4: amina and Amina differ only"),
        (f"{HEADER}\namina,Amina,\namina,Ben,\n", "lines 2 and 3: amina stands there twice"),
        (b"PK\x03\x04\x00\x00id", "is no CSV file"),
        (codecs.BOM_UTF16_LE + b"i\0d", "is no CSV file"),
    ],
)
def test_what_cannot_be_entered_is_named(tmp_path: Path, data: bytes | str, line: str) -> None:
    with pytest.raises(CourseError) as raised:
        read(tmp_path, data)
    assert line in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1
    with pytest.raises(CourseError, match="cannot be read"):
        read_students(tmp_path)


def test_entering_is_all_or_nothing_and_erases_nothing(tmp_path: Path) -> None:
    put_tools_on_path()
    path = tmp_path / "students.csv"
    with closing(Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}", "slopewise")) as gradebook:
        gradebook.add_student("amina", first_name="Amina", email="amina@example.org")
        path.write_text("id,first_name,email\namina,Amína,\nben,Ben,\n")
        assert enter_students(gradebook, read_students(path), path) == (
            "students.csv: 1 learner entered, 1 was there already"
        )
        amina = gradebook.find_student("amina")
        assert (amina.first_name, amina.email) == ("Amína", "amina@example.org")
        path.write_text("id\ncora\nBen\n")
        with pytest.raises(CourseError, match="Ben differs from ben, who is in the gradebook"):
            enter_students(gradebook, read_students(path), path)
        assert sorted(one.id for one in gradebook.students) == ["amina", "ben"]
        path.write_text("id,lms_user_id\namina,1\nben,2\n")
        enter_students(gradebook, read_students(path), path)
        path.write_text("id,lms_user_id\namina,2\nben,1\n")  # they were mixed up
        enter_students(gradebook, read_students(path), path)
        for rows in ("cora,1\n", "cora,3\ndora,3\n"):
            path.write_text(f"id,lms_user_id\n{rows}")
            with pytest.raises(CourseError, match=r"(line 2: cora|line [23]: .*) has the lms_user"):
                enter_students(gradebook, read_students(path), path)
        assert sorted(one.id for one in gradebook.students) == ["amina", "ben"]
