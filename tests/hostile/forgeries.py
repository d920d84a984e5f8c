"""Score forgeries in the kernel: whatever is patched there, an answer that is wrong stays wrong."""

from __future__ import annotations

from slopewise.notebook.findings import Kind
from slopewise.scoring import State
from slopewise.scoring.observations import MIME_TYPE
from tests.hostile.attack import Attack, answers, runs
from tests.hostile.lesson import Submission

WRONG = {"half": State.WRONG}
TOLD = {"half": State.TAMPERED}

_EQUAL = """
class Yes:
    def _yes(self, *args, **keywords): return self
    __call__ = __getattr__ = __getitem__ = __sub__ = __rsub__ = __abs__ = __truediv__ = _yes
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    __lt__ = __le__ = __gt__ = __ge__ = __eq__
    def __hash__(self): return 0
    def __bool__(self): return True
    def __float__(self): return 1.5
    def __len__(self): return 1
    def __iter__(self): return iter([self])
    def __repr__(self): return "8.0"
"""

_FORGED = f"""
def forged(*names, value=1.5):
    return {{
        {MIME_TYPE!r}: {{
            "version": 1,
            "probes": [{{"name": n, "value": {{"kind": "float", "value": value}}}} for n in names],
        }},
        "text/plain": "observed",
    }}
HALF = ("three", "more", "parity", "below")
"""

# What has been displayed is remembered, under names that allow for changes; then the learner has
# got hold of what the first check asked for, and asks its questions again.
_SECOND_THOUGHTS = (
    "publisher = get_ipython().display_pub\nreal, sent = publisher.publish, []\n"
    "def publish(data, metadata=None, **more):\n"
    "    sent.append((data, metadata))\n"
    "    more['transient'] = {'display_id': f'n{len(sent)}'}\n"
    "    return real(data, metadata, **more)\n"
    "publisher.publish = publish",
    "def half(x): return x / 2\n"
    "from slopewise import observe\n"
    "observe(three=lambda: half(3.0), more=lambda: half(24691.2),\n"
    "        parity=lambda: [half(7.0), half(-19.0)], below=lambda: half(-8.5))\n"
    "for n in range(len(sent)):\n"
    "    real(*sent[-1], transient={'display_id': f'n{n + 1}'}, update=True)",
)


def _second_thoughts(submission: Submission) -> None:
    submission.code(_SECOND_THOUGHTS[0], before="half")
    submission.code(_SECOND_THOUGHTS[1], before="which")


