"""The exits: a kernel that ends, stops or goes silent in the middle."""

from __future__ import annotations

from typing import Any

from slopewise.scoring import State
from tests.hostile.attack import Attack, Make, answers, runs
from tests.hostile.lesson import HONEST, RIGHT

_STOPPED = {"half": State.NOT_RUN, "slope": State.NOT_RUN, "which": State.NOT_RUN}
# The honest exercise is answered and checked first, then the kernel goes.
_FIRST = {**HONEST, "half": RIGHT["half"]}


def _ends(name: str, aim: str, make: Make, **more: Any) -> Attack:
    more.setdefault("states", {"half": State.RIGHT, "slope": State.NOT_RUN, "which": State.NOT_RUN})
    return Attack(name, aim, make, score=more.pop("score", 8.0), answers=_FIRST, **more)


def _before_slope(source: str) -> Make:
    return runs(source, before="slope")


ATTACKS = (
    _ends("os-exit", "Ends its process without a word.", _before_slope("import os\nos._exit(0)"),
          shown=("KernelStopped",)),
    _ends("segfault", "Reads where nothing is.",
          _before_slope("import ctypes\nctypes.string_at(0)"), shown=("KernelStopped",)),
    _ends("abort", "Aborts, and would leave a core dump.",
          _before_slope("import os\nos.abort()"),
          shown=("KernelStopped",)),
    _ends("kills-itself", "Kills its whole process group.",
          _before_slope("import os, signal\nos.killpg(0, signal.SIGKILL)"),
          shown=("KernelStopped",)),
    _ends("kills-everything", "Kills every process that it may.",
          _before_slope("import os, signal\nos.kill(-1, signal.SIGKILL)\n"
                        "os.kill(0, signal.SIGKILL)"),
          shown=("KernelStopped",)),
    _ends("kills-its-parent", "Kills what it believes to be its parent, and the first process.",
          _before_slope("import os, signal\n"
                        "for pid in (os.getppid(), 1, 2):\n"
                        "    try: os.kill(pid, signal.SIGKILL) if pid else None\n"
                        "    except OSError as error: print('refused', type(error).__name__)\n"
                        "print('tried')"),
          score=12.0, least=8.0, states={"half": State.RIGHT}),
    _ends("closes-everything", "Closes every file that it may have.",
          _before_slope("import os\nos.closerange(0, 256)"), score=12.0,
          states={"half": State.RIGHT, "which": State.RIGHT}),
    _ends("stops-itself", "Stops its own process: it neither runs nor ends.",
          _before_slope("import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)"),
          shown=("CellTimeoutError",)),
    _ends("quits", "Asks the kernel to end, as a learner may at the end of their work.",
          _before_slope("quit()\nexit()\nget_ipython().ask_exit()"),
          score=12.0, least=8.0, states={"half": State.RIGHT}),
    _ends("stops-the-loop", "Stops the loop that answers requests.",
          _before_slope("import asyncio\nloop = asyncio.get_event_loop()\nloop.stop()\n"
                        "loop.run_until_complete = loop.create_task = loop.stop = None"),
          score=12.0, least=8.0, states={"half": State.RIGHT}),
    _ends("closes-the-channels", "Closes the way to the grader itself.",
          _before_slope("import os\nos.closerange(0, 1 << 20)"),
          score=8.0, states={"half": State.RIGHT}),
    _ends("answers-no-more", "Goes on without ever answering a request.",
          _before_slope("get_ipython().reporter._way.send = lambda *a, **k: None"),
          score=8.0, states={"half": State.RIGHT}),
    Attack("sys-exit", "An answer that ends the program: only its own questions are lost.",
           answers("half", "import sys\ndef half(x):\n    sys.exit(0)"),
           states={"half": State.RAISED, "which": State.RIGHT}, shown=("SystemExit",)),
    Attack("exit-in-an-answer", "An answer that ends the kernel as soon as it is asked.",
           answers("half", "import os\ndef half(x):\n    os._exit(0)"), score=0.0, states=_STOPPED,
           shown=("KernelStopped",)),
    Attack("raises-baseexception", "An answer that raises what nobody catches.",
           answers("half", "class Out(BaseException):\n    def __str__(self): raise self\n"
                           "def half(x):\n    raise Out"),
           score=4.0, least=0.0, states={}, shown=("half: 0 of 8 points",)),
    Attack("interrupts-itself", "An answer that claims that the time was up.",
           answers("half", "def half(x):\n    raise KeyboardInterrupt"),
           states={"half": State.WRONG, "which": State.RIGHT},
           shown=("did not finish in time",)),
    Attack("daemon", "Leaves a process behind that waits for the next kernel.",
           runs("import os, subprocess\n"
                "subprocess.Popen('setsid sh -c \"trap : TERM HUP INT; sleep 4245; sleep 4246\" '\n"
                "    '>/dev/null 2>&1 &', shell=True).wait()\n"
                "if os.fork() == 0:\n    os.setsid()\n    if os.fork(): os._exit(0)\n"
                "    import signal, time\n    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
                "    time.sleep(4247)\nprint('left behind')"),
           states={"half": State.WRONG, "which": State.RIGHT}, shown=("left behind",)),
)  # fmt: skip
