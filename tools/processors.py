"""Run the five solutions and all right known answers on emulated processors, and compare.

    python -m tools.processors [--course FOLDER] PROCESSOR...

A processor is a model of qemu-x86_64 (`qemu-x86_64 -cpu help` lists them: Haswell, Nehalem, EPYC…),
`arm64`, whose Python and packages `tools.arm64` fetches once, or `native`, this machine as it is.
Every printed line and every observed number is compared with the stored one as nbval compares it,
and every right answer is judged against the references. Fails where a line is beyond the tolerance,
a probe is, or a right answer does not get full marks, and says which.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import nbformat

from slopewise.figures._style import Picture, told
from slopewise.notebook.course import Course, Lesson
from slopewise.scoring import judge
from slopewise.scoring.known_answers import Answer, read_answers
from slopewise.scoring.observations import MIME_TYPE, payloads, reference_outputs
from slopewise.scoring.printed import Agreement, data_agreement
from tools import arm64

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = ("equal", "within one unit", "within tolerance", "beyond")
_SKIPPED = "nbval-skip"
_KEPT = ("HOME", "LANG", "LC_ALL", "PATH", "PYTHONPATH", "TMPDIR", "TZ")


class ProcessorError(Exception):
    """One processor could not be tried; the message is one line."""


@dataclass(frozen=True)
class Piece:
    """One printed line, displayed text or observed probe, fresh and stored.

    Attributes:
        where: the lesson, the cell and what it is.
        fresh: what the processor made; None where it made nothing.
        stored: what the solution holds; None where it holds nothing.
    """

    where: str
    fresh: Any
    stored: Any

    @property
    def agreement(self) -> Agreement:
        """How well the two agree."""
        if self.fresh is None or self.stored is None:
            return Agreement.BEYOND
        return data_agreement(self.fresh, self.stored)


@dataclass(frozen=True)
class Findings:
    """What one processor makes of the course.

    Attributes:
        processor: its name.
        instructions: the instruction set that torch chose.
        lines: every printed line and displayed text.
        probes: every observed probe of the solutions.
        refused: right answers without full marks, one line each.
        answers: how many right answers were judged.
    """

    processor: str
    instructions: str
    lines: tuple[Piece, ...]
    probes: tuple[Piece, ...]
    refused: tuple[str, ...]
    answers: int

    @property
    def problems(self) -> list[str]:
        """One line for everything that is not as it has to be."""
        beyond = [
            f"{piece.where}: {piece.fresh!r} where {piece.stored!r} is stored"
            for piece in (*self.lines, *self.probes)
            if piece.agreement is Agreement.BEYOND
        ]
        return [f"{self.processor}: {line}" for line in (*beyond, *self.refused)]


@dataclass(frozen=True)
class LessonJob:
    """A lesson as it is run: its executed solution and the right answers to its exercises."""

    lesson: Lesson
    solution: Any
    answers: tuple[Answer, ...]

    @property
    def cells(self) -> list[Any]:
        """The solution's code cells, without those that nbval skips."""
        return [
            cell
            for cell in self.solution.cells
            if cell.cell_type == "code" and _SKIPPED not in cell.metadata.get("tags", [])
        ]

    def as_json(self) -> dict[str, Any]:
        """What `tools.processor_job` reads.

        An answer runs after the whole solution, then its check, and before it whatever the answers
        before may have left is put right by the solution's own cells of all exercises.
        """
        source = {cell.id: cell.source for cell in self.cells}
        solved = [source[exercise.name] for exercise in self.lesson.exercises]
        return {
            "cells": [cell.source for cell in self.cells],
            "answers": [
                {"cells": [*solved, answer.source, source[f"{answer.exercise}-check"]]}
                for answer in self.answers
            ],
        }


def read_jobs(course: Course) -> list[LessonJob]:
    """Return what is run of a built course."""
    return [
        LessonJob(
            lesson,
            nbformat.read(lesson.path_in("solutions"), as_version=4),
            tuple(answer for answer in read_answers(lesson) if answer.right),
        )
        for lesson in course.lessons
    ]


def command(processor: str) -> list[str]:
    """Return the command line that starts Python on a processor.

    Raises:
        ProcessorError: its emulator is not installed, or its Python is not to be had.
    """
    if processor == "native":
        return [sys.executable]
    if processor == "arm64":
        try:
            return arm64.command(_emulator("qemu-aarch64"), arm64.CACHE)
        except arm64.FetchError as error:
            raise ProcessorError(f"arm64: {error}") from error
    return [_emulator("qemu-x86_64"), "-cpu", processor, sys.executable]


