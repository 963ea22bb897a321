"""Judging a typed number: digits or an exact expression, against an exact key."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import mpmath

from grader.answers.mistaken import mistaken
from grader.formula.errors import ReadError
from grader.formula.exact_value import exact
from grader.formula.functions import FUNCTIONS
from grader.formula.precise import Undefined
from grader.formula.printer import decimal_text
from grader.formula.reading import Formula, read
from grader.formula.tree import Apply, Number
from grader.keys import NumberKey
from grader.verdict import Evidence, Feedback, Outcome, Verdict, right, unreadable, wrong

_DECIMAL_COMMA = re.compile(r"([+−-]?\d{1,30}),(\d{1,30})")
_THOUSANDS = re.compile(r"[+−-]?\d{1,3}(,\d{3}){2,}")  # one comma may be a decimal one, several cannot
_PER_CENT = re.compile(r"([+−-]?\d{1,30}(?:\.\d{1,30})?)\s*%")
UNKNOWN = frozenset(f"read.unknown-{what}{near}" for what in ("name", "function") for near in ("", "-near"))
NEAR = Fraction(1, 50)  # of the right number: what rounding on the way does
FACTORS = tuple(Fraction(*pair) for pair in ((2, 1), (1, 2), (3, 1), (1, 3), (10, 1), (1, 10), (100, 1), (1, 100)))


def judge_number(answer: str, key: NumberKey) -> Verdict:
    """The verdict on a number. Exact expressions such as `2/3` or `log(2)` are accepted for any key.

    Where the key asks for d digits, an answer is right within half a unit of the key's d-th digit, and partial where
    it is the key rounded to d - 1 digits.
    """
    try:
        formula = read(plain_number(answer), key.scope)
        value = exact(formula)
    except ReadError as error:
        return unreadable(other_spelling(answer.strip()) or _without_names(error.feedback))
    except (Undefined, ValueError):
        return unreadable(Feedback("number.not-a-number", {"excerpt": answer.strip()[:40]}))
    reading = number_reading(formula, value)
    if is_close(value, key.value, key.digits):
        return right(reading=reading, evidence=Evidence.PROVED)
    for mistake in key.mistakes:
        if is_close(value, mistake.key, key.digits):
            return mistaken(mistake, reading=reading, evidence=Evidence.PROVED)
    if key.digits is not None and key.digits > 1 and _is_rounded(value, key.value, key.digits - 1):
        coarse = Feedback("number.coarse", {"digits": key.digits})
        return Verdict(Outcome.PARTIAL, 0.5, (coarse,), reading, Evidence.PROVED)
    return wrong(_why(value, key, reading), reading=reading, evidence=Evidence.PROVED)


def _without_names(told: Feedback) -> Feedback:
    """What could not be read. Names that the text's numbers have in the question's file may not stand in the text."""
    if told.code not in UNKNOWN or told.data.get("nearest") in FUNCTIONS:
        return told
    return Feedback("number.name", {key: value for key, value in told.data.items() if key not in ("known", "nearest")})


def plain_number(answer: str) -> str:
    """The answer without the full stop of a sentence and the commas of thousands."""
    text = answer.strip().removesuffix(".")
    return text.replace(",", "") if _THOUSANDS.fullmatch(text) else text


def other_spelling(text: str) -> Feedback | None:
    """What to type for a number with a comma or in per cent."""
    if comma := _DECIMAL_COMMA.fullmatch(text):
        return Feedback("number.comma", {"meant": _without_comma(*comma.groups())})
    if per_cent := _PER_CENT.fullmatch(text):
        number = per_cent[1].replace("−", "-")
        return Feedback("number.per-cent", {"number": per_cent[1], "meant": decimal_text(Fraction(number) / 100)})
    return None


def _without_comma(before: str, after: str) -> str:
    """What a comma may have stood for: a decimal point, or thousands set apart."""
    thousands = len(after) == 3 and before.lstrip("+−-")[0] != "0"
    return f"{before}.{after}" + (f" or {before}{after}" if thousands else "")


def is_close(value: Any, wanted: Any, digits: int | None) -> bool:
    """Equal, or within half a unit of the wanted number's last asked digit."""
    mine, theirs = as_fraction(value), as_fraction(wanted)
    gap = abs(mine - theirs)
    if digits is None:
        return gap <= abs(theirs) / 10**40  # what 50 digits leave of an exact number
    unit = _unit(theirs, digits)
    # a breath more than half a unit, so that either way of rounding a tie is right
    return gap <= unit * (Fraction(1, 2) + Fraction(1, 10**9))


def _is_rounded(value: Any, wanted: Any, digits: int) -> bool:
    """The wanted number rounded to that many digits, and not merely near it."""
    return is_close(value, wanted, digits) and as_fraction(value) % _unit(as_fraction(wanted), digits) == 0


def _unit(value: Fraction, digits: int) -> Fraction:
    """One in the last of that many significant digits."""
    return Fraction(10) ** (_magnitude(value) - digits + 1)


def as_fraction(value: Any) -> Fraction:
    """An exact number as a fraction; an mpmath number is one with a power of two below."""
    return value if isinstance(value, Fraction) else Fraction(*mpmath.libmp.to_rational(mpmath.mpf(value)._mpf_))


def _magnitude(value: Fraction) -> int:
    """The power of ten of the leading digit; 0 for zero."""
    if value == 0:
        return 0
    size, power = abs(value), len(str(abs(value.numerator))) - len(str(value.denominator))
    return power if size >= Fraction(10) ** power else power - 1


def _why(value: Any, key: NumberKey, reading: str) -> Feedback:
    got = {"got": reading}
    mine, wanted = as_fraction(value), as_fraction(key.value)
    whole = wanted.denominator == 1 and key.digits is None
    if whole and mine.denominator != 1:
        return Feedback("number.not-whole", got)
    if wanted != 0 and is_close(-mine, wanted, key.digits):
        return Feedback("number.sign", got)
    if whole and abs(mine - wanted) == 1:
        return Feedback("number.off-by-one", got)
    for factor in FACTORS:
        if wanted != 0 and is_close(mine / factor, wanted, key.digits):
            return Feedback("number.factor", {**got, "factor": str(factor)})
    if key.digits is not None and abs(mine - wanted) <= abs(wanted) * NEAR:
        return Feedback("number.near", {**got, "digits": key.digits})
    return Feedback("number.off", got)


def number_reading(formula: Formula, value: Any) -> str:
    """How the number was read: as typed, and its value where an expression was typed."""
    tree = formula.tree
    literal = isinstance(tree, Number) or (
        isinstance(tree, Apply) and tree.op == "neg" and isinstance(tree.args[0], Number)
    )
    if literal:
        return formula.unicode()
    if isinstance(value, Fraction) and value.denominator == 1:
        return f"{formula.unicode()} = {decimal_text(value)}"
    return f"{formula.unicode()} = {float(as_fraction(value)):.6g}"
