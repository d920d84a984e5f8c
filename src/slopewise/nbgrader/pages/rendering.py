"""One feedback page: the verdicts first, then the notebook, its hidden questions left out.

The page is made from the graded notebook as plain data and from what the gradebook says. Only this
much of it is HTML of ours: the frame, the verdicts, and what `markdown`, `highlighting` and
`sanitizing` let through; all else is escaped by the template.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import jinja2
import msgspec
import nbformat
from markupsafe import Markup

from slopewise.nbgrader.pages.budgets import Page
from slopewise.nbgrader.pages.grades import CellGrade, NotebookGrades
from slopewise.nbgrader.pages.highlighting import coloured, highlighted
from slopewise.nbgrader.pages.markdown import rendered
from slopewise.nbgrader.pages.results import write_open, write_total
from slopewise.notebook.cell_kinds import GRADED, RESTORED, CellKind, cell_kind
from slopewise.notebook.regions import as_released
from slopewise.scoring import State, Verdict
from slopewise.scoring.record import read_verdicts
from slopewise.scoring.rendering import explanation_as_html, prose

TEMPLATES = Path(__file__).resolve().parent / "templates"
_PICTURES = ("image/png", "image/jpeg")
_NOTHING = Markup()
_ASSERTED = "The check's own asserts decided this, inside the process that ran your code."


@dataclass(frozen=True)
class Task:
    """One page to make.

    Attributes:
        path: the graded notebook.
        grades: what the gradebook holds of it.
        recorded: whether the gradebook knows it at all.
    """

    path: str
    grades: NotebookGrades
    recorded: bool = True


@dataclass(frozen=True)
class Result:
    """A line of the list at the top: one graded cell.

    Attributes:
        name: the exercise.
        anchor: where in the page it is.
        points: earned.
        maximum: what it is worth.
        state: in a word or two.
        message: what its author should read first, as HTML.
        comment: the instructor's, as HTML.
        open: whether a person has yet to give its points.
    """

    name: str
    anchor: str
    points: float
    maximum: float
    state: str
    message: Markup = _NOTHING
    comment: Markup = _NOTHING
    open: bool = False

    @property
    def kind(self) -> str:
        """How it is coloured: right, partly or wrong; or open."""
        if self.open:
            return "open"
        if self.points >= self.maximum:
            return "right"
        return "partly" if self.points > 0 else "wrong"


@dataclass(frozen=True)
class Cell:
    """A cell as the template shows it.

    Attributes:
        kind: text, code, answer or check.
        given: whether it is the lesson's own, the same for everybody.
        body: its source, as HTML.
        outputs: what it printed and drew, as HTML.
        result: the exercise's line, where the cell is graded or commented on.
        verdict: all that is to say of a check, as HTML.
        answer: the course's own answer, as HTML; empty where it is not shown.
    """

    kind: str
    given: bool
    body: Markup
    outputs: Sequence[Markup] = ()
    result: Result | None = None
    verdict: Markup = _NOTHING
    answer: Markup = _NOTHING


@dataclass
class FeedbackPages:
    """Makes the feedback pages of a lesson.

    Attributes:
        title: the lesson's.
        given: the sources of the cells that everybody got, by the kind of cell.
        answers: the course's own answers by the id of their cell; empty where they are not shown.
        rule: what lateness costs, in a sentence; "" where it costs nothing.
    """

    title: str
    given: frozenset[tuple[str, str]] = frozenset()
    answers: Mapping[str, str] = field(default_factory=dict)
    rule: str = ""

    def __post_init__(self) -> None:
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )
        self._template = environment.get_template("feedback.html")
        self._style = Markup((TEMPLATES / "feedback.css").read_text(encoding="utf-8"))
        self._shown = {
            (kind, source): self._source(kind, source, Page()) for kind, source in self.given
        }
        self._answers = {
            name: Markup(highlighted(source, Page())) for name, source in self.answers.items()
        }

    def __reduce__(self) -> tuple[Any, ...]:
        """What a process that starts from nothing makes this of."""
        return FeedbackPages, (self.title, self.given, self.answers, self.rule)

    def __call__(self, task: Task) -> str:
        """Return a page as HTML; called in a process that has a budget for it."""
        return self._page(task, Page())

    def plain(self, task: Task) -> str:
        """Return a page whose learner's text is neither coloured nor formatted.

        It takes a time that grows with its length alone, and its length has a bound.
        """
        return self._page(task, Page(plain=True))

    def _page(self, task: Task, page: Page) -> str:
        notebook = read_graded(Path(task.path))
        data = notebook or {"metadata": {}, "cells": []}
        record = nbformat.from_dict({"metadata": data["metadata"]})
        verdicts = {verdict.exercise: verdict for verdict in read_verdicts(record)}
        results: list[Result] = []
        cells = [self._cell(cell, task.grades, verdicts, results, page) for cell in data["cells"]]
        worth = results if notebook else list(task.grades.cells.values())
        points = sum(one.points for one in worth) - task.grades.penalty
        maximum = sum(one.maximum for one in worth)
        waiting = sum(one.maximum for one in worth if one.open)
        return self._template.render(
            title=self.title,
            style=self._style,
            total=write_total(points, maximum),
            waiting=waiting,
            open=write_open(waiting),
            points=points,
            maximum=maximum,
            penalty=task.grades.penalty,
            rule=self.rule,
            recorded=task.recorded,
            plain=page.plain,
            unreadable=notebook is None,
            results=results,
            cells=cells,
        )

    def _cell(
        self,
        cell: Any,
        grades: NotebookGrades,
        verdicts: Mapping[str, Verdict],
        results: list[Result],
        page: Page,
    ) -> Cell:
        kind = str(cell["cell_type"])
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        grader = cell["metadata"].get("nbgrader") or {}
        identity = str(grader.get("grade_id", ""))
        role = cell_kind(cell)
        check = role is CellKind.CHECK
        secret = False
        if role in RESTORED:
            whole, source = source, as_released(source)
            secret = check and whole != source
        given = (kind, source) in self._shown
        body = self._shown.get((kind, source))
        if body is None:
            body = self._source(kind, source, page, cell.get("attachments"))
        result, verdict = None, None
        name = identity.removesuffix("-check")
        if role in GRADED:
            verdict = verdicts.get(name)
            result = _result(name, len(results) + 1, grader, grades, verdict, role)
            results.append(result)
        outputs = [
            one
            for output in cell.get("outputs", ())
            # Of a check the first two are the verdict and its points, told in words of ours.
            if not (verdict and check and _is_ours(output))
            and (one := _output(_told(output) if secret else output, page))
        ]
        if check:
            shown = "check"
        elif role is not CellKind.PLAIN:
            shown = "answer"
        else:
            shown = "code" if kind == "code" else "text"
        return Cell(
            shown,
            given and shown in ("code", "text"),
            body,
            outputs,
            result,
            Markup(explanation_as_html(verdict)) if verdict else Markup(),
            self._answers.get(identity, Markup()),
        )

    def _source(
        self, kind: str, source: str, page: Page, attachments: Mapping[str, Any] | None = None
    ) -> Markup:
        if kind == "markdown":
            shown = rendered(source, page, attachments, below=1)
            return Markup(f'<div class="prose">{shown}</div>')
        if kind == "code":
            return Markup(f'<div class="source" tabindex="0">{highlighted(source, page)}</div>')
        return _text(source, page)


def read_graded(path: Path) -> dict[str, Any] | None:
    """Return a graded notebook as plain data; None where it was damaged since."""
    try:
        data = msgspec.json.decode(path.read_bytes())
        return data if data["cells"] is not None and data["metadata"] is not None else None
    except (OSError, msgspec.DecodeError, KeyError, TypeError):
        return None


def _result(
    name: str,
    number: int,
    grader: Mapping[str, Any],
    grades: NotebookGrades,
    verdict: Verdict | None,
    role: CellKind,
) -> Result:
    identity = str(grader["grade_id"])
    recorded = verdict.points if verdict else 0.0
    grade = grades.cells.get(identity) or CellGrade(recorded, float(grader.get("points") or 0.0))
    if verdict:
        state = str(verdict.state)
    elif grade.open:
        state = "not looked at yet"
    elif role is not CellKind.CHECK:
        state = "no answer" if identity in grades.unanswered else "graded by hand"
    else:
        state = "right" if grade.points >= grade.maximum else "not right"
    message = ""
    if verdict and verdict.state is not State.RIGHT:
        message = prose(verdict.message)
    elif role is CellKind.CHECK and not verdict:
        message = escape(_ASSERTED)
    texts = [grades.comments[one] for one in {identity: 0, name: 0} if one in grades.comments]
    comment = "".join(rendered(text, Page(), below=3) for text in texts)
    return Result(
        name,
        f"exercise-{number}",
        grade.points,
        grade.maximum,
        state,
        Markup(message),
        Markup(comment),
        grade.open,
    )


def _told(output: Mapping[str, Any]) -> Mapping[str, Any]:
    """An output of a check with a hidden part: what an error says, not the lines around it."""
    if output["output_type"] != "error":
        return output
    return {**output, "traceback": [f"{output.get('ename')}: {output.get('evalue')}"]}


def _is_ours(output: Mapping[str, Any]) -> bool:
    data = output.get("data") or {}
    return "text/html" in data or output["output_type"] == "execute_result"


def _output(output: Mapping[str, Any], page: Page) -> Markup:
    kind = output["output_type"]
    if kind == "stream":
        return _text(_joined(output["text"]), page, "error" if output["name"] == "stderr" else "")
    if kind == "error":
        return _text("\n".join(output.get("traceback", ())), page, "error")
    data = output.get("data") or {}
    for picture in _PICTURES:
        if picture in data:
            extra = (output.get("metadata") or {}).get(picture) or {}
            return _picture(picture, _joined(data[picture]), extra.get("alt"), page)
    if "text/plain" in data:
        return _text(_joined(data["text/plain"]), page)
    return Markup()


def _picture(kind: str, data: str, alt: Any, page: Page) -> Markup:
    if not page.takes_picture(data):
        return Markup('<p class="left-out">A picture is left out: the page is full.</p>')
    told = alt if isinstance(alt, str) and alt else "A picture that this cell drew"
    return Markup(f'<img src="data:{kind};base64,{escape(data)}" alt="{escape(told)}">')


def _text(text: str, page: Page, kind: str = "") -> Markup:
    shown, left = page.cut(text)
    note = f'<p class="left-out">{left:,} more characters are left out.</p>' if left else ""
    return Markup(
        f'<pre class="out {kind}" tabindex="0">{coloured(shown, page)}</pre>{note}'
        if shown
        else note
    )


def _joined(text: Any) -> str:
    return text if isinstance(text, str) else "".join(text)
