"""Maximum likelihood for one distribution over words, and perplexities, by other roads than their formulas.

c, b (V,): counts; q (V,): a prior guess; kind: 'plain', 'add', 'two' or 'prior', see `_objective`.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, constant, gradient, leaf

if TYPE_CHECKING:
    from torch import Tensor


def best(c: Array, b: Array, q: Array, k: float, a: float, m: float, kind: str) -> Array:
    """The maximising distribution (V,): growth transform p*g/sum(p*g) from a uniform start, with autograd's g."""
    start = np.full(len(c), 1 / len(c))
    grown: Array = start * _slope(start, c, b, q, k, a, m, kind)
    grown /= grown.sum()
    return grown


def multiplier(c: Array, b: Array, q: Array, k: float, a: float, m: float, kind: str) -> float:
    """Lambda: what the derivatives by the probabilities are at the maximum, all the same."""
    slopes = _slope(best(c, b, q, k, a, m, kind), c, b, q, k, a, m, kind)
    return float(np.median(slopes))


def drawn_best(cs: Array, ds: Array, qs: Array, ks: float, ws: float, ms: float, kind: str) -> float:
    """Probability of the first word in drawn numbers."""
    first, second, guess = (np.asarray(x, dtype=float) for x in (cs, ds, qs))
    return float(best(first, second, guess, float(ks), float(ws), float(ms), kind)[0])


def _slope(p: Array, c: Array, b: Array, q: Array, k: float, a: float, m: float, kind: str) -> Array:
    point = leaf(p)
    return gradient(_objective(point, c, b, q, k, a, m, kind), point)


def _objective(p: Tensor, c: Array, b: Array, q: Array, k: float, a: float, m: float, kind: str) -> Tensor:
    logs = p.log()
    total = constant(c) @ logs
    if kind == "add":
        total = total + float(k) * logs.sum()
    elif kind == "two":
        total = total + float(a) * (constant(b) @ logs)
    elif kind == "prior":
        total = total + float(m) * (constant(q) @ logs)
    return total


def cross_bits(s: Array, z: Array) -> float:
    """Bits per word of a model 2**-z on a source 2**-s, by coding the text of the shortest length with whole counts."""
    length = 2 ** int(max(s))
    text = [word for word, exponent in enumerate(s) for _ in range(length // 2 ** int(exponent))]
    return sum(int(z[word]) for word in text) / len(text)


def perplexity(s: Array, z: Array) -> float:
    """Perplexity of that model on that source: inverse geometric mean of its probabilities over a text."""
    length = 2 ** int(max(s))
    product = Fraction(1)
    for word, exponent in enumerate(s):
        product *= Fraction(1, 2 ** int(z[word])) ** (length // 2 ** int(exponent))
    return math.exp(-math.log(product) / length)


def least(s: Array) -> float:
    """The lowest perplexity of any model on this source: that of the source itself."""
    return perplexity(s, s)


def pooled(n1: int, n2: int, pp1: float, pp2: float) -> float:
    """Perplexity on two texts together, by the losses of all their words."""
    losses = [math.log(float(pp1))] * int(n1) + [math.log(float(pp2))] * int(n2)
    return math.exp(math.fsum(losses) / len(losses))


def contexts(v: int, n: int) -> int:
    """Number of histories of an n-gram model: the tree of words, level by level."""
    level = 1
    for _ in range(int(n) - 1):
        level = len(range(level * int(v)))  # each history of one word less goes on with every word
    return level


def free_parameters(v: int, n: int) -> int:
    """Free parameters: for each history a distribution over v words, which has to sum to 1."""
    return contexts(v, n) * int(v) - contexts(v, n)


def seen_share(v: int, n: int, N: int) -> float:
    """The largest share of histories that a text of N words can show: each word that has n - 1 before it uses one."""
    uses = len(range(int(n) - 1, int(N)))
    return uses / contexts(v, n)


def smallest_order(v: int, N: int) -> int:
    """The smallest n for which fewer than one history in a hundred can occur among N words (N uses at most)."""
    return next(n for n in range(1, 20) if 100 * int(N) < contexts(v, n))
