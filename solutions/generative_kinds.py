"""Kinds of generative models in small numbers: what they cost, what they can reach, in which order they are sampled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import product

import numpy as np

from solutions.arrays import Array


def passes(cost: str, task: str, D: int, T: int, m: int) -> int:
    """Network evaluations one after the other for m items, found by walking through the algorithm.

    cost: 'autoregressive' one pass gives the law of every entry of a known vector, 'implicit', 'latent', 'chain' (T
    updates for each of D entries). task: 'sample' or 'score'.
    """
    done = 0
    for _ in range(int(m)):
        if task == "score" or cost in ("implicit", "latent"):
            done += 1
            continue
        for _sweep in range(int(T) if cost == "chain" else 1):
            for _entry in range(int(D)):
                done += 1
    return done


def kind_of(latent: int, normalised: int, noise: int, target: int) -> str:
    """The name of the kind of model with these properties (1: yes).

    latent: there is a z that is integrated out; normalised: factors are normalised; noise: x given z has a density;
    target: y given x.
    """
    if target:
        return "conditional"
    if latent:
        return "latent" if noise else "implicit"
    return "directed" if normalised else "undirected"


def declared(kind: str) -> str:
    """The name that the author gives to the kind."""
    return kind


def _outcomes(kind: str, m: int, n: int) -> Counter[int]:
    maps: dict[str, Callable[[int, int], int]] = {
        "sum": lambda u, v: u + v, "difference": lambda u, v: abs(u - v), "product": lambda u, v: u * v,
        "larger": max, "smaller": min, "square": lambda u, v: (u - v) ** 2,
        "twice": lambda u, v: 2 * u + v,
    }  # fmt: skip
    sides = product(range(1, int(m) + 1), range(1, int(n) + 1))
    counted: Counter[int] = Counter()
    for u, v in sides:
        counted[maps[kind](u, v)] += 1
    return counted


def chance(kind: str, m: int, n: int, x: int) -> float:
    """The probability of x = f(u, v), u uniform on 1..m and v on 1..n."""
    return _outcomes(kind, m, n)[int(x)] / (int(m) * int(n))


def mean(kind: str, m: int, n: int) -> float:
    """The mean of f(u, v)."""
    return sum(value * times for value, times in _outcomes(kind, m, n).items()) / (int(m) * int(n))


def walk(order: Array, i4: int, i5: int) -> Array:
    """The turn (from 0) in which x1, ..., x5 can be drawn, by drawing whatever has all of its parents known.

    order (5,): variables so that each has the one before it as a parent; i4, i5: places of further parents.
    """
    names = [int(v) for v in np.asarray(order, float)]
    parents = {names[0]: set[int](), names[1]: {names[0]}, names[2]: {names[0], names[1]}}
    parents[names[3]] = {names[2], names[int(i4)]}
    parents[names[4]] = {names[3], names[int(i5)]}
    known: list[int] = []
    while len(known) < len(names):
        (ready,) = (v for v in names if v not in known and parents[v] <= set(known))
        known.append(ready)
    return np.array([known.index(v) for v in range(1, 6)], dtype=float)


def rounds(kind: str, D: int, k: int) -> int:
    """Rounds in which D entries can be drawn if all whose parents are known are drawn together; k: a block or lag.

    kind: 'all' parents are all earlier ones; 'blocks' those of earlier blocks of k; 'tree' entry i has the parent
    i // 2 (from 1); 'lag' entry i has the parent i - k; 'star' all have the first as parent.
    """
    D, k, known, count = int(D), int(k), set[int](), 0
    while len(known) < D:
        ready = {i for i in range(1, D + 1) if _parents(kind, i, k) <= known}
        known, count = known | ready, count + 1
    return count


def _parents(kind: str, i: int, k: int) -> set[int]:
    if kind == "all":
        return set(range(1, i))
    if kind == "blocks":
        return set(range(1, (i - 1) // k * k + 1))
    if kind == "tree":
        return {i // 2} - {0}
    if kind == "lag":
        return {i - k} if i > k else set()
    return {1} - {i}


def conditional(asked: str, J: Array, i: int, j: int) -> float:
    """What `asked` says of the joint counts J (2, 3), rows y, columns x; i, j: a row and a column."""
    table = np.asarray(J, float)
    cells = [(y, x) for y in range(2) for x in range(3) for _ in range(int(table[y, x]))]
    if asked == "target":
        seen = [y for y, x in cells if x == j]
        return seen.count(i) / len(seen)
    if asked == "input":
        return [x for _, x in cells].count(j) / len(cells)
    if asked == "class":
        given = [x for y, x in cells if y == i]
        return given.count(j) / len(given)
    return cells.count((i, j)) / len(cells)


def free_numbers(table: str, A: int, B: int) -> int:
    """Free probabilities in tables for x with A values and y with B.

    table: 'joint' of both, 'target' p(y|x), 'class' p(x|y) together with p(y).
    """
    one = {"joint": [A * B], "target": [B] * A, "class": [A] * B + [B]}[table]
    return sum(len(range(1, int(size))) for size in one)
