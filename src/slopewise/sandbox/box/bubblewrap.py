"""The box as one bubblewrap command line, and the folders and files it lets be seen.

The supervisor of a notebook starts this command around a stub that does nothing, and the warm fork
enters the stub's namespaces. The stub's only work is to say that the box is finished (it echoes a
byte) and to end when its input does.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from slopewise.errors import BoxError
from slopewise.sandbox.box.import_paths import import_paths
from slopewise.sandbox.limits import Limits

HOME = "/home/learner"
WORK = f"{HOME}/work"
IN_MEMORY = (HOME, "/tmp", "/dev/shm")
"""The folders that a learner's code can write to."""
INSIDE_UID = 1000

# Of a Python prefix only these are shown: a virtual environment may have been made in the course
# folder itself, or in a home folder.
_PREFIX_PARTS = (
    "bin", "lib", "lib64", "libexec", "include", "share", "etc", "ssl", "pyvenv.cfg",
)  # fmt: skip
_SYSTEM_PARTS = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_ETC_PARTS = (
    "alternatives",
    "fonts",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "localtime",
    "mime.types",
    "os-release",
    "timezone",
)
_STUB = ("cat",)
# Where nbgrader keeps a class's submissions unless told otherwise.
_HIDDEN = ("/usr/local/share/nbgrader", "/usr/share/nbgrader")


@dataclass(frozen=True)
class Policy:
    """What one box shows and allows; turned into a command line by :meth:`command`."""

    readable: tuple[str, ...]
    """Folders and files that can be read in the box, at the same place as outside."""
    links: tuple[tuple[str, str], ...]
    """Symbolic links of the system's root folder, as (place, target)."""
    limits: Limits
    """Only the sizes of the folders kept in memory are used here."""
    user_namespace: int | None = None
    """Descriptor of the user namespace to use; None when bubblewrap makes it."""
    hidden: tuple[str, ...] = ()
    """Folders and files that are not shown, wherever they lie."""
    seen_through: tuple[str, ...] = ()
    """What lies in a hidden folder and is shown all the same: this Python, this package."""

    def command(self, files: Iterable[tuple[int, str]], info: int) -> list[str]:
        """The whole command line.

        ``files`` are small files of ours, as (descriptor, place); ``info`` is the descriptor
        where bubblewrap writes which process is the first in the box.
        """
        command = [bubblewrap()]
        if self.user_namespace is None:
            command += ["--unshare-user", "--uid", str(INSIDE_UID), "--gid", str(INSIDE_UID)]
            command += ["--disable-userns"]
        else:
            command += ["--userns", str(self.user_namespace)]
        command += ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
        command += ["--unshare-cgroup", "--hostname", "slopewise", "--die-with-parent"]
        command += ["--new-session", "--cap-drop", "ALL", "--clearenv"]
        for place, target in self.links:
            command += ["--symlink", target, place]
        command += ["--proc", "/proc", "--dev", "/dev"]
        command += ["--perms", "0755", "--dir", str(Path(HOME).parent)]
        scratch = str(self.limits.scratch)
        command += ["--perms", "1777", "--size", str(self.limits.shared_memory)]
        command += ["--tmpfs", "/dev/shm"]
        command += ["--perms", "1777", "--size", scratch, "--tmpfs", "/tmp"]
        command += ["--perms", "0755", "--size", scratch, "--tmpfs", HOME]
        # After these: a Python may lie in one of them.
        # Folders on the way to a mount would be made for their owner only.
        for parent in _parents(self.readable):
            command += ["--perms", "0755", "--dir", parent]
        for path in self.readable:
            command += ["--ro-bind", path, path]
        for path in self._covered():
            command += self._cover(path)
        for descriptor, place in files:
            command += ["--perms", "0444", "--file", str(descriptor), place]
        # These two are folders in memory of unlimited size, and of the learner's user.
        command += ["--remount-ro", "/dev", "--remount-ro", "/"]
        command += ["--chdir", "/", "--info-fd", str(info), "--", *_STUB]
        return command

    def _covered(self) -> list[str]:
        """What would be seen in the box and must not be, outermost first."""
        found = (*_HIDDEN, *self.hidden)
        return _without_nested(
            path for path in found if Path(path).exists() and _lies_in(path, self.readable)
        )

    def _cover(self, path: str) -> list[str]:
        """Put something empty over a path, and in it what can be seen through."""
        if not Path(path).is_dir():
            return ["--ro-bind", "/dev/null", path]
        shown = [one for one in self.seen_through if _lies_in(one, (path,))]
        command = ["--perms", "0555", "--size", "4096", "--tmpfs", path]
        for parent in _parents(shown):
            if _lies_in(parent, (path,)) and parent != path:
                command += ["--perms", "0755", "--dir", parent]
        for one in shown:
            command += ["--ro-bind", one, one]
        return [*command, "--remount-ro", path]


