"""The reach: what a submission tries to read, to change or to speak to outside of its box."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

from slopewise.notebook.findings import Kind
from slopewise.sandbox import runtime
from slopewise.scoring import State
from tests.hostile.attack import Attack, Make
from tests.hostile.lesson import NAME, Submission

_HONEST = {"half": State.WRONG, "slope": State.NOT_ATTEMPTED, "which": State.RIGHT}
# What is planted where no learner may look; wherever it turns up, something was reached.
SECRET = "the-secret-of-the-instructor"

_LOOK = """
import os
def look(path):
    try:
        if os.path.isdir(path):
            for folder, _, names in os.walk(path):
                for name in names[:50]:
                    print("FOUND", folder, name, open(os.path.join(folder, name), "rb").read(99))
        else:
            print("FOUND", open(path, "rb").read(2000))
    except OSError as error:
        print("refused", type(error).__name__)
"""


def _reads(*places: str) -> Make:
    """Code that looks at places below the course's folder, from the root, and from itself."""

    def make(submission: Submission) -> None:
        paths = []
        for place in places:
            paths += [str(submission.course / place), f"../../../{place}", f"/proc/1/root{place}"]
        calls = "".join(f"look({path!r})\n" for path in paths)
        submission.code(_LOOK + calls + "print('looked everywhere')")

    return make


def _writes(submission: Submission) -> None:
    course = submission.course
    places = [
        course / "gradebook.db", course / "submitted" / "aa-full" / NAME / f"{NAME}.ipynb",
        course / "autograded" / "x", course / "source" / "x", "/etc/x", "/usr/x",
        Path(np_folder()) / "__init__.py", "/dev/shm/x", "/tmp/x",
    ]  # fmt: skip
    submission.code(
        "import os, sqlite3, slopewise, numpy\n"
        f"for path in {[str(place) for place in places]!r} + [slopewise.__file__]:\n"
        "    try:\n"
        "        open(path, 'a').write('changed')\n"
        "        print('WROTE' if not path.startswith(('/dev/shm', '/tmp/x')) else 'own', path)\n"
        "    except OSError as error: print('refused', type(error).__name__)\n"
        f"sqlite3.connect({str(course / 'gradebook.db')!r}) if False else None\n"
        "print('tried everything')"
    )


def np_folder() -> str:
    """The folder of numpy, whose files are shared by all kernels."""
    import numpy as np

    return str(Path(np.__file__).parent)


_SPY = """
import os, signal, ctypes
seen = []
for pid in os.listdir("/proc"):
    if not pid.isdigit() or int(pid) in (1, os.getpid()): continue
    for name in ("environ", "maps", "mem", "root/etc/shadow", "cwd/gradebook.db"):
        try: seen.append((name, bool(open(f"/proc/{pid}/{name}", "rb").read(10))))
        except OSError: pass
libc = ctypes.CDLL(None)
traced = [libc.ptrace(16, pid, 0, 0) == 0 for pid in (1, 2, os.getppid() or 1)]
names = [open(f"/proc/{p}/comm").read().strip() for p in os.listdir("/proc") if p.isdigit()]
print("PROCESSES", sorted(set(names) - {"python", "python3", "bwrap", "cat"}), any(traced))
hit = []
for pid in range(1, 40000):
    if pid not in (os.getpid(),):
        try: os.kill(pid, 0); hit.append(pid)
        except OSError: pass
own = {int(p) for p in os.listdir("/proc") if p.isdigit()} | {
    int(t) for t in os.listdir("/proc/self/task")}
print("SIGNALLED", [pid for pid in hit if pid not in own])
"""

