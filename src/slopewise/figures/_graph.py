"""A computation graph: boxes and arrows."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from slopewise.figures import _style as style
from slopewise.figures._data import counted, listed, named

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CHARACTER, LINE, ROW = 0.1, 0.2, 0.95  # inches: of a letter, of a text line, between rows


def graph(
    nodes: Mapping[str, tuple[str, tuple[float, float]]],
    edges: Sequence[tuple[str, str, str]],
    *,
    title: str | None = None,
    what: str | None = None,
) -> None:
    """Show boxes and the arrows between them, such as a computation graph.

    nodes: id -> (label, (column, row)), row 0 on top. edges: (from id, to id, label), the label
    may be empty. what: what the alternative text calls it, where it is no computation graph.
    """
    boxes = named(nodes, "nodes")
    arrows = [(str(a), str(b), str(label)) for a, b, label in edges]
    for a, b, _ in arrows:
        for end in (a, b):
            if end not in boxes:
                raise ValueError(f"edge {a!r} -> {b!r}: there is no node {end!r}")
    texts = {key: str(label) for key, (label, _) in boxes.items()}
    sizes = {key: _size(text) for key, text in texts.items()}
    columns = _columns({k: float(p[0]) for k, (_, p) in boxes.items()}, sizes, arrows)
    top = min(float(place[1]) for _, place in boxes.values())
    where = {
        key: (columns[float(place[0])], (top - float(place[1])) * ROW)
        for key, (_, place) in boxes.items()
    }
    bends = [_bend(arrows, index, where, sizes) for index in range(len(arrows))]
    tips = [_aside(where[a], where[b], bend) for (a, b, _), bend in zip(arrows, bends, strict=True)]
    left = min(where[k][0] - sizes[k][0] / 2 for k in boxes) - 0.15
    right = max(where[k][0] + sizes[k][0] / 2 for k in boxes) + 0.15
    edge = [where[k][1] + sign * sizes[k][1] / 2 for k in boxes for sign in (-1, 1)]
    edge += [float(tip[1]) + sign * 0.3 for tip in tips for sign in (-1, 1)]
    low, high = min(edge) - 0.1, max(edge) + 0.1
    half = max(4.0, right - left) / 2
    left, right = (left + right) / 2 - half, (left + right) / 2 + half

    def paint(figure: Figure) -> str:
        axes = figure.add_subplot(xlim=(left, right), ylim=(low, high), aspect="equal")
        axes.set_axis_off()
        for key, place in where.items():
            _box(axes, place, sizes[key], texts[key])
        for index, (a, b, label) in enumerate(arrows):
            _arrow(axes, where, sizes, (a, b), label, bends[index])
        style.heading(figure, title)
        told = [
            f"{_flat(texts[a])} to {_flat(texts[b])}" + (f" ({_flat(label)})" if label else "")
            for a, b, label in arrows
        ]
        head = what or f"Computation graph with {counted(len(boxes), 'node')}"
        return f"{head}: " + listed(told or [_flat(text) for text in texts.values()])

    extra = 0.55 if title else 0.2
    style.show(style.draw(paint, right - left + 0.2, high - low + extra))


def _size(text: str) -> tuple[float, float]:
    lines = text.split("\n")
    return max(0.55, max(map(len, lines)) * CHARACTER + 0.25), 0.22 + LINE * len(lines)


def _columns(
    at: dict[str, float],
    sizes: dict[str, tuple[float, float]],
    arrows: list[tuple[str, str, str]],
) -> dict[float, float]:
    """Where each column lies, in inches, so that boxes and the labels between them have room."""
    places = sorted(set(at.values()))
    widest = {p: max(sizes[k][0] for k in at if at[k] == p) for p in places}
    result = {places[0]: 0.0}
    for before, after in itertools.pairwise(places):
        room = [
            max(len(line) for line in label.split("\n")) * CHARACTER
            for a, b, label in arrows
            if {at[a], at[b]} == {before, after}
        ]
        gap = max(0.6, max(room, default=0.0) + 0.55)
        result[after] = result[before] + (widest[before] + widest[after]) / 2 + gap
    return result


def _box(axes: Axes, place: tuple[float, float], size: tuple[float, float], text: str) -> None:
    from matplotlib.patches import FancyBboxPatch

    axes.add_patch(
        FancyBboxPatch(
            (place[0] - size[0] / 2 + 0.08, place[1] - size[1] / 2 + 0.08),
            size[0] - 0.16, size[1] - 0.16, boxstyle="round,pad=0.08",
            facecolor="#e8f1f8", edgecolor=style.BLUE, linewidth=1.6, zorder=3,
        )
    )  # fmt: skip
    axes.text(place[0], place[1], text, ha="center", va="center", fontsize=11, zorder=4)


def _arrow(
    axes: Axes,
    where: dict[str, tuple[float, float]],
    sizes: dict[str, tuple[float, float]],
    ends: tuple[str, str],
    label: str,
    bend: float,
) -> None:
    """An arrow between two boxes, bowed by `bend` inches, its label beside the middle."""
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.path import Path

    start, stop = np.array(where[ends[0]]), np.array(where[ends[1]])
    control = _aside(where[ends[0]], where[ends[1]], 2 * bend)
    begin = _border(start, control, sizes[ends[0]], 0.02)
    finish = _border(stop, control, sizes[ends[1]], 0.05)
    axes.add_patch(
        FancyArrowPatch(
            path=Path([begin, control, finish], [Path.MOVETO, Path.CURVE3, Path.CURVE3]),
            arrowstyle="-|>", mutation_scale=14, color="#333333", linewidth=1.4, zorder=2,
        )
    )  # fmt: skip
    if not label:
        return
    across = _aside((0.0, 0.0), (stop - start).tolist(), 1.0) - (stop - start) / 2
    if bend < 0 or (bend == 0 and across[1] < 0):
        across = -across
    middle = (begin + 2 * control + finish) / 4 + 0.06 * across
    side = "center" if abs(across[0]) < 0.2 else "left" if across[0] > 0 else "right"
    axes.text(
        float(middle[0]), float(middle[1]), label, ha=side, color="#8a3b00", zorder=5,
        va="center" if abs(across[1]) < 0.2 else "bottom" if across[1] > 0 else "top",
    )  # fmt: skip


def _aside(start: Sequence[float], stop: Sequence[float], distance: float) -> np.ndarray:
    """The point beside the middle of start -> stop, `distance` inches to the left."""
    begin, end = np.array(start), np.array(stop)
    along = end - begin
    length = float(np.hypot(along[0], along[1])) or 1.0
    return np.asarray((begin + end) / 2 + distance * np.array([-along[1], along[0]]) / length)


def _border(
    centre: np.ndarray, towards: np.ndarray, size: tuple[float, float], gap: float
) -> np.ndarray:
    """Where the way from a box's centre leaves the box."""
    way = towards - centre
    half = np.array(size) / 2 + gap
    with np.errstate(divide="ignore"):
        share = float(np.min(half / np.maximum(np.abs(way), 1e-9)))
    return np.asarray(centre + way * min(share, 1.0))


def _bend(
    arrows: list[tuple[str, str, str]],
    index: int,
    where: dict[str, tuple[float, float]],
    sizes: dict[str, tuple[float, float]],
) -> float:
    """How far to bow an arrow, in inches: twins and arrows that would cross a box are bowed."""
    a, b, _ = arrows[index]
    twins = [i for i, (c, d, _) in enumerate(arrows) if {c, d} == {a, b}]
    if len(twins) > 1:
        back = 1.0 if (a, b) == arrows[twins[0]][:2] else -1.0
        return back * 0.56 * (twins.index(index) - (len(twins) - 1) / 2)
    start, stop = np.array(where[a]), np.array(where[b])
    for key, place in where.items():
        if key in (a, b):
            continue
        for share in np.linspace(0.05, 0.95, 19):
            point = start + share * (stop - start)
            if all(abs(point[i] - place[i]) < sizes[key][i] / 2 + 0.05 for i in (0, 1)):
                return 0.85 if stop[0] >= start[0] else -0.85
    return 0.0


def _flat(text: str) -> str:
    return " ".join(text.split())
