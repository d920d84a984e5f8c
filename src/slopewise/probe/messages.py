"""In a notebook: one or two lines instead of a traceback, where a lesson knows what to say.

- a visible check failed: its message;
- a cell needs an exercise that is not solved yet: which one it waits for;
- a check was interrupted: what was running;
- an exercise's cell has not run, or does not compile: which one;
- a name is missing because the cell that makes it stopped with an error: that;
- a cell fails in an exercise whose visible check has failed: that it waits for it.

Everything else keeps IPython's own traceback. Outside IPython nothing changes.
"""

from __future__ import annotations

import ast
import sys
from types import CodeType, TracebackType
from typing import Any

from slopewise.probe.cells import frames, is_cell, is_check, is_stub, line_of, source_of
from slopewise.probe.tutor_file import tutor_files
from slopewise.probe.wording import sentences

_WAITING: dict[str, str] = {}
"""Names that a cell would have made, had it not stopped: each with the exercise that it waits for,
or "" where it stopped for another reason."""

_FAILED: set[str] = set()
"""Exercises whose visible probes were asked last with a wrong answer there."""


def checked(exercise: str, passed: bool) -> None:
    """Note how an exercise's visible probes went; called by the tutor."""
    if passed:
        _FAILED.discard(exercise)
    else:
        _FAILED.add(exercise)


def install() -> None:
    """Show these messages in this IPython, if it is one and nobody else has done the like."""
    ipython: Any = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is not None and not shell.custom_exceptions:
        shell.set_custom_exc((Exception, KeyboardInterrupt), _show)


def _show(
    shell: Any,
    kind: type[BaseException],
    error: Any,
    traceback: TracebackType | None,
    tb_offset: int | None = None,
) -> None:
    """Show one exception; called by IPython where a cell raised one."""
    lines = None
    if not hasattr(error, "_render_traceback_"):
        try:
            lines = explain(error, traceback)
        except Exception:  # whatever is odd about it, the learner sees the error itself
            lines = None
    if lines is not None:
        error._render_traceback_ = lambda: lines  # IPython's own way to show an error otherwise
    shell.showtraceback((kind, error, traceback), tb_offset=tb_offset)


def explain(error: BaseException, traceback: TracebackType | None) -> list[str] | None:
    """Return the lines to show instead of a traceback, or None where a traceback is right."""
    steps = [(code, number) for code, number in frames(traceback) if is_cell(code.co_filename)]
    if not steps:
        return None
    outermost = steps[0][0]
    innermost, number = steps[-1]
    if isinstance(error, NotImplementedError):
        if not is_stub(error):
            return None
        return _waits(_exercise_of(innermost), outermost, innermost)
    if isinstance(error, NameError):
        return _is_missing(error, outermost)
    if not is_check(outermost):
        wrong = [code for code, _ in steps[1:] if _function(code) in _FAILED]
        _remember(_function(wrong[0]) if wrong else "", outermost)
        return _waits_for_wrong(_function(wrong[0]), error) if wrong else None
    if isinstance(error, KeyboardInterrupt):
        check = outermost.co_filename
        running = next((code for code, _ in steps if code.co_filename != check), None)
        name = "the check" if running is None else f"`{_exercise_of(running)}`"
        return [
            f"✗ Interrupted while {name} was running.",
            "If it should have come to an end long before: look at what ends each of its loops.",
        ]
    if isinstance(error, AssertionError) and innermost is outermost:
        text = str(error) or f"this does not hold: {line_of(innermost, number)}"
        head, rest = sentences(text)
        return [f"✗ {head}", *([rest] if rest else [])]
    return None


def _exercise_of(code: CodeType) -> str:
    """The name that a stub stands for: its function's, its class's, or the one that it sets."""
    if _function(code):
        return _function(code)
    for statement in ast.parse(source_of(code)).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            return statement.targets[0].id
    return "this cell"


def _function(code: CodeType) -> str:
    """The name of the function or class that code belongs to, or ""."""
    return "" if code.co_qualname == "<module>" else code.co_qualname.partition(".")[0]


def _waits_for_wrong(exercise: str, error: BaseException) -> list[str]:
    text = " ".join(f"{type(error).__name__}: {error}".split()).rstrip(": ")
    return [
        f"… waits for exercise `{exercise}`, which raised {text[:150]}{'…' * (len(text) > 150)}",
        "Its check above says more. Mend it there, then run this cell again.",
    ]


def _waits(exercise: str, outermost: CodeType, innermost: CodeType) -> list[str]:
    if innermost is outermost:
        _remember(exercise, outermost)
        return [f"… `{exercise}` has no answer yet: put yours in place of the line that raises."]
    if is_check(outermost) and f"`{exercise}`" in source_of(outermost).partition("\n")[0]:
        return [f"… exercise `{exercise}` is not solved yet: write it in the cell above."]
    _remember(exercise, outermost)
    return [f"… waits for exercise `{exercise}`. Solve it above, then run this cell again."]


def _remember(exercise: str, cell: CodeType) -> None:
    for node in ast.walk(ast.parse(source_of(cell))):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            _WAITING[node.id] = exercise
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            _WAITING[node.name] = exercise


def _is_missing(error: NameError, outermost: CodeType) -> list[str] | None:
    name = error.name
    if name is None:
        return None
    stopped = set(_WAITING)  # before this cell's own names are among them
    files, _ = tutor_files()
    if any(name in file.exercises for file in files):
        return [
            f"… `{name}` is not there yet: run the cell of exercise `{name}` above.",
            "If that cell shows an error, it was not understood as a whole: mend that first.",
        ]
    exercise = _WAITING.get(name, "")
    _remember(exercise, outermost)
    if exercise:
        return [f"… waits for exercise `{exercise}`: the cell that makes `{name}` needs it."]
    if name in stopped:
        return [
            f"… `{name}` is not there: the cell that makes it stopped with an error.",
            "Mend what that cell says, run it again, and then this one.",
        ]
    return None
