"""Chain models of three bits, fitted by relative frequencies: which order of the chain fits best."""

from __future__ import annotations

from itertools import product

import numpy as np

from solutions.arrays import Array

ORDERS = {"first": (1, 0, 2), "second": (0, 1, 2), "third": (0, 2, 1)}  # by what stands in the middle


def chain(n: Array, order: tuple[int, int, int], x: tuple[int, ...]) -> float:
    """The probability of x (3,) under the chain in that order, fitted to counts n (8,) of 000, 001, ..., 111."""
    seen = [v for v, times in zip(product((0, 1), repeat=3), np.asarray(n, int), strict=True) for _ in range(times)]
    one, two, three = order
    first = [v for v in seen if v[one] == x[one]]
    second = [v for v in seen if v[two] == x[two]]
    both = [v for v in first if v[two] == x[two]]
    last = [v for v in second if v[three] == x[three]]
    return len(first) / len(seen) * len(both) / len(first) * len(last) / len(second)


def of_vector(n: Array, x: Array, middle: str) -> float:
    """`chain` at x (3,), with the bit named `middle` in the middle."""
    return chain(n, ORDERS[middle], tuple(int(v) for v in x))


def log_likelihood(n: Array, middle: str) -> float:
    """The log-likelihood of the counted data under the fitted chain."""
    vectors = list(product((0, 1), repeat=3))
    return float(sum(
        int(times) * np.log(chain(n, ORDERS[middle], v)) for v, times in zip(vectors, n, strict=True) if int(times)
    ))  # fmt: skip


def best_by_likelihood(n: Array) -> str:
    """The name of the middle bit of the chain with the largest likelihood."""
    return max(ORDERS, key=lambda middle: log_likelihood(n, middle))


def best_by_information(n: Array) -> str:
    """The same by mutual information: the pair that is NOT neighbouring should tell least about each other."""
    table = np.asarray(n, float).reshape(2, 2, 2) / float(np.sum(n))
    between = {}
    for middle, (one, _, three) in ORDERS.items():
        (summed,) = {0, 1, 2} - {one, three}
        pair = table.sum(axis=summed)
        alone = np.multiply.outer(pair.sum(axis=1), pair.sum(axis=0))
        mask = pair > 0
        between[middle] = float((pair[mask] * np.log(pair[mask] / alone[mask])).sum())
    return min(between, key=lambda middle: between[middle])
