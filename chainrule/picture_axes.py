"""Axes of plots: from data to places, with ticks at round numbers; linear or logarithmic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from chainrule.numbers import number_text

TICKS = 6  # about as many on the axis that runs up
RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@dataclass(frozen=True)
class Axis:
    """From data to places: low and high of the data, start and end in the picture. most: ticks."""

    low: float
    high: float
    start: float
    end: float
    most: int = TICKS

    def at(self, value: float) -> float:
        """The place of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    @property
    def ticks(self) -> tuple[float, ...]:
        """Round numbers within the axis, steps of 1, 2 or 5 times a power of 10."""
        rough = (self.high - self.low) / self.most
        power = 10.0 ** floor(log10(rough))
        step = next(k * power for k in (1, 2, 5, 10) if k * power >= rough * 0.999)
        first, last = ceil(self.low / step - 1e-9), floor(self.high / step + 1e-9)
        return tuple(k * step for k in range(first, last + 1))

    def told(self, value: float) -> str:
        """A tick as it is written beside the axis."""
        return number_text(value)


@dataclass(frozen=True)
class LogAxis:
    """Likewise, with equal distances for equal factors; low > 0."""

    low: float
    high: float
    start: float
    end: float
    most: int = TICKS

    def at(self, value: float) -> float:
        """The place of a value."""
        return self._powers.at(log10(value))

    @property
    def ticks(self) -> tuple[float, ...]:
        """Powers of ten within the axis; with 2 and 5 times those, or round numbers, where these are too few."""
        low, high = ceil(log10(self.low) - 1e-9), floor(log10(self.high) + 1e-9)
        if high - low >= 2:
            every = ceil((high - low + 1) / self.most)
            return tuple(10.0**k for k in range(low, high + 1) if k % every == 0)
        between = tuple(m * 10.0**k for k in range(low - 1, high + 1) for m in (1, 2, 5))
        found = tuple(value for value in between if self.low <= value <= self.high)
        return found if len(found) > 2 else Axis(self.low, self.high, self.start, self.end, self.most).ticks

    def told(self, value: float) -> str:
        """A power of ten as 10⁻³, another number in full."""
        power = round(log10(value))
        return f"10{str(power).translate(RAISED)}" if abs(value / 10.0**power - 1) < 1e-9 else number_text(value)

    @property
    def _powers(self) -> Axis:
        return Axis(log10(self.low), log10(self.high), self.start, self.end)


def axis(values: Sequence[float], start: float, end: float, most: int = TICKS) -> Axis:
    """An axis that holds the values with a little room on both sides."""
    low, high = min(values), max(values)
    room = 0.05 * (high - low) or 1.0
    return Axis(low - room, high + room, start, end, most)


def log_axis(values: Sequence[float], start: float, end: float, most: int = TICKS) -> LogAxis:
    """Likewise a logarithmic one; values > 0."""
    powers = axis([log10(value) for value in values], start, end)
    return LogAxis(10.0**powers.low, 10.0**powers.high, start, end, most)


def same_scale(across: Axis, up: Axis) -> tuple[Axis, Axis]:
    """Both axes widened about their middles so that one unit is as long on both."""
    wide, tall = across.end - across.start, up.start - up.end
    unit = min(wide / (across.high - across.low), tall / (up.high - up.low))
    middles = (across.low + across.high) / 2, (up.low + up.high) / 2
    halves = wide / unit / 2, tall / unit / 2
    return (
        Axis(middles[0] - halves[0], middles[0] + halves[0], across.start, across.end, across.most),
        Axis(middles[1] - halves[1], middles[1] + halves[1], up.start, up.end),
    )
