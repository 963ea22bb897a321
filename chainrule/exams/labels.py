"""Labels of forms: short, read aloud without a slip, and telling nothing about what was drawn."""

from __future__ import annotations

import secrets

LETTERS = "3479ACDEFGHJKMNPQRTWXY"  # no 0 O, 1 I L, 2 Z, 5 S, 6, 8 B, U V
LENGTH = 8


def random_label() -> str:
    """A label by chance, such as K7QM-3FXD: one of 5·10¹⁰."""
    return _spelt([secrets.randbelow(len(LETTERS)) for _ in range(LENGTH)])


def label_of(number: int) -> str:
    """The label that a whole number comes to; numbers below 22⁸ have different ones."""
    digits = []
    for _ in range(LENGTH):
        number, digit = divmod(number, len(LETTERS))
        digits.append(digit)
    return _spelt(digits)


def _spelt(digits: list[int]) -> str:
    text = "".join(LETTERS[digit] for digit in digits)
    return f"{text[: LENGTH // 2]}-{text[LENGTH // 2 :]}"
