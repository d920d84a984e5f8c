"""What holds for the whole process is the same in every probe, whatever a learner has changed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from slopewise import observe
from slopewise.probe import hidden_region, process_state

# What a learner writes; how to look at it; both run in a namespace of their own.
CHANGES = {
    "Python's names": ("import builtins; builtins.sum = len", "sum([2, 3])"),
    "a name of Python's that is gone": ("import builtins; del builtins.abs", "abs(-2)"),
    "streams": ("import sys; sys.stdout = None", "sys.stdout is None"),
    "sys.path": ("import sys; sys.path.insert(0, '/nowhere')", "'/nowhere' in sys.path"),
    "import finders": ("import sys; sys.meta_path.clear()", "len(sys.meta_path)"),
    "working directory": ("import os; os.chdir('/')", "os.getcwd() == '/'"),
    "recursion limit": ("import sys; sys.setrecursionlimit(400)", "sys.getrecursionlimit()"),
    "digits": ("import sys; sys.set_int_max_str_digits(700)", "sys.get_int_max_str_digits()"),
    "warning filters": (
        "import warnings; warnings.simplefilter('error')",
        "warnings.filters[0][0] == 'error' and warnings.filters[0][1] is None",
    ),
    "time zone": (
        "import os, time; os.environ['TZ'] = 'JST-9'; time.tzset()",
        "time.localtime(0).tm_hour",
    ),
    "garbage collection": ("import gc; gc.disable()", "gc.isenabled()"),
    "tracing": ("import sys; sys.setprofile(lambda *a: None)", "sys.getprofile() is None"),
    "alarm": (
        "import signal; signal.setitimer(signal.ITIMER_REAL, 1000)",
        "signal.getitimer(signal.ITIMER_REAL)[0]",
    ),
    "locale": (
        "import locale; locale.setlocale(locale.LC_ALL, 'C')",
        "locale.setlocale(locale.LC_ALL)",
    ),
    "decimal's context": (
        "import decimal; decimal.getcontext().prec = 3",
        "str(decimal.Decimal(1) / 3)",
    ),
    "random": ("import random; random.seed(9)", "random.random()"),
    "numpy's errors": ("import numpy; numpy.seterr(all='raise')", "numpy.geterr()"),
    "numpy's error function": (
        "import numpy; numpy.seterrcall(print)",
        "numpy.geterrcall() is None",
    ),
    "numpy's printing": (
        "import numpy; numpy.set_printoptions(precision=1, sign='+')",
        "str(numpy.array([0.123456]))",
    ),
    "numpy's random state": ("import numpy; numpy.random.seed(9)", "numpy.random.rand()"),
    "torch's dtype": (
        "import torch; torch.set_default_dtype(torch.float64)",
        "str(torch.zeros(1).dtype)",
    ),
    "torch's device": ("import torch; torch.set_default_device('meta')", "torch.zeros(2)"),
    "autograd": ("import torch; torch.set_grad_enabled(False)", "torch.is_grad_enabled()"),
    "inference": (
        "import torch; torch.inference_mode().__enter__()",
        "torch.zeros(1, requires_grad=True).mul(2).requires_grad",
    ),
    "anomalies": (
        "import torch; torch.autograd.set_detect_anomaly(True)",
        "torch.is_anomaly_enabled()",
    ),
    "determinism": (
        "import torch; torch.use_deterministic_algorithms(True)",
        "torch.are_deterministic_algorithms_enabled()",
    ),
    "autocast": (
        "import torch; torch.set_autocast_enabled('cpu', True)",
        "torch.is_autocast_enabled('cpu')",
    ),
    "precision": (
        "import torch; torch.set_float32_matmul_precision('medium')",
        "torch.get_float32_matmul_precision()",
    ),
    "very small numbers": (
        "import torch; torch.set_flush_denormal(True)",
        "float(torch.tensor(1e-310, dtype=torch.float64) * 1.0) > 0",
    ),
    "torch's printing": (
        "import torch; torch.set_printoptions(precision=1)",
        "str(torch.tensor([0.123456]))",
    ),
    "torch's random state": ("import torch; torch.manual_seed(9)", "float(torch.rand(1))"),
}
IMPORTS = (
    "import decimal, gc, locale, os, random, signal, sys, time, warnings\nimport numpy, torch\n"
)


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    # The process of the tests is no learner's: what it began with is noted anew, and put back.
    begun = dict(process_state._start)
    process_state.remember()
    kept = [(one, one.read()) for one in process_state.SETTINGS if one.applies]
    yield
    while __import__("torch").is_inference_mode_enabled():
        __import__("torch").inference_mode(False).__enter__()
    for setting, value in kept:
        setting.write(value)
    process_state._start.clear()
    process_state._start.update(begun)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The observations that are displayed."""
    found: list[Any] = []
    monkeypatch.setattr(
        "slopewise.probe.observe._display", lambda payload: found.append(payload["probes"])
    )
    return found


