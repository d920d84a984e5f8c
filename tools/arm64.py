"""An arm64 Python with the lessons' packages, fetched once, for `tools.processors`.

`build/arm64/KEY` holds what qemu-aarch64 runs: in `root` Debian's Python and C library for arm64,
which apt-get fetches (and checks) without installing anything; in `packages` what the lessons
import, as the locks have it, checked against their hashes. KEY is made of the locks and of this
file: when one of them changes, all is fetched anew. Needs Debian or one of its kin that has arm64,
but no root. Where PyTorch's CPU build for arm64 is not to be had, the full build takes its place,
with libraries for GPUs that nothing here uses: some five gigabytes.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "build" / "arm64"

LOCK = "requirements.lock"
TORCH_LOCKS = ("requirements-torch-cpu.lock", "requirements-torch.lock", "requirements-cuda.lock")

WANTED = ("ipython", "ipywidgets", "matplotlib", "numpy", "torch")
"""What the lessons and `tools.processor_job` import; the rest follows from these."""

# Python's C library comes along; wheels bring what else they need, but for this.
SYSTEM_PACKAGES = ("python3", "libstdc++6")

MODEL = "neoverse-n1"
"""The processor that is emulated: NEON, no SVE, as in most laptops and servers."""

# Torch looks the processor up where Linux describes it, and crashes where that is this machine's
# x86. qemu looks into its root first, so this is what is found: a Neoverse N1, r4p1.
_DESCRIPTION = {
    "proc/cpuinfo": (
        "processor\t: 0\nBogoMIPS\t: 50.00\n"
        "Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid "
        "asimdrdm lrcpc dcpop asimddp ssbs\n"
        "CPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x4\n"
        "CPU part\t: 0xd0c\nCPU revision\t: 1\n\n"
    ),
    "sys/devices/system/cpu/possible": "0\n",
    "sys/devices/system/cpu/present": "0\n",
    "sys/devices/system/cpu/cpu0/regs/identification/midr_el1": "0x00000000414fd0c1\n",
}

# Read after the machine's own settings: none of its hooks run, nothing of its own is touched.
_APT_SETTINGS = """\
#clear APT::Architectures;
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
APT::Architecture "arm64";
APT::Architectures {{ "arm64"; }};
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Acquire::Languages "none";
Dir::State "{folder}/state";
Dir::State::status "{folder}/state/status";
Dir::Cache "{folder}/cache";
"""

_FACTS = """\
import json, sys
sys.path.append(sys.argv[1])
from packaging import markers, tags
print(json.dumps([markers.default_environment(), list(tags.platform_tags())]))
"""


class FetchError(Exception):
    """Something of arm64 cannot be had; the message is one line."""


@dataclass(frozen=True)
class _Python:
    """What the arm64 Python says of itself: the locks' markers and wheels' names refer to it."""

    environment: dict[str, str]
    platforms: tuple[str, ...]


def command(emulator: str, cache: Path, locks: Path = ROOT) -> list[str]:
    """Return the command line that starts Python on arm64; fetch what it needs where it is missing.

    Args:
        emulator: qemu-aarch64's path.
        cache: the folder that keeps what was fetched; `CACHE` is the repository's.
        locks: the folder that the locks lie in.

    Raises:
        FetchError: something cannot be fetched; nothing of it is kept.
    """
    folder = cache / _key(locks)
    if not folder.is_dir():
        try:
            cache.mkdir(parents=True, exist_ok=True)
            with (cache / "lock").open("w") as held:
                fcntl.flock(held, fcntl.LOCK_EX)
                if not folder.is_dir():  # nobody else has fetched it meanwhile
                    _remake(emulator, folder, locks)
        except OSError as error:
            raise FetchError(
                f"{cache.name} cannot be filled ({error}); is the disk full?"
            ) from None
    return _python(emulator, folder)


def _key(locks: Path) -> str:
    parts = [(locks / name).read_bytes() for name in (LOCK, *TORCH_LOCKS)]
    parts.append(Path(__file__).read_bytes())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def _python(emulator: str, folder: Path) -> list[str]:
    root = folder / "root"
    path = f"PYTHONPATH={folder / 'packages'}:{ROOT / 'src'}"
    return [emulator, "-cpu", MODEL, "-L", str(root), "-E", path, str(root / "usr/bin/python3")]


def _remake(emulator: str, folder: Path, locks: Path) -> None:
    """Fetch all into a folder beside, remove what was fetched for other locks, then rename."""
    partial = folder.parent / "partial"
    for old in folder.parent.iterdir():
        if old.is_dir():
            shutil.rmtree(old)
    _say("fetching Python and the packages for arm64 into build/arm64 (once; up to 3 GB)")
    try:
        _fetch_root(partial / "root", partial / "apt")
        python = _facts(emulator, partial)
        _fetch_packages(python, partial, locks)
        for name in ("apt", "locks", "temporary"):
            shutil.rmtree(partial / name)
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _fetch_root(root: Path, folder: Path) -> None:
    """Fetch Debian's packages with an apt state of our own, and unpack them."""
    for name in ("apt-get", "dpkg-deb"):
        if shutil.which(name) is None:
            raise FetchError(
                f"{name} is missing, which fetches an arm64 Python; try this on Debian or Ubuntu"
            )
    (folder / "state/lists/partial").mkdir(parents=True)
    (folder / "cache/archives/partial").mkdir(parents=True)
    (folder / "state/status").touch()
    settings = folder / "apt.conf"
    settings.write_text(_APT_SETTINGS.format(folder=folder), encoding="utf-8")
    apt = ["apt-get", "--config-file", str(settings), "--quiet"]
    # A source of this machine's that has nothing for arm64 does no harm: the next step tells.
    updated = _run([*apt, "update"])
    got = _run([*apt, "install", "--yes", "--download-only", *SYSTEM_PACKAGES])
    if got.returncode != 0:
        raise FetchError(
            f"apt-get has no arm64 Python ({_cause(updated if updated.returncode else got)}); "
            "check the network, and that this machine's apt sources have arm64"
        )
    root.mkdir()
    for package in sorted((folder / "cache/archives").glob("*.deb")):
        done = _run(["dpkg-deb", "--extract", str(package), str(root)])
        if done.returncode != 0:
            raise FetchError(
                f"{package.name} cannot be unpacked ({_cause(done)}); is the disk full?"
            )
    # Where Debian has merged /lib into /usr, this link is made by its installer.
    if not (root / "lib").exists():
        (root / "lib").symlink_to("usr/lib")
    for name, text in _DESCRIPTION.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def _facts(emulator: str, folder: Path) -> _Python:
    """Ask the arm64 Python; `packaging`, which is no more than Python, is taken from here."""
    done = _run([*_python(emulator, folder), "-c", _FACTS, sysconfig.get_path("purelib")])
    if done.returncode != 0:
        raise FetchError(f"the arm64 Python does not start ({_cause(done)}); update qemu-user")
    environment, platforms = json.loads(done.stdout)
    return _Python(environment, tuple(platforms))


