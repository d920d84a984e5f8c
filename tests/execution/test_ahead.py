"""Looking ahead changes when a result is made, never which."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from slopewise.errors import KernelError
from slopewise.execution import Ahead, CellOutcome, Job, Outcome, ResultStore


def job(name: str) -> Job:
    return Job((name,), environment="none")


def outcome(name: str) -> Outcome:
    return Outcome((CellOutcome(1, ({"output_type": "stream", "name": "stdout", "text": name},)),))


class ByHand:
    """A pool whose jobs end when the test says so."""

    places: tuple[str, ...] = ("",)

    def __init__(self, width: int = 2, *, at_once: bool = True) -> None:
        self.width = width
        self.asked: list[str] = []
        self.open: dict[str, Future[Outcome]] = {}
        self.most = 0
        self._at_once = at_once

    def submit(self, job: Job, place: str = "") -> Future[Outcome]:
        future: Future[Outcome] = Future()
        self.asked.append(job.cells[0])
        self.open[job.cells[0]] = future
        self.most = max(self.most, sum(not one.done() for one in self.open.values()))
        if self._at_once:
            future.set_result(outcome(job.cells[0]))
        return future

    def close(self) -> None:
        self.open.clear()


def test_results_come_in_the_order_they_are_asked_for() -> None:
    names = [str(number) for number in range(20)]
    pool = ByHand()
    with Ahead(pool) as ahead:
        ahead.announce(map(job, names))
        for name in names:
            ahead.wait(job(name))
            assert ahead.result(job(name)).outcome == outcome(name)
    assert pool.asked == names


def test_what_was_not_announced_is_run_too() -> None:
    with Ahead(ByHand()) as ahead:
        assert ahead.result(job("x")).outcome == outcome("x")


def test_the_pool_is_kept_busy_while_one_takes_long() -> None:
    names = [str(number) for number in range(30)]
    pool = ByHand(at_once=False)
    with Ahead(pool) as ahead:
        ahead.announce(map(job, names))
        waiting = threading.Thread(target=ahead.wait, args=[job("0")])
        waiting.start()
        done: set[str] = set()
        for _ in range(200):
            for name in set(pool.asked) - done - {"0"}:
                done.add(name)
                pool.open[name].set_result(outcome(name))
            waiting.join(0.01)
        assert waiting.is_alive()
        pool.open["0"].set_result(outcome("0"))
        waiting.join()
    # Not only the first few ran beside it, and not the whole class either.
    assert 10 < len(pool.asked) < 30
    assert pool.most <= pool.width + 1


def test_submissions_are_taken_no_earlier_than_needed() -> None:
    taken: list[str] = []

    def coming() -> Iterator[Job]:
        for number in range(1000):
            taken.append(str(number))
            yield job(str(number))

    with Ahead(ByHand()) as ahead:
        ahead.announce(coming())
        assert len(taken) < 30


def test_the_same_work_is_done_once() -> None:
    pool = ByHand(at_once=False)
    with Ahead(pool) as ahead:
        ahead.announce([job("a"), job("a")])
        assert pool.asked == ["a"]


def test_what_is_kept_is_not_run(tmp_path: Path) -> None:
    pool = ByHand()
    for kept in (False, True):
        with Ahead(pool, ResultStore(tmp_path)) as ahead:
            ahead.announce([job("a")])
            ahead.wait(job("a"))
            assert ahead.result(job("a")).kept is kept
    assert pool.asked == ["a"]


def test_an_error_is_told_to_who_asks_for_that_result_only() -> None:
    pool = ByHand(at_once=False)
    with Ahead(pool) as ahead:
        ahead.announce([job("a"), job("b")])
        pool.open["a"].set_exception(ValueError("two\nlines"))
        pool.open["b"].set_result(outcome("b"))
        ahead.wait(job("a"))
        with pytest.raises(KernelError, match="ValueError: two lines"):
            ahead.result(job("a"))
        assert ahead.result(job("b")).outcome == outcome("b")


def test_a_job_is_run_in_every_place_there_is(tmp_path: Path) -> None:
    class Cluster(ByHand):
        places = ("tcp://one:1", "tcp://two:2")

    pool: ByHand = Cluster()
    with Ahead(pool, ResultStore(tmp_path)) as ahead:
        assert ahead.everywhere(Job(("a",))) == dict.fromkeys(Cluster.places, outcome("a"))
        assert pool.asked == ["a", "a"]
    pool = ByHand()
    with Ahead(pool, ResultStore(tmp_path)) as ahead:
        assert ahead.everywhere(Job(("a",))) == {"": outcome("a")}
        assert ahead.everywhere(Job(("a",))) == {"": outcome("a")}
        assert pool.asked == ["a"]  # kept, like any result
