"""Put a submission in order before anything of it runs.

From a submission only this much is taken: the cells' kinds and sources, in the learner's order,
and which of them are an exercise. Check cells come from the instructor's copy, and so does all
metadata. What had to be put right is kept as findings for the instructor.
"""

from __future__ import annotations

import copy
from collections.abc import Set
from dataclasses import dataclass
from typing import Any

import nbformat

from slopewise.notebook.cell_kinds import GRADED, RESTORED, CellKind, cell_kind
from slopewise.notebook.definitions import Definitions
from slopewise.notebook.findings import Finding, Kind, readable, short, whole
from slopewise.notebook.identification import (
    Marks,
    Role,
    cell_text,
    lines_of,
    roles,
)
from slopewise.notebook.placing import CheckText, Entry, Placing, place
from slopewise.notebook.regions import HIDDEN, as_released, holds_mark

_MAXIMUM_CELLS = 1000
"""Each takes milliseconds to run, to record and to show; the lessons have about a hundred."""
_EXECUTION_TAGS = {"skip-execution"}  # `raises-exception` is what a release itself has


def blank_notebook(source: Any) -> Any:
    """Return the instructor's notebook without any answer: only its cells that have points."""
    cells = []
    for cell in source.cells:
        kind = cell_kind(cell)
        if kind in GRADED:
            cells.append(copy.deepcopy(cell))
        if kind is CellKind.BY_HAND:
            cells[-1].source = ""
    return _notebook(source, cells)


def _notebook(source: Any, cells: list[Any]) -> Any:
    """A notebook with the instructor's metadata; nbformat's own would be validated, and will be."""
    for number, cell in enumerate(cells):  # older notebooks' cells have no ids
        cell.setdefault("id", _name(cell)[:64] or f"cell-{number}")
    return nbformat.notebooknode.NotebookNode(
        nbformat=nbformat.v4.nbformat,
        nbformat_minor=nbformat.v4.nbformat_minor,
        metadata=copy.deepcopy(source.metadata),
        cells=cells,
    )


def put_in_order(submitted: Any, source: Any) -> tuple[Any, tuple[Finding, ...]]:
    """Return the notebook that will be run, and what had to be put right to get there.

    Args:
        submitted: a notebook's JSON as `read_notebook` returns it; not trusted, not changed.
        source: the instructor's notebook; its check cells, metadata and kernel are the ones used.

    Learner's code and prose stay in the learner's order. Check cells are the instructor's, where
    the learner has them behind the answer that counts, or else right behind it; a missing one is
    put before the next exercise. One that stands before an earlier one of the instructor's comes
    right after that. An answer that a person grades is the learner's, in the kind of cell that was
    released; one that is gone is put back, empty. Tags and metadata are dropped. Text of the
    learner's is never lost: what is not run stands as text where it was.
    """
    return _Restorer(source).restore(submitted)


@dataclass(frozen=True)
class _Taken:
    """A cell of a submission that is one: its place from 0, what it is, and its text."""

    place: int
    kind: str
    text: str
    metadata: dict[str, Any]
    attachments: Any
    role: Role


