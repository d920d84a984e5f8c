"""Running a notebook: real kernels in real boxes."""

from __future__ import annotations

import base64
import os
import resource
import textwrap
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from slopewise.errors import KernelError
from slopewise.execution import File, Job, Outcome, run
from slopewise.execution.outputs import NOTE
from slopewise.figures.ready import seal
from slopewise.nbgrader.settings import modules_of
from slopewise.sandbox import Limits, Modules
from tests.notebooks import REPOSITORY
from tests.private import private_runtime, supervisors, wait_until


def outcome(*cells: str, **settings: Any) -> Outcome:
    settings.setdefault("modules", modules_of(REPOSITORY))
    return run(Job(cells, **settings))


def text(done: Outcome, cell: int = 0) -> str:
    """Everything that a cell printed or showed as plain text."""
    return "".join(
        output.get("text", "") or output.get("data", {}).get("text/plain", "")
        for output in done.cells[cell].outputs
    )


def errors(done: Outcome, cell: int) -> list[str]:
    return [
        output["ename"] for output in done.cells[cell].outputs if output["output_type"] == "error"
    ]


def test_cells_run_in_order_in_one_kernel() -> None:
    done = outcome("a = 2", "", "print(a)\na + 1", "1 / 0", "a")
    assert [cell.count for cell in done.cells] == [1, None, 2, 3, 4]
    assert done.cells[0].outputs == ()
    assert done.cells[2].outputs == (
        {"output_type": "stream", "name": "stdout", "text": "2\n"},
        {
            "output_type": "execute_result",
            "data": {"text/plain": "3"},
            "metadata": {},
            "execution_count": 2,
        },
    )
    assert errors(done, 3) == ["ZeroDivisionError"]
    assert text(done, 4) == "2"
    assert done.repeatable
    assert done.stopped == ""


def test_the_same_job_has_the_same_outcome() -> None:
    cells = (
        "import sys; print('a'); print('b', file=sys.stderr); print('c')",
        "import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.show()",
    )
    first, second = outcome(*cells), outcome(*cells)
    assert first == second
    assert [output["output_type"] for output in first.cells[1].outputs] == ["display_data"]
    picture = first.cells[1].outputs[0]["data"]["image/png"]
    assert base64.b64decode(picture).startswith(b"\x89PNG")


def test_a_picture_that_is_ready_is_not_drawn_again_and_its_process_cannot_open_others() -> None:
    draws = "from slopewise import figures\nfigures.paths({'w': [0, 1, 2]})"
    looks = "from slopewise.figures import ready\nprint(len(ready._ready), ready.opened('f' * 64))"
    drawn = outcome(draws, pictures=True)
    [output] = drawn.cells[0].outputs
    name = output["metadata"]["image/png"]["name"]
    large = bytes(range(256)) * 1000  # more than one packet
    pictures = (seal(name, large), seal("e" * 64, b"of another"))
    job = Job((draws, looks), pictures=True, ready=pictures, modules=modules_of(REPOSITORY))
    assert job.key == replace(job, ready=()).key
    taken = run(job)
    [other] = taken.cells[0].outputs
    assert base64.b64decode(other["data"]["image/png"]) == large
    assert other["metadata"] == output["metadata"]
    assert text(taken, 1) == "2 b''\n"


def test_only_a_kernel_that_may_make_an_optimizer_waits_for_what_that_imports() -> None:
    shown = "import sys; print('torch' in sys.modules, 'torch._dynamo' in sys.modules)"
    made = """
        import torch
        w = torch.nn.Parameter(torch.ones(1))
        step = getattr(torch, "op" + "tim").SGD([w], lr=0.5)
        w.grad = torch.ones(1)
        step.step()
        print(w.item())
    """
    with private_runtime():  # so that the warm process starts now
        without = outcome(shown, textwrap.dedent(made))
        mentioned = outcome(f"{shown}  # optim")
    assert text(without) == "True False\n"
    assert text(without, 1) == "0.5\n"
    assert len(without.cells[1].outputs) == 1
    assert text(mentioned) == "True True\n"


def test_files_stand_beside_the_notebook() -> None:
    files = (File("a.txt", b"one"), File("data/b.txt", b"two"))
    done = outcome("print(open('a.txt').read(), open('data/b.txt').read())", files=files)
    assert text(done) == "one two\n"


