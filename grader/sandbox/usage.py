"""What a process has used so far, read from /proc; nothing where there is none."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Usage:
    """cpu_seconds: of all threads. threads: alive now."""

    cpu_seconds: float
    threads: int


def usage(pid: int) -> Usage | None:
    """The usage of a process, None where it cannot be told. Source: proc(5), /proc/pid/stat."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()  # the program's name, in parentheses, may hold anything
    ticks = int(fields[11]) + int(fields[12])
    return Usage(ticks / os.sysconf("SC_CLK_TCK"), int(fields[17]))


def seconds_kept_waiting(pid: int) -> float:
    """Seconds for which the process was ready to run but other work had the processor; 0 where it cannot be told."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text("ascii").split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0
