"""A clock that interrupts waiting for the keyboard: warnings on the way, an exception at the end."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType


class TimeUp(Exception):
    """The time is over."""


@contextmanager
def alarm(seconds: float, warnings: Sequence[float], warn: Callable[[float], None]) -> Iterator[None]:
    """Raises `TimeUp` in the block after `seconds`; calls `warn(left)` when so many seconds are left.

    Only where signals of a timer exist and in the main thread; elsewhere the caller looks at its clock by itself.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    end = time.monotonic() + seconds
    waiting = sorted((left for left in warnings if left < seconds), reverse=True)

    def ring(_: int, __: FrameType | None) -> None:
        left = end - time.monotonic()
        if left <= 0.01:
            raise TimeUp
        while waiting and left <= waiting[0] + 0.01:
            warn(waiting.pop(0))
        signal.setitimer(signal.ITIMER_REAL, max(0.01, left - (waiting[0] if waiting else 0.0)))

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, max(0.01, seconds - (waiting[0] if waiting else 0.0)))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
