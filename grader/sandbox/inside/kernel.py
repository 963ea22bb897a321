"""The C library, called by hand: the few system calls that Python does not wrap."""

from __future__ import annotations

import ctypes
import os
from typing import Any

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
PR_SCHED_CORE = 62
CAPABILITY_VERSION = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None


def checked(result: int, what: str) -> int:
    """`result`; raises OSError with the call's name where it is negative."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def call(number: int, *arguments: Any) -> int:
    """The result of a system call given by number. Raises OSError."""
    return checked(_library().syscall(ctypes.c_long(number), *arguments), f"system call {number}")


def prctl(option: int, *arguments: Any) -> int:
    """The result of prctl(2). Raises OSError."""
    padded = [ctypes.c_ulong(a) if isinstance(a, int) else a for a in (*arguments, 0, 0, 0, 0)][:4]
    return checked(_library().prctl(ctypes.c_int(option), *padded), f"prctl {option}")


def drop_capabilities() -> None:
    """Gives up every capability of this thread, for good. Raises OSError."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    nothing = (ctypes.c_uint32 * 6)()
    checked(_library().capset(ctypes.byref(header), ctypes.byref(nothing)), "capset")


def _library() -> ctypes.CDLL:
    if _libc is None:
        raise OSError("this system has no C library that can be called this way")
    return _libc
