"""Turn observations into verdicts, once the kernel is dead."""

from __future__ import annotations

from typing import Any

import nbformat
from nbgrader.preprocessors import NbGraderPreprocessor

from slopewise.nbgrader.folders import course_directory, known_answers, references
from slopewise.nbgrader.record import read_findings, write_findings, write_verdicts
from slopewise.notebook.findings import NOTHING_TO_RUN, Finding, Kind
from slopewise.scoring import State, Verdict, judge
from slopewise.scoring.explaining import explained
from slopewise.scoring.observations import MIME_TYPE, payloads
from slopewise.scoring.rendering import as_html, as_text


class JudgeChecks(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader is untyped
    """Writes into every check cell what it is worth and why, where nbgrader looks for it."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Judge every check cell that has a reference; called by nbgrader after the run."""
        with self.parent.parent.run.watch.stage("verdict"):
            return self._judged(nb, resources)

    def _judged(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        names = resources["nbgrader"]
        coursedir = course_directory(self)
        wanted = references(coursedir, names["assignment"], names["notebook"])
        known = known_answers(coursedir, names["assignment"])
        nothing = [one.text for one in read_findings(nb) if one.kind in NOTHING_TO_RUN]
        verdicts = []
        for cell in nb.cells:
            grader = cell.metadata.get("nbgrader", {})
            if not grader.get("grade") or grader["grade_id"] not in wanted:
                continue
            name = grader["grade_id"].removesuffix("-check")
            maximum = float(grader["points"])
            if nothing:
                verdict = Verdict(name, State.NOT_RUN, 0.0, maximum, nothing[0])
            else:
                found = payloads(cell.outputs)
                verdict = explained(
                    judge(name, found, wanted[grader["grade_id"]], maximum, known.get(name, ())),
                    read_findings(nb),
                )
            if verdict.state is State.TAMPERED:
                finding = Finding(Kind.ANSWER, grader["grade_id"], verdict.message)
                write_findings(nb, (finding,))
                self.log.warning("%s, %s: %s", names["student"], finding.cell, finding.text)
            verdicts.append(verdict)
            cell.outputs = _outputs(verdict, cell)
        write_verdicts(nb, tuple(verdicts))
        return nb, resources


def _outputs(verdict: Verdict, cell: Any) -> list[Any]:
    """The explanation, the points as nbgrader reads them, then what the learner's code printed."""
    explanation = _output(
        "display_data",
        data={"text/html": as_html(verdict), "text/plain": as_text(verdict)},
        metadata={},
    )
    points = _output(
        "execute_result",
        data={"text/plain": str(verdict.points)},
        metadata={},
        execution_count=cell.execution_count,
    )
    rest = [
        _shortened(output) for output in cell.outputs if MIME_TYPE not in (output.get("data") or {})
    ]
    # A second result would be read as the points by whoever takes the last one.
    kept = [output for output in rest if output.output_type != "execute_result"]
    return [explanation, points, *kept]


def _shortened(output: Any) -> Any:
    """An error without its traceback, which would show lines of the hidden region."""
    if output.output_type != "error":
        return output
    line = f"{output.ename}: {output.evalue}"
    return _output("error", ename=output.ename, evalue=output.evalue, traceback=[line])


def _output(kind: str, **parts: Any) -> Any:
    """An output; unlike nbformat's own, not validated by itself: the whole notebook will be."""
    return nbformat.from_dict({"output_type": kind, **parts})
