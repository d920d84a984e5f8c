"""Archives that learners packed: unpacked within bounds and within their folder, the bad named."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from slopewise.notebook.untrusted_archives import ArchiveBounds, Unpacker
from tests.notebooks import REPOSITORY


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return stream.getvalue()


def tarred(*files: tuple[tarfile.TarInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for info, content in files:
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def link(name: str, target: str) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o120777 << 16
    return info, target.encode()


def unpack(
    folder: Path, content: bytes, name: str = "a.zip", total: int = 2**27
) -> tuple[dict[str, bytes], dict[str, str]]:
    """What was written below the folder, and what was left out and why."""
    unpacker = Unpacker(folder / "out", frozenset({"timestamp.txt"}))
    unpacker.unpack(io.BytesIO(content), name, "", ArchiveBounds(total=total))
    written = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert not [path for path in folder.rglob("*") if path.is_symlink()]
    return written, {one.name: one.reason for one in unpacker.left_out}


def test_files_and_archives_in_archives_are_unpacked(tmp_path: Path) -> None:
    inner = zipped(("x.ipynb", b"1"), ("deep\\y.py", b"2"), ("timestamp.txt", b"backdated"))
    tar = tarred((tarfile.TarInfo("z/w.ipynb"), b"3"))
    written, left = unpack(tmp_path, zipped(("ada/in.zip", inner), ("bob/in.tar.gz", tar)))
    assert left == {}
    assert written == {
        "out/ada/in/x.ipynb": b"1",
        "out/ada/in/deep/y.py": b"2",
        "out/bob/in/z/w.ipynb": b"3",
    }


def test_nothing_leaves_its_folder_and_the_rest_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "solutions").write_bytes(b"SECRET")
    content = zipped(
        *(("../solutions", b"x"), ("/etc/x", b"x"), ("C:\\x", b"x"), ("a/../../x", b"x")),
        *(("..\\x", b"x"), link("link", "../solutions"), ("link/x", b"x"), ("twice", b"1")),
        *(("a\nb", b"x"), ("\x1b[2J", b"x"), ("n" * 250, b"x"), ("fine.ipynb", b"1")),
        *(("fine.ipynb/below", b"x"), ("/".join("deep" * 4), b"x")),
    )
    stream = io.BytesIO(content)
    # The warning is zipfile's own, when we pack.
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("twice", b"2")
    written, left = unpack(tmp_path, stream.getvalue())
    assert written == {
        "solutions": b"SECRET",
        "out/link/x": b"x",
        "out/twice": b"1",
        "out/fine.ipynb": b"1",
    }
    assert left == {
        "a.zip: ../solutions": "leads out of the archive",
        "a.zip: /etc/x": "has an absolute path",
        "a.zip: C:\\x": "has an absolute path",
        "a.zip: a/../../x": "leads out of the archive",
        "a.zip: ..\\x": "leads out of the archive",
        "a.zip: link": "is a link",
        "a.zip: twice": "is there twice",
        "a.zip: a\\nb": "has a name that no honest file has",
        "a.zip: \\x1b[2J": "has a name that no honest file has",
        "a.zip: " + "n" * 152 + "…": "has a name that no honest file has",
        "a.zip: fine.ipynb/below": "is there twice, as a file and as a folder",
        "a.zip: " + "/".join("deep" * 4): "is in too many folders",
    }


def test_links_and_devices_in_tar_archives_are_left_out(tmp_path: Path) -> None:
    special = []
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
        info = tarfile.TarInfo(f"n{kind.decode()}")
        info.type, info.linkname = kind, "../solutions"
        special.append((info, b""))
    content = tarred(*special, (tarfile.TarInfo("fine"), b"1"))
    written, left = unpack(tmp_path, content, "a.tar.gz")
    assert written == {"out/fine": b"1"}
    assert len(left) == 4


def test_bombs_are_bounded_and_cost_others_nothing(tmp_path: Path) -> None:
    zeros = bytes(70 * 2**20)
    bomb, ladder = zipped(("zeros", zeros)), b"x"
    for _ in range(6):
        ladder = zipped(("next.zip", ladder))
    many = zipped(*((f"f{number}", b"") for number in range(600)))
    tar = tarred((tarfile.TarInfo("zeros"), zeros), (tarfile.TarInfo("after"), b"1"))
    written, left = unpack(
        tmp_path,
        zipped(
            *(("a/b.zip", bomb), ("a/l.zip", ladder), ("a/m.zip", many), ("a/t.tar.gz", tar)),
            *(("huge", zeros), ("z/fine.ipynb", b"1")),
        ),
    )
    assert written["out/z/fine.ipynb"] == b"1"
    assert sum(map(len, written.values())) < 10
    assert len(written) == 502  # and `after`
    assert left["a/b.zip: zeros"] == "is larger than 32 MB"
    assert left["a.zip: huge"] == "is larger than 64 MB"
    assert "is an archive in too many archives" in left.values()
    assert "comes after 500 other files" in left.values()
    _, left = unpack(tmp_path / "2", zipped(("a", bytes(2000)), ("b", bytes(2**20))), total=2**20)
    assert left == {"a.zip: b": "makes the whole larger than 1 MB"}


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x1f\x8b\x08", os.urandom(300)])
def test_what_is_no_archive_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    written, left = unpack(tmp_path, content, name)
    assert written == {}
    assert list(left) == [name]
    assert left[name].startswith("is damaged or no archive")


def test_damaged_and_encrypted_members_are_named(tmp_path: Path) -> None:
    content = bytearray(zipped(("a", b"some text " * 50), ("b", b"fine")))
    content[40] ^= 0xFF
    written, left = unpack(tmp_path, bytes(content))
    assert written == {"out/b": b"fine"}
    assert "is damaged" in left["a.zip: a"]
    content = bytearray(zipped(("a", b"secret")))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    _, left = unpack(tmp_path / "2", bytes(content))
    assert left == {"a.zip: a": "is encrypted"}


def test_nbgraders_command_collects_the_class_and_its_exit_status_tells(tmp_path: Path) -> None:
    shutil.copy(REPOSITORY / "nbgrader_config.py", tmp_path)
    archive = tmp_path / "downloaded" / "01-tiny" / "archive"
    archive.mkdir(parents=True)
    content = zipped(
        *(("ada_01-tiny.ipynb", b"{}"), ("../../eve_01-tiny.ipynb", b"{}")),
        *(("<img src=x>_01-tiny.ipynb", b"{}"), ("a[b]c_01-tiny.ipynb", b"{}")),
        ("=1+1_01-tiny.ipynb", b"{}"),
    )
    (archive / "class.zip").write_bytes(content)
    (archive / "bob_01-tiny.ipynb").symlink_to(REPOSITORY / "nbgrader_config.py")
    (tmp_path / "release" / "01-tiny").mkdir(parents=True)
    (tmp_path / "release" / "01-tiny" / "01-tiny.ipynb").write_text("{}")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "nbgrader", "zip_collect", "01-tiny"),
            r"--FileNameCollectorPlugin.named_regexp=.*/(?P<student_id>[^/_]+)_(?P<file_id>.*)",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "class.zip: ../../eve_01-tiny.ipynb leads out of the archive" in done.stderr
    assert "<img src=x>_01-tiny.ipynb: the learner's id “<img src=x>” holds “<”" in done.stderr
    assert "5 were not collected; all else was" in done.stderr
    assert (tmp_path / "submitted" / "ada" / "01-tiny" / "01-tiny.ipynb").is_file()
    assert {path.name for path in (tmp_path / "submitted").iterdir()} == {"ada"}
