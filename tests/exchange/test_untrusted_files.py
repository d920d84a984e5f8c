"""Reading a folder that a stranger filled."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from slopewise.errors import SubmissionError
from slopewise.notebook.files import File
from slopewise.notebook.untrusted_files import (
    Bounds,
    Tree,
    folder_below,
    read_file,
    read_tree,
    write_tree,
)
from tests.exchange.accounts import needs_accounts, number

SECRET = b"the solution"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / "a.ipynb").write_bytes(SECRET)
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def read(folder: Path, **bounds: int) -> Tree:
    with folder_below(folder.parent, [folder.name]) as descriptor:
        return read_tree(descriptor, Bounds(**bounds))


def reasons(tree: Tree) -> dict[str, str]:
    return {one.name: one.reason for one in tree.left_out}


def test_plain_files_are_taken_from_folders_too(folder: Path) -> None:
    (folder / "b" / "c").mkdir(parents=True)
    (folder / "b" / "c" / "data.csv").write_bytes(b"1")
    (folder / "a.ipynb").write_bytes(b"{}")
    tree = read(folder)
    assert tree.files == (File("a.ipynb", b"{}"), File("b/c/data.csv", b"1"))
    assert tree.left_out == ()
    assert tree.changed == max(path.stat().st_ctime_ns for path in [folder, *folder.rglob("*")])


def test_what_is_no_plain_file_is_left_out_at_once(folder: Path) -> None:
    (folder / "a.ipynb").symlink_to(folder.parent / "solutions" / "a.ipynb")
    (folder / "more").symlink_to(folder.parent / "solutions")
    (folder / "dangling").symlink_to("nowhere")
    (folder / "zero").symlink_to("/dev/zero")
    (folder / "loop").symlink_to("loop")
    os.mkfifo(folder / "fifo")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "socket"))
        tree = read(folder)
    assert tree.files == ()
    links = {"a.ipynb", "more", "dangling", "zero", "loop"}
    assert reasons(tree) == dict.fromkeys(sorted(links), "is a symbolic link") | dict.fromkeys(
        ("fifo", "socket"), "is neither a file nor a folder"
    )


def test_sizes_and_numbers_are_bounded_and_notebooks_come_first(folder: Path) -> None:
    with (folder / "huge").open("wb") as file:
        file.truncate(2**40)
    (folder / "aaa").write_bytes(b"x" * 60)
    (folder / "z.ipynb").write_bytes(b"y" * 60)
    tree = read(folder, total=100)
    assert [file.name for file in tree.files] == ["z.ipynb"]
    assert set(reasons(tree)) == {"aaa", "huge"}
    assert [file.name for file in read(folder, files=1).files] == ["z.ipynb"]


def test_a_hundred_thousand_files_and_a_deep_nest_end_soon(folder: Path) -> None:
    here = os.open(folder, os.O_RDONLY)
    for _ in range(300):  # deeper than a path can name
        os.mkdir("deep" * 20, dir_fd=here)
        below = os.open("deep" * 20, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    for number_ in range(3000):
        (folder / f"f{number_}").touch()
    for number_ in range(300):  # more than may be open at once, if all were
        (folder / f"d{number_}").mkdir()
    tree = read(folder, entries=3000, files=10)
    assert len(tree.files) == 10
    assert "comes after 3000 other entries" in {one.reason for one in tree.left_out}


def test_names_that_are_no_text_are_left_out_and_shown(folder: Path) -> None:
    for name in (b"a\nb", b"\x1b[2J", b"\xff\xfe", b"x" * 250):
        (folder / os.fsdecode(name)).touch()
    tree = read(folder)
    assert tree.files == ()
    assert {one.reason for one in tree.left_out} == {"has a name that no honest file has"}
    assert all(one.name.isprintable() for one in tree.left_out)


def test_no_part_of_the_way_may_be_a_link(folder: Path) -> None:
    (folder / "x").symlink_to(folder.parent / "solutions")
    with pytest.raises(SubmissionError, match="symbolic link"), folder_below(folder, ["x"]):
        pass
    with folder_below(folder, []) as descriptor:
        (folder / "n").symlink_to(folder.parent / "solutions" / "a.ipynb")
        for name in ("n", "x", "missing"):
            with pytest.raises(SubmissionError, match=name):
                read_file(descriptor, name, 100)


def test_a_folder_that_is_swapped_meanwhile_is_still_the_one_that_was_opened(
    folder: Path,
) -> None:
    (folder / "a.ipynb").write_bytes(b"mine")
    with folder_below(folder.parent, ["in"]) as descriptor:
        folder.rename(folder.parent / "away")
        folder.symlink_to(folder.parent / "solutions")
        tree = read_tree(descriptor, Bounds())
    assert [file.content for file in tree.files] == [b"mine"]


def test_a_file_that_changes_while_it_is_read_is_left_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.ipynb").write_bytes(b"1234")
    original = os.fstat
    looked: list[int] = []

    def fstat(descriptor: int) -> os.stat_result:
        status = original(descriptor)
        if status.st_size == 4 and not looked:  # what was looked at first is not what is read
            looked.append(descriptor)
            (folder / "a.ipynb").write_bytes(b"12345678")
        return status

    monkeypatch.setattr(os, "fstat", fstat)
    tree = read(folder)
    assert tree.files == ()
    assert reasons(tree) == {"a.ipynb": "was changed while it was read"}


@needs_accounts
def test_what_belongs_to_another_account_is_left_out(folder: Path) -> None:
    """A hard link to the grader's file is a plain file, but not the learner's."""
    (folder / "own.py").write_bytes(b"1")
    os.chown(folder / "own.py", number("daemon"), -1)
    os.link(folder.parent / "solutions" / "a.ipynb", folder / "a.ipynb")
    with folder_below(folder.parent, ["in"]) as descriptor:
        tree = read_tree(descriptor, Bounds(), owner=number("daemon"))
    assert [file.name for file in tree.files] == ["own.py"]
    assert reasons(tree) == {"a.ipynb": "belongs to another account"}


def test_nothing_is_written_through_a_link_or_outside(folder: Path) -> None:
    solution = folder.parent / "solutions" / "a.ipynb"
    (folder / "a.ipynb").symlink_to(solution)
    write_tree(folder, [File("a.ipynb", b"new"), File("b/c", b"1")])
    assert (folder / "a.ipynb").read_bytes() == b"new"
    assert not (folder / "a.ipynb").is_symlink()
    assert solution.read_bytes() == SECRET
    (folder / "d").symlink_to(folder.parent / "solutions")
    with pytest.raises(NotADirectoryError):
        write_tree(folder, [File("d/a.ipynb", b"new")])
    for name in ("../x", "/etc/x", "b/../../x", "", "b/"):
        with pytest.raises(ValueError, match="leads out"):
            write_tree(folder, [File(name, b"new")])
    assert solution.read_bytes() == SECRET
