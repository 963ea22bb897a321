"""What came of a task, as plain data. Text that a submission chose is cut short and free of control characters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from numpy.typing import NDArray

from grader.errors import ChainruleError

TEXT_LIMIT = 400


class SandboxError(ChainruleError):
    """The sandbox itself failed: not the submission's doing. The message says what and, where known, why."""


class Ending(StrEnum):
    """How a task ended."""

    OK = "ok"
    RUNTIME_ERROR = "runtime error"
    LOAD_ERROR = "load error"
    TIMEOUT = "timeout"
    MEMORY_LIMIT = "memory limit"
    THREAD_LIMIT = "thread limit"
    OUTPUT_LIMIT = "output limit"
    CRASH = "crash"
    EXITED = "exited"
    PROTOCOL_ERROR = "protocol error"


@dataclass(frozen=True)
class Problem:
    """An exception. line: of the submission, None where none of its lines was running. missing: module not found."""

    type: str
    message: str
    line: int | None = None
    missing: str = ""


@dataclass(frozen=True)
class LoadFailure:
    """Why there is no function to call.

    at: "syntax", "load" (an exception while the file ran), "entry" (no such function) or "parameters".
    found: functions that the file does define. signature: of the function, "(x, y)". exists: the name is there but is
    not a function.
    """

    at: str
    problem: Problem | None = None
    found: tuple[str, ...] = ()
    signature: str = ""
    exists: bool = False


@dataclass(frozen=True)
class TooLarge:
    """An array that did not fit into the room for it."""

    dtype: str
    shape: tuple[int, ...]


@dataclass(frozen=True)
class NotAnArray:
    """A returned value of another type, or an array of a dtype (then given) that cannot be compared."""

    type: str
    dtype: str = ""


@dataclass(frozen=True)
class Returned:
    """The values of one call, as many as expected.

    changed, used: inputs that it changed and watched parts that it used, as the child says: it may lie.
    """

    items: tuple[NDArray[Any] | TooLarge | NotAnArray, ...]
    changed: tuple[str, ...] = ()
    used: tuple[str, ...] = ()


@dataclass(frozen=True)
class WrongCount:
    """A call returned another number of values; count is None where the value is no tuple or list."""

    type: str
    count: int | None


@dataclass(frozen=True)
class Raised:
    """A call raised an exception."""

    problem: Problem


CallResult = Returned | WrongCount | Raised


@dataclass(frozen=True)
class Report:
    """How a task ended, and what each call that was answered came to.

    results: in the order of the task's calls; shorter than they are where the child did not live to answer all.
    status: exit status where it exited. signal: name where it crashed.
    cpu_seconds: where the task is to be measured, else 0.
    """

    ending: Ending
    level: str
    results: tuple[CallResult, ...] = ()
    failure: LoadFailure | None = None
    status: int | None = None
    signal: str = ""
    wall_seconds: float = 0.0
    cpu_seconds: float = 0.0


def plain(text: object, limit: int = TEXT_LIMIT) -> str:
    """Text that may be shown anywhere: one line, printable, cut short; '' for anything but text."""
    if not isinstance(text, str):
        return ""
    line = "".join(c if c.isprintable() else " " for c in text[: limit + 1])
    return line if len(line) <= limit else line[:limit].rstrip() + "…"
