"""Lessons' own solutions on the way of a submission: before a class, and for `slopewise doctor`."""

from __future__ import annotations

from collections.abc import Iterator

from nbgrader.coursedir import CourseDirectory

from slopewise.canary import Canary
from slopewise.errors import BoxError, CourseError, KernelError
from slopewise.execution import Ahead, ResultStore, Settings, open_pool
from slopewise.nbgrader.course_files import answer_key, own_notebook
from slopewise.nbgrader.settings import load_config, read_settings
from slopewise.notebook.course import Course
from slopewise.notebook.submitted_files import files_of_run, own_files


def canary_of(
    coursedir: CourseDirectory, assignment: str, notebook: str, settings: Settings
) -> Canary:
    """Return the canary of a notebook in `source/`.

    Raises:
        CourseError: a file of the course's is missing or damaged.
    """
    folder = own_notebook(coursedir, coursedir.source_directory, assignment, notebook).parent
    # What a learner may hand in a version of, the solution has as it is there.
    files = files_of_run((), own_files(folder, coursedir.ignore, ()))
    return Canary(notebook, answer_key(coursedir, assignment, notebook), settings, files)


def try_canaries(course: Course) -> Iterator[tuple[str, str]]:
    """Yield what keeps the solution of each notebook in `source/` from full marks, or "".

    Before it stands the notebook's name: of a lesson, or of an assignment made for nbgrader.

    Raises:
        CourseError: the configuration or the cluster it names is wrong.
        BoxError: this machine cannot build the box.
    """
    config = load_config(course.root)
    settings = read_settings(config, course.root)
    coursedir = CourseDirectory(config=config)
    store = ResultStore(settings.results, lambda _: None) if settings.results else None
    with Ahead(open_pool(settings), store) as ahead:
        for path in course.notebooks_in_source():
            name = path.stem
            try:
                canary = canary_of(coursedir, path.parent.name, name, settings)
                outcomes = ahead.everywhere(canary.job)
                told = [
                    canary.trouble(outcome, place) or canary.doubt(outcome)
                    for place, outcome in outcomes.items()
                ]
                yield name, next(filter(None, told), "")
            except BoxError:
                raise
            except (CourseError, KernelError) as error:
                yield name, str(error)
