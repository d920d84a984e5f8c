"""What is in the exchange; of what learners put there only names are read."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeList
from nbgrader.utils import notebook_hash

from slopewise.errors import SubmissionError
from slopewise.nbgrader.exchange.guarded import LearnersExchange
from slopewise.nbgrader.exchange.inbound import Arrival, Refused, arrivals
from slopewise.nbgrader.exchange.permissions import FEEDBACK, INBOUND
from slopewise.notebook.identifiers import shown
from slopewise.notebook.untrusted_files import Bounds, folder_below, read_file, read_tree

_LARGEST_SECRET = 1000
_FEW = Bounds(total=0, largest=0)


class List(LearnersExchange, ExchangeList):  # type: ignore[misc]  # nbgrader is untyped
    """Lists what was released, what this learner handed in, or what lies in `inbound`."""

    def init_dest(self) -> None:
        """Find what there is; called by nbgrader."""
        if not self.inbound:
            super().init_dest()
            return
        self.assignments: list[str] = []
        self._arrivals: dict[str, Arrival] = {}
        course = self.coursedir.course_id or "*"
        for folder in sorted(Path(self.root).glob(f"{course}/{INBOUND}")):
            self._look(folder)

    def _look(self, folder: Path) -> None:
        wanted = (self.coursedir.student_id or "*", self.coursedir.assignment_id or "*")
        try:
            found = list(arrivals(folder))
        except OSError as error:
            self.fail(f"{folder}: cannot be read ({error.strerror})")
        for one in found:
            if isinstance(one, Refused):
                self.log.warning("Not listed: %s", one)
            elif wanted[0] in ("*", one.student) and wanted[1] in ("*", one.assignment):
                path = str(folder / one.name)
                self.assignments.append(path)
                self._arrivals[path] = one

    def parse_assignments(self) -> list[dict[str, Any]]:
        """Return what is to be listed, as nbgrader's pages want it."""
        if not self.inbound:
            found: list[dict[str, Any]] = super().parse_assignments()
            return found
        groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
        for path in self.assignments:
            info = self._submission(path)
            key = (info["course_id"], info["student_id"], info["assignment_id"])
            groups.setdefault(key, []).append(info)
        return [
            {
                "course_id": course,
                "student_id": student,
                "assignment_id": assignment,
                "status": infos[0]["status"],
                "submissions": sorted(infos, key=lambda info: str(info["timestamp"])),
            }
            for (course, student, assignment), infos in sorted(groups.items())
        ]

    def _submission(self, path: str) -> dict[str, Any]:
        arrival, course = self._arrivals[path], Path(path).parents[1]
        secret, names = self._contents(Path(path))
        notebooks = [
            {
                "notebook_id": name,
                "path": f"{path}/{name}.ipynb",
                "has_local_feedback": False,
                "has_exchange_feedback": self._is_ready(course, secret, name),
                "local_feedback_path": None,
                "feedback_updated": False,
            }
            for name in names
        ]
        return {
            "course_id": course.name,
            "student_id": arrival.student,
            "assignment_id": arrival.assignment,
            "timestamp": shown(arrival.claimed),
            "random_string": None,
            "status": "removed" if self.remove else "submitted",
            "path": path,
            "notebooks": notebooks,
            "has_local_feedback": False,
            "has_exchange_feedback": bool(notebooks)
            and all(one["has_exchange_feedback"] for one in notebooks),
            "feedback_updated": False,
            "local_feedback_path": None,
        }

    def _contents(self, path: Path) -> tuple[str | None, list[str]]:
        """The submission's secret and the names of its notebooks; none of them is opened."""
        secret, names = None, []
        try:
            with folder_below(path.parent, [path.name]) as descriptor:

                def note(whole: str, is_folder: bool) -> str:
                    if whole.endswith(".ipynb") and not is_folder and "/" not in whole:
                        names.append(shown(whole.removesuffix(".ipynb")))
                    return ""

                read_tree(descriptor, _FEW, note)
                secret = read_file(descriptor, "submission_secret.txt", _LARGEST_SECRET).decode()
        except (SubmissionError, UnicodeDecodeError):
            pass
        return secret, names

    def _is_ready(self, course: Path, secret: str | None, notebook: str) -> bool:
        if not secret or not notebook:
            return False
        name = notebook_hash(secret=secret, notebook_id=notebook)
        return (course / FEEDBACK / f"{name}.html").is_file()

    def remove_files(self) -> list[dict[str, Any]]:
        """Remove what is listed; called by `nbgrader list --remove`."""
        if not self.inbound:
            gone: list[dict[str, Any]] = super().remove_files()
            return gone
        found = self.parse_assignments()
        kept = []
        for path in self.assignments:
            try:
                shutil.rmtree(path)
            except OSError as error:
                kept.append(f"{shown(path, 200)}: {error.strerror}")
        for line in kept:
            self.log.error("Not removed: %s", line)
        if kept:
            self.fail(f"{len(kept)} could not be removed; the owner or root has to")
        return found
