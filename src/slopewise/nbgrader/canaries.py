"""All lessons' own solutions, graded as submissions are: what `slopewise doctor` tries."""

from __future__ import annotations

from collections.abc import Iterator

from nbgrader.coursedir import CourseDirectory

from slopewise.canary import Canary
from slopewise.errors import BoxError, CourseError, KernelError
from slopewise.execution import Ahead, ResultStore, open_pool
from slopewise.nbgrader.course_files import answer_key
from slopewise.nbgrader.settings import load_config, read_settings
from slopewise.nbgrader.submitted_files import is_for_a_run, own_files
from slopewise.notebook.course import Course


def try_canaries(course: Course) -> Iterator[tuple[str, str]]:
    """Yield each built lesson's name, and what keeps its solution from full marks, or "".

    Raises:
        CourseError: the configuration or the cluster it names is wrong.
        BoxError: this machine cannot build the box.
    """
    config = load_config(course.root)
    settings = read_settings(config, course.root)
    coursedir = CourseDirectory(config=config)
    names = [one.name for one in course.lessons if one.path_in("source").is_file()]
    store = ResultStore(settings.results, lambda _: None) if settings.results else None
    with Ahead(open_pool(settings), store) as ahead:
        for name in names:
            try:
                key = answer_key(coursedir, name, name)
                folder = course.root / "source" / name
                files = [
                    one for one in own_files(folder, coursedir.ignore, ()) if is_for_a_run(one.name)
                ]
                canary = Canary(name, key, settings, files)
                outcomes = ahead.everywhere(canary.job)
                told = [canary.trouble(outcome, place) for place, outcome in outcomes.items()]
                yield name, next(filter(None, told), "")
            except BoxError:
                raise
            except (CourseError, KernelError) as error:
                yield name, str(error)
