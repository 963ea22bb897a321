"""The system-call filter: a deny-list as a classic BPF program, without any library.

Source: Documentation/userspace-api/seccomp_filter.rst; the offsets are those of `struct seccomp_data`.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys

from grader.sandbox.inside import kernel
from grader.sandbox.inside.syscalls import ABSENT, ARCHITECTURES, JUDGED, REFUSED

LOAD, EQUAL, AT_LEAST, ANY_BIT, AND, RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16
ALLOW, KILL, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
SECCOMP = {"x86_64": 317, "aarch64": 277}
"""Number of seccomp(2)."""
SET_FILTER, ALL_THREADS = 1, 1
X32 = 0x40000000  # the 32-bit-pointer calls of x86-64 would slip past the numbers

CLONE_THREAD = 0x10000
# What the interpreter asks of a descriptor. Everything else is refused: an ioctl can type into a terminal and change
# the flags of a file that is open for reading only; an fcntl can take a lease and have signals sent to any process.
IOCTLS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)  # TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX
# What NVIDIA's driver is asked for: type "F" with any number, and the plain numbers of its unified memory.
GPU_TYPE, TYPE_MASK, GPU_NUMBERS, GPU_LARGEST = 0x4600, 0xFF00, (0x30000001, 0x30000002), 0x200
FCNTLS = (0, 1, 2, 3, 4, 1030, 1032)  # F_DUPFD, GETFD, SETFD, GETFL, SETFL, DUPFD_CLOEXEC, GETPIPE_SZ
# Staying alive when the parent dies; becoming one that leaves a core dump; sharing no processor core with others.
PRCTLS = (kernel.PR_SET_PDEATHSIG, kernel.PR_SET_DUMPABLE, kernel.PR_SCHED_CORE)
WRITING = 0o3 | 0o100 | 0o1000 | 0o2000  # write only, read and write, create, truncate, append

INSTRUCTION = struct.Struct("=HBBI")
Instruction = tuple[int, int, int, int]
"""Code, jump if true, jump if false, constant."""


def supported() -> bool:
    """True where this machine's system calls are in the table."""
    return sys.platform == "linux" and sys.byteorder == "little" and platform.machine() in ARCHITECTURES


def refusals() -> bytes:
    """The part of the filter that is the same for every process, made once because it is long."""
    return _packed(listed(platform.machine()))


def install(refused: bytes, *, gpu: bool = False) -> None:
    """Puts the filter on all threads of this process, for good. Needs no_new_privs. Raises OSError.

    refused: from `refusals`. gpu: a GPU that is open may be used.
    """
    machine = platform.machine()
    packed = refused + _packed(judged(machine, os.getpid(), gpu=gpu))
    code = ctypes.create_string_buffer(packed, len(packed))
    head = struct.pack("@HP", len(packed) // INSTRUCTION.size, ctypes.addressof(code))
    filter = ctypes.create_string_buffer(head, len(head))
    unwilling = kernel.call(SECCOMP[machine], SET_FILTER, ALL_THREADS, filter)
    if unwilling:
        raise OSError(errno.EACCES, f"thread {unwilling} does not take the filter")


def _packed(instructions: list[Instruction]) -> bytes:
    return b"".join(INSTRUCTION.pack(*instruction) for instruction in instructions)


def listed(machine: str) -> list[Instruction]:
    """The first part: other architectures die, the calls of REFUSED and ABSENT are answered with an error."""
    audit, column = ARCHITECTURES[machine]
    code: list[Instruction] = [
        (LOAD, 0, 0, ARCHITECTURE),
        (EQUAL, 1, 0, audit),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
        (AT_LEAST, 0, 1, X32),
        (RETURN, 0, 0, ERRNO | errno.ENOSYS),
    ]
    for calls, number in ((REFUSED, errno.EPERM), (ABSENT, errno.ENOSYS)):
        for call in calls.values():
            code += _block(call[column], [(RETURN, 0, 0, ERRNO | number)])
    return code


def judged(machine: str, pid: int, *, gpu: bool = False) -> list[Instruction]:
    """The second part, for one process: the calls of JUDGED by their arguments; everything else passes.

    gpu: as in `install`.
    """
    _, column = ARCHITECTURES[machine]
    code: list[Instruction] = []
    for name, rule in _judgements(pid, gpu=gpu).items():
        code += _block(JUDGED[name][column], rule)
    return [*code, (RETURN, 0, 0, ALLOW)]


def _block(number: int | None, rule: list[Instruction]) -> list[Instruction]:
    """`rule`, which must end the program, for one system call."""
    return [] if number is None else [(EQUAL, 0, len(rule), number), *rule]


def _judgements(pid: int, *, gpu: bool) -> dict[str, list[Instruction]]:
    """For each call of JUDGED: the instructions that decide on its arguments."""
    return {
        "clone": _when(0, ANY_BIT, (CLONE_THREAD,), then=True),  # threads, not processes
        "open": _when(1, ANY_BIT, (WRITING,), then=False),
        "openat": _when(2, ANY_BIT, (WRITING,), then=False),
        "kill": _when(0, EQUAL, (pid,), then=True),
        "tkill": _when(0, EQUAL, (pid,), then=True),
        "tgkill": _when(0, EQUAL, (pid,), then=True),
        "prctl": _when(0, EQUAL, PRCTLS, then=False),
        "prlimit64": _when(0, EQUAL, (0, pid), then=True),
        "ioctl": _gpu_ioctls() if gpu else _when(1, EQUAL, IOCTLS, then=True),
        "fcntl": _when(1, EQUAL, FCNTLS, then=True),
    }


def _when(argument: int, test: int, constants: tuple[int, ...], *, then: bool) -> list[Instruction]:
    """Allows the call (or refuses it: `then`) where the low half of an argument passes a test with any constant."""
    allow, refuse = (RETURN, 0, 0, ALLOW), (RETURN, 0, 0, ERRNO | errno.EPERM)
    tests = [(test, len(constants) - i, 0, constant) for i, constant in enumerate(constants)]
    verdicts = [refuse, allow] if then else [allow, refuse]
    return [(LOAD, 0, 0, ARGUMENTS + 8 * argument), *tests, *verdicts]


def _gpu_ioctls() -> list[Instruction]:
    """Allows what an interpreter asks of a descriptor, and what CUDA asks of a GPU that is open."""
    *tests, refuse, allow = _when(1, EQUAL, (*IOCTLS, *GPU_NUMBERS), then=True)
    tests = [(code, jump + 3 if jump else 0, otherwise, constant) for code, jump, otherwise, constant in tests]
    kind = [(AT_LEAST, 0, 3, GPU_LARGEST), (AND, 0, 0, TYPE_MASK), (EQUAL, 1, 0, GPU_TYPE)]
    return [*tests, *kind, refuse, allow]
