"""Prove the grader: every known answer through the real pipeline, and what came of it."""

from slopewise.matrix.page import write_matrix
from slopewise.matrix.run import AnswerOutcome, ExerciseRow, Matrix, run_matrix

__all__ = ["AnswerOutcome", "ExerciseRow", "Matrix", "run_matrix", "write_matrix"]
