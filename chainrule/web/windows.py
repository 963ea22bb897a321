"""Moving windows: how often something happened within the last seconds, counted in memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

TIDIED = 60.0  # seconds between looks at what is over


@dataclass(frozen=True)
class Rate:
    """So many times within so many seconds."""

    times: int
    seconds: float


class Windows:
    """When things happened, by whatever they are counted under. Every time is given: it never looks at a clock."""

    def __init__(self) -> None:
        self._when: dict[Hashable, deque[float]] = {}
        self._over: dict[Hashable, float] = {}  # when nothing of it counts any more
        self._tidied = 0.0

    def wait(self, key: Hashable, rates: Sequence[Rate], now: float) -> float:
        """Seconds until it may happen once more by all rates; 0 where it may now."""
        when = self._when.get(key, ())
        full = [rate for rate in rates if len(when) >= rate.times]
        return max((when[-rate.times] + rate.seconds - now for rate in full), default=0.0)

    def count(self, key: Hashable, rates: Sequence[Rate], now: float) -> None:
        """It happened now."""
        if key not in self._when:
            self._when[key] = deque(maxlen=max(rate.times for rate in rates))
        self._when[key].append(now)
        self._over[key] = now + max(rate.seconds for rate in rates)
        if now - self._tidied >= TIDIED:
            self._tidy(now)

    def forget(self, key: Hashable) -> None:
        """It never happened."""
        self._when.pop(key, None)
        self._over.pop(key, None)

    def __len__(self) -> int:
        """How many keys are remembered."""
        return len(self._when)

    def _tidy(self, now: float) -> None:
        self._tidied = now
        for key in [key for key, over in self._over.items() if over <= now]:
            self.forget(key)
