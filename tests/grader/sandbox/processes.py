"""What the tests look at from outside: processes, descriptors, bubblewrap."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from grader.keys import Limits
from grader.sandbox import Sandbox, Task


def parents() -> dict[int, int]:
    """Each living process and its parent; those that are dead but not buried do not count."""
    found = {}
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except (OSError, ValueError):
            continue
        if entry.name.isdigit() and fields[0] not in "ZX":
            found[int(entry.name)] = int(fields[1])
    return found


def descendants(pid: int) -> set[int]:
    """All living processes below one."""
    table = parents()
    below: set[int] = set()
    while more := {child for child, parent in table.items() if parent in {pid, *below}} - below:
        below |= more
    return below


def alive(pids: set[int]) -> set[int]:
    """Those of the processes that live."""
    return pids & set(parents())


def descriptors() -> int:
    """How many descriptors this process has open."""
    return len(list(Path(f"/proc/{os.getpid()}/fd").iterdir()))


def wait_until(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    """True as soon as the condition holds, False where it does not within the time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


@cache
def wraps() -> bool:
    """True where bubblewrap works on this machine."""
    with Sandbox() as sandbox:
        return "bubblewrap" in sandbox.run(Task("def f():\n    pass\n", "f", (), 1, (), Limits())).level
