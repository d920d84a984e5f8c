"""Which of a learner's cells answers an exercise, and behind which cell its check is run.

The exercise's own cell counts where it works. Else an answer found elsewhere does: below the check,
in the check's cell, in another cell. Of several the last that works counts, and what was left to
be written is not run after it. Told by reading the cells, never by running them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from slopewise.notebook.definitions import Definitions
from slopewise.notebook.findings import Finding, Kind


@dataclass(frozen=True)
class CheckText:
    """The check in whose cell a learner's text stood."""

    check: str


@dataclass(frozen=True, eq=False)
class Entry:
    """One thing that a submission has, in the learner's order.

    Attributes:
        place: the cell it stands in, from 0.
        name: the id of the check or exercise that it says to be; "" for a cell of the learner's.
        defined: what running it would define.
        runs: whether it is code as it stands.
        check_text: where it is what the learner wrote into a check's cell: which check's.
    """

    place: int
    name: str
    defined: Definitions
    runs: bool
    check_text: CheckText | None = None


@dataclass
class Placing:
    """What `place` decided.

    Attributes:
        counted: the entries that answer an exercise and are run for that.
        silenced: stubs that would undo an answer before them; they are not run.
        findings: what the instructor is told.
    """

    counted: set[Entry] = field(default_factory=set)
    silenced: set[Entry] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    _identity: dict[Entry, str] = field(default_factory=dict)
    _standing: set[Entry] = field(default_factory=set)
    _behind: dict[Entry, list[str]] = field(default_factory=dict)

    def identity(self, entry: Entry) -> str:
        """The exercise that an entry stands for in the graded notebook; "" for none."""
        return self._identity.get(entry, "")

    def stands(self, entry: Entry) -> bool:
        """Whether a check is run where this copy of it stands."""
        return entry in self._standing

    def behind(self, entry: Entry) -> Sequence[str]:
        """The checks that are run right after an entry, though they do not stand there."""
        return self._behind.get(entry, ())


def place(entries: Sequence[Entry], pairs: Mapping[str, str]) -> Placing:
    """Decide for every exercise what answers it and where its check is run.

    Args:
        entries: what the submission has, in order.
        pairs: every check's exercise, in the instructor's order; "" for a check without one.
    """
    placing = Placing()
    for check, exercise in pairs.items():
        _Place(entries, placing, check, exercise).decide()
    return placing


class _Place:
    def __init__(
        self, entries: Sequence[Entry], placing: Placing, check: str, exercise: str
    ) -> None:
        self.entries = entries
        self.placing = placing
        self.check = check
        self.exercise = exercise
        places = list(enumerate(entries))
        self.copies = [at for at, one in places if one.name == check]
        self.own = [at for at, one in places if exercise and one.name == exercise]
        working = [at for at, one in places if exercise and exercise in one.defined.working]
        self.working = [at for at in working if at in self.own]
        self.elsewhere = [at for at in working if at not in self.own]

    def decide(self) -> None:
        counted = self._counted()
        last = counted if counted is not None else max(self.own, default=None)
        if counted is not None:
            self.placing.counted.add(self.entries[counted])
            for at in self.own:
                if at > counted and self.exercise in self.entries[at].defined.stubs:
                    self.placing.silenced.add(self.entries[at])
        if last is not None:
            self._name(last)
        self._tell(counted)
        self._put_check(last, counted)

    def _counted(self) -> int | None:
        if not self.working:
            return self.elsewhere[-1] if self.elsewhere else None
        counted = self.working[-1]
        # A check that was copied below another answer says which one is meant.
        meant = [
            at
            for at in self.elsewhere
            if at > counted and any(one < at for one in self.copies) and self.copies[-1] > at
        ]
        return meant[-1] if meant else counted

    def _name(self, at: int) -> None:
        """Let the cell that counts stand for the exercise, unless it is another's."""
        entry = self.entries[at]
        if entry.name in ("", self.exercise) and not self.placing.identity(entry):
            self.placing._identity[entry] = self.exercise
            return
        for own in reversed(self.own):
            if self.entries[own] not in self.placing.silenced:
                self.placing._identity[self.entries[own]] = self.exercise
                return

    def _tell(self, counted: int | None) -> None:
        for _ in self.own[1:]:
            text = "The exercise's cell stood twice; the later one that holds an answer counts."
            self._find(Kind.EXERCISE_DUPLICATED, self.exercise, text)
        if counted is not None and counted not in self.own:
            text = f"The answer stood in {self._where(counted)}; it was graded there."
            self._find(Kind.ANSWER_ELSEWHERE, self.exercise, text)
        elif counted is not None:
            for at in self.elsewhere:
                if at > counted:
                    text = (
                        f"{self.exercise} is defined again in {self._where(at)}; "
                        "what stands in the exercise's own cell was graded."
                    )
                    self._find(Kind.ANSWER_ELSEWHERE, self.exercise, text)
        else:
            self._tell_faults()

    def _tell_faults(self) -> None:
        """Tell why what seems to be the answer does not compile: the last one."""
        meant = [
            at
            for at, one in enumerate(self.entries)
            if one.defined.fault is not None
            and (at in self.own or (self.exercise in one.defined.meant and one.runs))
        ]
        if meant:
            fault = self.entries[meant[-1]].defined.fault
            assert fault is not None
            cell = "The exercise's cell" if meant[-1] in self.own else self._where(meant[-1])
            text = f"{cell} does not compile: line {fault.line}: {fault.reason}."
            self._find(Kind.NOT_COMPILED, self.exercise, text[0].upper() + text[1:])

    def _where(self, at: int) -> str:
        entry = self.entries[at]
        if entry.check_text:
            return f"the cell of the check {entry.check_text.check}"
        if entry.name:
            return f"the cell of the exercise {entry.name}"
        return f"cell {entry.place + 1}"

    def _put_check(self, last: int | None, counted: int | None) -> None:
        if not self.copies:
            if counted is not None and counted not in self.own:
                self._behind(counted)
                self._find(
                    Kind.CHECK_MISSING, self.check, "The check was missing; it was put back."
                )
            return
        after = [at for at in self.copies if last is None or at > last]
        for _ in self.copies[1:]:
            text = "The check stood twice; the one behind the answer was run."
            self._find(Kind.CHECK_DUPLICATED, self.check, text)
        if after:
            self.placing._standing.add(self.entries[after[0] if last is not None else after[-1]])
            return
        assert last is not None
        self._behind(last)
        if last in self.own:
            text = "The check stood before its exercise; it was run after it."
            self._find(Kind.CHECK_MOVED, self.check, text)

    def _behind(self, at: int) -> None:
        self.placing._behind.setdefault(self.entries[at], []).append(self.check)

    def _find(self, kind: Kind, cell: str, text: str) -> None:
        self.placing.findings.append(Finding(kind, cell, text))
