"""Starting, ending and failing: what is left afterwards, and what is said."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

import pytest

from slopewise import sandbox
from slopewise.errors import BoxError, KernelError
from slopewise.sandbox import Limits, client, runtime
from slopewise.sandbox.box import bubblewrap
from slopewise.sandbox.linux import start_time
from slopewise.sandbox.modules import Modules, own_sources
from tests.private import run_folders, wait_until, warm_processes
from tests.sandbox.process import Process, ProcessMaker

ROOT = Path(__file__).resolve().parents[2]


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def test_shutdown_leaves_no_process_and_no_file(make_process: ProcessMaker) -> None:
    process = make_process()
    pid, supervisor = process.pid, parent(process.pid)
    process.close()
    assert start_time(pid) is None
    wait_until(lambda: start_time(supervisor) is None, "the supervisor's end")


def test_the_warm_process_waits_for_the_next_command_and_can_be_let_go(tmp_path: Path) -> None:
    folder = Path(tempfile.mkdtemp(prefix="sw", dir="/tmp"))
    environment = {**os.environ, "SLOPEWISE_RUNTIME_DIR": str(folder)}

    def command(line: str) -> None:
        script = f"from slopewise import sandbox; from slopewise.sandbox import client; {line}"
        subprocess.run([sys.executable, "-c", script], env=environment, check=True)

    try:
        command("sandbox.warm(sandbox.Modules())")
        [first] = warm_processes(folder)
        time.sleep(6)  # three times what it would wait unless told
        command("sandbox.warm(sandbox.Modules())")
        assert warm_processes(folder) == [first]
        command("client.dismiss()")
        wait_until(lambda: not warm_processes(folder), "the warm process's end")
        assert not list(folder.glob("z*"))
        command("client.dismiss()")  # there is none, and none is started
        assert not list(folder.glob("z*"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_killed_warm_process_is_replaced(make_process: ProcessMaker, runtime_folder: Path) -> None:
    first = make_process()
    [old] = [pid for pid in warm_processes(runtime_folder) if parent(parent(first.pid)) == pid]
    os.kill(old, signal.SIGKILL)
    # What runs already goes on, and can be ended.
    assert first.run("1 + 1").text == "2"
    second = make_process()
    assert second.run("1 + 1").text == "2"
    assert parent(parent(second.pid)) != old
    first.close()


def test_killed_supervisor_takes_its_kernel_along(make_process: ProcessMaker) -> None:
    process = make_process()
    pid = process.pid
    os.kill(parent(pid), signal.SIGKILL)
    wait_until(lambda: start_time(pid) is None, "the process's end")
    assert not process.is_alive()


GRADER = """
    import sys, time
    sys.path.insert(0, {here!r})
    from tests.sandbox.process import Process
    process = Process(None{settings})
    process.run("import subprocess; subprocess.Popen(['sleep', '600'], start_new_session=True)")
    print("ready", flush=True)
    time.sleep(600)
