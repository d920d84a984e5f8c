"""Where drawing's time goes: every picture of the lessons' solutions, in its four parts.

.. code-block:: console

    $ .venv/bin/python -m benchmarks.pictures             # each part three times, the least counts

*Paint* is Slopewise's own: axes, curves and words put on a figure. The rest is matplotlib's: making
room for what stands around the axes (*layout*), *drawing*, and writing it as *PNG*. *Taken* is what
a picture costs instead that is drawn already. *Cells* is all else that the lesson's cells do.
"""

from __future__ import annotations

import argparse
import importlib
import io
import pkgutil
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
import nbformat
import torch
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from benchmarks.measure import machine
from slopewise import figures
from slopewise.commands.table import table
from slopewise.figures import _style, ready
from slopewise.notebook.course import Course

PARTS = ("paint", "layout", "drawing", "PNG", "taken")


class Watch:
    """Stands in for :func:`slopewise.figures._style.draw` and times each part of a picture."""

    def __init__(self, times: int) -> None:
        self._draw = _style.draw
        self._times = times
        self.seconds: Counter[str] = Counter()
        self.pictures = 0
        self.spent = 0.0
        for module in pkgutil.iter_modules(figures.__path__, f"{figures.__name__}."):
            home = importlib.import_module(module.name)
            if getattr(home, "draw", None) is self._draw:
                home.draw = self  # type: ignore[attr-defined]

    def __call__(
        self, paint: Callable[[Figure], str], width: float, height: float
    ) -> _style.Picture:
        """Draw the picture, and time its parts as often as asked; the least of each counts."""
        begin = time.process_time()
        picture = self._draw(paint, width, height)
        with mpl.rc_context(_style.settings()):
            rounds = [_parts(paint, width, height) for _ in range(self._times)]
        ready.make_ready(*ready.seal(picture.name, picture.png))
        for found in rounds:
            found["taken"] = _seconds(lambda: self._draw(paint, width, height))
        self.seconds.update({part: min(one[part] for one in rounds) for part in PARTS})
        self.pictures += 1
        self.spent += time.process_time() - begin
        return picture


def _parts(paint: Callable[[Figure], str], width: float, height: float) -> dict[str, float]:
    figure = Figure(figsize=(width, height), dpi=_style.DPI, layout="constrained")
    canvas = FigureCanvasAgg(figure)
    steps: dict[str, Callable[[], Any]] = {
        "paint": lambda: paint(figure),
        "layout": lambda: _lay_out(figure),
        "drawing": canvas.draw,
        "PNG": lambda: mpl.image.imsave(io.BytesIO(), canvas.buffer_rgba(), format="png"),
    }
    return {part: _seconds(step) for part, step in steps.items()}


def _seconds(step: Callable[[], Any]) -> float:
    begin = time.process_time()
    step()
    return time.process_time() - begin


def _lay_out(figure: Figure) -> None:
    engine = figure.get_layout_engine()
    assert engine is not None
    engine.execute(figure)
    figure.set_layout_engine(None)


def main() -> None:
    """Run every lesson's solution in this process, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=3, metavar="N")
    times = parser.parse_args().times
    torch.set_num_threads(1)  # as in the box
    shell = InteractiveShell.instance()
    watch = Watch(times)
    rows = []
    for lesson in Course.find(Path(__file__).resolve().parent).lessons:
        cells = nbformat.read(lesson.path_in("solutions"), as_version=4).cells
        _run(shell, cells)  # what is loaded and made ready once is not counted
        watch.seconds.clear()
        watch.pictures, watch.spent = 0, 0.0
        begin = time.process_time()
        _run(shell, cells)
        rest = time.process_time() - begin - watch.spent
        values = [rest, *(watch.seconds[part] for part in PARTS)]
        rows.append((lesson.name, watch.pictures, values))
    sums = [sum(column) for column in zip(*(values for *_, values in rows), strict=True)]
    rows.append(("in all", sum(number for _, number, _ in rows), sums))
    print(
        table(
            ["CPU seconds", "pictures", "cells", *PARTS],
            [[name, str(n), *(f"{one:.2f}" for one in values)] for name, n, values in rows],
        )
    )
    print(machine())


def _run(shell: InteractiveShell, cells: list[Any]) -> None:
    shell.reset()
    with capture_output():
        for cell in cells:
            if cell.cell_type == "code":
                shell.run_cell(cell.source, silent=True)


if __name__ == "__main__":
    main()
