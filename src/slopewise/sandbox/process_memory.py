"""The memory that all processes of one notebook take together; a limit binds only each of them."""

from __future__ import annotations

import os
from pathlib import Path

_SOCKET_BYTES = 212_992  # net.core.wmem_default as Linux has it; what is sent lies there


def descendants(process: int) -> set[int]:
    """Return the living processes below one; what ends meanwhile may be missing."""
    found: set[int] = set()
    pending = [process]
    while pending:
        for child in _children(pending.pop()) - found:
            found.add(child)
            pending.append(child)
    return found


def memory(processes: set[int], warm: int) -> int:
    """Return the bytes of memory that processes take beyond what they were forked with.

    warm: bytes that each fork of the warm process has from it. Pages that two processes share
    after a fork of a learner's own count for both.
    """
    return sum(max(0, _resident(process) - warm) for process in processes)


def socket_buffers(processes: set[int]) -> int:
    """Return the bytes that may lie in the sockets of processes, which no process is charged for.

    Each can hold as much as the system gives a socket; that size is what a box leaves it.
    """
    found: set[str] = set()
    for process in processes:
        try:
            descriptors = list(Path(f"/proc/{process}/fd").iterdir())
        except OSError:
            continue
        for descriptor in descriptors:
            try:
                target = str(descriptor.readlink())
            except OSError:
                continue
            if target.startswith("socket:"):
                found.add(target)
    return len(found) * _SOCKET_BYTES


def own_memory() -> int:
    """Return the bytes of memory of this process that no file stands behind."""
    return _resident(os.getpid())


def _children(process: int) -> set[int]:
    found: set[int] = set()
    try:
        # A child is in the list of the thread that made it.
        for thread in Path(f"/proc/{process}/task").iterdir():
            found.update(map(int, (thread / "children").read_bytes().split()))
    except OSError:
        pass
    return found


def _resident(process: int) -> int:
    total = 0
    try:
        lines = Path(f"/proc/{process}/status").read_bytes().splitlines()
    except OSError:
        return 0
    for line in lines:
        if line.startswith((b"RssAnon:", b"RssShmem:")):
            total += int(line.split()[1]) * 1024
    return total
