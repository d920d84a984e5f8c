"""What `tools.processors` needs for arm64 is fetched once, whole or not at all.

apt-get and the emulator stand for the network and for another processor: the one hands out a
package made here, the other starts this Python, which says that it is an arm64. dpkg-deb and pip
are the real ones, pip with a folder of small wheels.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from tools import arm64, processors

from tests.notebooks import REPOSITORY

pytestmark = pytest.mark.skipif(
    shutil.which("dpkg-deb") is None, reason="arm64's Python is Debian's, unpacked by dpkg-deb"
)

PYTHON = f"""#!{sys.executable}
import os, sys
here = os.uname()
os.uname = lambda: type(here)((*here[:4], "aarch64"))
sys.argv = sys.argv[1:]
exec(sys.argv.pop(1))
"""
EMULATOR = """#!/bin/sh
[ "$1" = -cpu ] && [ "$3" = -L ] && [ "$5" = -E ] || exit 2
export "$6"
shift 6
exec "$@"
"""
APT = """#!/bin/sh
echo "$@" >> {log}
[ "$4" = update ] && exit 0
{install}
"""
HAND_OUT = """cp {deb} "$(sed -n 's/^Dir::Cache "\\(.*\\)";/\\1/p' "$2")/archives/" """
REFUSE = """echo "E: Unable to locate package python3" >&2; exit 100"""


@dataclass(frozen=True)
class Machine:
    """A machine that has all that is needed, and where things lie on it."""

    folder: Path

    @property
    def locks(self) -> Path:
        return self.folder / "locks"

    @property
    def cache(self) -> Path:
        return self.folder / "cache"

    @property
    def fetched(self) -> int:
        """How often packages were fetched."""
        log = self.folder / "log"
        return log.read_text().count(" install ") if log.exists() else 0

    def kept(self) -> list[str]:
        return sorted(path.name for path in self.cache.iterdir() if path.is_dir())

    def command(self) -> list[str]:
        return arm64.command(str(self.folder / "bin" / "qemu-aarch64"), self.cache, self.locks)

    def program(self, name: str, text: str) -> Path:
        path = self.folder / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)
        return path

    def apt(self, install: str) -> None:
        text = install.format(deb=self.folder / "python3.deb")
        self.program("apt-get", APT.format(log=self.folder / "log", install=text))

    def pack(self) -> None:
        tree = self.folder / "tree"
        (tree / "DEBIAN").mkdir(parents=True)
        (tree / "DEBIAN" / "control").write_text(
            "Package: python3\nVersion: 1\nArchitecture: arm64\nMaintainer: nobody\n"
            "Description: a Python\n"
        )
        (tree / "usr" / "bin").mkdir(parents=True)
        shutil.copy(self.program("python3", PYTHON), tree / "usr" / "bin" / "python3")
        subprocess.run(
            ["dpkg-deb", "--build", str(tree), str(self.folder / "python3.deb")],
            capture_output=True,
            check=True,
        )

    def wheel(self, name: str, version: str, tag: str = "py3-none-any", marker: str = "") -> str:
        """Make a wheel and return its line for a lock."""
        path = self.folder / "wheels" / f"{name}-{version}-{tag}.whl"
        path.parent.mkdir(exist_ok=True)
        metadata = f"{name}-{version}.dist-info"
        with zipfile.ZipFile(path, "w") as file:
            file.writestr(f"{name}.py", f"version = {version + ' for ' + tag!r}\n")
            file.writestr(
                f"{metadata}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
            )
            file.writestr(
                f"{metadata}/WHEEL",
                f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n",
            )
            file.writestr(f"{metadata}/RECORD", "")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        return f"{name}=={version}{marker} \\\n    --hash=sha256:{digest}\n"

    def lock(self, text: str, name: str = arm64.LOCK) -> None:
        self.locks.mkdir(exist_ok=True)
        (self.locks / name).write_text(f"# Exact versions\n{text}")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine(tmp_path)
    made.pack()
    made.program("qemu-aarch64", EMULATOR)
    made.apt(HAND_OUT)
    arm = f"cp{sys.version_info[0]}{sys.version_info[1]}-abi3-manylinux_2_17_aarch64"
    made.lock(
        made.wheel("numpy", "1", marker=" ; platform_machine == 'x86_64'")
        + made.wheel("numpy", "2", arm, marker=" ; platform_machine == 'aarch64'")
        + made.wheel("unneeded", "1")
    )
    small, full, gpu = arm64.TORCH_LOCKS
    made.lock("torch==3+cpu \\\n    --hash=sha256:00\n", small)
    made.lock(made.wheel("torch", "3", arm), full)
    made.lock("", gpu)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "wheels"))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.delenv("TORCH_INDEX", raising=False)
    return made


def test_what_is_fetched_is_for_arm64_and_kept_until_a_lock_changes(machine: Machine) -> None:
    command = machine.command()
    (kept,) = machine.kept()
    assert command[1:5] == ["-cpu", arm64.MODEL, "-L", str(machine.cache / kept / "root")]
    asked = (
        "import numpy, torch, slopewise; print(numpy.version, torch.version, slopewise.__file__)"
    )
    said = subprocess.run([*command, "-c", asked], capture_output=True, text=True, check=True)
    version, torch = said.stdout.split(" for ")[0], said.stdout.count("manylinux_2_17_aarch64")
    assert (version, torch) == ("2", 2)
    assert str(REPOSITORY / "src") in said.stdout
    assert not (machine.cache / kept / "packages" / "unneeded.py").exists()
    assert sorted(path.name for path in (machine.cache / kept).iterdir()) == ["packages", "root"]
    # Torch looks there for its processor, and crashes on an x86's description.
    assert "0xd0c" in (machine.cache / kept / "root/proc/cpuinfo").read_text()

    assert machine.command() == command
    assert machine.fetched == 1

    machine.lock(machine.wheel("numpy", "4"))
    assert machine.command() != command
    assert machine.fetched == 2
    assert len(machine.kept()) == 1
    assert kept not in machine.kept()


@pytest.mark.parametrize(
    ("lock", "cause"),
    [
        ("numpy==5 \\\n    --hash=sha256:00\n", "No matching distribution found for numpy==5"),
        ("numpy==1 \\\n    --hash=sha256:" + 64 * "0" + "\n", "THESE PACKAGES DO NOT MATCH"),
    ],
)
def test_a_package_that_is_not_to_be_had_is_told_and_nothing_kept(
    machine: Machine, lock: str, cause: str
) -> None:
    machine.lock(lock)
    with pytest.raises(arm64.FetchError, match="not to be had for arm64") as raised:
        machine.command()
    assert cause in str(raised.value)
    assert "\n" not in str(raised.value)
    assert machine.kept() == []


def test_torch_without_a_wheel_is_told_and_nothing_kept(machine: Machine) -> None:
    machine.lock("torch==9 \\\n    --hash=sha256:00\n", "requirements-torch.lock")
    with pytest.raises(arm64.FetchError, match="No matching distribution found for torch==9"):
        machine.command()
    assert machine.kept() == []


def test_a_system_without_arm64_packages_is_one_line(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.apt(REFUSE)
    monkeypatch.setattr(arm64, "CACHE", machine.cache)
    assert processors.main(["arm64"]) == 1
    said = capsys.readouterr()
    _, line = said.err.splitlines()
    assert said.out == ""
    assert line.startswith("slopewise: arm64: apt-get has no arm64 Python (Unable to locate")
    assert machine.kept() == []

    (machine.folder / "bin" / "apt-get").unlink()
    monkeypatch.setenv("PATH", str(machine.folder / "bin"))
    assert processors.main(["arm64"]) == 1
    assert "slopewise: arm64: apt-get is missing" in capsys.readouterr().err


def test_a_missing_emulator_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert processors.main(["arm64"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("slopewise: qemu-aarch64: is missing; install it")
    assert len(said.err.splitlines()) == 1
