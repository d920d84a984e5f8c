"""What stands in `autograded/`: whole, or graded again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from nbgrader.utils import rmtree

from slopewise.scoring.record import read_record

Scores = Mapping[tuple[str, str], Mapping[str, float | None]]


def is_whole(folder: Path, student: str, notebooks: Sequence[str], scores: Scores) -> bool:
    """Whether a submission's grading was recorded to its end.

    Args:
        folder: the submission's in `autograded/`.
        student: whose it is.
        notebooks: the names of the submitted notebooks.
        scores: what the gradebook holds, as `SharedGradebook.auto_scores` says it.

    The graded notebook is written before the gradebook is, and its verdicts are in it: where both
    are there and agree, nothing was cut short. What a check's own asserts decided is in the
    gradebook only; there it has to be.
    """
    for name in notebooks:
        path = folder / f"{name}.ipynb"
        recorded = scores.get((student, name))
        if recorded is None:
            if path.exists() or not folder.exists():
                return False
            continue  # not a notebook of the assignment
        record = read_record(path)
        if record.verdicts is None:
            return False
        if any(recorded.get(check) is None for check in record.asserted):
            return False
        for verdict in record.verdicts:
            if recorded.get(f"{verdict.exercise}-check", _MISSING) != verdict.points and (
                recorded.get(verdict.exercise, _MISSING) != verdict.points
            ):
                return False
    return any((student, name) in scores for name in notebooks)


_MISSING = object()


def remove(folder: Path, notebooks: Sequence[str] | None) -> None:
    """Remove a submission from `autograded/`, or only some of its notebooks."""
    if notebooks is None:
        if folder.exists():
            rmtree(str(folder))
        return
    for path in notebooks:
        (folder / Path(path).name).unlink(missing_ok=True)
