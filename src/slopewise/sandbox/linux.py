"""The few Linux calls that Python 3.11 has no word for, and the limits a process sets on itself.

Called by the supervisor and by the notebook's process before it runs anything of a learner's;
nothing here knows about boxes or notebooks.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from slopewise.sandbox.limits import MIB, Limits
from slopewise.sandbox.process_memory import own_memory

if sys.platform != "win32":  # there, nothing of this is called, but its callers are imported
    import resource

CLONE_NEWNS = 0x00020000
CLONE_NEWCGROUP = 0x02000000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

_MS_NOSUID, _MS_NODEV, _MS_REMOUNT = 2, 4, 32
_PR_SET_DUMPABLE = 4
_PR_CAPBSET_DROP = 24
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_CLEAR_ALL = 4
_CAPABILITY_VERSION_3 = 0x20080522

# Loaded when the module is, so that a fork has nothing left to look up.
_libc = ctypes.CDLL(None, use_errno=True)

# The stack of the thread that reads outputs, and of a magic's, count as private memory.
_KERNEL_ITSELF = 128 * MIB
# A thread reserves its stack and malloc an arena; neither is memory used, both are address space.
_ADDRESS_SPACE_SLACK = 1024 * MIB


@dataclass(frozen=True)
class Size:
    """How large a process is now: what the limits of its forks are relative to."""

    address_space: int
    data: int
    resident: int


def _call(name: str, *arguments: int) -> int:
    result = int(getattr(_libc, name)(*arguments))
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")
    return result


def setns(descriptor: int, flags: int) -> None:
    """Enter the namespaces that ``flags`` names of the process behind a pidfd."""
    _call("setns", descriptor, flags)


def unshare(flags: int) -> None:
    """Leave the namespaces that ``flags`` names for new ones."""
    _call("unshare", flags)


def limit_files(folder: str, number: int) -> None:
    """Let a folder that lives in memory hold no more than a number of files; each takes 1 KB."""
    flags = ctypes.c_ulong(_MS_REMOUNT | _MS_NOSUID | _MS_NODEV)
    options = f"nr_inodes={number}".encode()
    if _libc.mount(b"none", folder.encode(), None, flags, options) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"mount {folder}: {os.strerror(code)}")


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent has died."""
    _call("prctl", _PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def drop_privileges(uid: int | None, gid: int | None) -> None:
    """Give up everything that could be used to leave a box.

    ``uid`` and ``gid`` are those to change to; None means that the process keeps its own, which
    in a box made by an ordinary user is already the learner's.
    """
    _call("prctl", _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    with contextlib.suppress(OSError):
        _call("prctl", _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    for capability in range(64):
        try:
            _call("prctl", _PR_CAPBSET_DROP, capability, 0, 0, 0)
        except OSError:  # past the last one that this kernel knows
            break
    if uid is not None and gid is not None:
        os.setgroups([])
        os.setresgid(gid, gid, gid)
        os.setresuid(uid, uid, uid)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    if _libc.capset(header, nothing) != 0:
        raise OSError(ctypes.get_errno(), "capset")
    # A change of user hides a process's own /proc entries from itself; a fresh process sees them.
    _call("prctl", _PR_SET_DUMPABLE, 1, 0, 0, 0)


def forbid_user_namespaces() -> None:
    """Forbid new user namespaces below the one this process is in.

    What ``--disable-userns`` does for a namespace that bubblewrap makes itself. The caller still
    has its capabilities in the namespace, and the machine's own /proc.
    """
    Path("/proc/sys/user/max_user_namespaces").write_text("0")


def own_size() -> Size:
    """How large this process is now; called once by the warm process, when its imports are done."""
    values = {}
    for line in Path("/proc/self/status").read_text().splitlines():
        name, _, rest = line.partition(":")
        if name in ("VmSize", "VmData"):
            values[name] = int(rest.split()[0]) * 1024
    return Size(values["VmSize"], values["VmData"], resident=own_memory())


def set_limits(limits: Limits, base: Size, *, processes: bool) -> None:
    """Limit this process and whatever it starts; called before its first line.

    DATA bounds private memory, AS the shared mappings that DATA does not count. NPROC counts the
    processes of a user in a user namespace, so without a box of its own a notebook would be charged
    for all its user has running; ``processes`` says whether to set it. It does not bind whoever
    counts as the machine's root: the caller changes user afterwards.
    """
    data = base.data + limits.memory + _KERNEL_ITSELF
    space = base.address_space + limits.memory + _ADDRESS_SPACE_SLACK
    wanted = {
        resource.RLIMIT_DATA: (data, data),
        resource.RLIMIT_AS: (space, space),
        resource.RLIMIT_CPU: (limits.cpu_seconds, limits.cpu_seconds + 5),
        resource.RLIMIT_FSIZE: (limits.file_size, limits.file_size),
        resource.RLIMIT_NOFILE: (limits.open_files, limits.open_files),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_MEMLOCK: (65536, 65536),
    }
    if processes:
        wanted[resource.RLIMIT_NPROC] = (limits.processes, limits.processes)
    for kind, (soft, hard) in wanted.items():
        # Where the machine's own limit is lower, it stays.
        ceiling = resource.getrlimit(kind)[1]
        if ceiling != resource.RLIM_INFINITY:
            soft, hard = min(soft, ceiling), min(hard, ceiling)
        resource.setrlimit(kind, (soft, hard))


def start_time(pid: int) -> int | None:
    """When a process started, in clock ticks after boot; None if there is no such process.

    With its number this names a process for good, although numbers are used again.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    # The name in brackets may itself hold brackets and blanks.
    return int(stat.rpartition(")")[2].split()[19])
