"""Keys as a student would type them: what is typed here earns full marks."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from grader.keys import (
    ChoiceKey,
    CodeKey,
    DerivationKey,
    FormulaKey,
    Key,
    NumberKey,
    OrderingKey,
    ShapeKey,
    StatementsKey,
)

MAX_EXACT = 30  # characters of a fraction that is still typed as one


def answer_text(key: Key) -> str:
    """One right answer. '' for code, whose right answers are not in the key."""
    match key:
        case FormulaKey(formula=formula):
            return formula.text()
        case DerivationKey(program=program, of=of, wanted=wanted):
            from grader.formula.derive import gradients, textbook

            steps = textbook(gradients(program, of=of, with_respect_to=wanted)).steps
            return "\n".join(f"{step.name} = {step.formula.text()}" for step in steps)
        case NumberKey(value=value, digits=digits):
            return number_text(value, digits)
        case ShapeKey(shape=shape):
            return str(shape)
        case ChoiceKey(options=options):
            return next(option.label for option in options if option.right)
        case StatementsKey(options=options):
            return ", ".join(option.label for option in options if option.right) or "none"
        case OrderingKey(order=order):
            return ", ".join(order)
        case CodeKey():
            return ""


def number_text(value: Any, digits: int | None) -> str:
    """The number as it is typed: whole numbers in full, others to `digits` significant digits.

    digits None: exactly, as a/b; irrational numbers and fractions too long to type to 15 digits.
    """
    if isinstance(value, Fraction) and value.denominator == 1:
        return str(value.numerator)
    if isinstance(value, Fraction) and digits is None:
        exact = f"{value.numerator}/{value.denominator}"
        if len(exact) <= MAX_EXACT:
            return exact
    return _rounded(value, digits or 15)


def _rounded(value: Any, digits: int) -> str:
    import mpmath

    context = mpmath.mp.clone()
    context.dps = 50
    number = context.mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else value
    return format(Decimal(context.nstr(number, digits, strip_zeros=False)), "f")