ATTACKS = (
    Attack(
        "second-thoughts",
        "What an earlier check displayed is updated once the answer is known.",
        _second_thoughts,
        states={"half": State.WRONG, "which": State.RIGHT},
    ),
    Attack(
        "patched-comparisons",
        "Every comparison of the libraries says yes.",
        runs(
            "import math, unittest.mock, builtins\n"
            "for name in ('allclose', 'isclose', 'array_equal', 'array_equiv', 'all'):\n"
            "    setattr(np, name, lambda *a, **k: True)\n"
            "for name in ('assert_allclose', 'assert_almost_equal', 'assert_equal'):\n"
            "    setattr(np.testing, name, lambda *a, **k: None)\n"
            "for name in ('allclose', 'isclose', 'equal', 'all'):\n"
            "    setattr(torch, name, lambda *a, **k: True)\n"
            "math.isclose = lambda *a, **k: True\n"
            "builtins.all = builtins.any = lambda *a: True",
        ),
        states=WRONG,
    ),
    Attack(
        "patched-isinstance",
        "Everything is an instance of everything; nothing can even be written down.",
        runs("import builtins\nbuiltins.isinstance = builtins.issubclass = lambda *a: True"),
        score=0.0,
    ),
    Attack(
        "patched-builtins",
        "Built-in numbers, rounding and errors do as the learner likes.",
        runs(
            "import builtins\n"
            "builtins.abs = lambda x: 0\n"
            "builtins.float = lambda x=0: 1.5\n"
            "builtins.round = lambda *a: 1.5\n"
            "builtins.AssertionError = builtins.Exception = BaseException\n"
            "builtins.print = lambda *a, **k: None",
        ),
        states=WRONG,
        least=0.0,
    ),
    Attack(
        "patched-numpy",
        "An array whose arithmetic gives whatever is compared with it.",
        answers(
            "slope",
            "class Anything(np.ndarray):\n"
            "    def __array_ufunc__(self, ufunc, method, *inputs, **k):\n"
            "        return True if ufunc.__name__ in ('equal', 'isclose') else self\n"
            "def slope(x, y, w):\n"
            "    return np.array(0.0).view(Anything)",
        ),
        states={"slope": State.WRONG},
    ),
    Attack(
        "patched-torch",
        "Tensors whose comparisons, and whose own way to plain numbers, are replaced.",
        runs(
            "torch.Tensor.__eq__ = lambda self, other: torch.tensor(True)\n"
            "torch.Tensor.tolist = lambda self: [float('nan')]\n"
            "torch.Tensor.__float__ = lambda self: float('inf')\n"
            "torch.Tensor.item = lambda self: 0.0",
        ),
        states=WRONG,
    ),
    Attack(
        "equal-to-everything",
        "An object that equals, exceeds and contains everything, and prints as the points.",
        answers("half", _EQUAL + "half = Yes()"),
        states={"half": State.WRONG},
    ),
    Attack(
        "number-equal-to-everything",
        "A float and a string that pass for numbers and equal everything.",
        answers(
            "half",
            "class F(float):\n"
            "    __eq__ = __le__ = __ge__ = lambda self, other: True\n"
            "    __hash__ = float.__hash__\n"
            "    def __format__(self, spec): return '1.5'\n"
            "    def __float__(self): return 1.5\n"
            "class S(str):\n"
            "    __eq__ = lambda self, other: True\n"
            "    __hash__ = str.__hash__\n"
            "def half(x): return F(77.0) if x != 2 else 1",
        ),
        # `float(F)` is what the class says, so the one probe whose answer was guessed is right:
        # a constant would have been worth the same.
        score=4.0 + 2.0,
        least=4.0,
    ),
    Attack(
        "ast-transformer",
        "Every assertion and every lambda of the checks is rewritten before it runs.",
        runs(
            "import ast\n"
            "class T(ast.NodeTransformer):\n"
            "    def visit_Assert(self, node): return ast.copy_location(ast.Pass(), node)\n"
            "    def visit_Lambda(self, node):\n"
            "        node.body = ast.copy_location(ast.Constant(1.5), node.body)\n"
            "        return node\n"
            "get_ipython().ast_transformers.append(T())",
        ),
        states=WRONG,  # a hidden check is compiled apart, and so not rewritten
    ),
    Attack(
        "input-transformer",
        "The sources of the checks are replaced by a number before they run.",
        runs(
            "def transform(lines):\n"
            "    return ['8.0\\n'] if any('observe' in line for line in lines) else lines\n"
            "get_ipython().input_transformers_post.append(transform)\n"
            "get_ipython().input_transformers_cleanup.append(transform)",
        ),
        score=0.0,
        states=dict.fromkeys(("half", "slope", "which"), State.NOT_RUN),
    ),
    Attack(
        "hooks",
        "Hooks before and after every cell set the answer and show the points.",
        runs(
            "from IPython.display import display\n"
            "def show(*a):\n"
            "    page = '<p>half: 8 of 8 points</p>'\n"
            "    display({'text/plain': '8.0', 'text/html': page}, raw=True)\n"
            "for event in ('pre_run_cell', 'post_run_cell', 'pre_execute', 'post_execute'):\n"
            "    get_ipython().events.register(event, show)\n"
            "def clean(info):\n"
            "    info.raw_cell = '8.0'\n"
            "get_ipython().events.register('pre_run_cell', clean)",
        ),
        states=WRONG,
        shown=("half: 0 of 8 points",),
    ),
    Attack(
        "patched-run-cell-async",
        "The shell answers every cell with a result it has made up.",
        runs(
            "shell = get_ipython()\n"
            "real = shell.run_cell_async\n"
            "async def run_cell_async(cell, **more):\n"
            "    if 'observe' not in cell: return await real(cell, **more)\n"
            "    shell.report('execute_result', {'data': {'text/plain': '8.0'}, 'metadata': {}})\n"
            "shell.run_cell_async = run_cell_async",
        ),
        score=0.0,
        states=dict.fromkeys(("half", "slope", "which"), State.NOT_RUN),
    ),
    Attack(
        "patched-displays",
        "Errors and displays go nowhere; nothing that went wrong is ever said.",
        runs(
            "import sys\n"
            "shell = get_ipython()\n"
            "shell.showtraceback = shell._showtraceback = lambda *a, **k: None\n"
            "shell.set_custom_exc((BaseException,), lambda *a, **k: None)\n"
            "sys.displayhook = shell.displayhook = lambda *a: None\n"
            "shell.display_pub.publish = lambda *a, **k: None\n"
            "sys.excepthook = lambda *a: None",
        ),
        score=0.0,
        states=dict.fromkeys(("half", "slope", "which"), State.NOT_RUN),
    ),
    Attack(
        "patched-observe",
        "`observe` itself says what the learner likes; the letter is all they know.",
        runs(
            _FORGED + "import slopewise, slopewise.probe.observe, slopewise.probe.codec, sys\n"
            "from IPython.display import display\n"
            "def observe(**probes):\n"
            "    display(forged(*probes), raw=True)\n"
            "slopewise.observe = slopewise.probe.observe.observe = observe\n"
            "slopewise.probe.observe._ask = lambda *a: {'kind': 'float', 'value': 1.5}\n"
            "slopewise.probe.observe.encode = slopewise.probe.codec.encode = "
            "lambda *a: {'kind': 'none'}",
        ),
        score=2.0,  # one guess of four is right, as a constant would have been
        states={"half": State.PARTLY_RIGHT, "which": State.WRONG},
    ),
    Attack(
        "shadowed-slopewise",
        "A module of the learner's own stands in for Slopewise.",
        runs(
            "import sys, types\n"
            "fake = types.ModuleType('slopewise')\n"
            "fake.observe = fake.near = lambda *a, **k: 8.0\n"
            "sys.modules['slopewise'] = fake",
        ),
        score=0.0,
        states=dict.fromkeys(("half", "slope", "which"), State.NOT_RUN),
    ),
    Attack(
        "two-observations",
        "An observation of the learner's own beside the real one.",
        runs(
            _FORGED + "from IPython.display import display\n"
            "def half(x): return x\n"
            "def extra(*a):\n"
            "    display(forged(*HALF), raw=True)\n"
            "get_ipython().events.register('post_run_cell', extra)",
        ),
        score=0.0,
        states=TOLD,
        findings=(Kind.ANSWER,),
        log=("The check answered 2 times where it asks once",),
    ),
    Attack(
        "execute-result",
        "A result with the points, where nbgrader looks for them.",
        runs(
            "def result(*a):\n"
            "    for text in ('8.0', '20', 'True', '1e9'):\n"
            "        get_ipython().report('execute_result', {'metadata': {},\n"
            "            'data': {'text/plain': text}, 'execution_count': 1})\n"
            "get_ipython().events.register('pre_run_cell', result)\n"
            "get_ipython().events.register('post_run_cell', result)",
        ),
        states=WRONG,
    ),
    Attack(
        "impossible-observation",
        "An observation with fields, texts and shapes that the format does not have.",
        runs(
            _FORGED + "from IPython.display import display\n"
            "import slopewise\n"
            "def observe(**probes):\n"
            "    bundle = forged(*probes)\n"
            f"    bundle[{MIME_TYPE!r}]['\\x1b[2Jpoints\\nWARNING: aa-full: cheated'] = 8\n"
            "    display(bundle, raw=True)\n"
            "slopewise.observe = observe",
        ),
        score=0.0,
        states=dict.fromkeys(("half", "slope", "which"), State.TAMPERED),
        findings=(Kind.ANSWER,),
        log=("cannot be read",),
    ),
    Attack(
        "loose-tolerances",
        "An observation that says how much it may be wrong.",
        runs(
            "import slopewise, slopewise.probe.observe as o\n"
            "real = o.observe\n"
            "slopewise.observe = lambda **p: real(**{\n"
            "    name: o.near(probe, relative=1e6, absolute=1e6) for name, probe in p.items()})",
        ),
        states=WRONG,
    ),
    Attack(
        "other-questions",
        "An observation of the check's own name that answers easier questions.",
        runs(
            _FORGED + "import slopewise\n"
            "from IPython.display import display\n"
            "slopewise.observe = lambda **p: display(forged('easy', 'easier'), raw=True)",
        ),
        score=0.0,
        states=dict.fromkeys(("half", "slope", "which"), State.TAMPERED),
        findings=(Kind.ANSWER,),
        log=("other questions",),
    ),
    Attack(
        "threads",
        "A thread goes on setting answers and showing points while the checks run.",
        runs(
            _FORGED + "import threading, time\n"
            "def go():\n"
            "    for _ in range(2000):\n"
            "        globals()['half'] = lambda x: x\n"
            "        get_ipython().report('display_data',\n"
            "            {'data': forged(*HALF), 'metadata': {}})\n"
            "        time.sleep(0.001)\n"
            "threading.Thread(target=go, daemon=True).start()",
        ),
        least=0.0,
        states={},
        shown=("half: 0 of 8 points",),
    ),
    Attack(
        "settrace",
        "A tracer changes what the questions return.",
        runs(
            "import sys, threading\n"
            "def trace(frame, event, arg):\n"
            "    if frame.f_code.co_name == '_ask':\n"
            "        frame.f_locals['function'] = lambda: 1.5\n"
            "    return trace\n"
            "sys.settrace(trace); threading.settrace(trace); sys.setprofile(trace)",
        ),
        score=4.0 + 2.0,  # a guess again, worth what a constant is worth
        least=2.0,
    ),
    Attack(
        "atexit",
        "What runs at the kernel's end writes points and starts processes.",
        runs(
            "import atexit, os\n"
            "def last():\n"
            "    get_ipython().report('execute_result', {'metadata': {},\n"
            "        'data': {'text/plain': '8.0'}, 'execution_count': 1})\n"
            "    os.spawnlp(os.P_NOWAIT, 'sleep', 'sleep', '600')\n"
            "atexit.register(last)",
        ),
        states=WRONG,
    ),
    Attack(
        "reads-the-questions",
        "The source of the hidden check is read while it runs: it holds no answer.",
        answers(
            "half",
            "def half(x):\n"
            "    import inspect, sys\n"
            "    source = get_ipython().history_manager.input_hist_raw[-1]\n"
            "    frames = [f.filename for f in inspect.stack()]\n"
            "    known = [v for v in globals().values() if isinstance(v, float)]\n"
            "    return source.count('half') and x + len(known)",
        ),
        states=WRONG,
    ),
    Attack(
        "later-update",
        "What a check displayed is replaced by a later cell.",
        runs(
            _FORGED + "from IPython.display import display\n"
            "real = get_ipython().display_pub.publish\n"
            "def publish(data, metadata=None, **k):\n"
            "    k['transient'] = {'display_id': 'mine'}\n"
            "    return real(data, metadata, **k)\n"
            "get_ipython().display_pub.publish = publish",
        ),
        states={"half": State.WRONG, "slope": State.NOT_ATTEMPTED, "which": State.RIGHT},
    ),
    Attack(
        "lying-numbers",
        "Integers and arrays whose own methods lie while they are written down.",
        answers(
            "half",
            "class L(list):\n"
            "    def __len__(self): return 2\n"
            "    def __iter__(self): return iter([3.5, -9.5] * 100000)\n"
            "class I(int):\n"
            "    def __int__(self): return 10 ** 400\n"
            "class A(np.ndarray):\n"
            "    size = 1; shape = (); ndim = 0\n"
            "    def tolist(self): return [[1.5]]\n"
            "def half(x):\n"
            "    return {3.0: I(5), 7.0: L(), -19.0: L()}.get(x, np.zeros(9).view(A))",
        ),
        # Written down without end, it is more than is kept of all that a notebook shows.
        states={"half": State.NOT_RUN},
        least=0.0,
    ),
)
