"""Run the known answers once, and keep what each of them observes and shows."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from slopewise.build.altering import alter_solutions
from slopewise.build.needed import decides, outputs_of
from slopewise.build.tutor import (
    check_tutors,
    has_tutor,
    make_tutor_file,
    read_shown,
    what_is_told,
    with_visible_probes,
)
from slopewise.errors import BuildError
from slopewise.notebook.cell_kinds import is_check
from slopewise.notebook.course import Lesson
from slopewise.scoring.cell_outputs import exception_line
from slopewise.scoring.known_answers import (
    Answer,
    in_packs,
    put_into,
    read_answers,
    write_known_answers,
)
from slopewise.scoring.observations import payloads


@dataclass(frozen=True)
class Corpus:
    """What a lesson's known answers came to.

    Attributes:
        known: content of the generated answers file; None where the lesson has no corpus.
        tutor: content of the lesson's tutor file.
        altered: what altered solutions say; None where the course does not want to know.
    """

    known: bytes | None
    tutor: bytes
    altered: bytes | None


def observe_answers(lesson: Lesson, source: Any) -> Corpus:
    """Run the lesson's known answers, on its hidden questions and on its visible probes.

    Args:
        lesson: whose answers.
        source: the instructor's notebook, as the build has just made it.

    Raises:
        BuildError: a wrong answer makes no observation, so that it could never be recognised; or
            a tutor cannot work.
    """
    tutored = {
        cell.id.removesuffix("-check")
        for cell in source.cells
        if is_check(cell) and has_tutor(cell)
    }
    # Right answers are graded by the matrix; here they are for the tutor only.
    answers = [
        answer for answer in read_answers(lesson) if not answer.right or answer.exercise in tutored
    ]
    packs = in_packs(answers)
    solution: list[tuple[Answer, ...]] = [()] if tutored else []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        altering = alter_solutions(lesson, source, pool)
        runs = list(pool.map(lambda pack: _outputs(lesson, source, pack), solution + packs))
        altered = altering()
    solved = read_shown(runs.pop(0)) if tutored else {}
    check_tutors(lesson, source, solved)
    observed, shown = {}, {}
    for pack, outputs in zip(packs, runs, strict=True):
        seen = read_shown(outputs)
        for answer in pack:
            shown[answer] = seen.get(answer.exercise)
            if not answer.right:
                observed[answer] = _observed(lesson, answer, outputs)
    told = what_is_told(shown, solved)
    known = write_known_answers(
        (answer, observed[answer], told.get(answer, "")) for answer in answers if not answer.right
    )
    has_answers = lesson.answers_path.is_file()
    return Corpus(
        known if has_answers else None, make_tutor_file(lesson, shown, solved, told), altered
    )


def _observed(lesson: Lesson, answer: Answer, outputs: dict[str, Any]) -> Any:
    found = payloads(outputs.get(f"{answer.exercise}-check", ()))
    if len(found) != 1:
        raised = exception_line(outputs.get(answer.exercise, ())) or exception_line(
            outputs.get(f"{answer.exercise}-check", ())
        )
        raise BuildError(
            f"answers/{lesson.name}.py: the {answer.kind} answer {answer.name!r} to "
            f"{answer.exercise} makes {len(found)} observations; "
            + (f"its cell ended with {raised}" if raised else "does it end the kernel?")
        )
    return found[0]


def _outputs(lesson: Lesson, source: Any, pack: tuple[Answer, ...]) -> dict[str, Any]:
    """Run a notebook with answers in it, and of the checks those of its exercises."""
    notebook = put_into(source, pack)
    asked = {f"{answer.exercise}-check" for answer in pack}
    notebook.cells = [cell for cell in notebook.cells if decides(cell, lesson, asked)]
    return outputs_of(lesson, with_visible_probes(notebook))[0]
