"""What is asked of the sandbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


class TaskLimits(Protocol):
    """What one submission may use for all its cases together; `grader.keys.Limits` is one."""

    @property
    def wall_seconds(self) -> float: ...
    @property
    def cpu_seconds(self) -> float: ...
    @property
    def memory_mib(self) -> int: ...


@dataclass(frozen=True)
class Call:
    """One call of the submission's function.

    inputs: by name; arrays, numbers, text, and lists, tuples and dictionaries of them.
    room: bytes of arrays that are taken back; a larger array is reported by its shape alone.
    """

    inputs: Mapping[str, Any]
    room: int


@dataclass(frozen=True)
class Task:
    """A submission and the calls to make, in this order, in one child.

    packages: "numpy" or "torch", the heaviest that may be imported. outputs: how many arrays a call returns.
    measured: whether the report tells the CPU time; it then waits until the child is buried.
    watch: parts of torch whose use is to be reported (`inside/watching.py`).
    """

    source: str
    entry: str
    parameters: tuple[str, ...]
    outputs: int
    calls: tuple[Call, ...]
    limits: TaskLimits
    packages: str = "numpy"
    watch: tuple[str, ...] = ()
    measured: bool = False
