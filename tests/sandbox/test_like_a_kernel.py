"""Odd cells in a real Jupyter kernel and in ours: what differs is named, and nothing else does."""

from __future__ import annotations

import re
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from slopewise.execution import Job, run

CELLS = {
    "value": "6 * 7",
    "silent": "6 * 7;",
    "print": "import sys\nprint('a'); sys.stderr.write('b\\n'); print('c', end='')",
    "display": "from IPython.display import *\ndisplay('x', HTML('<b>b</b>'), {'a': 1})",
    "raw": "display({'text/plain': 'p', 'application/json': {'a': [1, None]}}, raw=True)",
    "update": "shown = display('one', display_id='d'); display('two', display_id='d', update=True)",
    "handle": "handle = display(1, display_id=True); handle.update(2)",
    "clear": "print('gone'); clear_output(); print('kept')",
    "clear later": "print('gone'); clear_output(wait=True); print('kept')",
    "shell": "!echo out",
    "shell assigned": "lines = !printf 'a\\nb\\n'\nlines",
    "bash": "%%bash\necho out\necho err >&2",
    "bash again": "%%bash\necho again",
    "capture": "%%capture kept\nprint('hidden'); display('too')",
    "captured": "kept.stdout, len(kept.outputs)",
    "magic": "%env NOT_THERE=1",
    "unknown magic": "%nonsense",
    "time": "%%time\npass",
    "help": "print?",
    "await": "import asyncio\nawait asyncio.sleep(0, 'slept')",
    "running loop": "asyncio.get_running_loop().is_running()",
    "asyncio.run": "wait = asyncio.sleep(0)\ntry: asyncio.run(wait)\nfinally: wait.close()",
    "task": "task = asyncio.create_task(asyncio.sleep(0, 'of a task'))",
    "await task": "await task",
    "thread": "import threading\n"
    "t = threading.Thread(target=print, args=('of a thread',)); t.start(); t.join()",
    "subprocess": "import subprocess, time\nsubprocess.run(['echo', 'a program']); time.sleep(1)",
    "descriptor": "import os, time; os.write(1, b'raw\\n'); time.sleep(1)",
    "fork": "pid = os.fork()\nif pid == 0: print('of a child', flush=True); os._exit(0)\n"
    "time.sleep(1); pid, status = os.waitpid(pid, 0)",
    "raises": "def f(): raise ValueError('x')\nf()",
    "syntax": "a = = 1",
    "leaves": "raise SystemExit(1)",
    "interrupt": "raise KeyboardInterrupt",
    "warning": "import warnings; warnings.warn('mind')",
    "last value": "6 * 7\n_",
    "history": "In[1], Out[1]",
    "underscore": "_, __name__, len(_oh) > 3",
    "future": "from __future__ import annotations",
    "class": "class A:\n    def _repr_html_(self): return '<i>a</i>'\nA()",
    "bad repr": "class B:\n    def __repr__(self): raise ValueError('no')\nB()",
    "figure": "import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.show()",
    "two figures": "plt.figure(); plt.plot([1, 2]); plt.figure(); plt.plot([2, 1]); None",
    "matplotlib": "%matplotlib inline\nplt.get_backend()",
    "widget": "import ipywidgets; ipywidgets.IntSlider(3)",
    "interact": "ipywidgets.interact(lambda x: print('slid', x), x=(0, 4));",
    "output": "out = ipywidgets.Output()\nwith out: print('into the widget')",
    "streams": "sys.stdout.isatty(), sys.stdout.encoding, sys.stdout.writable()",
    "no buffer": "hasattr(sys.stdout, 'buffer'), type(get_ipython()).__name__",
    "asks its settings": "'IPKernelApp' in get_ipython().config",
    "progress bar": "from tqdm.auto import tqdm\ntqdm.__name__, tqdm.__mro__[1].__name__",
    "builtins": "sorted(n for n in dir() if not n.startswith('_'))[:3]",
    "input": "input('?')",
    "kernel": "get_ipython().kernel.implementation",
}
DIFFERENT = {
    "input": "the words of the refusal",
    "kernel": "there is none",
    "progress bar": "tqdm looks for a kernel's module, and shows its bar of text",
    "output": "what is printed into a widget stands in the cell, for nobody draws the widget",
    "interact": "the same",
}


@pytest.fixture(scope="module")
def both() -> dict[str, tuple[Any, Any]]:
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in CELLS.values()]
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTEST_CURRENT_TEST")  # in a test ipykernel would not read its descriptors
        NotebookClient(notebook, allow_errors=True, kernel_name="python3", timeout=120).execute()
    ours = run(Job(tuple(CELLS.values())))
    assert not ours.stopped
    return {
        name: (_seen(cell.outputs), _seen(done.outputs))
        for name, cell, done in zip(CELLS, notebook.cells, ours.cells, strict=True)
    }


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_shows_what_it_shows_in_a_kernel(
    both: dict[str, tuple[Any, Any]], name: str
) -> None:
    theirs, ours = both[name]
    assert (ours == theirs) == (name not in DIFFERENT), (theirs, ours)


def _seen(outputs: Any) -> list[Any]:
    """What a reader sees: streams' text, results and displays by type, errors by their words."""
    found: dict[str, Any] = {"shown": []}
    for output in outputs:
        kind = output["output_type"]
        if kind == "stream":
            found[output["name"]] = found.get(output["name"], "") + _steady(output["text"])
        elif kind == "error":
            found["shown"].append((output["ename"], _steady(output["evalue"])))
        else:
            data = {
                mime: "…" if mime.startswith(("image/", "application/vnd.jupyter")) else value
                for mime, value in output["data"].items()
            }
            data["text/plain"] = _steady(str(data.get("text/plain", "")))
            found["shown"].append((kind, data))
    return sorted(found.items(), key=lambda item: item[0])


def _steady(text: str) -> str:
    """Text without addresses, times and places, which differ from one process to the next."""
    text = re.sub(r"0x[0-9a-f]+|/tmp/\S*\.py|<ipython-input-\S+>|\d{5,}\.py", "…", text)
    return re.sub(r"[\d.]+(?:e[+-]\d+)? [mµμn]?s\b", "… s", text)
