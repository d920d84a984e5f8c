"""Put a submission in order before anything of it runs.

From a submission only this much is taken: the cells' kinds and sources, in the learner's order,
and which of them say to be an exercise. Check cells come from the instructor's copy, and so does
all metadata. What had to be put right is kept as findings for the instructor.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import nbformat

from slopewise.notebook.findings import Finding, Kind, readable, short, whole
from slopewise.notebook.regions import HIDDEN, holds_mark, without_region

_MAXIMUM_CELLS = 1000
"""Each takes milliseconds to run, to record and to show; the lessons have about a hundred."""
_EXECUTION_TAGS = {"skip-execution", "raises-exception"}


def blank_notebook(source: Any) -> Any:
    """Return the instructor's notebook without any answer: its check cells only."""
    return _notebook(
        source, [copy.deepcopy(cell) for cell in source.cells if _grade_id(cell, "grade")]
    )


def _notebook(source: Any, cells: list[Any]) -> Any:
    """A notebook with the instructor's metadata; nbformat's own would be validated, and will be."""
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
    the learner has them, or else before the next exercise; one that stands before an earlier one of
    the instructor's comes right after that. Tags and metadata are dropped.
    """
    return _Restorer(source).restore(submitted)


class _Restorer:
    def __init__(self, source: Any) -> None:
        self.source = source
        self.checks = {key: cell for cell in source.cells if (key := _grade_id(cell, "grade"))}
        self.exercises = {
            key: cell for cell in source.cells if (key := _grade_id(cell, "solution"))
        }
        self.findings: list[Finding] = []
        self.cells: list[Any] = []
        self.placed: set[str] = set()
        self.ids: set[str] = {*self.checks, *self.exercises}

    def restore(self, submitted: Any) -> tuple[Any, tuple[Finding, ...]]:
        self._look_at_kernel(submitted.get("metadata"))
        self._look_at_record(submitted.get("metadata"))
        cells = submitted["cells"]
        for place, cell in enumerate(cells[:_MAXIMUM_CELLS]):
            self._take(place, cell)
        if len(cells) > _MAXIMUM_CELLS:
            text = f"There were {len(cells)} cells; those after {_MAXIMUM_CELLS} were left out."
            self._find(Kind.MALFORMED, "", text)
        self._add_missing_checks()
        self._delay_early_checks()
        return _notebook(self.source, self.cells), readable(self.findings)

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
        wanted = self.source.metadata["kernelspec"]["name"]
        # Another name for a Python kernel is what a conda environment gives its learner.
        if name is not None and name != wanted and language != "python":
            text = f"The notebook asks for the kernel {short(name)}; it was run with {wanted}."
            self._find(Kind.KERNEL, "", text)

    def _take(self, place: int, cell: Any) -> None:
        kind = cell.get("cell_type") if isinstance(cell, dict) else None
        text = _source_text(cell.get("source")) if isinstance(cell, dict) else None
        if kind not in ("code", "markdown", "raw") or text is None:
            self._find(Kind.MALFORMED, "", f"Cell {place + 1} is not a cell; it was left out.")
            return
        metadata = cell.get("metadata") if isinstance(cell.get("metadata"), dict) else {}
        self._look_at_tags(place, cell, metadata)
        name = self._claimed_name(cell, metadata)
        if name in self.checks:
            self._take_check(name, kind, text, metadata)
        elif name in self.exercises:
            self._take_exercise(name, kind, text, metadata)
        else:
            if _claims_grade(metadata):
                text_ = f"Cell {place + 1} says to be graded, but no such cell was released."
                self._find(Kind.UNKNOWN_CHECK, short(name), text_)
            self._append(kind, text, cell)

    def _look_at_tags(self, place: int, cell: dict[str, Any], metadata: dict[str, Any]) -> None:
        tags = metadata.get("tags")
        for tag in tags if isinstance(tags, list) else ():
            if isinstance(tag, str) and tag in _EXECUTION_TAGS:
                text = f"Cell {place + 1} carried the tag {tag}; it was ignored."
                self._find(Kind.TAG, short(cell.get("id", "")), text)

    def _claimed_name(self, cell: dict[str, Any], metadata: dict[str, Any]) -> str:
        nbgrader = metadata.get("nbgrader")
        claimed = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
        if isinstance(claimed, str) and claimed in self.ids:
            return claimed
        identity = cell.get("id")
        # The cell id stands in where the grader's metadata was taken away.
        if isinstance(identity, str) and identity in self.ids and nbgrader is None:
            return identity
        return claimed if isinstance(claimed, str) else ""

    def _take_check(self, name: str, kind: str, text: str, metadata: dict[str, Any]) -> None:
        original = self.checks[name]
        if name in self.placed:
            self._find(
                Kind.CHECK_DUPLICATED, name, "The check stood twice; the second was dropped."
            )
            return
        if kind != "code":
            self._find(Kind.CHECK_RETYPED, name, f"The check had become a {kind} cell; restored.")
        elif holds_mark(text, HIDDEN):
            text_ = "The check held hidden questions, which were never released; restored."
            self._find(Kind.CHECK_EDITED, name, text_)
        elif _normal(text) != _normal(without_region(original.source, HIDDEN)):
            self._find(Kind.CHECK_EDITED, name, "The check had been edited; restored.")
        self._look_at_roles(name, metadata, original)
        nbgrader = metadata.get("nbgrader")
        points = nbgrader.get("points") if isinstance(nbgrader, dict) else None
        wanted = original.metadata["nbgrader"]["points"]
        if points is not None and points != wanted:
            text_ = f"The check's points said {short(points)} instead of {wanted}; restored."
            self._find(Kind.POINTS_CHANGED, name, text_)
        self.placed.add(name)
        self.cells.append(copy.deepcopy(original))

    def _take_exercise(self, name: str, kind: str, text: str, metadata: dict[str, Any]) -> None:
        self._look_at_roles(name, metadata, self.exercises[name])
        if name in self.placed:
            self._find(
                Kind.EXERCISE_DUPLICATED, name, "The exercise's cell stood twice; both were run."
            )
            self._append("code", text)
            return
        if kind != "code":
            self._find(Kind.EXERCISE_RETYPED, name, f"The exercise had become a {kind} cell.")
        self.placed.add(name)
        cell = _cell("code", text, name)
        cell.metadata["nbgrader"] = copy.deepcopy(self.exercises[name].metadata["nbgrader"])
        self.cells.append(cell)

    def _append(self, kind: str, text: str, original: dict[str, Any] | None = None) -> None:
        number = len(self.cells)
        while f"cell-{number}" in self.ids:
            number += 1
        identity = f"cell-{number}"
        self.ids.add(identity)
        cell = _cell(kind, text, identity)
        attachments = original.get("attachments") if original else None
        if kind == "markdown" and _is_attachments(attachments):
            cell["attachments"] = nbformat.from_dict(attachments)
        self.cells.append(cell)

    def _add_missing_checks(self) -> None:
        order = [
            cell.id for cell in self.source.cells if cell.id in (*self.checks, *self.exercises)
        ]
        for name in self.checks:
            if name in self.placed:
                continue
            self._find(Kind.CHECK_MISSING, name, "The check was missing; it was put back.")
            later = set(order[order.index(name) + 1 :])
            exercise = name.removesuffix("-check")
            places = list(enumerate(self.cells))
            start = next((at for at, cell in places if cell.id == exercise), 0)
            place = next(
                (at for at, cell in places[start:] if cell.id in later & self.placed),
                len(self.cells),
            )
            self.cells.insert(place, copy.deepcopy(self.checks[name]))
            self.placed.add(name)

    def _delay_early_checks(self) -> None:
        """Let checks run in the instructor's order.

        A later check may hand a learner's function what an earlier exercise asks for; by then the
        earlier answers are given.
        """
        wanted = list(self.checks)
        held: dict[str, Any] = {}
        cells: list[Any] = []
        for cell in self.cells:
            if cell.id not in self.checks:
                cells.append(cell)
                continue
            held[cell.id] = cell
            if cell.id != wanted[0]:
                text = "The check stood before an earlier one; it was run after that."
                self._find(Kind.CHECK_MOVED, cell.id, text)
            while wanted and wanted[0] in held:
                cells.append(held[wanted.pop(0)])
        self.cells = cells


def _grade_id(cell: Any, role: str) -> str | None:
    """The grade_id of a cell of the instructor's that has that role, else None."""
    metadata = cell.metadata.get("nbgrader")
    return str(metadata["grade_id"]) if metadata and metadata.get(role) else None


def _claims_grade(metadata: dict[str, Any]) -> bool:
    nbgrader = metadata.get("nbgrader")
    return isinstance(nbgrader, dict) and any(
        nbgrader.get(role) is True for role in ("grade", "solution", "task")
    )


def _source_text(source: Any) -> str | None:
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        return None
    return whole(source)


def _is_attachments(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(name, str)
        and isinstance(bundle, dict)
        and all(isinstance(part, str) for item in bundle.items() for part in item)
        and all(part == whole(part) for part in (name, *bundle, *bundle.values()))
        for name, bundle in value.items()
    )


def _normal(source: str) -> str:
    """A source without what an editor changes on its own: line ends and trailing white space."""
    return "\n".join(_lines(source)).strip()


def _lines(source: str) -> Iterator[str]:
    return (line.rstrip() for line in source.replace("\r\n", "\n").split("\n"))


def _cell(kind: str, text: str, identity: str) -> Any:
    """A new cell; nbformat's own functions would validate each by itself, and then the notebook."""
    cell: dict[str, Any] = {"cell_type": kind, "id": identity, "metadata": {}, "source": text}
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return nbformat.from_dict(cell)