def standard_policy(
    limits: Limits, user_namespace: int | None, hidden: Iterable[str] = ()
) -> Policy:
    """The policy of every notebook: Python, the system's programs, nothing of anybody's work.

    hidden: absolute paths that are not shown, wherever they lie, such as the course's folders.
    """
    readable: list[str] = []
    links: list[tuple[str, str]] = []
    for part in _SYSTEM_PARTS:
        path = Path(part)
        if path.is_symlink():
            links.append((part, str(path.readlink())))
        elif path.is_dir():
            readable.append(part)
    readable += [f"/etc/{part}" for part in _ETC_PARTS if Path("/etc", part).exists()]
    own = [str(_package_folder())]
    for prefix in dict.fromkeys((sys.base_prefix, sys.base_exec_prefix, sys.prefix)):
        if Path(prefix) == Path("/usr"):
            continue
        own += [
            str(path) for path in (Path(prefix, part) for part in _PREFIX_PARTS) if path.exists()
        ]
    readable += own
    hidden = tuple(dict.fromkeys(os.path.realpath(path) for path in hidden))
    imports = [path for path in import_paths() if _may_be_shown(path, hidden)]
    return Policy(
        readable=tuple(_without_nested([*readable, *imports])),
        links=tuple(links),
        limits=limits,
        user_namespace=user_namespace,
        hidden=hidden,
        seen_through=tuple(
            _without_nested(path for path in (*own, *imports) if _lies_in(path, hidden))
        ),
    )


def _may_be_shown(path: str, hidden: Sequence[str]) -> bool:
    """Whether a module's place holds nothing of the course's: deeper in its folder, in no other."""
    above = [one for one in hidden if _lies_in(path, (one,))]
    return len(above) <= 1 and str(Path(path).parent) not in above and path not in above


def _lies_in(path: str, folders: Iterable[str]) -> bool:
    """Whether a path is one of these, or lies in one."""
    return any(path == one or path.startswith(one.rstrip("/") + "/") for one in folders)


def _package_folder() -> Path:
    """Where this package is; an editable install has it in the course's own folder."""
    return Path(__file__).resolve().parent.parent.parent


def _without_nested(paths: Iterable[str]) -> list[str]:
    """The paths, shortest first, without those that lie in another one."""
    kept: list[str] = []
    for path in sorted(dict.fromkeys(paths), key=len):
        if not any(path.startswith(parent + "/") for parent in kept):
            kept.append(path)
    return kept


def _parents(paths: Iterable[str]) -> list[str]:
    """Every folder above these paths but the root, each before those in it."""
    found = {str(parent) for path in paths for parent in Path(path).parents}
    return sorted(found - {"/"}, key=len)


def bubblewrap() -> str:
    """The program, or a :class:`BoxError` that says how to get it."""
    program = shutil.which("bwrap", path=os.environ.get("PATH", os.defpath) + ":/usr/bin:/bin")
    if program is None:
        raise BoxError(
            "bubblewrap is not installed, so learners' code cannot be boxed:"
            " run 'apt-get install bubblewrap'"
            " (or accept the risk with c.SlopewiseGrading.unboxed = True in nbgrader_config.py)"
        )
    return program


def small_files(uid: int) -> list[tuple[str, bytes]]:
    """The files of ours in the box's /etc, as (place, content)."""
    return [
        ("/etc/passwd", f"learner:x:{uid}:{uid}::{HOME}:/bin/sh\n".encode()),
        ("/etc/group", f"learner:x:{uid}:\n".encode()),
        ("/etc/hosts", b"127.0.0.1 localhost slopewise\n"),
        ("/etc/nsswitch.conf", b"passwd: files\ngroup: files\nhosts: files\n"),
    ]


def explain(complaint: str) -> str:
    """One line that says what bubblewrap's own complaint means and what to do about it."""
    first = next((line for line in complaint.splitlines() if line.strip()), "no message")
    risk = "or accept the risk with c.SlopewiseGrading.unboxed = True in nbgrader_config.py"
    if "uid map" in complaint and "Permission denied" in complaint:
        return (
            f"bubblewrap may not make user namespaces ({first}): on Ubuntu 24.04 and later run"
            " 'apt-get install apparmor-profiles && ln -s"
            " /usr/share/apparmor/extra-profiles/bwrap-userns-restrict /etc/apparmor.d/ &&"
            f" systemctl reload apparmor', {risk}"
        )
    if "Unknown option" in complaint:
        return f"bubblewrap is too old ({first}): version 0.8 or later is needed, {risk}"
    if "namespace" in complaint or "Operation not permitted" in complaint:
        return (
            f"this machine allows no user namespaces ({first}): run"
            " 'sysctl -w user.max_user_namespaces=15000 kernel.unprivileged_userns_clone=1',"
            f" in a container allow them, {risk}"
        )
    return f"bubblewrap cannot build the box: {first}; {risk}"