class _Restorer:
    def __init__(self, source: Any) -> None:
        self.source = source
        self.checks = _by_id(source, RESTORED)
        self.exercises = _by_id(source, {CellKind.ANSWER})
        self.by_hand = _by_id(source, {CellKind.BY_HAND})
        self.order = list(_by_id(source, {*GRADED, CellKind.ANSWER}))
        self.findings: list[Finding] = []
        self.cells: list[Any] = []
        self.ids: set[str] = set(self.order)
        self.alone: dict[str, int] = {}

    def restore(self, submitted: Any) -> tuple[Any, tuple[Finding, ...]]:
        self._look_at_kernel(submitted.get("metadata"))
        self._look_at_record(submitted.get("metadata"))
        cells = submitted["cells"][:_MAXIMUM_CELLS]
        said = roles(cells, Marks.of("", self.source))
        entries: list[Entry] = []
        taken: dict[int, _Taken] = {}
        for number, (cell, role) in enumerate(zip(cells, said, strict=True)):
            one = self._take(number, cell, role)
            if one is not None:
                taken[number] = one
                entries.extend(self._entries(one))
        if len(submitted["cells"]) > _MAXIMUM_CELLS:
            text = f"There were {len(submitted['cells'])} cells; those after {_MAXIMUM_CELLS} were "
            self._find(Kind.MALFORMED, "", text + "left out.")
        pairs = self._pairs()
        free = (set(self.exercises) - set(pairs.values())) | set(self.by_hand)
        self.alone = {one.role.name: at for at, one in taken.items() if one.role.name in free}
        placing = place(entries, pairs)
        self.findings.extend(placing.findings)
        for entry in entries:
            self._emit(entry, taken[entry.place], placing)
        self._add_missing()
        self._delay_early_checks()
        return _notebook(self.source, self.cells), readable(self.findings)

    def _pairs(self) -> dict[str, str]:
        """Every check's exercise, in the instructor's order; "" where it has none of its own."""
        pairs = {}
        for check in self.checks:
            exercise = check.removesuffix("-check")
            pairs[check] = exercise if exercise in self.exercises else ""
        return pairs

    def _find(self, kind: Kind, cell: str, text: str) -> None:
        self.findings.append(Finding(kind, cell, text))

    def _look_at_record(self, metadata: Any) -> None:
        if isinstance(metadata, dict) and "slopewise" in metadata:
            text = (
                "The notebook carried a record of grading, which only the grader writes; dropped."
            )
            self._find(Kind.METADATA, "", text)

    def _look_at_roles(self, name: str, metadata: dict[str, Any], original: Any) -> None:
        """Tell of what a cell says of itself in nbgrader's words, and was released otherwise."""
        claimed = metadata.get("nbgrader")
        if not isinstance(claimed, dict):
            return
        wanted = original.metadata["nbgrader"]
        different = [
            key
            for key in ("grade", "solution", "task", "locked", "schema_version")
            if key in claimed and claimed[key] != wanted.get(key, False)
        ]
        if different:
            text = f"The cell's metadata had been changed ({', '.join(different)}); restored."
            self._find(Kind.METADATA, name, text)

    def _look_at_kernel(self, metadata: Any) -> None:
        kernel = metadata.get("kernelspec") if isinstance(metadata, dict) else None
        name = kernel.get("name") if isinstance(kernel, dict) else None
        language = kernel.get("language", "python") if isinstance(kernel, dict) else "python"
        wanted = self.source.metadata.get("kernelspec", {}).get("name", "python3")
        # Another name for a Python kernel is what a conda environment gives its learner.
        if name is not None and name != wanted and language != "python":
            text = f"The notebook asks for the kernel {short(name)}; it was run with {wanted}."
            self._find(Kind.KERNEL, "", text)

    def _take(self, number: int, cell: Any, role: Role) -> _Taken | None:
        kind = cell.get("cell_type") if isinstance(cell, dict) else None
        text = cell_text(cell)
        if kind not in ("code", "markdown", "raw") or text is None:
            self._find(Kind.MALFORMED, "", f"Cell {number + 1} is not a cell; it was left out.")
            return None
        metadata = cell.get("metadata") if isinstance(cell.get("metadata"), dict) else {}
        self._look_at_tags(number, cell, metadata)
        if role.name in self.checks:
            self._look_at_check(role.name, kind, text, metadata)
        elif (original := self._answer(role.name)) is not None:
            self._look_at_roles(role.name, metadata, original)
            if kind != original.cell_type:
                text_ = f"The exercise had become a {kind} cell."
                self._find(Kind.EXERCISE_RETYPED, role.name, text_)
        elif _claims_grade(metadata):
            text_ = f"Cell {number + 1} says to be graded, but no such cell was released."
            self._find(Kind.UNKNOWN_CHECK, short(role.claimed), text_)
        return _Taken(number, kind, text, metadata, cell.get("attachments"), role)

    def _look_at_tags(self, number: int, cell: dict[str, Any], metadata: dict[str, Any]) -> None:
        tags = metadata.get("tags")
        for tag in tags if isinstance(tags, list) else ():
            if isinstance(tag, str) and tag in _EXECUTION_TAGS:
                text = f"Cell {number + 1} carried the tag {tag}; it was ignored."
                self._find(Kind.TAG, short(cell.get("id", "")), text)

    def _look_at_check(self, name: str, kind: str, text: str, metadata: dict[str, Any]) -> None:
        original = self.checks[name]
        if kind != original.cell_type:
            self._find(Kind.CHECK_RETYPED, name, f"The check had become a {kind} cell; restored.")
        elif holds_mark(text, HIDDEN):
            text_ = "The check held hidden questions, which were never released; restored."
            self._find(Kind.CHECK_EDITED, name, text_)
        elif lines_of(text) != lines_of(as_released(original.source)):
            self._find(Kind.CHECK_EDITED, name, "The check had been edited; restored.")
        self._look_at_roles(name, metadata, original)
        nbgrader = metadata.get("nbgrader")
        points = nbgrader.get("points") if isinstance(nbgrader, dict) else None
        wanted = original.metadata["nbgrader"]["points"]
        if points is not None and points != wanted:
            text_ = f"The check's points said {short(points)} instead of {wanted}; restored."
            self._find(Kind.POINTS_CHANGED, name, text_)

    def _answer(self, name: str) -> Any:
        """The instructor's cell that a learner's answer stands for, by its id; else None."""
        return self.exercises.get(name) or self.by_hand.get(name)

    def _entries(self, one: _Taken) -> list[Entry]:
        """What a cell stands for: a check; with its text beside it, where the learner edited it."""
        name, defined = one.role.name, one.role.defined
        if name not in self.checks:
            runs = one.kind == "code" or name in self.exercises
            # Code in a cell of another kind counts only where all of it is code.
            return [Entry(one.place, name if name in self.exercises else "", defined, runs)]
        entries = []
        if lines_of(self._own_text(one)):
            entries.append(Entry(one.place, "", defined, False, CheckText(name)))
        return [*entries, Entry(one.place, name, Definitions(), True)]

    def _own_text(self, one: _Taken) -> str:
        """What the learner wrote in a check's cell; "" where it is the released text."""
        released = lines_of(as_released(self.checks[one.role.name].source))
        text = as_released(one.text)
        return "" if lines_of(text) == released else text

    def _emit(self, entry: Entry, one: _Taken, placing: Placing) -> None:
        if entry.name in self.checks:
            if placing.stands(entry):
                self.cells.append(copy.deepcopy(self.checks[entry.name]))
            return
        text = self._own_text(one) if entry.check_text else one.text
        answers = placing.identity(entry) or self._without_check(entry, one)
        if answers:
            original = self._answer(answers)
            cell = _cell(original.cell_type, text, answers)
            cell.metadata["nbgrader"] = copy.deepcopy(original.metadata["nbgrader"])
            if cell.cell_type == "markdown" and _is_attachments(one.attachments):
                cell["attachments"] = nbformat.from_dict(one.attachments)
            self.cells.append(cell)
        elif entry in placing.silenced:
            self._append("markdown", _as_text(text, "This was not run: the answer is elsewhere."))
        elif entry in placing.counted or (entry.runs and not entry.check_text):
            self._append("code", text)
        elif entry.check_text:
            words = "This stood in the check's cell, which was restored; it was not run."
            self._append("markdown", _as_text(text, words))
        else:
            self._append(one.kind, text, one.attachments)
        for check in placing.behind(entry):
            self.cells.append(copy.deepcopy(self.checks[check]))

    def _without_check(self, entry: Entry, one: _Taken) -> str:
        """The answer without a check of its own that an entry stands for; "" for none.

        Where there are several copies, the last one stands for it.
        """
        name = one.role.name
        if entry.check_text or name not in self.alone:
            return ""
        if self.alone[name] == one.place:
            return name
        text = "The answer's cell stood twice; the later one counts."
        self._find(Kind.EXERCISE_DUPLICATED, name, text)
        return ""

    def _append(self, kind: str, text: str, attachments: Any = None) -> None:
        number = len(self.cells)
        while f"cell-{number}" in self.ids:
            number += 1
        identity = f"cell-{number}"
        self.ids.add(identity)
        cell = _cell(kind, text, identity)
        if kind == "markdown" and _is_attachments(attachments):
            cell["attachments"] = nbformat.from_dict(attachments)
        self.cells.append(cell)

    def _add_missing(self) -> None:
        for name in self.order:
            there = {_name(cell) for cell in self.cells}
            if name in there or name in self.exercises:
                continue
            if name in self.checks:
                missing = copy.deepcopy(self.checks[name])
                self._find(Kind.CHECK_MISSING, name, "The check was missing; it was put back.")
            else:
                missing = copy.deepcopy(self.by_hand[name])
                missing.source = ""
                text = "The answer's cell was missing; it was put back, empty."
                self._find(Kind.ANSWER_MISSING, name, text)
            later = set(self.order[self.order.index(name) + 1 :])
            exercise = name.removesuffix("-check")
            places = list(enumerate(self.cells))
            start = next((at for at, cell in places if _name(cell) == exercise), 0)
            where = next(
                (at for at, cell in places[start:] if _name(cell) in later & there),
                len(self.cells),
            )
            self.cells.insert(where, missing)

    def _delay_early_checks(self) -> None:
        """Let checks run in the instructor's order.

        A later check may hand a learner's function what an earlier exercise asks for; by then the
        earlier answers are given.
        """
        wanted = list(self.checks)
        held: dict[str, Any] = {}
        cells: list[Any] = []
        for cell in self.cells:
            name = _name(cell)
            if name not in self.checks:
                cells.append(cell)
                continue
            held[name] = cell
            if name != wanted[0]:
                text = "The check stood before an earlier one; it was run after that."
                self._find(Kind.CHECK_MOVED, name, text)
            while wanted and wanted[0] in held:
                cells.append(held[wanted.pop(0)])
        self.cells = cells


