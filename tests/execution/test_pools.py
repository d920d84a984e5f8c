"""The two pools: threads on this machine, and a real Dask cluster of processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from slopewise.errors import CourseError, KernelError
from slopewise.execution import File, Job, Settings, open_pool, run
from slopewise.execution.pools import DaskPool, LocalPool
from slopewise.sandbox import Limits
from tests.execution.classroom import RIGHT, WRONG, Classroom, built_course
from tests.private import supervisors, wait_until
from tests.test_data_files import RIGHT as MEAN
from tests.test_data_files import built_with_data

JOBS = [
    Job(
        (f"n = {number}", "print(n, open('a.txt').read())", "n / 0"),
        files=(File("a.txt", str(number).encode()),),
    )
    for number in range(6)
]


def test_threads_give_what_a_plain_call_gives() -> None:
    pool = LocalPool(2)
    try:
        futures = [pool.submit(job) for job in JOBS]
        assert [future.result(timeout=120) for future in futures] == [run(job) for job in JOBS]
    finally:
        pool.close()


def test_closing_gives_up_what_runs(runtime_folder: Path) -> None:
    pool = LocalPool(1)
    running = pool.submit(Job(("import time; time.sleep(1000)",)))
    waiting = pool.submit(JOBS[0])
    wait_until(lambda: supervisors(runtime_folder), "a notebook that runs")
    pool.close()
    assert isinstance(running.exception(), KernelError)
    assert waiting.cancelled()
    wait_until(lambda: not supervisors(runtime_folder), "the end of the notebook")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, started as anybody would, away from any course."""
    processes = []
    address = tmp_path / "scheduler.json"

    def start(*words: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *words],
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        processes.append(process)
        return process

    start("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(address),
          "--host", "127.0.0.1")  # fmt: skip
    workers = [
        start("worker", "--scheduler-file", str(address), "--nthreads", "1", "--no-dashboard",
              "--no-nanny", "--local-directory", str(tmp_path))
        for _ in range(2)
    ]  # fmt: skip
    from distributed import Client

    wait_until(address.exists, "the scheduler's address")
    client = Client(scheduler_file=str(address), set_as_default=False)
    client.wait_for_workers(2, timeout=60)
    found = client.scheduler.address
    client.close()
    yield found, [*workers, processes[0]]
    for process in processes:
        process.kill()  # a worker whose scheduler is gone takes its time to end by itself
        process.wait()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
class TestDask:
    def test_a_cluster_gives_what_this_machine_gives(
        self, cluster: tuple[str, list[subprocess.Popen[bytes]]]
    ) -> None:
        address, _ = cluster
        pool = open_pool(Settings(scheduler=address))
        try:
            assert pool.width == 2
            futures = [pool.submit(job) for job in JOBS]
            assert [future.result(timeout=120) for future in futures] == [run(job) for job in JOBS]
        finally:
            pool.close()

    def test_a_worker_killed_in_the_middle_costs_only_time(
        self, cluster: tuple[str, list[subprocess.Popen[bytes]]]
    ) -> None:
        address, workers = cluster
        jobs = [Job((f"import time; time.sleep(2); print({number})",)) for number in range(4)]
        pool = DaskPool(address)
        try:
            futures = [pool.submit(job) for job in jobs]
            time.sleep(1)
            os.kill(workers[0].pid, signal.SIGKILL)
            done = [future.result(timeout=120) for future in futures]
        finally:
            pool.close()
        printed = [outcome.cells[0].outputs[0]["text"] for outcome in done]
        assert printed == [f"{number}\n" for number in range(4)]

    def test_a_learner_s_errors_are_outcomes_not_failures(
        self, cluster: tuple[str, list[subprocess.Popen[bytes]]]
    ) -> None:
        pool = DaskPool(cluster[0])
        try:
            done = pool.submit(Job(("import os; os._exit(1)", "1"))).result(timeout=60)
        finally:
            pool.close()
        assert "did not run" in done.stopped

    def test_a_class_is_graded_by_it(
        self, cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
    ) -> None:
        setting = f"c.SlopewiseGrading.scheduler = {cluster[0]!r}"
        classroom = Classroom(built_course(tmp_path / "built"), tmp_path / "course", setting)
        classroom.submit("ada", RIGHT)
        classroom.submit("ben", WRONG)
        classroom.autograde()
        assert classroom.scores() == {"ada": 20, "ben": 8}

    def test_a_lesson_s_data_files_are_there(
        self, cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
    ) -> None:
        setting = f"c.SlopewiseGrading.scheduler = {cluster[0]!r}"
        (tmp_path / "built").mkdir()
        classroom = Classroom(built_with_data(tmp_path / "built"), tmp_path / "course", setting)
        classroom.submit("ada", {"mean_age": MEAN})
        with_own = classroom.submit("ben", {"mean_age": MEAN})
        (with_own / "tables").mkdir()
        (with_own / "tables" / "ages.csv").write_text("age\n1\n")
        classroom.submit("cem", {"mean_age": MEAN.replace(" / len(ages)", "")})
        classroom.autograde()
        assert classroom.scores() == {"ada": 3, "ben": 3, "cem": 0}

    def test_a_scheduler_lost_in_the_middle_is_one_line(
        self, cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
    ) -> None:
        setting = f"c.SlopewiseGrading.scheduler = {cluster[0]!r}"
        classroom = Classroom(built_course(tmp_path / "built"), tmp_path / "course", setting)
        classroom.submit("ada", RIGHT)
        classroom.submit("ben", {**RIGHT, "half": "import time; time.sleep(30)"})
        scheduler = cluster[1][2]

        def lose() -> None:
            wait_until(classroom.path("ada").exists, "ada's graded notebook")
            scheduler.kill()

        losing = threading.Thread(target=lose)
        losing.start()
        with pytest.raises(CourseError, match="Dask"):
            classroom.autograde()
        losing.join()
        assert classroom.scores() == {"ada": 20}


def test_a_scheduler_that_is_not_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("slopewise.execution.pools._CONNECT_SECONDS", 1)
    with pytest.raises(CourseError, match="no Dask scheduler answers") as told:
        open_pool(Settings(scheduler="tcp://127.0.0.1:1"))
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    "settings",
    [
        {"cores": 0},
        {"cores": -1},
        {"cores": True},
        {"cell_seconds": 0},
        {"notebook_seconds": 0},
        {"cell_seconds": 60, "notebook_seconds": 30},
        {"scheduler": "nonsense"},
    ],
)
def test_settings_without_sense_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(CourseError, match=r"SlopewiseGrading\.") as told:
        Settings(**settings)  # type: ignore[arg-type]
    assert "\n" not in str(told.value)


def test_settings_have_sensible_defaults() -> None:
    assert Settings().width >= 1
    assert Settings(cores=7).width == 7
    assert Settings().limits == Limits()
