"""What holds for a whole process, and what it is while a question is asked.

A learner may change the default dtype, seed or switch off what they like; a question means the
same all the same. Every such setting stands in `SETTINGS`, once: how it is read, put back, and
what it is while a question is asked. What has a value of its own at every start (the working
directory, `sys.path`, Python's names …) is what :func:`remember` found before the first cell.

Libraries are looked up among the modules already loaded; none is imported.
"""

from __future__ import annotations

import builtins
import contextlib
import gc
import os
import random
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

_SEED = 0
_start: dict[str, Any] = {}
_asking: list[bool] = []


@dataclass(frozen=True)
class Setting:
    """One thing that holds for the whole process.

    Attributes:
        name: what it is, in words.
        read: what it is now, as `write` takes it.
        write: make it that.
        standard: what it is while a question is asked; None means what `remember` found.
        module: the library it belongs to; "" where it is Python's own.
    """

    name: str
    read: Callable[[], Any]
    write: Callable[[Any], None]
    standard: Callable[[], Any] | None = None
    module: str = ""

    @property
    def applies(self) -> bool:
        """Whether the library it belongs to is loaded."""
        return not self.module or self.module in sys.modules


def remember() -> None:
    """Note how this process began; called before the first cell of a learner's runs."""
    for setting in SETTINGS:
        if setting.standard is None and setting.applies:
            with contextlib.suppress(Exception):
                _start[setting.name] = setting.read()


def reset(*, remembered: bool = True) -> None:
    """Give every setting the meaning it has while a question is asked.

    Without `remembered`, those alone that mean the same in every process: random states, dtypes and
    the like, but neither streams nor folders nor a debugger's tracing.
    """
    for setting in SETTINGS:
        if not setting.applies:
            continue
        # What cannot be set back, such as a folder that is gone, is left as the learner has it.
        with contextlib.suppress(Exception):
            if setting.standard is not None:
                setting.write(setting.standard())
            elif remembered and setting.name in _start:
                setting.write(_start[setting.name])


@contextlib.contextmanager
def standard(*, remembered: bool = True) -> Iterator[None]:
    """Ask questions: every setting as `reset` gives it, and afterwards as the learner had it."""
    if _asking:  # inside a hidden region, which has seen to it
        yield
        return
    _asking.append(True)
    before = []
    for setting in SETTINGS:
        if setting.applies:
            with contextlib.suppress(Exception):
                before.append((setting, setting.read()))
    torch = sys.modules.get("torch")
    try:
        with torch.inference_mode(False) if torch is not None else contextlib.nullcontext():
            reset(remembered=remembered)
            yield
    finally:
        _asking.clear()
        for setting, value in before:
            with contextlib.suppress(Exception):
                setting.write(value)


def _library(name: str) -> Any:
    return sys.modules[name]


# -- Python's own --------------------------------------------------------------------------------


def _write_names(names: dict[str, Any]) -> None:
    """Give Python's names back their meaning; what a learner has added stays."""
    current = vars(builtins)
    for name, value in names.items():
        if current.get(name, names) is not value:
            current[name] = value


def _write_filters(filters: list[Any]) -> None:
    warnings.resetwarnings()  # also forgets which warnings were shown
    # Of the list itself nothing may be kept: `resetwarnings` empties it.
    warnings.filters.extend(filters)  # type: ignore[attr-defined]


def _write_path(path: list[str]) -> None:
    sys.path[:] = path


def _write_finders(finders: list[Any]) -> None:
    sys.meta_path[:] = finders


def _read_streams() -> tuple[Any, ...]:
    return sys.stdin, sys.stdout, sys.stderr, sys.displayhook, sys.excepthook


def _write_streams(streams: tuple[Any, ...]) -> None:
    sys.stdin, sys.stdout, sys.stderr, sys.displayhook, sys.excepthook = streams


def _write_directory(path: str) -> None:
    os.chdir(path)


def _write_zone(zone: str | None) -> None:
    if os.environ.get("TZ") == zone:
        return
    if zone is None:
        os.environ.pop("TZ")
    else:
        os.environ["TZ"] = zone
    if hasattr(time, "tzset"):
        time.tzset()


def _write_locale(value: str) -> None:
    locale = _library("locale")
    locale.setlocale(locale.LC_ALL, value)


def _read_locale() -> str:
    locale = _library("locale")
    return str(locale.setlocale(locale.LC_ALL))


def _write_collecting(on: bool) -> None:
    (gc.enable if on else gc.disable)()


def _write_tracing(functions: tuple[Any, Any]) -> None:
    trace, profile = functions
    if sys.gettrace() is not trace:
        sys.settrace(trace)
    if sys.getprofile() is not profile:
        sys.setprofile(profile)


def _read_alarm() -> float:
    return signal.getitimer(signal.ITIMER_REAL)[0] if hasattr(signal, "getitimer") else 0.0


def _write_alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        signal.setitimer(signal.ITIMER_REAL, seconds)


@cache
def _standard_random() -> Any:
    return random.Random(_SEED).getstate()


def _read_decimal() -> Any:
    return _library("decimal").getcontext().copy()


def _standard_decimal() -> Any:
    decimal = _library("decimal")
    signals = [decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow]
    return decimal.Context(
        prec=28, rounding=decimal.ROUND_HALF_EVEN, Emin=-999999, Emax=999999, capitals=1, clamp=0,
        flags=[], traps=signals,
    )  # fmt: skip


# -- numpy ---------------------------------------------------------------------------------------

