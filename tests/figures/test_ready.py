"""Names of pictures, and pictures that are taken where they are drawn already."""

import base64
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from IPython.utils.capture import capture_output
from tests.figures.test_figures import CALLS, X, Y

from slopewise import figures
from slopewise.figures import ready
from slopewise.figures._style import Picture, draw


@pytest.fixture(autouse=True)
def nothing_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "_ready", {})


def displayed(figure: Callable[..., None], *given: Any, **named: Any) -> Any:
    with capture_output() as captured:
        figure(*given, **named)
    (output,) = captured.outputs
    return output


def png_of(output: Any) -> bytes:
    return base64.b64decode(output.data["image/png"])


def name_of(figure: Callable[..., None], *given: Any, **named: Any) -> str:
    return str(displayed(figure, *given, **named).metadata["image/png"]["name"])


@pytest.mark.parametrize("which", CALLS)
def test_every_picture_has_a_name_and_is_the_same_when_it_is_taken(which: str) -> None:
    figure, given, named = CALLS[which]
    drawn = displayed(figure, *given, **named)
    name = drawn.metadata["image/png"]["name"]
    assert len(name) == 64
    label, sealed = ready.seal(name, png_of(drawn))
    ready.make_ready(label, sealed)
    taken = displayed(figure, *given, **named)
    assert (taken.data, taken.metadata) == (drawn.data, drawn.metadata)
    # Nothing was drawn: another picture under that name is what comes.
    ready.make_ready(*ready.seal(name, b"another"))
    assert png_of(displayed(figure, *given, **named)) == b"another"


def test_what_is_drawn_otherwise_has_another_name() -> None:
    last = np.nextafter(2.0, 3.0)
    names = [
        name_of(figures.paths, {"w": [0, 1, 2.0]}),
        name_of(figures.paths, {"w": [0, 1, last]}),
        name_of(figures.paths, {"w": [0, 1, 2.0], "v": [0, 1]}),
        name_of(figures.paths, {"v": [0, 1, 2.0]}),
        name_of(figures.paths, {"w": [0, 1, 2.0]}, title="w"),
        name_of(figures.paths, {"w": [0, 1, 2.0]}, target=2.0),
        name_of(figures.loss_curves, {"w": [0, 1, 2.0]}),
        name_of(figures.loss_curves, {"w": [0, 1, 2.0]}, log=True),
        name_of(figures.bowls, {"a": (X, Y, [(0, 0)]), "b": (X + 1, Y, [(0, 0)])}),
        name_of(figures.bowls, {"a": (X + 1, Y, [(0, 0)]), "b": (X, Y, [(0, 0)])}),
        name_of(figures.loss_surface, X, Y, {"a": [(0, 0), (1, 1)], "b": [(0, 0), (1, 0)]}),
        name_of(figures.loss_surface, X, Y, {"a": [(0, 0), (1, 0)], "b": [(0, 0), (1, 1)]}),
    ]
    assert len(set(names)) == len(names)
    assert name_of(figures.paths, {"w": (0.0, np.float32(1), 2)}) == names[0]


def test_panels_of_two_grids_are_told_apart() -> None:
    def name(which: int) -> str:
        def paint(figure: Any) -> str:
            grids = [figure.subplots(1, 2), figure.subplots(1, 2)]
            grids[which].flat[0].plot([0, 1])
            return "two grids"

        return draw(paint, 3, 2).name

    assert name(0) != name(1)


def test_a_name_is_the_same_in_every_process() -> None:
    code = (
        "from slopewise.figures import _style, graph, loss_surface\n"
        "_style.show = lambda picture: print(picture.name)\n"
        "import sys; from slopewise.figures import _graph, _surface\n"
        "graph({'a': ('w', (0, 0)), 'b': ('J', (1, 0))}, [('a', 'b', 'slope')])\n"
        "loss_surface([1, 2], [2, 4], {'a': [(0, 0), (1, 1)], 'b': [(0, 0), (1, 0)]})\n"
    )
    names = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout.split()
        for seed in ("1", "2")
    ]
    assert names[0] == names[1]
    assert [len(name) for name in names[0]] == [64, 64]


def test_what_nobody_knows_has_no_name_and_is_drawn() -> None:
    class Own:
        """An object that no two processes would describe in the same way."""

    def picture(color: Any) -> Picture:
        def paint(figure: Any) -> str:
            axes = figure.add_subplot()
            axes.plot([0, 1], label="a", gid=color)
            return "a line"

        return draw(paint, 3, 2)

    assert picture("known").name
    unknown = picture(Own())
    assert unknown.name == ""
    assert unknown.png == picture("known").png
    ready.make_ready(*ready.seal("", b"another"))
    assert picture(Own()).png == unknown.png


def test_a_sealed_picture_says_nothing_and_opens_to_its_name_alone() -> None:
    png = b"\x89PNG" + bytes(range(256)) * 40
    label, sealed = ready.seal("a" * 64, png)
    ready.make_ready(label, sealed)
    assert b"PNG" not in sealed
    assert len(set(sealed)) == 256
    assert max(sealed.count(byte) for byte in set(sealed)) < 2 * len(sealed) / 256
    assert ready.opened("a" * 64) == png
    assert ready.opened("b" * 64) == b""
    assert ready.opened(label.hex()) == b""
