"""Right and partly right numbers as ranges, for platforms that compare decimal numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.keys import NumberKey

EXACT_DIGITS = 15  # what floating point numbers of every platform hold
ASSUMED = 4  # significant digits asked for an exact number that has no end in decimals


@dataclass(frozen=True)
class Range:
    """All numbers within `tolerance` of `value`. share: of the marks; says: the sentence for who typed it."""

    value: Fraction
    tolerance: Fraction
    share: float = 1.0
    says: str = ""

    @property
    def value_text(self) -> str:
        """The value in decimals, to as many digits as platforms hold."""
        return decimal_text(self.value)

    @property
    def tolerance_text(self) -> str:
        """The tolerance in decimals."""
        return decimal_text(self.tolerance)


def digits_asked(key: NumberKey) -> int | None:
    """How many significant digits a platform asks for; None for a number that is typed in full."""
    from grader.answers.number import as_fraction

    if key.digits is not None:
        return key.digits
    return None if _ends(as_fraction(key.value)) else ASSUMED


def decimals_asked(key: NumberKey) -> int:
    """How many decimals the digits take that a platform asks for."""
    from grader.answers.number import as_fraction

    value, digits = as_fraction(key.value), digits_asked(key)
    if digits is None:
        return len(decimal_text(value).partition(".")[2])
    return max(0, digits - 1 - _magnitude(value))


def right_range(key: NumberKey) -> Range:
    """The numbers that earn full marks, as `grader.answers.number` judges them."""
    from grader.answers.number import as_fraction

    return _around(as_fraction(key.value), digits_asked(key))


def other_ranges(key: NumberKey) -> Iterator[Range]:
    """Declared mistakes, then the key rounded too far: in the order in which they are looked for."""
    from grader.answers.number import as_fraction
    from grader.sentences import sentence
    from grader.verdict import Feedback

    digits = digits_asked(key)
    for mistake in key.mistakes:
        near = _around(as_fraction(mistake.key), digits)
        yield Range(near.value, near.tolerance, mistake.worth, mistake.says)
    if key.digits is not None and key.digits > 1:
        coarse = sentence(Feedback("number.coarse", {"digits": key.digits}))
        for value in rounded(as_fraction(key.value), key.digits - 1):
            yield Range(value, Fraction(0), 0.5, coarse)


def rounded(value: Fraction, digits: int) -> list[Fraction]:
    """The value rounded to so many significant digits; both ways where it lies in the middle."""
    unit = _unit(value, digits)
    below = value // unit * unit
    gap = value - below
    if gap == 0 or 2 * gap < unit:
        return [below]
    return [below + unit] if 2 * gap > unit else [below, below + unit]


def _around(value: Fraction, digits: int | None) -> Range:
    if digits is None:
        return Range(value, Fraction(0))
    # a breath more than half a unit, so that either way of rounding a tie is right
    return Range(value, _unit(value, digits) * (Fraction(1, 2) + Fraction(1, 10**9)))


def _unit(value: Fraction, digits: int) -> Fraction:
    return Fraction(10) ** (_magnitude(value) - digits + 1)


def _magnitude(value: Fraction) -> int:
    if value == 0:
        return 0
    size, power = abs(value), len(str(abs(value.numerator))) - len(str(value.denominator))
    return power if size >= Fraction(10) ** power else power - 1


def _ends(value: Fraction) -> bool:
    """True where the number can be typed in full."""
    return Fraction(decimal_text(value)) == value


def decimal_text(value: Fraction) -> str:
    """The number in plain decimals: whole numbers in full, others to 15 significant digits."""
    if value.denominator == 1:
        return str(value.numerator)
    places = EXACT_DIGITS - 1 - _magnitude(value)
    scaled = round(value * Fraction(10) ** places)
    text = format(Decimal(scaled).scaleb(-places), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