_NETWORK = """
import os, socket
def reach(family, address):
    try:
        with socket.socket(family, socket.SOCK_STREAM) as s:
            s.settimeout(1); s.connect(address); print("CONNECTED", address)
    except OSError as error: print("refused", type(error).__name__)
for port in {ports!r}: reach(socket.AF_INET, ("127.0.0.1", port))
reach(socket.AF_INET6, ("::1", {ports!r}[0]))
reach(socket.AF_UNIX, "\\0" + {name!r})
for path in {paths!r}: reach(socket.AF_UNIX, path)
try:
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, 1): print("CONNECTED raw")
except OSError: print("refused")
try:
    print([name for _, name in socket.if_nameindex()])
except OSError: print("refused")
print("network tried")
"""

_LISTENERS: list[socket.socket] = []


def _network(submission: Submission) -> None:
    """Listeners of the grader's: on its loopback, in the abstract namespace, the warm process's."""
    server = socket.create_server(("127.0.0.1", 0))
    abstract = socket.socket(socket.AF_UNIX)
    name = f"slopewise-hostile-{os.getpid()}"
    abstract.bind("\0" + name)
    abstract.listen()
    _LISTENERS.extend([server, abstract])
    folder = runtime.runtime_folder()
    paths = [str(path) for path in folder.glob("*.socket")] or [str(folder / "z.socket")]
    paths += ["/run/dbus/system_bus_socket", "/var/run/docker.sock"]
    ports = [server.getsockname()[1], 22, 8888]
    submission.code(_NETWORK.format(ports=ports, name=name, paths=paths))


def close_listeners() -> None:
    """Close what `network` has opened; called by the tests when the class is graded."""
    while _LISTENERS:
        _LISTENERS.pop().close()


def plant(course: Path) -> None:
    """Put the secret wherever a learner might look for one."""
    for place in ("source", "solutions", "answers"):
        (course / place).mkdir(exist_ok=True)
        (course / place / "secret.txt").write_text(SECRET)
    (course / "secret.txt").write_text(SECRET)


def _link(name: str, target: str) -> Make:
    def make(submission: Submission) -> None:
        plant(submission.course)
        place = Path(target.format(course=submission.course))
        (submission.folder / name).symlink_to(place)
        submission.code(f"{_LOOK}\nlook({name!r})\nprint(os.listdir())\nprint('looked')")

    return make


def _notebook_link(target: str) -> Make:
    def make(submission: Submission) -> None:
        submission.path.symlink_to(Path(target.format(course=submission.course)))
        submission.with_notebook = False

    return make


def _hard_link(submission: Submission) -> None:
    plant(submission.course)
    os.link(submission.course / "solutions" / NAME / f"{NAME}.ipynb", submission.path)
    submission.with_notebook = False


_FAKE = """
def observe(**probes):
    from IPython.display import display
    display({"text/plain": "8.0"}, raw=True)
def __getattr__(name): return lambda *a, **k: True
allclose = isclose = array = ones = lambda *a, **k: True
open("/tmp/imported", "w").write(__name__)
"""


def _modules(*names: str) -> Make:
    def make(submission: Submission) -> None:
        for name in names:
            submission.file(name, _FAKE)
        submission.code(
            "import os, sys\n"
            "import numpy, torch, slopewise\n"
            "print('REPLACED' if os.path.exists('/tmp/imported') else 'the real ones')"
        )

    return make


_STARTUP = (
    ".ipython/profile_default/startup/00-hook.py",
    ".ipython/profile_default/ipython_config.py",
    ".ipython/profile_default/ipython_kernel_config.py",
    "profile_default/startup/00-hook.py",
    "ipython_config.py",
    "ipython_kernel_config.py",
    ".jupyter/jupyter_nbconvert_config.py",
    "jupyter_config.py",
    "matplotlibrc",
    ".config/matplotlib/matplotlibrc",
    ".pythonrc.py",
    "pyvenv.cfg",
    "torch.pth",
)


def _startup(submission: Submission) -> None:
    for name in _STARTUP:
        submission.file(name, "open('/tmp/hooked', 'w').write('x')\nbackend: nonsense\n")
    submission.code(
        "import os\nprint('HOOKED' if os.path.exists('/tmp/hooked') else 'no hook ran')"
    )


