"""System calls that no lesson needs, and that a notebook in a box is refused.

They give memory that belongs to no process, which no limit would count, or the core that another
learner's processes run on, or they are interfaces of the operating system in which ways out of a
box have been found again and again. Source: seccomp(2), and the tables of system call numbers in
Linux's ``arch/x86/entry/syscalls/syscall_64.tbl`` and ``include/uapi/asm-generic/unistd.h``.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import socket
from dataclasses import dataclass

# Numbers on x86_64 and on aarch64.
_CALLS = {
    # memory in files without a name, in segments and in messages that outlive their process
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    # pages given to a pipe, which hold on to memory that a process has already let go
    "vmsplice": (278, 75),
    # the core of a neighbour
    "sched_setaffinity": (203, 122),
    # ways into other processes and into the operating system
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
}


@dataclass(frozen=True)
class _Machine:
    """What differs between machines: an index into the numbers, its name in seccomp, a call."""

    column: int
    audit: int
    seccomp: int
    foreign: int | None
    """System calls from this number on belong to another convention, with numbers of its own."""


_MACHINES = {
    "x86_64": _Machine(0, 0xC000003E, 317, 0x40000000),
    "aarch64": _Machine(1, 0xC00000B7, 277, None),
}

_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
# Offsets in struct seccomp_data.
_NUMBER_AT, _MACHINE_AT, _FIRST_ARGUMENT_AT, _THIRD_ARGUMENT_AT = 0, 4, 16, 32
# What lies in a socket belongs to no process; of the usual size it is counted, see process_memory.
_SET_SOCKET_OPTION = (54, 208)
# Sockets of the network buffer data in the whole machine's memory, and in a box they reach nobody.
# ZeroMQ ends its process where it cannot ask for the network's interfaces, by netlink.
_SOCKET = (41, 198)
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
# As on a machine without a network; libraries are prepared for that.
_NO_NETWORK = 0x00050000 | errno.EAFNOSUPPORT
_SET_MODE_FILTER = 1
# Without it older kernels slow every process with a filter down, against attacks on its own memory.
_SPECULATION_ALLOWED = 4


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("then", ctypes.c_uint8),
        ("otherwise", ctypes.c_uint8),
        ("operand", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("first", ctypes.POINTER(_Instruction)))


_libc = ctypes.CDLL(None, use_errno=True)


def forbid() -> None:
    """Refuse the calls to this process and to all that it starts, for good.

    The caller has given up the right to gain new privileges. On machines other than x86_64 and
    aarch64 nothing is refused. Raises OSError where the operating system knows no filters.
    """
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return
    steps = _steps(machine)
    instructions = (_Instruction * len(steps))(*(_Instruction(*step) for step in steps))
    program = _Program(len(steps), instructions)
    result = _libc.syscall(
        machine.seccomp, _SET_MODE_FILTER, _SPECULATION_ALLOWED, ctypes.byref(program)
    )
    if result != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"seccomp: {os.strerror(code)}")


def _steps(machine: _Machine) -> list[tuple[int, int, int, int]]:
    """The filter's instructions: code, jump if true, jump if false, operand."""
    tests = [(_IF_EQUAL, numbers[machine.column]) for numbers in _CALLS.values()]
    if machine.foreign is not None:
        tests.insert(0, (_IF_AT_LEAST, machine.foreign))
    sockets = [
        (_IF_EQUAL, 0, 4, _SOCKET[machine.column]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
        (_IF_EQUAL, 2, 0, socket.AF_UNIX),
        (_IF_EQUAL, 1, 0, socket.AF_NETLINK),
        (_RETURN, 0, 0, _NO_NETWORK),
    ]
    sizes = [
        (_IF_EQUAL, 0, 5, _SET_SOCKET_OPTION[machine.column]),
        (_LOAD, 0, 0, _THIRD_ARGUMENT_AT),
        (_IF_EQUAL, 1, 0, socket.SO_SNDBUF),
        (_IF_EQUAL, 0, 1, socket.SO_RCVBUF),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    # After these come "allow" and "refuse"; jumps count the instructions that are left out.
    behind = len(sizes) + len(sockets)
    jumps = [
        (code, len(tests) - place + behind, 0, value) for place, (code, value) in enumerate(tests)
    ]
    return [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_IF_EQUAL, 0, len(tests) + behind + 2, machine.audit),
        (_LOAD, 0, 0, _NUMBER_AT),
        *jumps,
        *sizes,
        *sockets,
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
