"""The sliders: what is in the widget before and after the slider is moved."""

import re
import warnings
from collections.abc import Callable
from typing import Any

import pytest
from IPython.utils.capture import capture_output

from slopewise import figures

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import ipywidgets
    from ipywidgets.widgets import widget as registry


def opened(slider: Callable[..., None], *args: Any, **options: Any) -> tuple[Any, Any, Any]:
    """The slider, the picture and the line of text of the widget that a call displays."""
    with capture_output() as captured:
        slider(*args, **options)
    (output,) = captured.outputs
    view = output.data["application/vnd.jupyter.widget-view+json"]
    box = registry._instances[view["model_id"]]
    handle, picture, line = box.children
    return handle, picture, line


def descend(learning_rate: float) -> list[float]:
    return [10 * (1 - 2 * learning_rate) ** k for k in range(13)]


def losses(learning_rate: float) -> list[float]:
    return [4400 * (1 - 2200 * learning_rate) ** (2 * k) for k in range(21)]


def test_in_words_a_slider_has_its_description(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLOPEWISE_PICTURES", "words")
    handle, picture, line = opened(figures.parabola_slider, descend, w0=10.0, n_steps=12)
    assert picture.value.startswith("[Picture, told in words while grading. ")
    assert "<img" not in picture.value
    handle.value = 0.9
    assert "from side to side" in line.value


def test_parabola_follows_the_slider() -> None:
    handle, picture, line = opened(figures.parabola_slider, descend, w0=10.0, n_steps=12)
    assert isinstance(handle, ipywidgets.FloatSlider)
    assert (handle.min, handle.max, handle.value) == (0.02, 1.1, 0.1)
    assert handle.description == "learning rate"
    assert handle.readout
    before = picture.value
    assert re.search(r'<img alt="[^"]{40,}"', before)
    assert 'src="data:image/png;base64,iVBOR' in before
    assert "from one side" in line.value
    handle.value = 0.9
    assert picture.value != before
    assert "from side to side" in line.value
    handle.value = 1.1
    assert "moving away with every step" in line.value
    handle.value = 0.1
    assert picture.value == before


def test_rate_slider_is_logarithmic_and_follows() -> None:
    handle, picture, line = opened(
        figures.rate_slider, losses, learning_rates=(1e-4, 1.5e-3), start=3e-4, title="Rates"
    )
    assert isinstance(handle, ipywidgets.FloatLogSlider)
    assert 10**handle.min == pytest.approx(1e-4)
    assert 10**handle.max == pytest.approx(1.5e-3)
    assert "the loss falls from 4400 to nearly 0" in line.value
    before = picture.value
    handle.value = 1e-3
    assert picture.value != before
    assert "the loss grows from 4400" in line.value


def test_values_without_end_are_called_diverged() -> None:
    handle, _, line = opened(
        figures.rate_slider,
        lambda rate: [1.0, 2.0, float("inf")] if rate > 0.5 else [1.0, 0.5, 0.2],
        learning_rates=[0.1, 0.2, 1.0],
        start=0.1,
        y_label="error",
    )
    handle.value = 0.9
    assert "the error diverged" in line.value


@pytest.mark.parametrize(
    ("slider", "options"),
    [
        (figures.parabola_slider, {"w0": 10.0, "n_steps": 3}),
        (figures.rate_slider, {"learning_rates": (0.01, 1.0), "start": 0.1}),
    ],
)
def test_a_stub_is_the_usual_error_and_nothing_is_shown(
    slider: Callable[..., None], options: dict[str, Any]
) -> None:
    def stub(learning_rate: float) -> list[float]:
        raise NotImplementedError

    with capture_output() as captured, pytest.raises(NotImplementedError):
        slider(stub, **options)
    assert not captured.outputs
    with pytest.raises(ValueError, match="what the function returned"):
        slider(lambda rate: None, **options)


def test_errors_while_moving_are_a_friendly_line() -> None:
    trouble: list[Exception] = []

    def moody(learning_rate: float) -> list[float]:
        if trouble:
            raise trouble[0]
        return descend(learning_rate)

    handle, picture, line = opened(figures.parabola_slider, moody, w0=10.0, n_steps=12)
    trouble.append(NotImplementedError())
    handle.value = 0.2
    assert "not written yet" in line.value
    assert picture.value == ""
    trouble[0] = ZeroDivisionError("<b>by zero</b>")
    handle.value = 0.3
    assert "ZeroDivisionError: &lt;b&gt;by zero" in line.value
    trouble.clear()
    handle.value = 0.4
    assert "from one side" in line.value
    assert "<img" in picture.value


def test_bad_ends_are_refused() -> None:
    with pytest.raises(ValueError, match="outside the slider"):
        figures.parabola_slider(descend, w0=10.0, n_steps=12, start=3.0)
    with pytest.raises(ValueError, match="must be positive"):
        figures.rate_slider(losses, learning_rates=(0, 1), start=0.5)
    with pytest.raises(ValueError, match="two different"):
        figures.rate_slider(losses, learning_rates=[0.1], start=0.1)