@pytest.mark.parametrize("what", CHANGES)
def test_a_probe_sees_what_always_holds(what: str, shown: list[Any]) -> None:
    change, look = CHANGES[what]
    names: dict[str, Any] = {}
    exec(IMPORTS, names)
    # Compiled now: where very small numbers are 0, so are those in a program's text.
    seen = eval(f"lambda: ({look})", names)
    observe(seen=seen)
    before = shown.pop()[0]["value"]
    exec(change, dict(names))
    observe(seen=seen)
    assert shown.pop()[0]["value"] == before
    # And what one probe changes, the next does not see.
    observe(one=eval(f"lambda: exec({change!r}, {{}})"), two=seen)
    assert shown.pop()[1]["value"] == before


def test_afterwards_everything_is_as_the_learner_had_it(shown: list[Any], tmp_path: Path) -> None:
    import numpy
    import torch

    os.chdir(tmp_path)
    torch.set_default_dtype(torch.float64)
    numpy.seterr(all="raise")
    sys.setrecursionlimit(2999)
    torch.manual_seed(4)
    state = torch.get_rng_state()
    observe(draws=lambda: float(torch.rand(1)), dtype=lambda: str(torch.zeros(1).dtype))
    assert shown.pop()[1]["value"]["value"] == "torch.float32"
    assert Path.cwd() == tmp_path.resolve()
    assert torch.get_default_dtype() is torch.float64
    assert numpy.geterr()["over"] == "raise"
    assert sys.getrecursionlimit() == 2999
    assert torch.equal(torch.get_rng_state(), state)


def test_a_hidden_region_makes_its_inputs_in_the_standard_state(shown: list[Any]) -> None:
    import torch

    torch.set_default_dtype(torch.float64)
    region = (
        "import torch\nfrom slopewise import observe\nmade = torch.tensor([1.0])\n"
        "observe(kind=lambda: made)"
    )
    exec("run(region)", {"run": hidden_region.run, "region": region})
    assert shown.pop()[0]["value"]["dtype"] == "float32"


def test_a_hidden_region_leaves_the_learners_names_alone(shown: list[Any]) -> None:
    learner: dict[str, Any] = {
        "run": hidden_region.run,
        "squares": lambda x: x * x,
        "near": 3,
        "list": "mine",
    }
    exec("def answer(x):\n    return squares(x) + near", learner)
    region = (
        "from slopewise import near, observe\n"
        "squares = 'an input'\n"
        "inputs = list((1, 2))\n"
        "def helper():\n    return answer(inputs[1])\n"
        "observe(asked=lambda: helper(), lent=lambda: 'lent' in globals())"
    )
    names = set(learner) | {"region"}
    learner["region"] = region
    exec("run(region)", learner)
    asked, lent = shown.pop()
    assert asked["value"] == {"kind": "integer", "value": 7}
    assert lent["value"]["value"] is False
    assert set(learner) == names
    assert learner["near"] == 3
    assert learner["list"] == "mine"
