"""What code in a box cannot reach."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from tests.sandbox.process import Process, ProcessMaker

ROOT = Path(__file__).resolve().parents[2]

OPEN = """
import os
def attempt(path):
    try:
        if os.path.isdir(path):
            print("listed", os.listdir(path))
        else:
            print("read", open(path).read(10))
    except OSError as error:
        print("refused", type(error).__name__)
"""


@pytest.mark.parametrize(
    "path",
    [
        str(ROOT / "pyproject.toml"),
        str(ROOT / "solutions"),
        str(ROOT / "answers"),
        str(ROOT / ".git"),
        str(Path("~").expanduser() / ".bashrc"),
        "/etc/shadow",
        str(Path("/proc", "1", "root", "etc", "shadow")),
        "/var",
        "/sys/kernel",
        "/run",
    ],
)
def test_cannot_read(shared_process: Process, path: str) -> None:
    assert shared_process.run(f"{OPEN}\nattempt({path!r})").text.startswith("refused")


def test_home_of_the_grader_shows_nothing_but_python(shared_process: Process) -> None:
    result = shared_process.run(
        "import os, sys\n"
        f"for folder, names, files in os.walk({str(Path.home())!r}):\n"
        "    if any(folder.startswith(p) for p in (sys.prefix, sys.base_prefix)):\n"
        "        names[:] = []\n"
        "    elif files: print(folder, files)"
    )
    assert result.text == ""


def test_sees_no_other_process(shared_process: Process) -> None:
    result = shared_process.run(
        "import os\n"
        "print(sorted(open(f'/proc/{p}/comm').read().strip()"
        " for p in os.listdir('/proc') if p.isdigit()), os.getppid())"
    )
    assert result.text in ("['bwrap', 'cat', 'python'] 0\n", "['bwrap', 'cat', 'python3'] 0\n")


def test_has_no_network(shared_process: Process) -> None:
    with socket.socket() as server, socket.socket(socket.AF_UNIX) as abstract:
        server.bind(("127.0.0.1", 0))
        server.listen()
        name = f"slopewise-test-{os.getpid()}"
        abstract.bind("\0" + name)
        abstract.listen()
        result = shared_process.run(
            "import socket\n"
            f"for family, address in ((socket.AF_INET, ('127.0.0.1', {server.getsockname()[1]})),\n"
            f"    (socket.AF_UNIX, chr(0) + {name!r}), (socket.AF_INET, ('192.0.2.1', 80))):\n"
            "    try:\n"
            "        s = socket.socket(family); s.settimeout(2); s.connect(address)\n"
            "        print('connected')\n"
            "    except OSError as error:\n"
            "        print(type(error).__name__)\n"
            "print([line.split(':')[0].strip() for line in open('/proc/net/dev')][2:])"
        )
    assert result.text.splitlines() == [*("OSError", "ConnectionRefusedError", "OSError", "['lo']")]


def test_cannot_write_outside_its_folder_and_tmp(shared_process: Process) -> None:
    result = shared_process.run(
        "import os, sys, numpy, slopewise\n"
        "for folder in ('/', '/usr', '/etc', '/dev', '/home', sys.prefix, sys.base_prefix,\n"
        "        os.path.dirname(numpy.__file__), os.path.dirname(slopewise.__file__)):\n"
        "    try:\n"
        "        open(folder + '/probe', 'w'); print('wrote', folder)\n"
        "    except OSError: pass\n"
        "for folder in ('.', '/tmp', '/dev/shm', os.path.expanduser('~')):\n"
        "    open(folder + '/probe', 'w'); os.remove(folder + '/probe')"
    )
    assert (result.text, result.error) == ("", "")


def test_has_no_power_and_cannot_get_any(shared_process: Process) -> None:
    result = shared_process.run(
        "import ctypes, os\n"
        "status = dict(l.split(':', 1) for l in open('/proc/self/status').read().splitlines())\n"
        "print([status[n].strip() for n in ('CapInh','CapPrm','CapEff','CapBnd','CapAmb')])\n"
        "print(status['NoNewPrivs'].strip(), os.getuid() > 0, os.getgroups() == [])\n"
        "libc = ctypes.CDLL(None)\n"
        "print([libc.unshare(f) for f in (0x10000000, 0x20000, 0x40000000)])\n"
        "print(libc.mount(b'none', b'/tmp', b'tmpfs', 0, None))\n"
        "try: os.setuid(0); print('root')\n"
        "except OSError: print('no')"
    )
    nothing = "'0000000000000000'"
    if os.geteuid() == 0:
        assert result.text.splitlines()[0] == f"[{', '.join([nothing] * 5)}]"
        assert result.text.splitlines()[1] == "1 True True"
    assert result.text.splitlines()[2:] == ["[-1, -1, -1]", "-1", "no"]


def test_holds_no_descriptor_of_the_outside(shared_process: Process) -> None:
    result = shared_process.run(
        "import os\n"
        "kinds = {os.readlink(f'/proc/self/fd/{n}').split(':')[0]\n"
        "    for n in os.listdir('/proc/self/fd') if os.path.lexists(f'/proc/self/fd/{n}')}\n"
        "print(sorted(k for k in kinds if not k.startswith(('/proc/', '/memfd'))))"
    )
    allowed = {"/dev/null", "anon_inode", "pipe", "socket"}
    assert set(eval(result.text)) <= allowed


def test_cannot_end_what_is_outside(make_process: ProcessMaker, shared_process: Process) -> None:
    killer = make_process()
    result = killer.run(
        "import os, signal\n"
        "threads = {int(name) for name in os.listdir('/proc/self/task')}\n"
        "for pid in range(4, 70000):\n"
        "    if pid not in threads:\n"
        "        try: os.kill(pid, signal.SIGTERM)\n"
        "        except OSError: pass\n"
        "print('done')"
    )
    assert result.text == "done\n"
    assert shared_process.run("1 + 1").text == "2"


def test_environment_of_the_grader_stays_there(
    make_process: ProcessMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADER_SECRET", "swordfish")
    result = make_process().run("import os; print(dict(os.environ))")
    assert "swordfish" not in result.text
    assert "'HOME': '/home/learner'" in result.text


def test_two_kernels_do_not_see_each_other(make_process: ProcessMaker) -> None:
    first, second = make_process(), make_process()
    first.run("open('/tmp/mark', 'w').write('x'); open('/dev/shm/mark', 'w'); open('mark', 'w')")
    first.run("import socket; s = socket.socket(socket.AF_UNIX); s.bind(chr(0) + 'a'); s.listen()")
    result = second.run(
        "import os, socket\n"
        "print(os.listdir('/tmp'), os.listdir('/dev/shm'), os.listdir())\n"
        "print(socket.socket(socket.AF_UNIX).connect_ex(chr(0) + 'a') != 0)"
    )
    assert "mark" not in result.text
    assert result.text.splitlines()[1] == "True"


def test_files_of_the_submission_come_along_as_copies(
    make_process: ProcessMaker, tmp_path: Path
) -> None:
    folder = tmp_path / "hand in"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "x.csv").write_text("1,2\n")
    (folder / "private.txt").write_text("mine")
    (folder / "private.txt").chmod(0o600)
    process = make_process(folder)
    result = process.run(
        "import os\n"
        "print(sorted(os.listdir()), open('data/x.csv').read(), open('private.txt').read())\n"
        "open('private.txt', 'w').write('changed'); open('new', 'w').write('x')\n"
        "os.remove('data/x.csv')"
    )
    assert (result.text, result.error) == ("['data', 'private.txt'] 1,2\n mine\n", "")
    process.close()
    assert (folder / "private.txt").read_text() == "mine"
    assert (folder / "data" / "x.csv").exists()
    assert not (folder / "new").exists()
