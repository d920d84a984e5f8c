"""Prove the grader: every known answer through the real pipeline, and what came of it.

Mutants of the solutions are a second class, which nobody wrote: they ask whether the hidden checks
leave a question out.
"""

from slopewise.matrix.bench import run_mutants
from slopewise.matrix.mutants import MutantMatrix
from slopewise.matrix.page import write_matrix
from slopewise.matrix.run import AnswerOutcome, ExerciseRow, Matrix, run_matrix

__all__ = [
    "AnswerOutcome",
    "ExerciseRow",
    "Matrix",
    "MutantMatrix",
    "run_matrix",
    "run_mutants",
    "write_matrix",
]