def test_a_kernel_that_dies_costs_the_remaining_cells_only() -> None:
    done = outcome("print('before')", "print('last', flush=True); import os; os._exit(3)", "1")
    assert text(done) == "before\n"
    assert errors(done, 1) == ["KernelStopped"]
    assert done.cells[2].count is None
    assert done.cells[2].outputs == ()
    assert "did not run" in done.stopped
    assert not done.repeatable


def test_a_cell_that_takes_too_long_is_interrupted_and_the_next_one_runs() -> None:
    done = outcome("import time\nwhile True: time.sleep(0.1)", "print('on')", cell_seconds=1)
    assert errors(done, 0) == ["KeyboardInterrupt", "CellTimeoutError"]
    assert text(done, 1) == "on\n"
    assert not done.repeatable


def test_a_cell_that_ignores_the_interrupt_is_killed() -> None:
    stubborn = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    done = outcome(stubborn, "1", cell_seconds=1, limits=Limits(interrupt_grace=1))
    assert "CellTimeoutError" in errors(done, 0)
    assert done.cells[1].count is None
    assert not done.repeatable


def test_an_interrupted_await_ends_its_cell_only() -> None:
    done = outcome("import asyncio\nawait asyncio.sleep(1000)", "print('on')", cell_seconds=1)
    assert errors(done, 0)[-1] == "CellTimeoutError"
    assert len(errors(done, 0)) == 2
    assert text(done, 1) == "on\n"


def test_a_notebook_that_takes_too_long_ends() -> None:
    done = outcome(
        *["import time; time.sleep(0.8)"] * 9, "print('end')", cell_seconds=2, notebook_seconds=2
    )
    assert "longer than 2 s" in done.stopped
    assert done.cells[-1].outputs == ()
    told = [cell for cell in done.cells if "NotebookTimeoutError" in str(cell.outputs)]
    assert len(told) <= 1
    assert not done.repeatable


def test_input_is_refused() -> None:
    done = outcome("input('name? ')", "print('on')")
    assert errors(done, 0) == ["StdinNotImplementedError"]
    assert text(done, 1) == "on\n"


def test_running_out_of_memory_is_not_taken_for_the_truth() -> None:
    done = outcome("x = bytearray(10**9)", "print('on')", limits=Limits(memory=2**28))
    assert errors(done, 0) == ["MemoryError"]
    assert text(done, 1) == "on\n"
    assert not done.repeatable


@pytest.mark.slow
def test_a_flood_of_print_leaves_this_process_small() -> None:
    outcome("1")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    done = outcome(
        "for _ in range(100): print('x' * 2**20)",
        "from IPython.display import display\nprint('on')\ndisplay('seen')",
        limits=Limits(output=2**21),
    )
    assert NOTE in text(done)
    assert len(text(done)) < 2**21
    assert text(done, 1) == "on\n'seen'"
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 60_000  # kB


def test_print_cannot_push_out_what_the_same_cell_displays() -> None:
    done = outcome(
        "print('x' * 10**6)\nfrom IPython.display import display\ndisplay('seen')",
        limits=Limits(output=2**16),
    )
    assert text(done).endswith("'seen'")


def test_many_displays_all_arrive() -> None:
    done = outcome("from IPython.display import display\nfor i in range(3000): display(i)")
    assert len(done.cells[0].outputs) == 3000


def test_what_is_printed_is_there_in_order_and_before_the_next_cell() -> None:
    several = (
        "import sys, os\n"
        "print('a'); sys.stderr.write('b\\n'); print('c', flush=True); _ = os.write(1, b'd\\n')"
    )
    program = "import subprocess; _ = subprocess.run(['echo', 'y'])"
    done = outcome(several, *["print('x', end='')"] * 50, *[program] * 20)
    assert sorted(text(done).split()) == ["a", "b", "c", "d"]
    assert [text(done, cell) for cell in range(1, 51)] == ["x"] * 50
    assert [text(done, cell) for cell in range(51, 71)] == ["y\n"] * 20


