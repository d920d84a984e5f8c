"""The pictures through their public face: what is displayed, never how it is drawn."""

import base64
import functools
import math
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from IPython.utils.capture import capture_output

from slopewise import figures

X = np.array([1, 2, 3, 4], dtype=np.float32)
Y = 2 * X
INF, NAN = math.inf, math.nan


def shown(figure: Callable[..., None], *args: Any, **options: Any) -> tuple[bytes, str]:
    """The PNG and the alternative text of the one picture that a call displays."""
    with capture_output() as captured:
        figure(*args, **options)
    assert not captured.stdout
    assert not captured.stderr
    (output,) = captured.outputs
    picture = output.metadata["image/png"]
    assert set(output.data) == {"image/png", "text/plain"}
    assert picture["alt"] == output.data["text/plain"]
    assert output.metadata["needs_background"] == picture["needs_background"] == "light"
    png = base64.b64decode(output.data["image/png"])
    assert png.startswith(b"\x89PNG")
    size = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    assert size == (picture["width"], picture["height"])
    assert size[0] <= 1000
    return png, picture["alt"]


CALLS: dict[str, tuple[Callable[..., None], tuple[Any, ...], dict[str, Any]]] = {
    "fit_line": (figures.fit_line, (X, Y, {"before": (0, 0), "after": (1.92, 0.5)}), {}),
    "fit_curves": (
        figures.fit_curves,
        (X, Y, {"level": np.full(4, 5.0), "right": Y, "wild": [0, 1, INF, 2]}),
        {},
    ),
    "loss_curves": (figures.loss_curves, ({"a": [30, 5, 1.23456], "b": [30, 2, 0]},), {}),
    "log": (figures.loss_curves, ({"a": [30, 5, 1.23456]},), {"log": True, "title": "Loss"}),
    "paths": (figures.paths, ({"mean": [0, 1, 1.5, 1.5], "sum": [0, 3, -2, 6]},), {"target": 2.0}),
    "loss_of_weight": (
        figures.loss_of_weight,
        (X, Y, (-1, 5)),
        {"path": [0, 0.3, 0.555], "tangent_at": 0},
    ),
    "gradient_check_error": (
        figures.gradient_check_error,
        ([1e-6, 1e-4, 1e-2], {"float64": [1e-10, 1e-12, 0], "float32": [3.0, 0.01, 1e-3]}),
        {},
    ),
    "graph": (
        figures.graph,
        ({"w": ("w", (0, 0)), "J": ("loss", (1, 0))}, [("w", "J", "slope -30")]),
        {"title": "Graph"},
    ),
    "parabola_path": (figures.parabola_path, ({"0.1": [10, 8, 6.4], "0.9": [10, -8, 6.4]},), {}),
    "parabola_steps": (
        figures.parabola_steps,
        ({"creeps": [10, 8, 6.4], "bounces": [10, -10, 10], "leaves": [10, -30, INF]},),
        {"title": "Steps"},
    ),
    "loss_surface": (
        figures.loss_surface,
        (X, Y, {"slow": [(0, 0), (1, 0.3)], "fast": [(0, 0), (1.9, 0.1)]}),
        {},
    ),
    "paths, swinging": (
        figures.paths,
        ({"wave": [10, 8, 4.4, -0.1, -4.5, -8, -9.9, -9, -6, -2, 3, 6, 9, 10, 9, 6, 2, -2, -6]},),
        {},
    ),
    "residuals": (figures.residuals, (X, Y + 1, [1.0, 2.5]), {"title": "Bars"}),
    "updates": (figures.updates, (X, Y, [0.0, 0.9, 1.395]), {"title": "Two updates"}),
    "sweep": (
        figures.sweep,
        ([0.01, 0.05, 0.1, 0.2], [3.0, 0.5, 0.02, INF]),
        {"border": 0.133, "best": 0.0667},
    ),
    "cross_sections": (figures.cross_sections, ({"steep": 15.0, "flat": 0.5},), {"title": "Two"}),
    "distances": (figures.distances, ({"steep": [1, -0.25], "flat": [1, 0.9]},), {}),
    "distances, some": (figures.distances, ({"b": [1, 0.5, 0.25]},), {"every": 20}),
    "graph, no computation": (
        figures.graph,
        ({"name": ("w", (0, 0)), "leaf": ("a leaf", (1, 0))}, [("name", "leaf", "before")]),
        {"what": "A name and a tensor"},
    ),
    "bowls": (
        figures.bowls,
        ({"valley": (X, Y, [(0, 0), (1, 0.3)]), "round": (X - 2.5, Y, [(0, 0), (1, 4.0)])},),
        {"title": "Two bowls"},
    ),
    "bowls, one": (figures.bowls, ({"valley": (X, Y, [(0, 0), (1, 0.3)])},), {"arrows": False}),
}
NUMBERS = {
    "fit_line": ["4 data points", "2 lines", "y = 1.92 x + 0.5"],
    "fit_curves": ["4 data points", "level has the mean squared error 5", "right", "wild diverged"],
    "loss_curves": ["a falls from 30 to 1.23", "b falls from 30 to nearly 0", "epoch 0 to 2"],
    "log": ["log axis", "1.23"],
    "paths": ["mean goes from 0 to 1.5", "zigzags", "target 2"],
    "paths, swinging": ["wave goes from 10 to -6, turning 2 times between -9.9 and 10"],
    "loss_of_weight": ["lowest near w = 2", "slope -30", "from 0 to 0.555 in 2 steps"],
    "gradient_check_error": ["float64 is best at h = 0.01, exactly 0", "float32", "1e-03"],
    "graph": ["2 nodes", "w to loss (slope -30)"],
    "parabola_path": ["10 to 6.4 in 2 steps", "from one side", "from side to side"],
    "parabola_steps": ["creeps: w goes from 10 to 6.4 in 2 steps", "jumping over 0", "diverged"],
    "loss_surface": ["lowest at (2, nearly 0)", "fast goes from (0, 0) to (1.9, 0.1) in 1 step"],
    "residuals": ["4 data points", "w = 1, 4 points above", "1 point above the line and 2 below"],
    "updates": ["2 updates", "slope is -30, 0.9 to w = 0.9", "slope is -16.5, 0.495 to w = 1.4"],
    "cross_sections": ["steep reaches 7.5 at distance 1, curvature 15", "flat reaches 0.25"],
    "distances": ["log axis", "steep falls from 1 to 0.25", "flat falls from 1 to 0.9"],
    "distances, some": ["over epoch 0 to 40", "b falls from 1 to 0.25"],
    "graph, no computation": ["A name and a tensor: w to a leaf (before)"],
    "bowls": ["curvatures 16.7 and 0.299", "lowest at (2, 5)", "from (0, 0) to (1, 4) in 1 step"],
    "bowls, one": ["lowest at (2, nearly 0)", "from (0, 0) to (1, 0.3) in 1 step"],
    "sweep": ["smallest, 0.02, at rate 0.1", "diverged", "border 0.133", "best rate 0.0667"],
}


