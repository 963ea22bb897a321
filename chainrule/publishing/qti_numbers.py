"""Numbers as Canvas compares them: of what a student types, its page keeps four decimals."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from chainrule.publishing.numbers import Range, decimal_text, decimals_asked, digits_asked, right_range
from chainrule.publishing.qti_parts import RESPONSE, condition_for, equal, full
from chainrule.publishing.xml_parts import add

if TYPE_CHECKING:
    from grader.keys import NumberKey

KEPT = 4  # decimals
STEP = 3  # a thousand, a million: factors that are easily applied


def factor(key: NumberKey) -> int:
    """How many times the number is asked for, so that no digit that counts is cut off; 1 for most."""
    cut = max(0, decimals_asked(key) - KEPT)
    return int(10 ** (-(-cut // STEP) * STEP))


def how_to_scaled(key: NumberKey) -> str:
    """One sentence on what to type for a number that is asked for times its factor."""
    digits = digits_asked(key)
    precision = "in full" if digits is None else f"to {digits} significant digits or more"
    return f"Give {factor(key):,} times the number, as a decimal number, {precision}."


def scaled(key: NumberKey) -> Range:
    """What earns full marks."""
    right, times = right_range(key), factor(key)
    return replace(right, value=right.value * times, tolerance=right.tolerance * times)


def add_number(processing: Element, key: NumberKey) -> None:
    """The number, or all from the least to the greatest that is near enough; Canvas keeps one margin of both."""
    right = scaled(key)
    value = Fraction(right.value_text)
    condition = condition_for(processing, "No", other=False)
    either = add(condition[0], "or")
    equal(either, right.value_text)
    both = add(either, "and")
    add(both, "vargte", decimal_text(value - right.tolerance), respident=RESPONSE)
    add(both, "varlte", decimal_text(value + right.tolerance), respident=RESPONSE)
    full(condition)
