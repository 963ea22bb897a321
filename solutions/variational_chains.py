"""Autoregressive and structured posteriors over binary variables: probabilities by listing all configurations."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np

Event = Callable[[int, int, int], bool]


def table(a: float, b: float, c: float, d: float, f: float, g: float, h: float) -> dict[tuple[int, int, int], float]:
    """The probability of each configuration of three binary variables, in the order z1, z2, z3."""
    second = {1: b, 0: c}
    third = {(0, 0): d, (0, 1): f, (1, 0): g, (1, 1): h}
    found = {}
    for x, y, z in product((0, 1), repeat=3):
        chances = (a, second[x], third[x, y])
        found[x, y, z] = float(np.prod([p if value else 1 - p for p, value in zip(chances, (x, y, z), strict=True)]))
    return found


def formula(a: float, b: float, c: float, d: float, f: float, g: float, h: float, asked: str) -> float:
    """The probability, or conditional probability, that `asked` names."""
    events: dict[str, tuple[Event, Event]] = {
        "joint": (lambda x, y, z: (x, y, z) == (1, 1, 0), lambda x, y, z: True),
        "joint2": (lambda x, y, z: (x, y, z) == (0, 1, 1), lambda x, y, z: True),
        "second": (lambda x, y, z: y == 1, lambda x, y, z: True),
        "pair": (lambda x, y, z: x == y, lambda x, y, z: True),
        "third": (lambda x, y, z: z == 1, lambda x, y, z: x == 1),
        "back": (lambda x, y, z: x == 1, lambda x, y, z: y == 1),
    }
    event, given = events[asked]
    chances = table(a, b, c, d, f, g, h)
    both = sum(chance for z, chance in chances.items() if event(*z) and given(*z))
    return both / sum(chance for z, chance in chances.items() if given(*z))


def number(
    a0: float, b0: float, c0: float, d0: float, f0: float, g0: float, h0: float, nasked: str
) -> float:  # fmt: skip
    """The probability of the event `nasked` for drawn conditionals."""
    chances = table(*(float(value) for value in (a0, b0, c0, d0, f0, g0, h0)))
    holds: Event = {
        "ends": lambda x, y, z: z == 1, "any": lambda x, y, z: x + y + z == 1, "equal": lambda x, y, z: x == y == z,
    }[nasked]  # fmt: skip
    return sum(chance for z, chance in chances.items() if holds(*z))


def total(p1: float, p2: float, s1: float, s2: float) -> float:
    """The sum over (z1, z2) of q1(z1 | z2) q2(z2 | z1); p, s: chances of a 1, given a 1 (p1, s1) or a 0."""
    first, second = {1: float(p1), 0: float(p2)}, {1: float(s1), 0: float(s2)}
    pairs = product((0, 1), repeat=2)
    return sum(
        (first[y] if x else 1 - first[y]) * (second[x] if y else 1 - second[x]) for x, y in pairs
    )  # fmt: skip


def counts(n: int, g: int) -> list[int]:
    """Free parameters for n binary variables: product, blocks of g, chains of order 1 and 2, full table.

    In the order of the items of the question; each conditional table has one number for each state of its parents.
    """
    alone, chain, second = (sum(2 ** min(i, order) for i in range(int(n))) for order in (0, 1, 2))
    block = sum(1 for z in product((0, 1), repeat=int(g)) if any(z))
    full = sum(2**i for i in range(int(n)))
    return [alone, int(n) // int(g) * block, chain, second, full]


def chain_parameters(N: int, k: int) -> int:
    """Free parameters of a chain of order k over N binary variables: states of the parents, variable by variable."""
    return sum(len(list(product((0, 1), repeat=min(i, int(k))))) for i in range(int(N)))


def gaussian_parameters(groups: int, size: int, form: str) -> int:
    """Free numbers of a Gaussian over groups·size variables: means, and entries of the covariance or precision."""
    total = int(groups) * int(size)
    near: dict[str, Callable[[int, int], bool]] = {
        "blocks": lambda i, j: i // int(size) == j // int(size),
        "band": lambda i, j: abs(i - j) <= 1,
        "full": lambda i, j: True,
        "diagonal": lambda i, j: i == j,
    }
    return total + sum(1 for i in range(total) for j in range(i + 1) if near[form](i, j))