def _emulator(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise ProcessorError(f"{name}: is missing; install it (Debian: apt-get install qemu-user)")
    return path


def try_processor(processor: str, jobs: list[LessonJob]) -> Findings:
    """Run all jobs on one processor.

    Raises:
        ProcessorError: it cannot be emulated, or the run ended early.
    """
    with tempfile.TemporaryDirectory(prefix="slopewise-processor-") as folder:
        job, result = Path(folder) / "job.json", Path(folder) / "result.json"
        job.write_text(json.dumps([one.as_json() for one in jobs]), encoding="utf-8")
        done = subprocess.run(
            [*command(processor), "-m", "tools.processor_job", str(job), str(result)],
            cwd=ROOT,
            env=_environment(Path(folder)),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0 or not result.is_file():
            last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
            raise ProcessorError(f"{processor}: the run ended with {done.returncode}: {last}")
        made = json.loads(result.read_text(encoding="utf-8"))
    lines: list[Piece] = []
    probes: list[Piece] = []
    refused: list[str] = []
    for one, outcome in zip(jobs, made["lessons"], strict=True):
        for place, (cell, output) in enumerate(zip(one.cells, outcome["outputs"], strict=True)):
            where = f"{one.lesson.name}, code cell {place + 1}"
            lines.extend(_lines(where, output, cell.outputs))
            probes.extend(_probes(where, output, cell.outputs))
        refused.extend(_refused(one, outcome["answers"]))
    count = sum(len(one.answers) for one in jobs)
    return Findings(
        processor, made["instructions"], tuple(lines), tuple(probes), tuple(refused), count
    )


def _environment(folder: Path) -> dict[str, str]:
    """As the lessons are built, but pictures are told in words: drawing takes an emulator long.

    Nothing else of this machine's settings comes along. One that names its processor to a library,
    such as OPENBLAS_CORETYPE, would have instructions run that the emulated one does not have.
    """
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {
        "SLOPEWISE_PICTURES": "words",
        "MPLBACKEND": "agg",
        "OMP_NUM_THREADS": "1",
        "IPYTHONDIR": str(folder),
        "PYTHONHASHSEED": "0",
    }


def _lines(where: str, fresh: dict[str, Any], stored: list[Any]) -> Iterator[Piece]:
    """What a cell printed and displayed, line by line; what is on one side only is a piece, too."""
    if fresh["error"]:
        yield Piece(where, fresh["error"], None)
    printed = "".join(output.text for output in stored if output.output_type == "stream")
    pairs = zip_longest(fresh["text"].splitlines(), printed.splitlines())
    for number, (one, other) in enumerate(pairs):
        yield Piece(f"{where}, line {number + 1}", one, other)
    kept = [_without_picture(output.data) for output in stored if "data" in output]
    nothing: dict[str, Any] = {}
    for number, (shown, data) in enumerate(zip_longest(fresh["shown"], kept, fillvalue=nothing)):
        for mime in sorted({*shown, *data} - {MIME_TYPE}):
            yield Piece(f"{where}, display {number + 1}", shown.get(mime), data.get(mime))


def _without_picture(data: dict[str, Any]) -> dict[str, Any]:
    """What is displayed where a picture is told in words."""
    if "image/png" not in data:
        return dict(data)
    words = told(Picture(b"", data["text/plain"], 0, 0))
    return {mime: value for mime, value in data.items() if mime != "image/png"} | {
        "text/plain": words
    }


def _probes(where: str, fresh: dict[str, Any], stored: list[Any]) -> Iterator[Piece]:
    made = [{"data": shown} for shown in fresh["shown"]]
    nothing: dict[str, Any] = {}
    for one, other in zip_longest(payloads(made), payloads(stored), fillvalue=nothing):
        for probe, kept in zip_longest(one.get("probes", ()), other.get("probes", ())):
            name = (kept or probe)["name"]
            yield Piece(f"{where}, probe {name}", probe, kept)


def _refused(one: LessonJob, outputs: list[dict[str, Any]]) -> Iterator[str]:
    references = reference_outputs(one.solution)
    for answer, output in zip(one.answers, outputs, strict=True):
        verdict = judge(
            answer.exercise,
            payloads([{"data": shown} for shown in output["shown"]]),
            references[f"{answer.exercise}-check"],
            maximum=1.0,
        )
        if verdict.points < 1.0:
            yield (
                f"{one.lesson.name}, {answer.exercise}: the right answer {answer.name!r} "
                f"is refused: {verdict.message}"
            )


def table(findings: list[Findings]) -> str:
    """Return the findings as a Markdown table, a row a processor."""
    head = (
        *("processor", "torch uses", *(f"lines {name}" for name in COLUMNS)),
        *(f"probes {name}" for name in COLUMNS),
        "right answers at full marks",
    )
    rows: list[tuple[str, ...]] = [head, ("---",) * len(head)]
    for found in findings:
        lines = Counter(piece.agreement for piece in found.lines)
        probes = Counter(piece.agreement for piece in found.probes)
        rows.append(
            (
                found.processor,
                found.instructions or "-",
                *(str(lines[kind]) for kind in Agreement),
                *(str(probes[kind]) for kind in Agreement),
                f"{found.answers - len(found.refused)} of {found.answers}",
            )
        )
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def differences(found: Findings) -> list[str]:
    """Return one line for everything that is printed otherwise, and by how much."""
    return [
        f"{found.processor}: {piece.where}: {piece.fresh!r} for {piece.stored!r}"
        f" ({COLUMNS[piece.agreement]})"
        for piece in found.lines
        if piece.agreement in (Agreement.ONE_UNIT, Agreement.TOLERATED)
    ]


def main(words: list[str] | None = None) -> int:
    """Try the named processors, two at a time; return the exit status."""
    parser = argparse.ArgumentParser(prog="tools.processors", description=__doc__)
    parser.add_argument("--course", type=Path, default=ROOT)
    parser.add_argument("processors", nargs="+", metavar="PROCESSOR")
    chosen = parser.parse_args(words)
    jobs = read_jobs(Course.find(chosen.course))
    try:
        for processor in chosen.processors:
            command(processor)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            tried = list(pool.map(lambda name: try_processor(name, jobs), chosen.processors))
    except ProcessorError as error:
        print(f"slopewise: {error}", file=sys.stderr)
        return 1
    print(table(tried))
    for found in tried:
        print("\n".join(differences(found)), end="\n" if differences(found) else "")
    problems = [line for found in tried for line in found.problems]
    for line in problems:
        print(f"slopewise: {line}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
