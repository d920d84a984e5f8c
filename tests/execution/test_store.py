"""Results are kept whole, or not at all."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest

from slopewise.execution import CellOutcome, Outcome, ResultStore

KEY = "ab" * 32
OUTCOME = Outcome(
    (
        CellOutcome(1, ({"output_type": "stream", "name": "stdout", "text": "half \ufffd é"},)),
        CellOutcome(),
        CellOutcome(2, ({"output_type": "display_data", "data": {"a+json": {"x": [1, 2.5]}},
                         "metadata": {}},)),
    )
)  # fmt: skip


def entry(folder: Path) -> Path:
    (found,) = [path for path in folder.rglob("*") if path.is_file()]
    return found


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    ResultStore(tmp_path).put(KEY, OUTCOME)
    assert ResultStore(tmp_path).get(KEY) == OUTCOME
    assert ResultStore(tmp_path).get("cd" * 32) is None


def test_what_need_not_happen_again_is_not_kept(tmp_path: Path) -> None:
    store = ResultStore(tmp_path / "results")
    store.put(KEY, Outcome(OUTCOME.cells, "stopped", repeatable=False))
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize("keep", [0, 10, 32, 40, -1])
def test_a_cut_entry_is_none(tmp_path: Path, keep: int) -> None:
    store = ResultStore(tmp_path)
    store.put(KEY, OUTCOME)
    path = entry(tmp_path)
    path.write_bytes(path.read_bytes()[:keep])
    assert store.get(KEY) is None
    store.put(KEY, OUTCOME)
    assert store.get(KEY) == OUTCOME


def test_any_flipped_byte_makes_it_none(tmp_path: Path) -> None:
    store = ResultStore(tmp_path)
    store.put(KEY, OUTCOME)
    path = entry(tmp_path)
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert store.get(KEY) is None


def test_an_entry_under_another_name_is_none(tmp_path: Path) -> None:
    store = ResultStore(tmp_path)
    store.put(KEY, OUTCOME)
    other = "ab" + "cd" * 31
    entry(tmp_path).rename(tmp_path / "ab" / other)
    assert store.get(other) is None


def test_a_full_disk_costs_one_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("slopewise.execution.cache.write_whole", full)
    store = ResultStore(tmp_path, said.append)
    store.put(KEY, OUTCOME)
    store.put(KEY, OUTCOME)
    assert len(said) == 1
    assert "No space left" in said[0]
    assert "\n" not in said[0]


def test_a_place_that_is_no_folder_costs_one_warning(tmp_path: Path) -> None:
    said: list[str] = []
    (tmp_path / "results").write_text("a file")
    store = ResultStore(tmp_path / "results", said.append)
    store.put(KEY, OUTCOME)
    assert store.get(KEY) is None
    assert len(said) == 1


def test_what_was_of_no_use_for_long_is_pruned(tmp_path: Path) -> None:
    store = ResultStore(tmp_path)
    keys = ["ab" * 32, "cd" * 32, "ef" * 32]
    for key in keys:
        store.put(key, OUTCOME)
    now = time.time()
    for key, days in zip(keys, (200, 100, 1), strict=True):
        os.utime(tmp_path / key[:2] / key, (now, now - days * 86_400))
    store.prune(120, 10**6)
    assert [store.get(key) is not None for key in keys] == [False, True, True]
    assert not (tmp_path / "ab").exists()
    store.prune(90, 10**6)  # it has just been asked for
    assert store.get(keys[1]) == OUTCOME


def test_what_takes_too_much_room_is_pruned_oldest_first(tmp_path: Path) -> None:
    store = ResultStore(tmp_path)
    keys = [f"{number:02x}" * 32 for number in range(4)]
    now = time.time()
    for age, key in enumerate(keys):
        store.put(key, OUTCOME)
        os.utime(tmp_path / key[:2] / key, (now, now - age))
    size = (tmp_path / keys[0][:2] / keys[0]).stat().st_size
    store.prune(120, 2 * size)
    assert [store.get(key) is not None for key in keys] == [True, True, False, False]
    ResultStore(tmp_path / "not there").prune(1, 1)
