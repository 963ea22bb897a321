"""How far judging a class has got: a bar with rate and time left on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

WINDOW = 60.0  # seconds over which the rate is taken
EVERY = 15.0  # seconds between lines


@dataclass(frozen=True)
class State:
    """done: answers that need no judging any more; total: of those read by now. rate: judged a second, lately.

    left: seconds, None where that cannot be told. reading: whether more may be read.
    """

    done: int
    total: int
    rate: float = 0.0
    left: float | None = None
    reading: bool = False


class Watcher(Protocol):
    """Whoever shows it."""

    def show(self, state: State) -> None:
        """Shows how far it is."""

    def say(self, text: str) -> None:
        """Says something beside it."""


@dataclass
class Pace:
    """Counts what is judged, and tells the rate of the last minute."""

    clock: Callable[[], float] = time.monotonic
    judged: int = 0
    _marks: deque[tuple[float, int]] = field(default_factory=deque)

    def add(self, count: int = 1) -> None:
        """Counts so many more."""
        now = self.clock()
        self.judged += count
        self._marks.append((now, count))
        while self._marks[0][0] < now - WINDOW:
            self._marks.popleft()

    def state(self, skipped: int, total: int, *, reading: bool) -> State:
        """How far it is. skipped: answers that were not to be judged."""
        done = min(total, self.judged + skipped)
        rate = self._rate()
        left = None if reading or not rate else (total - done) / rate
        return State(done, total, rate, left, reading)

    def _rate(self) -> float:
        if len(self._marks) < 2:
            return 0.0
        took = self.clock() - self._marks[0][0]
        return (sum(count for _, count in self._marks) - self._marks[0][1]) / took if took > 0 else 0.0


def line_of(state: State) -> str:
    """`1200 of 4300 answers, 34/s, 1:31 left`."""
    more = " read so far" if state.reading else ""
    rate = f", {state.rate:.3g}/s" if state.rate else ""
    left = f", {duration(state.left)} left" if state.left is not None else ""
    return f"{state.done} of {state.total} answers{more}{rate}{left}"


def duration(seconds: float) -> str:
    """`1:31` or `2:03:20`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class Lines:
    """A line every quarter of a minute, for logs."""

    def __init__(self, write: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._write, self._clock = write, clock
        self._next = clock() + EVERY

    def show(self, state: State) -> None:
        """Writes a line where it is time for one."""
        if self._clock() >= self._next:
            self._next = self._clock() + EVERY
            self._write(f"judged {line_of(state)}")

    def say(self, text: str) -> None:
        """Writes the line."""
        self._write(text)


@contextmanager
def watching(*, quiet: bool = False) -> Iterator[Watcher]:
    """A bar on a terminal, lines on stderr elsewhere; `quiet` for warnings alone."""
    from chainrule.terminal import complain, on_terminal

    if quiet or not on_terminal():
        yield Lines(lambda text: complain(f"chainrule: {text}"), (lambda: 0.0) if quiet else time.monotonic)
        return
    with _bar() as bar:
        yield bar


@contextmanager
def _bar() -> Iterator[Watcher]:
    from rich.progress import BarColumn, Progress, TextColumn

    from chainrule.terminal import console, printable

    with Progress(TextColumn("judging"), BarColumn(), TextColumn("{task.fields[says]}"), console=console()) as shown:
        task = shown.add_task("", total=None, says="reading")

        class Bar:
            def show(self, state: State) -> None:
                total = None if state.reading and not state.total else state.total
                shown.update(task, completed=state.done, total=total, says=line_of(state))

            def say(self, text: str) -> None:
                shown.console.print(printable(text))

        yield Bar()
