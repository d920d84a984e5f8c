"""A Dask cluster on this machine whose workers have a core each, as a bench's second executor."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from slopewise.sandbox import client

_PATIENCE = 120.0


def dismiss_warm(runtime: Path) -> None:
    """Let the warm process whose sockets lie in `runtime` end as soon as it is idle."""
    os.environ["SLOPEWISE_RUNTIME_DIR"] = str(runtime)
    client.dismiss()
    del os.environ["SLOPEWISE_RUNTIME_DIR"]


class Cluster:
    """A scheduler and its workers, each with one core and a warm process of its own.

    Args:
        workers: how many; at most as many as there are cores.
        folder: where it may write; its path is short, for there are sockets below it.
        environment: what its processes are started with.

    Attributes:
        address: the scheduler's, for `c.SlopewiseGrading.scheduler`.
    """

    def __init__(self, workers: int, folder: Path, environment: Mapping[str, str]) -> None:
        cores = sorted(os.sched_getaffinity(0))
        if workers > len(cores):
            raise RuntimeError(f"{workers} workers need as many cores; there are {len(cores)}")
        self._folder = folder
        self._environment = dict(environment)
        self._processes: list[subprocess.Popen[bytes]] = []
        self._runtimes: list[Path] = []
        told = folder / "scheduler.json"
        self._start(
            ["scheduler", "--port", "0", "--host", "127.0.0.1", "--scheduler-file", str(told)], {}
        )
        for core in cores[:workers]:
            runtime = folder / str(core)
            runtime.mkdir(mode=0o700)
            self._runtimes.append(runtime)
            self._start(
                [
                    *("worker", "--scheduler-file", str(told), "--nthreads", "1", "--no-nanny"),
                    *("--local-directory", str(runtime)),
                ],
                {"SLOPEWISE_RUNTIME_DIR": str(runtime)},
                lambda core=core: os.sched_setaffinity(0, {core}),
            )
        self.address = self._wait(told, workers)

    def _start(
        self,
        words: list[str],
        more: Mapping[str, str],
        first: Callable[[], None] | None = None,
    ) -> None:
        self._processes.append(
            subprocess.Popen(
                [sys.executable, "-m", "dask", *words, "--no-dashboard"],
                cwd=self._folder,
                env=self._environment | dict(more),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                preexec_fn=first,
            )
        )

    def _wait(self, told: Path, workers: int) -> str:
        from distributed import Client

        end = time.monotonic() + _PATIENCE
        while not told.is_file():
            if time.monotonic() > end:
                raise RuntimeError("the Dask scheduler does not come")
            time.sleep(0.1)
        with Client(scheduler_file=str(told), set_as_default=False) as asked:
            asked.wait_for_workers(workers, timeout=_PATIENCE)
            return str(asked.scheduler.address)

    def close(self) -> None:
        """End all of it; who started it waits for the last of its processes."""
        for runtime in self._runtimes:
            dismiss_warm(runtime)
        for process in reversed(self._processes):
            process.terminate()