"""


@pytest.mark.parametrize("settings", ["", ", unboxed=True"])
def test_killed_grader_leaves_nothing(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, settings: str
) -> None:
    # A folder of its own, and so a warm process of its own, which is to end with it.
    folder = Path("/tmp") / f"sw-killed-{os.getpid()}"
    monkeypatch.setenv("SLOPEWISE_RUNTIME_DIR", str(folder))
    code = textwrap.dedent(GRADER).format(here=str(ROOT), settings=settings)
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as grader:
        assert grader.stdout is not None
        assert grader.stdout.readline() == b"ready\n"
        processes = warm_processes(folder)
        assert len(processes) > 1
        grader.kill()
    wait_until(
        lambda: not warm_processes(folder), "the end of the warm process and its supervisors"
    )
    wait_until(lambda: [path.name for path in folder.iterdir()] == ["lock"], "a swept folder")
    (folder / "lock").unlink()
    folder.rmdir()


def test_sweep_removes_what_a_crash_left(runtime_folder: Path) -> None:
    dead = runtime_folder / "k4194305-1-00000000"
    dead.mkdir()
    (dead / "c-1").touch()
    (runtime_folder / "zdead.socket").touch()
    ours = runtime.new_run_folder()
    with runtime.lock():
        runtime.sweep()
    assert not dead.exists()
    assert not (runtime_folder / "zdead.socket").exists()
    assert ours.exists()
    runtime.remove_run_folder(ours)


def test_somebody_elses_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLOPEWISE_RUNTIME_DIR", str(tmp_path))
    tmp_path.chmod(0o755)
    with pytest.raises(KernelError, match="others can enter"):
        runtime.runtime_folder()


def test_other_environment_gets_another_warm_process(monkeypatch: pytest.MonkeyPatch) -> None:
    before = client.environment_key()
    assert client.environment_key() == before
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    assert client.environment_key() != before


def test_all_that_a_warm_process_imports_of_us_is_part_of_its_name_and_of_a_results() -> None:
    code = """
        import sys
        import slopewise.figures, slopewise.probe.tutor
        import slopewise.sandbox.cell_process, slopewise.sandbox.fork_server
        for name, module in list(sys.modules.items()):
            if name.partition(".")[0] == "slopewise":
                print(module.__file__)
    """
    run = [sys.executable, "-c", textwrap.dedent(code)]
    imported = subprocess.run(run, capture_output=True, text=True, check=True).stdout.split()
    assert any("box" in path for path in imported)
    assert set(imported) <= set(map(str, own_sources()))


def test_a_warm_process_that_ends_before_it_is_reached_says_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    modules = Modules(needed=("no_such_module",))
    start = client._start

    def slow(path: Path, idle_seconds: float, modules: Modules) -> None:
        start(path, idle_seconds, modules)  # a busy machine may come back only after its end
        wait_until(lambda: "no_such_module" in client.why_it_died(modules), "its reason")
        wait_until(lambda: not path.exists() or client._connected(path) is None, "its end")

    monkeypatch.setattr(client, "_start", slow)
    with pytest.raises(KernelError, match=r"cannot import no_such_module: .*; install it"):
        client.connect(1.0, modules)


def test_too_large_a_submission_is_refused_in_one_line(
    make_process: ProcessMaker, tmp_path: Path, runtime_folder: Path
) -> None:
    (tmp_path / "large").write_bytes(bytes(3 << 20))
    with pytest.raises(KernelError, match="No space left") as caught:
        make_process(tmp_path, limits={"scratch": 2 << 20})
    assert "\n" not in str(caught.value)
    assert not run_folders(runtime_folder)


def test_unboxed_kernel_is_warm_and_leaves_nothing(
    make_process: ProcessMaker, tmp_path: Path, runtime_folder: Path
) -> None:
    (tmp_path / "data.txt").write_text("seven")
    process = make_process(tmp_path, unboxed=True)
    [folder] = [
        path for path in runtime_folder.glob("k*") if f"k{parent(process.pid)}-" in str(path)
    ]
    result = process.run(
        "import os, subprocess, tempfile\n"
        "print(open('data.txt').read(), os.getcwd(), tempfile.gettempdir())\n"
        "subprocess.Popen(['setsid', 'sleep', '4245'])\n"
        "open('data.txt', 'w').write('eight')"
    )
    assert f"seven {folder}/home/work {folder}/tmp" in result.text
    process.close()
    assert not folder.exists()
    assert (tmp_path / "data.txt").read_text() == "seven"
    assert not [p for p in Path("/proc").glob("[0-9]*/cmdline") if b"4245" in _read(p)]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_this_machine_can_build_the_box() -> None:
    findings = sandbox.check()
    assert [finding for finding in findings if not finding.ok] == []
    assert findings[-1].name == "the box"


def test_missing_bubblewrap_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("slopewise.sandbox.box.bubblewrap.shutil.which", lambda *_, **__: None)
    assert "apt-get install bubblewrap" in sandbox.check()[-1].advice
    with pytest.raises(BoxError, match="unboxed = True"):
        bubblewrap.bubblewrap()


@pytest.mark.parametrize(
    ("complaint", "cure"),
    [
        ("bwrap: setting up uid map: Permission denied", "apparmor"),
        ("bwrap: Creating new namespace failed: Operation not permitted", "max_user_namespaces"),
        ("bwrap: Unknown option --clearenv", "too old"),
        ("bwrap: something new", "something new"),
    ],
)
def test_complaints_of_bubblewrap_are_explained(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, complaint: str, cure: str
) -> None:
    fake = tmp_path / "bwrap"
    fake.write_text(f"#!/bin/sh\necho '{complaint}' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setattr(bubblewrap, "bubblewrap", lambda: str(fake))
    finding = sandbox.check()[-1]
    assert not finding.ok
    assert cure in finding.advice
    assert "unboxed = True" in finding.advice
    assert "\n" not in finding.advice


def test_other_systems_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert "need Linux" in sandbox.check()[0].advice


@pytest.mark.parametrize(
    "settings",
    [
        {"memory": 0},
        {"memory": -1},
        {"cpu_seconds": "ten"},
        {"processes": 2.5},
        {"open_files": True},
        {"output": 1 << 60},
    ],
)
def test_nonsense_limits_are_refused(settings: dict[str, object]) -> None:
    [name] = settings
    with pytest.raises(KernelError, match=f"'{name}'") as caught:
        Limits.from_settings(settings)
    assert "\n" not in str(caught.value)


def test_an_unknown_limit_is_refused() -> None:
    with pytest.raises(KernelError, match="no limit called 'memroy'"):
        Limits.from_settings({"memroy": 1})


def test_import_is_light() -> None:
    code = (
        "import sys, slopewise.sandbox\n"
        "print([n for n in ('torch', 'numpy', 'zmq', 'jupyter_client', 'traitlets', 'asyncio')"
        " if n in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_interrupt_reaches_the_kernel_only_once_it_is_there(shared_process: Process) -> None:
    shared_process.session.interrupt()
    shared_process.session.settle()
    assert shared_process.run("'idle processes take no notice'").error == ""
