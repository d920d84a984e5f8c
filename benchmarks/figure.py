"""What the benchmark found, as a picture."""

from __future__ import annotations

from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from benchmarks.rows import Row

_LOOKS = {
    "stock": ("stock nbgrader", "s--", "#D55E00"),
    "drawn": ("Slopewise, pictures drawn", "^-", "#56B4E9"),
    "words": ("Slopewise", "o-", "#0072B2"),
}


def draw(rows: list[Row], path: Path) -> None:
    """Draw wall and CPU seconds a notebook against the size of the class."""
    figure = Figure(figsize=(8, 3.6), dpi=110, layout="constrained")
    FigureCanvasAgg(figure)
    panels = figure.subplots(1, 2)
    for axes, part in zip(panels, ("wall", "cpu"), strict=True):
        for name, (label, look, colour) in _LOOKS.items():
            found = [(row.submissions, getattr(row, name)) for row in rows if getattr(row, name)]
            axes.plot(
                [size for size, _ in found],
                [getattr(one, part) / size for size, one in found],
                look,
                color=colour,
                label=label,
            )
        axes.set(xscale="log", yscale="log", xlabel="submissions")
        sizes = [row.submissions for row in rows]
        axes.set_xticks(sizes, [str(size) for size in sizes])
        axes.minorticks_off()
        ticks = [0.2, 0.5, 1, 2, 5, 10]
        axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
        axes.grid(alpha=0.3, which="both")
    sizes = [row.submissions for row in rows]
    for kind, line in (("words", "k:"), ("drawn", "k-.")):
        floor = [getattr(row, f"floor_{kind}") / row.submissions for row in rows]
        label = "floor" if kind == "words" else "floor, pictures drawn"
        panels[1].plot(sizes, floor, line, label=label)
    panels[0].set_title("wall seconds a notebook")
    panels[1].set_title("CPU seconds a notebook")
    handles, labels = panels[1].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=3, frameon=False)
    figure.savefig(path, metadata={"Software": None})
