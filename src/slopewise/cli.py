"""The command line: words to calls, no logic.

Every command imports what it needs when it runs, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from slopewise import __version__
from slopewise.commands.steps import STEPS
from slopewise.environment import print_anything, put_tools_on_path
from slopewise.errors import SlopewiseError
from slopewise.notebook.identifiers import visible


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line and name what may have been meant."""

    def error(self, message: str) -> NoReturn:
        """End with status 2; called by argparse."""
        wrong = re.search(r"invalid choice: '(.*?)' \(choose from (.*)\)", message)
        if wrong is not None:
            known = re.findall(r"[\w-]+", wrong[2])
            message = f"there is no '{wrong[1]}'{_meant(wrong[1], known)}"
        elif message.startswith("unrecognized arguments: "):
            word = message.partition(": ")[2].split()[0]
            message += _meant(word, re.findall(r"--[\w-]+", self.format_help()))
        print(f"slopewise: {visible(message)} ({self.prog} --help)", file=sys.stderr)
        sys.exit(2)


def _meant(word: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, known, 1)
    return f"; did you mean {near[0]}?" if near else ""


def command_parser() -> argparse.ArgumentParser:
    """Return what reads the command line; the reference of commands is made from it, too."""
    parser = _Parser(
        prog="slopewise",
        description="Build, try and inspect a Slopewise course; grading itself is nbgrader's.",
    )
    parser.add_argument("--version", action="version", version=f"slopewise {__version__}")
    parser.add_argument(
        "--course", type=Path, metavar="FOLDER", help="the course (default: where you are)"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    new = commands.add_parser("new", help="start a course of one lesson in a new folder")
    new.add_argument("folder", type=Path, metavar="FOLDER", help="where to; new, or empty")
    new.add_argument("--title", help="the course's name (default: the folder's)")

    build = commands.add_parser(
        "build", help="make source/, release/ and solutions/ from notebooks/"
    )
    build.add_argument("lessons", nargs="*", metavar="LESSON", help="a name or number; all if none")
    build.add_argument(
        "--check", action="store_true", help="build nothing; fail where a file is not up to date"
    )
    build.add_argument("--force", action="store_true", help="build what is up to date, too")

    check = commands.add_parser("check", help="grade notebooks of your own, without a gradebook")
    check.add_argument(
        "notebooks",
        nargs="+",
        type=Path,
        metavar="NOTEBOOK",
        help="a notebook, or a folder of them",
    )
    check.add_argument("--json", action="store_true", help="print JSON, for programs")

    matrix = commands.add_parser(
        "matrix", help="grade every known answer; fail where one is not as it should be"
    )
    matrix.add_argument(
        "lessons", nargs="*", metavar="LESSON", help="a name or number; all if none"
    )
    matrix.add_argument(
        "--output", type=Path, default=Path("matrix"), help="folder for page and picture"
    )
    matrix.add_argument(
        "--mutants", action="store_true", help="judge mutants of the solutions as well"
    )

    students = commands.add_parser(
        "students", help="enter a class from a CSV file, however the spreadsheet has written it"
    )
    students.add_argument("file", type=Path, metavar="FILE", help="its first line names columns")

    update = commands.add_parser(
        "update",
        help="enter a lesson that was changed after it was graded, and grade it again",
    )
    update.add_argument("lesson", metavar="LESSON", help="a name or number")

    report = commands.add_parser(
        "report", help="write a page and tables on what the class has understood"
    )
    report.add_argument(
        "--output", type=Path, metavar="FOLDER", help="where to (default: report in the course)"
    )
    report.add_argument(
        "--anonymous", action="store_true", help="numbers in the place of learners' ids and names"
    )
    report.add_argument("--lesson", metavar="LESSON", help="of one lesson; a name or number")
    report.add_argument(
        "--section", default="", metavar="SECTION", help="of one section's learners"
    )

    week = commands.add_parser(
        "week", help="collect, grade, write feedback and the report; goes on from what is there"
    )
    week.add_argument("lesson", metavar="LESSON", help="a name or number")
    week.add_argument(
        "--only",
        action="append",
        default=[],
        choices=STEPS,
        help="this step alone; may be named several times. update enters a lesson that was changed"
        " after it was graded, release hands the feedback back",
    )
    week.add_argument("--json", action="store_true", help="say it as JSON, for programs")

    extend = commands.add_parser("extend", help="give one learner more time for a lesson")
    extend.add_argument("learner", metavar="LEARNER", help="the learner's id")
    extend.add_argument("lesson", metavar="LESSON", help="a name or number")
    until = extend.add_mutually_exclusive_group(required=True)
    until.add_argument(
        "--days",
        type=float,
        help="after the class's due date, in the place of an earlier extension; 0 takes it back",
    )
    until.add_argument("--until", metavar="TIME", help="when it is due then: '2026-03-05 12:00'")

    export = commands.add_parser("export", help="write grades for Canvas, Moodle or a spreadsheet")
    export.add_argument("shape", choices=("canvas", "moodle", "csv"), help="whose shape")
    export.add_argument(
        "--to",
        type=Path,
        metavar="FILE",
        help="where to (default: canvas.csv, moodle.csv or grades.csv)",
    )

    demo = commands.add_parser("demo", help="grade a small sample class in a folder of its own")
    demo.add_argument(
        "--folder", type=Path, default=Path("demo"), help="made anew each time (default: demo)"
    )
    demo.add_argument("--seed", type=int, default=1, help="draws another class (default: 1)")

    commands.add_parser(
        "lab",
        help="start JupyterLab in the course's folder; other options are handed on to it",
    )

    again = commands.add_parser(
        "again", help="begin a lesson from the start; the learner's copy is kept"
    )
    again.add_argument("lesson", metavar="LESSON", help="a name or number")

    solution = commands.add_parser(
        "solution", help="print an exercise's solution, where the course shows it"
    )
    solution.add_argument("lesson", metavar="LESSON", help="a name or number")
    solution.add_argument("exercise", metavar="EXERCISE", help="the exercise's name")

    commands.add_parser("doctor", help="tell whether this machine can build, run and grade")
    for command in commands.choices.values():
        command.set_defaults(parser=command)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status. An error is one line on stderr and status 1."""
    print_anything()
    parser = command_parser()
    words, others = parser.parse_known_args(arguments)
    if words.command is None:
        if others:
            parser.error(f"unrecognized arguments: {' '.join(others)}")
        parser.print_help()
        return 0
    if others and words.command != "lab":
        words.parser.error(f"unrecognized arguments: {' '.join(others)}")
    put_tools_on_path()
    try:
        return _run(words, others)
    except SlopewiseError as error:
        print(f"slopewise: {visible(str(error))}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("slopewise: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever read our output has seen enough (`slopewise report | head`); nothing is wrong,
        # but what is still unwritten must not raise again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if not _is_of_a_setting(error):
            raise
        text = " ".join(str(error).split())
        print(f"slopewise: nbgrader_config.py: {visible(text)}", file=sys.stderr)
        return 1


def _is_of_a_setting(error: Exception) -> bool:
    """Whether a setting of nbgrader's configuration is of another kind than it has to be."""
    traitlets = sys.modules.get("traitlets")  # most commands' start does without
    return traitlets is not None and isinstance(error, traitlets.TraitError)


def _run(words: argparse.Namespace, others: Sequence[str]) -> int:
    if words.command == "doctor":
        from slopewise.commands.doctor import doctor

        return doctor(words.course)
    if words.command == "new":
        from slopewise.commands.starting import new_command

        return new_command(words.folder, words.title)
    from slopewise.notebook.course import Course

    course = Course.find(words.course)
    if words.command == "build":
        from slopewise.commands.building import build_command

        return build_command(course, words.lessons, check=words.check, force=words.force)
    if words.command == "check":
        from slopewise.commands.checking import check_command

        return check_command(course, words.notebooks, as_json=words.json)
    if words.command == "matrix":
        from slopewise.commands.matrix import matrix_command

        return matrix_command(course, words.lessons, words.output, mutants=words.mutants)
    if words.command == "students":
        from slopewise.commands.students import students_command

        return students_command(course, words.file)
    if words.command == "update":
        from slopewise.commands.updating import update_command

        return update_command(course, words.lesson)
    if words.command == "report":
        from slopewise.commands.report import report_command

        return report_command(
            course,
            words.output,
            anonymous=words.anonymous,
            lesson=words.lesson,
            section=words.section,
        )
    if words.command == "week":
        from slopewise.commands.week import week_command

        return week_command(course, words.lesson, only=words.only, as_json=words.json)
    if words.command == "extend":
        from slopewise.commands.extending import extend_command

        return extend_command(
            course, words.learner, words.lesson, days=words.days, until=words.until
        )
    if words.command == "export":
        from slopewise.commands.exporting import export_command

        return export_command(course, words.shape, words.to)
    if words.command == "again":
        from slopewise.commands.again import again_command

        return again_command(course, words.lesson)
    if words.command == "solution":
        from slopewise.commands.again import solution_command

        return solution_command(course, words.lesson, words.exercise)
    if words.command == "lab":
        from slopewise.commands.lab import lab_command

        return lab_command(course, others)
    from slopewise.commands.demo import demo_command

    return demo_command(course, words.folder, seed=words.seed)


if __name__ == "__main__":
    sys.exit(main())
