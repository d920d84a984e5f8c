"""Read a table of learners as spreadsheets write it, and enter it in the gradebook.

Excel writes CSV with a byte-order mark, with semicolons where the comma is the decimal mark, in
Windows' own encoding or in UTF-16, and leaves empty rows; people leave blanks behind an id.
"""

from __future__ import annotations

import codecs
import csv
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slopewise.errors import CourseError
from slopewise.notebook.identifiers import id_fault, name_fault, shown

COLUMNS = ("id", "first_name", "last_name", "email", "lms_user_id", "section")
_LARGEST = 16 * 2**20  # bytes; a hundred thousand learners take less


@dataclass(frozen=True)
class Row:
    """A learner of the table.

    Attributes:
        line: the line of the file, from 1.
        id: as nbgrader knows them.
        fields: the other columns, by name; what is blank in the table is not in here.
    """

    line: int
    id: str
    fields: dict[str, str]


def read_students(path: Path) -> tuple[Row, ...]:
    """Return the learners of a CSV file.

    Raises:
        CourseError: it cannot be read, or names somebody who cannot be entered: says the line.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise CourseError(f"{path}: cannot be read ({error.strerror})") from None
    if len(data) > _LARGEST:
        raise CourseError(f"{path.name}: is too large for a table of learners")
    text = _decoded(data, path)
    lines = text.splitlines(keepends=True)
    skipped = 0
    if lines and lines[0].strip().lower().startswith("sep="):
        lines, skipped = lines[1:], 1  # Excel's own way of saying what separates
    delimiter = _delimiter(next((line for line in lines if line.strip()), ""))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    header: list[str] | None = None
    found: dict[str, Row] = {}
    try:
        for cells in reader:
            line = reader.line_num + skipped
            values = [unicodedata.normalize("NFC", cell).strip() for cell in cells]
            if not any(values):
                continue
            if header is None:
                header = _header(values, path)
                continue
            row = _row(header, values, path, line)
            _add(found, row, path)
    except csv.Error as error:
        raise CourseError(f"{path.name}, line {reader.line_num + skipped}: {error}") from None
    if header is None:
        raise CourseError(f"{path.name}: is empty; its first line names columns, id among them")
    return tuple(found.values())


def enter_students(gradebook: Any, rows: tuple[Row, ...], path: Path) -> str:
    """Enter the learners, or none of them; return what was done, in a line.

    A blank in the table changes nothing in the gradebook.

    Raises:
        CourseError: somebody is in the gradebook already under nearly the same id.
    """
    known = {_alike(str(one.id)): str(one.id) for one in gradebook.students}
    for row in rows:
        other = known.get(_alike(row.id), row.id)
        if other != row.id:
            raise CourseError(
                f"{path.name}, line {row.line}: {row.id} differs from {other}, who is in the "
                "gradebook, only in capitals or blanks; nobody was entered: use one of the two"
            )
    _check_lms_ids(gradebook, rows, path)
    ids = set(known.values())
    for row in rows:
        fields = {name: value for name, value in row.fields.items() if name != "section"}
        gradebook.update_or_create_student(row.id, **fields)
    new = sum(row.id not in ids for row in rows)
    plural, were = "" if new == 1 else "s", "was" if len(rows) - new == 1 else "were"
    return f"{path.name}: {new} learner{plural} entered, {len(rows) - new} {were} there already"


def _check_lms_ids(gradebook: Any, rows: tuple[Row, ...], path: Path) -> None:
    """Refuse a number of the learning platform that two learners would have afterwards.

    An export would hand the grades of both to one of them.
    """
    own = {str(one.id): str(one.lms_user_id or "") for one in gradebook.students}
    own |= {row.id: row.fields["lms_user_id"] for row in rows if "lms_user_id" in row.fields}
    holders: dict[str, list[str]] = {}
    for one, number in own.items():
        holders.setdefault(number, []).append(one)
    for row in rows:
        number = row.fields.get("lms_user_id", "")
        other = next((one for one in holders.get(number, ()) if one != row.id), None)
        if number and other is not None:
            raise CourseError(
                f"{path.name}, line {row.line}: {row.id} has the lms_user_id {number} of {other}; "
                "nobody was entered: it stands for one learner alone"
            )


def _decoded(data: bytes, path: Path) -> str:
    # What is no UTF-8 comes from a Windows of Western Europe, where every text is a text.
    encodings: tuple[str, ...] = ("utf-8-sig", "cp1252", "latin-1")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ("utf-16",)
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise CourseError(f"{path.name}: is no CSV file; save it as “CSV UTF-8”")


def _delimiter(header: str) -> str:
    counts = {mark: header.count(mark) for mark in (",", ";", "\t")}
    return max(counts, key=lambda mark: counts[mark])


def _header(values: list[str], path: Path) -> list[str]:
    header = [value.casefold().replace(" ", "_") for value in values]
    if "id" not in header:
        raise CourseError(
            f"{path.name}: its first line names no column id, but {shown(', '.join(values))}; the "
            f"columns are {', '.join(COLUMNS)}"
        )
    if twice := {name for name in header if name in COLUMNS and header.count(name) > 1}:
        raise CourseError(f"{path.name}: has two columns {min(twice)}")
    return header


def _row(header: list[str], values: list[str], path: Path, line: int) -> Row:
    where = f"{path.name}, line {line}"
    if any(values[len(header) :]):
        raise CourseError(
            f"{where}: has {len(values)} columns where the first line names {len(header)}; a text "
            "that holds a comma stands in quotation marks"
        )
    fields = {
        name: value
        for name, value in zip(header, values, strict=False)
        if name in COLUMNS and value
    }
    name = fields.pop("id", "")
    if fault := id_fault(name):
        raise CourseError(f"{where}: the id “{shown(name)}” {fault}; nobody was entered")
    for column, value in fields.items():
        if fault := name_fault(value):
            raise CourseError(f"{where}: {column} “{shown(value)}” {fault}; nobody was entered")
    return Row(line, name, fields)


def _add(found: dict[str, Row], row: Row, path: Path) -> None:
    """Take in a row; the same learner twice is one, two that look alike are a mistake."""
    before = found.setdefault(_alike(row.id), row)
    if before.id != row.id:
        raise CourseError(
            f"{path.name}, lines {before.line} and {row.line}: {before.id} and {row.id} differ "
            "only in capitals or blanks; nobody was entered: one of the two is meant"
        )
    if before.fields != row.fields:
        raise CourseError(
            f"{path.name}, lines {before.line} and {row.line}: {row.id} stands there twice, and "
            "not with the same words; nobody was entered"
        )


def _alike(name: str) -> str:
    """What two ids have in common that a person would take for one."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