def test_a_cell_may_await() -> None:
    done = outcome("import asyncio\nprint(await asyncio.sleep(0, 'slept'))", "await 1")
    assert text(done) == "slept\n"
    assert done.cells[1].outputs[0]["ename"] == "TypeError"
    assert not done.stopped


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        ("{'a': 2 ** 80}", {"a": 2**80}),
        ("{1: 'one'}", {"1": "one"}),
        ("{'a': (1, 2)}", {"a": [1, 2]}),
    ],
)
def test_what_is_out_of_the_ordinary_in_a_message_arrives(value: str, seen: object) -> None:
    shows = "from IPython.display import display\n"
    shows += f"display({{'application/json': {value}, 'text/plain': 'x'}}, raw=True)"
    done = outcome(shows, "print('\\udc80')", "print('on')")
    assert done.cells[0].outputs[0]["data"]["application/json"] == seen
    assert text(done, 2) == "on\n"


def test_displays_can_be_updated_and_cleared() -> None:
    done = outcome(
        "from IPython.display import display, clear_output\n"
        "handle = display(1, display_id=True)\nhandle.update(2)",
        "handle.update(3)",  # what a cell has shown stays as it was at its end
        "print('gone'); clear_output(); print('kept')",
        "print('gone'); clear_output(wait=True); print('kept')",
        "print('stays'); clear_output(wait=True)",
    )
    assert [text(done, cell) for cell in range(5)] == ["2", "", "kept\n", "kept\n", "stays\n"]


def test_nothing_of_a_kernel_is_left(runtime_folder: Path) -> None:
    done = outcome(
        "import subprocess, os\nsubprocess.Popen(['sleep', '1000'])\nos.fork() and print('x')"
    )
    assert text(done).startswith("x") or done.cells[0].outputs
    wait_until(lambda: not supervisors(runtime_folder), "the end of the notebook")


def test_a_run_that_nobody_waits_for_is_given_up(runtime_folder: Path) -> None:
    stop = threading.Event()
    found: list[BaseException] = []

    def work() -> None:
        try:
            run(Job(("import time; time.sleep(1000)",)), stop)
        except KernelError as error:
            found.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(1)
    stop.set()
    thread.join(30)
    assert not thread.is_alive()
    assert "given up" in str(found[0])
    wait_until(lambda: not supervisors(runtime_folder), "the end of the notebook")


def test_other_packages_are_refused() -> None:
    with pytest.raises(KernelError, match="other packages"):
        outcome("1", environment="elsewhere")


def test_the_key_names_everything_that_decides() -> None:
    job = Job(("a", "b"))
    others = [
        Job(("ab",)),
        Job(("a", "b", "")),
        Job(("b", "a")),
        Job(("a", "b"), files=(File("x", b"1"),)),
        Job(("a", "b"), files=(File("x", b"2"),)),
        Job(("a", "b"), files=(File("y", b"1"),)),
        Job(("a", "b"), limits=Limits(processes=63)),
        Job(("a", "b"), cell_seconds=61),
        Job(("a", "b"), notebook_seconds=901),
        Job(("a", "b"), unboxed=True),
        Job(("a", "b"), environment="other"),
        Job(("a", "b"), modules=Modules(needed=("numpy",))),
    ]
    keys = {one.key for one in (job, *others)}
    assert len(keys) == len(others) + 1
    assert Job(("a", "b")).key == job.key


FORGED = """
import os
from IPython import get_ipython
reporter = get_ipython().reporter
way = reporter._way
send = reporter.send
def raw(*packets):
    for packet in packets: os.write(way._descriptor, packet)
"""


@pytest.mark.parametrize(
    "message",
    [
        "send('display_data', {'data': [1], 'metadata': 3})",
        "send('display_data', {'data': {'text/html': {'a': 1}}, 'metadata': {}})",
        "send('stream', {'name': 'stdin', 'text': 5})",
        "send('stream', {'name': 'stdout', 'text': ['a']})",
        "send('error', {'ename': None})",
        "send('error', {'ename': 'E', 'evalue': 'v', 'traceback': 'x'})",
        "send('execute_result', {})",
        "send('clear_output', {})",
        "send('update_display_data', {'data': {}, 'transient': {'display_id': []}})",
        "send('ready', None)",
        "send('lost', None)",
        "send('failed', 'x')",
        "send('\\ud800', {})",
        "way.send(b'[' * 100000 + b']' * 100000)",
        "way.send(b''); way.send(b'null'); way.send(b'[1, 2, 3]'); way.send(b'[\"a\", \"b\", 3]')",
        "raw(b'', b'x', b'\\xff' * 5, b'\\xff' * 4 + b'\\x00' + b'y' * 40000)",
        "for n in range(100): raw(n.to_bytes(4, 'little') + b'\\x00' + b'z' * 40000)",
        "data = []\nfor _ in range(500): data = [data]\n"
        "send('display_data', {'data': {'application/json': data}, 'metadata': {}})",
        "send('stream', {'name': 'stdout', 'text': 'x' * 2**25})",
    ],
)
def test_forged_messages_break_nothing(message: str) -> None:
    done = outcome(FORGED, message, "print('on')")
    assert text(done, 2) == "on\n"
    for cell in done.cells:
        for output in cell.outputs:
            assert output["output_type"] in ("stream", "display_data", "execute_result", "error")


