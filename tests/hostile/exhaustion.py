"""The exhaustion: time, memory, processes, room and output, all of it inside the box."""

from __future__ import annotations

from typing import Any

from slopewise.scoring import State
from tests.hostile.attack import Attack, Make, answers, runs
from tests.hostile.lesson import Submission

_HONEST = {"half": State.WRONG, "slope": State.NOT_ATTEMPTED, "which": State.RIGHT}
_STOPPED = {"half": State.NOT_RUN, "slope": State.NOT_RUN, "which": State.NOT_RUN}

# Nothing that multiplies may run where no box holds it.
_IN_THE_BOX = """
import os
assert os.getuid() >= 1000 and os.listdir("/home") == ["learner"], "not in the box"
"""

_RAW = """
import os, socket, stat, struct
def connections():
    for name in os.listdir("/proc/self/fd"):
        try:
            if not stat.S_ISSOCK(os.fstat(int(name)).st_mode): continue
            found = socket.socket(fileno=os.dup(int(name)))
            found.getpeername(); found.setblocking(True); found.settimeout(2)
            yield found
        except OSError: pass
"""

# Each connection gets packets of one frame that never ends, on the wire itself.
ENDLESS = (
    _RAW
    + """
packet = struct.pack("<IB", 7, 0) + bytes(40_000)
def flood(connection):
    try:
        for _ in range(15_000): connection.sendall(packet)
    except OSError: pass
import threading
threads = [threading.Thread(target=flood, args=(one,)) for one in connections()]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""
)


def _many_cells(submission: Submission) -> None:
    for _ in range(500):
        submission.code("pass", before="which-check")


def _after(source: str) -> Make:
    """Code that runs when every honest part has been checked: only the author is slowed down."""

    def make(submission: Submission) -> None:
        submission.code(source, "which")
        submission.cells.append(submission.cells.pop(submission.place("which") - 1))

    return make


def _exhausts(name: str, aim: str, make: Make, **more: Any) -> Attack:
    return Attack(name, aim, make, states=more.pop("states", _HONEST), **more)


ATTACKS = (
    _exhausts("loop", "A loop without end.", runs("while True: pass"),
              shown=("CellTimeoutError",)),
    _exhausts("loop-in-an-answer", "An answer without end: only its own questions are lost.",
              answers("half", "def half(x):\n    while x != 2: pass\n    return 1"),
              least=0.0, states={"half": State.WRONG}, shown=("did not finish in time",)),
    _exhausts("swallows-interrupts", "A loop that swallows every interrupt.",
              runs("import time\nwhile True:\n    try:\n        while True: time.sleep(1)\n"
                   "    except BaseException: pass"),
              score=0.0, states=_STOPPED, shown=("CellTimeoutError", "KernelStopped")),
    _exhausts("ignores-signals", "No signal is heard.",
              runs("import signal\n"
                   "for s in (signal.SIGINT, signal.SIGTERM, signal.SIGXCPU, signal.SIGHUP):\n"
                   "    signal.signal(s, signal.SIG_IGN)\n"
                   "while True: pass"),
              score=0.0, states=_STOPPED, shown=("CellTimeoutError",)),
    _exhausts("sleeps-in-c", "Waits in C, where no interrupt is looked at.",
              runs("import ctypes\nlibc = ctypes.PyDLL(None)\n"
                   "for _ in range(1000): libc.poll(None, 0, 600000) and libc.usleep(900000)"),
              score=4.0, least=0.0, states={}, shown=("CellTimeoutError",)),
    _exhausts("memory", "All the memory there is, in arrays and in mappings.",
              runs("import mmap, numpy\nkept = []\nprint('MEMORY')\n"
                   "while True: kept += [numpy.ones(2 ** 23), mmap.mmap(-1, 2 ** 26)]"),
              shown=("MEMORY",), least=0.0, states={}),
    _exhausts("memory-in-many-hands", "Each process takes little, all of them more than there is.",
              runs(_IN_THE_BOX + "import time\nfor _ in range(30):\n    if os.fork() == 0:\n"
                   "        kept = []\n        while len(kept) < 60:\n"
                   "            kept.append(bytearray(b'x') * 2 ** 23); time.sleep(0.1)\n"
                   "        time.sleep(600)\ntime.sleep(600)"),
              score=0.0, states=_STOPPED, shown=("KernelStopped",)),
    _exhausts("memory-of-nobody", "Files without a name and segments: memory that no limit counts.",
              runs("import ctypes, os\nlibc = ctypes.CDLL(None)\nkept = []\n"
                   "for n in range(200):\n"
                   "    try:\n        kept.append(os.memfd_create(str(n)))\n"
                   "        os.write(kept[-1], bytes(2 ** 26))\n"
                   "    except PermissionError: pass\n"
                   "    if libc.shmget(0, 2 ** 30, 0o1600) >= 0: kept.append(n)\n"
                   "print('KEPT', len(kept))"), shown=("KEPT 0",)),
    _exhausts("memory-of-the-network", "Connections that are filled and never read.",
              runs("import socket\ntry: socket.create_server(('127.0.0.1', 0)); print('SERVED')\n"
                   "except OSError as error: print('REFUSED', error.errno)"), shown=("REFUSED",)),
    _exhausts("processor", "Many processes that only compute, each in a session of its own.",
              runs(_IN_THE_BOX + "import time\nfor _ in range(28):\n    if os.fork() == 0:\n"
                   "        os.setsid()\n        while True: pass\n"
                   "print('STARTED'); time.sleep(4)"),
              least=0.0, states={}, shown=("STARTED",)),
    _exhausts("display-in-many-places", "One large update of hundreds of small displays.",
              runs("def send(kind, text):\n"
                   "    get_ipython().report(kind, {'metadata': {},\n"
                   "        'data': {'text/plain': text}, 'transient': {'display_id': 'd'}})\n"
                   "for _ in range(300): send('display_data', 'x')\n"
                   "send('update_display_data', 'BIG' * 130_000)"),
              shown=("more was printed than is kept",), unseen=("BIGBIG",)),
    _exhausts("one-large-array", "More in one piece than any machine has.",
              runs("x = np.ones(2 ** 40)"), shown=("MemoryError",)),
    _exhausts("deep-recursion", "Recursion until the stack ends.",
              answers("half", "import sys\nsys.setrecursionlimit(10 ** 9)\n"
                              "def half(x): return half(x)"),
              score=4.0, least=0.0, states={}, shown=("half: 0 of 8 points",)),
    _exhausts("fork-bomb", "Processes that make processes.",
              runs(_IN_THE_BOX + "made = 0\ntry:\n    while made < 500:\n"
                   "        if os.fork() == 0:\n            os.setsid()\n            made = 0\n"
                   "            for _ in range(3):\n"
                   "                try: os.fork()\n                except OSError: pass\n"
                   "            import time; time.sleep(600); os._exit(0)\n        made += 1\n"
                   "except OSError as error: print('LIMIT', made < 60)"),
              shown=("LIMIT True",), least=0.0, states={}),
    _exhausts("threads", "As many threads as there can be, and none ends.",
              runs(_IN_THE_BOX + "import threading, time\nmade = 0\ntry:\n    while made < 2000:\n"
                   "        threading.Thread(target=time.sleep, args=(600,), daemon=True).start()\n"
                   "        made += 1\nexcept RuntimeError: print('LIMIT', made < 60)"),
              shown=("LIMIT True",), least=0.0, states={}),
    _exhausts("disk", "Every folder that can be written to, filled to the brim.",
              runs("import os\nfor folder in ('.', '/tmp', '/dev/shm', os.path.expanduser('~')):\n"
                   "    for n in range(200):\n        try:\n"
                   "            open(f'{folder}/fill{n}', 'wb').write(bytes(2 ** 22))\n"
                   "        except OSError as error: print('FULL', n < 20); break"),
              shown=("FULL True",)),
    _exhausts("files-without-number", "A million empty files.",
              runs("import os\ntry:\n    for n in range(10 ** 6):\n"
                   "        os.close(os.open(f'/tmp/{n}', os.O_CREAT))\n"
                   "except OSError as error: print('no more')")),
    _exhausts("print", "A gigabyte of print.",
              runs("line = 'x' * 2 ** 20\nfor n in range(1024): print(line)"),
              least=0.0, states={}, shown=("half: 0 of 8 points",)),
    _exhausts("small-prints", "Ten million prints, each one a message.",
              runs("import sys\nfor n in range(10 ** 7):\n    print('y'); sys.stdout.flush()"),
              least=0.0, states={}, shown=("CellTimeoutError",)),
    _exhausts("print-after-the-end", "Goes on printing when the cell has long ended.",
              runs("import threading, time\ndef go():\n    while True:\n"
                   "        print('z' * 10000); time.sleep(0.001)\n"
                   "threading.Thread(target=go, daemon=True).start()"),
              least=0.0, states={}, shown=("which: ",)),
    _exhausts("huge-display", "One display larger than all that is kept.",
              runs("from IPython.display import display\n"
                   "display({'text/plain': 'x' * 30_000_000}, raw=True)")),
    _exhausts("many-displays", "A hundred thousand displays.",
              runs("from IPython.display import display\n"
                   "for n in range(10 ** 5): display({'text/plain': str(n) * 100}, raw=True)"),
              least=0.0, states={}, shown=("half: 0 of 8 points",)),
    _exhausts("deep-json", "Plain data nested so deeply that reading it fails.",
              runs("deep = []\nfor _ in range(400): deep = [deep]\n"
                   "get_ipython().report('display_data', {'metadata': {},\n"
                   "    'data': {'application/json': deep, 'text/plain': 'deep'}})\n"
                   "reporter = get_ipython().reporter\n"
                   "deeper = b'[' * 10 ** 5 + b']' * 10 ** 5\n"
                   "frame = b'[\"display_data\", %d, {\"data\": {\"application/json\": %b}}]'\n"
                   "reporter._way.send(frame % (reporter._cell, deeper))")),
    _exhausts("endless-message", "Frames of one message without end, on the wire itself.",
              runs(ENDLESS),
              score=4.0, least=0.0, states={}, shown=("half: 0 of 8 points",)),
    _exhausts("noise-on-the-wire", "Bytes that are no message at all.",
              runs(_RAW + "for connection in list(connections()):\n"
                   "    try: connection.sendall(os.urandom(2 ** 16))\n    except OSError: pass"),
              score=4.0, least=0.0, states={}, shown=("half: 0 of 8 points",)),
    _exhausts("output-of-errors", "An error with a message and a traceback of many megabytes.",
              runs("raise ValueError('x' * 9_000_000)")),
    _exhausts("many-cells", "Five hundred cells.", _many_cells),
    _exhausts("slow-at-the-end", "Takes its time when everything is graded.",
              _after("import time\ntime.sleep(600)"), shown=("CellTimeoutError",)),
)  # fmt: skip
