"""What an attack is: plain data that the tests of every group read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from slopewise.notebook.findings import Kind
from slopewise.scoring import State
from tests.hostile.lesson import HONEST, HONEST_SCORE, Submission

Make = Callable[[Submission], None]


@dataclass(frozen=True)
class Attack:
    """One hostile submission and what has to become of it.

    Attributes:
        name: the learner's id.
        aim: what its author hopes for.
        make: changes an otherwise honest submission.
        score: what the honest parts of the notebook deserve: it gets that much and no more.
        least: where the attack may cost its own author points, how few there may be.
        findings: what the notebook's record has to hold for the instructor.
        states: how exercises have to be judged.
        log: words that one line of the log has to hold, each.
        shown: words that have to stand in the graded notebook's outputs.
        unseen: words that may stand nowhere in what is graded or given back.
        answers: the exercises that the attacker has honestly answered.
    """

    name: str
    aim: str
    make: Make
    score: float = HONEST_SCORE
    least: float | None = None
    findings: tuple[Kind, ...] = ()
    states: Mapping[str, State] = field(default_factory=dict)
    log: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=lambda: HONEST)

    def hand_in(self, submission: Submission) -> None:
        """Make the attack and hand it in."""
        self.make(submission)
        submission.write()


def runs(source: str, before: str = "half") -> Make:
    """An attack that is a code cell, before the first exercise unless said otherwise."""
    return lambda submission: submission.code(source, before)


def answers(exercise: str, source: str) -> Make:
    """An attack that is the answer to an exercise."""

    def make(submission: Submission) -> None:
        submission.cell(exercise)["source"] = source

    return make