def test_a_forged_end_costs_its_author_only() -> None:
    done = outcome(
        FORGED,
        "way.send(b'[\"end\", 2, null]'); print('for nobody')",
        "print('on')",
        "way.send(b'[\"end\", 5, null]'); print('4')",
        "print('5')",
    )
    assert text(done, 2) == "on\n"
    assert text(done, 4) == "5\n"
    assert not done.stopped


STREAMS = {
    "none": "import sys; sys.stdout = None",
    "none-both": "import sys; sys.stdout = sys.stderr = sys.stdin = None",
    "half a character": "print('\\ud83d')",
    "without flush": "import sys\nclass Out:\n    def write(self, text): pass\nsys.stdout = Out()",
    "raises": "import sys\nclass Out:\n    def write(self, text): pass\n"
    "    def flush(self): raise ValueError\nsys.stdout = Out()",
    "devnull": "import sys, os; sys.stdout = open(os.devnull, 'w')",
    "closed file": "import sys, os; sys.stdout = open(os.devnull, 'w'); sys.stdout.close()",
    "closed": "import sys; sys.stdout.close(); sys.stderr.close()",
    "deleted": "import sys; del sys.stdout",
    "class": "import sys; sys.stdout.__class__ = type('C', (sys.stdout.__class__,), "
    "{'write': lambda *a: 1 / 0})",
    "dup2": "import os; os.dup2(os.open('/dev/null', os.O_RDWR), 1); os.dup2(1, 2)",
    "descriptors": "import os; os.closerange(0, 256)",
    "all descriptors": "import os; os.closerange(0, os.sysconf('SC_OPEN_MAX'))",
    "one by one": "import os\nfor n in range(256):\n    try: os.close(n)\n    except OSError: pass",
    "loop": "import asyncio; asyncio.get_running_loop().stop()",
    "closed loop": "import asyncio\ntry: asyncio.get_running_loop().close()\n"
    "except RuntimeError: pass",
    "leaves": "raise SystemExit(3)",
    "gives up": "import sys; sys.exit()",
    "late": "import threading, time\n"
    "def say():\n    time.sleep(0.2); print('late')\nthreading.Thread(target=say).start()",
}


@pytest.mark.parametrize("cell", STREAMS.values(), ids=STREAMS.keys())
def test_the_end_of_a_cell_is_known_whatever_it_did_to_its_streams(cell: str) -> None:
    after = "import time; time.sleep(0.4)\nfrom IPython.display import display\ndisplay('seen')"
    done = outcome(cell, after, "await __import__('asyncio').sleep(0, 'slept')", cell_seconds=30)
    assert [text(done, one) for one in (1, 2)] == ["'seen'", "'slept'"]
    assert done.repeatable


def test_descriptors_that_were_closed_are_there_in_the_next_cell() -> None:
    done = outcome(
        "import os; os.closerange(0, 256)",
        "import subprocess; print(subprocess.run(['echo', 'x']).returncode)\n!echo y",
    )
    assert text(done, 1).split() == ["x", "0", "y"]


def test_a_notebook_that_closes_its_way_out_ends_at_once() -> None:
    done = outcome("import os; os.closerange(0, 1 << 20)", "1", cell_seconds=600)
    assert errors(done, 0) == ["KernelStopped"]
    assert done.cells[1].count is None


def test_the_grader_s_environment_stays_with_it() -> None:
    os.environ["SLOPEWISE_TEST_SECRET"] = "secret"
    try:
        done = outcome(
            "import os; print(os.environ.get('SLOPEWISE_TEST_SECRET'),"
            " os.environ.get('NBGRADER_EXECUTION'))"
        )
    finally:
        del os.environ["SLOPEWISE_TEST_SECRET"]
    assert text(done) == "None autograde\n"
