"""Counting words in small corpora, by walking through lists of words.

S (sentences, length): whole numbers, one word each. kind: which neighbours count and how much.
"""

from __future__ import annotations

import math

from solutions.arrays import Array
from solutions.drawings import Grid, Grids


def sentences(S: Array, w0: str, w1: str, w2: str, w3: str) -> Grids:
    """The corpus as a table: a sentence in each row."""
    words = (w0, w1, w2, w3)
    return Grids("Corpus, one sentence a row", (Grid("corpus", tuple(tuple(words[int(k)] for k in row) for row in S)),))


def entry(S: Array, kind: str) -> float:
    """How much word 1 counts as a context of word 0."""
    return _table(S, kind)[0][1]


def row_cosine(S: Array, kind: str) -> float:
    """Cosine of the context vectors of the words 0 and 2, from the distance of the two unit vectors."""
    table = _table(S, kind)
    u, v = (_unit(table[word]) for word in (0, 2))
    return 1 - sum((u.get(word, 0.0) - v.get(word, 0.0)) ** 2 for word in range(4)) / 2


def _unit(vector: dict[int, float]) -> dict[int, float]:
    length = math.hypot(*vector.values())
    return {word: value / length for word, value in vector.items()}


def _table(S: Array, kind: str) -> dict[int, dict[int, float]]:
    """Contexts by word. Pairs of places are visited by their distance."""
    table: dict[int, dict[int, float]] = {word: dict.fromkeys(range(4), 0.0) for word in range(4)}
    for sentence in S:
        words = [int(word) for word in sentence]
        for distance in (1,) if kind == "near" else (1, 2):
            share = 1 / distance if kind == "weighted" else 1.0
            for left, right in zip(words, words[distance:], strict=False):
                table[right][left] += share
                if kind != "left":
                    table[left][right] += share
    return table