@functools.cache
def example(name: str) -> tuple[bytes, str]:
    figure, args, options = CALLS[name]
    return shown(figure, *args, **options)


@pytest.mark.parametrize("name", CALLS)
def test_one_picture_with_a_true_description(name: str) -> None:
    _, alt = example(name)
    for words in NUMBERS[name]:
        assert words in alt
    assert alt.endswith(".")


@pytest.mark.parametrize("name", CALLS)
def test_in_words_the_description_stands_alone(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _, alt = example(name)
    monkeypatch.setenv("SLOPEWISE_PICTURES", "words")
    figure, args, options = CALLS[name]
    with capture_output() as captured:
        figure(*args, **options)
    (output,) = captured.outputs
    assert set(output.data) == {"text/plain"}
    told = output.data["text/plain"]
    assert max(map(len, told.splitlines())) <= 100
    assert " ".join(told.split()) == f"[Picture, told in words while grading. {alt}]"


def test_in_words_bad_input_is_told_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLOPEWISE_PICTURES", "words")
    with pytest.raises(ValueError, match="empty, nothing to draw"):
        figures.loss_curves({"a": []})


@pytest.mark.parametrize("name", CALLS)
def test_same_bytes_twice_whatever_the_learner_has_set(name: str) -> None:
    import matplotlib as mpl

    figure, args, options = CALLS[name]
    before = example(name)
    with mpl.rc_context({"font.size": 20.0, "axes.facecolor": "black", "lines.linewidth": 9.0}):
        changed = dict(mpl.rcParams)
        assert shown(figure, *args, **options) == before
        assert dict(mpl.rcParams) == changed
    assert b"matplotlib" not in before[0].lower()


BROKEN: list[tuple[str, Callable[..., None], tuple[Any, ...], dict[str, Any]]] = [
    ("differ in length: 4 and 3", figures.fit_line, (X, Y[:3], {"a": (1, 0)}), {}),
    (r"expected \(w, b\)", figures.fit_line, (X, Y, {"a": (1, 0, 0)}), {}),
    ("x: empty", figures.fit_line, ([], [], {"a": (1, 0)}), {}),
    ("must be finite", figures.fit_line, ([1, NAN], [1, 2], {"a": (1, 0)}), {}),
    ("3 predictions for 4 x", figures.fit_curves, (X, Y, {"a": Y[:3]}), {}),
    ("curves: empty", figures.loss_curves, ({},), {}),
    ("'a': empty", figures.loss_curves, ({"a": []},), {}),
    ("expected a dict", figures.loss_curves, ([1, 2],), {}),
    ("sequence of numbers", figures.paths, ({"a": None},), {}),
    ("sequence of numbers", figures.paths, ({"a": ["x"]},), {}),
    (r"expected shape \(n,\)", figures.paths, ({"a": np.zeros((2, 3))},), {}),
    ("two different", figures.loss_of_weight, (X, Y, (1, 1)), {}),
    ("tangent_at", figures.loss_of_weight, (X, Y, (0, 1)), {"tangent_at": NAN}),
    ("differ in length: 1 and 2", figures.gradient_check_error, ([1, 2], {"a": [1]}), {}),
    ("must be positive", figures.gradient_check_error, ([0.0], {"a": [1]}), {}),
    ("no node 'b'", figures.graph, ({"a": ("a", (0, 0))}, [("a", "b", "")]), {}),
    ("nodes: empty", figures.graph, ({}, []), {}),
    ("'p': empty", figures.parabola_path, ({"p": []},), {}),
    ("pairs", figures.loss_surface, (X, Y, {"p": [1, 2, 3]}), {}),
    ("differ in length: 2 and 1", figures.sweep, ([0.1, 0.2], [1.0]), {}),
    ("must be positive", figures.sweep, ([-0.1], [1.0]), {}),
]


@pytest.mark.parametrize(("message", "figure", "args", "options"), BROKEN)
def test_bad_input_is_said_in_one_line(
    message: str, figure: Callable[..., None], args: tuple[Any, ...], options: dict[str, Any]
) -> None:
    with capture_output() as captured, pytest.raises(ValueError, match=message) as caught:
        figure(*args, **options)
    assert "\n" not in str(caught.value)
    assert not captured.outputs


@pytest.mark.parametrize(("end", "log"), [(INF, False), (-INF, True), (NAN, False), (1e200, True)])
def test_curves_that_blow_up_are_cut_and_said_to_diverge(end: float, log: bool) -> None:
    curves = {"fine": [30.0, 3.0, 1.0, 0.5], "wild": [30.0, 300.0, 3000.0, end]}
    _, alt = shown(figures.loss_curves, curves, log=log)
    assert "wild rises from 30 to 3000, then diverged" in alt
    assert "fine falls from 30 to 0.5;" in alt


def test_nothing_finite_is_still_a_picture() -> None:
    assert "diverged at once" in shown(figures.loss_curves, {"a": [NAN, 1.0]})[1]
    assert "diverged at once" in shown(figures.loss_curves, {"a": [INF]}, log=True)[1]
    assert "diverged" in shown(figures.parabola_path, {"a": [INF]})[1]
    assert "diverged" in shown(figures.loss_surface, X, Y, {"a": [(NAN, 0.0)]})[1]
    assert "diverged" in shown(figures.loss_of_weight, X, Y, (0, 4), path=[NAN])[1]
    assert "diverged" in shown(figures.fit_line, X, Y, {"a": (INF, 0.0)})[1]
    assert "diverged" in shown(figures.sweep, [0.1, 0.2], [INF, NAN])[1]


def test_a_path_that_leaves_does_not_squeeze_the_others() -> None:
    wild = [2 - 2 * (-1.2) ** k for k in range(60)]
    one, _ = shown(figures.paths, {"fine": [0, 1, 1.5] * 20, "wild": wild}, target=2)
    more, _ = shown(figures.paths, {"fine": [0, 1, 1.5] * 20, "wild": [*wild[:-1], 1e60]}, target=2)
    assert one == more  # how far beyond the picture it ends cannot be seen


def test_all_losses_zero_fit_on_a_log_axis() -> None:
    assert "stays at 0" in shown(figures.loss_curves, {"a": [0.0, 0.0]}, log=True)[1]


def test_tensors_columns_and_generators_are_taken() -> None:
    torch = pytest.importorskip("torch")
    column = torch.tensor(X).reshape(-1, 1)
    w = torch.tensor(1.92, requires_grad=True)
    b = torch.tensor(0.5, requires_grad=True)
    with_arrays = shown(figures.fit_line, X, Y, {"after": (w.item(), 0.5)})
    assert shown(figures.fit_line, column, 2 * column, {"after": (w, b)}) == with_arrays
    assert "0 to 1.92" in shown(figures.paths, {"w": [0.0 * w, w]})[1]
    assert "from 0 to 4." in shown(figures.paths, {"w": (k * k for k in range(3))})[1]
    assert "(1.92, 0.5)" in shown(figures.loss_surface, X, Y, {"a": [(0, 0), (w, b)]})[1]


def test_each_path_has_a_panel_of_its_own() -> None:
    sizes = []
    for n in (2, 3, 4):
        png, _ = shown(figures.parabola_path, {f"rate {k}": [10, 8] for k in range(n)})
        sizes.append((int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")))
    assert sizes[0][0] < sizes[1][0]
    assert sizes[2][1] > sizes[1][1]


def test_pictures_need_no_pyplot_and_importing_loads_nothing_heavy() -> None:
    code = """
import sys
from slopewise import figures
heavy = {"matplotlib", "ipywidgets", "torch", "IPython"} & set(sys.modules)
assert not heavy, heavy
figures.loss_curves({"a": [3, 2, 1]}, log=True)
figures.loss_surface([1, 2], [2, 4], {"a": [(0, 0), (1, 1)]})
assert "matplotlib.pyplot" not in sys.modules
assert "ipywidgets" not in sys.modules
others = [n for n in sys.modules if n.startswith("slopewise.") and "figures" not in n]
assert all(n.startswith(("slopewise.probe", "slopewise.errors")) for n in others), others
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Loss over epoch 0 to 2, log axis: a falls from 3 to 1.")


def test_the_public_names_are_the_pictures_only() -> None:
    assert sorted(figures.__all__) == [
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
    for name in figures.__all__:
        assert getattr(figures, name).__doc__
