"""Files are whole, or as they were before."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from slopewise.notebook.files import write_whole


def test_a_file_is_made_with_its_folder(tmp_path: Path) -> None:
    write_whole(tmp_path / "a/b", b"text")
    assert (tmp_path / "a/b").read_bytes() == b"text"
    write_whole(tmp_path / "secret", b"text", mode=0o600)
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_equal_bytes_leave_the_file_untouched(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_whole(path, b"text")
    os.utime(path, (1, 1))
    write_whole(path, b"text")
    assert path.stat().st_mtime == 1
    write_whole(path, b"next")
    assert path.stat().st_mtime > 1


def test_a_failure_leaves_nothing_and_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    write_whole(path, b"old")

    def fails(*_: object) -> None:
        raise OSError("full")

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OSError, match="full"):
        write_whole(path, b"new")
    assert [one.name for one in tmp_path.iterdir()] == ["a"]
    assert path.read_bytes() == b"old"
