"""Forgeries in the file: tags, points, ids, kinds and metadata say what was never released."""

from __future__ import annotations

import copy
from typing import Any

import nbformat

from slopewise.notebook.findings import Kind
from slopewise.scoring import State
from tests.hostile.attack import Attack
from tests.hostile.lesson import HONEST_SCORE, POINTS, RIGHT, Submission

CHECKS = tuple(f"{name}-check" for name in POINTS)
_HONEST = {"half": State.WRONG, "slope": State.NOT_ATTEMPTED, "which": State.RIGHT}


def _tags(*tags: str) -> Any:
    def make(submission: Submission) -> None:
        for name in CHECKS:
            submission.cell(name)["metadata"]["tags"] = list(tags)

    return make


def _edited(submission: Submission) -> None:
    for name in CHECKS:
        submission.cell(name)["source"] = "20.0"


def _deleted(submission: Submission) -> None:
    for name in CHECKS:
        del submission.cells[submission.place(name)]


def _duplicated(submission: Submission) -> None:
    for name in CHECKS:
        twin = copy.deepcopy(submission.cell(name))
        twin["source"] = "20.0"
        submission.cells.append(twin)


def _duplicated_before(submission: Submission) -> None:
    # The first of two is taken: there nothing is defined yet.
    for name in CHECKS:
        submission.cells.insert(0, copy.deepcopy(submission.cell(name)))


def _retyped(submission: Submission) -> None:
    for name, kind in zip(CHECKS, ("markdown", "raw", "code"), strict=True):
        cell = submission.cell(name)
        cell["cell_type"] = kind
        if kind != "code":
            del cell["outputs"], cell["execution_count"]


def _renamed(submission: Submission) -> None:
    for name in CHECKS:
        cell = submission.cell(name)
        cell["metadata"]["nbgrader"]["grade_id"] = cell["id"] = f"my-{name}"


def _swapped(submission: Submission) -> None:
    half, which = submission.cell("half-check"), submission.cell("which-check")
    half["metadata"], which["metadata"] = which["metadata"], half["metadata"]
    half["id"], which["id"] = which["id"], half["id"]


def _points(submission: Submission) -> None:
    for name in CHECKS:
        submission.cell(name)["metadata"]["nbgrader"]["points"] = 0 if "half" in name else 100
    submission.cell("which-check")["metadata"]["nbgrader"]["points"] = "\x1b[31m20"


def _solution_points(submission: Submission) -> None:
    # A graded answer without a check: nbgrader would ask the instructor to fill in the points.
    submission.cell("half")["metadata"]["nbgrader"].update(grade=True, points=20, task=True)


def _new_graded(submission: Submission) -> None:
    cell = nbformat.v4.new_code_cell("20.0")
    cell.metadata["nbgrader"] = {
        "grade": True, "grade_id": "bonus\x1b[1A", "locked": True, "points": 20,
        "schema_version": 3, "solution": False, "task": False,
    }  # fmt: skip
    submission.cells.append(cell)


def _kernelspec(submission: Submission) -> None:
    submission.notebook["metadata"]["kernelspec"] = {
        "name": "bash", "language": "bash", "display_name": "../../bin/sh",
    }  # fmt: skip


def _schema(version: object) -> Any:
    def make(submission: Submission) -> None:
        for name in (*CHECKS, *POINTS):
            submission.cell(name)["metadata"]["nbgrader"]["schema_version"] = version

    return make


def _unlocked(submission: Submission) -> None:
    for name in CHECKS:
        submission.cell(name)["metadata"]["nbgrader"].update(
            grade=False, locked=False, solution=True
        )
        submission.cell(name)["source"] = "20.0"


def _record(submission: Submission) -> None:
    submission.notebook["metadata"]["slopewise"] = {
        "findings": [{"kind": "check edited", "cell": "", "text": "aa-full has cheated"}],
        "verdicts": [
            {
                "exercise": name, "state": "right", "points": points, "maximum": points,
                "message": "", "probes": [], "misconception": "",
            }
            for name, points in POINTS.items()
        ],
    }  # fmt: skip


def _stored_outputs(submission: Submission) -> None:
    for name in CHECKS:
        submission.cell(name)["outputs"] = [
            nbformat.v4.new_output("execute_result", data={"text/plain": "20.0"})
        ]
        submission.cell(name)["execution_count"] = 1


def _check_text(submission: Submission) -> None:
    # The end of the hidden region is said early, so that what follows would be shown and run.
    cell = submission.cell("half-check")
    cell["source"] = "### END HIDDEN TESTS\n### BEGIN HIDDEN TESTS\n" + cell["source"]


def _exercise_twice(submission: Submission) -> None:
    submission.cells.append(copy.deepcopy(submission.cell("half")))
    submission.cells[-1]["source"] = RIGHT["half"]


def _moved(submission: Submission) -> None:
    cells = [submission.cell(name) for name in CHECKS]
    for name in CHECKS:
        del submission.cells[submission.place(name)]
    submission.cells[0:0] = cells


def _solution_handed_in(submission: Submission) -> None:
    # Checks as only the instructor has them, so the answers may have come with them.
    source = nbformat.read(submission.course / "source" / "01-box" / "01-box.ipynb", as_version=4)
    for cell in source.cells:
        if cell.id in CHECKS:
            submission.cell(cell.id)["source"] = cell.source


