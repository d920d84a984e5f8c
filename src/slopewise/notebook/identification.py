"""Which lesson a notebook is, told by its cells: the one place that knows.

A file's name says little: browsers, operating systems and course systems number and rename what is
handed in, and Colab takes cells' ids and metadata away. So a cell is known by the grader's
metadata, else by its id, else by what it says: a check by its source, an exercise by what it
defines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from slopewise.notebook.cell_kinds import RESTORED, CellKind, cell_kind
from slopewise.notebook.definitions import Definitions, definitions
from slopewise.notebook.findings import whole
from slopewise.notebook.regions import as_released

_NOBODYS = {"__macosx", ".ipynb_checkpoints", "__pycache__", "thumbs.db", "desktop.ini"}

_NUMBERED = re.compile(
    r"(?:\s*\(\d+\)|[-_ ]\d{1,2}|[-_ ]+(?:copy|kopie|copie|copia)(?:[-_ ]?\(?\d+\)?)?)$"
)

_SOURCE, _ID, _NAME = 3, 2, 1
"""How much a check that says what was released, a cell that says its id, and a definition count."""


def is_nobodys(name: str) -> bool:
    """Whether a file or folder is left by an operating system or a Lab: nobody's work."""
    return name.startswith(".") or name.casefold() in _NOBODYS


def plain_stem(stem: str) -> str:
    """A file's name without ending, and without what downloading and copying adds to it."""
    text = stem.strip().casefold().removeprefix("copy of ").removesuffix(".ipynb")
    while (shorter := _NUMBERED.sub("", text)) not in ("", text):
        text = shorter
    return text


def lines_of(source: str) -> str:
    """A source without what an editor changes on its own: line ends and trailing white space."""
    lines = source.replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def cell_text(cell: Any) -> str | None:
    """The source of a cell of a notebook that nobody trusts; None where there is none."""
    source = cell.get("source") if isinstance(cell, dict) else None
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    return whole(source) if isinstance(source, str) else None


@dataclass(frozen=True)
class Marks:
    """What the cells of a lesson are known by.

    Attributes:
        name: the lesson's.
        checks: its check cells' ids by their source as it was released.
        exercises: its exercises' ids, and the first line of each.
        by_hand: the ids of answers that a person grades, and the text of the cell before each.
        others: the sources of all other cells.
    """

    name: str
    checks: Mapping[str, str]
    exercises: Mapping[str, str]
    others: frozenset[str]
    by_hand: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, source: Any) -> Marks:
        """The marks of an instructor's notebook."""
        checks, exercises, by_hand, others = {}, {}, {}, set()
        before = ""
        for cell in source["cells"]:
            kind, text = cell_kind(cell), lines_of(as_released(cell["source"]))
            if kind is CellKind.PLAIN:
                others.add(text)
            else:
                identity = str(cell["metadata"]["nbgrader"]["grade_id"])
                if kind in RESTORED:
                    checks[text] = identity
                elif kind is CellKind.BY_HAND:
                    by_hand[identity] = before
                else:
                    exercises[identity] = _first_line(cell["source"])
            before = text
        return cls(name, checks, exercises, frozenset(others), by_hand)

    @property
    def ids(self) -> frozenset[str]:
        """Every id that a cell may say of itself."""
        return frozenset((*self.checks.values(), *self.exercises, *self.by_hand))


@dataclass(frozen=True)
class Role:
    """What a cell of a submission is.

    Attributes:
        name: the id of the instructor's cell that it is; "" where it is the learner's own.
        claimed: the id of the grader's that it says it has, whether there is such a cell or not.
        defined: what it defines, where it may define an exercise; else nothing.
    """

    name: str = ""
    claimed: str = ""
    defined: Definitions = field(default_factory=Definitions)


def roles(cells: Sequence[Any], marks: Marks) -> list[Role]:
    """Say of each cell of a submission what it is.

    Args:
        cells: as JSON has them; not trusted, not changed.
        marks: what the lesson's own cells are known by.
    """
    ids = marks.ids
    texts = [cell_text(cell) for cell in cells]
    claims = [_claim(cell, ids) for cell in cells]
    names = [claim if claim in ids else "" for claim in claims]
    known = set(names)
    for place, text in enumerate(texts):
        check = marks.checks.get(lines_of(text)) if text is not None and not names[place] else None
        if check is not None and not claims[place]:
            names[place] = check
    _find_by_hand(texts, names, marks)
    mentioned = _mentions(marks.exercises)
    found = [
        definitions(text)
        if text is not None
        and name not in marks.by_hand
        and (name in marks.exercises or _may_define(text, mentioned, marks))
        else Definitions()
        for text, name in zip(texts, names, strict=True)
    ]
    for exercise, line in marks.exercises.items():
        if exercise in known:
            continue
        here = [
            place
            for place, one in enumerate(found)
            if not names[place] and exercise in one.working | one.stubs | one.meant
        ]
        alike = [place for place in here if _first_line(texts[place] or "") == line]
        if here:
            names[(alike or here)[0]] = exercise
    return [Role(*of) for of in zip(names, claims, found, strict=True)]