def _name(cell: Any) -> str:
    """The grader's id of a cell of the instructor's; "" where it has none."""
    return str((cell.metadata.get("nbgrader") or {}).get("grade_id", ""))


def _by_id(source: Any, kinds: Set[CellKind]) -> dict[str, Any]:
    return {_name(cell): cell for cell in source.cells if cell_kind(cell) in kinds}


def _claims_grade(metadata: dict[str, Any]) -> bool:
    nbgrader = metadata.get("nbgrader")
    return isinstance(nbgrader, dict) and any(
        nbgrader.get(role) is True for role in ("grade", "solution", "task")
    )


def _is_attachments(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(name, str)
        and isinstance(bundle, dict)
        and all(isinstance(part, str) for item in bundle.items() for part in item)
        and all(part == whole(part) for part in (name, *bundle, *bundle.values()))
        for name, bundle in value.items()
    )


def _as_text(code: str, words: str) -> str:
    """Code as prose shows it, whatever marks are in it."""
    fence = "```"
    while fence in code:
        fence += "`"
    return f"*{words}*\n\n{fence}python\n{code}\n{fence}"


def _cell(kind: str, text: str, identity: str) -> Any:
    """A new cell; nbformat's own functions would validate each by itself, and then the notebook."""
    cell: dict[str, Any] = {"cell_type": kind, "id": identity, "metadata": {}, "source": text}
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return nbformat.from_dict(cell)
