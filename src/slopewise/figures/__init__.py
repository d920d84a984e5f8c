"""The learner's pictures: every function takes all it draws, shows one picture, returns None.

Each picture is a PNG with an opaque light background (readable on a dark theme), colours that
colour-blind readers can tell apart, a line style or marker of its own for every curve, and an
alternative text made from the data. The same data give the same bytes.

Importing this costs next to nothing: matplotlib is loaded by the first picture, ipywidgets by
the first slider, and pyplot never.
"""

from slopewise.figures._curves import fit_line, loss_curves, paths
from slopewise.figures._directions import bowls, cross_sections, distances
from slopewise.figures._fit_curves import fit_curves
from slopewise.figures._graph import graph
from slopewise.figures._measurements import residuals, updates
from slopewise.figures._parabola import loss_of_weight, parabola_path
from slopewise.figures._sliders import parabola_slider, rate_slider
from slopewise.figures._steps import parabola_steps
from slopewise.figures._surface import loss_surface
from slopewise.figures._sweeps import gradient_check_error, sweep

__all__ = [
    "bowls",
    "cross_sections",
    "distances",
    "fit_curves",
    "fit_line",
    "gradient_check_error",
    "graph",
    "loss_curves",
    "loss_of_weight",
    "loss_surface",
    "parabola_path",
    "parabola_slider",
    "parabola_steps",
    "paths",
    "rate_slider",
    "residuals",
    "sweep",
    "updates",
]
