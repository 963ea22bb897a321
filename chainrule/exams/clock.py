"""The clock of an exam: it begins once and never stops, whoever leaves and comes back.

Everything follows from when the exam began and what time it is now, so nothing has to be remembered in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, inf, isinf

WARNINGS = (600.0, 300.0, 60.0)  # seconds left
MOST_EXTRA = 10.0


@dataclass(frozen=True)
class Clock:
    """begun: with its zone. minutes: allowed, 0 for no limit. extra: factor for those who are given more time.

    more: minutes that come on top, where there is a limit.
    """

    begun: datetime
    minutes: float
    extra: float = 1.0
    more: float = 0.0

    def __post_init__(self) -> None:
        if self.begun.tzinfo is None:
            raise ValueError(f"came {self.begun} without a zone, expected a time in UTC, as `records.now()` gives it")
        if not 1.0 <= self.extra <= MOST_EXTRA:
            raise ValueError(f"came the time factor {self.extra:g}, expected 1 to {MOST_EXTRA:g}, such as 1.25")
        if self.minutes < 0 or self.more < 0:
            raise ValueError(f"came {min(self.minutes, self.more):g} minutes, expected 0 (no limit, none) or more")

    @property
    def allowed(self) -> float:
        """Seconds in all, `inf` without a limit."""
        return 60 * (self.minutes * self.extra + self.more) if self.minutes else inf

    @property
    def ends(self) -> datetime | None:
        """When it is over; None without a limit."""
        return None if isinf(self.allowed) else self.begun + timedelta(seconds=self.allowed)

    def used(self, now: datetime) -> float:
        """Seconds since the beginning; none before it, and none beyond what is allowed."""
        return min(max((now - self.begun).total_seconds(), 0.0), self.allowed)

    def left(self, now: datetime) -> float:
        """Seconds that are left, 0 when it is over, `inf` without a limit. A clock set back gives nothing on top."""
        return self.allowed if isinf(self.allowed) else self.allowed - self.used(now)

    def is_over(self, now: datetime) -> bool:
        """Whether the time is up."""
        return self.left(now) <= 0

    def warning(self, before: datetime, now: datetime) -> str:
        """What to say where a warning fell due after `before` and until `now`, the latest one; '' where none did."""
        due = [mark for mark in WARNINGS if self.left(now) <= mark < self.left(before)]
        return warning_text(self.left(now)) if due else ""


def left_text(seconds: float) -> str:
    """`1:23:45 left`, `4:05 left`, `no time left`, or `no time limit`. A second that has begun counts as whole."""
    if isinf(seconds):
        return "no time limit"
    return f"{span_text(ceil(seconds))} left" if seconds > 0 else "no time left"


def span_text(seconds: float) -> str:
    """`1:23:45`, `4:05` or `0:07`: hours only where there are any; parts of a second are dropped."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def warning_text(seconds: float) -> str:
    """A sentence for a moment at which that much is left: in minutes, rounded, or in seconds below one."""
    if seconds <= 0:
        return "The time is up."
    if seconds < 59.5:
        return f"{ceil(seconds)} seconds left." if ceil(seconds) > 1 else "1 second left."
    minutes = round(seconds / 60)
    return "1 minute left." if minutes == 1 else f"{minutes} minutes left."
