"""Three models of two bits compared by probability and code length, by listing vectors and hidden causes."""

from __future__ import annotations

from itertools import product

import numpy as np

from solutions.arrays import Array


def _tables(s: Array, t: Array, u: Array, g: float) -> dict[str, Array]:
    """p(x1, x2) as (2, 2) of each model, by adding up draws of the hidden cause and of the bits."""
    single, chain, first = (np.asarray(values, float) for values in (s, t, u))
    found = {name: np.zeros((2, 2)) for name in ("independent", "chain", "mixture")}
    for one, two in product((0, 1), repeat=2):
        found["independent"][one, two] = _bit(single[0], one) * _bit(single[1], two)
        found["chain"][one, two] = _bit(chain[0], one) * _bit(chain[1 + one], two)
        for cause, weight in enumerate((1 - float(g), float(g))):
            found["mixture"][one, two] += weight * _bit(first[cause], one) * _bit(first[cause], two)
    return found


def _bit(chance: float, value: int) -> float:
    return float(chance if value else 1 - chance)


def probability(s: Array, t: Array, u: Array, g: float, x: Array, model: str) -> float:
    """The probability of the vector x (2,) under the model."""
    one, two = (int(v) for v in x)
    return float(_tables(s, t, u, g)[model][one, two])


def cause(u: Array, g: float, x: Array) -> float:
    """The probability that the hidden cause was 1, given x: the sigmoid of the log-odds, bit by bit."""
    odds = np.log(float(g) / (1 - float(g)))
    for value in np.asarray(x, int):
        odds += np.log(_bit(float(u[1]), int(value)) / _bit(float(u[0]), int(value)))
    return float(1 / (1 + np.exp(-odds)))


def bits(s: Array, t: Array, u: Array, g: float, n: Array, model: str) -> float:
    """Code length in bits of data with the counts n (4,) of 00, 01, 10, 11, vector by vector."""
    table = _tables(s, t, u, g)[model].ravel()
    return float(-sum(np.log2(table[i]) for i in range(4) for _ in range(int(n[i]))))


def shortest(s: Array, t: Array, u: Array, g: float, n: Array) -> str:
    """The model with the shortest code for the data."""
    tables = _tables(s, t, u, g)
    return min(tables, key=lambda name: -float(np.asarray(n, float) @ np.log(tables[name].ravel())))


def nearest(s: Array, t: Array, u: Array, g: float, n: Array) -> str:
    """The model with the least KL divergence from the relative frequencies."""
    tables, data = _tables(s, t, u, g), np.asarray(n, float) / float(np.sum(np.asarray(n, float)))
    distances = {
        name: float((data * (np.log(np.where(data > 0, data, 1)) - np.log(table.ravel()))).sum())
        for name, table in tables.items()
    }
    return min(distances, key=lambda name: distances[name])