def _nbgrader_config(submission: Submission) -> None:
    # Read by nbgrader from the folder that it is started in, and by nothing else.
    submission.file("nbgrader_config.py", "raise SystemExit('taken over')\n")
    submission.file("gradebook.db", "not a database")
    submission.file(f"autograded/aa-full/{NAME}/{NAME}.ipynb", "{}")


_WARM = """
import gc, os, sys
from multiprocessing import resource_tracker
names = [n for n in sys.modules if "slopewise.sandbox" in n]
print("MODULES", names)
kinds = {os.readlink(f"/proc/self/fd/{n}").split(":")[0] for n in os.listdir("/proc/self/fd")
         if os.path.lexists(f"/proc/self/fd/{n}")}
print("HELD", sorted(k for k in kinds if not k.startswith(
    ("/proc/", "/dev/null", "/memfd", "anon_inode", "pipe", "socket"))))
import signal
for s in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
    signal.signal(s, signal.SIG_IGN)
os.nice(0)
try: os.killpg(os.getpgid(1), signal.SIGTERM)
except OSError as error: print("refused", type(error).__name__)
"""

# What the process says on its way to the grader becomes no line of the log.
_SHARED = """
import os
text = "all is well\\n\\x1b[2K\\rWARNING: aa-full: check edited\\nERROR: mm-half has cheated"
for kind in ("failed", "exited", "lost", "ready", text):
    get_ipython().report(kind, {"reason": text, "event": "exited", "own": False})
os._exit(0)
"""


