"""Undirected models by listing every state: partition functions, probabilities, gradients of the log-likelihood."""

from __future__ import annotations

from itertools import product

import numpy as np

from solutions.arrays import Array, constant, gradient, leaf

State = tuple[int, ...]


def states(kind: str) -> list[State]:
    """All states of a small model."""
    values: dict[str, tuple[tuple[int, ...], int]] = {
        "pair": ((0, 1), 2), "spins": ((-1, 1), 2), "chain": ((0, 1), 3), "ring": ((-1, 1), 3),
        "levels": ((0, 1, 2, 3), 1), "middle": ((-1, 1), 3), "triple": ((0, 1), 3),
    }  # fmt: skip
    entries, size = values[kind]
    return list(product(entries, repeat=size))


def features(kind: str, x: State) -> tuple[int, int, int]:
    """What a, b and c are multiplied with in the score of a state."""
    if kind in ("pair", "spins"):
        return x[0], x[1], x[0] * x[1]
    if kind == "levels":
        return x[0], x[0] ** 2, 0
    neighbours = x[0] * x[1] + x[1] * x[2]
    if kind == "chain":
        return sum(x), neighbours, 0
    if kind == "middle":
        return x[1], neighbours, 0
    if kind == "triple":
        return sum(x), 0, x[0] * x[1] * x[2]
    return neighbours + x[2] * x[0], sum(x), 0


def _weights(kind: str, a: float, b: float, c: float) -> Array:
    table = np.array([features(kind, x) for x in states(kind)], dtype=float)
    return np.asarray(np.exp(table @ np.array([float(a), float(b), float(c)])))


def partition(kind: str, a: float, b: float, c: float) -> float:
    """The sum of exp(score) over all states."""
    return float(_weights(kind, a, b, c).sum())


def probability(kind: str, state: str, a0: float, b0: float, c0: float) -> float:
    """The probability of the state written as digits, m for -1."""
    wanted = tuple(-1 if letter == "m" else int(letter) for letter in state)
    weights = _weights(kind, a0, b0, c0)
    return float(weights[states(kind).index(wanted)] / weights.sum())


def slope(kind: str, state: str, of: str, a: float, b: float, c: float) -> float:
    """The derivative of that state's log-probability by the parameter `of`: its feature minus the model's mean."""
    wanted = tuple(-1 if letter == "m" else int(letter) for letter in state)
    weights, place = _weights(kind, a, b, c), "abc".index(of)
    column = np.array([features(kind, x)[place] for x in states(kind)], dtype=float)
    return float(features(kind, wanted)[place] - weights @ column / weights.sum())


def ascent_formula(form: str, F: Array, theta: Array, n: Array, h: Array, rho: float) -> Array:
    """The gradient (K,) of the objective named `form` by theta, by autograd through the log-probability of each state.

    F (M, K) features of the M states, n (M,) counts of the data, h (M,) positive base weights, rho the penalty.
    """
    import torch

    weights, base = leaf(theta), constant(h) if form == "base" else constant(np.ones(len(h)))
    products = torch.stack([torch.dot(constant(row), weights) for row in F])
    raw = base * torch.exp(-products if form == "energy" else products)
    total = (constant(n) * torch.log(raw / raw.sum())).sum()
    if form == "mean":
        total = total / float(np.sum(n))
    if form == "penalty":
        total = total - rho / 2 * torch.linalg.vector_norm(weights) ** 2
    return gradient(total, weights)


def drawn_entry(u: Array, f: Array, k: Array) -> float:
    """d(mean log-probability)/d(weight of feature f) at unnormalised probabilities u, data with the counts k."""
    model = np.asarray(u, float) / np.sum(np.asarray(u, float))
    seen = np.repeat(np.arange(len(k)), np.asarray(k, int))
    data = np.mean([float(f[i]) for i in seen])
    return float(data - sum(float(model[i]) * float(f[i]) for i in range(len(f))))
