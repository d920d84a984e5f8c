"""`tutor`: ask the visible probes, and say at once what is wrong, by its name where it has one.

Stands in the visible part of a check cell, before its plain `assert`s:

    tutor(
        "gradient",
        four_points=expect(lambda: gradient(X, Y, P), -30.0),
        three_points=lambda: gradient(A, B, C),
    )

What comes back opens, in the file that is released beside the lesson, the message of the known
mistake that shows the same (see `slopewise.probe.keys`). Where none does, a probe with an `expect`
says what came back and what was expected; else the asserts have the word. Nothing here decides a
score: where a grader asks its own questions in the same cell, the tutor is silent.
"""

from __future__ import annotations

import contextlib
import io
import sys
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeGuard

from slopewise.probe import process_state
from slopewise.probe.cells import (
    asks_hidden_questions,
    frames,
    in_own_words,
    is_cell,
    is_stub,
    line_of,
)
from slopewise.probe.codec import Node, encode, encode_exception
from slopewise.probe.general import differs, in_common
from slopewise.probe.keys import forms, unlock
from slopewise.probe.messages import checked
from slopewise.probe.observe import Probe, _isolate
from slopewise.probe.tutor_file import tutor_files
from slopewise.probe.wording import sentences

MIME_TYPE = "application/vnd.slopewise.tutor+json"
"""Of what a recording tutor displays, for the build; no released notebook ever holds it."""

_recording = False


@dataclass(frozen=True)
class Expected:
    """A visible probe whose right answer is no secret; made by `expect`.

    Attributes:
        function: called without arguments.
        value: what a right answer returns, or the exception's class that it raises.
        relative: largest relative difference that still counts as equal, or None for the default.
        absolute: largest absolute difference that still counts as equal, or None for the default.
    """

    function: Callable[[], object]
    value: object
    relative: float | None = None
    absolute: float | None = None


def expect(
    function: Callable[[], object],
    value: object,
    *,
    relative: float | None = None,
    absolute: float | None = None,
) -> Expected:
    """Return a visible probe that says openly what a right answer gives.

    Args:
        function: called without arguments.
        value: what it should return (a number, list, array, tensor, …), or an exception's class
            where it should raise that.
        relative: as in `near`.
        absolute: as in `near`.
    """
    return Expected(function, value, relative, absolute)


class VisibleCheckError(AssertionError):
    """A visible check failed and its message says why; shown without a traceback."""

    def _render_traceback_(self) -> list[str]:
        """Return the lines to show; called by IPython instead of making a traceback."""
        return str(self).splitlines()


@dataclass(frozen=True)
class _Seen:
    name: str
    node: Node
    probe: Probe
    expected: Expected | None
    error: BaseException | None


def tutor(exercise: str, **probes: Callable[[], object] | Probe | Expected) -> None:
    """Ask the visible probes and raise a message where they show a mistake.

    Args:
        exercise: the exercise's name.
        probes: name of the question = a function without arguments, `near(...)` of one, or
            `expect(function, value)`. Names are shown to the learner, as in `observe`.

    Raises:
        VisibleCheckError: something is wrong, and what; an AssertionError.
        NotImplementedError: the exercise still holds its stub.
    """
    if asks_hidden_questions(sys._getframe(1).f_code):  # which decide, and say what is wrong
        return
    # A model begins at random: what it answers must not depend on what has run before.
    with process_state.standard(remembered=False):
        seen = [_ask(name, probe) for name, probe in probes.items()]
    if _recording:
        _record(exercise, seen)
        return
    for one in seen:
        if (one.error is not None and is_stub(one.error)) or _is_missing(one.error, exercise):
            raise one.error  # `slopewise.probe.messages` has a line for each
    wrong = [(one, _difference(one)) for one in seen]
    checked(exercise, True)
    if all(one.expected is not None and clause is None for one, clause in wrong):
        return
    message, trouble = _known(exercise, seen)
    if message is None:
        message = _facts(wrong)
    if trouble is not None:
        print(trouble)
    if message is not None:
        checked(exercise, False)
        raise VisibleCheckError(two_lines(exercise, message)) from None


