"""Code that takes all it can get, or ends its process: the machine stays as it is."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from slopewise.sandbox import Limits
from slopewise.sandbox.limits import MIB
from slopewise.sandbox.linux import start_time
from slopewise.sandbox.process_memory import descendants
from tests.sandbox.process import Process, ProcessMaker


@pytest.mark.parametrize(
    "bomb",
    [
        "x = bytearray(3 * 1024 ** 3)",
        "import numpy; x = numpy.ones(3 * 1024 ** 3 // 8)",
        "import torch; x = torch.ones(3 * 1024 ** 3 // 4)",
        "import mmap; x = [mmap.mmap(-1, 1024 ** 3) for _ in range(8)]",
        "x = []\nwhile True: x.append(' ' * 10_000_000)",
    ],
)
def test_memory_bomb_is_an_error_of_the_cell(shared_process: Process, bomb: str) -> None:
    result = shared_process.run(bomb)
    assert result.error
    assert shared_process.run("x = None; 1 + 1").text == "2"


def test_fork_bomb(make_process: ProcessMaker) -> None:
    process = make_process()
    result = process.run(
        "import os, time\n"
        "made = 0\n"
        "try:\n"
        "    while made < 1000:\n"
        "        if os.fork() == 0: time.sleep(600)\n"
        "        made += 1\n"
        "except OSError as error: print(type(error).__name__, made < 64)"
    )
    assert result.text == "BlockingIOError True\n"
    below = descendants(process.pid)
    assert len(below) > 30
    process.close()
    assert [pid for pid in below if start_time(pid) is not None] == []


def test_processes_together_get_no_more_memory_than_one(make_process: ProcessMaker) -> None:
    process = make_process(limits={"memory": 300 * MIB})
    share = "import os, time\nfor n in range({}):\n    if os.fork() == 0:\n"
    share += "        x = bytearray(b'x') * (50 << 20); time.sleep({})\n        os._exit(0)\n"
    assert process.run(share.format(3, 1.5) + "time.sleep(2); 'alive'").text == "'alive'"
    process.start(share.format(12, 600) + "time.sleep(600)")
    wait_for_death(process)


@pytest.mark.parametrize(
    "take",
    [
        "import os; os.memfd_create('hidden')",
        "import ctypes, os; libc = ctypes.CDLL(None, use_errno=True)\n"
        "if libc.shmget(0, 1 << 30, 0o1600) < 0: raise OSError(ctypes.get_errno(), 'shmget')",
        "import ctypes, os; libc = ctypes.CDLL(None, use_errno=True)\n"
        "if libc.msgget(0, 0o1600) < 0: raise OSError(ctypes.get_errno(), 'msgget')",
    ],
)
def test_memory_of_no_process_is_not_to_be_had(shared_process: Process, take: str) -> None:
    assert shared_process.run(take).error.startswith("PermissionError")


def test_a_kernel_and_its_processes_keep_to_one_core(make_process: ProcessMaker) -> None:
    processes = [make_process() for _ in range(2)]
    cores = [
        process.run("import os; print(*os.sched_getaffinity(0))").text for process in processes
    ]
    assert {len(text.split()) for text in cores} == {1}
    assert len(set(cores)) == min(2, len(os.sched_getaffinity(0)))
    result = processes[0].run("os.sched_setaffinity(0, range(os.cpu_count()))")
    assert result.error.startswith("PermissionError")


@pytest.mark.parametrize("folder", ["/tmp", "/dev/shm", "."])
def test_files_are_counted(make_process: ProcessMaker, folder: str) -> None:
    result = make_process().run(
        "import os\n"
        "try:\n"
        f"    for n in range(30_000): os.close(os.open({folder!r} + f'/{{n}}', os.O_CREAT))\n"
        "except OSError as error: print(error.strerror)"
    )
    if os.geteuid() == 0:  # an ordinary user's box cannot be changed any more
        assert result.text == "No space left on device\n"


def test_thread_bomb(make_process: ProcessMaker) -> None:
    result = make_process().run(
        "import threading, time\n"
        "made = 0\n"
        "try:\n"
        "    while made < 1000:\n"
        "        threading.Thread(target=time.sleep, args=(600,), daemon=True).start(); made += 1\n"
        "except RuntimeError: print(made < 64)"
    )
    assert result.text == "True\n"


@pytest.mark.parametrize("folder", ["/tmp", "/dev/shm", "."])
def test_full_disk_is_an_error_of_the_cell(make_process: ProcessMaker, folder: str) -> None:
    limits = Limits(scratch=20 * MIB, shared_memory=20 * MIB, file_size=8 * MIB)
    result = make_process(limits=limits).run(
        "n = 0\n"
        "try:\n"
        "    while n < 100:\n"
        f"        open({folder!r} + f'/fill{{n}}', 'wb').write(bytes(4 << 20)); n += 1\n"
        "except OSError as error: print(error.strerror, n < 6)\n"
        f"try: open({folder!r} + '/big', 'wb').write(bytes(9 << 20))\n"
        "except OSError as error: print('refused')"
    )
    assert result.text == "No space left on device True\nrefused\n"


def test_open_files_are_limited(make_process: ProcessMaker) -> None:
    result = make_process(limits={"open_files": 128}).run(
        "kept = []\n"
        "try:\n"
        "    while True: kept.append(open('/dev/null'))\n"
        "except OSError as error: print(len(kept) < 128); kept.clear()"
    )
    assert result.text == "True\n"


def test_cpu_seconds_end_a_loop(make_process: ProcessMaker) -> None:
    process = make_process(limits={"cpu_seconds": 1})
    process.start("while True: pass")
    wait_for_death(process)


def test_loop_is_interrupted(make_process: ProcessMaker) -> None:
    process = make_process()
    process.start("while True: pass")
    time.sleep(0.5)
    process.session.interrupt()
    assert process.run("'alive'").text == "'alive'"


@pytest.mark.parametrize(
    "end",
    [
        "import os; os._exit(3)",
        "import ctypes; ctypes.string_at(0)",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "import os, signal; os.killpg(0, signal.SIGKILL)",
        "import os; os.closerange(0, 256)",
        "import os; os.abort()",
    ],
)
def test_ended_kernel_is_noticed(make_process: ProcessMaker, end: str) -> None:
    process = make_process()
    process.start(end)
    if "closerange" not in end:
        wait_for_death(process)
    process.close()
    assert not process.is_alive()


def test_daemons_die_with_the_kernel(make_process: ProcessMaker) -> None:
    process = make_process()
    result = process.run(
        "import os, subprocess\n"
        "subprocess.Popen('setsid sh -c \"sleep 4242 & sleep 4243\" >/dev/null 2>&1 &',"
        " shell=True).wait()\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork(): os._exit(0)\n"
        "    import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(4244)\n"
        "print('started')"
    )
    assert "started" in result.text
    time.sleep(0.3)
    assert running("4242")
    process.close()
    assert not running("4242")
    assert not running("4243")


def test_no_new_files_by_a_core_dump_or_crash(make_process: ProcessMaker, tmp_path: Path) -> None:
    process = make_process(tmp_path)
    process.start("import ctypes; ctypes.string_at(0)")
    wait_for_death(process)
    assert list(tmp_path.iterdir()) == []


def test_memory_limit_is_the_configured_one(make_process: ProcessMaker) -> None:
    process = make_process(limits={"memory": 200 * MIB})
    assert process.run("x = bytearray(150 << 20)").error == ""
    assert process.run("y = bytearray(250 << 20)").error.startswith("MemoryError")


def running(argument: str) -> bool:
    """Whether a process sleeps with this argument."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if path.read_bytes().split(b"\0")[:2] == [b"sleep", argument.encode()]:
                return True
        except OSError:
            continue
    return False


def wait_for_death(process: Process, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while process.is_alive():
        assert time.monotonic() < end, "the process still runs"
        time.sleep(0.05)
