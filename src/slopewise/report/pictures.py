"""Pictures as inline SVG: no file, no script, no font of their own.

Their colours are the page's CSS classes, so that they follow the reader's light or dark scheme,
and the same data give the same bytes. Every text is escaped here.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from slopewise.report.statistics import Discrimination, LessonStatistics

_WIDTH = 920
_LEFT, _RIGHT = 226, 736
_STEP = 5
_RADIUS = 4.6
_PITCH = 11
_HIGHEST_STACK = 8
_BAR_HEIGHT = 72
_BELOW = 30


@dataclass(frozen=True)
class Picture:
    """An SVG element, what it shows in words, and whether a dot is a learner in it.

    The element carries the words, too.
    """

    svg: Markup
    alt: str
    dots: bool


def score_picture(lessons: Sequence[LessonStatistics], n_learners: int) -> Picture:
    """Return a picture of every lesson's scores: a dot a learner, or bars for a large class."""
    columns = 2 if max(map(_highest_bin, lessons), default=0) > 4 else 1
    highest = max(-(-_highest_bin(one) // columns) for one in lessons)
    dots = highest <= _HIGHEST_STACK
    parts: list[Markup] = []
    top = 8.0
    bottoms = []
    for one in lessons:
        levels = -(-_highest_bin(one) // columns)
        height = max(34.0, levels * _PITCH + 4 if dots else _BAR_HEIGHT)
        base = top + height
        parts += _labels(one, base, n_learners)
        parts += _dots(one, base, columns) if dots else _bars(one, base, lessons)
        parts += _spread(one, base)
        bottoms.append(base)
        top = base + _BELOW
    axis = _axis(4.0, bottoms[-1] + 14)
    alt = " ".join(_sentence(one, n_learners) for one in lessons)
    height = round(bottoms[-1] + 36)
    svg = Markup(
        '<svg class="picture" role="img" viewBox="0 0 {w} {h}" width="{w}" height="{h}" '
        'aria-label="{alt}">{body}</svg>'
    ).format(w=_WIDTH, h=height, alt=alt, body=Markup("").join([*axis, *parts]))
    return Picture(svg, alt, dots)


def _x(share: float) -> float:
    return round(_LEFT + (_RIGHT - _LEFT) * min(1.0, max(0.0, share)), 1)


def _shares(one: LessonStatistics) -> list[float]:
    points = one.lesson.points
    return [score / points for score in one.scores] if points else []


def _bins(one: LessonStatistics) -> Counter[int]:
    return Counter(
        min(100, max(0, _STEP * int(100 * share / _STEP + 0.5))) for share in _shares(one)
    )


def _highest_bin(one: LessonStatistics) -> int:
    return max(_bins(one).values(), default=0)


def _axis(top: float, bottom: float) -> Iterator[Markup]:
    for mark in (0, 25, 50, 75, 100):
        x = _x(mark / 100)
        yield Markup('<path class="grid" d="M{x} {top}V{bottom}"/>').format(
            x=x, top=top, bottom=bottom
        )
        yield Markup(
            '<text class="quiet" text-anchor="middle" x="{x}" y="{y}">{text}</text>'
        ).format(x=x, y=bottom + 16, text=f"{mark}%")


def _labels(one: LessonStatistics, base: float, n_learners: int) -> Iterator[Markup]:
    lines = textwrap.wrap(one.lesson.title, 26)[:2] or [one.lesson.name]
    if len(" ".join(lines)) < len(" ".join(one.lesson.title.split())):
        lines[-1] += " …"
    first = base - 4 - 15 * (len(lines) - 1)
    yield Markup('<text class="number" x="0" y="{y}">{text}</text>').format(
        y=first, text=one.lesson.number
    )
    for place, line in enumerate(lines):
        yield Markup('<text x="34" y="{y}">{text}</text>').format(y=first + 15 * place, text=line)
    right = [f"{len(one.scores)} of {n_learners} graded"]
    if one.median is not None:
        right.insert(0, f"median {round(one.median, 1):g} of {one.lesson.points:g}")
    for place, line in enumerate(right):
        yield Markup('<text class="{kind}" x="{x}" y="{y}">{text}</text>').format(
            kind="value" if line.startswith("median") else "quiet",
            x=_RIGHT + 24,
            y=base - 4 - 15 * (len(right) - 1 - place),
            text=line,
        )


def _dots(one: LessonStatistics, base: float, columns: int) -> Iterator[Markup]:
    for mark, count in sorted(_bins(one).items()):
        for place in range(count):
            level, column = divmod(place, columns)
            in_level = min(columns, count - level * columns)
            x = _x(mark / 100) + (column - (in_level - 1) / 2) * _PITCH
            yield Markup('<circle class="dot" cx="{x}" cy="{y}" r="{r}"/>').format(
                x=round(x, 1), y=round(base - 7 - level * _PITCH, 1), r=_RADIUS
            )


def _bars(
    one: LessonStatistics, base: float, lessons: Sequence[LessonStatistics]
) -> Iterator[Markup]:
    highest = max(map(_highest_bin, lessons))
    for mark, count in sorted(_bins(one).items()):
        height = round(_BAR_HEIGHT * count / highest, 1)
        yield Markup('<rect class="dot" x="{x}" y="{y}" width="20" height="{h}"/>').format(
            x=round(_x(mark / 100) - 10, 1), y=round(base - 1 - height, 1), h=height
        )


def _spread(one: LessonStatistics, base: float) -> Iterator[Markup]:
    """The line under the dots: the middle half, and the median."""
    yield Markup('<path class="base" d="M{a} {y}H{b}"/>').format(a=_LEFT - 8, b=_RIGHT + 8, y=base)
    points = one.lesson.points
    if one.quartiles is not None and points:
        low, high = (_x(value / points) for value in one.quartiles)
        yield Markup('<rect class="half" x="{x}" y="{y}" width="{w}" height="5" rx="2"/>').format(
            x=low - 1, y=base + 4, w=round(high - low + 2, 1)
        )
    if one.median is not None and points:
        yield Markup('<path class="median" d="M{x} {y}l5 9h-10z"/>').format(
            x=_x(one.median / points), y=base + 2
        )


def _sentence(one: LessonStatistics, n_learners: int) -> str:
    start = f"Lesson {one.lesson.number}: {len(one.scores)} of {n_learners} graded"
    if one.median is None:
        return start + "."
    text = f"{start}, scores from {one.low:g} to {one.high:g} of {one.lesson.points:g}, "
    text += f"median {one.median:g}"
    if one.quartiles is not None:
        text += f", the middle half between {one.quartiles[0]:g} and {one.quartiles[1]:g}"
    return text + "."


def discrimination_picture(value: Discrimination | None) -> Markup:
    """Return a dot with its interval on a line from −1 to 1; decoration beside the number."""
    if value is None:
        return Markup("")

    def place(correlation: float) -> float:
        return round(55 + 50 * correlation, 1)

    whisker = Markup("")
    if value.interval is not None:
        whisker = Markup('<path class="whisker" d="M{a} 8H{b}"/>').format(
            a=place(value.interval[0]), b=place(value.interval[1])
        )
    return Markup(
        '<svg class="correlation" aria-hidden="true" viewBox="0 0 110 16" width="110" height="16">'
        '<path class="base" d="M5 8H105"/><path class="zero" d="M55 2V14"/>{whisker}'
        '<circle class="{kind}" cx="{x}" cy="8" r="4"/></svg>'
    ).format(
        whisker=whisker,
        kind="dot rough" if value.is_rough else "dot",
        x=place(value.value),
    )