def _find_by_hand(texts: Sequence[str | None], names: list[str], marks: Marks) -> None:
    """Name answers in words that say nothing of themselves: what stands right behind a question."""
    plain = [None if text is None else lines_of(text) for text in texts]
    for identity, question in marks.by_hand.items():
        if identity in names or not question:
            continue
        for place in range(1, len(plain)):
            if plain[place - 1] == question and not names[place] and plain[place] is not None:
                if plain[place] not in marks.others:
                    names[place] = identity
                break


def _mentions(names: Iterable[str]) -> re.Pattern[str] | None:
    plain = [re.escape(name) for name in names if name.isidentifier()]
    return re.compile(rf"\b(?:{'|'.join(plain)})\b") if plain else None


def _may_define(text: str, mentioned: re.Pattern[str] | None, marks: Marks) -> bool:
    """Whether it is worth the time to parse a cell."""
    if mentioned is None or mentioned.search(text) is None:
        return False
    plain = lines_of(text)
    return plain not in marks.others and plain not in marks.checks


def _claim(cell: Any, ids: frozenset[str]) -> str:
    if not isinstance(cell, dict):
        return ""
    metadata = cell.get("metadata")
    grader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    claimed = grader.get("grade_id") if isinstance(grader, dict) else None
    if isinstance(claimed, str) and claimed in ids:
        return claimed
    identity = cell.get("id")
    # The cell id stands in where the grader's metadata was taken away.
    if isinstance(identity, str) and identity in ids and grader is None:
        return identity
    return claimed if isinstance(claimed, str) else ""


def _first_line(source: str) -> str:
    return lines_of(source).partition("\n")[0]


@dataclass(frozen=True)
class Likeness:
    """How much of a lesson a notebook has.

    Attributes:
        points: more is more alike; for comparing lessons with each other.
        answers: how many exercises hold more than the stub.
        certain: whether the cells leave no doubt that it is some version of the lesson.
    """

    points: int = 0
    answers: int = 0
    certain: bool = False


def likeness(submitted: Any, marks: Marks) -> Likeness:
    """Say how much of a lesson a notebook has.

    Args:
        submitted: a notebook's JSON, as `read_notebook` returns it.
        marks: the lesson's.
    """
    cells = submitted["cells"]
    said = roles(cells, marks)
    sources: set[str] = set()
    ids: set[str] = set()
    defined: set[str] = set()
    answered: set[str] = set()
    for cell, role in zip(cells, said, strict=True):
        text = cell_text(cell)
        if text is not None and lines_of(text) in marks.checks:
            sources.add(marks.checks[lines_of(text)])
        if role.claimed in marks.ids:
            ids.add(role.claimed)
        defined |= (role.defined.working | role.defined.stubs) & set(marks.exercises)
        answered |= role.defined.working & set(marks.exercises)
    enough = max(2, (len(marks.exercises) + 1) // 2)
    return Likeness(
        _SOURCE * len(sources) + _ID * len(ids) + _NAME * len(defined),
        len(answered),
        bool(sources or ids) or len(defined) >= enough,
    )


def is_plainly(submitted: Any, marks: Marks) -> bool:
    """Whether at least half of a lesson's checks are there, as they were released.

    Quicker than to compare lessons, and true of nearly every submission.
    """
    texts = map(cell_text, submitted["cells"])
    found = {marks.checks.get(lines_of(text)) for text in texts if text is not None} - {None}
    return bool(found) and 2 * len(found) >= len(marks.checks)


def recognise(submitted: Any, lessons: Iterable[Marks], stem: str = "") -> str:
    """Return the name of the lesson that a notebook is, by its cells; "" where it is none.

    Args:
        submitted: a notebook's JSON, as `read_notebook` returns it.
        lessons: what it may be.
        stem: the file's name without ending, which decides between lessons equally alike.
    """
    found = [(likeness(submitted, one), one.name) for one in lessons]
    found = [(like, name) for like, name in found if like.certain]
    if not found:
        return ""
    best = max(found, key=lambda one: (one[0].points, one[1].casefold() in stem.casefold()))
    return best[1]
