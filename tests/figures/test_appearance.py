"""What a reader who cannot tell colours apart still sees, and that it is drawn once."""

from typing import Any

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from slopewise.figures._style import COLOURS, curve_style, draw


def test_no_two_curves_share_a_line_and_a_marker() -> None:
    looks = [curve_style(k, 20, 35) for k in range(35)]
    assert len({(str(look["linestyle"]), look["marker"]) for look in looks}) == 35


def test_neighbouring_curves_differ_in_line_marker_and_colour() -> None:
    for k in range(12):
        one, two = curve_style(k, 20, 12), curve_style(k + 1, 20, 12)
        assert all(one[key] != two[key] for key in ("linestyle", "marker", "color"))


@pytest.mark.parametrize("colour", COLOURS)
def test_colours_stand_out_from_the_white_background(colour: str) -> None:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (luminance + 0.05) >= 2.0


def test_a_picture_is_laid_out_and_drawn_once() -> None:
    drawn = []

    class Watched(Text):
        def draw(self, renderer: Any) -> None:
            drawn.append(self.get_text())
            super().draw(renderer)

    def paint(figure: Figure) -> str:
        figure.add_subplot().set_ylabel("a label that needs room")
        figure.add_artist(Watched(0.5, 0.5, "once"))
        return "a text"

    assert draw(paint, 4, 3).png.startswith(b"\x89PNG")
    assert drawn == ["once"]
