"""n-gram models by walking through texts and tables of words.

C (2, 2, 2): how often each word of three letters was seen, 0 for a and 1 for b. x (T,): a text of letters 0, 1, 2.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter

import numpy as np

from solutions.arrays import Array
from solutions.drawings import Grid, Grids


def table(C: Array) -> Grids:
    """The counts of all words of three letters."""
    places = list(itertools.product(range(2), repeat=3))
    words = tuple("".join("ab"[k] for k in place) for place in places)
    counts: tuple[float | str, ...] = tuple(float(np.asarray(C)[place]) for place in places)
    return Grids("How often each word was seen", (Grid("words", (words, counts)),))


def text(x: Array) -> Grids:
    """A text of letters, one in each cell."""
    return Grids("Text", (Grid("text", (tuple("abc"[int(k)] for k in x),)),))


def factorised(model: str, shown: str, p1: float, u2: float, u3: float, u4: float, b2: float, b3: float, b4: float,
               t3: float, t4: float, q4: float, h: float) -> float:  # fmt: skip
    """Probability (or its log, or mean loss, as `shown` says) of four words and the end h, by a table of factors."""
    factors = {
        "exact": (p1, b2, t3, q4),
        "trigram": (p1, b2, t3, t4),
        "bigram": (p1, b2, b3, b4),
        "unigram": (p1, u2, u3, u4),
    }[model]
    total = math.fsum(math.log(f) for f in (*factors, h))
    return {"probability": math.exp(total), "log": total, "loss": -total / 5}[shown]


def third_letter(C: Array, i: int, j: int, k: int) -> float:
    """P(third letter k | first i, second j), by listing all words seen."""
    seen = [word for word in _corpus(C) if word[:2] == (int(i), int(j))]
    return sum(word[2] == int(k) for word in seen) / len(seen)


def bigram_word(C: Array, i: int, j: int, k: int) -> float:
    """Probability of the word under a bigram model whose transitions are counted at both places."""
    words = _corpus(C)
    pairs = Counter(pair for word in words for pair in itertools.pairwise(word))
    word = (int(i), int(j), int(k))
    result = sum(w[0] == word[0] for w in words) / len(words)
    for a, b in itertools.pairwise(word):
        result *= pairs[a, b] / sum(count for (first, _), count in pairs.items() if first == a)
    return result


def _corpus(C: Array) -> list[tuple[int, ...]]:
    """All words seen, one by one."""
    places = itertools.product(range(2), repeat=3)
    return [place for place in places for _ in range(int(np.asarray(C)[place]))]


def plain(x: Array, a: int, b: int) -> float:
    """Maximum-likelihood P(b | a): the p that makes the transitions from a likeliest, on a grid of fractions."""
    nexts = [second for first, second in _pairs(x) if first == int(a)]
    hits, total = nexts.count(int(b)), len(nexts)
    grid = sorted({i / m for m in range(1, total + 1) for i in range(m + 1)})
    return max(grid, key=lambda p: p**hits * (1 - p) ** (total - hits))


def smoothed(x: Array, a: int, b: int, kind: str, k: float, share: float) -> float:
    """P(b | a) with pseudo-counts k ('add'), or mixed with the share `share` of the unigram model ('mixed')."""
    nexts = [second for first, second in _pairs(x) if first == int(a)]
    weights = [1.0] * len(nexts)
    if kind == "add":
        nexts, weights = [*nexts, 0, 1, 2], [*weights, *[float(k)] * 3]
    bigram = sum(w for letter, w in zip(nexts, weights, strict=True) if letter == int(b)) / sum(weights)
    if kind == "add":
        return bigram
    unigram = float(np.mean([int(letter) == int(b) for letter in x]))
    return (1 - float(share)) * bigram + float(share) * unigram


def unseen_pairs(x: Array) -> int:
    """How many of the pairs of letters a, b, c do not occur in the text, by searching its string for each."""
    letters = "".join("abc"[int(k)] for k in x)
    return sum("".join(s) not in letters for s in itertools.product("abc", repeat=2))


def _pairs(x: Array) -> list[tuple[int, int]]:
    return list(itertools.pairwise(int(k) for k in x))
