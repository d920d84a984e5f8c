"""Pictures that follow a slider (ipywidgets, loaded when the first slider is shown)."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Sequence
from typing import Any

from slopewise.figures._curves import curves_picture
from slopewise.figures._data import drawable, numbers, say, span
from slopewise.figures._parabola import describe, parabola_picture
from slopewise.figures._style import Picture, told


def parabola_slider(
    descend: Callable[[float], Sequence[float]],
    *,
    w0: float,
    n_steps: int,
    learning_rates: tuple[float, float] = (0.02, 1.1),
    start: float = 0.1,
) -> None:
    """Show a slider for the learning rate over the path it makes on the parabola loss = w².

    descend: learning_rate -> weights (n_steps + 1,), the start `w0` included; called once before
    anything is shown and again for every rate the learner chooses. learning_rates: the ends of
    the slider. start: the first rate.
    """
    low, high = span(learning_rates, "learning_rates")
    _check_start(start, low, high)

    def picture(rate: float) -> tuple[Picture, str]:
        weights = numbers(descend(rate), "what the function returned")
        label = f"learning rate {say(rate)}, {n_steps} steps from w = {say(w0)}"
        drawn = parabola_picture({label: weights}, reach=2 * abs(w0) or 1.0)
        return drawn, f"Learning rate {say(rate)}: {describe(weights)}."

    import ipywidgets

    first = picture(start)
    slider = ipywidgets.FloatSlider(
        value=start, min=low, max=high, step=0.01 if high - low > 0.2 else (high - low) / 100,
        readout_format=".2f" if high - low > 0.2 else ".3g",
    )  # fmt: skip
    _run(slider, picture, first)


def rate_slider(
    run: Callable[[float], Sequence[float]],
    *,
    learning_rates: Sequence[float],
    start: float,
    y_label: str = "loss",
    title: str | None = None,
) -> None:
    """Show a slider for the learning rate, on a log scale, over the losses that it gives.

    run: learning_rate -> losses (n,), drawn on a log axis; called once before anything is shown
    and again for every rate the learner chooses. learning_rates: the slider goes from the
    smallest to the largest of them. start: the first rate.
    """
    low, high = span(learning_rates, "learning_rates")
    if low <= 0:
        raise ValueError("learning_rates must be positive, for the log scale")
    _check_start(start, low, high)

    frame: list[tuple[float, float]] = []

    def picture(rate: float) -> tuple[Picture, str]:
        losses = numbers(run(rate), "what the function returned")
        if not frame:  # the axis stays where it is while the slider moves
            begin = float(losses[0]) if math.isfinite(losses[0]) and losses[0] > 0 else 1.0
            frame.append((begin * 1e-9, begin * 1e6))
        drawn = curves_picture(
            {f"learning rate {say(rate)}": losses}, log=True, x_label="epoch", y_label=y_label,
            title=title, limits=frame[0],
        )  # fmt: skip
        return drawn, f"Learning rate {say(rate)}: {_trend(losses, y_label)}."

    import ipywidgets

    first = picture(start)
    slider = ipywidgets.FloatLogSlider(
        value=start, base=10, min=math.log10(low), max=math.log10(high), step=0.01,
        readout_format=".3g",
    )  # fmt: skip
    _run(slider, picture, first)


def _check_start(start: float, low: float, high: float) -> None:
    if not low <= start <= high:
        raise ValueError(f"start {start} is outside the slider, {low} to {high}")


def _trend(losses: Any, y_label: str) -> str:
    kept = drawable(losses)
    if len(kept) < len(losses):
        return f"the {y_label} diverged"
    begin, end = float(kept[0]), float(kept[-1])
    verb = "falls" if end < begin else "grows" if end > begin else "stays"
    return f"the {y_label} {verb} from {say(begin)} to {say(end, begin)}"


def _run(
    slider: Any, picture: Callable[[float], tuple[Picture, str]], first: tuple[Picture, str]
) -> None:
    """Show the slider above its picture and a line of text, and let them follow it."""
    import ipywidgets
    from IPython.display import display

    slider.description = "learning rate"
    slider.style.description_width = "initial"
    slider.continuous_update = True
    slider.layout.width = "min(100%, 560px)"
    image, line = ipywidgets.HTML(), ipywidgets.HTML()

    def put(drawn: Picture, text: str) -> None:
        image.value = (
            html.escape(told(drawn))
            if not drawn.png
            else f'<img alt="{html.escape(drawn.alt)}" width="{drawn.width}" '
            f'style="max-width: 100%; height: auto; background: #ffffff" '
            f'src="data:image/png;base64,{drawn.encoded}">'
        )
        line.value = _status(text)

    def follow(change: Any) -> None:
        try:
            put(*picture(float(change["new"])))
        except NotImplementedError:
            complain(
                "The function behind this slider is not written yet: fill in the exercise, "
                "run its cell and then this one again."
            )
        except Exception as error:
            complain(
                f"At learning rate {say(change['new'])} the function raised "
                f"{type(error).__name__}: {error}"
            )

    def complain(text: str) -> None:
        image.value = ""
        line.value = _status(text)

    put(*first)
    slider.observe(follow, names="value")
    display(ipywidgets.VBox([slider, image, line]))


def _status(text: str) -> str:
    return f'<p role="status" aria-live="polite">{html.escape(text)}</p>'
