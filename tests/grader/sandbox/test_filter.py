"""The system-call filter, run by a small interpreter of its own: what it decides on both architectures."""

from __future__ import annotations

import errno

import pytest

from grader.sandbox.inside import seccomp
from grader.sandbox.inside.syscalls import ABSENT, ARCHITECTURES, JUDGED, REFUSED

PID = 4321
ALLOW, KILL = "allow", "kill"
PERMISSION, NO_CALL = errno.EPERM, errno.ENOSYS

# Numbers from the kernel's own headers (asm/unistd_64.h; asm-generic/unistd.h), of calls that must always pass.
ORDINARY = {
    "x86_64": {"read": 0, "write": 1, "mmap": 9, "futex": 202, "exit_group": 231, "getrandom": 318},
    "aarch64": {"read": 63, "write": 64, "mmap": 222, "futex": 98, "exit_group": 94, "getrandom": 278},
}


def decision(machine: str, number: int, *arguments: int, audit: int | None = None) -> str | int:
    """What the program answers: allow, kill, or the number of an error. Classic BPF, as far as it is used."""
    padded = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
    data = {seccomp.NUMBER: number, seccomp.ARCHITECTURE: ARCHITECTURES[machine][0] if audit is None else audit}
    data |= {seccomp.ARGUMENTS + 8 * i: value & 0xFFFFFFFF for i, value in enumerate(padded)}
    program = seccomp.listed(machine) + seccomp.judged(machine, PID)
    at = loaded = 0
    while True:
        code, jump, otherwise, constant = program[at]
        at += 1
        match code:
            case seccomp.LOAD:
                loaded = data[constant]
            case seccomp.RETURN:
                break
            case seccomp.EQUAL | seccomp.AT_LEAST | seccomp.ANY_BIT:
                tests = {
                    seccomp.EQUAL: loaded == constant,
                    seccomp.AT_LEAST: loaded >= constant,
                    seccomp.ANY_BIT: bool(loaded & constant),
                }
                at += jump if tests[code] else otherwise
    kinds: dict[int, str | int] = {0x7FFF0000: ALLOW, 0x80000000: KILL}
    return kinds.get(constant, constant & 0xFFFF)


@pytest.fixture(params=sorted(ARCHITECTURES))
def machine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def numbers(table: dict[str, tuple[int | None, int | None]], machine: str) -> list[int]:
    found = [columns[ARCHITECTURES[machine][1]] for columns in table.values()]
    return [number for number in found if number is not None]


def test_ordinary_calls_pass(machine: str) -> None:
    assert {decision(machine, number) for number in ORDINARY[machine].values()} == {ALLOW}


def test_listed_calls_are_refused_whatever_their_arguments(machine: str) -> None:
    assert {decision(machine, n, a) for n in numbers(REFUSED, machine) for a in (0, PID, 2**32 - 1)} == {PERMISSION}
    assert {decision(machine, number) for number in numbers(ABSENT, machine)} == {NO_CALL}


def test_no_number_stands_twice(machine: str) -> None:
    listed = numbers(REFUSED, machine) + numbers(ABSENT, machine) + numbers(JUDGED, machine)
    assert len(listed) == len(set(listed))


def test_another_architecture_dies(machine: str) -> None:
    assert decision(machine, 0, audit=0x40000003) == KILL


def test_calls_with_short_pointers_do_not_exist() -> None:
    assert decision("x86_64", 0x40000000 + 59) == NO_CALL


@pytest.mark.parametrize(
    ("call", "arguments", "expected"),
    [
        ("clone", (0x3D0F00,), ALLOW),  # a thread, as the C library starts it
        ("clone", (0x1200011,), PERMISSION),  # fork
        ("clone", (0x4111,), PERMISSION),  # vfork
        ("openat", (0, 0, 0o2000000), ALLOW),  # read, close on exec
        ("openat", (0, 0, 0o1), PERMISSION),
        ("openat", (0, 0, 0o2), PERMISSION),
        ("openat", (0, 0, 0o100), PERMISSION),
        ("openat", (0, 0, 0o1000), PERMISSION),
        ("openat", (0, 0, 0o20200002), PERMISSION),  # a nameless temporary file
        ("kill", (PID, 9), ALLOW),
        ("kill", (PID + 1, 9), PERMISSION),
        ("kill", (2**32 - 1, 9), PERMISSION),
        ("kill", (0, 9), PERMISSION),
        ("tgkill", (PID, PID, 6), ALLOW),
        ("tgkill", (1, 1, 6), PERMISSION),
        ("tkill", (PID, 6), ALLOW),
        ("prctl", (15, 0), ALLOW),  # a thread's name
        ("prctl", (1, 0), PERMISSION),  # staying alive when the parent dies
        ("prctl", (4, 1), PERMISSION),  # leaving a core dump
        ("prctl", (62, 1), PERMISSION),  # having a processor core for itself
        ("prlimit64", (0,), ALLOW),
        ("prlimit64", (PID,), ALLOW),
        ("prlimit64", (1,), PERMISSION),
        ("ioctl", (0, 0x5401), ALLOW),
        ("ioctl", (0, 0x5451), ALLOW),
        ("ioctl", (0, 0x5412), PERMISSION),
        ("ioctl", (0, 0x541C), PERMISSION),
        ("ioctl", (0, 0x40086602), PERMISSION),  # the flags of a file
        ("ioctl", (0, 0x8901), PERMISSION),  # whom to signal
        ("fcntl", (3, 3), ALLOW),
        ("fcntl", (3, 1030), ALLOW),
        ("fcntl", (3, 8), PERMISSION),  # whom to signal
        ("fcntl", (3, 10), PERMISSION),  # with which signal
        ("fcntl", (3, 1024), PERMISSION),  # a lease
    ],
)
def test_some_calls_are_judged_by_their_arguments(
    machine: str, call: str, arguments: tuple[int, ...], expected: str | int
) -> None:
    number = JUDGED[call][ARCHITECTURES[machine][1]]
    assert number is not None
    assert decision(machine, number, *arguments) == expected


def test_the_old_way_to_open_is_judged_too() -> None:
    assert (decision("x86_64", 2, 0, 0), decision("x86_64", 2, 0, 0o1)) == (ALLOW, PERMISSION)
