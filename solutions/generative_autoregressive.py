"""Autoregressive models of binary vectors by listing every vector: probabilities, marginals, numbers of parameters."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np

from solutions.arrays import Array

Event = Callable[[tuple[int, ...]], bool]


def joint(a: float, b: Array, c: Array) -> Array:
    """p(x1, x2, x3), shape (2, 2, 2), from p(x1=1) = a, p(x2=1|x1) = b[x1], p(x3=1|x1, x2) = c[2 x1 + x2]."""
    first = np.array([1 - float(a), float(a)])
    second = np.stack([1 - np.asarray(b, float), np.asarray(b, float)], axis=-1)
    table = np.asarray(c, float).reshape(2, 2)
    third = np.stack([1 - table, table], axis=-1)
    return np.asarray(np.einsum("i,ij,ijk->ijk", first, second, third))


def of_vector(a: float, b: Array, c: Array, x: Array) -> float:
    """The probability of one vector x (3,)."""
    one, two, three = (int(v) for v in x)
    return float(joint(a, b, c)[one, two, three])


def asked_probability(a: float, b: Array, c: Array, asked: str) -> float:
    """A sum over vectors, or a ratio of two: 'third' p(x3=1), 'first' p(x1=1|x3=1), 'second' p(x2=1|x1=0, x3=1),
    'two' p(exactly two ones), 'equal' p(x1 = x3), 'without' p(x3=1|x2=0)."""
    events: dict[str, tuple[Event, Event]] = {
        "third": (lambda x: x[2] == 1, lambda x: True),
        "first": (lambda x: x[0] == 1, lambda x: x[2] == 1),
        "second": (lambda x: x[1] == 1, lambda x: x[0] == 0 and x[2] == 1),
        "two": (lambda x: sum(x) == 2, lambda x: True),
        "equal": (lambda x: x[0] == x[2], lambda x: True),
        "without": (lambda x: x[2] == 1, lambda x: x[1] == 0),
    }
    event, given = events[asked]
    table, both, base = joint(a, b, c), 0.0, 0.0
    for x in product((0, 1), repeat=3):
        base += table[x] * given(x)
        both += table[x] * (given(x) and event(x))
    return float(both / base)


def parameters(kind: str, D: int) -> int:
    """Free parameters of a model of D binary variables, factor by factor.

    kind: 'tables' a table for all earlier variables, 'logistic' weights and a bias, 'last' a table for the last two,
    'last-three' for the last three, 'first' for the very first one, 'window' weights on the last four and a bias.
    """
    counts: dict[str, Callable[[int], int]] = {
        "tables": lambda i: len(list(product((0, 1), repeat=i))),
        "logistic": lambda i: i + 1,
        "last": lambda i: len(list(product((0, 1), repeat=min(i, 2)))),
        "last-three": lambda i: len(list(product((0, 1), repeat=min(i, 3)))),
        "first": lambda i: 1 if i == 0 else 2,
        "window": lambda i: min(i, 4) + 1,
    }
    return int(sum(counts[kind](i) for i in range(int(D))))
