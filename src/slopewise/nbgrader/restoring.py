"""Put a submission in order before anything of it runs."""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from slopewise.nbgrader.folders import course_directory, source_notebook
from slopewise.nbgrader.record import write_findings
from slopewise.notebook.restoring import put_in_order


class PutInOrder(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader is untyped
    """Replaces nbgrader's own sanitising; see `slopewise.notebook.restoring` for what it does."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook that will be run; called by nbgrader for each submission."""
        submitted = nb.pop("submitted", None)
        if submitted is None:  # unreadable; the exporter has put the reason in
            return nb, resources
        names = resources["nbgrader"]
        source = source_notebook(course_directory(self), names["assignment"], names["notebook"])
        ordered, findings = put_in_order(submitted, source)
        write_findings(ordered, findings)
        for finding in findings:
            self.log.warning(
                "%s, %s%s: %s",
                names["student"],
                names["notebook"],
                f", {finding.cell}" if finding.cell else "",
                finding.text,
            )
        return ordered, resources
