"""Which modules a warm process imports: what a course's lessons import, and the grader's own."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_OWN = (
    *("__init__.py", "errors.py", "upstream.py"),
    *("probe/**/*.py", "figures/**/*.py", "sandbox/**/*.py"),
)


def own_sources() -> tuple[Path, ...]:
    """The files of this package that a warm process imports: what cells see, and what runs them."""
    return tuple(source for part in _OWN for source in sorted(_PACKAGE.glob(part)))


@dataclass(frozen=True)
class Modules:
    """What notebooks import, imported once before they are forked.

    Attributes:
        needed: names of modules without which no notebook runs: their failure is fatal.
        welcome: names of modules that may be missing.
        late: pairs of a word and names of modules: they take long, so that they are imported before
            a notebook in whose cells the word stands, or when there is nothing else to do.
    """

    needed: tuple[str, ...] = ()
    welcome: tuple[str, ...] = ()
    late: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def later(self) -> tuple[str, ...]:
        """All modules that come late."""
        return tuple(name for _, names in self.late for name in names)

    @property
    def libraries(self) -> frozenset[str]:
        """The packages that these are in."""
        names = (*self.needed, *self.welcome, *self.later)
        return frozenset(name.partition(".")[0] for name in names)

    def are_mentioned(self, text: str) -> bool:
        """Whether a cell's text asks for what comes late."""
        return any(word in text for word, _ in self.late)

    def as_text(self) -> str:
        """All of it on one line, for :meth:`from_text` and as part of a name."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Modules:
        """Return what :meth:`as_text` has written."""
        read = json.loads(text)
        late = tuple((word, tuple(names)) for word, names in read["late"])
        return cls(tuple(read["needed"]), tuple(read["welcome"]), late)
