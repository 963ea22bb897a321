"""Search and scoring with a decoder that is given as a table of probabilities.

t0..t6 in P (7,): probability of a after the start, after a, b, aa, ab, ba, bb; b has the rest. Sentences have three
letters. A (3, 3): rows start, x, y; columns x, y, end.
"""

from __future__ import annotations

import itertools
import math

import numpy as np

from solutions.arrays import Array
from solutions.drawings import Grid, Grids

HISTORIES = ("", "a", "b", "aa", "ab", "ba", "bb")


def tree(P: Array) -> Grids:
    """The decoder's table."""
    rows: list[tuple[float | str, ...]] = [("so far", "P(next is a)", "P(next is b)")]
    rows += [(h or "start", float(p), round(1 - float(p), 6)) for h, p in zip(HISTORIES, P, strict=True)]
    return Grids("The decoder", (Grid("next letter", tuple(rows)),))


def greedy(P: Array) -> float:
    """Probability of the sentence that greedy search finds."""
    return _score(P, beam_sentence(P, 1))


def beam(P: Array) -> float:
    """Probability of the sentence that a beam of two finds."""
    return _score(P, beam_sentence(P, 2))


def best(P: Array) -> float:
    """Probability of the likeliest sentence."""
    return max(_score(P, "".join(s)) for s in itertools.product("ab", repeat=3))


def beam_choice(P: Array) -> str:
    """The sentence that a beam of two finds, by beams."""
    return beam_sentence(P, 2)


def beam_choice_by_rank(P: Array) -> str:
    """The same sentence: the best one among those that begin with one of the two best beginnings of two letters."""
    starts = sorted(("".join(s) for s in itertools.product("ab", repeat=2)), key=lambda s: -_score(P, s))[:2]
    return max((s + letter for s in starts for letter in "ab"), key=lambda s: _score(P, s))


def beginnings(P: Array) -> tuple[float, ...]:
    """Probabilities of aa, ab, ba, bb."""
    return tuple(_score(P, s) for s in HISTORIES[3:])


def beam_sentence(P: Array, width: int) -> str:
    """The sentence found by a beam of that width."""
    kept = [""]
    for _ in range(3):
        longer = [s + letter for s in kept for letter in "ab"]
        kept = sorted(longer, key=lambda s: -_score(P, s))[:width]
    return kept[0]


def _score(P: Array, sentence: str) -> float:
    """Probability of a beginning."""
    logs = 0.0
    for i, letter in enumerate(sentence):
        p = float(P[HISTORIES.index(sentence[:i])])
        logs += math.log(p if letter == "a" else 1 - p)
    return math.exp(logs)


def decoder(A: Array) -> Grids:
    """The decoder's table of next symbols."""
    rows: list[tuple[float | str, ...]] = [("before", "x", "y", "end")]
    rows += [(name, *(float(p) for p in row)) for name, row in zip(("start", "x", "y"), A, strict=True)]
    return Grids("Probabilities of the next symbol", (Grid("next symbol", tuple(rows)),))


def forced(A: Array, target: str) -> float:
    """Natural log-probability of the target and its end, by a product along the path of true symbols."""
    path = ["s", *target, "e"]
    return math.log(math.prod(_step(A, before, after) for before, after in itertools.pairwise(path)))


def padded_mean(A: Array, target: str, second: str) -> float:
    """Mean loss per predicted symbol of a batch of two targets of which the shorter one is padded."""
    losses = [
        -math.log(_step(A, before, after))
        for text in (target, second)
        for before, after in itertools.pairwise(["s", *text, "e"])
    ]
    return math.fsum(losses) / len(losses)


def exactly_two(A: Array) -> float:
    """Probability that the sentence has two symbols before its end: all sentences of that length added up."""
    return sum(math.exp(forced(A, "".join(s))) for s in itertools.product("xy", repeat=2))


def argmax_sentence(A: Array) -> float:
    """Probability of the sentence that greedy decoding gives, its end included."""
    text, before, table = "", "s", np.asarray(A, dtype=float)
    for _ in range(20):
        after = "xye"[int(np.argmax(table["sxy".index(before)]))]
        if after == "e":
            return math.exp(forced(A, text))
        text, before = text + after, after
    raise ValueError("greedy decoding does not end")


def _step(A: Array, before: str, after: str) -> float:
    return float(np.asarray(A)["sxy".index(before)]["xye".index(after)])
