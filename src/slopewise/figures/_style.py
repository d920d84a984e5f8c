"""How a picture looks and how it reaches the notebook."""

from __future__ import annotations

import base64
import io
import os
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from slopewise.figures import ready
from slopewise.figures._sketch import Notes, Sketch

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DPI = 100

#: Where this environment variable says `words`, pictures are told instead of drawn: while a class
#: is graded nobody looks, and drawing costs nearly as much as all other cells of a lesson together.
MODE = "SLOPEWISE_PICTURES"
IN_WORDS = "words"

# Okabe and Ito's colours without the yellow, which is too pale on white.
BLUE, RED, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
ORANGE, SKY, BLACK, GREY = "#E69F00", "#56B4E9", "#000000", "#666666"

COLOURS = (BLUE, RED, GREEN, PURPLE, BLACK, ORANGE, SKY)
LINES: tuple[Any, ...] = ("-", "--", "-.", ":", (0, (6, 1, 1, 1, 1, 1)))
MARKERS = ("o", "s", "^", "D", "v", "X", "P")

_SETTINGS: dict[str, Any] = {
    "axes.axisbelow": True,
    "axes.edgecolor": "#333333",
    "axes.grid": True,
    "axes.labelsize": 11,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": 11,
    "figure.constrained_layout.h_pad": 0.06,
    "figure.constrained_layout.w_pad": 0.09,
    "figure.facecolor": "#ffffff",
    "figure.titlesize": 12,
    "font.family": ["DejaVu Sans"],
    "font.size": 10,
    "grid.color": "#dddddd",
    "legend.frameon": False,
    "legend.handlelength": 3.2,
    "savefig.facecolor": "#ffffff",
}


@dataclass(frozen=True)
class Picture:
    """A finished picture: PNG bytes, what it shows in words, its size in pixels, its name.

    png is empty where pictures are only told. The same name means the same picture; there may be
    none.
    """

    png: bytes
    alt: str
    width: int
    height: int
    name: str = ""

    @property
    def encoded(self) -> str:
        """The PNG in base64, as notebooks and web pages hold it."""
        return base64.b64encode(self.png).decode("ascii")


def draw(paint: Callable[[Figure], str], width: float, height: float) -> Picture:
    """Let `paint` draw on a fresh figure of that size in inches; it returns the alternative text.

    The learner's own matplotlib settings neither change the picture nor are changed by it.
    """
    size = (round(width * DPI), round(height * DPI))
    if os.environ.get(MODE) == IN_WORDS:
        return Picture(b"", paint(cast("Figure", Sketch(width))), *size)
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    notes = Notes()
    notes.add(mpl.__version__, DPI, width, height, _SETTINGS)
    with mpl.rc_context(settings()):
        alt = paint(cast("Figure", Sketch(width, notes)))
        name = notes.name()
        if png := ready.opened(name):
            return Picture(png, alt, *size, name)
        figure = Figure(figsize=(width, height), dpi=DPI, layout="constrained")
        canvas: Any = FigureCanvasAgg(figure)  # its stubs leave `print_png` untyped
        alt = paint(figure)
        file = io.BytesIO()
        # `savefig` draws twice where there is a layout, the first time for the layout's sake alone.
        canvas.print_png(file, metadata={"Software": None})
    return Picture(file.getvalue(), alt, *size, name)


def settings() -> Any:
    """Return all of matplotlib's settings that decide how a picture looks."""
    import matplotlib as mpl

    defaults = {key: mpl.rcParamsDefault[key] for key in mpl.rcParams if _is_look(key)}
    return defaults | _SETTINGS


def show(picture: Picture) -> None:
    """Display `picture` in the notebook; outside IPython, print what it shows."""
    from IPython.core.getipython import get_ipython
    from IPython.display import display

    if get_ipython() is None:
        print(picture.alt)
        return
    if not picture.png:
        display({"text/plain": told(picture)}, raw=True)
        return
    display(
        {"image/png": picture.encoded, "text/plain": picture.alt},
        metadata={
            "needs_background": "light",  # JupyterLab looks here, nbconvert in both places
            "image/png": {
                "alt": picture.alt,
                "needs_background": "light",
                "width": picture.width,
                "height": picture.height,
                "name": picture.name,
            },
        },
        raw=True,
    )


def told(picture: Picture) -> str:
    """What stands in the place of a picture that was not drawn."""
    return textwrap.fill(f"[Picture, told in words while grading. {picture.alt}]", 100)


def curve_style(index: int, n_points: int, n_curves: int = 1) -> dict[str, Any]:
    """Colour, line and marker of curve `index`; the first is wider, to show below a twin."""
    every = max(1, n_points // (24 if n_curves == 1 else 10))
    return {
        "color": COLOURS[index % len(COLOURS)],
        "linestyle": LINES[index % len(LINES)],
        "marker": MARKERS[index % len(MARKERS)],
        "markevery": (index * max(1, every // 3) % every, every),
        "markersize": 6 if index or n_curves == 1 else 8,
        "markerfacecolor": "#ffffff" if index % 2 == 0 else COLOURS[index % len(COLOURS)],
        "linewidth": 1.8 if index or n_curves == 1 else 3.0,
    }


def heading(figure: Figure, title: str | None) -> None:
    """The title over the whole figure, broken into lines that fit."""
    if title:
        figure.suptitle(textwrap.fill(title, round(figure.get_figwidth() * 11)))


def legend_rows(labels: list[str], width: float = 7.2) -> tuple[int, int]:
    """(columns, rows) in which a legend with these labels fits `width` inches."""
    longest = max(map(len, labels)) * 0.085 + 0.75
    columns = max(1, min(len(labels), int(width // longest)))
    return columns, -(-len(labels) // columns)


def legend_below(figure: Figure, axes: Axes, columns: int) -> None:
    """A legend under the axes, where it cannot cover anything."""
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=columns)


def whole_numbers(axes: Axes) -> None:
    """Ticks of the x axis at whole numbers only."""
    from matplotlib.ticker import MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True))


def log_axis(axes: Axes, which: str, low: float, high: float) -> None:
    """A logarithmic axis from `low` to `high` whose ticks read like Python numbers."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    narrow = high / low < 200
    (axes.set_xscale if which == "x" else axes.set_yscale)("log")
    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_major_locator(LogLocator(subs=(1, 2, 5) if narrow else (1,), numticks=9))
    axis.set_major_formatter(FuncFormatter(plain))
    axis.set_minor_formatter(NullFormatter())
    (axes.set_xlim if which == "x" else axes.set_ylim)(low, high)


def plain(value: float, _position: float) -> str:
    """A tick's label, as Python writes the number."""
    return f"{value:g}"


def _is_look(key: str) -> bool:
    return not key.startswith(("backend", "interactive", "toolbar", "webagg", "tk.", "datapath"))
