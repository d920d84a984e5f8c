"""Script: what a learner displays or writes must not act in the browser of whoever grades it."""

from __future__ import annotations

import base64
from typing import Any

from slopewise.scoring import State
from tests.hostile.attack import Attack, Make, answers, runs
from tests.hostile.lesson import Submission

_HONEST = {"half": State.WRONG, "slope": State.NOT_ATTEMPTED, "which": State.RIGHT}
_SHOW = "from IPython.display import display, HTML, Javascript, SVG, Markdown, Latex\n"
_ALERT = "<script>alert(1)</script>"
_BREAK = '"><script>alert(1)</script><img onerror="alert(1)" src="x'


def _shows(source: str) -> Make:
    return runs(_SHOW + source)


def _bundle(data: dict[str, Any], metadata: dict[str, Any] | None = None) -> Make:
    return runs(
        "for kind in ('display_data', 'execute_result'):\n"
        "    get_ipython().report(kind, {'execution_count': 1,\n"
        f"        'data': {data!r}, 'metadata': {metadata or {}!r}}})"
    )


def _text(*sources: str, **more: Any) -> Make:
    def make(submission: Submission) -> None:
        for source in sources:
            submission.markdown(source, **more)

    return make


def _attachments(submission: Submission) -> None:
    submission.markdown("![a](attachment:a.png)", attachments={"a.png": {"image/png": _BREAK}})
    submission.markdown("![a](attachment:b)", attachments={"b": {f"text/html;{_BREAK}": "x"}})
    submission.markdown(
        "![a](attachment:c)",
        attachments={
            "c": {"image/svg+xml": base64.b64encode(b"<svg onload='alert(1)'/>").decode()}
        },
    )
    submission.markdown("![a](attachment:missing.png)")


def _raw_cells(submission: Submission) -> None:
    submission.markdown("x")
    submission.cells[-1].update(
        cell_type="raw",
        source=_ALERT,
        metadata={"raw_mimetype": "text/html", "format": "text/html"},
    )


def _metadata(submission: Submission) -> None:
    submission.notebook["metadata"]["widgets"] = {
        "application/vnd.jupyter.widget-state+json": {"state": {"x": "</script>" + _ALERT}}
    }
    submission.notebook["metadata"]["language_info"] = {
        "name": _BREAK, "pygments_lexer": _BREAK, "mimetype": _BREAK,
    }  # fmt: skip
    submission.notebook["metadata"]["title"] = submission.notebook["metadata"]["name"] = _BREAK
    for cell in submission.cells:
        cell["metadata"]["tags"] = [_BREAK]
        cell["metadata"]["alt"] = _BREAK
        cell["metadata"]["magics_language"] = _BREAK
    submission.markdown("x", id=_BREAK)


def _script(name: str, aim: str, make: Make, **more: Any) -> Attack:
    return Attack(name, aim, make, states=more.pop("states", _HONEST), **more)


ATTACKS = (
    _script("html", "HTML with script, frames, forms and handlers.",
            _shows(f"display(HTML({_ALERT!r} + '<img src=x onerror=alert(1)><iframe src='\n"
                   "    'javascript:alert(1)></iframe><form action=x>'\n"
                   "    '<input autofocus onfocus=x>'))")),
    _script("javascript", "JavaScript itself.",
            _shows("display(Javascript('alert(1)'))\n"
                   "display({'application/javascript': 'alert(1)', 'text/javascript': 'alert(1)',\n"
                   "    'application/x-javascript': 'alert(1)', 'text/plain': 'x'}, raw=True)")),
    _script("svg", "A picture with script in it.",
            _shows("display(SVG('<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\">'\n"
                   "    '<script>alert(1)</script></svg>'))")),
    _script("markdown-latex", "Markdown, LaTeX, diagrams and documents.",
            _shows(f"display(Markdown({_ALERT!r}))\n"
                   "display(Latex('$\\\\href{javascript:alert(1)}{x}$'))\n"
                   "display({'text/vnd.mermaid': '<script>alert(1)</script>',\n"
                   "    'application/pdf': 'x', 'text/latex': '<script>'}, raw=True)")),
    _script("png", "A picture whose data leave their attribute.",
            _bundle({"image/png": _BREAK, "image/jpeg": "eA==\n" + _BREAK, "text/plain": "x"})),
    _script("png-metadata", "A picture whose size and words leave their attributes.",
            _bundle({"image/png": "eA==", "text/plain": "x"},
                    {"image/png": {"width": "1 onload=alert(1)", "height": _BREAK, "alt": _BREAK,
                                   "unconfined": _BREAK, "needs_background": _BREAK},
                     "filenames": {"image/png": "x\" onerror=\"alert(1)"}, "isolated": True})),
    _script("widgets", "A widget's view and state.",
            _bundle({"application/vnd.jupyter.widget-view+json": {"model_id": "</script>" + _ALERT},
                     "text/plain": "x"})),
    _script("odd-types", "Types of data that are themselves markup.",
            _bundle({_BREAK: _ALERT, "text/html; charset=utf-8": _ALERT, "TEXT/HTML": _ALERT,
                     "image/png ": _BREAK, "text/plain": _ALERT})),
    _script("text", "Printed text, errors and control sequences with markup in them.",
            runs("import sys\n"
                 f"print({_ALERT!r}); print({_ALERT!r}, file=sys.stderr)\n"
                 f"print('\\x1b[31m' + {_BREAK!r} + '\\x1b]8;;javascript:alert(1)\\x07link')\n"
                 f"raise type({_ALERT!r}, (Exception,), {{}})({_BREAK!r})")),
    _script("returned-markup", "Markup in what a check says of an answer.",
            answers("half", f"def half(x): return {_BREAK!r}"), shown=("half: 0 of 8 points",)),
    _script("raised-markup", "Markup in the error that a check tells of.",
            answers("half", f"def half(x): raise ValueError({_BREAK!r})"),
            states={"half": State.RAISED}),
    _script("raised-name", "Markup in the very name of an error.",
            answers("half", f"def half(x): raise type({_BREAK!r}, (Exception,), {{}})('$x$')"),
            states={"half": State.RAISED}),
    _script("source", "Markup in a program's own text.",
            runs(f"text = '''{_ALERT} </pre></div>{_BREAK}'''  # {_ALERT}")),
    _script("text-cells", "Text cells with script, handlers and links that act.",
            _text(_ALERT, "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
                  "<a href='java\tscript:alert(1)'>x</a>", "<svg/onload=alert(1)>",
                  "<div class='nbgrader_cell'><input class='score' id='half-check'></div>",
                  "$\\href{javascript:alert(1)}{x}$", "![x](data:text/html,<script>)",
                  f"![$\\text{{{_BREAK}}}$](data:image/png;base64,eA==)",
                  "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
                  "<style>@import 'javascript:alert(1)'</style>", "<base href='//x'>",
                  "```mermaid\n<script>alert(1)</script>\n```")),
    _script("attachments", "Pictures in text cells whose kinds and data are markup.", _attachments),
    _script("raw-cells", "Cells that say that they are HTML already.", _raw_cells),
    _script("metadata", "Markup wherever a page takes something from the notebook's metadata.",
            _metadata),
    _script("text-without-end", "Text that makes a page fail, or never end.",
            _text("[" * 20_000, "> " * 5000 + "x", "$" + "{" * 5000 + "$", "<div>" * 3000)),
)  # fmt: skip
