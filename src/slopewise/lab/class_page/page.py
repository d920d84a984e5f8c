"""The class page as HTML: readable without its script, which only keeps it fresh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from slopewise.lab.class_page.work import Outcome, Work
from slopewise.nbgrader.pages.policy import digest
from slopewise.notebook.times import in_utc
from slopewise.report.standing import Standing
from slopewise.report.wording import ticks

_HERE = files("slopewise.lab.class_page") / "templates"
_REPORT = files("slopewise.report") / "templates"
# The report's colours and letters, and what only this page has.
_STYLE = (_REPORT / "style.css").read_text("utf-8") + (_HERE / "class.css").read_text("utf-8")
_SCRIPT = (_HERE / "class.js").read_text("utf-8")

STEPS = {
    "collect": "Collecting",
    "update": "Entering the lesson",
    "grade": "Grading",
    "feedback": "Writing feedback",
    "release": "Releasing feedback",
    "report": "Writing the report",
}
_OUTCOMES = {
    Outcome.DONE: "Done.",
    Outcome.FAILED: "Not everything went well.",
    Outcome.STOPPED: "Stopped. What was done is kept; press the button again to go on.",
}


POLICY = (
    f"default-src 'none'; script-src 'sha256-{digest(_SCRIPT)}'; "
    f"style-src 'sha256-{digest(_STYLE)}'; img-src data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
"""What the browser may load and run of the page: nothing that is not in it from here."""


@dataclass(frozen=True)
class Places:
    """Addresses that the page leads to.

    Attributes:
        page: its own.
        formgrader: the Formgrader's.
        lab: JupyterLab's.
        report: the report's; "" where there is none yet.
        demo: the report on the demo's class; "" where there is none.
        demo_folder: where the demo's class is, as a terminal in the course's folder names it.
    """

    page: str
    formgrader: str
    lab: str
    report: str = ""
    demo: str = ""
    demo_folder: str = "demo"


def page(standing: Standing, work: Work | None, places: Places, xsrf: str, *, busy: bool) -> str:
    """Return the page.

    Args:
        standing: of the class.
        work: what runs, or has run last.
        places: where it leads to.
        xsrf: the field that every form has to hold.
        busy: whether something was asked for while something else ran.
    """
    return _TEMPLATES.get_template("class.html").render(
        standing=standing,
        names=dict(standing.learners),
        work=work,
        places=places,
        xsrf=Markup(xsrf),
        busy=busy,
        style=Markup(_STYLE),
        script=Markup(_SCRIPT),
    )


def fragment(work: Work | None) -> str:
    """Return what the page shows of the work, alone."""
    return _TEMPLATES.get_template("work.html").render(work=work)


def _status(work: Work) -> str:
    """What is going on, in a few words."""
    if not work.runs:
        return _OUTCOMES[work.outcome]
    doing = STEPS.get(work.step, "") or work.told or "Beginning"
    return f"{doing}: {work.done} of {work.total}" if work.total else f"{doing} …"


def _when(when: datetime, zone: tzinfo) -> str:
    local = in_utc(when).astimezone(zone)
    return f"{local.day} {local:%B %Y, %H:%M %Z}"


def _people(ids: Sequence[str], names: dict[str, str]) -> str:
    return ", ".join(_person(one, names) for one in ids)


def _person(one: str, names: dict[str, str]) -> str:
    return f"{names[one]} ({one})" if names.get(one) else one


_TEMPLATES = Environment(
    loader=PackageLoader("slopewise.lab.class_page"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters |= {
    "status": _status,
    "ticks": ticks,
    "when": _when,
    "people": _people,
    "person": _person,
}
