"""EM with two coins, by enumerating which coin was thrown in each of the two sessions.

n  throws in a session      h1, h2  heads in sessions 1 and 2      w  probability of coin A      a, b  chances of heads
"""

from __future__ import annotations

import itertools

import numpy as np

from solutions.arrays import Array, array, constant, leaf

COINS = tuple(itertools.product((0, 1), repeat=2))  # the coin of session 1 and of session 2; 0 is coin A


def joints(n: int, h1: int, h2: int, w: float, a: float, b: float) -> Array:
    """log p(coins, throws) for each entry of COINS (4,), throw by throw."""
    found = []
    for coins in COINS:
        total = 0.0
        for coin, heads in zip(coins, (h1, h2), strict=True):
            chance = float((a, b)[coin])
            throws = [chance] * int(heads) + [1 - chance] * (int(n) - int(heads))
            total += float(np.log([float((w, 1 - w)[coin]), *throws]).sum())
        found.append(total)
    return np.array(found)


def posterior(n: int, h1: int, h2: int, w: float, a: float, b: float) -> Array:
    """The posterior over COINS (4,)."""
    logs = joints(n, h1, h2, w, a, b)
    return np.asarray(np.exp(logs - evidence(logs)))


def evidence(logs: Array) -> float:
    """The log evidence for joints of `joints`."""
    return float(np.logaddexp.reduce(logs))


def posterior_of_first(n: int, h1: int, h2: int, w: float, a: float, b: float) -> float:
    """The posterior probability that session 1 was thrown with coin A."""
    q = posterior(n, h1, h2, w, a, b)
    return float(sum(q[i] for i, coins in enumerate(COINS) if coins[0] == 0))


def chances(n: int, h1: int, h2: int, w: float, a: float, b: float) -> tuple[float, float]:
    """Both chances after an E and an M step: the slope of the expected log joint times p (1 - p) is linear in p, so
    that two slopes by autograd give its root."""
    import torch

    q = constant(posterior(n, h1, h2, w, a, b))
    heads = constant([[int(h1) * (c[0] == k) + int(h2) * (c[1] == k) for k in (0, 1)] for c in COINS])
    throws = constant([[int(n) * ((c[0] == k) + (c[1] == k)) for k in (0, 1)] for c in COINS])
    slopes = []
    for start in (0.25, 0.75):
        p = leaf([start, start])
        (slope,) = torch.autograd.grad((q[:, None] * (heads * p.log() + (throws - heads) * (1 - p).log())).sum(), p)
        slopes.append(array(slope))
    found = 0.25 + 0.5 * slopes[0] / (slopes[0] - slopes[1])
    return float(found[0]), float(found[1])


def new_chance(n: int, h1: int, h2: int, w: float, a: float, b: float) -> float:
    """The chance of coin A after the round."""
    return chances(n, h1, h2, w, a, b)[0]


def rise(n: int, h1: int, h2: int, w: float, a: float, b: float) -> float:
    """The rise of the log evidence in the round."""
    new = chances(n, h1, h2, w, a, b)
    return evidence(joints(n, h1, h2, w, *new)) - evidence(joints(n, h1, h2, w, a, b))


def bounds(n: int, h1: int, h2: int, w: float, a: float, b: float) -> list[float]:
    """F(q0; old), F(q0; new), old evidence, F(q1; new), new evidence; q over COINS."""
    new, q1, q0 = chances(n, h1, h2, w, a, b), posterior(n, h1, h2, w, a, b), np.full(4, 0.25)
    old_logs, new_logs = joints(n, h1, h2, w, a, b), joints(n, h1, h2, w, *new)

    def bound(q: Array, logs: Array) -> float:
        return float((q * (logs - np.log(q))).sum())

    return [
        bound(q0, old_logs),
        bound(q0, new_logs),
        evidence(old_logs),
        bound(q1, new_logs),
        evidence(new_logs),
    ]
