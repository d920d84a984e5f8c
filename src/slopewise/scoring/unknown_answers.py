"""What is told of an answer that no known wrong one explains."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from slopewise.scoring.altered import AlteredAnswers, recognise_altered
from slopewise.scoring.clauses import Clause, Says
from slopewise.scoring.enumeration import enumerated
from slopewise.scoring.in_common import in_common
from slopewise.scoring.observations import Observation
from slopewise.scoring.questions import in_words


@dataclass(frozen=True)
class Message:
    """A message to the learner, and what the mistake is called where no learner is spoken to."""

    text: str
    misconception: str = ""


def message_to(
    exercise: str,
    observation: Observation,
    reference: Observation,
    clauses: Sequence[Clause | None],
    altered: AlteredAnswers,
) -> Message:
    """Return what all wrong answers have in common, or which change explains them, or one of them.

    Args:
        exercise: the exercise's name.
        observation: what came back, in which at least one question was answered wrong.
        reference: what the solution observed, the same questions.
        clauses: how each answer differs, None where it does not.
        altered: what the solution with one thing changed says.
    """
    common = in_common(observation, reference, clauses)
    if common is None or common.says_less:
        made = recognise_altered(observation, reference, altered)
        if made is not None:
            # Which part of the answer is wrong is plainer than any change, and stays.
            part = common.part if common is not None else ""
            return Message(made.message(exercise, part), made.name)
    names = in_words(probe.name for probe in reference.probes)
    answers = list(zip(names.values(), clauses, strict=True))
    sentences = [f"{clauses.count(None)} of {len(clauses)} questions answered right."]
    if common is not None:
        sentences.append(common.text)
    if common is None or common.wants_example:
        example = _most_telling([(name, clause) for name, clause in answers if clause is not None])
        if common is None or not _says_again(example, common.text):
            sentences.append(example)
    sentences.append(_where(answers))
    return Message(" ".join(sentence for sentence in sentences if sentence))


def _most_telling(wrong: Sequence[tuple[str, Clause]]) -> str:
    """How the answer to the first question differs; or to many, where that says more.

    That a number differs says little. Where many questions show one and the same relation, such as
    half of what it should be, this is more likely to be what went wrong.
    """
    first, clause = wrong[0]
    if clause.tells_little:
        shown: dict[str, list[tuple[str, Clause]]] = {}
        for one in wrong:
            if not one[1].tells_little and one[1].says is not Says.RAISED:
                alike = one[1].text.replace("values are", "number is")
                shown.setdefault(alike, []).append(one)
        most = max(shown.values(), key=len, default=[])
        if len(most) >= 3 and 3 * len(most) >= len(wrong):
            return f"In {len(most)} questions, such as “{most[0][0]}”, {most[0][1]}."
    return f"In “{first}”, {clause}."


_AGAIN = (
    r"-?[\d.,]+ times what",
    r"by (the same|one) (negative )?factor",
    r"right size and the wrong sign|right in size but ha\w+ the wrong sign",
    r"\bnan\b",
)
"""What an example may say once more, where all have it in common."""


def _says_again(example: str, common: str) -> bool:
    for pattern in _AGAIN:
        one, other = re.search(pattern, example), re.search(pattern, common)
        if one is not None and other is not None:
            return one[0] == other[0] or not one[0].endswith("times what")
    return False


_FEW = 3
_MANY = 6


def _where(answers: Sequence[tuple[str, Clause | None]]) -> str:
    """Name the questions that are wrong, or those that are right, where these are few of many.

    What they ask about says what the mistake depends on: only huge values, only a single point.
    """
    for right in (False, True):
        some = [f"“{name}”" for name, clause in answers if (clause is None) is right]
        if len(some) <= _FEW and len(answers) >= max(_MANY, 3 * len(some)):
            how = "right" if right else "wrong"
            if not some or (len(some) == 1 and not right):
                return ""  # of a single wrong one all is told
            if len(some) == 1:
                return f"Only {some[0]} was answered {how}."
            these = "these questions" if right else "these"
            return f"Only {these} were answered {how}: {enumerated(some)}."
    return ""