def _facts(asked: list[tuple[_Seen, str | None]]) -> str | None:
    """What all that is wrong has in common, if anything, and the first that is wrong."""
    first = next((clause for _, clause in asked if clause is not None), None)
    if first is None or any(
        clause is not None and (one.error is not None or one.expected is None)
        for one, clause in asked
    ):
        return first
    common = in_common(
        (one.node, encode(one.expected.value), clause is None)
        for one, clause in asked
        if one.expected is not None and not isinstance(one.expected.value, type)
    )
    return first if common is None else f"{common} {first[0].upper()}{first[1:]}"


def two_lines(exercise: str, message: str) -> str:
    """Return a message in at most two lines: what is wrong, then the rest of it."""
    head, rest = sentences(message)
    return f"✗ {exercise}: {head}" + (f"\n{rest}" if rest else "")


def _ask(name: str, asked: Callable[[], object] | Probe | Expected) -> _Seen:
    expected = asked if isinstance(asked, Expected) else None
    if isinstance(asked, Expected):
        probe = Probe(asked.function, asked.relative, asked.absolute)
    else:
        probe = asked if isinstance(asked, Probe) else Probe(asked)
    error: BaseException | None = None
    process_state.reset(remembered=False)
    try:
        # What the learner prints or is warned of comes once, from the asserts, not once a probe.
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            node = encode(_isolate(probe).function())
    except KeyboardInterrupt:
        raise
    except BaseException as raised:
        error, node = raised, encode_exception(raised)
        if in_own_words(raised):  # which differ from one learner to the next
            node["message"] = ""
    return _Seen(name, node, probe, expected, error)


def _is_missing(error: BaseException | None, exercise: str) -> TypeGuard[NameError]:
    """Whether an exercise is not defined: its cell has not run, or does not compile."""
    if not isinstance(error, NameError):
        return False
    return error.name == exercise or any(error.name in file.exercises for file in tutor_files()[0])


def _difference(one: _Seen) -> str | None:
    """Say what came back and how it differs; None where it is right, or nobody says what is."""
    asked = one.name.replace("_", " ")
    expected = one.expected
    if expected is not None and isinstance(expected.value, type):
        if isinstance(one.error, expected.value):
            return None
        return f"in “{asked}”, {differs(one.node, None, expected.value.__name__)}"
    if one.error is not None:
        return f"in “{asked}”, it raised {_raised(one)}"
    if expected is None:
        return None
    clause = differs(one.node, encode(expected.value), "", expected.relative, expected.absolute)
    return None if clause is None else f"in “{asked}”, {clause}"


def _raised(one: _Seen) -> str:
    """An exception, and the line of the learner's that it came from."""
    error: Any = one.error
    text = f"{type(error).__name__}: {encode_exception(error)['message']}".rstrip(": .")
    line = ""
    for code, number in frames(error.__traceback__):
        if code.co_filename != one.probe.function.__code__.co_filename and is_cell(
            code.co_filename
        ):
            line = line_of(code, number)
    where = f". It happened in the line `{line}`" if line else ""
    return f"{text}{where}."


def _known(exercise: str, seen: Iterable[_Seen]) -> tuple[str | None, str | None]:
    """Return the message that the probes open, and a line where the file is not as it should be."""
    files, damaged = tutor_files()
    probes = [(one.name, one.node, one.probe.absolute) for one in seen]
    names = tuple(name for name, _, _ in probes)
    meant = [file for file in files if file.probes.get(exercise) == names]
    if not meant:
        if damaged:
            return None, f"(The tutor's file {damaged[0].name} is damaged: plain checks only.)"
        return None, "(The tutor's file is not beside this notebook: plain checks only.)"
    for file in meant:
        for form in forms(probes):
            try:
                message = unlock(exercise, form, file.entries[exercise], file.salt)
            except ValueError:
                return None, f"(The tutor's file of {file.lesson} is damaged: plain checks only.)"
            if message is not None:
                return message, None
    return None, None


def record() -> None:
    """From now on, display what the visible probes return and judge nothing; for the build."""
    global _recording
    _recording = True


def _record(exercise: str, seen: list[_Seen]) -> None:
    from IPython.display import display

    probes = []
    for one in seen:
        said: dict[str, Any] = {"name": one.name, "value": one.node}
        if one.probe.relative is not None:
            said["relative"] = one.probe.relative
        if one.probe.absolute is not None:
            said["absolute"] = one.probe.absolute
        said["right"] = None if one.expected is None else _difference(one) is None
        probes.append(said)
    display({MIME_TYPE: {"exercise": exercise, "probes": probes}, "text/plain": ""}, raw=True)
