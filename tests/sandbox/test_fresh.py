"""A fork of the warm process is like a kernel that was started just now."""

from __future__ import annotations

import pytest

from tests.sandbox.process import Process, ProcessMaker


def test_random_numbers_differ_between_kernels(make_process: ProcessMaker) -> None:
    draw = (
        "import random, uuid, numpy, torch, tempfile\n"
        "print(random.random(), numpy.random.rand(), torch.rand(1).item(),"
        " numpy.random.default_rng().random(), uuid.uuid4(), torch.initial_seed())"
    )
    first, second = (make_process().run(draw).text.split() for _ in range(2))
    assert len(first) == 6
    assert not set(first) & set(second)


def test_starts_at_the_first_cell(make_process: ProcessMaker) -> None:
    result = make_process().run(
        "print(len(In), Out, get_ipython().history_manager.hist_file,"
        " list(get_ipython().history_manager.get_tail()))"
    )
    assert result.text == "2 {} :memory: []\n"


def test_warnings_are_shown(shared_process: Process) -> None:
    result = shared_process.run(
        "import numpy, warnings\n"
        "numpy.float64(1) / 0\n"
        "numpy.array([]).mean()\n"
        "warnings.warn('mind the step')"
    )
    for part in ("divide by zero", "Mean of empty slice", "mind the step"):
        assert part in result.text


def test_no_module_remembers_a_warning(make_process: ProcessMaker) -> None:
    result = make_process().run(
        "import sys\n"
        "print([n for n, m in list(sys.modules.items())"
        " if getattr(m, '__dict__', {}).get('__warningregistry__', {}).keys() - {'version'}])"
    )
    assert result.text == "[]\n"


def test_namespace_is_clean(make_process: ProcessMaker) -> None:
    result = make_process().run(
        "import sys\n"
        "print(sorted(n for n in globals() if not n.startswith('_')),"
        " [n for n in sys.modules if n.startswith('slopewise.sandbox')], sys.argv[1:])"
    )
    assert result.text == "['In', 'Out', 'exit', 'get_ipython', 'open', 'quit', 'sys'] [] []\n"


@pytest.mark.parametrize(
    "draw",
    [
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])",
        "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\naxes.plot([1, 2]); 1",
        "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])",
        # What a learner's own screen has and a grader has not costs nothing.
        *(
            f"%matplotlib {backend}\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])"
            for backend in ("notebook", "widget", "qt", "tk")
        ),
    ],
)
def test_figures_are_shown_inline(make_process: ProcessMaker, draw: str) -> None:
    process = make_process()
    assert process.run(draw).mime_types.count("image/png") == 1
    # The figure was closed after its cell: the next one shows only its own.
    assert process.run("plt.plot([3, 4]); None").mime_types.count("image/png") == 1
    assert process.run("import matplotlib; matplotlib.get_backend()").text.endswith("inline'")


@pytest.mark.parametrize(
    "line",
    [
        *("%autosave 60", "%clear", "%less x", "%more x", "%man ls", "%connect_info"),
        *("%qtconsole", "%subshell", "%store", "x = 1\n%store x", "breakpoint()"),
    ],
)
def test_what_a_kernel_has_for_a_screen_ends_no_cell(shared_process: Process, line: str) -> None:
    result = shared_process.run(f"{line}\nprint('went on')")
    assert result.text.endswith("went on\n"), result.text


def test_training_works(make_process: ProcessMaker) -> None:
    result = make_process().run(
        "import torch\n"
        "w = torch.zeros(1, requires_grad=True)\n"
        "opt = torch.optim.Adam([w], lr=0.1)\n"
        "for _ in range(3):\n"
        "    opt.zero_grad(); ((w - 1) ** 2).sum().backward(); opt.step()\n"
        "print(torch.get_num_threads(), abs(w.item() - 0.3) < 0.01)"
    )
    assert result.text == "1 True\n"


def test_what_a_forked_process_prints_arrives(make_process: ProcessMaker) -> None:
    result = make_process().run(
        "import os, time\n"
        "pid = os.fork()\n"
        "if pid == 0:\n    print('from the child', flush=True); time.sleep(1); os._exit(0)\n"
        "_ = os.waitpid(pid, 0)"
    )
    assert result.text == "from the child\n"


def test_folders_signals_and_threads(make_process: ProcessMaker) -> None:
    result = make_process().run(
        "import getpass, os, signal, tempfile, threading, subprocess, sys, multiprocessing\n"
        "print(os.getcwd(), os.path.expanduser('~'), tempfile.gettempdir(), getpass.getuser())\n"
        "print(signal.getsignal(signal.SIGTERM) is signal.SIG_DFL,"
        " signal.getsignal(signal.SIGCHLD) is signal.SIG_DFL)\n"
        "print(subprocess.run([sys.executable, '-c', 'import numpy; print(6 * 7)'],"
        " capture_output=True, text=True).stdout.strip())\n"
        "with multiprocessing.get_context('fork').Pool(2) as pool: print(pool.map(abs, [-1, -2]))"
    )
    assert result.text.splitlines() == [
        "/home/learner/work /home/learner /tmp learner",
        "True True",
        "42",
        "[1, 2]",
    ]


def test_modules_beside_the_notebook_can_be_imported(
    make_process: ProcessMaker, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("submission")
    (folder / "helper.py").write_text("answer = 42\n")
    (folder / "numpy.py").write_text("raise SystemExit\n")
    (folder / ".ipython" / "profile_default" / "startup").mkdir(parents=True)
    (folder / ".ipython/profile_default/startup/a.py").write_text("import helper; answer = 1\n")
    process = make_process(folder)
    assert process.run("import helper, numpy; print(helper.answer, 'answer' in dir())").text == (
        "42 False\n"
    )


def test_widgets_work(make_process: ProcessMaker) -> None:
    result = make_process().run(
        "import ipywidgets\nipywidgets.interact(lambda x: print('slid', x), x=(0, 4));"
    )
    assert result.error == ""