_NUMPY_ERRORS = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}
_NUMPY_PRINTING = {
    "edgeitems": 3, "threshold": 1000, "floatmode": "maxprec", "precision": 8, "suppress": False,
    "linewidth": 75, "nanstr": "nan", "infstr": "inf", "sign": "-", "formatter": None,
    "legacy": False, "override_repr": None,
}  # fmt: skip


def _write_numpy_random(state: Any) -> None:
    """Take a state, or a seed: setting a state takes eight times as long."""
    numpy_random = _library("numpy").random
    (numpy_random.seed if isinstance(state, int) else numpy_random.set_state)(state)


# -- torch ---------------------------------------------------------------------------------------


def _write_device(device: Any) -> None:
    # A device that was set, even the CPU, slows every call down; none set means the CPU.
    _library("torch").set_default_device(None if str(device) == "cpu" else device)


def _read_deterministic() -> tuple[bool, bool]:
    torch = _library("torch")
    return (
        torch.are_deterministic_algorithms_enabled(),
        torch.is_deterministic_algorithms_warn_only_enabled(),
    )


def _write_deterministic(wanted: tuple[bool, bool]) -> None:
    if _read_deterministic() != wanted:
        _library("torch").use_deterministic_algorithms(wanted[0], warn_only=wanted[1])


@cache
def _standard_torch_random() -> Any:
    return _library("torch").Generator().manual_seed(_SEED).get_state()


def _write_torch_printing(options: dict[str, Any]) -> None:
    if options:
        _library("torch").set_printoptions(**options)


# Of these torch has no word for what they are now; a learner finds the standard ones afterwards.
def _nothing_known() -> dict[str, Any]:
    return {}


SETTINGS: tuple[Setting, ...] = (
    Setting("Python's names", lambda: dict(vars(builtins)), _write_names),
    Setting("streams and hooks", _read_streams, _write_streams),
    Setting("sys.path", lambda: list(sys.path), _write_path),
    Setting("import finders", lambda: list(sys.meta_path), _write_finders),
    Setting("working directory", os.getcwd, _write_directory),
    Setting("recursion limit", sys.getrecursionlimit, sys.setrecursionlimit),
    Setting(
        "digits of whole numbers", sys.get_int_max_str_digits, sys.set_int_max_str_digits
    ),
    Setting("warning filters", lambda: list(warnings.filters), _write_filters),
    Setting("time zone", lambda: os.environ.get("TZ"), _write_zone),
    Setting("garbage collection", gc.isenabled, _write_collecting),
    Setting("tracing", lambda: (sys.gettrace(), sys.getprofile()), _write_tracing),
    Setting("alarm", _read_alarm, _write_alarm, lambda: 0.0),
    Setting(
        "random's state", random.getstate, random.setstate,
        _standard_random,
    ),
    Setting("locale", _read_locale, _write_locale, None, "locale"),
    Setting(
        "decimal's context", _read_decimal, lambda value: _library("decimal").setcontext(value),
        _standard_decimal, "decimal",
    ),
    Setting(
        "numpy's floating-point errors", lambda: _library("numpy").geterr(),
        lambda value: _library("numpy").seterr(**value), lambda: _NUMPY_ERRORS, "numpy",
    ),
    Setting(
        "numpy's error function", lambda: _library("numpy").geterrcall(),
        lambda value: _library("numpy").seterrcall(value), lambda: None, "numpy",
    ),
    Setting(
        "numpy's print options", lambda: _library("numpy").get_printoptions(),
        lambda value: _library("numpy").set_printoptions(**value), lambda: _NUMPY_PRINTING, "numpy",
    ),
    Setting(
        "numpy's random state", lambda: _library("numpy").random.get_state(legacy=False),
        _write_numpy_random, lambda: _SEED, "numpy",
    ),
    Setting(
        "torch's default dtype", lambda: _library("torch").get_default_dtype(),
        lambda value: _library("torch").set_default_dtype(value),
        lambda: _library("torch").float32, "torch",
    ),
    Setting(
        "torch's default device", lambda: _library("torch").get_default_device(), _write_device,
        lambda: "cpu", "torch",
    ),
    Setting(
        "autograd", lambda: _library("torch").is_grad_enabled(),
        lambda value: _library("torch").set_grad_enabled(value), lambda: True, "torch",
    ),
    Setting(
        "anomaly detection", lambda: _library("torch").is_anomaly_enabled(),
        lambda value: _library("torch").autograd.set_detect_anomaly(value), lambda: False, "torch",
    ),
    Setting(
        "determinism", _read_deterministic, _write_deterministic, lambda: (False, False), "torch"
    ),
    Setting(
        "autocast", lambda: _library("torch").is_autocast_enabled("cpu"),
        lambda value: _library("torch").set_autocast_enabled("cpu", value), lambda: False, "torch",
    ),
    Setting(
        "precision of products", lambda: _library("torch").get_float32_matmul_precision(),
        lambda value: _library("torch").set_float32_matmul_precision(value), lambda: "highest",
        "torch",
    ),
    Setting(
        "very small numbers", _nothing_known,
        lambda value: _library("torch").set_flush_denormal(bool(value)), lambda: False, "torch",
    ),
    Setting(
        "torch's print options", _nothing_known, _write_torch_printing,
        lambda: {"profile": "default", "sci_mode": None}, "torch",
    ),
    Setting(
        "torch's random state", lambda: _library("torch").get_rng_state(),
        lambda value: _library("torch").set_rng_state(value), _standard_torch_random, "torch",
    ),
)  # fmt: skip
"""All that is kept in order; nothing else of the kind is known to change an answer."""

remember()  # in a learner's own notebook, the import is as near to the beginning as it gets
