"""The matrix as a page and a picture."""

from __future__ import annotations

import base64
import io
from html import escape
from pathlib import Path
from typing import Any

from slopewise.errors import CourseError
from slopewise.matrix.mutants import Explanation, MutantMatrix, MutantOutcome, MutantRow
from slopewise.matrix.run import AnswerOutcome, ExerciseRow, Matrix
from slopewise.notebook.files import write_whole

_BLUE, _ORANGE, _RED, _GREY = "#0072B2", "#E69F00", "#A00000", "#BBBBBB"
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: #1a1a1a; background: #fff; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding: .5rem 0; }
th, td { padding: .25rem .75rem; border-bottom: 1px solid #ccc; text-align: right; }
th:nth-child(-n+2), td:nth-child(-n+2) { text-align: left; }
.miss { color: #a00000; font-weight: bold; }
img { max-width: 100%; background: #fff; }
.scroll { overflow-x: auto; }
@media (prefers-color-scheme: dark) { body { color: #e8e8e8; background: #161616; }
  .miss { color: #ff9d9d; } }
"""


def write_matrix(
    matrix: Matrix, folder: Path, mutants: MutantMatrix | None = None
) -> tuple[Path, Path]:
    """Write `matrix.html` and `matrix.png` into a folder; return their paths.

    Where mutants were run as well, both get a part for them.
    """
    picture = draw(matrix, mutants)
    page, image = folder / "matrix.html", folder / "matrix.png"
    write_whole(image, picture)
    write_whole(page, _page(matrix, picture, mutants).encode())
    return page, image


def summary(matrix: Matrix) -> str:
    """Return the totals in one sentence."""
    right = [one for row in matrix.rows for one in row.of_kind(right=True)]
    wrong = [one for row in matrix.rows for one in row.of_kind(right=False)]
    return (
        f"{sum(one.as_it_should_be for one in right)} of {len(right)} right answers accepted, "
        f"{sum(one.as_it_should_be for one in wrong)} of {len(wrong)} wrong answers caught, "
        f"{sum(one.named for one in wrong)} of them told their own message"
    )


def summarise_mutants(mutants: MutantMatrix) -> str:
    """Return the totals of the mutants in one sentence."""
    return (
        f"{sum(row.killed for row in mutants.rows)} of "
        f"{sum(len(row.outcomes) for row in mutants.rows)} mutants caught, "
        f"{sum(row.equivalent for row in mutants.rows)} explained as equivalent, "
        f"{len(mutants.unexplained)} not explained"
    )


def describe_survivor(survivor: MutantOutcome) -> str:
    """Return one line that names a survivor and shows what was changed."""
    mutant = survivor.mutant
    return f"{mutant.lesson}, {mutant.exercise}: - {mutant.was}  + {mutant.becomes}"


def describe_stale(explanation: Explanation) -> str:
    """Return one line that names an explanation of no survivor."""
    return (
        f"{explanation.lesson}, {explanation.exercise}: - {explanation.was}  "
        f"+ {explanation.becomes}"
    )


def describe_miss(miss: AnswerOutcome) -> str:
    """Return one line that names a miss and says what happened."""
    where = f"{miss.lesson}, {miss.answer.exercise}, {miss.answer.kind} answer {miss.answer.name!r}"
    if miss.verdict is None:
        return f"{where}: was not graded"
    score = f"{miss.verdict.points:g} of {miss.verdict.maximum:g} points"
    raised = f"; its cell ended with {miss.raised}" if miss.raised else ""
    return f"{where}: {score} ({miss.verdict.message}){raised}"


def draw(matrix: Matrix, mutants: MutantMatrix | None = None) -> bytes:
    """Return the picture as PNG: one line an exercise, right answers left, wrong ones right.

    Mutants stand in a panel of their own beside it.
    """
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        raise CourseError(
            "the matrix's picture needs matplotlib; run `pip install 'slopewise[course]'`"
        ) from None

    count = len(matrix.rows)
    panels = 1 if mutants is None else 2
    height = 0.6 + 0.24 * count
    figure = Figure(figsize=(3 + 5 * panels, height), dpi=110, layout="constrained")
    FigureCanvasAgg(figure)
    axes, *others = figure.subplots(1, panels, sharey=True, squeeze=False)[0]
    for place, row in enumerate(matrix.rows):
        for right, done, sign, colour in (
            (True, row.accepted, -1, _BLUE),
            (False, row.caught, 1, _ORANGE),
        ):
            total = len(row.of_kind(right=right))
            axes.barh(place, sign * done, color=colour)
            axes.barh(place, sign * (total - done), left=sign * done, color=_RED, hatch="//")
    axes.set_yticks(range(count), [f"{row.lesson[:2]} {row.exercise}" for row in matrix.rows])
    axes.invert_yaxis()
    axes.axvline(0, color="black", linewidth=0.8)
    axes.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
    axes.set_xlabel("right answers accepted   |   wrong answers caught (red, hatched: missed)")
    axes.spines[["top", "right"]].set_visible(False)
    if mutants is not None:
        _draw_mutants(others[0], mutants)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()


def _draw_mutants(axes: Any, mutants: MutantMatrix) -> None:
    for place, row in enumerate(mutants.rows):
        axes.barh(place, row.killed, color=_ORANGE)
        axes.barh(place, row.equivalent, left=row.killed, color=_GREY, hatch="..")
        left = row.killed + row.equivalent
        axes.barh(place, row.unexplained, left=left, color=_RED, hatch="//")
    axes.set_xlabel("mutants caught (grey, dotted: equivalent; red, hatched: not explained)")
    axes.spines[["top", "right"]].set_visible(False)


def _page(matrix: Matrix, picture: bytes, mutants: MutantMatrix | None) -> str:
    rows = "".join(map(_row, matrix.rows))
    misses = "".join(f"<li>{escape(describe_miss(miss))}</li>" for miss in matrix.misses)
    missed = f"<h2>Misses</h2><ul>{misses}</ul>" if misses else "<p>No answer was missed.</p>"
    image = base64.b64encode(picture).decode()
    second, told = "", summary(matrix)
    if mutants is not None:
        second, told = _mutants_section(mutants), f"{told}; {summarise_mutants(mutants)}"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>What the grader makes of known answers</title><style>{_STYLE}</style></head>"
        "<body><main><h1>What the grader makes of known answers</h1>"
        f"<p>{escape(summary(matrix))}.</p>{missed}"
        f'<p><img src="data:image/png;base64,{image}" alt="{escape(told)}"></p>'
        '<div class="scroll" tabindex="0" role="region" aria-label="Every exercise">'
        "<table><caption>Every exercise: answers as they should be, of all known ones</caption>"
        '<thead><tr><th scope="col">lesson</th><th scope="col">exercise</th>'
        '<th scope="col">right accepted</th><th scope="col">wrong caught</th>'
        '<th scope="col">told its own message</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{second}</main></body></html>\n"
    )


def _row(row: ExerciseRow) -> str:
    n_right, n_wrong = len(row.of_kind(right=True)), len(row.of_kind(right=False))
    cells = "".join(
        f"<td{' class=miss' if done < total else ''}>{done} of {total}</td>"
        for done, total in ((row.accepted, n_right), (row.caught, n_wrong))
    )
    return (
        f"<tr><td>{escape(row.lesson)}</td><td>{escape(row.exercise)}</td>{cells}"
        f"<td>{row.named} of {n_wrong}</td></tr>"
    )


def _mutants_section(mutants: MutantMatrix) -> str:
    rows = "".join(map(_mutant_row, mutants.rows))
    survivors = [one for row in mutants.rows for one in row.survivors]
    listed = "".join(
        f"<li{' class=miss' if one.unexplained else ''}>"
        f"{escape(one.mutant.lesson)}, {escape(one.mutant.exercise)}: "
        f"<del><code>{escape(one.mutant.was)}</code></del> "
        f"<ins><code>{escape(one.mutant.becomes)}</code></ins><br>"
        f"{escape(one.why or 'Nobody has said why it may keep full marks.')}</li>"
        for one in survivors
    )
    stale = "".join(f"<li>{escape(describe_stale(one))}</li>" for one in mutants.stale)
    return (
        "<h2>Mutants</h2><p>Each is the solution with one small thing changed by a program. "
        f"{escape(summarise_mutants(mutants))}.</p>"
        + (f"<h3>Survivors</h3><ul>{listed}</ul>" if listed else "")
        + (f"<h3>Explanations of no survivor</h3><ul>{stale}</ul>" if stale else "")
        + '<div class="scroll" tabindex="0" role="region" aria-label="Mutants of every exercise">'
        "<table><caption>Every exercise: what came of its mutants</caption>"
        '<thead><tr><th scope="col">lesson</th><th scope="col">exercise</th>'
        '<th scope="col">mutants</th><th scope="col">caught</th>'
        '<th scope="col">equivalent</th><th scope="col">not explained</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _mutant_row(row: MutantRow) -> str:
    return (
        f"<tr><td>{escape(row.lesson)}</td><td>{escape(row.exercise)}</td>"
        f"<td>{len(row.outcomes)}</td><td>{row.killed}</td><td>{row.equivalent}</td>"
        f"<td{' class=miss' if row.unexplained else ''}>{row.unexplained}</td></tr>"
    )
