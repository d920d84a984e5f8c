"""A page's budget holds whatever a text does to the parsers, and costs no other page anything."""

from __future__ import annotations

import os
import re
import signal
import time
from pathlib import Path

import pytest

from slopewise.nbgrader.pages.processes import Failure, PageProcesses

HANG, SWELL, RAISE, DIE, SLEEP = "hang", "swell", "raise", "die", "sleep"


def make(task: str) -> str:
    """What a page's parsers may do with a text."""
    if task == HANG:  # within one call of a regular expression, which no signal handler ends
        re.match("(a|aa)+$", "a" * 100 + "b")
    if task == SWELL:
        return "x" * 2**33
    if task == RAISE:
        raise RecursionError("too deep")
    if task == DIE:
        os.kill(os.getpid(), signal.SIGKILL)
    return task * 2


@pytest.mark.parametrize("fork", [True, False])
def test_one_that_takes_too_much_costs_no_other(fork: bool) -> None:
    tasks = ["a", HANG, "b", SWELL, RAISE, "c", DIE, "d"]
    pages = PageProcesses(make, tasks, count=2, seconds=1, fork=fork)
    made = [pages.page(number) for number in range(len(tasks))]
    pages.close()
    shown = [page if isinstance(page, str) else None for page in made]
    assert shown == ["aa", None, "bb", None, None, "cc", None, "dd"]
    raised = made[4]
    assert isinstance(raised, Failure)
    assert raised.reason == "RecursionError: too deep"


def test_pages_that_nobody_asks_for_are_passed_over() -> None:
    tasks = [str(number) for number in range(60)]
    pages = PageProcesses(make, tasks, count=2)
    assert [pages.page(number) for number in (0, 40, 59)] == ["00", "4040", "5959"]
    pages.close()


def test_no_process_outlives_the_one_who_asks() -> None:
    asking = os.fork()
    if not asking:
        pages = PageProcesses(make, ["a"] * 9, count=2)
        pages.page(0)
        os.kill(os.getpid(), signal.SIGKILL)
    children = Path(f"/proc/{asking}/task/{asking}/children")
    started: list[str] = []
    while os.waitpid(asking, os.WNOHANG) == (0, 0):
        started = children.read_text().split() or started
        time.sleep(0.01)
    end = time.monotonic() + 60
    while any(Path(f"/proc/{one}/cmdline").exists() for one in started):
        assert time.monotonic() < end
        time.sleep(0.05)