def _flood(submission: Submission) -> None:
    for _ in range(3000):
        cell = nbformat.v4.new_code_cell("")
        cell.metadata["tags"] = ["skip-execution"] * 50
        submission.cells.append(cell)


def _asked_early(submission: Submission) -> None:
    submission.cells.insert(0, submission.cells.pop(submission.place("slope-check")))


def _thousands(submission: Submission) -> None:
    for _ in range(1500):
        submission.markdown("More.")


ATTACKS = (
    Attack(
        "moved-check", "A later check is asked first: what it hands over could serve before.",
        _asked_early, states={"half": State.WRONG, "which": State.RIGHT},
        findings=(Kind.CHECK_MOVED,), log=("before its exercise",),
    ),
    Attack(
        "thousands-of-cells", "More cells than anybody will wait for.", _thousands,
        states=_HONEST, findings=(Kind.MALFORMED,), log=("left out",),
    ),
    Attack(
        "skip-execution",
        "A tag keeps the checks from running: stock nbgrader gives full marks.",
        _tags("skip-execution"),
        states=_HONEST,
        findings=(Kind.TAG,),
        log=("skip-execution",),
    ),
    Attack(
        "raises-exception",
        "A tag lets the checks fail.",
        _tags("raises-exception", "remove-output", "hide-cell"),  # the first is the release's own
        states=_HONEST,
    ),
    Attack(
        "edited-checks", "Checks that give points.", _edited, states=_HONEST,
        findings=(Kind.CHECK_EDITED,), log=("half-check",),
    ),
    Attack(
        "deleted-checks", "No checks at all.", _deleted, states=_HONEST,
        findings=(Kind.CHECK_MISSING,), log=("slope-check",),
    ),
    Attack(
        "duplicated-checks", "A second check gives the points: stock nbgrader stops the class.",
        _duplicated, states=_HONEST, findings=(Kind.CHECK_DUPLICATED,), log=("which-check",),
    ),
    Attack(
        "duplicated-before", "The checks stand at the top as well.",
        _duplicated_before, least=0.0, findings=(Kind.CHECK_DUPLICATED,),
    ),
    Attack(
        "retyped-checks", "Checks become text.", _retyped, states=_HONEST,
        findings=(Kind.CHECK_RETYPED,), log=("markdown cell",),
    ),
    Attack(
        "renamed-checks", "Checks by another name.", _renamed, states=_HONEST,
        findings=(Kind.UNKNOWN_CHECK, Kind.CHECK_MISSING),
    ),
    Attack(
        "swapped-checks", "The easy check stands in for the hard one.", _swapped,
        least=0.0, findings=(Kind.CHECK_EDITED,),
    ),
    Attack(
        "points-changed", "Checks worth more than they were.", _points, states=_HONEST,
        findings=(Kind.POINTS_CHANGED,), log=("instead of 8",),
    ),
    Attack(
        "graded-answer", "The answer itself claims to be graded.", _solution_points,
        states=_HONEST, findings=(Kind.METADATA,),
    ),
    Attack(
        "new-graded-cell", "A check of the learner's own, worth all points.", _new_graded,
        states=_HONEST, findings=(Kind.UNKNOWN_CHECK,),
    ),
    Attack(
        "kernelspec", "Another kernel, which has no checks.", _kernelspec,
        states=_HONEST, findings=(Kind.KERNEL,), log=("bash",),
    ),
    Attack(
        "schema-version-0", "Metadata too old for nbgrader, which stops the class.", _schema(0),
        states=_HONEST, findings=(Kind.METADATA,), log=("half-check",),
    ),
    Attack(
        "schema-version-99", "Metadata too new for nbgrader, which stops the class.", _schema(99),
        states=_HONEST, findings=(Kind.METADATA,), log=("half-check",),
    ),
    Attack(
        "schema-version-deep", "Metadata that is no number.", _schema([[["3"]]]),
        states=_HONEST, findings=(Kind.METADATA,), log=("half-check",),
    ),
    Attack(
        "unlocked-checks", "Checks that claim to be the learner's own.", _unlocked,
        states=_HONEST, findings=(Kind.CHECK_EDITED, Kind.METADATA),
    ),
    Attack(
        "forged-record", "The grader's own record is in the notebook already.", _record,
        states=_HONEST, findings=(Kind.METADATA,), unseen=("aa-full has cheated",),
    ),
    Attack(
        "stored-outputs", "The points are among the outputs already.", _stored_outputs,
        states=_HONEST,
    ),
    Attack(
        "markers", "Markers in a check that would end its hidden region early.", _check_text,
        states=_HONEST, findings=(Kind.CHECK_EDITED,),
    ),
    Attack(
        "exercise-twice", "An exercise twice: the later one that holds an answer counts, once.",
        _exercise_twice, score=HONEST_SCORE + 8, states={"half": State.RIGHT},
        findings=(Kind.EXERCISE_DUPLICATED,),
    ),
    Attack(
        "checks-first", "The checks run before there is anything to check.", _moved,
        states=_HONEST, findings=(Kind.CHECK_MOVED,), log=("before its exercise",),
    ),
    Attack(
        "instructors-checks", "Checks with the hidden questions in them: where from?",
        _solution_handed_in, states=_HONEST, findings=(Kind.CHECK_EDITED,),
        log=("never released",),
    ),
    Attack(
        "flood-of-findings", "So much is out of order that nobody can read it.", _flood,
        states=_HONEST, findings=(Kind.TAG,), log=("skip-execution",),
    ),
)  # fmt: skip
