"""Orders: steps of mean field and of latent Gaussian models, and bounds of products on a table of two variables."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array, constant
from solutions.variational_factors import best_factor
from solutions.variational_free import bound


def product_bound(P0: Array, q1: Array, q2: Array) -> float:
    """log p(x) - KL[q1 q2 || posterior], by torch. P0 (2, 2): p(x, z1, z2); q1, q2 (2,)."""
    table = np.asarray(P0, dtype=float)
    q = np.outer(q1, q2)
    keep = q > 0
    posterior = constant(table[keep] / table.sum())
    return float(np.log(table.sum()) + bound(constant(q[keep]), posterior, constant(np.zeros(int(keep.sum())))))


def bounds(P0: Array) -> list[float]:
    """log p(x), and the bounds for uniform factors, exact marginals, and a point at the largest entry."""
    table, even = np.asarray(P0, dtype=float), np.full(2, 0.5)
    row, column = np.unravel_index(int(np.argmax(table)), table.shape)
    return [
        float(np.log(table.sum())),
        product_bound(table, even, even),
        product_bound(table, table.sum(1) / table.sum(), table.sum(0) / table.sum()),
        product_bound(table, np.eye(2)[row], np.eye(2)[column]),
    ]


def rise(P0: Array, which: str) -> float:
    """By how much the bound rises when the factor of the rows or columns is updated, both uniform before."""
    table = np.asarray(P0, dtype=float) if which == "rows" else np.asarray(P0, dtype=float).T
    even = np.full(2, 0.5)
    return product_bound(table, best_factor(np.log(table), even), even) - product_bound(table, even, even)


def sweep_steps() -> list[str]:
    """The steps of mean field in their order, by what each of them needs."""
    return _sorted({
        "start": set(), "expectation": {"start"}, "exponential": {"expectation"}, "normalise": {"exponential"},
        "next": {"normalise"}, "bound": {"next"}, "stop": {"bound"},
    })  # fmt: skip


def model_steps() -> list[str]:
    """The steps of one training step of a latent Gaussian model in their order, by what each of them needs."""
    return _sorted({
        "encode": set(), "noise": {"encode"}, "latent": {"noise"}, "decode": {"latent"}, "density": {"decode"},
        "bound": {"density"}, "gradient": {"bound"}, "update": {"gradient"},
    })  # fmt: skip


def _sorted(needs: dict[str, set[str]]) -> list[str]:
    """The only order in which every step follows what it needs."""
    order: list[str] = []
    while len(order) < len(needs):
        ready = [step for step in needs if step not in order and needs[step] <= set(order)]
        if len(ready) != 1:
            raise ValueError(f"not one order alone: {ready}")
        order.append(ready[0])
    return order