def _power(submission: Submission) -> None:
    submission.code(
        "import ctypes, os, resource\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "print('GAINED', [libc.unshare(flag) for flag in (0x10000000, 0x20000, 0x40000000)],\n"
        "    libc.mount(b'/', b'/tmp', None, 4096, None), libc.setns(0, 0),\n"
        "    libc.chroot(b'/tmp'), libc.pivot_root if hasattr(libc, 'pivot_root') else -1)\n"
        "for change in (lambda: os.setuid(0), lambda: os.setgid(0), lambda: os.setgroups([0]),\n"
        "        lambda: os.mknod('/tmp/disk', 0o60666, os.makedev(8, 0)),\n"
        "        lambda: resource.setrlimit(resource.RLIMIT_NPROC, (-1, -1)),\n"
        "        lambda: resource.setrlimit(resource.RLIMIT_AS, (-1, -1)),\n"
        "        lambda: os.nice(-5), lambda: os.sched_setscheduler(0, 1, os.sched_param(50)),\n"
        "        lambda: open('/proc/self/oom_score_adj', 'w').write('-1000')):\n"
        "    try: change(); print('GAINED')\n"
        "    except (OSError, ValueError): print('refused')"
    )


def _reach(name: str, aim: str, make: Make, **more: Any) -> Attack:
    return Attack(name, aim, make, states=more.pop("states", _HONEST), **more)


ATTACKS = (
    _reach("reads-the-course", "Sources, solutions, known answers, the gradebook.",
           _reads("source", "solutions", "answers", "gradebook.db", "nbgrader_config.py", "grading",
                  "notebooks", ".git"),
           shown=("looked everywhere",), unseen=("FOUND", SECRET)),
    _reach("reads-the-others", "Everybody else's submission.",
           _reads("submitted", "autograded", "feedback"),
           shown=("looked everywhere",), unseen=("FOUND",)),
    _reach("reads-the-home", "The grader's home and the machine's secrets.",
           _reads(*(str(Path.home() / name) for name in (".ssh", ".bashrc", ".netrc", ".config")),
                  "/etc/shadow", "/var/log", "/run", "/proc/kcore", "/sys"),
           shown=("looked everywhere",), unseen=("FOUND",)),
    _reach("writes-everywhere", "The gradebook, other submissions, libraries that all share.",
           _writes, shown=("tried everything",), unseen=("WROTE",)),
    _reach("spies-on-processes", "Other processes, seen, traced, read and signalled.",
           lambda submission: submission.code(_SPY),
           shown=("PROCESSES [] False", "SIGNALLED []")),
    _reach("network", "Somebody to talk to: the loopback, abstract sockets, the warm process.",
           _network, shown=("network tried",), unseen=("CONNECTED",)),
    _reach("warm-process", "The warm process, by what was inherited from it.",
           lambda submission: submission.code(_WARM), shown=("MODULES []", "HELD []")),
    _reach("forged-reason", "Log lines about others, by what is said on the way to the grader.",
           lambda submission: submission.code(_SHARED), score=0.0,
           states={"half": State.NOT_RUN}, shown=("KernelStopped",)),
    _reach("power", "Capabilities, namespaces, limits, devices.", _power, shown=("refused",),
           unseen=("GAINED [0", "GAINED [-1, 0", "GAINED [-1, -1, 0", "GAINED\n")),
    _reach("notebook-is-the-solution", "The notebook is a link to the solution.",
           _notebook_link("{course}/solutions/01-box/01-box.ipynb"), score=0.0,
           states={"half": State.NOT_RUN}, findings=(Kind.UNREADABLE,), log=("symbolic link",)),
    _reach("notebook-is-anothers", "The notebook is a link to somebody else's.",
           _notebook_link("../../aa-full/01-box/01-box.ipynb"), score=0.0,
           states={"half": State.NOT_RUN}, findings=(Kind.UNREADABLE,), log=("symbolic link",)),
    _reach("notebook-is-endless", "The notebook is a link to a device that never ends.",
           _notebook_link("/dev/zero"), score=0.0,
           states={"half": State.NOT_RUN}, findings=(Kind.UNREADABLE,), log=("symbolic link",)),
    _reach("notebook-is-hard-link", "The notebook is the solution's own file.",
           _hard_link, score=0.0, states={"half": State.NOT_RUN}, findings=(Kind.UNREADABLE,),
           log=("course's own",)),
    _reach("link-to-solutions", "A link to the solutions beside the notebook.",
           _link("data", "{course}/solutions"), findings=(Kind.FILE,), log=("symbolic link",),
           unseen=(SECRET,)),
    _reach("link-to-gradebook", "A link to the gradebook beside the notebook.",
           _link("data.csv", "{course}/gradebook.db"), findings=(Kind.FILE,),
           log=("symbolic link",), unseen=("FOUND", "SQLite format")),
    _reach("link-to-shadow", "A link to the machine's passwords beside the notebook.",
           _link("numbers.txt", "/etc/shadow"), findings=(Kind.FILE,), log=("symbolic link",),
           unseen=("FOUND", "root:")),
    _reach("link-to-nowhere", "A link to itself, that cannot be followed.",
           _link("loop", "loop"), findings=(Kind.FILE,), log=("symbolic link",)),
    _reach("link-timestamp", "The timestamp is a link to a device that never ends.",
           _link("timestamp.txt", "/dev/zero"), findings=(Kind.FILE,), log=("timestamp",)),
    _reach("own-libraries", "Libraries of the learner's own beside the notebook.",
           _modules("numpy.py", "torch/__init__.py", "slopewise/__init__.py", "IPython.py",
                    "json.py", "random.py", "matplotlib.py", "zmq/__init__.py"),
           shown=("the real ones",), unseen=("REPLACED",), findings=(Kind.FILE,),
           log=("numpy.py",)),
    _reach("sitecustomize", "A module that every Python imports as it starts.",
           _modules("sitecustomize.py", "usercustomize.py"), shown=("the real ones",),
           unseen=("REPLACED",), findings=(Kind.FILE,), log=("sitecustomize",)),
    _reach("start-up-hooks", "Hooks in the folders that IPython and others read as they start.",
           _startup, shown=("no hook ran",), unseen=("HOOKED",), findings=(Kind.FILE,),
           log=(".ipython",)),
    _reach("own-settings", "nbgrader's own files, beside the notebook.", _nbgrader_config),
)  # fmt: skip
