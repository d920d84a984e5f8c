"""Take names out of a class record, everywhere and consistently."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace

from slopewise.report.model import Answer, ClassRecord, Learner, NotGraded, Submission

WITHHELD = "(withheld)"
NOBODY = "(nobody of the class)"


def withhold_names(record: ClassRecord) -> ClassRecord:
    """Return the record with `learner 1`, `learner 2`… for the learners' ids and names.

    The numbers stay the same while the class does. They follow neither the alphabet nor the
    scores but a hash with the gradebook's own random keys, so that a class list does not undo
    them. Ids and full names are replaced in messages, too: a learner's code can print its author.
    """
    mixed = sorted(record.learners, key=lambda one: _hash(record.salt, one.id))
    numbers = {one.id: f"learner {place}" for place, one in enumerate(mixed, 1)}
    places = {number: place for place, number in enumerate(numbers.values())}
    scrub = _scrubber(record.learners, numbers)
    return replace(
        record,
        learners=tuple(Learner(numbers[one.id], section=one.section) for one in mixed),
        submissions=tuple(
            sorted(
                (_submission(one, numbers, scrub) for one in record.submissions),
                key=lambda one: (one.lesson, places[one.learner]),
            )
        ),
        waiting=tuple(
            sorted(
                ((numbers[learner], lesson) for learner, lesson in record.waiting),
                key=lambda pair: (pair[1], places[pair[0]]),
            )
        ),
        # The folder may be named for anybody, and the reason may name files.
        not_graded=tuple(
            sorted(
                (
                    NotGraded(numbers.get(one.learner, NOBODY), one.lesson, WITHHELD)
                    for one in record.not_graded
                ),
                key=lambda one: (one.lesson, places.get(one.learner, len(places))),
            )
        ),
        attempts=tuple(replace(one, learner=numbers[one.learner]) for one in record.attempts),
        salt="",
    )


def _hash(salt: str, learner: str) -> str:
    return hashlib.sha256(f"{salt}\0{learner}".encode("utf-8", "replace")).hexdigest()


def _scrubber(learners: tuple[Learner, ...], numbers: dict[str, str]) -> Callable[[str], str]:
    known = {one.id.casefold(): numbers[one.id] for one in learners}
    known |= {one.name.casefold(): numbers[one.id] for one in learners if one.name}
    longest_first = sorted(filter(None, known), key=lambda text: (-len(text), text))
    # A letter or digit beside it makes another word of it; an underscore or a slash does not.
    pattern = re.compile(
        rf"(?<![^\W_])(?:{'|'.join(map(re.escape, longest_first))})(?![^\W_])", re.IGNORECASE
    )
    return lambda text: pattern.sub(lambda match: known.get(match[0].casefold(), "(name)"), text)


def _submission(
    one: Submission, numbers: dict[str, str], scrub: Callable[[str], str]
) -> Submission:
    return replace(
        one,
        learner=numbers[one.learner],
        feedback=None,  # its path names the learner
        answers=tuple(_answer(answer, scrub) for answer in one.answers),
        findings=tuple(
            replace(finding, cell=scrub(finding.cell), text=scrub(finding.text))
            for finding in one.findings
        ),
    )


def _answer(answer: Answer, scrub: Callable[[str], str]) -> Answer:
    verdict = answer.verdict
    if verdict is None:
        return answer
    changed = replace(
        verdict,
        message=scrub(verdict.message),
        misconception=scrub(verdict.misconception),
        probes=tuple(
            replace(probe, name=scrub(probe.name), explanation=scrub(probe.explanation))
            for probe in verdict.probes
        ),
    )
    return replace(answer, verdict=changed)
