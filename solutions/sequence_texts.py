"""Texts over a and b that a small model writes, by running its memory and by enumeration.

a, b (3,): probabilities of the two characters in rows S (start), A and B; the rest is the end symbol's.
kind: what the memory holds: 'last', 'seen', 'first' or 'parity'.
"""

from __future__ import annotations

import itertools
import math

from solutions.arrays import Array


def text_probability(a: Array, b: Array, kind: str, word: str) -> float:
    """Probability of the text and its end, as what its beginning has less what its longer texts have."""
    return _begins(a, b, kind, word) - sum(_begins(a, b, kind, word + letter) for letter in "ab")


def text_loss(a: Array, b: Array, kind: str, word: str) -> float:
    """Sum of -ln p over the symbols of the text, its end included."""
    return -math.log(text_probability(a, b, kind, word))


def length_two(a: Array, b: Array, kind: str) -> float:
    """Probability of two characters: of two or more, less that of three or more."""
    two, three = (
        sum(_begins(a, b, kind, "".join(letters)) for letters in itertools.product("ab", repeat=length))
        for length in (2, 3)
    )
    return two - three


def _begins(a: Array, b: Array, kind: str, text: str) -> float:
    """Probability that a text begins with these characters; the memory is updated after each."""
    result, row = 1.0, 0
    for count, letter in enumerate(text, start=1):
        result *= float((a if letter == "a" else b)[row])
        if kind == "last":
            row = 1 if letter == "a" else 2
        elif kind == "seen":
            row = 1 if letter == "a" or row == 1 else 2
        elif kind == "first":
            row = row or (1 if letter == "a" else 2)
        else:
            row = 1 if count % 2 else 2
    return result
