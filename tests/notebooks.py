"""Notebooks read and run for real, and where the repository is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from slopewise.notebook.course import Course, Lesson

REPOSITORY = Path(__file__).resolve().parent.parent
NAMES = ("01-manual-numpy", "02-autograd", "03-w-squared", "04-linear-sgd", "05-learning-rate")
"""The lessons whose exercises are a contract; what is added is held to what holds for any."""


def own_lessons(course: Course) -> tuple[Lesson, ...]:
    """The lessons of `NAMES`."""
    return tuple(course.lesson(name) for name in NAMES)


CODE_EXERCISES: dict[str, tuple[str, ...]] = {
    "01-manual-numpy": (
        "forward",
        "mse",
        "gradient",
        "numerical_gradient",
        "train",
        "effective_learning_rate",
    ),
    "02-autograd": (
        "leaf",
        "autograd_gradient",
        "autograd_gradients",
        "accumulated_gradient",
        "sgd_update",
        "train",
    ),
    "03-w-squared": (
        "descend",
        "closed_form",
        "regime",
        "steps_to_reach",
        "descend_without_zeroing",
        "descend_with_momentum",
    ),
    "04-linear-sgd": (
        "as_column",
        "make_model",
        "predict",
        "train",
        "sgd_step",
        "LinearRegression",
        "broadcast_shape",
    ),
    "05-learning-rate": (
        "final_loss",
        "curvature",
        "max_learning_rate",
        "best_learning_rate",
        "sweep",
        "rescaled_learning_rate",
        "hessian",
        "standardize",
    ),
}
"""Exercises of the course that ask for code; each has a tutor and hints."""


def run_notebook(notebook: Any, folder: Path) -> Any:
    """Run a notebook from a fresh kernel, going on after errors; the sockets lie in `folder`."""
    client = NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        allow_errors=True,
        coalesce_streams=True,
        record_timing=False,
        resources={"metadata": {"path": str(folder)}},
    )
    client.create_kernel_manager()
    # Two kernels that start at once may pick one TCP port; sockets in a private folder never do.
    client.km.transport = "ipc"
    client.km.ip = str(folder / "kernel")
    client.execute()
    return notebook


def read(path: Path) -> Any:
    """Read a notebook."""
    return nbformat.read(path, as_version=4)