def _fetch_packages(python: _Python, folder: Path, locks: Path) -> None:
    """Install what the lessons import, from the locks' entries that are meant for arm64."""
    chosen = folder / "locks"
    for made in (chosen, folder / "temporary"):
        made.mkdir()
    main = _entries(locks / LOCK, python)
    needed = _needed(python)
    main = {name: entry for name, entry in main.items() if name in needed}
    (chosen / LOCK).write_text("".join(main.values()), encoding="utf-8")
    for name in TORCH_LOCKS:
        text = "".join(_entries(locks / name, python).values())
        (chosen / name).write_text(text, encoding="utf-8")
    target = folder / "packages"
    options = [
        *("--only-binary", ":all:", "--no-cache-dir", "--implementation", "cp"),
        *("--python-version", python.environment["python_full_version"]),
        *(word for platform in python.platforms for word in ("--platform", platform)),
    ]
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    pip += ["--no-deps", "--require-hashes", "--target", str(target)]
    # pip unpacks before it moves, and gigabytes do not fit everywhere.
    environment = os.environ | {"TMPDIR": str(folder / "temporary"), "TARGET": str(target)}
    for step in (
        [*pip, *options, "--requirement", str(chosen / LOCK)],
        [str(ROOT / "tools/torch.sh"), str(chosen), *options],
    ):
        done = _run(step, environment)
        if done.returncode != 0:
            raise FetchError(
                f"the locked packages are not to be had for arm64 and Python "
                f"{python.environment['python_version']} ({_cause(done)}); check network and disk"
            )


def _entries(lock: Path, python: _Python) -> dict[str, str]:
    """Return a lock's entries for this Python, hashes included, by name.

    Without markers: pip would hold them against the Python that it runs in itself.
    """
    found: dict[str, str] = {}
    name = ""
    for line in lock.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith(" ") and name:
            found[name] += line
        elif not line.startswith((" ", "#")):
            pin = Requirement(line.rstrip("\\\n "))
            name = canonicalize_name(pin.name) if _applies(pin, python) else ""
            if name:
                found[name] = f"{pin.name}{pin.specifier} \\\n"
    return found


def _needed(python: _Python) -> set[str]:
    """Return the wanted packages and all that they require, by name."""
    needed: set[str] = set()
    waiting = list(WANTED)
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in needed:
            continue
        needed.add(name)
        try:
            texts = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:  # needed there, but not here
            texts = []
        required = [Requirement(text) for text in texts]
        waiting.extend(one.name for one in required if _applies(one, python))
    return needed


def _applies(requirement: Requirement, python: _Python) -> bool:
    marker = requirement.marker
    return marker is None or marker.evaluate({**python.environment, "extra": ""})


def _run(
    words: list[str], environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def _cause(done: subprocess.CompletedProcess[str]) -> str:
    """Return the last line that a program calls an error, or else its last line."""
    lines = done.stderr.strip().splitlines() or ["it said nothing"]
    named = [line for line in lines if line.startswith(("E:", "ERROR:"))]
    return (named or lines)[-1].removeprefix("ERROR:").removeprefix("E:").strip()


def _say(line: str) -> None:
    print(f"slopewise: {line}", file=sys.stderr, flush=True)
